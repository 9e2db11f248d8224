"""The HTTP API: the same objects as the command line, conversations that stay apart, problems that say what to do."""

import asyncio
import json
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import BoundedSemaphore
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from bot.api import app as api
from bot.api import sessions, turns
from bot.api.admission import Keys
from bot.api.problems import KINDS, MEDIA_TYPE, PREFIX
from bot.api.service import Service
from bot.api.sessions import Sessions
from bot.api.streaming import _next
from bot.api.turns import Places
from bot.assistant import Assistant
from bot.checking.checker import Checker
from bot.errors import SettingsProblem, UnknownSession
from bot.facts.table import FactTable
from bot.settings import Settings
from bot.verifying.again import verify
from index.store import load
from tests.bot.chat_server import Reply, serving

CHINESE = re.compile("[\u4e00-\u9fff]")
QUESTION = "2024年拆除违法建筑多少处？"
MAX_BODY = api.max_body(500)
KEY, OTHER_KEY = "a-key-of-this-test-1", "a-key-of-this-test-2"


@pytest.fixture(scope="session")
def service(settings: Settings, assistant: Assistant) -> Service:
    """The service over the report that the project ships."""
    return Service(assistant, load(settings.index_folder), settings)


def client_of(service: Service, places: int = 2, **given: Any) -> TestClient:  # noqa: ANN401  # settings
    """A client of an API with these settings."""
    settings = Settings.load(**given)
    app = FastAPI()
    app.mount(PREFIX, api.build(lambda: service, settings, Places(*(BoundedSemaphore(places) for _ in range(3)))))
    return TestClient(app, base_url=f"http://127.0.0.1{PREFIX}/", raise_server_exceptions=False)


@pytest.fixture(scope="session")
def client(service: Service) -> Iterator[TestClient]:
    """A client of the API as shipped."""
    with client_of(service) as found:
        yield found


