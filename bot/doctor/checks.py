"""The things that `youju doctor` looks at: each check says what it found and, where something is wrong, what to do."""

import importlib
import os
import shutil
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version

from bot.errors import BotError, in_chinese
from bot.settings import Settings, config_file
from corpus.errors import ReportProblem
from index.errors import IndexProblem

_OLDEST = (3, 11)
_LEAST_FREE = 200  # MB; an index of many reports, twice
_DEEP = ("numpy", "faiss", "tokenizers", "jieba", "gradio")  # packages that can be there and still not load
_NEARLY = 0.9  # of all that may be kept
_ANY_ADDRESS = ("0.0.0.0", "::")


class State(StrEnum):
    """How something stands."""

    GOOD = "好"
    DOUBTFUL = "留意"  # it works, but somebody should know
    BAD = "不行"


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found; `mend` says what to do where all is not good."""

    name: str
    state: State
    said: str
    mend: str = ""


def examine() -> Iterator[Found]:
    """Everything, in the order in which it is needed; without usable settings the rest cannot be looked at."""
    yield _python()
    yield from _packages()
    try:
        settings = Settings.load()
    except BotError as error:
        yield Found("设置", State.BAD, str(error), "改正后再运行 youju doctor。")
        return
    yield _settings(settings)
    for check in (_reports, _model, _data_folder, _index, _feedback, _port, _exposure, _writer):
        yield _safely(check, settings)


def _safely(check: Callable[[Settings], Found], settings: Settings) -> Found:
    """What the check finds; a check that fails itself has found something too."""
    name = _NAMES[check.__name__]
    try:
        return check(settings)
    except (IndexProblem, ReportProblem, BotError) as error:
        return Found(name, State.BAD, str(error), "按这句话处理后再运行 youju doctor。")
    except OSError as error:
        return Found(name, State.BAD, f"{error.filename or ''}：{in_chinese(error)}", "检查这个文件或文件夹的权限。")
    except Exception as error:
        return Found(name, State.BAD, f"检查时出错（{type(error).__name__}）", "请重新安装本程序。")


def _python() -> Found:
    now = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < _OLDEST:
        return Found("Python", State.BAD, f"{now}，太旧", "安装 Python 3.11 或更新的版本，删掉 .venv，再 make env。")
    return Found("Python", State.GOOD, now)


def _packages() -> Iterator[Found]:
    """The packages that the program asks for, and whether those with parts of their own really load."""
    try:
        wanted = [one for one in requires("youju") or () if "extra ==" not in one]
    except PackageNotFoundError:
        yield Found("依赖", State.BAD, "本程序没有安装", "在源码目录里运行 make env。")
        return
    missing = []
    for one in wanted:
        name = one.split(";")[0].split(">")[0].split("=")[0].split("<")[0].strip()
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    broken = [name for name in _DEEP if name not in missing and not _loads(name)]
    if missing or broken:
        yield Found("依赖", State.BAD, f"缺少或不能用：{'、'.join(missing + broken)}", "运行 make env 重新安装依赖。")
    else:
        yield Found("依赖", State.GOOD, f"{len(wanted)} 个包都在")


def _loads(name: str) -> bool:
    try:
        importlib.import_module("faiss" if name == "faiss-cpu" else name)
    except Exception:  # a broken package may raise anything
        return False
    return True


def _settings(settings: Settings) -> Found:
    file = config_file()
    given = sorted(settings.model_fields_set)
    said = f"{len(given)} 项不是默认值" + (f"：{'、'.join(given)}" if given else "")
    if file and settings.password.get_secret_value() and file.stat().st_mode & 0o044:
        return Found("设置", State.DOUBTFUL, f"{file} 别人可读，其中可能有口令", f"运行 chmod 600 {file}。")
    return Found("设置", State.GOOD, f"{said}；文件 {file.resolve()}" if file else said)


def _reports(settings: Settings) -> Found:
    from bot.indexing import read_reports

    read = read_reports(settings)
    names = [one.report.name for one in read]
    if settings.report and settings.report not in names:
        return Found(
            "报告", State.BAD, f"没有名为 {settings.report} 的报告，现有：{'、'.join(names)}", "改正设置 report。"
        )
    undated = [one.report.name for one in read if one.report.year is None]
    if undated:
        return Found(
            "报告",
            State.DOUBTFUL,
            f"读不出 {'、'.join(undated)} 是哪一年的",
            "在报告旁边放一个同名的 .toml，写上 year 和 planned。",
        )
    passages = sum(len(one.passages) for one in read)
    return Found("报告", State.GOOD, f"{len(read)} 份，{passages} 个条目：{'、'.join(names)}")


def _model(settings: Settings) -> Found:
    from index.embedding import load_embedder

    embedder = load_embedder(settings.embedding)
    return Found("嵌入模型", State.GOOD, f"{embedder.name}，{embedder.dim} 维，哈希 {embedder.sha256[:12]} 相符")


def _data_folder(settings: Settings) -> Found:
    folder = settings.data_dir
    if not folder.exists():
        parent = next(one for one in folder.absolute().parents if one.exists())
        if not os.access(parent, os.W_OK):
            return Found("数据文件夹", State.BAD, f"{folder} 不存在，{parent} 又不可写", "改设 YOUJU_DATA_DIR。")
        return Found("数据文件夹", State.GOOD, f"{folder} 还没有，用到时建立")
    try:
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(b"youju")
    except OSError as error:
        return Found(
            "数据文件夹",
            State.DOUBTFUL,
            f"{folder} 不能写入：{in_chinese(error)}；能回答，不能重建索引，也不能保存评价",
            "给运行的用户写入权限，或改设 YOUJU_DATA_DIR。",
        )
    free = shutil.disk_usage(folder).free >> 20
    if free < _LEAST_FREE:
        return Found("数据文件夹", State.DOUBTFUL, f"{folder} 只剩 {free} MB", "腾出磁盘空间。")
    return Found("数据文件夹", State.GOOD, f"{folder}，剩 {free} MB")


def _index(settings: Settings) -> Found:
    from bot.indexing import check_index
    from index.store import current, is_interrupted

    if current(settings.index_folder) is None:
        return Found("索引", State.DOUBTFUL, "还没有", "运行 youju index build（第一次提问时也会自动建立）。")
    manifest, stale = check_index(settings)
    if stale:
        return Found("索引", State.DOUBTFUL, "完好，但报告、模型或程序变了", "运行 youju index build 重建索引。")
    if is_interrupted(settings.index_folder):
        return Found("索引", State.DOUBTFUL, "完好；上次重建中断，留下了半成品", "运行 youju index build，会先清除它。")
    return Found("索引", State.GOOD, f"{manifest.generation}，与报告一致，文件都与清单相符")


def _feedback(settings: Settings) -> Found:
    from bot.web.feedback import FILE_NAME, LARGEST

    file = settings.data_dir / FILE_NAME
    if not file.exists():
        return Found("评价", State.GOOD, "还没有人评价过")
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=5)) as database:
            whole = database.execute("pragma integrity_check").fetchone()[0]
            number = database.execute("select count(*) from feedback").fetchone()[0]
    except sqlite3.Error as error:
        whole, number = str(error), 0
    if whole != "ok":
        return Found(
            "评价", State.BAD, f"{file} 已损坏", f"移走它，再用备份恢复：youju feedback restore 备份文件 {file}"
        )
    if file.stat().st_size > LARGEST * _NEARLY:
        said = f"{number} 条，{file.stat().st_size >> 20} MB，快存满了"
        return Found("评价", State.DOUBTFUL, said, f"运行 youju feedback backup 备份文件，再移走 {file}。")
    return Found("评价", State.GOOD, f"{number} 条，数据库完好")


def _port(settings: Settings) -> Found:
    if settings.port == 0:
        return Found("端口", State.GOOD, "任选一个空闲的")
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host, settings.port))
        except OSError as error:
            said = f"{settings.host}:{settings.port} 不能用：{in_chinese(error)}"
            return Found("端口", State.DOUBTFUL, said, "若不是有据自己占着，换一个端口：youju chat --port 8000。")
    return Found("端口", State.GOOD, f"{settings.host}:{settings.port} 空闲")


def _exposure(settings: Settings) -> Found:
    if os.geteuid() == 0 and settings.host != "127.0.0.1":
        return Found("开放", State.DOUBTFUL, "以 root 运行，又对外开放", "换一个普通用户运行，见 docs/running.md。")
    if settings.host not in _ANY_ADDRESS and not settings.trusted_proxies:
        return Found("开放", State.GOOD, "只有本机能访问" if settings.host == "127.0.0.1" else f"监听 {settings.host}")
    if settings.host in _ANY_ADDRESS and not settings.allowed_hosts:
        return Found(
            "开放", State.DOUBTFUL, "对外开放，没有限定域名", "设 YOUJU_ALLOWED_HOSTS 为对外的域名，前面放反向代理。"
        )
    if "*" in settings.trusted_proxies:
        return Found("开放", State.DOUBTFUL, "相信任何人报来的访客地址", "把 YOUJU_TRUSTED_PROXIES 设为代理的地址。")
    return Found("开放", State.GOOD, f"域名 {'、'.join(settings.allowed_hosts) or '未限定'}")


def _writer(settings: Settings) -> Found:
    from bot.writing.opening import CODE, open_completer, open_writer

    open_writer(settings)
    open_completer(settings)
    by_model = "" if settings.completer == CODE else f"；程序补全不了的追问请 {settings.completer}"
    if settings.writer == "extractive":
        return Found("撰写", State.GOOD, f"只用原文，不需要模型{by_model}")
    return Found("撰写", State.GOOD, f"{settings.writer}；模型没有回音时改用原文{by_model}")


_NAMES = {
    "_reports": "报告",
    "_model": "嵌入模型",
    "_data_folder": "数据文件夹",
    "_index": "索引",
    "_feedback": "评价",
    "_port": "端口",
    "_exposure": "开放",
    "_writer": "撰写",
}
