"""Questions on what came after something was finished, while the report has it still being built."""

import re
from dataclasses import dataclass, replace

from bot.matching import found
from bot.question import Question, parse
from bot.reading import reader
from bot.reading.reading import Piece
from bot.reading.world import World
from bot.refusing.subject import KNOWN, bare, piece_of, plain
from corpus.types import Passage, Status

_READ = 12  # sentences that are looked through
_OPEN = (
    "通车|开业|开通|启用|投用|投入使用|开放|开园|开馆|运营|投产|开学"
    "|跑起来|跑上|用上|揭牌|开张|开门|迎客|试运行|蓄水|运行|重新开张|重新开业"
)
_BUILT = rf"(?:全面|全部|正式|整体)?(?:建成|竣工|完工|落成|{_OPEN})"
_AFTER = re.compile(rf"(?:{_BUILT}(?:通车|投用|开放|运营|启用)?)了?(?:之后|以后|以来|后)")
_AFTER_ENGLISH = re.compile(
    r"\b(?:after|since)\b.{0,40}\b(?:open(?:ed|ing)|complet(?:ed|ion)|built|finished)\b", re.IGNORECASE
)
_DONE = re.compile(_BUILT)
_OPENED = re.compile(_OPEN)
_UNDER_WAY = re.compile(
    r"开工|加快建设|推进|建设中|在建|立项|前期|征收腾地|批复|筹建|规划|方案|施工|加快|推动|将|拟|力争"
)
_PHASE = re.compile(r"[一二三四五六七八九]期|[东西南北]段|[A-Z]地块")
_PLAIN_NAME = re.compile(r"^\s*(?:那个|这个|那条|咱们?的?)?|20\d\d年|\s|[“”]|(?:已经|正式|全面|全部|全线|重新|终于)$")
_NAME = 4  # so many characters name a thing by themselves
_NAME_ENDS = r"(?=[、，,；;。）)”]|等|项目|工程|已|正|完|建|开|加|竣|将|确|推|改|通|启|投|[（(]|$)"
_PARTLY = re.compile(r"其余|其他地块|加快建设|在建|剩余|部分")
_WHOLLY = re.compile(r"全面|全部|整体")


@dataclass(frozen=True, slots=True)
class _Clause:
    """`[start, end)` of a passage."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of the clause."""
        return self.passage.text[self.start : self.end]

    @property
    def sentence(self) -> Piece:
        """The whole sentence around the clause."""
        text = self.passage.text
        left = max(text.rfind(mark, 0, self.start) for mark in "；;。！？") + 1
        stops = [place for mark in "；;。！？" if (place := text.find(mark, self.end)) >= 0]
        return piece_of(self.passage, left, min(stops, default=len(text)))


def speaks_of_after(text: str, original: str) -> bool:
    """Whether a question takes for granted that something was finished (「通车以后」)."""
    return bool(_AFTER.search(text) or _AFTER_ENGLISH.search(original))


def finished_by(claim: str) -> str:
    """A claim that something is finished, as the beginning of what comes after (「通车了」 -> 「通车后」), or ''."""
    match = re.search(rf"{_BUILT}了?(?:吧|的)?$", claim)
    return f"{claim[: match.start()]}{match.group().rstrip('了吧的')}后" if match else ""


def unfinished(question: Question, text: str, world: World) -> Piece | None:
    """What the report says of the works that `text` takes for finished, where they are not; None where they are."""
    after = _AFTER.search(text)
    said = after.group() if after else text
    before = parse(bare(text[: after.start()] if after else text), world.report, world.vocabulary)
    subject = plain(question, before)
    if not any(term.strong for term in subject.terms):
        subject = replace(subject, terms=question.terms)
    terms = tuple(term for term in subject.terms if after or not _DONE.search(term.text))
    subject = replace(subject, years=(), terms=terms)
    clauses = _clauses_about(subject, world, _PLAIN_NAME.sub("", bare(text[: after.start()])) if after else "")
    partly = [one for one in clauses if one.passage.status is not Status.TARGET and _PARTLY.search(one.text)]
    if partly and _WHOLLY.search(said):
        return partly[0].sentence
    done = _OPENED if _OPENED.search(said) else _DONE
    if any(done.search(one.text) and one.passage.status is not Status.TARGET for one in clauses):
        return None
    under_way = [one for one in clauses if _UNDER_WAY.search(one.text)]
    first = min(under_way, key=lambda one: (one.passage.status is Status.TARGET, one.passage.ordinal), default=None)
    return first.sentence if first else None


def _clauses_about(subject: Question, world: World, name: str) -> list[_Clause]:
    """The clauses of the best passages that name the subject themselves, or the very part of it that is asked about."""
    clauses = [
        _Clause(one.passage, *match.span())
        for one in reader.best_clauses(subject, world)[:_READ]
        if one.coverage.share >= KNOWN
        for match in re.finditer(r"[^，,；;。！？]+", one.passage.text)
    ]
    phase = _PHASE.search(name)
    if phase:
        return [one for one in clauses if phase.group() in one.text]
    about = [one for one in clauses if _speaks_of(subject, one.text)]
    named = re.compile(re.escape(name) + _NAME_ENDS) if len(name) >= _NAME else None
    by_name = [one for one in about if named and named.search(one.text)]
    return by_name or about


def _speaks_of(subject: Question, clause: str) -> bool:
    total = sum(term.weight for term in subject.terms)
    said = sum(term.weight * found(term, clause) for term in subject.terms)
    return bool(total) and said / total >= KNOWN
