"""Training: what the pairs are made of, and that a trained folder is a model."""

import gzip
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from index.embedding import BundledEmbedder
from index.training.data import Question, read_articles, read_questions, sentences_of
from index.training.pairs import ASKED, Articles, Questions, bags_of
from index.training.pieces import make_tokenizer

ARTICLE = sentences_of("地区生产总值完成三千亿元。新增就业岗位四万个！改造公共厕所三十座；建成健身步道十二条。" * 12)
QUESTION = Question("改造了多少座厕所？", ARTICLE[:4], 2)
WORDS = Counter({"生产": 5, "总值": 5, "就业": 3, "公共厕所": 2, "健身步道工程": 9})
TOKENIZER = make_tokenizer(WORDS, Counter("".join(ARTICLE) + "了多"), 500)


def pieces(text: str) -> list[str]:
    """The pieces of a text."""
    return list(TOKENIZER.encode(text).tokens)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training folder of the real one's layout with a handful of texts."""
    folder = tmp_path_factory.mktemp("data")
    for name in ("news", "reports", "qa"):
        (folder / name).mkdir()
    with gzip.open(folder / "news" / "part-0.txt.gz", "wt", encoding="utf-8") as news:
        news.write("2023-08-06，正文：" + "".join(ARTICLE) + "\n" + "另一篇文章讲的是别的事情。" * 30 + "\n")
    (folder / "reports" / "2025年某省政府工作报告.txt").write_text("".join(ARTICLE), encoding="utf-8")
    with gzip.open(folder / "reports" / "national-1978-2025.jsonl.gz", "wt", encoding="utf-8") as reports:
        reports.write(json.dumps({"text": "".join(ARTICLE)}) + "\n")
    qa = {"question": "改造了多少座廁所？", "answers": [{"text": "三十座"}]}
    squad = {"data": [{"paragraphs": [{"context": "開工。改造公共廁所三十座。", "qas": [qa]}]}]}
    for name in ("cmrc_trial.json", "drcd_dev.json", "drcd_test.json"):
        (folder / "qa" / name).write_text(json.dumps(squad), encoding="utf-8")
    return folder


def test_texts_are_read(data: Path) -> None:
    """News lose their date line; questions come in simplified characters with the sentence that answers."""
    articles = list(read_articles(data))
    assert [len(article) for article in articles] == [48, 30, 48, 48]
    assert articles[0][0] == ARTICLE[0]
    question = next(read_questions(data / "qa" / "drcd_dev.json"))
    assert (question.text, question.sentences[question.answer]) == ("改造了多少座厕所？", "改造公共厕所三十座。")


def test_pieces_are_words_then_characters() -> None:
    """Known words up to four characters are whole; longer ones and unknown ones fall into characters."""
    assert pieces("生产总值，公共厕所") == ["生产", "总值", "公共厕所"]
    assert pieces("健身步道") == ["健", "身", "步", "道"]
    assert pieces("。！ ") == []


def test_made_up_questions_come_from_their_article() -> None:
    """A question's pieces and its context's are the article's, and a context is never empty."""
    known = {piece for sentence in ARTICLE for piece in TOKENIZER.encode(sentence).ids}
    pairs = Articles(TOKENIZER, [ARTICLE]).draw(200, np.random.default_rng(1))
    assert len(pairs) == 200
    for asked, context in pairs:
        assert 1 < len(asked) <= ASKED[1]
        assert len(context) > 0
        assert {*asked.tolist(), *context.tolist()} <= known


def test_a_paragraph_stands_once_in_a_batch() -> None:
    """Two questions on one paragraph would be each other's wrong answers: only one is drawn."""
    twice = Questions(TOKENIZER, [QUESTION, Question("就业岗位多少？", QUESTION.sentences, 1)])
    for seed in range(20):
        ((_, context),) = twice.draw(5, np.random.default_rng(seed))
        assert len(context) > 0


def test_bags_are_texts_end_to_end() -> None:
    """The offsets say where each text begins."""
    bags = bags_of([np.array([1, 2], dtype=np.int32), np.array([3], dtype=np.int32), np.array([4, 5], dtype=np.int32)])
    assert (bags.ids.tolist(), bags.offsets.tolist()) == ([1, 2, 3, 4, 5], [0, 2, 3])


def test_a_trained_folder_is_a_model(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Training writes a folder that both our code and sentence-transformers load, with the same vectors."""
    from sentence_transformers import SentenceTransformer

    from index.training import train

    monkeypatch.setattr(train, "BATCH", 16)
    monkeypatch.setattr(train, "ASKED_BY_PEOPLE", 1)
    monkeypatch.setattr(train, "DIM", 8)
    train.train(data, tmp_path, steps=3)
    texts = ["改造了多少座公共厕所", "就业岗位", ""]
    ours = BundledEmbedder(tmp_path).encode(texts)
    theirs = SentenceTransformer(str(tmp_path), device="cpu").encode(texts, show_progress_bar=False)
    np.testing.assert_allclose(ours, theirs, atol=2e-6)
    assert np.linalg.norm(ours, axis=1) == pytest.approx([1, 1, 0], abs=1e-5)
