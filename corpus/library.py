"""The reports in a folder: each file as received, with the metadata beside it or read from its first lines."""

import hashlib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import ReportProblem
from corpus.facts import extract_facts
from corpus.markup import title_of
from corpus.passages import make_passages
from corpus.reader import read_blocks
from corpus.script import simplified
from corpus.types import Block, BlockKind, Fact, Passage, Report

REPORTS = Path(__file__).parent / "reports"
SUFFIXES = (".md", ".txt")

_METADATA: dict[str, type] = {"title": str, "place": str, "date": date, "year": int, "planned": int}
_FIRST_LINES = 1_500  # characters in which a report says what, where and when it is
_DAY = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_YEAR = re.compile(r"(20\d\d)\s*年")
_PLACE = re.compile(r"([\u4e00-\u9fff]{2,8}?(?:省|自治区|自治州|自治县|市|新区|区|县|盟|旗))")
_SESSION = re.compile(r"在(\S{2,16}?)第[一二三四五六七八九十百]{1,4}届")
_PLACE_PLAIN = re.compile(r"20\d\d年([\u4e00-\u9fff]{2,4}?)(?:政府工作报告|国民经济)")
_LOOKS_BACK = re.compile(r"(20\d\d)\s*年[^\n]{0,30}?(?:回顾|执行情况|完成情况|总结)")


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report with all that was read from it."""

    report: Report
    blocks: tuple[Block, ...]
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]


def find_reports(folder: Path = REPORTS) -> list[Path]:
    """The report files in `folder`, by name."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix in SUFFIXES and not path.name.startswith((".", "README")) and path.is_file()
    )


def reader_version() -> str:
    """A hash of the reader itself: another hash may mean other blocks, passages and facts of the same report."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*")):
        if file.suffix in (".py", ".txt"):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def read_report(path: Path) -> ReadReport:
    """The report at `path`, read. Raises `ReportProblem` where it is no UTF-8 text or holds no passage."""
    report = load_report(path)
    blocks = read_blocks(report.text)
    passages = make_passages(report, blocks)
    if not passages:
        raise ReportProblem(f"报告 {path.name} 中没有可以阅读的文字，请换一个 .md 或 .txt 文件。")
    return ReadReport(report, tuple(blocks), tuple(passages), tuple(extract_facts(report, passages)))


def load_report(path: Path) -> Report:
    """The file at `path` with its metadata: from `<name>.toml` beside it, the rest from its first lines."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        raise ReportProblem(f"无法读取报告 {path.name}：{error.strerror}。请检查文件是否存在、是否可读。") from error
    except UnicodeDecodeError as error:
        raise ReportProblem(f"报告 {path.name} 不是 UTF-8 文本，请另存为 UTF-8 后再试。") from error
    given = _metadata(path.with_suffix(".toml"))
    read = _from_first_lines(text, path.stem)
    return Report(name=path.stem, text=text, sha256=hashlib.sha256(content).hexdigest(), **{**read, **given})


def _metadata(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReportProblem(f"元数据文件 {path.name} 写法有误：{error}。") from error
    unknown = set(given) - set(_METADATA)
    if unknown:
        raise ReportProblem(f"元数据文件 {path.name} 中有不认识的项：{'、'.join(sorted(unknown))}。")
    wrong = [name for name, value in given.items() if type(value) is not _METADATA[name]]
    if wrong:
        raise ReportProblem(f"元数据文件 {path.name} 中 {'、'.join(wrong)} 的值写法不对（日期和年份不加引号）。")
    return given


def _from_first_lines(text: str, stem: str) -> dict[str, Any]:
    head = simplified(text[:_FIRST_LINES])
    title = _title(text) or stem
    joined = simplified("".join(title.split()))
    day = _DAY.search(head)
    years = sorted({int(year) for year in _YEAR.findall(joined)})
    looks_back = _LOOKS_BACK.search(simplified(text))
    year = int(looks_back.group(1)) if looks_back else None
    if year is None and years:
        year = years[0] if len(years) > 1 else years[0] - 1
    if year is None and day:
        year = int(day.group(1)) - 1
    return {
        "title": title,
        "place": _place(joined, "".join(head.split(" "))),
        "date": _date(*map(int, day.groups())) if day else None,
        "year": year,
        "planned": year + 1 if year else None,
    }


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _title(text: str) -> str | None:
    heading = next((block for block in read_blocks(text[:_FIRST_LINES]) if block.kind is BlockKind.HEADING), None)
    return title_of(heading.text) if heading else None


def _place(title: str, head: str) -> str:
    """The place whose report it is: named in the title, or where its people's congress sat."""
    session = _SESSION.search(_YEAR.sub("", head))
    for said in (_YEAR.sub("", title), session.group(1) if session else ""):
        parts: Sequence[str] = _PLACE.findall(said)
        if parts:
            return parts[-1]
    plain = _PLACE_PLAIN.search(title)
    return plain.group(1) if plain else ""
