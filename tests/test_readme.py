"""The README says what is true: what can be made is made again and compared, what is named exists."""

import importlib.util
import re
import shlex
import shutil
import subprocess
import tomllib

import pytest

from bot import cli
from bot.web import feedback
from evals.arguments import make_parser
from tests.readme import README, with_sessions, with_sets, with_settings

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
MOST_LINES = 320
TOO_FEW = 3  # fewer finds than this mean that a pattern below no longer reads the README
OWN_ADDRESSES = {"http://127.0.0.1:7860"}
FOLDERS = ("corpus", "index", "bot", "evals", "tests", "requirements")
READERS_FILES = {"questions.jsonl", "youju.toml", "cmrc2018_dev.json"}  # files that the reader has or makes


def code(text: str) -> list[str]:
    """Every line of a code block and every span of code, as commands stand in it."""
    blocks = re.findall(r"^```\w*\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE))
    return [line for block in blocks for line in block.splitlines()] + spans


def commands(program: str) -> list[str]:
    """The command lines of `program`: behind a prompt, a setting or a pipe too."""
    found = (re.search(rf"^(?:\$ )?(?:\w+=\S+ |.*\| )?({program} .+)$", line) for line in code(TEXT))
    return sorted({match.group(1) for match in found if match})


def test_the_settings_are_those_of_the_program() -> None:
    """The table of settings is the generated one."""
    assert with_settings(TEXT) == TEXT, "run python -m tests.readme"


def test_the_question_sets_are_counted() -> None:
    """The table of question sets holds the files' own numbers."""
    assert with_sets(TEXT) == TEXT, "run python -m tests.readme"


def test_the_sessions_are_what_the_program_says() -> None:
    """Every console block, played again, prints what stands there."""
    assert TEXT.count("\n```console\n") > TOO_FEW
    assert with_sessions(TEXT) == TEXT, "read it, then run python -m tests.readme"


@pytest.mark.parametrize("change", ["3931.2亿元", "第31—33行", "10.6万平方米", "浦东新区的情况"])
def test_a_false_session_is_seen(change: str) -> None:
    """A session whose words were changed is not what the program says."""
    blocks = "\n".join(re.findall(r"^```console\n.*?^```$", TEXT, flags=re.DOTALL | re.MULTILINE)) + "\n"
    assert change in blocks
    false = blocks.replace(change, "别的")
    assert with_sessions(false) != false


def test_every_youju_command_is_one() -> None:
    """Each `youju …` line is taken by the program's own parser."""
    found = commands("youju")
    assert len(found) > TOO_FEW
    for line in found:
        arguments = shlex.split(line)[1:]
        if arguments[0] == "eval":
            make_parser().parse_args(arguments[1:])
        elif arguments[0] == "feedback":
            feedback.make_parser().parse_args(arguments[1:])
        else:
            assert callable(cli._parser(cli._COMMANDS).parse_args(arguments).run)


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_every_make_target_is_one() -> None:
    """Each `make …` line has a target and the variables that it wants."""
    found = commands("make")
    assert len(found) > TOO_FEW
    for line in found:
        done = subprocess.run(
            ["make", "-n", *shlex.split(line)[1:]], cwd=ROOT, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, f"{line}: {done.stderr}"


def test_every_module_that_is_run_exists() -> None:
    """Each `python -m …` names a module of the project."""
    names = [shlex.split(line)[2] for line in commands("python") if line.startswith("python -m ")]
    assert names
    assert not [name for name in names if importlib.util.find_spec(name) is None]


def test_links_and_pictures_exist() -> None:
    """Each link and picture leads to a file of the project."""
    targets = re.findall(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"", TEXT)
    names = [link or picture for link, picture in targets]
    assert len(names) > TOO_FEW
    assert not [name for name in names if not (ROOT / name).is_file()]


def test_files_that_are_named_exist() -> None:
    """Each file and folder of the project that a span of code names is there."""
    spans = {span for span in code(TEXT) if re.fullmatch(r"[\w./-]+(?:\.(?:py|json|jsonl|md|toml)|/)", span)}
    assert len(spans) > TOO_FEW
    held = [path for name in FOLDERS for path in (ROOT / name).rglob("*")]
    places = {path.relative_to(ROOT).as_posix() + "/" * path.is_dir() for path in (*held, *ROOT.iterdir())}
    missing = {span for span in spans - READERS_FILES if not any(f"/{place}".endswith(f"/{span}") for place in places)}
    assert not missing


def test_no_address_of_others() -> None:
    """The README names no address but the program's own: where packages come from is the reader's setting."""
    assert set(re.findall(r"(?:https?|ftp|file)://[\w.:/-]+", TEXT)) == OWN_ADDRESSES


def test_the_readme_is_short() -> None:
    """It stays a page that is read through."""
    sets = re.search(r"<!-- sets -->.*<!-- /sets -->", TEXT, re.DOTALL)  # a row for each set: it grows with them
    rows = sets.group().count("\n") if sets else 0
    assert len(TEXT.splitlines()) - rows <= MOST_LINES


def test_the_changelog_knows_the_version() -> None:
    """The newest release of the changelog is the version of the project."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert re.findall(r"^## \[(\d[^\]]*)\]", CHANGELOG, flags=re.MULTILINE)[0] == project["version"]
