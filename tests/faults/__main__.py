"""All faults: `python -m tests.faults [--kills N] [--flips N] [--seed N]`; exit 1 where something was lost or wrong."""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from bot.indexing import ensure_index
from bot.settings import Settings
from tests.faults.flipping import Damaged
from tests.faults.kills import Builds, backups_whole, exports_whole, feedback_kept, steps


def main() -> None:
    """Bring about the faults and say what came of them; anything lost or wrong raises."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="at least so many builds are killed")
    parser.add_argument("--flips", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="youju-faults-") as folder:
        _kills(Path(folder), options.kills, draw)
        settings = Settings.load(data_dir=Path(folder) / "data")
        ensure_index(settings, lambda _: None)
        damaged = Damaged(settings.index_folder, Path(folder) / "damaged")
        outcomes = damaged.flip(options.flips, draw)
        _tell(f"翻转的比特 {options.flips}：拒绝 {outcomes['refused']}，没有影响 {outcomes['harmless']}")


def _kills(folder: Path, number: int, draw: random.Random) -> None:
    builds = Builds(folder / "index")
    named = steps(folder / "index")
    for step in range(len(named)):
        builds.at_step(step)
    at_random = max(0, number - len(named))
    for _ in range(at_random):
        builds.at_random(draw)
    builds.finish()
    _tell(
        f"建立索引时杀死：{len(named)} 个步骤各一次，随机时刻 {at_random} 次；"
        f"其中 {builds.published} 次新索引已经生效，其余仍是旧的"
    )
    fewer = max(1, number // 5)
    kept = feedback_kept(folder, fewer, draw)
    _tell(f"保存评价时杀死 {fewer} 次：说已保存的 {kept} 条都在")
    copies = backups_whole(folder, fewer, draw)
    _tell(f"备份和恢复评价时杀死 {fewer} 次：评价和说已做好的 {copies} 份备份都完好")
    exported = exports_whole(folder / "export", fewer, draw)
    _tell(f"导出文件时杀死：{exported} 个步骤各一次，随机时刻 {fewer} 次；文件总是完整的一版")


def _tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
