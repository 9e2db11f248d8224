"""Turns texts into vectors: with the bundled model (no torch), or with any sentence-transformers model."""

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelProblem

BUNDLED = "bundled"
BUNDLED_FOLDER = Path(__file__).parent / "model"
_WEIGHTS, _TOKENIZER = "model.safetensors", "tokenizer.json"
SUMS = "SHA256SUMS"  # the hash of each file that the bundled model is read from, as sha256sum writes and checks them
_REINSTALL = "请重新安装本程序，再运行 youju index build 重建索引。"
_MODEL_FILES = (".safetensors", ".json", ".txt", ".model")

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Gives texts of like meaning vectors of like direction."""

    def __hash__(self) -> int:
        """A model can be told from another by what it is, so that vectors can be remembered."""

    @property
    def name(self) -> str:
        """The model's name, as the manifest of an index keeps it."""

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""

    @property
    def sha256(self) -> str:
        """The hash of the model's files: another hash means other vectors."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, of length 1; the row of a text without any known piece is zero."""


class BundledEmbedder:
    """The model in `index/model`: the mean of the pieces' vectors, with tokenizers and numpy alone."""

    name = BUNDLED

    def __init__(self, folder: Path = BUNDLED_FOLDER) -> None:
        """Loads the model of a folder; raises ModelProblem where it is missing or damaged."""
        from tokenizers import Tokenizer

        self.sha256 = _sound(folder)
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
            self._pieces, self._scales = _read_pieces(folder / _WEIGHTS)
        except Exception as error:  # tokenizers raises plain Exception
            raise ModelProblem(f"内置向量模型已损坏，{_REINSTALL}") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return int(self._pieces.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, of length 1; the row of a text without any known piece is zero."""
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        for row, encoding in zip(rows, encodings, strict=True):
            if ids := encoding.ids:
                np.matmul(self._scales[ids], self._pieces[ids].astype(np.float32), out=row)
        return unit_rows(rows)


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by its name or its folder; needs the optional torch packages."""

    def __init__(self, name_or_folder: str) -> None:
        """Loads the model; raises ModelProblem where it cannot be had or is not in safetensors."""
        folder = Path(name_or_folder)
        if folder.is_dir():
            _refuse_unsafe(folder)
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ModelProblem("使用其他向量模型需要先安装 sentence-transformers。") from error
        try:
            self._model = SentenceTransformer(
                name_or_folder, device="cpu", trust_remote_code=False, model_kwargs={"use_safetensors": True}
            )
        except Exception as error:  # every library below raises its own kind
            raise ModelProblem(
                f"无法加载向量模型“{name_or_folder}”，请检查名称；模型须为 safetensors 格式。"
            ) from error
        self.name = folder.resolve().name if folder.is_dir() else name_or_folder
        self.sha256 = _hash_files(_files_of(folder)) if folder.is_dir() else self._hash_weights()

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return int(self.encode([""]).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, of length 1; the row of an empty text is zero."""
        rows: Any = self._model.encode(list(texts), convert_to_numpy=True, show_progress_bar=False)
        rows = np.array(rows, dtype=np.float32).reshape(len(texts), -1)
        rows[[not text.strip() for text in texts]] = 0
        return unit_rows(rows)

    def _hash_weights(self) -> str:
        digest = hashlib.sha256()
        for name, tensor in sorted(self._model.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.float().cpu().numpy().tobytes())
        return digest.hexdigest()


def load_embedder(setting: str | None = None) -> Embedder:
    """The bundled model for none or `bundled`, else the sentence-transformers model of that name or folder."""
    if setting is None or setting in ("", BUNDLED):
        return _bundled()
    return SentenceTransformerEmbedder(setting)


@lru_cache(maxsize=1)
def _bundled() -> BundledEmbedder:
    return BundledEmbedder()


@lru_cache(maxsize=64)
def text_vector(embedder: Embedder, text: str) -> Vectors:
    """The vector of one text, read-only; a question's words are asked for more than once on its way."""
    vector: Vectors = embedder.encode([text])[0]
    vector.flags.writeable = False
    return vector


def unit_rows(rows: Vectors) -> Vectors:
    """The rows over their lengths; zero rows stay zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit


def write_sums(folder: Path) -> None:
    """Writes down the hashes by which the bundled model in `folder` is checked whenever it is loaded."""
    lines = [f"{_sha256(folder / name)}  {name}\n" for name in (_TOKENIZER, _WEIGHTS)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def _sound(folder: Path) -> str:
    """The hash of the bundled model's files; a file other than the one that was shipped raises ModelProblem."""
    try:
        lines = (folder / SUMS).read_text(encoding="ascii").splitlines()
        written = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    except (OSError, ValueError) as error:
        raise ModelProblem(f"内置向量模型的文件 {SUMS} 缺失或已损坏，{_REINSTALL}") from error
    whole = hashlib.sha256()
    for name in (_TOKENIZER, _WEIGHTS):
        try:
            digest = _sha256(folder / name)
        except OSError as error:
            raise ModelProblem(f"内置向量模型的文件 {name} 缺失，{_REINSTALL}") from error
        if digest != written.get(name):
            raise ModelProblem(f"内置向量模型的文件 {name} 与 {SUMS} 不符，其中之一已损坏，{_REINSTALL}")
        whole.update(name.encode())
        whole.update(bytes.fromhex(digest))
    return whole.hexdigest()


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _read_pieces(file: Path) -> tuple[NDArray[np.int8], Vectors]:
    """The pieces' vectors as whole numbers, mapped from the file and not copied, and each vector's scale."""
    with file.open("rb") as opened:
        length = int.from_bytes(opened.read(8), "little")
        header = json.loads(opened.read(length))
    data = np.memmap(file, dtype=np.uint8, mode="r", offset=8 + length)
    tensors = {}
    for name, kind in (("embeddings", np.int8), ("weights", np.float32)):
        start, end = header[name]["data_offsets"]
        tensors[name] = data[start:end].view(kind).reshape(header[name]["shape"])
    return tensors["embeddings"], np.array(tensors["weights"], dtype=np.float32)


def _files_of(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix in _MODEL_FILES)


def _refuse_unsafe(folder: Path) -> None:
    pickled = [file for file in folder.rglob("*.bin") if not any(file.parent.glob("*.safetensors"))]
    if pickled or not any(folder.rglob("*.safetensors")):
        raise ModelProblem(f"模型文件夹“{folder.name}”中的权重不是 safetensors 格式；为安全起见不加载，请先转换。")


def _hash_files(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode())
        digest.update(bytes.fromhex(_sha256(file)))
    return digest.hexdigest()
