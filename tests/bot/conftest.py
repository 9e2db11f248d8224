"""The real report, indexed once a run, and the answers to many dev questions, asked once."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copy
from zlib import crc32

import pytest

from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.indexing import ensure_index
from bot.settings import Settings
from bot.types import Answer
from corpus.types import Report

_SHARE = 3  # one talk of so many is asked: all take most of a minute, in each of the processes
TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings as shipped, with an index that is in step."""
    settings = Settings.load()
    ensure_index(settings, lambda _: None)
    return settings


@pytest.fixture(scope="session")
def assistant(settings: Settings) -> Assistant:
    """The assistant over the report that the project ships."""
    return Assistant.open(settings)


@pytest.fixture(scope="session")
def report(assistant: Assistant) -> Report:
    """The report that the project ships."""
    return assistant.understand("地区生产总值")[1].report


@pytest.fixture(scope="session")
def answers(assistant: Assistant) -> tuple[Answer, ...]:
    """The answers to a third of the dev questions, those of one session in one conversation."""
    conversations: dict[str, Conversation] = {}
    asked: list[Answer] = []
    for path in sorted((TESTS.parent / "evals" / "questions").glob("xuhui-dev*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            session = record["session"]
            if crc32(f"{path.stem} {session or record['id']}".encode()) % _SHARE:
                continue
            talk = conversations.setdefault(f"{path.stem} {session}", Conversation()) if session else None
            asked.append(assistant.ask(record["question"], talk, id=record["id"]))
    return tuple(asked)


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Assistant]:
    """Opens the assistant over one report with the text given."""

    def opened(text: str) -> Assistant:
        folder = tmp_path_factory.mktemp("invented")
        (folder / "reports").mkdir()
        (folder / "reports" / "invented.md").write_text(text, encoding="utf-8")
        return _over(folder)

    return opened


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant over the small reports of the corpus tests, `plain`, `pipes` and `traditional`."""
    folder = tmp_path_factory.mktemp("samples")
    (folder / "reports").mkdir()
    for path in (TESTS / "corpus" / "samples").iterdir():
        copy(path, folder / "reports")
    return _over(folder)


def _over(folder: Path) -> Assistant:
    """The assistant over the reports in `folder`."""
    settings = Settings.load(reports=folder / "reports", data_dir=folder / "data")
    return Assistant.open(settings, ensure_index(settings, lambda _: None))
