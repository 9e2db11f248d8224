"""The command `youju`: every message is Chinese, every failure one line and an exit code.

Exit 0: all was answered (a refusal is an answer); 1: something is an error; 2: the command was used wrongly.
"""

import argparse
import contextlib
import gc
import itertools
import logging
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from bot.arguments import Parser
from bot.errors import BotError, QuestionRejected, SettingsProblem, UnknownReport, UsageProblem, in_chinese
from bot.types import Answer, AnswerStatus
from corpus.errors import ReportProblem
from index.errors import IndexProblem

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.conversation import Conversation
    from bot.settings import Settings

# Further commands are entry points of this group: `name = "module:main"`, where main(arguments) gives the exit code.
COMMANDS_GROUP = "youju.commands"
OK, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130

_MAX_PIPED = 1 << 20  # bytes read from a pipe as one question; the limit on questions is far below


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    debug = "--debug" in given[: given.index("--")] if "--" in given else "--debug" in given
    if debug:
        logging.basicConfig()
        logging.getLogger("bot").setLevel(logging.DEBUG)
    try:
        try:
            return _run(given)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has gone; Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if debug:
            traceback.print_exc()
        _complain(_one_line(error, debug))
        return MISUSED if isinstance(error, SettingsProblem | UnknownReport | UsageProblem) else FAILED


def _run(given: list[str]) -> int:
    words = itertools.dropwhile(lambda argument: argument.startswith("-"), given)
    word = next(words, None)
    if word is not None and word not in _COMMANDS:
        return _extension(word, list(words))
    parser = _parser(_COMMANDS if word is None else (word,))
    if word is None and "--version" in given:
        from bot.receipt import released

        sys.stdout.write(f"youju {released()}\n")
        return OK
    if word is None:
        parser.epilog = _other_commands()
    options = parser.parse_args(given)
    if word is None:
        parser.print_help()
        return MISUSED
    return int(options.run(options))


def _extension(word: str, rest: list[str]) -> int:
    from importlib.metadata import entry_points

    found = entry_points(group=COMMANDS_GROUP, name=word)
    if not found:
        raise UsageProblem(f"没有“{word}”这个命令，用 youju --help 查看全部命令。")
    return int(next(iter(found)).load()(rest) or OK)


def _other_commands() -> str | None:
    from importlib.metadata import entry_points

    names = sorted(set(entry_points(group=COMMANDS_GROUP).names))
    return f"另有：{'、'.join(names)}（各有 --help）" if names else None


