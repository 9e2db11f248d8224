"""The real report, indexed once a run; a small one of each test's own, and a server over it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.indexing import ensure_index
from bot.settings import Settings
from tests.e2e.driving import serving
from tests.faults.surroundings import SAMPLE


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings as shipped, with an index that is in step."""
    settings = Settings.load()
    ensure_index(settings, lambda _: None)
    return settings


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the reports and the data of servers of this test's own."""
    (tmp_path / "reports").mkdir()
    shutil.copy(SAMPLE, tmp_path / "reports" / "sample.txt")
    return tmp_path


@pytest.fixture
def server(place: Path) -> Iterator[str]:
    """The address of a server on it."""
    with serving(place / "data", reports=str(place / "reports")) as address:
        yield address