def timeless(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer without the time it took."""
    return {**answer, "elapsed_ms": 0}


def test_the_answer_is_the_one_of_the_command_line(client: TestClient, assistant: Assistant) -> None:
    """Not a field more or less, the id as given."""
    given = client.post("ask", json={"question": QUESTION, "id": 7}).json()
    assert timeless(given) == timeless({**json.loads(json.dumps(assistant.ask(QUESTION).as_json())), "id": 7})
    assert verify(given, lambda _: assistant).same


def test_findings_and_facts_are_those_of_the_command_line(client: TestClient, settings: Settings) -> None:
    """The check's findings and the table's rows, page by page."""
    draft = "2024年拆除违法建筑650处，地区生产总值完成3931.2亿元。"
    found = client.post("check", json={"text": draft, "id": "d"}).json()
    expected = [finding.as_json() for finding in Checker.open(settings).check(draft)]
    assert found == {"id": "d", "findings": json.loads(json.dumps(expected))}
    table = json.loads(json.dumps(FactTable.open(settings).as_json()))
    first = client.get("facts", params={"limit": 30}).json()
    second = client.get("facts", params={"limit": 30, "offset": 30}).json()
    assert first["count"] == second["count"] == table["count"]
    assert first["facts"] + second["facts"] == table["facts"][:60]
    assert client.get("facts/pairs").json()["report"] == client.get("facts/conflicts").json()["report"]


def test_a_passage_is_what_a_citation_names(client: TestClient) -> None:
    """The citation's words, place and figures."""
    (cited,) = client.post("ask", json={"question": QUESTION}).json()["citations"]
    passage = client.get(f"passages/{cited['passage']}").json()
    assert {name: passage[name] for name in ("quote", "spans", "lines", "section", "table", "row")} == {
        name: cited[name] for name in ("quote", "spans", "lines", "section", "table", "row")
    }
    assert "649处" in [fact["figure"] for fact in passage["facts"]]
    text = client.get("report", params={"text": True}).json()["text"]
    assert "".join(text[start:end] for start, end in passage["spans"]).replace(" ", "")


def test_a_follow_up_by_session_and_by_history(client: TestClient) -> None:
    """Both ways complete it alike; a question by itself is not completed."""
    session = client.post("sessions").json()["session"]
    client.post("ask", json={"question": QUESTION, "session": session})
    by_session = client.post("ask", json={"question": "总面积呢？", "session": session}).json()
    by_history = client.post("ask", json={"question": "总面积呢？", "history": [QUESTION]}).json()
    assert timeless(by_session) == timeless(by_history)
    assert by_session["short"] == ["10.6万平方米"]
    alone = client.post("ask", json={"question": "总面积呢？"}).json()
    assert alone["understood"] != by_session["understood"]


def test_sessions_stay_apart(service: Service) -> None:
    """A session is its owner's alone; two of them at once never mix."""
    with client_of(service, api_keys=(KEY, OTHER_KEY)) as client:
        mine, other = ({"authorization": f"Bearer {key}"} for key in (KEY, OTHER_KEY))
        session = client.post("sessions", headers=mine).json()["session"]
        stolen = client.post("ask", json={"question": "总面积呢？", "session": session}, headers=other)
        assert (stolen.status_code, stolen.json()["reason"]) == (404, "unknown-session")
        second = client.post("sessions", headers=mine).json()["session"]
        for name, question in ((session, QUESTION), (second, "2024年新增绿地多少公顷？")):
            client.post("ask", json={"question": question, "session": name}, headers=mine)
        asked = {"question": "2025年呢？", "session": second}
        assert "绿地" in client.post("ask", json=asked, headers=mine).json()["understood"]


def test_sessions_are_few_and_short_lived() -> None:
    """The longest unused give way, an owner's own first; an idle one is forgotten; names differ and are long."""
    now = [0.0]
    kept = Sessions(clock=lambda: now[0])
    quiet = kept.begin("quiet")
    names = [kept.begin("loud") for _ in range(sessions._MOST_OF_ONE + 1)]
    assert len(set(names)) == len(names)
    assert min(map(len, names)) >= 32
    with pytest.raises(UnknownSession), kept.taken(names[0], "loud"):
        pass
    for owner in range(sessions._MOST - sessions._MOST_OF_ONE - 1):
        kept.begin(str(owner))
    with kept.taken(quiet, "quiet"):
        pass
    kept.begin("one more")
    with pytest.raises(UnknownSession), kept.taken(names[1], "loud"):
        pass
    now[0] += sessions.IDLE
    with pytest.raises(UnknownSession), kept.taken(quiet, "quiet"):
        pass
    assert not kept._sessions


def test_the_stream_ends_with_the_same_answer(client: TestClient) -> None:
    """Its last event is the whole answer; what cannot be asked is a plain problem."""
    headers = {"accept": "text/event-stream"}
    question = "2024年拆除违法建筑多少处？面积多少？"
    given = client.post("ask", json={"question": question}, headers=headers)
    assert given.headers["content-type"].startswith("text/event-stream")
    events = [
        (kind, json.loads(data))
        for kind, data in re.findall(r"^event: (\w+)\ndata: (.*)\n\n", given.text, re.MULTILINE)
    ]
    answer = events[-1][1]
    assert [kind for kind, _ in events] == ["text"] * (len(events) - 1) + ["answer"]
    assert timeless(answer) == timeless(client.post("ask", json={"question": question}).json())
    refused = client.post("ask", json={"question": "？"}, headers=headers)
    assert (refused.status_code, refused.json()["reason"]) == (422, "empty")


ASK: dict[str, Any] = {"method": "POST", "url": "ask", "headers": {"content-type": "application/json"}}
WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "bad-json": ("bad-json", {**ASK, "content": b"{"}),
    "not-utf8": ("bad-json", {**ASK, "content": '{"question": "年"}'.encode("gb18030")}),
    "deep": ("bad-json", {**ASK, "content": b"[" * 30_000}),
    "surrogate": ("invalid", {**ASK, "content": b'{"question": "\\ud800"}'}),
    "no-object": ("invalid", {**ASK, "content": b"[]"}),
    "no-question": ("invalid", {**ASK, "content": b"{}"}),
    "unknown-field": ("invalid", {**ASK, "content": b'{"question": "GDP", "x": 1}'}),
    "both": ("invalid", {**ASK, "content": b'{"question": "GDP", "session": "a", "history": ["b"]}'}),
    "empty": ("empty", {**ASK, "content": '{"question": "？"}'.encode()}),
    "too-long": ("too-long", {**ASK, "content": json.dumps({"question": "长" * 501}).encode()}),
    "bad-history": ("empty", {**ASK, "content": json.dumps({"question": "GDP", "history": ["？"]}).encode()}),
    "no-report": ("unknown-report", {**ASK, "content": b'{"question": "GDP", "report": "x"}'}),
    "no-session": ("unknown-session", {**ASK, "content": b'{"question": "GDP", "session": "x"}'}),
    "form": ("bad-type", {"method": "POST", "url": "ask", "data": {"question": "GDP"}}),
    "large": ("too-large", {**ASK, "content": b" " * (MAX_BODY + 1)}),
    "large-chunks": ("too-large", {**ASK, "content": iter([b" " * MAX_BODY, b" "])}),
    "large-draft": ("too-large", {**ASK, "url": "check", "content": b" " * (api.SIZES["/check"] + 1)}),
    "long-draft": ("invalid", {**ASK, "url": "check", "content": json.dumps({"text": "长" * 50_001}).encode()}),
    "blank-draft": ("bad-draft", {**ASK, "url": "check", "content": b'{"text": "  "}'}),
    "no-address": ("not-found", {"method": "GET", "url": "nowhere"}),
    "method": ("bad-method", {"method": "DELETE", "url": "ask"}),
    "no-passage": ("unknown-passage", {"method": "GET", "url": "passages/x"}),
    "bad-year": ("invalid", {"method": "GET", "url": "facts?year=x"}),
    "facts-of": ("unknown-report", {"method": "GET", "url": "facts?report=x"}),
    "pairs-of": ("unknown-report", {"method": "GET", "url": "facts/pairs?report=x"}),
    "report-of": ("unknown-report", {"method": "GET", "url": "report?report=x"}),
}


