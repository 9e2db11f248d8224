"""The command: what it prints, where, and with which exit code."""

import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from bot import cli
from bot.errors import QuestionRejected
from bot.terminal import embolden, render
from bot.types import Answer, AnswerStatus, Citation, Reason
from corpus.types import Span

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile("[\u4e00-\u9fff]")

Run = Callable[..., subprocess.CompletedProcess[str]]

CITATION = Citation(
    n=1,
    report="r",
    passage="r-1",
    section=("一、2024年", "（一）经济"),
    table="表1",
    row="生产总值",
    quote="完成3931.2亿元。",
    spans=(Span(0, 10),),
    lines=(29, 29),
)


class FakeAssistant:
    """Knows one figure."""

    def ask(self, question: str, conversation: object = None, *, report: str | None = None, id: str = "") -> Answer:
        """Answer, refuse or fail, as the question says."""
        if question == "空":
            raise QuestionRejected(Reason.EMPTY, "没有看到问题。")
        if question == "崩溃":
            raise ZeroDivisionError("secret")
        if question == "拒绝":
            return Answer(id, question, question, AnswerStatus.REFUSED, "报告没有说。", Reason.MISSING_FIGURE)
        return Answer(
            id, question, question, AnswerStatus.ANSWERED, "完成3931.2亿元。[1]", None, ("3931.2亿元",), (CITATION,)
        )


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands in this process ask the fake."""
    monkeypatch.setattr(cli, "_open", lambda settings: FakeAssistant())


@pytest.fixture
def youju(tmp_path: Path) -> Run:
    """The real command in a process of its own, in an empty working directory."""

    def run(*arguments: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", *arguments],
            cwd=tmp_path,
            input=given,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1", **environment},
            timeout=120,
        )
        out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nope"], "没有“nope”这个命令"),
        (["--nope"], "不认识的参数：--nope"),
        (["ask", "--nope"], "不认识的参数：--nope"),
        (["ask", "--batch"], "--batch 后面缺少内容"),
        (["ask", "--json=1"], "--json 后面不能带内容"),
        (["ask", "问", "--batch", "-"], "问题和 --batch 不能同时使用"),
        (["ask", "--batch", "no-such-file"], "无法打开 no-such-file：不存在"),
        (["index"], "缺少：操作"),
        (["index", "eat"], "没有“eat”"),
        (["chat", "--port", "abc"], "设置 port 的值 'abc' 不能用，应当是整数"),
    ],
)
def test_misuse_is_exit_2_and_one_chinese_line(
    arguments: Sequence[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """A wrong command line is explained on standard error and nothing else happens."""
    try:
        code = cli.main(arguments)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else -1
    out, err = capfd.readouterr()
    assert code == 2
    assert out == ""
    assert err.startswith(f"错误：{message}")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["--help"], ["ask", "-h"], ["index", "-h"], ["index", "build", "-h"], ["chat", "-h"]]
)
def test_help_is_chinese(arguments: Sequence[str], capfd: pytest.CaptureFixture[str]) -> None:
    """Every line of help that says something says it in Chinese."""
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    out = capfd.readouterr().out
    assert left.value.code == 0
    assert out.startswith("用法：youju")
    assert not [line for line in out.splitlines() if line.strip() and not CHINESE.search(line) and "[" not in line]


def test_no_command_shows_help_and_version_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing said is misuse; --version is not."""
    assert cli.main([]) == 2
    assert "用法：" in capfd.readouterr().out
    assert cli.main(["--version"]) == 0
    assert re.fullmatch(r"youju \S+\n", capfd.readouterr().out)


