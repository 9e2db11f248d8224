"""Trains the bundled embedding model from nothing and writes it where sentence-transformers loads it.

python -m index.training.train DATA [--out FOLDER] [--steps N]
"""

import argparse
import json
import logging
import queue
import random
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer
from torch.nn import functional

from index.embedding import BUNDLED_FOLDER, write_sums
from index.training.data import Question, read_articles, read_questions
from index.training.pairs import Articles, Bags, Questions, bags_of
from index.training.pieces import count_words, make_tokenizer

SEED = 20250101
PIECES = 13_500  # with DIM this fills 10.4 MB: fewer pieces with more numbers each beat more pieces with fewer
DIM = 768
BATCH = 2048  # pairs; each pair's wrong answers are the other pairs' contexts
ASKED_BY_PEOPLE = 256  # of a batch: questions that people wrote; they are few, and more would be learnt by heart
STEPS = 700
LEARNING_RATE = 0.1
WARM_UP = 50  # steps
SCALE = 20.0  # what cosines are multiplied with before the softmax
RARE = 1e-3  # a piece of this share of all pieces starts at half the length of a rare one
COUNTED_ARTICLES = 12_000  # enough to know the common words
QUESTION_FILES = ("cmrc_trial.json", "drcd_dev.json", "drcd_test.json")

log = logging.getLogger("index.training")


def train(data: Path, out: Path, steps: int = STEPS) -> None:
    """Trains on the texts in `data` and writes the model to `out`, from a fixed seed."""
    torch.manual_seed(SEED)
    articles = [article for article in read_articles(data) if len(article) > 2]
    questions = [question for name in QUESTION_FILES for question in read_questions(data / "qa" / name)]
    log.info("%d articles, %d questions", len(articles), len(questions))
    tokenizer = _tokenizer(articles, questions)
    drawn = Articles(tokenizer, articles), Questions(tokenizer, questions)
    log.info("texts cut into pieces")
    model = StaticEmbedding(tokenizer, embedding_weights=_first_weights(drawn[0].counts(tokenizer.get_vocab_size())))
    _fit(model, *drawn, steps)
    save(model, out)


def _tokenizer(articles: list[tuple[str, ...]], questions: list[Question]) -> Tokenizer:
    chosen = random.Random(SEED).sample(articles, min(COUNTED_ARTICLES, len(articles)))
    paragraphs = ["".join(sentences) for sentences in {question.sentences: None for question in questions}]
    asked = [question.text for question in questions]
    words = count_words(["".join(article) for article in chosen] + paragraphs + asked)
    characters: Counter[str] = Counter()
    for text in ("".join(article).lower() for article in articles):
        characters.update(text)
    for text in paragraphs + asked:
        characters.update(text.lower())
    return make_tokenizer(words, Counter({c: n for c, n in characters.items() if c.isalnum()}), PIECES)


def _first_weights(counts: np.ndarray[Any, np.dtype[np.int64]]) -> torch.Tensor:
    """Random directions; the commoner a piece, the shorter its vector."""
    share = torch.from_numpy(counts / counts.sum()).float()
    weights = torch.randn(len(counts), DIM) * (RARE / (RARE + share))[:, None]
    weights[0] = 0  # the unknown piece says nothing
    return weights


def _fit(model: StaticEmbedding, articles: Articles, questions: Questions, steps: int) -> None:
    weights = model.embedding.weight
    optimizer = torch.optim.Adam([weights], lr=LEARNING_RATE, fused=True)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
    )
    right = torch.arange(BATCH)
    for step, (asked, contexts) in enumerate(_batches(articles, questions, steps), 1):
        cosines = _vectors(model, asked) @ _vectors(model, contexts).T * SCALE
        loss = (functional.cross_entropy(cosines, right) + functional.cross_entropy(cosines.T, right)) / 2
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        if weights.grad is not None:
            weights.grad[0] = 0
        optimizer.step()
        rate.step()
        if step % 100 == 0:
            log.info("step %d of %d, loss %.3f", step, steps, loss.item())


def _vectors(model: StaticEmbedding, bags: Bags) -> torch.Tensor:
    features = {"input_ids": torch.from_numpy(bags.ids), "offsets": torch.from_numpy(bags.offsets).int()}
    return functional.normalize(model(features)["sentence_embedding"])


def _batches(articles: Articles, questions: Questions, steps: int) -> Iterator[tuple[Bags, Bags]]:
    """Batches, drawn ahead in a thread of their own."""
    ready: queue.Queue[tuple[Bags, Bags]] = queue.Queue(maxsize=4)

    def draw() -> None:
        dice = np.random.default_rng(SEED)
        for _ in range(steps):
            pairs = questions.draw(ASKED_BY_PEOPLE, dice)
            pairs += articles.draw(BATCH - len(pairs), dice)
            ready.put((bags_of([asked for asked, _ in pairs]), bags_of([context for _, context in pairs])))

    threading.Thread(target=draw, daemon=True).start()
    for _ in range(steps):
        yield ready.get()


def save(model: StaticEmbedding, out: Path) -> None:
    """Writes the model as sentence-transformers does, the vectors as whole numbers of 8 bits with a scale each."""
    out.mkdir(parents=True, exist_ok=True)
    SentenceTransformer(modules=[model, Normalize()], device="cpu").save_pretrained(str(out), create_model_card=False)
    vectors = model.embedding.weight.detach().numpy()
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12) / 127
    whole = np.rint(vectors / scales[:, None]).astype(np.int8)
    save_file({"embeddings": whole, "weights": scales.astype(np.float32)}, out / "model.safetensors")
    (out / "model.safetensors").chmod(0o644)  # safetensors writes it for its owner alone
    tokenizer = json.loads(model.tokenizer.to_str())
    for piece in tokenizer["model"]["vocab"]:
        piece[1] = round(piece[1], 4)
    (out / "tokenizer.json").write_text(
        json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", newline="\n"
    )
    write_sums(out)


def main() -> None:
    """Reads the command line and trains."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with news, reports and qa")
    parser.add_argument("--out", type=Path, default=BUNDLED_FOLDER)
    parser.add_argument("--steps", type=int, default=STEPS)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train(given.data, given.out, given.steps)


if __name__ == "__main__":
    main()
