"""Flips bits in the files that answers are made from: what is loaded then is refused in words, or gives the same."""

import random
import shutil
from collections import Counter
from pathlib import Path

from index import store
from index.embedding import BUNDLED_FOLDER, BundledEmbedder
from index.errors import IndexProblem
from tests.faults.kills import Lost, flips

ASKED = ("2024年徐汇区地区生产总值是多少", "公厕改造", "新增养老床位")
_MODEL_FILES = ("SHA256SUMS", "tokenizer.json", "model.safetensors")


class Damaged:
    """A copy of an index and of the bundled model that is damaged bit by bit."""

    def __init__(self, index: Path, copy: Path) -> None:
        self.index = Path(shutil.copytree(index, copy / "index"))
        self.model = copy / "model"
        self.model.mkdir(parents=True)
        for name in _MODEL_FILES:
            shutil.copy(BUNDLED_FOLDER / name, self.model / name)
        self._right = self._read()

    def files(self) -> list[Path]:
        """Every file that is read: the pointer, the manifest, the generation's and the model's."""
        generation = self.index / (self.index / "CURRENT").read_text(encoding="utf-8").strip()
        return [self.index / "CURRENT", *sorted(generation.iterdir()), *sorted(self.model.iterdir())]

    def flip(self, number: int, draw: random.Random) -> Counter[str]:
        """Flip so many bits, one at a time: how many were refused, and how many changed nothing that is read."""
        outcomes: Counter[str] = Counter()
        for file in flips(self.files(), number, draw):
            try:
                read = self._read()
            except IndexProblem as problem:
                # A pointer that names nothing leaves no manifest to be found; of a pair, either may be the wrong one.
                named = (file.name, "manifest.json") if file.name == "CURRENT" else (file.name,)
                if not any(name in str(problem) for name in named) or "youju index build" not in str(problem):
                    raise Lost(f"{file.name}: {problem}") from problem
                outcomes["refused"] += 1
            else:
                if read != self._right:
                    raise Lost(f"{file.name}: a flipped bit changed what is found")
                outcomes["harmless"] += 1
        return outcomes

    def _read(self) -> list[tuple[str, float]]:
        embedder = BundledEmbedder(self.model)
        searcher = store.load(self.index).searcher(embedder)
        return [(hit.passage.text, hit.score) for asked in ASKED for hit in searcher.search(asked, 5)]
