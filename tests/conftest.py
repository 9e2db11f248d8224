"""Every test runs in a private home: nothing of the user's is read or written."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Tests are not timed: a busy machine is no failure.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def youju_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that all tests of one run share, so that an index is built once."""
    return tmp_path_factory.mktemp("youju-data")


@pytest.fixture(autouse=True, scope="session")
def private_session(tmp_path_factory: pytest.TempPathFactory, youju_data: Path) -> Iterator[None]:
    """Session-wide fixtures too see a fresh home and no setting of the user's."""
    with pytest.MonkeyPatch.context() as patch:
        _make_private(patch, tmp_path_factory.mktemp("home"), youju_data)
        yield


@pytest.fixture(autouse=True)
def private_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, youju_data: Path) -> Path:
    """A home of this test's own."""
    home = tmp_path_factory.mktemp("home")
    _make_private(monkeypatch, home, youju_data)
    return home


def _make_private(patch: pytest.MonkeyPatch, home: Path, data: Path) -> None:
    for name in [name for name in os.environ if name.startswith(("XDG_", "YOUJU_"))]:
        patch.delenv(name)
    patch.setenv("HOME", str(home))
    for name, folder in (
        ("CACHE", ".cache"),
        ("CONFIG", ".config"),
        ("DATA", ".local/share"),
        ("STATE", ".local/state"),
    ):
        patch.setenv(f"XDG_{name}_HOME", str(home / folder))
    patch.setenv("YOUJU_DATA_DIR", str(data))


@pytest.fixture(scope="session")
def report_path() -> Path:
    """The report that the project ships."""
    return ROOT / "corpus" / "reports" / "xuhui-2024-2025.md"
