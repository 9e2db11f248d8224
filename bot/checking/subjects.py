"""Of what a figure of a draft speaks, where its own clause says too little: people write more loosely than reports."""

import re

from corpus.figures import Figure
from corpus.said import RATIO_UNITS, Subject
from corpus.words import NEEDS_TOPIC, RELATIVE, leading_verbs, merged, noun_of, tidy

# What only points at something said before, plans it, or dates it.
_AHEAD = re.compile(
    r"^(?:而|后者|前者|两者|其中|其|该区?|这一?(?:数字|指标|数|项)?|分别|各|均|也|则|同样|全年|当年|上述|此项|这里|为此|将|再|拟|又|还|"
    r"预期|预计|计划|力争|争取|确保|目标|到|至|20\d\d年(?:度|底|末|前)?|今年|明年|去年|上年|年底|年内|的|是|为|约|共|有|达|"
    r"不(?!同|良|成|锈|动|明|限)|仅|超|近)+"
)
_BEHIND = re.compile(
    r"(?:的)?(?:预期|年度|全年|计划|力争|今年|明年)*(?:增长|增幅|增速)?(?:的)?(?:预期)?目标值?(?:定)?(?:是|为|值|数|控制在|在)*$|"
    r"(?:数字|数据|数值|指标)(?:是|为)?$|(?:的|是|为|有|约|共|控制在)+$"
)
_STEP = re.compile(
    r"(?:迈上|跨上|站上|登上|迈过|跨过|冲破|迈入|跃上)\S{0,2}(?:台阶|大关|关口|门槛)?|(?:台阶|大关|关口)$"
)
_GROWTH_AIM = re.compile(r"(?:增长|增幅|增速)(?:的)?(?:预期)?目标")
_EACH = re.compile(
    r"(?:20\d\d年|今年|明年|去年|预计|计划|力争|将|同比|比上年|较上年|增速|增幅|增长|占比|下降|其中|面积|总投资)*分别"
)
_NO_TOPIC = re.compile(
    r"如下|您好|你好|同志们|各位|我们|总体|具体来看|情况$|传?捷报|答复|报告|记者|获悉|了解|介绍|表示|指出|[一二三四五六七]是$"
)
_REMEMBERED = 12  # subjects of a sentence
_LEAST = 2  # characters that a noun has
_SHORT = 2  # characters of a noun that what the sentence is about must complete (「人口139.2万次，房屋68万次」)


class Told:
    """Reads one line figure by figure and gives each what it is about."""

    def __init__(self, heading: str, place: str) -> None:
        """Takes the headings above the line, and the report's place, which says nothing of what is counted."""
        self._heading = heading
        self._place = (
            re.compile(rf"{re.escape(place)}|{re.escape(place[:-1])}(?=的|$)|[我本全][区市省县州]") if place else None
        )
        self._last = self._topic = self._recent = ""
        self._subjects: list[str] = []
        self._in_turn: list[str] = []

    def end_sentence(self) -> None:
        """What a sentence opened with holds for it alone."""
        self._topic = ""
        self._subjects, self._in_turn = [], []

    def pass_by(self, clause: str) -> None:
        """A clause without a figure says what comes next."""
        words = noun_of(tidy(clause))
        if not _NO_TOPIC.search(words):
            self._topic = self._recent = words

    def open_clause(self, clause: str, figures: int) -> None:
        """A clause with a figure, and how many figures stand in the list that it opens: 「增速分别为10%和5%」."""
        names = list(dict.fromkeys(self._subjects))[-figures:]
        if _EACH.match(clause) and len(names) == figures > 1:
            doing = leading_verbs(_AHEAD.sub("", clause.partition("分别")[2]))
            self._in_turn = [merged(noun_of(name), doing) if doing else name for name in names]

    def completed(self, subject: Subject, figure: Figure, before: str) -> tuple[str, str | None]:
        """The words of what the figure is about and its kind, as of a Fact; `before` stands before the figure."""
        change = subject.change
        if figure.unit in RATIO_UNITS and change is None and _GROWTH_AIM.search(subject.words + before):
            change = "增长"
        if self._in_turn:
            return self._in_turn.pop(0), change
        said = _STEP.sub("", subject.words)
        bare = self._place.sub("", said) if self._place else said
        bare = _BEHIND.sub("", _AHEAD.sub("", bare)).strip("的 ")
        words = self._with_topic(bare) if self._says_too_little(bare) else said
        self._last = self._recent = words
        self._subjects = [*self._subjects[-_REMEMBERED:], words]
        return words, change

    def _says_too_little(self, bare: str) -> bool:
        return (
            len(bare) <= max(_LEAST - 1, _SHORT * bool(self._topic))
            or leading_verbs(bare) == bare
            or bool(RELATIVE.fullmatch(bare) or NEEDS_TOPIC.fullmatch(bare))
        )

    def _with_topic(self, bare: str) -> str:
        short = self._topic and _LEAST <= len(bare) <= _SHORT and not leading_verbs(bare)
        base = (self._topic if short else self._recent) or self._last or self._heading
        if not bare:
            return base
        return merged(noun_of(base) if leading_verbs(bare) else base, bare)
