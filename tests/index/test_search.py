"""The fused search: the laws of the sum, ties, reports, and the retriever over it."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.types import Passage
from index.search import BIGRAMS, CONTEXT, EMBEDDING, WORDS, Fields, Searcher
from tests.index.factories import TEXTS, HashedEmbedder, make_passage


class BlindEmbedder(HashedEmbedder):
    """Knows no text, so that only the words count."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Zero rows."""
        return np.zeros((len(texts), self.dim), dtype=np.float32)


def searcher(passages: Sequence[Passage], embedder: HashedEmbedder | None = None) -> Searcher:
    """A search over the passages."""
    embedder = embedder or HashedEmbedder()
    return Searcher(Fields.of(passages, embedder), embedder)


@pytest.fixture(scope="module")
def found() -> Searcher:
    """A search over the sample texts."""
    return searcher([make_passage(number, text) for number, text in enumerate(TEXTS)])


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_a_passage_finds_itself(found: Searcher, number: int) -> None:
    """A passage's own words find it first, and every way but the context agrees."""
    hit = found.search(TEXTS[number], 1)[0]
    assert hit.passage.ordinal == number
    assert (hit.parts.bigrams, hit.parts.words, hit.parts.embedding) == pytest.approx((1, 1, 1))


def test_score_is_the_weighted_sum_of_the_parts(found: Searcher) -> None:
    """The score is nothing but the parts times the named weights, and the parts lie between 0 and 1."""
    for hit in found.search("公共厕所改造多少座", 10):
        parts = hit.parts
        total = BIGRAMS * parts.bigrams + WORDS * parts.words + EMBEDDING * parts.embedding + CONTEXT * parts.context
        assert hit.score == pytest.approx(total)
        assert all(0 <= part <= 1 + 1e-6 for part in (parts.bigrams, parts.words, parts.embedding, parts.context))


def test_scores_and_search_agree(found: Searcher) -> None:
    """`search` gives the passages of the highest `scores`, in their order."""
    scores = found.scores("引进外资项目")
    hits = found.search("引进外资项目", len(TEXTS))
    assert [hit.passage.ordinal for hit in hits] == sorted(
        (n for n in range(len(TEXTS)) if scores[n] > 0), key=lambda n: (-scores[n], n)
    )
    assert found.search("引进外资项目", 2) == hits[:2]


def test_of_equals_the_first_comes_first() -> None:
    """Passages of the same text are found in the order in which they stand."""
    twice = searcher([make_passage(2 * number, "同一句话") for number in range(5)])
    assert [hit.passage.ordinal for hit in twice.search("同一句话", 3)] == [0, 2, 4]


@pytest.mark.parametrize("query", ["", "？！", "xyz", "\x00"])
def test_what_matches_nothing_finds_nothing(query: str) -> None:
    """Without a matching word no passage is a hit, and no score is NaN."""
    blind = searcher([make_passage(number, text) for number, text in enumerate(TEXTS)], BlindEmbedder())
    assert blind.search(query, 5) == []
    assert blind.scores(query).tolist() == [0] * len(TEXTS)


def test_no_passages_give_no_hits() -> None:
    """An empty index answers with nothing."""
    assert searcher([]).search("问题", 5) == []


def test_context_decides_between_like_passages() -> None:
    """Of two passages with the same words, the one under the heading that was asked for comes first."""
    passages = [
        make_passage(0, "完成投资300亿元。", section=("一、2024年工作回顾", "（一）科技创新")),
        make_passage(2, "完成投资300亿元。", section=("一、2024年工作回顾", "（二）城市更新")),
    ]
    assert searcher(passages).search("城市更新完成投资多少", 1)[0].passage.ordinal == 2


def test_a_weak_context_does_not_outweigh_the_words() -> None:
    """A heading that shares one word with the question does not lift a passage over one that answers."""
    passages = [
        make_passage(0, "新增就业岗位4.6万个。", section=("就业",)),
        make_passage(2, "加强统筹协调。", section=("岗位责任",)),
    ]
    assert searcher(passages, BlindEmbedder()).search("新增就业岗位多少个", 1)[0].passage.ordinal == 0


def test_one_report_only() -> None:
    """With a report named, no passage of another is found, and its best match still counts as the best."""
    both = searcher(
        [make_passage(0, TEXTS[0], "a"), make_passage(1, TEXTS[0] + "补充", "b"), make_passage(2, TEXTS[1], "b")]
    )
    hits = both.search(TEXTS[0], 5, report="b")
    assert {hit.passage.report for hit in hits} == {"b"}
    assert hits[0].parts.bigrams == pytest.approx(1)
    assert both.scores(TEXTS[0], report="b")[0] == 0


def test_retriever_gives_documents(found: Searcher) -> None:
    """The LangChain retriever gives the same passages, with their place as metadata."""
    from index.retriever import ReportRetriever

    documents = ReportRetriever(searcher=found, k=2).invoke("公共厕所改造")
    hits = found.search("公共厕所改造", 2)
    assert [(d.id, d.page_content) for d in documents] == [(hit.passage.id, hit.passage.text) for hit in hits]
    best = documents[0].metadata
    assert (best["report"], best["year"], best["spans"]) == ("xuhui", 2024, [[200, 240], [250, 260]])
    assert set(best) == {"report", "section", "table", "row", "year", "status", "spans", "score"}
    assert ReportRetriever(searcher=found, report="other").invoke("公共厕所改造") == []
