"""What is fed to the reader, the border and the loader, and the laws that must hold whatever it is."""

import json
import shutil
import tempfile
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

from bot.border import clean, printable, simplified
from bot.errors import QuestionRejected
from bot.privacy import mask
from bot.web import asking
from corpus.facts import extract_facts
from corpus.figures import find_figures
from corpus.library import load_report
from corpus.numerals import chinese_number
from corpus.passages import make_passages
from corpus.reader import read_blocks
from corpus.types import Report
from index import store
from index.errors import IndexProblem
from index.types import Manifest
from tests.index.factories import HashedEmbedder, make_report

LIMIT = 500  # characters of a question
_LONGEST_REPORT = 4_000


def read(data: bytes) -> None:
    """Any text is read as a report: every span lies in the file, and what stands there is what is shown."""
    text = data.decode("utf-8", errors="ignore")[:_LONGEST_REPORT]
    report = Report("r", "r", "", None, 2024, 2025, text, "")
    passages = make_passages(report, read_blocks(text))
    for passage in passages:
        assert all(0 <= span.start <= span.end <= len(text) for span in passage.spans)
    for fact in extract_facts(report, passages):
        said = "".join(text[span.start : span.end] for span in fact.spans)
        assert [one for one in fact.text if one.isdigit()] == [one for one in said if one.isdigit()]
    for figure in find_figures(text):
        assert figure is not None
    chinese_number(text[:40])


def load(data: bytes) -> None:
    """Any file of that name is read as a report or refused in words."""
    from corpus.errors import ReportProblem

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.md"
        path.write_bytes(data[:_LONGEST_REPORT])
        path.with_suffix(".toml").write_bytes(data[_LONGEST_REPORT:])
        try:
            load_report(path)
        except ReportProblem as problem:
            assert str(problem)


def enter(data: bytes) -> None:
    """Any text is cleaned or rejected, and what is clean stays so; any body is a question or none."""
    text = data.decode("utf-16-le", errors="surrogatepass" if len(data) % 2 == 0 else "replace")
    try:
        cleaned = clean(text, LIMIT)
    except QuestionRejected as rejected:
        assert rejected.message
    else:
        assert clean(cleaned, LIMIT) == cleaned
        assert len(cleaned) <= LIMIT
        simplified(cleaned)
    shown = printable(text)
    assert not [one for one in shown if unicodedata.category(one)[0] == "C" and one != "\n"]
    masked = mask(text)
    assert mask(masked.text).text == masked.text
    found = asking.read(data)
    assert found is None or json.loads(found.as_body())["fn_index"] == 0


@cache
def _published() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="youju-fuzz-"))
    store.build([make_report()], HashedEmbedder(), folder)
    return folder


def open_index(data: bytes) -> None:
    """Any bytes in the place of a file of the index, under a hash that fits: loaded or refused, never a crash."""
    if len(data) < 3:
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(_published(), Path(scratch) / "index"))
        generation = folder / (folder / "CURRENT").read_text(encoding="utf-8").strip()
        file = generation / sorted(store._FILES)[data[0] % len(store._FILES)]
        file.write_bytes(_damaged(file.read_bytes(), data[1:]))
        _sign(generation)
        try:
            store.load(folder)
        except IndexProblem as problem:
            assert "youju index build" in str(problem)


def _damaged(whole: bytes, data: bytes) -> bytes:
    """The file with a piece of it replaced by the data, or wholly replaced."""
    if data[0] % 4 == 0 or not whole:
        return data[1:]
    at = int.from_bytes(data[:2], "big") % len(whole)
    return whole[:at] + data[2:] + whole[at + len(data[2:]) :]


def _sign(generation: Path) -> None:
    manifest = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
    for name, record in manifest["files"].items():
        record.update(sha256=store._sha256(generation / name), size=(generation / name).stat().st_size)
    manifest["generation"] = store._name_of(Manifest.from_json(manifest))
    (generation / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    generation.rename(generation.with_name(manifest["generation"]))
    (generation.parent / "CURRENT").write_text(manifest["generation"] + "\n", encoding="utf-8")


TARGETS: dict[str, Callable[[bytes], None]] = {"reader": read, "files": load, "border": enter, "loader": open_index}