@pytest.mark.usefixtures("fake")
def test_ask_prints_the_answer_and_where_it_stands(capfd: pytest.CaptureFixture[str]) -> None:
    """The answer, then each citation with its place; no escape where the output is no terminal."""
    assert cli.main(["ask", "生产总值", "是多少"]) == 0
    expected = "完成3931.2亿元。[1]\n\n[1] 一、2024年 › （一）经济 › 表1 › 生产总值（第29行）「完成3931.2亿元。」\n"
    assert capfd.readouterr() == (expected, "")


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    ("question", "code", "status"), [("问", 0, "answered"), ("拒绝", 0, "refused"), ("空", 1, "error")]
)
def test_exit_code_follows_the_status(question: str, code: int, status: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A refusal is an answer; an error is said on standard error, or in the JSON."""
    assert cli.main(["ask", question]) == code
    out, err = capfd.readouterr()
    assert bool(err) == (code == 1)
    assert bool(out) == (code == 0)
    assert cli.main(["ask", question, "--json"]) == code
    record = json.loads(capfd.readouterr().out)
    assert (record["status"], record["question"]) == (status, question)


@pytest.mark.usefixtures("fake")
def test_a_failure_inside_is_one_line_unless_debugging(capfd: pytest.CaptureFixture[str]) -> None:
    """The traceback and its words are for --debug only."""
    assert cli.main(["ask", "崩溃"]) == 1
    err = capfd.readouterr().err
    assert err.count("\n") == 1
    assert "--debug" in err
    assert "secret" not in err
    assert cli.main(["ask", "崩溃", "--debug"]) == 1
    assert "secret" in capfd.readouterr().err


@pytest.mark.usefixtures("fake")
def test_a_terminal_holds_a_conversation(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """Questions in turn until 退出; an error does not end it."""

    class Typed(io.StringIO):
        def isatty(self) -> bool:
            return True

    answers = iter(["问", "", "空", "新话题", "拒绝", "退出"])
    monkeypatch.setattr(sys, "stdin", Typed())
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers))
    assert cli.main(["ask"]) == 0
    out, err = capfd.readouterr()
    assert out.index("3931.2亿元") < out.index("好的，请问") < out.index("报告没有说")
    assert err == "错误：没有看到问题。\n"


def test_short_answers_are_bold_where_they_stand_whole() -> None:
    """The longest first, never half a number, each once, and not twice in the same place."""
    text = "2024年有24家，其中4家新增，共24家。"
    assert embolden(text, ("4家", "24家")) == "2024年有\x1b[1m24家\x1b[22m，其中\x1b[1m4家\x1b[22m新增，共24家。"
    assert embolden("增长4.85%", ("4.8", "5")) == "增长4.85%"
    assert embolden("没有", ("甲", " ", "")) == "没有"


def test_escapes_in_a_report_never_reach_the_terminal() -> None:
    """What the report or the question holds is shown, not obeyed."""
    hostile = Answer(
        "", "", "", AnswerStatus.ANSWERED, "甲\x1b[2J\u202e乙", short=("甲\x1b[2J",), citations=(CITATION,)
    )
    assert "\x1b" not in render(hostile)
    assert render(hostile, bold=True).replace("\x1b[1m", "").replace("\x1b[22m", "") == render(hostile)


def test_more_commands_come_from_entry_points(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A word that is not built in is looked up, gets all that follows it, and gives the exit code."""
    entry = EntryPoint("probe", f"{__name__}:probe", cli.COMMANDS_GROUP)
    monkeypatch.setattr(EntryPoint, "load", lambda self: probe)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **which: EntryPoints([entry]).select(**which))
    assert cli.main(["probe", "--set", "probe"]) == 5
    assert capfd.readouterr().out == "['--set', 'probe']"
    assert cli.main([]) == 2
    assert "probe" in capfd.readouterr().out


def probe(arguments: list[str]) -> int:
    """A command of another package."""
    sys.stdout.write(str(arguments))
    return 5


def test_built_in_commands_look_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking does not pay for the look-up of other packages' commands."""
    monkeypatch.setitem(sys.modules, "importlib.metadata", None)
    with pytest.raises(SystemExit):
        cli.main(["ask", "--help"])


