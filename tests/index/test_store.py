"""Keeping an index: what is read is what was built, damage is refused, and a stop at any step leaves old or new."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import store
from index.errors import CorruptIndex, IndexBusy, IndexProblem, StaleIndex
from index.search import Fields, Searcher
from index.types import Manifest
from tests.index.factories import TEXTS, HashedEmbedder, make_report

OLD, NEW = [make_report()], [make_report(texts=[*TEXTS, "新的一条：办理实事20件。"])]
EMBEDDER = HashedEmbedder()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one published index; not to be changed."""
    folder = tmp_path_factory.mktemp("index")
    store.build(OLD, EMBEDDER, folder)
    return folder


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """A copy of it that the test may damage."""
    return Path(shutil.copytree(built, tmp_path / "own"))


def generation(folder: Path) -> Path:
    """The published generation."""
    return folder / (folder / "CURRENT").read_text(encoding="utf-8").strip()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the published generation."""
    return {file.name: file.read_bytes() for file in generation(folder).iterdir()}


def test_what_is_read_is_what_was_built(built: Path) -> None:
    """Reports, passages, facts and scores come back the same."""
    index = store.load(built)
    assert index.reports == (OLD[0].report,)
    assert index.passages == OLD[0].passages
    assert index.facts == OLD[0].facts
    fresh = Searcher(Fields.of(OLD[0].passages, EMBEDDER), EMBEDDER)
    assert np.array_equal(index.searcher(EMBEDDER).scores("公厕改造"), fresh.scores("公厕改造"))
    assert store.verify(built) == index.manifest


def test_several_reports_in_one_index(tmp_path: Path) -> None:
    """The passages of all reports stand in one order, that of the reports."""
    manifest = store.build([make_report("a"), make_report("b", TEXTS[:2])], EMBEDDER, tmp_path)
    assert (manifest.passages, manifest.facts, list(manifest.reports)) == (8, 2, ["a", "b"])
    assert [passage.report for passage in store.load(tmp_path).passages] == ["a"] * 6 + ["b"] * 2


def test_same_input_same_bytes(built: Path, tmp_path: Path) -> None:
    """Building again, here or elsewhere, gives the same files under the same name."""
    store.build(OLD, EMBEDDER, tmp_path)
    assert generation(tmp_path).name == generation(built).name
    assert contents(tmp_path) == contents(built)
    store.build(OLD, EMBEDDER, tmp_path)
    assert contents(tmp_path) == contents(built)


def test_the_one_before_is_kept_and_older_ones_go(own: Path) -> None:
    """After each build there are the new index and the one before it."""
    first = generation(own).name
    store.build(NEW, EMBEDDER, own)
    second = generation(own).name
    assert {path.name for path in own.glob("generation-*")} == {first, second}
    store.build([make_report(texts=TEXTS[:3])], EMBEDDER, own)
    assert {path.name for path in own.glob("generation-*")} == {second, generation(own).name}


def test_progress_is_told(tmp_path: Path) -> None:
    """The build says what it does."""
    told: list[str] = []
    store.build(OLD, EMBEDDER, tmp_path, told.append)
    assert told[-1] == "索引已建好"


@pytest.mark.parametrize("name", sorted(store._FILES))
@pytest.mark.parametrize("damage", ["flipped", "cut", "gone", "emptied"])
def test_damaged_file_is_refused(own: Path, name: str, damage: str) -> None:
    """A file with one bit flipped, cut off, gone or empty is refused, and the message says what to run."""
    file = generation(own) / name
    whole = bytearray(file.read_bytes())
    if damage == "gone":
        file.unlink()
    else:
        whole[len(whole) // 2] ^= 1
        file.write_bytes({"flipped": bytes(whole), "cut": bytes(whole[:-1]), "emptied": b""}[damage])
    with pytest.raises(CorruptIndex, match=f"{name}.*youju index build"):
        store.load(own)
    store.build(OLD, EMBEDDER, own)
    assert store.verify(own).passages == len(TEXTS)


@pytest.mark.parametrize("name", sorted({*store._FILES} - {"words.txt", "facts.jsonl", "context.json"}))
def test_a_file_of_another_index_is_refused(own: Path, name: str) -> None:
    """With the hashes made to fit, a file that does not belong to the others is still refused.

    The three left out are the same in both indexes, or fit any.
    """
    folder = generation(own)
    store.build(NEW, EMBEDDER, own)
    shutil.copy(generation(own) / name, folder / name)
    _rehash(folder)
    with pytest.raises(CorruptIndex, match="youju index build"):
        store.load(own)


def test_a_fact_of_no_passage_is_refused(own: Path) -> None:
    """With the hashes made to fit, a fact must still belong to a passage of the index."""
    file = generation(own) / "facts.jsonl"
    file.write_text(file.read_text(encoding="utf-8").replace("xuhui-0", "xuhui-99"), encoding="utf-8")
    _rehash(generation(own))
    with pytest.raises(CorruptIndex, match="youju index build"):
        store.load(own)


@pytest.mark.parametrize("name", sorted(store._FILES))
def test_rubbish_under_a_right_hash_is_refused(own: Path, name: str) -> None:
    """With the hashes made to fit, rubbish is one clear error and never a crash."""
    folder = generation(own)
    (folder / name).write_bytes(b"\xff\x00 rubbish\n" * 30)
    _rehash(folder)
    with pytest.raises(CorruptIndex, match="youju index build"):
        store.load(own)


def _rehash(folder: Path) -> None:
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    for name, record in manifest["files"].items():
        record.update(sha256=store._sha256(folder / name), size=(folder / name).stat().st_size)
    _sign(folder, manifest)


def _sign(folder: Path, manifest: dict[str, Any]) -> None:
    """Writes the manifest and gives the generation the name that it then has, so that nothing else is amiss."""
    manifest["generation"] = store._name_of(Manifest.from_json(manifest))
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    folder.rename(folder.with_name(manifest["generation"]))
    (folder.parent / "CURRENT").write_text(manifest["generation"] + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.pop("files"),
        lambda m: m.update(files=[]),
        lambda m: m.update(passages="many"),
        lambda m: m.update(passages=7),
        lambda m: m.update(generation="generation-0"),
    ],
    ids=["no files", "files a list", "no number", "another number", "another name"],
)
def test_odd_manifest_is_refused(own: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """A manifest that is not ours is refused."""
    file = generation(own) / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    change(manifest)
    file.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(CorruptIndex):
        store.load(own)


def test_a_manifest_that_was_changed_is_refused(own: Path) -> None:
    """The generation's name is a hash of its manifest: no entry can change alone."""
    file = generation(own) / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    for name, value in manifest.items():
        if isinstance(value, int | str) and name != "format":
            changed = value + 1 if isinstance(value, int) else value + "x"
            file.write_text(json.dumps({**manifest, name: changed}), encoding="utf-8")
            with pytest.raises(CorruptIndex, match="manifest.json.*youju index build"):
                store.load(own)


