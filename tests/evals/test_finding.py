"""What the index finds is listed where the answer does not list it."""

from collections.abc import Sequence

from bot.types import Answer, Reason
from evals.finding import WithFound
from evals.runner import run
from evals.sources import Sources
from evals.types import Question, Step
from tests.evals.fakes import KnowingAssistant, refused
from tests.evals.gold import GDP, GREEN


class Silent:
    """Refuses and says nothing of its way."""

    def ask(self, question: str, conversation: object | None = None, *, id: str = "") -> Answer:
        """A refusal."""
        return refused(Reason.MISSING_FIGURE)


def test_the_index_is_asked_what_it_finds(sources: Sources) -> None:
    """What the index finds decides between not found and wrongly refused."""
    asked: list[str] = []

    def search(query: str) -> list[str]:
        asked.append(query)
        return ["small/0001"]

    outcomes = run(WithFound(Silent(), search), (GDP, GREEN), sources, object)
    assert asked == [GDP.question, GREEN.question]
    assert [one.judgement.step for one in outcomes] == [Step.WRONGLY_REFUSED, Step.NOT_FOUND]


def test_an_answers_own_list_stays(questions: Sequence[Question], sources: Sources) -> None:
    """An assistant that says what it found is believed."""
    wrapped = WithFound(KnowingAssistant(questions, sources), lambda query: [])
    assert wrapped.ask("？", id="gdp").steps["found"][0] == "small/0001"
