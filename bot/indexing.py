"""The index of the reports that the settings name: made, kept in step and checked."""

import contextlib
import time
from collections.abc import Callable

from bot.errors import in_chinese
from bot.settings import Settings
from corpus.errors import ReportProblem
from corpus.library import ReadReport, find_reports, read_report
from index.embedding import load_embedder
from index.errors import IndexBusy, StaleIndex
from index.store import build, is_stale, verify
from index.types import Manifest

CURRENT = "CURRENT"  # the file that names the index in use: without it there is none yet

# How often and how many seconds apart to look whether another process has finished building.
_TRIES, _PAUSE = 240, 0.25

Tell = Callable[[str], None]


def read_reports(settings: Settings) -> list[ReadReport]:
    """All reports of the folder. Raises ReportProblem where there is none or one cannot be read."""
    try:
        paths = find_reports(settings.reports)
    except OSError as error:
        raise ReportProblem(f"无法打开报告文件夹 {settings.reports}：{in_chinese(error)}。") from error
    if not paths:
        raise ReportProblem(f"文件夹 {settings.reports} 中没有报告，请放入 .md 或 .txt 文件。")
    return [read_report(path) for path in paths]


def build_index(settings: Settings, tell: Tell, *, only_if_stale: bool = False) -> Manifest:
    """Make the index anew, or only where it is missing, damaged or of other reports."""
    reports, embedder = read_reports(settings), load_embedder(settings.embedding)
    if only_if_stale and not is_stale(settings.index_folder, reports, embedder):
        return verify(settings.index_folder)
    return build(reports, embedder, settings.index_folder, tell)


def ensure_index(settings: Settings, tell: Tell) -> None:
    """Make the index where it is missing or stale. Raises CorruptIndex where it is damaged: that is for a person."""
    folder = settings.index_folder
    reports, embedder = read_reports(settings), load_embedder(settings.embedding)
    if not is_stale(folder, reports, embedder):
        return
    if (folder / CURRENT).exists():
        with contextlib.suppress(StaleIndex):
            verify(folder)
        tell("报告、模型或程序有变，正在重建索引")
    else:
        tell("还没有索引，正在建立")
    for _ in range(_TRIES):
        try:
            build(reports, embedder, folder)
        except IndexBusy:
            time.sleep(_PAUSE)
        if not is_stale(folder, reports, embedder):
            return
    raise IndexBusy("另一个进程一直在建立索引，请稍后再试。")


def check_index(settings: Settings) -> tuple[Manifest, bool]:
    """The index's manifest and whether it is stale. Raises CorruptIndex where it is missing or damaged."""
    manifest = verify(settings.index_folder)
    return manifest, is_stale(settings.index_folder, read_reports(settings), load_embedder(settings.embedding))