def test_a_manifest_of_other_numbers_is_refused(own: Path) -> None:
    """With the name made to fit, the numbers must still be those of the files."""
    manifest = json.loads((generation(own) / "manifest.json").read_text(encoding="utf-8"))
    _sign(generation(own), {**manifest, "passages": 7})
    with pytest.raises(CorruptIndex, match="不一致"):
        store.load(own)


def test_a_pointer_that_is_no_text_is_named(own: Path) -> None:
    """A pointer that cannot be decoded is damaged, not missing."""
    (own / "CURRENT").write_bytes(b"\xffeneration-0\n")
    with pytest.raises(CorruptIndex, match="CURRENT.*youju index build"):
        store.load(own)


@pytest.mark.parametrize("pointer", ["", "..", "../own", "generation-0", "/etc", "generation-\x00"])
def test_odd_pointer_is_refused(own: Path, pointer: str) -> None:
    """CURRENT must name a generation in its own folder."""
    (own / "CURRENT").write_text(pointer, encoding="utf-8")
    with pytest.raises(CorruptIndex, match="youju index build"):
        store.load(own)


def test_no_index_says_what_to_run(tmp_path: Path) -> None:
    """Where there is no index, the message says how to make one."""
    with pytest.raises(CorruptIndex, match="youju index build"):
        store.load(tmp_path)


def test_another_format_is_stale(own: Path) -> None:
    """An index of another format is refused as such, not as damaged."""
    file = generation(own) / "manifest.json"
    file.write_text(
        file.read_text(encoding="utf-8").replace(f'"format": {store.FORMAT}', '"format": 0'), encoding="utf-8"
    )
    with pytest.raises(StaleIndex):
        store.load(own)


def test_another_model_is_refused(built: Path) -> None:
    """Vectors of one model are never searched with another's."""
    with pytest.raises(StaleIndex, match="youju index build"):
        store.load(built).searcher(HashedEmbedder(seed=8))


