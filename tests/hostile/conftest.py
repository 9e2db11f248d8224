"""The real report and the assistant over it, a server and a browser: the fixtures of the parts that are attacked."""

from tests.bot.conftest import assistant, settings
from tests.e2e.conftest import address, browser, data_dir, page

__all__ = ["address", "assistant", "browser", "data_dir", "page", "settings"]
