"""The index of the reports that the settings name: made, kept in step and checked."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from bot.errors import in_chinese
from bot.settings import Settings
from corpus.errors import ReportProblem
from corpus.library import ReadReport, find_reports, load_report, read_report
from index.embedding import load_embedder
from index.errors import IndexBusy, StaleIndex
from index.store import Index, build, load_fresh, verify
from index.types import Manifest

CURRENT = "CURRENT"  # the file that names the index in use: without it there is none yet

# How often and how many seconds apart to look whether another process has finished building.
_TRIES, _PAUSE = 240, 0.25

Tell = Callable[[str], None]


def read_reports(settings: Settings) -> list[ReadReport]:
    """All reports of the folder, read. Raises ReportProblem where there is none or one cannot be read."""
    return [read_report(path) for path in _paths(settings)]


def _paths(settings: Settings) -> list[Path]:
    try:
        paths = find_reports(settings.reports)
    except OSError as error:
        raise ReportProblem(f"无法打开报告文件夹 {settings.reports}：{in_chinese(error)}。") from error
    if not paths:
        raise ReportProblem(f"文件夹 {settings.reports} 中没有报告，请放入 .md 或 .txt 文件。")
    return paths


def build_index(settings: Settings, tell: Tell, *, only_if_stale: bool = False) -> Manifest:
    """Make the index anew, or only where it is missing, damaged or of other reports."""
    fresh = _fresh(settings) if only_if_stale else None
    if fresh is not None:
        return fresh.manifest
    return build(read_reports(settings), load_embedder(settings.embedding), settings.index_folder, tell)


def _fresh(settings: Settings) -> Index | None:
    # The reports' files and metadata are compared, not read into passages: that is what makes a question wait.
    reports = [load_report(path) for path in _paths(settings)]
    return load_fresh(settings.index_folder, reports, load_embedder(settings.embedding))


def ensure_index(settings: Settings, tell: Tell) -> Index:
    """The index, made where it is missing or stale. Raises CorruptIndex where it is damaged: that is for a person."""
    folder = settings.index_folder
    index = _fresh(settings)
    if index is not None:
        return index
    if (folder / CURRENT).exists():
        with contextlib.suppress(StaleIndex):
            verify(folder)
        tell("报告、模型或程序有变，正在重建索引")
    else:
        tell("还没有索引，正在建立")
    reports, embedder = read_reports(settings), load_embedder(settings.embedding)
    for _ in range(_TRIES):
        try:
            build(reports, embedder, folder)
        except IndexBusy:
            time.sleep(_PAUSE)
        index = _fresh(settings)
        if index is not None:
            return index
    raise IndexBusy("另一个进程一直在建立索引，请稍后再试。")


def check_index(settings: Settings) -> tuple[Manifest, bool]:
    """The index's manifest and whether it is stale. Raises CorruptIndex where it is missing or damaged."""
    manifest = verify(settings.index_folder)
    return manifest, _fresh(settings) is None
