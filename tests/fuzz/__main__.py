"""Feeds random bytes to one target or to all, led by what they reach: `python -m tests.fuzz [TARGET …] [--seconds N]`.

Needs atheris. What breaks a law is written to `tests/fuzz/found/TARGET-…`; once mended, it stays there as a test.
"""

import argparse
import base64
import gc
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType

FOUND = Path(__file__).parent / "found"
_SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
_CORPUS = Path(__file__).with_name("corpus.json")  # inputs in base64, by target
_PIECE = 1_500  # bytes of a sample that make one seed
_SLOW = 20  # seconds after which an input counts as one that hangs
_LONGEST = 8192  # bytes
_LED_BY = ("corpus", "index", "bot")  # the packages whose branches lead the search


def main() -> int:
    """Each target in a process of its own, as libFuzzer wants it; exit 1 where one broke."""
    from tests.fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="目标", help=f"可用的有 {'、'.join(TARGETS)}")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--corpus", type=Path, help="留下新发现的输入的文件夹")
    options = parser.parse_args()
    if options.one:
        _fuzz(options.one, options.seconds, options.corpus)
        return 0
    broken = []
    for name in options.targets or TARGETS:
        command = [sys.executable, "-W", "ignore", "-m", "tests.fuzz", "--one", name]
        command += ["--seconds", str(options.seconds), *(["--corpus", str(options.corpus)] if options.corpus else [])]
        if subprocess.run(command, check=False).returncode:
            broken.append(name)
    sys.stdout.write(f"出错的：{'、'.join(broken)}，见 {FOUND}\n" if broken else "没有出错。\n")
    return int(bool(broken))


def _fuzz(name: str, seconds: int, corpus: Path | None) -> None:
    import atheris

    from tests.fuzz.targets import TARGETS

    TARGETS[name](bytes(8))  # what is made once is made before it is timed
    for function in [one for one in gc.get_objects() if isinstance(one, FunctionType)]:
        if (function.__module__ or "").partition(".")[0] in _LED_BY:
            atheris.instrument_func(function)
    FOUND.mkdir(exist_ok=True)
    kept = corpus or Path(tempfile.mkdtemp(prefix="youju-fuzz-"))
    for at, seed in enumerate(_seeds(name)):
        (kept / f"seed-{at}").write_bytes(seed)
    limits = [f"-max_total_time={seconds}", f"-max_len={_LONGEST}", f"-timeout={_SLOW}", "-rss_limit_mb=3000"]
    atheris.Setup(
        [name, *limits, "-print_final_stats=1", f"-artifact_prefix={FOUND}/{name}-", str(kept)], TARGETS[name]
    )
    atheris.Fuzz()


def kept(name: str) -> list[bytes]:
    """A few of the inputs by which earlier runs reached something new."""
    return [base64.b64decode(one) for one in json.loads(_CORPUS.read_text(encoding="utf-8"))[name]]


def _seeds(name: str) -> Iterator[bytes]:
    """What the search begins with: what reached something before, pieces of reports, hostile texts, damaged files."""
    from index import store
    from tests.hostile.texts import HOSTILE

    yield from kept(name)
    if name == "border":
        yield from (text.encode("utf-16-le", "surrogatepass") for text in HOSTILE)
        yield b'{"data": ["", "[]", null], "fn_index": 0, "session_hash": "a"}'
    elif name in ("loader", "manifest"):
        yield from (bytes([at, kind, 0, 9, 9]) for at in range(len(store._FILES)) for kind in range(4))
    else:
        for sample in sorted(_SAMPLES.iterdir()):
            whole = sample.read_bytes()
            yield from (b"\xff" + whole[at : at + _PIECE] for at in range(0, len(whole), _PIECE))


if __name__ == "__main__":
    sys.exit(main())
