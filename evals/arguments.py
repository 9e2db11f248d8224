"""The arguments of `youju eval`, with help and complaints in Chinese."""

from bot.arguments import Parser


def make_parser() -> Parser:
    """The parser; `command` is None for a plain run."""
    parser = Parser(prog="youju eval", description="跑问题集，与上次认可的结果比较；原来对的现在错了，退出码为 1。")
    _add_run(parser)
    commands = parser.add_subparsers(title="命令", metavar="命令", dest="command", parser_class=Parser)
    accept = commands.add_parser("accept", help="认可这次的结果", description="认可这次的结果，今后与它比较。")
    _add_set(accept)
    accept.add_argument("--why", required=True, metavar="理由", help="为什么认可")
    lint = commands.add_parser("lint", help="检查问题集", description="检查问题集；有严重问题时退出码为 1。")
    _add_set(lint)
    lint.add_argument("--map", metavar="文件", help="把覆盖情况写成 .md 或 .html 文件")
    compare = commands.add_parser("compare", help="并排比较", description="在同样的问题上比较几种做法。")
    compare.add_argument(
        "systems",
        nargs="+",
        metavar="做法",
        help="youju、langchain、writer=名称、completer=名称、embedding=名称或文件夹",
    )
    _add_set(compare)
    calibrate = commands.add_parser(
        "calibrate",
        help="从开发集学习权重",
        description="从名称含 dev 的问题集学习条目的打分权重与把握程度，写入 weights.json；从不读测试集。",
    )
    calibrate.add_argument("--out", metavar="文件", help="写到哪里，默认为程序在用的 weights.json")
    calibrate.add_argument("--thresholds", action="store_true", help="不学权重，只看各门槛下开发集的结果")
    new = commands.add_parser("new", help="为一份报告起草问题集", description="从报告的数据点起草问题集，供人修改。")
    new.add_argument("report", metavar="报告", help="报告文件（.md 或 .txt）")
    new.add_argument("--out", metavar="文件", help="写到哪里，默认为 报告名.jsonl")
    return parser


def _add_set(parser: Parser) -> None:
    parser.add_argument("--set", default="all", metavar="名称", help="dev、test、all，或一个 .jsonl 文件")


def _add_run(parser: Parser) -> None:
    _add_set(parser)
    parser.add_argument("--style", default="", metavar="问法", help="只跑这种问法，如 colloquial")
    parser.add_argument("--kind", default="", metavar="类别", help="只跑这类问题，如 percent")
    parser.add_argument("--ids", default="", metavar="编号", help="只跑这些编号，用逗号隔开（对话会整段跑）")
    parser.add_argument("--failures", type=int, default=0, metavar="个数", help="列出多少个答错的问题")
    parser.add_argument("--jobs", type=int, default=0, metavar="个数", help="换写法时用几个进程，默认按核数")
    parser.add_argument("--variants", action="store_true", help="再把每个问题换几种写法，看回答变不变")
    parser.add_argument("--writer", default="", metavar="名称", help="让它来撰写，与 extractive 并排，如 openai:模型")
    parser.add_argument("--completer", default="", metavar="名称", help="让它来补全追问，与 code 并排，如 openai:模型")
    parser.add_argument("--out", metavar="文件夹", help="把报告写成 report.md 和 report.html，用时写成 timings.json")