HOSTILE = (
    b'\xef\xbb\xbf{"id": "q1", "question": "2024\xe5\xb9\xb4\xe5\x9c\xb0\xe5\x8c\xba\xe7\x94\x9f\xe4\xba\xa7'
    b'\xe6\x80\xbb\xe5\x80\xbc\xe6\x98\xaf\xe5\xa4\x9a\xe5\xb0\x91\xef\xbc\x9f"}\r\n'
    b"{\n\n\x00\n\xff\xfe\n[]\n"
    b'{"id": 7}\n{"id": 8, "question": ""}\n{"id": 9, "question": "\\ud800"}\n{"id": NaN, "question": "a"}\n'
    + b'{"id": 10, "question": "'
    + b"a" * 100_000
    + b'"}\n'
    + b"[" * 100_000
    + b'\n{"id": "q1", "question": "a\\u0000\\u2028b"}\n\n'
)


def test_a_hostile_batch_loses_no_line(youju: Run) -> None:
    """The real command answers each line in order and says by its exit code that some are errors."""
    done = youju("ask", "--batch", "-", given=HOSTILE)
    assert "Traceback" not in done.stderr
    records = [json.loads(line) for line in done.stdout.split("\n")[:-1]]
    assert [record["id"] for record in records] == ["q1", "2", "3", "4", "5", "6", 7, 8, 9, "10", 10, "12", "q1"]
    reasons = ["bad-line"] * 6 + ["empty", "empty", "bad-line", "too-long", "bad-line"]
    assert [record["reason"] for record in records[1:12]] == reasons
    assert records[0]["status"] == "answered"
    assert "3931.2亿元" in records[0]["short"]
    assert records[12]["status"] == "refused"
    assert done.returncode == 1


def test_a_good_batch_is_exit_0(youju: Run, tmp_path: Path) -> None:
    """A batch from a file whose lines all get an answer or a refusal."""
    batch = tmp_path / "问题.jsonl"
    batch.write_text('{"question": "2024年地区生产总值是多少？"}\n{"question": "今天天气怎么样？"}\n', encoding="utf-8")
    done = youju("ask", "--batch", str(batch))
    assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["answered", "refused"]
    assert done.returncode == 0


def test_a_piped_question_is_answered(youju: Run) -> None:
    """Without an argument the question comes from the pipe; an empty pipe is an empty question."""
    done = youju("ask", given="2024年地区生产总值是多少？\n".encode())
    assert "3931.2亿元" in done.stdout
    assert "\x1b" not in done.stdout
    assert re.search(r"^\[1\] .+（第[\d—]+行）「.+」$", done.stdout, re.MULTILINE)
    assert youju("ask").returncode == 1


