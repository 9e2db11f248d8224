"""Keeps an index on disk: whole generations, published in one step, verified whenever they are read (see FORMAT.md)."""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.library import ReadReport, reader_version
from corpus.types import Fact, Passage, Report
from index import records
from index.bm25 import BM25
from index.dense import Dense
from index.embedding import Embedder
from index.errors import CorruptIndex, IndexBusy, StaleIndex
from index.search import Fields, Searcher
from index.tokens import Words
from index.types import FileRecord, Manifest

FORMAT = 2  # raise it when the layout changes: an older index is then refused, not misread

_CURRENT, _MANIFEST, _LOCK, _UNFINISHED = "CURRENT", "manifest.json", "lock", ".unfinished"
_GENERATION = "generation-"
_REPORTS, _PASSAGES, _FACTS, _WORDS = "reports.jsonl", "passages.jsonl", "facts.jsonl", "words.txt"
_VECTORS, _FAISS = "vectors.npy", "vectors.faiss"
_BY_BIGRAMS, _BY_WORDS, _BY_CONTEXT = "bigrams", "words", "context"  # each an .npz and a .json
_FILES = (
    *(_REPORTS, _PASSAGES, _FACTS, _WORDS, _VECTORS, _FAISS),
    *(name + kind for name in (_BY_BIGRAMS, _BY_WORDS, _BY_CONTEXT) for kind in (".npz", ".json")),
)
_NO_ROOM = 1 << 20  # bytes; where a write failed and less is left, that is why
_REBUILD = "请运行 youju index build 重建索引。"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Index:
    """All that answering needs: no report is read again."""

    manifest: Manifest
    reports: tuple[Report, ...]
    facts: tuple[Fact, ...]
    fields: Fields

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages of all reports, in the order of the scores."""
        return self.fields.passages

    def searcher(self, embedder: Embedder) -> Searcher:
        """The search over this index; raises StaleIndex where another model made its vectors."""
        if embedder.sha256 != self.manifest.model_sha256:
            raise StaleIndex(f"索引是用另一个向量模型（{self.manifest.model}）建立的，{_REBUILD}")
        return Searcher(self.fields, embedder)


def build(
    reports: Sequence[ReadReport], embedder: Embedder, folder: Path, progress: Progress | None = None
) -> Manifest:
    """Makes and publishes an index of the reports; until it is published, the one before stays in use.

    The one before is kept as well. Raises IndexBusy where another build of the same folder is under way.
    """
    tell = progress or (lambda _: None)
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        made = folder / _UNFINISHED
        if made.exists():
            tell("上次建立索引时中断了，写了一半的文件已清除")
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        tell("正在切分词语并计算向量")
        fields = Fields.of([passage for read in reports for passage in read.passages], embedder)
        tell("正在写入索引")
        try:
            _write_files(made, reports, fields)
        except (OSError, RuntimeError) as error:
            raise _unwritten(made, error) from error
        manifest = _describe(made, reports, embedder)
        _publish(folder, made, manifest)
        tell("索引已建好")
    return manifest


def load(folder: Path) -> Index:
    """The published index. Raises CorruptIndex where a file is missing or damaged, StaleIndex for another format."""
    manifest = _read_manifest(folder)
    generation = folder / manifest.generation
    _check_files(generation, manifest)
    return _opened(generation, manifest)


def _opened(generation: Path, manifest: Manifest) -> Index:
    """The index of files whose hashes hold. Raises CorruptIndex where they say what no build writes."""
    try:
        index = _read_files(generation, manifest)
    except Exception as error:  # zip, JSON, numpy and FAISS each raise their own kinds for what they cannot read
        raise CorruptIndex(f"索引文件的内容有误，{_REBUILD}") from error
    if not _belong_together(index):
        raise CorruptIndex(f"索引各文件的内容不一致，{_REBUILD}")
    return index


def verify(folder: Path) -> Manifest:
    """Checks the published index by the very code that answering loads it with."""
    return load(folder).manifest


def load_fresh(folder: Path, reports: Sequence[Report], embedder: Embedder) -> Index | None:
    """The published index if these very reports, this model and this reader made it; else None."""
    try:
        index = load(folder)
    except (CorruptIndex, StaleIndex):
        return None
    is_fresh = (
        index.manifest.model_sha256 == embedder.sha256
        and index.manifest.reader == reader_version()
        and index.reports == tuple(reports)
    )
    return index if is_fresh else None


def _write_files(made: Path, reports: Sequence[ReadReport], fields: Fields) -> None:
    (made / _REPORTS).write_bytes(records.to_lines(records.report_record(read.report) for read in reports))
    (made / _PASSAGES).write_bytes(records.to_lines(records.passage_record(passage) for passage in fields.passages))
    (made / _FACTS).write_bytes(records.to_lines(records.fact_record(fact) for read in reports for fact in read.facts))
    (made / _WORDS).write_text(fields.words.as_text(), encoding="utf-8", newline="\n")
    for name, scorer in (
        (_BY_BIGRAMS, fields.by_bigrams),
        (_BY_WORDS, fields.by_words),
        (_BY_CONTEXT, fields.by_context),
    ):
        scorer.save(made / f"{name}.npz", made / f"{name}.json")
    fields.by_embedding.save(made / _VECTORS, made / _FAISS)


def _unwritten(made: Path, error: Exception) -> OSError:
    """What kept a file from being written, as the system says it: numpy and FAISS only say that it is too short."""
    if isinstance(error, OSError) and error.errno:
        return error
    code = errno.ENOSPC if shutil.disk_usage(made).free < _NO_ROOM else errno.EIO
    return OSError(code, os.strerror(code), str(made))


def _read_files(generation: Path, manifest: Manifest) -> Index:
    def scorer(name: str) -> BM25:
        return BM25.load(generation / f"{name}.npz", generation / f"{name}.json")

    fields = Fields(
        passages=records.from_lines(generation / _PASSAGES, records.passage_of),
        words=Words.from_text((generation / _WORDS).read_text(encoding="utf-8")),
        by_bigrams=scorer(_BY_BIGRAMS),
        by_words=scorer(_BY_WORDS),
        by_context=scorer(_BY_CONTEXT),
        by_embedding=Dense.load(generation / _VECTORS, generation / _FAISS),
    )
    reports = records.from_lines(generation / _REPORTS, records.report_of)
    return Index(manifest, reports, records.from_lines(generation / _FACTS, records.fact_of), fields)


def _belong_together(index: Index) -> bool:
    fields, manifest = index.fields, index.manifest
    passages = (
        *(fields.by_bigrams.size, fields.by_words.size, fields.by_context.size),
        *(len(fields.by_embedding.vectors), len(index.passages)),
    )
    known = {passage.id for passage in index.passages}
    return (
        set(passages) == {manifest.passages}
        and len(index.facts) == manifest.facts
        and fields.by_embedding.vectors.shape[1] == manifest.dim
        and {report.name: report.sha256 for report in index.reports} == manifest.reports
        and all(passage.report in manifest.reports for passage in index.passages)
        and all(fact.passage in known for fact in index.facts)
    )


def _describe(made: Path, reports: Sequence[ReadReport], embedder: Embedder) -> Manifest:
    """The manifest of the files in `made`; the generation's name is a hash of all it was made from."""
    files = {file.name: FileRecord(_sha256(file), file.stat().st_size) for file in sorted(made.iterdir())}
    described = Manifest(
        format=FORMAT,
        generation="",
        reports={read.report.name: read.report.sha256 for read in reports},
        reader=reader_version(),
        passages=sum(len(read.passages) for read in reports),
        facts=sum(len(read.facts) for read in reports),
        model=embedder.name,
        model_sha256=embedder.sha256,
        dim=embedder.dim,
        files=files,
    )
    return Manifest.from_json({**described.as_json(), "generation": _name_of(described)})


