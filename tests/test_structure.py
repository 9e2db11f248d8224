"""The shape of the code: who may import whom, what no module does, and what no file names."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("corpus", "index", "bot", "evals")  # each may import itself and those before it
EXTRAS = {
    "corpus": (),
    "index": ("train",),
    "bot": ("mcp",),
    "evals": ("train", "dev"),
    "tests": ("train", "dev", "mcp"),
}
IMPORTERS = {"import_module", "importlib.import_module", "__import__"}
UNSAFE_MODULES = {"pickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
UNSAFE_CALLS = {"eval", "exec", "builtins.eval", "builtins.exec", "os.system", "os.popen", "torch.load", "yaml.load"}
UNSAFE_ARGUMENTS = {"trust_remote_code", "allow_pickle", "allow_dangerous_deserialization", "shell"}
VAGUE_NAMES = {"util", "utils", "helper", "helpers"}
FETCHED = {"atheris"}  # installed by the make target that needs it, where it is missing
HEAVY = {"torch", "sentence_transformers", "gradio"}
MAX_LINES = 400
# Spelled in parts, so that this file does not name what it forbids.
ADDRESS = re.compile(
    r"python" + r"hosted\.org|pypi\." + r"(org|python|tuna)|npm" + r"js\.(org|com)|download\.py" + r"torch\.org"
    r"|(deb|security)\.deb" + r"ian\.org|mirrors\.[a-z]+\.(com|cn|edu|org)|file:" + r"///"
    r"|(?<![\w.])/wo" + r"rk/|/opt/(py" + r"pi|wheels)"
)


def modules(*folders: str) -> list[Path]:
    """Every Python file under the folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def place(path: Path) -> str:
    """The path as a message names it."""
    return path.relative_to(ROOT).as_posix()


def parse(path: Path) -> ast.Module:
    """The module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=place(path))


def imported(tree: ast.AST) -> Iterator[str]:
    """Every absolute import, at the top of the module or lazy inside a function."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.Call(func=func, args=[ast.Constant(value=str(module)), *_]) if ast.unparse(func) in IMPORTERS:
                yield module


def upward(package: str, tree: ast.AST) -> list[str]:
    """The imports that go against the one way, corpus <- index <- bot <- evals."""
    above = {*PACKAGES[PACKAGES.index(package) + 1 :], "tests"}
    return [name for name in imported(tree) if name.partition(".")[0] in above]


def unsafe(tree: ast.AST) -> list[str]:
    """What could run code from data: unpickling, eval, a model's own code."""
    found = [name for name in imported(tree) if name.partition(".")[0] in UNSAFE_MODULES]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in UNSAFE_CALLS:
            found.append(ast.unparse(node.func))
        elif isinstance(node, ast.keyword) and node.arg in UNSAFE_ARGUMENTS and ast.unparse(node.value) != "False":
            found.append(f"{node.arg}={ast.unparse(node.value)}")
    return found


def normal(name: str) -> str:
    """A distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*extras: str) -> set[str]:
    """The distributions that pyproject.toml names, with those of the extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return {normal(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in lines}


def committed() -> list[Path]:
    """Every file that git holds or would take."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout: git says which files are the project's")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8")
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_run_one_way(package: str) -> None:
    """No module imports from a package above its own, not even lazily."""
    assert modules(package), f"{package} holds no module"
    assert not {place(path): names for path in modules(package) if (names := upward(package, parse(path)))}


@pytest.mark.parametrize(
    "source", ["import bot.cli", "def f():\n    from evals import run", "import_module('tests.x')"]
)
def test_the_wrong_way_is_seen(source: str) -> None:
    """An upward import is found however it is written."""
    assert upward("index", ast.parse(source))


def test_nothing_runs_code_from_data() -> None:
    """No module unpickles, evaluates or trusts code that comes with data."""
    assert not {place(path): found for path in modules(*PACKAGES, "tests") if (found := unsafe(parse(path)))}


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    import pickle",
        "from joblib import load",
        "eval('1')",
        "np.load(p, allow_pickle=True)",
        "M(p, trust_remote_code=flag)",
        "subprocess.run(c, shell=True)",
        "os.system(c)",
        "torch.load(p)",
    ],
)
def test_code_from_data_is_seen(source: str) -> None:
    """Each way to run code from data is found; a model's own `.eval()` and a plain False are none."""
    assert unsafe(ast.parse(source))
    assert not unsafe(ast.parse("model.eval()\nnp.load(p, allow_pickle=False)"))


def test_modules_are_short() -> None:
    """A module has one job and at most 400 lines."""
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*PACKAGES, "tests")}
    assert not {name: length for name, length in lengths.items() if length > MAX_LINES}


def test_modules_are_named_by_their_job() -> None:
    """No module or folder is called utils or helpers."""
    parts = {place(path): {path.stem, *path.relative_to(ROOT).parts} for path in modules(*PACKAGES, "tests")}
    assert not [name for name, words in parts.items() if words & VAGUE_NAMES]


def test_no_file_names_a_registry_or_a_workplace() -> None:
    """Where packages come from is the reader's setting, and no path of one machine is the project's."""
    found: dict[str, str] = {}
    for path in committed():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        if hit := ADDRESS.search(content.decode("utf-8", errors="replace")):
            found[place(path)] = hit.group()
    assert not found


def test_an_address_is_seen() -> None:
    """The pattern finds an address and a foreign path, and lets a relative one be."""
    assert ADDRESS.search("https://pypi" + ".org/simple")
    assert ADDRESS.search("cd /wo" + "rk/main")
    assert not ADDRESS.search("docs/work/a.md and pypi")


@pytest.mark.parametrize("folder", EXTRAS)
def test_third_party_imports_are_declared(folder: str) -> None:
    """What a module imports is in pyproject.toml; the extras are only for those who may need them, dev for a bench."""
    allowed, tools = declared(*EXTRAS[folder]), declared("dev")
    own = {*PACKAGES, *FETCHED, "tests", *sys.stdlib_module_names}
    owners = packages_distributions()
    missing: dict[str, set[str]] = {}
    for path in modules(folder):
        for top in {name.partition(".")[0] for name in imported(parse(path))} - own:
            here = allowed | tools if path.stem.startswith("bench") else allowed
            if not {normal(owner) for owner in owners.get(top, [top])} & here:
                missing.setdefault(place(path), set()).add(top)
    assert not missing


@pytest.mark.parametrize("module", ["bot", "bot.cli"])
def test_import_is_light(module: str) -> None:
    """Importing the bot or its command line loads no torch, no sentence_transformers and no gradio."""
    code = f"import sys, {module}; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert not done.stdout.strip()
