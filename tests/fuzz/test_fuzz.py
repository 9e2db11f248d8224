"""What fuzzing found once, and a small share of it with hypothesis: any bytes, the same laws."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.__main__ import kept
from tests.fuzz.targets import TARGETS

FOUND = sorted(path for path in (Path(__file__).parent / "found").glob("*-*") if path.is_file())
MARKS = "#|-*>➤<li>/表图第一、（）年月日亿元万%0123456789.,，。；增长完成目标\n\t "
SOUP = st.text(st.one_of(st.sampled_from(MARKS), st.characters(codec="utf-8")), max_size=300)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_stays_mended(path: Path) -> None:
    """Each input that once broke a law keeps it."""
    TARGETS[path.name.partition("-")[0]](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_what_was_reached_is_reached_again(name: str) -> None:
    """Each target keeps its laws on a few of the inputs that led the search to something new."""
    reached = kept(name)
    assert reached
    for data in reached:
        TARGETS[name](data)


@pytest.mark.parametrize("name", ["reader", "files", "numerals"])
@given(text=SOUP)
def test_any_text_is_read(name: str, text: str) -> None:
    """A soup of Markdown, HTML, figures and whatever else is read, and all that is found stands in it."""
    TARGETS[name](b"\xff" + text.encode("utf-8"))


@given(st.binary(max_size=400))
def test_anything_may_come_to_the_border(data: bytes) -> None:
    """Any bytes are cleaned, masked, shown and parsed, or turned away."""
    TARGETS["border"](data)


@pytest.mark.parametrize("name", ["loader", "manifest"])
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(min_size=3, max_size=200))
def test_any_file_may_stand_in_an_index(name: str, data: bytes) -> None:
    """Whatever a file of the index holds, with a hash that fits, it is loaded or refused in words."""
    TARGETS[name](data)