@pytest.mark.parametrize(("reason", "request_"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_a_problem(client: TestClient, reason: str, request_: dict[str, Any]) -> None:
    """The right status, a reason for programs, Chinese for people, nothing of the inside."""
    given = client.request(**request_)
    assert given.headers["content-type"] == MEDIA_TYPE
    problem = given.json()
    assert (problem["reason"], problem["status"], given.status_code) == (reason, KINDS[reason][0], KINDS[reason][0])
    assert CHINESE.search(problem["title"]) and CHINESE.search(problem["detail"])
    assert not re.search(r"Error|pydantic|Traceback", given.text)


def test_a_draft_as_long_as_allowed_is_checked(client: TestClient) -> None:
    """Also where JSON writes each character as six."""
    draft = "长" * 49_990 + "拆除650处。"
    content = json.dumps({"text": draft}, ensure_ascii=True).encode()
    given = client.post("check", content=content, headers={"content-type": "application/json"})
    assert given.status_code == 200
    assert [one["figure"] for one in given.json()["findings"]] == ["650处"]


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer x", f"Basic {KEY}", f"Bearer {KEY}x", f"Bearer {KEY[:-1]}"]
)
def test_without_the_key_there_is_no_answer(service: Service, header: str | None) -> None:
    """Where keys are set, only the health check and the description are open."""
    with client_of(service, api_keys=(KEY, OTHER_KEY)) as client:
        headers = {} if header is None else {"authorization": header}
        refused = client.post("ask", json={"question": QUESTION}, headers=headers)
        assert (refused.status_code, refused.json()["reason"]) == (401, "unauthorized")
        assert refused.headers["www-authenticate"] == "Bearer"
        assert client.get("facts", headers=headers).status_code == 401
        assert client.get("healthz", headers=headers).status_code == 200
        described = client.get("openapi.json", headers=headers).json()
        assert described["paths"]["/ask"]["post"]["security"] == [{"key": []}]
        for key in (KEY, OTHER_KEY):
            asked = client.post("ask", json={"question": QUESTION}, headers={"authorization": f"bearer {key}"})
            assert asked.status_code == 200


def test_a_short_key_is_refused_and_never_shown() -> None:
    """The message says what is wanted and repeats nothing secret."""
    with pytest.raises(SettingsProblem, match="api_keys") as found:
        Settings.load(api_keys="short-secret,another-one-long-enough")
    assert "secret" not in str(found.value)
    assert not Keys(())


def test_a_crash_is_a_problem_too(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever breaks inside stays inside."""
    monkeypatch.setattr(Service, "ask", lambda *_, **__: 1 / 0)
    with client_of(service) as client:
        for accept in ("application/json", "text/event-stream"):
            broken = client.post("ask", json={"question": QUESTION}, headers={"accept": accept})
            assert (broken.status_code, broken.json()["reason"]) == (500, "internal")
            assert "Zero" not in broken.text


def test_a_slow_answer_keeps_nobody_waiting(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """While every place is taken the server still serves; who waits too long is told when to come back."""
    monkeypatch.setattr(turns, "_PATIENCE", 0.2)
    started, finish = threading.Event(), threading.Event()

    def slow(*_: Any, **__: Any) -> dict[str, Any]:  # noqa: ANN401
        started.set()
        finish.wait(10)
        return {"answer": "完了。"}

    monkeypatch.setattr(Service, "ask", slow)
    with client_of(service, places=1, limit_at_once=1) as client:
        first = threading.Thread(target=lambda: client.post("ask", json={"question": QUESTION}))
        first.start()
        assert started.wait(10)
        assert client.get("healthz").status_code == 200
        busy = client.post("ask", json={"question": QUESTION})
        assert (busy.status_code, busy.json()["reason"], busy.headers["retry-after"]) == (503, "busy", "5")
        finish.set()
        first.join(10)
        assert client.post("ask", json={"question": QUESTION}).status_code == 200


def test_a_slow_stream_shows_signs_of_life(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stream begins before the answer is there; what goes wrong later comes as an event."""
    monkeypatch.setattr("bot.api.streaming._SOON", 0.01)
    monkeypatch.setattr("bot.api.streaming._PING", 0.05)

    def slow(*_: Any, **__: Any) -> dict[str, Any]:  # noqa: ANN401
        threading.Event().wait(0.3)
        raise ZeroDivisionError

    monkeypatch.setattr(Service, "ask", slow)
    with client_of(service) as client:
        given = client.post("ask", json={"question": QUESTION}, headers={"accept": "text/event-stream"})
    assert given.status_code == 200
    assert given.text.startswith(": wait\n\n: wait\n\n")
    assert "event: problem" in given.text and "Zero" not in given.text


def test_a_reader_who_goes_away_leaves_nothing_waiting() -> None:
    """A stream that is broken off in the middle of its wait takes with it what it waited for."""

    async def broken_off() -> set[Any]:
        answering: asyncio.Future[dict[str, Any]] = asyncio.ensure_future(asyncio.sleep(60, {}))
        reading = asyncio.ensure_future(_next(answering, asyncio.Queue()))
        await asyncio.sleep(0.01)
        reading.cancel()
        answering.cancel()
        await asyncio.gather(reading, answering, return_exceptions=True)
        await asyncio.sleep(0)
        return asyncio.all_tasks() - {asyncio.current_task()}

    assert not asyncio.run(broken_off())


def test_what_a_model_writes_is_streamed_and_verified_by_its_sources(assistant: Assistant, settings: Settings) -> None:
    """Each sentence that passed comes as a text event; the whole answer follows, with a receipt of its sources."""
    first = "2024年徐汇区拆除违法建筑649处[1]。"
    script = Reply([first, "总面积10.6万平方米[1]。", "投资9999亿元[1]。"], pause=0.3)
    with serving(lambda _: script) as model:
        given = {"writer": "openai:scripted", "writer_base_url": model.address, "writer_key": "sk-x"}
        index = load(settings.index_folder)
        written = Assistant.open(Settings.load(**given), index)
        with client_of(Service(written, index, settings)) as client:
            streamed = client.post("ask", json={"question": QUESTION}, headers={"accept": "text/event-stream"})
    found = re.findall(r"^event: (\w+)\ndata: (.*)\n\n", streamed.text, re.MULTILINE)
    texts = [json.loads(data)["text"] for kind, data in found if kind == "text"]
    answer = json.loads(found[-1][1])
    assert len(texts) > 1
    assert all(later.startswith(earlier) for earlier, later in pairwise(texts))
    assert "649处" in texts[0] and "9999" not in streamed.text
    assert answer["writer"] == "openai:scripted"
    outcome = verify(answer, lambda _: assistant)
    assert (outcome.same, outcome.answer_same) == (True, None)


def test_conversations_at_once_never_mix(client: TestClient) -> None:
    """Many at the same time: each follow-up is about its own conversation's thing."""
    things = ["新增绿地", "违法建筑", "公共座椅", "地区生产总值"]

    def talk(number: int) -> tuple[str, list[str]]:
        thing = things[number % len(things)]
        session = client.post("sessions").json()["session"]
        asked = (f"2024年{thing}是多少？", "2025年呢？", "那2024年呢？")
        return thing, [
            client.post("ask", json={"question": one, "session": session}).json()["understood"] for one in asked
        ]

    with ThreadPoolExecutor(8) as pool:
        for thing, understood in pool.map(talk, range(16)):
            assert all(thing in one for one in understood), understood
