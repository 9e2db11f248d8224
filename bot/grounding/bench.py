"""How long grounding takes: `python -m bot.grounding.bench` prints milliseconds per sentence."""

import sys
import time
from collections.abc import Sequence

from bot.grounding.grounding import Grounding
from bot.grounding.source import Source
from corpus.facts import facts_of
from corpus.library import REPORTS, find_reports, read_report
from corpus.types import Report

_TIMES = 3  # each sentence, of which the quickest counts: a busy machine is not what is measured
_OFFERED, _STRIDE = 8, 7  # passages beside a sentence's own, as a writer is given them


def measure() -> list[float]:
    """Milliseconds for each passage of the shipped reports, written as one sentence that cites it."""
    taken = []
    for read in map(read_report, find_reports(REPORTS)):
        every = [Source(one, tuple(facts_of(one, read.report.text)), read.report) for one in read.passages]
        for place, source in enumerate(every):
            offered = {i + 1: every[(place + i * _STRIDE) % len(every)] for i in range(_OFFERED)}
            sentence = f"{source.passage.year}年{read.report.place}{source.passage.text.strip('。')}。[1]"
            for one in offered.values():
                one.prepare()  # a writer does it while the model begins
            taken.append(min(_once(offered, read.report, sentence) for _ in range(_TIMES)))
    return sorted(taken)


def _once(offered: dict[int, Source], report: Report, sentence: str) -> float:
    started = time.perf_counter_ns()
    Grounding(offered, reported=report.year).check(sentence)
    return (time.perf_counter_ns() - started) / 1e6


def main(arguments: Sequence[str] = ()) -> int:
    """Print how many sentences were checked, the median, the 99th percentile and the longest."""
    del arguments
    taken = measure()
    middle, late = taken[len(taken) // 2], taken[len(taken) * 99 // 100]
    sys.stdout.write(
        f"{len(taken)} 句：每句中位数 {middle:.2f} 毫秒，99% 在 {late:.2f} 毫秒内，最长 {taken[-1]:.2f} 毫秒\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
