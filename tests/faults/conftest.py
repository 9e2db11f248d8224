"""The real report, indexed once a run."""

import pytest

from bot.indexing import ensure_index
from bot.settings import Settings


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings as shipped, with an index that is in step."""
    settings = Settings.load()
    ensure_index(settings, lambda _: None)
    return settings
