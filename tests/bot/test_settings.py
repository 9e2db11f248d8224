"""The settings: where they come from, which wins, and what is said about a wrong one."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot import settings as module
from bot.errors import SettingsProblem
from bot.settings import Settings, default_data_dir, markdown_table

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without a settings file."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_code_wins_over_environment_and_that_over_the_file(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each source covers the one below it; None is no value."""
    (elsewhere / "youju.toml").write_text('port = 1000\ntitle = "文件"\ncontact = "12345"\n', encoding="utf-8")
    monkeypatch.setenv("YOUJU_PORT", "2000")
    monkeypatch.setenv("YOUJU_TITLE", "环境")
    found = Settings.load(port=3000, title=None)
    assert (found.port, found.title, found.contact, found.host) == (3000, "环境", "12345", "127.0.0.1")


def test_the_named_file_is_read_instead(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """YOUJU_CONFIG names another file, and a missing one is an error."""
    (elsewhere / "youju.toml").write_text("port = 1000\n", encoding="utf-8")
    named = elsewhere / "another.toml"
    monkeypatch.setenv("YOUJU_CONFIG", str(named))
    with pytest.raises(SettingsProblem, match="找不到设置文件"):
        Settings.load()
    named.write_text("max_question = 80\n", encoding="utf-8")
    assert (Settings.load().port, Settings.load().max_question) == (7860, 80)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("prot = 80", "设置 prot：没有这一项设置"),
        ('port = "很多"', "设置 port 的值 '很多' 不能用，应当是整数"),
        ("port = 70000", "不能大于 65535"),
        ("max_question = 0", "不能小于 1"),
        ('title = ""', "不能为空"),
        ("port = [", "写法有误"),
        ('title = "\\ud800"', "写法有误"),
    ],
)
def test_a_wrong_setting_is_named(elsewhere: Path, content: str, message: str) -> None:
    """One line of Chinese names the setting and what is wanted."""
    (elsewhere / "youju.toml").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsProblem, match=re.escape(message)) as problem:
        Settings.load()
    assert "\n" not in str(problem.value)


def test_settings_cannot_be_changed() -> None:
    """What was read stays as it is."""
    with pytest.raises(ValidationError):
        Settings.load().port = 1


def test_forms_are_put_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists by comma, a home by ~, a root path with one slash in front; blank names are none."""
    monkeypatch.setenv("YOUJU_ALLOWED_HOSTS", "a.example, b.example ,")
    monkeypatch.setenv("YOUJU_REPORT", " ")
    found = Settings.load(root_path="youju/", data_dir="~/kept")
    assert found.allowed_hosts == ("a.example", "b.example")
    assert (found.root_path, found.report) == ("/youju", None)
    assert found.index_folder == Path.home() / "kept" / "index"


def test_data_folder_in_a_checkout() -> None:
    """Beside the code where that is a checkout."""
    assert default_data_dir() == ROOT / "var"


def test_data_folder_of_an_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The user's data folder where the code is no checkout, whether that exists yet or not."""
    monkeypatch.setattr(module, "_CHECKOUT", tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "a" / "b"))
    assert default_data_dir() == tmp_path / "a" / "b" / "youju"
    monkeypatch.delenv("XDG_DATA_HOME")
    assert default_data_dir() == Path.home() / ".local" / "share" / "youju"


def test_data_folder_of_last_resort_is_private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In the temporary folder only one that is ours and closed to others; a planted one is passed over."""
    monkeypatch.setattr(module, "_CHECKOUT", tmp_path)
    monkeypatch.setattr(module, "_can_be_made", lambda folder: False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    first = default_data_dir()
    assert first == tmp_path / f"youju-{os.getuid()}"
    assert first.stat().st_mode & 0o077 == 0
    assert default_data_dir() == first
    first.chmod(0o777)
    other = default_data_dir()
    assert other != first
    assert other.stat().st_mode & 0o077 == 0


def test_every_setting_is_explained_in_chinese() -> None:
    """The table has a row for each, with a default and a description."""
    rows = markdown_table().splitlines()[2:]
    assert [row.split("|")[1].strip(" `") for row in rows] == list(Settings.model_fields)
    for row in rows:
        _, name, variable, default, description, _ = row.split("|")
        assert variable.strip() == f"`YOUJU_{name.strip(' `').upper()}`"
        assert default.strip(" `")
        assert re.search("[\u4e00-\u9fff]", description)
        assert str(ROOT) not in row


def test_readme_holds_the_table() -> None:
    """The README shows what `python -m bot.settings` prints."""
    command = [sys.executable, "-m", "bot.settings"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert printed.strip() == markdown_table()
    readme = ROOT / "README.md"
    if not readme.exists():
        pytest.skip("there is no README yet")
    text = readme.read_text(encoding="utf-8")
    held = re.search(r"<!-- settings -->\n(.*?)<!-- /settings -->", text, re.DOTALL)
    assert held, "README.md lacks the markers <!-- settings --> … <!-- /settings -->"
    assert held.group(1).strip() == printed.strip()
