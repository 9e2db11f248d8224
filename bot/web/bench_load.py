"""Asks the real server as a hundred open pages would: `python -m bot.web.bench_load [--clients N] [--questions N]`.

Every reply is held against the answer that the same index gives in this process: none may be wrong, lost or another's.
A bare Gradio page that echoes the question gets the same questions in the same run, by turns, each page asked in the
way in which a browser asks it. Plain asyncio: on two cores a heavier client would be what is measured.
"""

import argparse
import asyncio
import itertools
import json
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

_CHAT = ("-m", "bot.cli", "chat", "--port", "0")
_ECHO = ("-m", "bot.web.bench", "--echo")
_ADDRESS = re.compile(r"http://([\d.]+):(\d+)/")
_QUESTIONS = Path(__file__).resolve().parents[2] / "evals" / "questions"
_ROUNDS = 4  # the two pages take turns so often
_STRANGE = 10  # one question in so many is a text that no one would ask
_PATIENCE = 60.0  # seconds until a reply counts as lost
_MANY = "100000"  # the limits on one address would be what is measured
_MOST_GROWTH = 1.05  # of memory, from the first round's end to the last's
_LEAST_SHARE = 0.7  # of the bare page's throughput


@dataclass(slots=True)
class Result:
    """What came of the questions put to one page."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)  # milliseconds
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)  # kB after each round

    @property
    def throughput(self) -> float:
        """Replies a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    @property
    def p95(self) -> float:
        """Milliseconds within which 95 in 100 replies came."""
        return quantiles(self.times, n=20)[-1] if len(self.times) > 1 else 0.0


class Connection:
    """One keep-alive connection of HTTP/1.1."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def send(self, method: str, path: str, record: object = None) -> tuple[int, bytes]:
        """The status and the body of the reply."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        body = b"" if record is None else json.dumps(record).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        try:
            self._writer.write(head.encode() + body)
            return await self._reply()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Hang up; the next request opens anew."""
        if self._writer is not None:
            self._writer.close()
        self._writer = None

    async def _reply(self) -> tuple[int, bytes]:
        assert self._reader is not None
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:-2])
        if "chunked" in headers.get("transfer-encoding", ""):
            body = b"".join([chunk async for chunk in self._chunks()])
        else:
            body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection") == "close":
            self.close()
        return status, body

    async def _chunks(self) -> Any:  # noqa: ANN401  # an asynchronous iterator of bytes
        assert self._reader is not None
        while size := int((await self._reader.readline()).strip(), 16):
            yield await self._reader.readexactly(size)
            await self._reader.readexactly(2)
        await self._reader.readexactly(2)


async def ask(connection: Connection, question: str, session: str) -> tuple[int, dict[str, Any] | None]:
    """One question to our page, as its script asks it: the status and the reply shown."""
    request = {"data": [question, "[]", None], "fn_index": 0, "session_hash": session, "event_data": None}
    status, body = await connection.send("POST", "/gradio_api/run/predict", request)
    if status != 200:
        return status, None
    shown = json.loads(body)["data"][0]
    return status, json.loads(shown if isinstance(shown, str) else shown["value"])


async def echo(connection: Connection, question: str, session: str) -> tuple[int, str | None]:
    """One question to the bare page: into the queue, then the stream until it is done."""
    request = {"data": [question], "fn_index": 0, "session_hash": session, "event_data": None, "trigger_id": None}
    status, _ = await connection.send("POST", "/gradio_api/queue/join?", request)
    if status != 200:
        return status, None
    status, body = await connection.send("GET", f"/gradio_api/queue/data?session_hash={session}")
    for line in body.decode().splitlines():
        if line.startswith("data: ") and json.loads(line[6:])["msg"] == "process_completed":
            return status, str(json.loads(line[6:])["output"]["data"][1])
    return status, None


async def _round(address: tuple[str, int], clients: int, asked: Sequence[tuple[str, str]], result: Result) -> None:
    """Put the questions, each with what must come back, to the page that takes questions as `ask` or `echo` does."""
    waiting = iter(asked)

    async def client(number: int) -> None:
        connection, session = Connection(*address), f"{number:06d}{random.getrandbits(40):010x}"
        for question, wanted in waiting:
            started = time.perf_counter()
            try:
                async with asyncio.timeout(_PATIENCE):
                    status, said = await _one(connection, question, session, wanted)
            except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError, KeyError) as error:
                result.lost.append(f"{question}：{type(error).__name__}")
                continue
            result.statuses[status] += 1
            if status == 200:
                result.times.append((time.perf_counter() - started) * 1000)
                if said != wanted:
                    result.wrong.append(f"{question}：{said}")
        connection.close()

    started = time.perf_counter()
    await asyncio.gather(*(client(number) for number in range(clients)))
    result.seconds += time.perf_counter() - started


async def _one(connection: Connection, question: str, session: str, wanted: str) -> tuple[int, str | None]:
    if wanted == question:
        return await echo(connection, question, session)
    status, reply = await ask(connection, question, session)
    return status, None if reply is None else f"{reply['question']}\n{reply['text']}"


def questions(number: int) -> list[str]:
    """So many questions: those of the dev sets that stand by themselves, and strange ones among them."""
    written = [
        record["question"]
        for path in sorted(_QUESTIONS.glob("*-dev*.jsonl"))
        for record in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if not record["session"]
    ]
    draw = random.Random(1)
    draw.shuffle(written)
    asked = itertools.cycle(written)
    return [strange(draw) if at % _STRANGE == 0 else next(asked) for at in range(number)]


def strange(draw: random.Random) -> str:
    """A text of any Chinese characters, digits and signs."""
    return "".join(chr(draw.randrange(0x4E00, 0x9F00)) for _ in range(draw.randrange(4, 40))) + f"{draw.random():.3f}？"


def expected(asked: Sequence[str]) -> dict[str, str]:
    """What must come back for each question: the question itself and the answer's text."""
    from bot.assistant import Assistant
    from bot.indexing import ensure_index
    from bot.settings import Settings

    settings = Settings.load()
    assistant = Assistant.open(settings, ensure_index(settings, lambda _: None))
    return {question: f"{question}\n{assistant.ask(question).text}" for question in dict.fromkeys(asked)}