def _name_of(described: Manifest) -> str:
    record = {**described.as_json(), "generation": ""}
    return _GENERATION + hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:16]


def _publish(folder: Path, made: Path, manifest: Manifest) -> None:
    """Everything reaches the disk before `CURRENT` names it; a stop at any step leaves the old index or the new."""
    (made / _MANIFEST).write_text(manifest.as_text(), encoding="utf-8", newline="\n")
    for file in made.iterdir():
        _sync(file)
    _sync(made)
    _put(made, folder / manifest.generation, manifest)
    _sync(folder)
    before = current(folder)
    pointer = folder / f"{_CURRENT}.new"
    pointer.write_text(manifest.generation + "\n", encoding="utf-8", newline="\n")
    _sync(pointer)
    os.replace(pointer, folder / _CURRENT)
    _sync(folder)
    if before != manifest.generation:
        _prune(folder, {manifest.generation, before})


def _put(made: Path, generation: Path, manifest: Manifest) -> None:
    """Moves what was made to its name, unless the very same is there already; a damaged one gives way."""
    if generation.exists():
        try:
            _check_files(generation, manifest)
        except CorruptIndex:
            shutil.rmtree(generation)
        else:
            shutil.rmtree(made)
            return
    os.replace(made, generation)


def _prune(folder: Path, kept: set[str | None]) -> None:
    for found in folder.glob(f"{_GENERATION}*"):
        if found.name not in kept:
            shutil.rmtree(found, ignore_errors=True)


def current(folder: Path) -> str | None:
    """The name that `CURRENT` holds, whatever it is; None where there is no index."""
    try:
        return (folder / _CURRENT).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None


def is_interrupted(folder: Path) -> bool:
    """Whether a build was begun and neither finished nor cleared away; one that is under way counts as well."""
    return (folder / _UNFINISHED).exists()


def _read_manifest(folder: Path) -> Manifest:
    name = current(folder)
    if name is None:
        raise CorruptIndex(f"没有可用的索引，{_REBUILD}")
    if not name.startswith(_GENERATION) or Path(name).name != name:
        raise CorruptIndex(f"索引指针 {_CURRENT} 的内容有误，{_REBUILD}")
    try:
        data = json.loads((folder / name / _MANIFEST).read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise StaleIndex(f"索引是用另一个版本的程序建立的，{_REBUILD}")
        manifest = Manifest.from_json(data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorruptIndex(f"索引清单 {_MANIFEST} 缺失或已损坏，{_REBUILD}") from error
    if manifest.generation != name:
        raise CorruptIndex(f"索引清单 {_MANIFEST} 与索引指针 {_CURRENT} 不一致，{_REBUILD}")
    if manifest.generation != _name_of(manifest):
        raise CorruptIndex(f"索引清单 {_MANIFEST} 已损坏，{_REBUILD}")
    return manifest


def _check_files(generation: Path, manifest: Manifest) -> None:
    for name in _FILES:
        expected, file = manifest.files.get(name), generation / name
        if expected is None or not file.is_file():
            raise CorruptIndex(f"索引文件 {name} 缺失，{_REBUILD}")
        if file.stat().st_size != expected.size or _sha256(file) != expected.sha256:
            raise CorruptIndex(f"索引文件 {name} 已损坏，{_REBUILD}")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Holds the folder's lock; the system frees it even where the build is killed."""
    import fcntl

    with (folder / _LOCK).open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusy("另一个进程正在建立索引，请等它结束后再试。") from error
        yield


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
