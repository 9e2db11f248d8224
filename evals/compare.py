"""Systems side by side on the same questions: the assistant, with a model or an embedding, LangChain's recipe."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings
from corpus.library import ReadReport, find_reports, read_report
from evals.document import Piece, Table
from evals.errors import EvalProblem
from evals.finding import Search, WithFound, index_search
from evals.metrics import METRICS, Score, measure
from evals.recipe import Recipe
from evals.runner import Asks, run
from evals.sources import Sources
from evals.timing import Timed, percentile
from evals.types import Question

NAMES = "youju、langchain、writer=名称、completer=名称、embedding=名称或文件夹"
_FINDING = ("found_1", "found_3", "found_5", "mrr")


@dataclass(frozen=True, slots=True)
class System:
    """Something that answers, or only finds: then it has no other figures than those of finding."""

    name: str
    assistant: Asks
    sources: Sources
    size: int
    search: Search | None = None

    @property
    def finds_only(self) -> bool:
        """Whether it has no answers of its own."""
        return self.search is None


@dataclass(frozen=True, slots=True)
class Measured:
    """What one system reached."""

    name: str
    scores: dict[str, Score]
    median_ms: float
    p99_ms: float
    size: int


def open_system(name: str, scratch: Path) -> System:
    """The system called `name`; an index that it needs for itself is made under `scratch`."""
    word, _, value = name.partition("=")
    if name == "langchain":
        return _recipe()
    if name == "youju":
        return _assistant(name, Settings.load())
    if word in ("writer", "completer") and value:
        return _assistant(name, Settings.load(**{word: value}))
    if word == "embedding" and value:
        folder = Path(tempfile.mkdtemp(prefix="index-", dir=scratch))
        return _assistant(name, Settings.load(embedding=value, data_dir=folder))
    raise EvalProblem(f"不认识「{name}」。可以比较的有：{NAMES}。")


def _read(settings: Settings) -> list[ReadReport]:
    return [read_report(path) for path in find_reports(settings.reports)]


def _assistant(name: str, settings: Settings) -> System:
    from bot.assistant import Assistant
    from bot.indexing import ensure_index
    from index.store import verify

    index = ensure_index(settings, lambda _: None)
    size = sum(file.size for file in verify(settings.index_folder).files.values())
    return System(name, Assistant.open(settings, index), Sources.of(_read(settings)), size, index_search(settings))


def _recipe() -> System:
    from index.embedding import load_embedder

    settings = Settings.load()
    embedding = str(settings.embedding) if settings.embedding else None
    recipe = Recipe([one.report for one in _read(settings)], load_embedder(embedding))
    return System("langchain", recipe, recipe.sources(), recipe.size())


def measure_system(system: System, questions: Sequence[Question], new_conversation: Callable[[], object]) -> Measured:
    """The system's figures on `questions`, its answers timed after one that is not."""
    system.assistant.ask(questions[0].question)
    timed = Timed(system.assistant)
    asked = WithFound(timed, system.search) if system.search else timed
    scores = measure(run(asked, questions, system.sources, new_conversation))
    kept = {key: scores[key] for key in METRICS if key in _FINDING or not system.finds_only}
    return Measured(system.name, kept, percentile(timed.taken, 0.5), percentile(timed.taken, 0.99), system.size)


def as_table(name: str, measured: Sequence[Measured]) -> Piece:
    """The systems' figures side by side."""
    rows = [
        (word, *(str(one.scores[key]) if key in one.scores else "—" for one in measured))
        for key, (word, _) in METRICS.items()
    ]
    rows += [
        ("每题用时，中位数", *(f"{one.median_ms:.2f} 毫秒" for one in measured)),
        ("每题用时，99% 以内", *(f"{one.p99_ms:.2f} 毫秒" for one in measured)),
        ("索引大小", *(f"{one.size / 1024:.0f} KiB" for one in measured)),
    ]
    return Table(f"问题集 {name}", ("", *(one.name for one in measured)), tuple(rows))