@contextmanager
def _served(arguments: Sequence[str]) -> Iterator[tuple[tuple[str, int], int]]:
    """The host and port that a Python process prints once it listens, and its number."""
    names = ("LIMIT_BURST", "LIMIT_PER_MINUTE", "LIMIT_CONNECTIONS")
    given = dict(zip((f"YOUJU_{name}" for name in names), (_MANY, _MANY, "1000"), strict=True))
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "GRADIO_ANALYTICS_ENABLED": "False", **given}
    with subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = next((match for line in server.stdout if (match := _ADDRESS.search(line))), None)
        if found is None:
            raise RuntimeError(f"{' '.join(arguments)} ended before it listened")
        try:
            yield (found[1], int(found[2])), server.pid
        finally:
            server.terminate()


def memory_of(process: int) -> int:
    """The memory that a process holds, in kB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def measure(clients: int, number: int) -> tuple[Result, Result]:
    """Both pages under the same load, by turns: ours and the bare one."""
    ours, bare = Result(), Result()
    asked = questions(number)
    wanted = expected(asked)
    with ExitStack() as stack:
        page, process = stack.enter_context(_served(_CHAT))
        plain, other = stack.enter_context(_served(_ECHO))
        for address, warm in ((page, [(asked[0], wanted[asked[0]])] * clients), (plain, [("好", "好")] * clients)):
            asyncio.run(_round(address, clients, warm, Result()))
        for turn in range(_ROUNDS):
            part = asked[turn::_ROUNDS]
            asyncio.run(_round(page, clients, [(question, wanted[question]) for question in part], ours))
            ours.memory.append(memory_of(process))
            asyncio.run(_round(plain, clients, [(question, question) for question in part], bare))
            bare.memory.append(memory_of(other))
    return ours, bare


def _row(name: str, result: Result) -> str:
    memory = "、".join(f"{kb / 1024:.0f}" for kb in result.memory)
    middle = median(result.times or [0])
    return (
        f"{name}\t{len(result.times)} 个回答，{result.throughput:.1f} 个/秒，中位数 {middle:.0f} 毫秒，"
        f"95% 在 {result.p95:.0f} 毫秒内；状态 {dict(result.statuses)}；答错 {len(result.wrong)}，"
        f"没有回音 {len(result.lost)}；各轮之后的内存 {memory} MB\n"
    )


def main(arguments: Sequence[str]) -> int:
    """Measure, print both, and exit with 1 where a reply is wrong or lost, memory grows or throughput falls short."""
    parser = argparse.ArgumentParser(prog="python -m bot.web.bench_load", description=__doc__)
    parser.add_argument("--clients", type=int, default=100)
    parser.add_argument("--questions", type=int, default=2_000)
    options = parser.parse_args(arguments)
    ours, bare = measure(options.clients, options.questions)
    share, growth = ours.throughput / bare.throughput, ours.memory[-1] / ours.memory[0]
    sys.stdout.write(_row("有据", ours) + _row("空白的回声页", bare))
    sys.stdout.write(f"每秒回答数是回声页的 {share:.2f}（目标不低于 {_LEAST_SHARE}）；内存增至 {growth:.3f} 倍\n")
    for problem in (*ours.wrong[:5], *ours.lost[:5]):
        sys.stdout.write(f"  {problem}\n")
    return int(bool(ours.wrong or ours.lost) or share < _LEAST_SHARE or growth > _MOST_GROWTH)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
