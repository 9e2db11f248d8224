"""Feeds random bytes to one target or to all, led by what they reach: `python -m tests.fuzz [TARGET …] [--seconds N]`.

Needs atheris. What breaks a law is written to `tests/fuzz/found/TARGET-…`; once mended, it stays there as a test.
"""

import argparse
import gc
import subprocess
import sys
from pathlib import Path
from types import FunctionType

FOUND = Path(__file__).parent / "found"
_SEEDS = Path(__file__).parent / "seeds"
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
    folders = [str(corpus)] if corpus else []
    folders += [str(_SEEDS)] if _SEEDS.is_dir() else []
    limits = [f"-max_total_time={seconds}", f"-max_len={_LONGEST}", "-timeout=60", "-rss_limit_mb=3000"]
    atheris.Setup([name, *limits, f"-artifact_prefix={FOUND}/{name}-", *folders], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
