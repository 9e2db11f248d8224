"""Of what a figure of a draft speaks, where its own clause says too little: people write more loosely than reports."""

import re

from corpus.figures import Figure
from corpus.said import RATIO_UNITS, Subject
from corpus.words import leading_verbs, merged, noun_of, tidy

# What stands for something said before, or says only that there is a number.
_POINTING = re.compile(
    r"^(?:后者|前者|两者|其中|其|该区?|这一?(?:数字|指标|数)?|分别|各|均|也|则|同样|全年|当年|上述|此项|这里|为此)+|"
    r"(?:的)?(?:预期|年度|全年|计划|力争|今年|明年)*(?:增长|增幅|增速)?(?:的)?(?:预期)?目标值?(?:定)?(?:是|为|值|数)*$|"
    r"(?:数字|数据|数值|指标)(?:是|为)?$"
)
_GROWTH_AIM = re.compile(r"(?:增长|增幅|增速)(?:的)?(?:预期)?目标")
_LATTER = re.compile(r"^(?:后者|其|这一?|该)")
_SAYS_NOTHING = re.compile(r"[的了是为有共约再又还也就已将要达至到个超近]*")
_THIN = 2  # characters of a noun


class Told:
    """Reads one line figure by figure and gives each what it is about."""

    def __init__(self, heading: str) -> None:
        """Takes the headings above the line."""
        self._heading = heading
        self._last = self._topic = ""

    def pass_by(self, clause: str) -> None:
        """A clause without a figure says what comes next."""
        self._topic = noun_of(tidy(clause))

    def completed(self, subject: Subject, figure: Figure, before: str) -> tuple[str, str | None]:
        """The words of what the figure is about and its kind, as of a Fact."""
        change = subject.change
        if figure.unit in RATIO_UNITS and change is None and _GROWTH_AIM.search(subject.words + before):
            change = "增长"
        words = _POINTING.sub("", subject.words).strip("的 ")
        if self._says_too_little(words):
            base = self._last or self._topic or self._heading
            words = merged(noun_of(base) if leading_verbs(words) else base, words) if words else base
        self._last = words
        return words, change

    def _says_too_little(self, words: str) -> bool:
        bare = _SAYS_NOTHING.sub("", words)
        return len(bare) < _THIN or leading_verbs(words) == words
