"""The vocabulary of the index: what is kept and what a search gives back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus.types import Passage


@dataclass(frozen=True, slots=True)
class Parts:
    """What each way of searching gave one passage, over its own maximum: 1 is the best match of that way."""

    bigrams: float
    words: float
    embedding: float
    context: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, its fused score and the parts of that score."""

    passage: Passage
    score: float
    parts: Parts


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What a file of the index must be: its sha256 and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made from, and the files it consists of.

    `reports` maps each report's name to its file's sha256, `reader` is the hash of the code that read them;
    `generation` is the folder that holds the files.
    """

    format: int
    generation: str
    reports: Mapping[str, str]
    reader: str
    passages: int
    facts: int
    model: str
    model_sha256: str
    dim: int
    files: Mapping[str, FileRecord]

    def as_json(self) -> dict[str, Any]:
        """The manifest as it is written."""
        return {
            "format": self.format,
            "generation": self.generation,
            "reports": dict(self.reports),
            "reader": self.reader,
            "passages": self.passages,
            "facts": self.facts,
            "model": self.model,
            "model_sha256": self.model_sha256,
            "dim": self.dim,
            "files": {name: {"sha256": file.sha256, "size": file.size} for name, file in self.files.items()},
        }

    def as_text(self) -> str:
        """The manifest's file, the same for the same index."""
        return json.dumps(self.as_json(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @property
    def sha256(self) -> str:
        """The hash of the manifest's file: it names the index, as the manifest names the hash of every other file."""
        return hashlib.sha256(self.as_text().encode("utf-8")).hexdigest()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Manifest":
        """The manifest as it was written; a missing or odd entry raises KeyError, TypeError or ValueError."""
        return cls(
            format=int(data["format"]),
            generation=str(data["generation"]),
            reports={str(name): str(sha256) for name, sha256 in data["reports"].items()},
            reader=str(data["reader"]),
            passages=int(data["passages"]),
            facts=int(data["facts"]),
            model=str(data["model"]),
            model_sha256=str(data["model_sha256"]),
            dim=int(data["dim"]),
            files={str(name): FileRecord(str(f["sha256"]), int(f["size"])) for name, f in data["files"].items()},
        )