def test_a_missing_index_is_built_on_the_spot(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The first question builds the index and says so; a changed report builds it again; a damaged one stops."""
    reports, data = tmp_path / "reports", tmp_path / "data"
    shutil.copytree(ROOT / "corpus" / "reports", reports)
    monkeypatch.setenv("YOUJU_REPORTS", str(reports))
    monkeypatch.setenv("YOUJU_DATA_DIR", str(data))
    ask = ["ask", "2024年地区生产总值是多少？"]
    assert cli.main(ask) == 0
    assert "还没有索引" in capfd.readouterr().err
    assert cli.main(ask) == 0
    assert capfd.readouterr().err == ""
    report = next(reports.glob("*.md"))
    report.write_text(report.read_text(encoding="utf-8").replace("3931.2", "4000.5"), encoding="utf-8")
    assert cli.main(ask) == 0
    changed = capfd.readouterr()
    assert "重建索引" in changed.err
    assert "4000.5亿元" in changed.out
    for file in data.rglob("passages.jsonl"):
        file.write_bytes(b"damaged")
    assert cli.main(ask) == 1
    assert re.fullmatch("错误：.*youju index build.*\n", capfd.readouterr().err)
    assert cli.main(["index", "build", "--if-stale"]) == 0
    assert cli.main(ask) == 0


def test_index_commands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Verify and show want an index and say how to get one; build makes it."""
    monkeypatch.setenv("YOUJU_DATA_DIR", str(tmp_path / "data"))
    for action in ("verify", "show"):
        assert cli.main(["index", action]) == 1
        assert "youju index build" in capfd.readouterr().err
    assert cli.main(["index", "build"]) == 0
    assert cli.main(["index", "verify"]) == 0
    assert "索引完好，与报告一致" in capfd.readouterr().out
    assert cli.main(["index", "show"]) == 0
    shown = capfd.readouterr().out
    assert "xuhui-2024-2025" in shown
    assert all(CHINESE.search(line) for line in shown.splitlines())


def test_a_folder_that_cannot_be_used_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """No report and no place for the index are each said in Chinese."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_bytes(b"")
    for name, folder, message in (
        ("YOUJU_REPORTS", "missing", "不存在"),
        ("YOUJU_REPORTS", "empty", "没有报告"),
        ("YOUJU_DATA_DIR", "file", "不是文件夹"),
    ):
        with monkeypatch.context() as patch:
            patch.setenv(name, str(tmp_path / folder))
            assert cli.main(["index", "build"]) == 1
        out, err = capfd.readouterr()
        assert out == ""
        assert re.search(f"^错误：.*{message}.*$", err.splitlines()[-1])


def test_an_index_under_way_is_waited_for(youju: Run, tmp_path: Path) -> None:
    """Two first questions at once both get their answer."""
    where = {"YOUJU_DATA_DIR": str(tmp_path / "data")}
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: youju("ask", "2024年地区生产总值是多少？", **where), range(2)))
    assert [one.returncode for one in done] == [0, 0]


def test_an_unknown_report_is_misuse(youju: Run) -> None:
    """A name that no report has is exit 2 on the command line."""
    done = youju("ask", "--report", "no-such-report", "问")
    assert done.returncode == 2
    assert re.fullmatch(r"错误：.*no-such-report.*", done.stderr.splitlines()[-1])
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["ask", "问", "--json"]])
def test_a_closed_pipe_is_quiet(arguments: Sequence[str], tmp_path: Path) -> None:
    """Output that nobody reads any more ends the command without a traceback."""
    command = [sys.executable, "-m", "bot.cli", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as closed:
        done = subprocess.run(command, cwd=tmp_path, stdout=closed, stderr=subprocess.PIPE, env=environment, timeout=60)
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr
    assert done.returncode in (0, 1)


def test_a_real_terminal_gets_bold(tmp_path: Path) -> None:
    """On a terminal the short answer is bold, and NO_COLOR turns that off."""
    pytest.importorskip("termios")
    seen = []
    for extra in ({}, {"NO_COLOR": "1"}):
        ours, theirs = pty.openpty()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "xterm", **extra}
        command = [sys.executable, "-m", "bot.cli", "ask", "2024年地区生产总值是多少？"]
        subprocess.run(command, cwd=tmp_path, stdin=theirs, stdout=theirs, env=environment, timeout=60, check=True)
        seen.append(os.read(ours, 1 << 16).decode("utf-8"))
        os.close(ours)
        os.close(theirs)
    assert "\x1b[1m3931.2亿元\x1b[22m" in seen[0]
    assert "\x1b" not in seen[1]


@pytest.mark.parametrize(("word", "others"), [("ask", ("checking", "facts", "verifying")), ("facts", ("checking",))])
def test_a_command_brings_only_its_own_code(word: str, others: Sequence[str]) -> None:
    """No command waits for another's modules to load."""
    code = (
        "import sys\nfrom bot.cli import main\n"
        f"try:\n    main([{word!r}, '--help'])\nexcept SystemExit:\n    pass\n"
        f"sys.exit(any(f'bot.{{name}}' in sys.modules for name in {others!r}))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
