"""What a question is: language, intent, slots. How it is read is :mod:`assistant.reading`.

Nothing here decides what the regulation says.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from dataclasses import dataclass

from index.actors import ActorMention, Level
from index.citation import Citation
from index.moments import Moment
from index.text import Script, Span, detect_script
from index.timelimit import TimeMention

__all__ = [
    "Intent",
    "Language",
    "Lean",
    "Question",
    "Unit",
    "YesNo",
    "detect_language",
    "has_han",
    "is_bare",
]


class Language(enum.StrEnum):
    """Language and script of an answer."""

    HANS = "zh-Hans"
    HANT = "zh-Hant"
    EN = "en"

    @property
    def script(self) -> Script:
        """The script in which the regulation is quoted."""
        return Script.TRADITIONAL if self is Language.HANT else Script.SIMPLIFIED

    @property
    def wording(self) -> str:
        """``en`` or ``zh-Hans``: our own words are written in these two, and converted."""
        return "en" if self is Language.EN else "zh-Hans"


class Intent(enum.StrEnum):
    """What a question wants. ``GENERAL`` wants whatever the regulation says on a subject."""

    DEADLINE = "deadline"
    FREQUENCY = "frequency"
    ACTOR = "actor"
    RECIPIENT = "recipient"
    LIST = "list"
    DEFINITION = "definition"
    PROCEDURE = "procedure"
    LOOKUP = "lookup"
    BASIS = "basis"
    COMPARE = "compare"
    EFFECTIVE = "effective"
    CONSEQUENCE = "consequence"
    YES_NO = "yesno"
    SCENARIO = "scenario"
    SMALL_TALK = "small_talk"
    GENERAL = "general"


class Lean(enum.StrEnum):
    """What a question takes from the one before it in a chat."""

    ALONE = "alone"
    """Nothing."""
    SAME = "same"
    """All but the words of asking: 报给谁, 超过了怎么办."""
    SOURCE = "source"
    """The answer itself, whose provisions are wanted: 为什么, 原文呢, 依据是哪一条."""
    SWAP = "swap"
    """All but one slot, which it replaces: 那旗县呢, 我说的是盟市."""
    CONTEXT = "context"
    """The subject, to which it adds words of its own: 那会后的整改情况呢."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """The statement behind a yes/no question.

    ``inverted``: the asker's yes means that the statement does not hold (算超时吗).
    ``conduct``: asks whether described conduct complies, not whether a rule reads so.
    ``manner``: which yes to say: may, must, comply or plain.
    """

    statement: str
    inverted: bool = False
    conduct: bool = False
    manner: str = "plain"


@dataclass(frozen=True, slots=True)
class Unit:
    """A place or a level named by itself, not as part of an actor."""

    span: Span
    level: Level | None
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood. Offsets of its mentions count in ``plain``."""

    text: str
    """As typed."""
    plain: str
    """Folded: simplified, NFKC, lower case, blanks kept; a follow-up already resolved."""
    language: Language
    intent: Intent
    asks: frozenset[Intent]
    """Every intent whose words occur, the chosen one among them."""
    focus: str
    """``plain`` without words of asking: what the question is about."""
    about: str = ""
    """``plain`` without the regulation's own title, whose words would drown the rest."""
    context: str = ""
    """Focus of the earlier question that this one leans on; empty when it stands alone."""
    context_weight: float = 0.0
    yes_no: YesNo | None = None
    actors: tuple[ActorMention, ...] = ()
    units: tuple[Unit, ...] = ()
    """Places and levels named outside ``actors``: 那准格尔旗呢, 盟市一级."""
    parts: tuple[str, ...] = ()
    """Of a comparison: the question with one of the compared things at a time."""
    citations: tuple[Citation, ...] = ()
    limits: tuple[TimeMention, ...] = ()
    moments: tuple[Moment, ...] = ()
    unregulated: str | None = None
    """Attribute asked for that regulations of this kind do not give (money, contact …)."""
    injection: bool = False
    fabrication: bool = False
    small_talk: str | None = None
    lean: Lean = Lean.ALONE
    inherited: bool = False
    """Whether ``intent`` is that of the question it leans on."""
    previous: Question | None = None
    """The earlier question that this one leans on."""
    resolved: str = ""
    """The question with what it left unsaid, for the asker; empty when nothing was."""
    subject: tuple[str, ...] = ()
    """What a follow-up is about: the subject that the chat came to last, and its part."""

    @property
    def levels(self) -> frozenset[Level]:
        """Levels named, by word or by place."""
        named = [m.level for m in self.actors] + [u.level for u in self.units]
        return frozenset(level for level in named if level is not None)

    @property
    def foreign(self) -> tuple[str, ...]:
        """Places outside the regulation's reach, as written."""
        found = [m.span.of(self.plain) for m in self.actors if m.foreign]
        return tuple(found + [u.span.of(self.plain) for u in self.units if u.foreign])

    @property
    def own_citations(self) -> tuple[Citation, ...]:
        """Citations of this regulation, not of another law."""
        return tuple(c for c in self.citations if c.work is None)


_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def detect_language(text: str) -> Language:
    """Language of a question; a Chinese term inside an English sentence does not change it.

    >>> detect_language("What is a 政法委员 under this regulation?").value
    'en'
    >>> detect_language("政法委PPT怎么写").value
    'zh-Hans'
    """
    text = unicodedata.normalize("NFKC", text)
    han = len(_HAN.findall(text))
    words = len(_LATIN_WORD.findall(text))
    if (words >= 3 and words > han // 2) or (han == 0 and words):
        return Language.EN
    return Language.HANT if detect_script(text) is Script.TRADITIONAL else Language.HANS


def is_bare(text: str) -> bool:
    """Whether ``text`` says nothing by itself: under two Han characters and two words.

    >>> is_bare("的"), is_bare("述职"), is_bare("the deadline")
    (True, False, False)
    """
    return len(_HAN.findall(text)) < 2 and len(_LATIN_WORD.findall(text)) < 2


def has_han(text: str) -> bool:
    """Whether ``text`` holds a Han character."""
    return _HAN.search(text) is not None
