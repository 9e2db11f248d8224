"""What is fed to the reader, the border and the loader, and the laws that must hold whatever it is."""

import atexit
import io
import json
import math
import shutil
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from bot.border import clean, printable, simplified
from bot.errors import QuestionRejected
from bot.privacy import mask
from bot.quantities import find_quantities, same
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
# What figures and reports are made of: half of the inputs are spelt with these alone, as blind bytes seldom meet them.
_SIGNS = (
    "0123456789.,%‰+-－—~/:：年月日时零〇一二三四五六七八九十百千万亿两点半几数余多约近超达至到第前后名位之分倍成翻番"
    "元美元吨米平方公里顷亩户家个人次处座条项件台套小时％壹贰叁拾佰仟萬億貳"
    "２０４ 　\n|#*->➤<>li/sub图表（）()《》“”，。；、"
    "增长下降累计同比占比预计完成目标力争不超过以上以内左右"
)


def _text_of(data: bytes) -> str:
    if data[:1] < b"\x80":
        return "".join(_SIGNS[byte % len(_SIGNS)] for byte in data[1:_LONGEST_REPORT])
    return data[1:].decode("utf-8", errors="ignore")[:_LONGEST_REPORT]


def read(data: bytes) -> None:
    """Any text is read as a report: every span lies in the file, and what stands there is what is shown."""
    text = _text_of(data)
    report = Report("r", "r", "", None, 2024, 2025, text, "")
    passages = make_passages(report, read_blocks(text))
    for passage in passages:
        assert all(0 <= span.start <= span.end <= len(text) for span in passage.spans)
    for fact in extract_facts(report, passages):
        said = "".join(text[span.start : span.end] for span in fact.spans)
        assert [one for one in fact.text if one.isdigit()] == [one for one in said if one.isdigit()]
    for figure in find_figures(text):
        assert text[figure.start : figure.end] == figure.text


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


def count(data: bytes) -> None:
    """Any text's numerals, figures and quantities are read; they stand in it, and are finite, in order and plain."""
    text = _text_of(data)
    number = chinese_number(text)
    assert number is None or (math.isfinite(number) and number >= 0)
    for figure in find_figures(text):
        assert 0 <= figure.start < figure.end <= len(text)
        assert math.isfinite(figure.value)
    for quantity in find_quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert math.isfinite(quantity.low) and math.isfinite(quantity.high)
        assert same(quantity, quantity)


@cache
def _published() -> tuple[Path, Manifest, Mapping[str, bytes]]:
    """A small index in memory: its generation's folder, its manifest and what its files hold."""
    memory = Path("/dev/shm")  # noqa: S108  # a folder of its own is made in it
    folder = Path(tempfile.mkdtemp(prefix="youju-fuzz-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    manifest = store.build([make_report()], HashedEmbedder(), folder)
    generation = folder / manifest.generation
    return generation, manifest, {name: (generation / name).read_bytes() for name in sorted(store._FILES)}


def open_index(data: bytes) -> None:
    """Any bytes in the place of a file of the index whose hash fits: refused, or searched; never a crash."""
    if len(data) < 3:
        return
    generation, manifest, files = _published()
    name, whole = sorted(files.items())[data[0] % len(files)]
    file = generation / name
    file.write_bytes(
        _in_archive(whole, data[1:]) if data[1] % 3 and name.endswith(".npz") else _damaged(whole, data[1:])
    )
    try:
        index = store._opened(generation, manifest)
    except IndexProblem as problem:
        assert "youju index build" in str(problem)
    else:
        found = index.searcher(HashedEmbedder()).search("公厕改造多少座", 3)
        assert all(math.isfinite(hit.score) for hit in found)
    finally:
        file.write_bytes(whole)


def open_manifest(data: bytes) -> None:
    """Any bytes as the index's pointer or manifest: refused in words that name the file, or the very same index."""
    generation, _, _ = _published()
    folder = generation.parent
    file = folder / "CURRENT" if data[:1] < b"\x40" else generation / "manifest.json"
    whole = file.read_bytes()
    file.write_bytes(_damaged(whole, data[1:]) if len(data) > 3 else data)
    try:
        store.load(folder)
    except IndexProblem as problem:
        assert "youju index build" in str(problem)
    finally:
        file.write_bytes(whole)


def _damaged(whole: bytes, data: bytes) -> bytes:
    """The file with a piece of it replaced by the data, or wholly replaced."""
    if data[0] % 4 == 0 or not whole:
        return data[1:]
    at = int.from_bytes(data[:2], "big") % len(whole)
    return whole[:at] + data[2:] + whole[at + len(data[2:]) :]


def _in_archive(whole: bytes, data: bytes) -> bytes:
    """The archive with one of its members damaged and every checksum right."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as kept, zipfile.ZipFile(made, "w") as written:
        names = kept.namelist()
        for at, name in enumerate(names):
            content = kept.read(name)
            written.writestr(name, _damaged(content, data[1:]) if at == data[0] % len(names) and data[1:] else content)
    return made.getvalue()


TARGETS: dict[str, Callable[[bytes], None]] = {
    **{"reader": read, "files": load, "numerals": count},
    **{"border": enter, "loader": open_index, "manifest": open_manifest},
}