def _parser(words: Iterable[str]) -> Parser:
    """The parser of these commands: each brings its own code along, so that none waits for another's."""
    parser = Parser(prog="youju", description="有据：回答政府工作报告的问题，每个数字都能在原文里核对。")
    parser.add_argument("--version", action="store_true", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", parser_class=Parser)
    for word in words:
        _COMMANDS[word](commands)
    return parser


def _add_ask(commands: Any) -> None:  # noqa: ANN401  # argparse keeps the type private
    ask = commands.add_parser(
        "ask",
        help="回答问题",
        description="回答一个问题。不写问题时：在终端里逐个提问，可以追问；有管道输入时，把输入当作问题。",
    )
    ask.add_argument("question", nargs="*", metavar="问题", help="想问的内容")
    ask.add_argument("--json", action="store_true", help="以 JSON 输出")
    ask.add_argument("--batch", metavar="文件", help="逐行回答文件里的 JSON 问题；- 表示标准输入")
    _add_choices(ask)
    ask.set_defaults(run=_ask)


def _add_choices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--report", metavar="名称", help="回答哪一份报告")
    parser.add_argument("--writer", metavar="名称", help="由谁撰写回答，如 extractive")


def _add_index(commands: Any) -> None:  # noqa: ANN401
    index = commands.add_parser("index", help="建立、检查、查看索引", description="报告的索引。")
    actions = index.add_subparsers(title="操作", metavar="操作", required=True, dest="操作", parser_class=Parser)
    build = actions.add_parser("build", help="建立索引", description="读报告，建立索引。")
    build.add_argument("--if-stale", action="store_true", help="只在报告、模型或程序有变时才重建")
    build.set_defaults(run=_index_build)
    actions.add_parser("verify", help="检查索引", description="检查索引是否完好、是否与报告一致。").set_defaults(
        run=_index_verify
    )
    actions.add_parser("show", help="查看索引", description="显示索引里有哪些报告、用的什么模型。").set_defaults(
        run=_index_show
    )


def _add_chat(commands: Any) -> None:  # noqa: ANN401
    chat = commands.add_parser("chat", help="打开网页问答", description="启动网页问答服务。")
    chat.add_argument("--host", metavar="地址", help="监听的地址，默认 127.0.0.1")
    chat.add_argument("--port", metavar="端口", help="监听的端口，默认 7860")
    _add_choices(chat)
    chat.set_defaults(run=_chat)


def _add_facts(commands: Any) -> None:  # noqa: ANN401
    from bot.facts.command import add

    add(commands, _tell)


def _add_verify(commands: Any) -> None:  # noqa: ANN401
    from bot.verifying.command import add

    add(commands, _tell)


def _add_check(commands: Any) -> None:  # noqa: ANN401
    from bot.checking.command import add

    add(commands, _tell)


def _add_mcp(commands: Any) -> None:  # noqa: ANN401
    from bot.api.command import add

    add(commands, _tell)


def _add_doctor(commands: Any) -> None:  # noqa: ANN401
    from bot.doctor.command import add

    add(commands)


_COMMANDS = {
    "chat": _add_chat,
    "ask": _add_ask,
    "check": _add_check,
    "facts": _add_facts,
    "verify": _add_verify,
    "mcp": _add_mcp,
    "index": _add_index,
    "doctor": _add_doctor,
}


def _ask(options: argparse.Namespace) -> int:
    if options.batch is not None and options.question:
        raise UsageProblem("问题和 --batch 不能同时使用。")
    if sys.stdin is None and (options.batch == "-" or not (options.batch or options.question)):
        raise UsageProblem("没有标准输入，请把问题写在命令里。")
    settings = _settings(options)
    if options.batch is not None:
        return _ask_batch(options.batch, settings)
    if options.question:
        return _ask_once(" ".join(options.question), settings, as_json=options.json)
    if not sys.stdin.isatty():
        piped = sys.stdin.buffer.read(_MAX_PIPED).decode("utf-8", errors="replace")
        return _ask_once(piped, settings, as_json=options.json)
    return _ask_in_turn(settings, as_json=options.json)


def _ask_batch(name: str, settings: "Settings") -> int:
    from bot.batch import Questions, run
    from bot.conversation import Conversation

    with contextlib.ExitStack() as stack:
        source: BinaryIO = sys.stdin.buffer
        if name != "-":
            try:
                source = stack.enter_context(Path(name).open("rb"))
            except OSError as error:
                raise UsageProblem(f"无法打开 {name}：{in_chinese(error)}。") from error
        return FAILED if run(source, sys.stdout.buffer, Questions(_open(settings), Conversation)) else OK


def _ask_once(question: str, settings: "Settings", *, as_json: bool) -> int:
    # What one question loads stays in use to the end: searching it for garbage takes a tenth of the time.
    gc.disable()
    try:
        answer = _told(_open(settings), question, None, as_json=as_json)
    finally:
        gc.enable()
    return FAILED if answer.status is AnswerStatus.ERROR else OK


def _ask_in_turn(settings: "Settings", *, as_json: bool) -> int:
    from bot.conversation import Conversation
    from bot.terminal import questions

    assistant = _open(settings)
    conversation = Conversation()

    def restart() -> None:
        nonlocal conversation
        conversation = Conversation()

    for question in questions(sys.stdin, sys.stdout, restart):
        _told(assistant, question, conversation, as_json=as_json)
        sys.stdout.write("\n")
    return OK


def _told(assistant: "Assistant", question: str, conversation: "Conversation | None", *, as_json: bool) -> Answer:
    """Answer on standard output: on a terminal each sentence as the model writes it."""
    from bot.writing import EXTRACTIVE

    if as_json or not sys.stdout.isatty() or assistant.writer == EXTRACTIVE:
        answer = _answer(assistant, question, conversation)
        _show(answer, as_json=as_json)
        return answer
    from bot.terminal import after, aloud

    answer, written = aloud(assistant.stream(question, conversation), sys.stdout)
    if answer.status is AnswerStatus.ERROR:
        _complain(answer.text)
    else:
        sys.stdout.write(after(answer, written) + "\n")
    return answer


def _answer(assistant: "Assistant", question: str, conversation: "Conversation | None" = None) -> Answer:
    from bot.batch import error_answer

    try:
        return assistant.ask(question, conversation)
    except QuestionRejected as rejected:
        return error_answer(question, rejected.reason, rejected.message)


def _show(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        from bot.batch import encode

        sys.stdout.flush()
        sys.stdout.buffer.write(encode(answer.as_json()))
        sys.stdout.buffer.flush()
        return
    from bot.privacy import mask
    from bot.terminal import render

    if answer.status is AnswerStatus.ERROR:
        _complain(answer.text)
        return
    bold = sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and "NO_COLOR" not in os.environ
    sys.stdout.write(render(answer, bold=bold) + "\n")
    sys.stdout.flush()
    if hint := mask(answer.question).hint:
        sys.stderr.write(f"提示：{hint}\n")


def _open(settings: "Settings") -> "Assistant":
    from bot.assistant import Assistant
    from bot.indexing import ensure_index

    return Assistant.open(settings, ensure_index(settings, _tell))


def _index_build(options: argparse.Namespace) -> int:
    from bot.indexing import build_index

    settings = _settings(options)
    manifest = build_index(settings, _tell, only_if_stale=options.if_stale)
    sys.stdout.write(f"索引可用：{len(manifest.reports)} 份报告，{manifest.passages} 个条目。\n")
    return OK


def _index_verify(options: argparse.Namespace) -> int:
    from bot.indexing import check_index

    manifest, stale = check_index(_settings(options))
    if stale:
        _complain("索引完好，但与现在的报告、模型或程序不一致，请运行 youju index build 重建索引。")
        return FAILED
    sys.stdout.write(f"索引完好，与报告一致：{len(manifest.reports)} 份报告，{manifest.passages} 个条目。\n")
    return OK


def _index_show(options: argparse.Namespace) -> int:
    from index.store import verify

    settings = _settings(options)
    manifest = verify(settings.index_folder)
    lines = [
        f"位置：{settings.index_folder / manifest.generation}",
        f"格式：{manifest.format}",
        f"模型：{manifest.model}（{manifest.dim} 维，{manifest.model_sha256[:12]}）",
        f"条目：{manifest.passages}，数据点：{manifest.facts}",
        *(f"报告：{name}（{sha256[:12]}）" for name, sha256 in manifest.reports.items()),
        f"大小：{sum(file.size for file in manifest.files.values()) / 1024:.0f} KB，{len(manifest.files)} 个文件",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return OK


def _chat(options: argparse.Namespace) -> int:
    settings = _settings(options)
    from bot.indexing import ensure_index
    from bot.web.server import serve

    serve(settings, ensure_index(settings, _tell))
    return OK


def _settings(options: argparse.Namespace) -> "Settings":
    from bot.settings import Settings

    given = {name: getattr(options, name, None) for name in ("report", "writer", "host", "port")}
    return Settings.load(**given)


def _tell(message: str) -> None:
    sys.stderr.write(f"{message}…\n")


def _complain(message: str) -> None:
    from bot.border import printable

    sys.stderr.write(f"错误：{printable(message)}\n")


def _one_line(error: Exception, debug: bool) -> str:
    if isinstance(error, BotError | ReportProblem | IndexProblem):
        return " ".join(str(error).split())
    if isinstance(error, OSError) and error.strerror:
        return f"读写 {error.filename or '文件'} 时出错：{in_chinese(error)}。"
    hint = "" if debug else "加上 --debug 可以看到详细的调用过程。"
    return f"程序内部出错（{type(error).__name__}）。{hint}"


if __name__ == "__main__":
    sys.exit(main())
