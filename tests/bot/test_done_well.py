"""好 after a verb of building: done, not good."""

import pytest

from bot.assistant import Assistant
from bot.types import Reason


@pytest.mark.parametrize("question", ["哪个公园改造好了？", "银都路隧道修好了没"])
def test_what_is_done_well_is_no_judgement(assistant: Assistant, question: str) -> None:
    """好 after a verb of building says that a thing is done, not that it is good."""
    assert assistant.ask(question).reason is not Reason.OPINION