def test_stale_is_seen(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other reports, another model, another reader or damage make an index stale; the same make it fresh."""
    reports = [read.report for read in OLD]
    fresh = store.load_fresh(own, reports, EMBEDDER)
    assert fresh is not None
    assert fresh.manifest == store.load(own).manifest
    assert store.load_fresh(own, [read.report for read in NEW], EMBEDDER) is None
    assert store.load_fresh(own, [*reports, make_report("other").report], EMBEDDER) is None
    assert store.load_fresh(own, reports, HashedEmbedder(seed=8)) is None
    with monkeypatch.context() as patch:
        patch.setattr(store, "reader_version", lambda: "another")
        assert store.load_fresh(own, reports, EMBEDDER) is None
    (own / "CURRENT").unlink()
    assert store.load_fresh(own, reports, EMBEDDER) is None


def test_two_builds_at_once_are_refused(own: Path) -> None:
    """While one build holds the folder, another is refused, and the index stays as it was."""
    before = contents(own)
    with (own / "lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(IndexBusy):
            store.build(NEW, EMBEDDER, own)
    assert contents(own) == before


class Stop(BaseException):
    """The power goes: no handler of the program sees it coming."""


def _steps(monkeypatch: pytest.MonkeyPatch, stop_at: int | None) -> list[str]:
    """Counts the steps that touch the disk, and stops before the given one."""
    taken: list[str] = []

    def guard(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def step(*args: object, **kwargs: object) -> object:
            if len(taken) == stop_at:
                raise Stop(name)
            taken.append(name)
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, name, step)

    for owner, name in ((os, "fsync"), (os, "replace"), (Path, "write_bytes"), (Path, "write_text"), (Path, "mkdir")):
        guard(owner, name)
    guard(shutil, "rmtree")
    return taken


def test_a_stop_at_any_step_leaves_old_or_new(built: Path, tmp_path: Path) -> None:
    """Before each step of a build in turn everything stops: what is then read is wholly the old or the new index."""
    with pytest.MonkeyPatch.context() as patch:
        taken = _steps(patch, None)
        shutil.copytree(built, tmp_path / "whole")
        taken.clear()
        store.build(NEW, EMBEDDER, tmp_path / "whole")
        total = len(taken)
    assert total > 20
    seen = set()
    for stop_at in range(total):
        folder = Path(shutil.copytree(built, tmp_path / f"stop-{stop_at}"))
        with pytest.MonkeyPatch.context() as patch:
            _steps(patch, stop_at)
            with pytest.raises(Stop):
                store.build(NEW, EMBEDDER, folder)
        found = store.load(folder).passages
        assert found in (OLD[0].passages, NEW[0].passages)
        seen.add(len(found))
        store.build(NEW, EMBEDDER, folder)
        assert store.load(folder).passages == NEW[0].passages
    assert seen == {len(TEXTS), len(TEXTS) + 1}


def test_everything_is_on_disk_before_the_pointer_moves(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file of a generation is synced before CURRENT is replaced, and the folder after."""
    taken = _steps(monkeypatch, None)
    store.build(NEW, EMBEDDER, own)
    last = len(taken) - 1 - taken[::-1].index("replace")
    assert taken[:last].count("fsync") >= len(store._FILES) + 1 + 3
    assert "fsync" in taken[last:]


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), PermissionError(13, "denied")])
def test_a_full_disk_leaves_the_old_index(own: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError) -> None:
    """Where a file cannot be written the build fails and the old index still answers."""

    def refuse(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match=fault.strerror):
        store.build(NEW, EMBEDDER, own)
    assert store.load(own).passages == OLD[0].passages


def test_a_killed_build_frees_its_lock(own: Path) -> None:
    """A build killed in the middle leaves the old index, and the next build goes through."""
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom index import store\n"
        "from tests.index.factories import HashedEmbedder, make_report\n"
        "os.replace = lambda *a: os.kill(os.getpid(), signal.SIGKILL)\n"
        "store.build([make_report(texts=['另一份'])], HashedEmbedder(), Path(sys.argv[1]))\n"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program, str(own)], cwd=root, check=False)
    assert done.returncode == -9
    assert store.load(own).passages == OLD[0].passages
    store.build(NEW, EMBEDDER, own)
    assert store.load(own).passages == NEW[0].passages


def test_every_message_is_chinese(tmp_path: Path) -> None:
    """What a user sees says what to do, in Chinese."""
    with pytest.raises(IndexProblem) as problem:
        store.load(tmp_path)
    assert "请" in str(problem.value)
