"""Which year a figure of a draft is of, and whether it is told as a result or as a target."""

import re
from dataclasses import dataclass

from corpus.types import Report, Status

_YEAR = re.compile(r"(?<![\d较比])(20\d\d)\s?(?:年|(?=[，,：:]))(?!度[\u3400-\u9fff]{0,10}奖)")
_OTHER_YEAR = re.compile(
    r"(?:较|比|同比|相比|与|对比|自)(?:于)?(?:20\d\d|去|上|前)年?[^，。；]{0,6}|20\d\d[-—~至到]20\d\d年?|以来"
)
_FROM = re.compile(r"[由从](20\d\d)年的?[^，到至]*$")  # 「由2023年的392亿元增加到577亿元」
_FROM_TO = re.compile(r"[由从](20\d\d)年的?[^，到至]*[到至]")
_RELATIVE = (
    (re.compile(r"前年"), -2),
    (re.compile(r"去年|上年|上一年"), -1),
    (re.compile(r"今年|本年度?|年内"), 0),
    (re.compile(r"明年|来年|下一?年"), 1),
)
_VERB = "[新建完达实开推引培打招办投超增改拆修]"
_TARGET = re.compile(
    rf"力争|力求|确保|下一步|下阶段|即将|拟(?={_VERB})|计划(?=[在于到将今明全年再继]|{_VERB})|(?:原|按)计划|打算|预期(?!寿命)|"
    rf"目标|争取(?=[在于到年今明早]|{_VERB})|将(?=[\u3400-\u9fff]{{2}})|安排(?={_VERB})|要(?=[再继确]|{_VERB})"
)
_RESULT = re.compile(
    r"(?<![而不])已(?!知)|截至|去年|过去一年|一年来|回顾|实际|取得|(?:完成|实现|达到|超额)\S{0,8}目标|"
    r"(?:完成|实现|达到|[成增建开办发工用除造设修出])了|(?:全年共|共计?|累计)(?:完成|新增|建成|发放|拆除|实现)"
)
_NAMED = re.compile(r"[“《「『][^”》」』]*[”》」』]?")  # 「“服务包PLUS计划”」 plans nothing
_DONE_HEADING = re.compile(r"回顾|完成情况|执行情况|进展|成效|成绩|总结|亮点|成就|成果")
_AHEAD_HEADING = re.compile(r"目标|任务|计划|安排|打算|展望|下一步|部署|举措|要点")


_AIMS_NOW = re.compile(rf"今年[^，。；]{{0,8}}?(?:{_TARGET.pattern})")


@dataclass(frozen=True, slots=True)
class When:
    """The year of a figure and its status, None where the draft does not say; `said` where its own clause does."""

    year: int | None = None
    status: Status | None = None
    said: bool = False


@dataclass(frozen=True, slots=True)
class Base:
    """The year that 「今年」 is in a draft, and the years that the report is about."""

    this: int | None
    year: int | None
    planned: int | None


def base_of(text: str, report: Report) -> Base:
    """Reads from a draft when it was written: one that speaks of last year's results is of the year after."""
    this = report.date.year if report.date else report.year
    plainly = _OTHER_YEAR.sub(" ", text)
    if report.year and re.search(r"去年|上年", plainly) and not re.search(r"明年|来年", plainly):
        this = report.year + 1
    elif report.year and re.search(r"明年|来年", plainly):
        this = report.year
    elif _AIMS_NOW.search(plainly) and report.planned:
        this = report.planned
    return Base(this, report.year, report.planned)


class Written:
    """Reads one line of a draft clause by clause; a year holds to the end of the line, a status to its sentence's."""

    def __init__(self, base: Base, heading: str, before: int | None) -> None:
        """Takes the headings above the line, and the year that the line before it opened with."""
        self._base = base
        year = _year_in(heading, base) or before
        status = _status_in(heading, _AHEAD_HEADING, _DONE_HEADING)
        self._said = False
        self._seen = False
        self._heading = self._timed(year, status)
        self._year, self._status = self._heading.year, self._heading.status
        self._opening = self._year

    @property
    def opening(self) -> int | None:
        """The year that the line opened with, which the next line goes on with."""
        return self._opening

    def end_sentence(self) -> None:
        """A new sentence: the year that the line opened with goes on, a status does not."""
        self._year = self._opening
        self._status = self._heading.status if self._year == self._heading.year else None
        self._said = False

    def pass_by(self, clause: str) -> None:
        """A clause without a figure."""
        self._note(clause)

    def when(self, before: str) -> When:
        """The time of a figure, from the words before it in its clause."""
        earlier = _FROM.search(before)
        if earlier:
            return self._timed(int(earlier.group(1)), None)
        self._note(_FROM_TO.sub("", before))
        self._seen = True
        return self._timed(self._year, self._status)

    def _note(self, words: str) -> None:
        year, status = _year_in(words, self._base), _status_in(words, _TARGET, _RESULT)
        if year is not None:
            self._year, self._said = year, True
            self._status = status
            if not self._seen:
                self._opening = self._year
        elif status is not None:
            self._status = status
            if not self._said and self._year is not None and self._against(status):
                self._year = None

    def _against(self, status: Status) -> bool:
        return (self._year == self._base.planned) != (status is Status.TARGET)

    def _timed(self, year: int | None, status: Status | None) -> When:
        if status is None and year is not None and self._base.planned:
            status = Status.TARGET if year >= self._base.planned else Status.ACTUAL
        return When(year, status, self._said)


def _year_in(words: str, base: Base) -> int | None:
    """The last year that `words` name, years that something is only compared with left out."""
    words = _OTHER_YEAR.sub(" ", words)
    found = [(match.start(), int(match.group(1))) for match in _YEAR.finditer(words)]
    if base.this is not None:
        found += [(match.start(), base.this + by) for one, by in _RELATIVE for match in one.finditer(words)]
    return max(found)[1] if found else None


def _status_in(words: str, ahead: re.Pattern[str], done: re.Pattern[str]) -> Status | None:
    words = _NAMED.sub(lambda match: "\0" * len(match.group()), words)
    target, result = _last(ahead, words), _last(done, words)
    if target < 0 and result < 0:
        return None
    return Status.TARGET if target > result else Status.ACTUAL


def _last(pattern: re.Pattern[str], words: str) -> int:
    return max((match.start() for match in pattern.finditer(words)), default=-1)
