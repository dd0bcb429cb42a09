"""From what a person typed to a :class:`Question`: language, intent, slots, context.

Nothing here decides what the regulation says; it only reads the question.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import phrases
from assistant.knowledge import Knowledge
from index.actors import ActorMention, Level
from index.citation import Citation, find_citations, parse_citation
from index.errors import CitationError
from index.moments import Moment, find_moments
from index.numerals import NUMERAL
from index.regulation import ProvisionId
from index.text import Script, Span, detect_script, fold
from index.timelimit import TimeMention, find_time_limits

__all__ = [
    "Intent",
    "Language",
    "Question",
    "Unit",
    "YesNo",
    "detect_language",
    "part_questions",
    "understand",
]

# A person types a question; a longer text is a document and belongs to `check`.
MAX_LENGTH = 2_000
MAX_HISTORY = 20


class Language(enum.StrEnum):
    """Language and script of an answer."""

    HANS = "zh-Hans"
    HANT = "zh-Hant"
    EN = "en"

    @property
    def script(self) -> Script:
        """The script in which the regulation is quoted."""
        return Script.TRADITIONAL if self is Language.HANT else Script.SIMPLIFIED


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


TIME_INTENTS = frozenset({Intent.DEADLINE, Intent.FREQUENCY, Intent.SCENARIO})


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
    small_talk: str | None = None

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


_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def detect_language(text: str) -> Language:
    """Language of a question; a Chinese term inside an English sentence does not change it.

    >>> detect_language("What is a 政法委员 under this regulation?").value
    'en'
    >>> detect_language("政法委PPT怎么写").value
    'zh-Hans'
    """
    han = len(_CJK.findall(text))
    words = len(_LATIN_WORD.findall(text))
    if words >= 3 and words > han // 2 or (han == 0 and words):
        return Language.EN
    return Language.HANT if detect_script(text) is Script.TRADITIONAL else Language.HANS


# A level word of one character is a word of other things too (区别, 市域): it counts only
# before one of these.
_LEVEL_TAIL = re.compile("里|上|(?:这)?一?级|层面|呢")


def _units(
    plain: str, actors: Sequence[ActorMention], knowledge: Knowledge, language: Language
) -> tuple[Unit, ...]:
    taken = [m.span for m in actors]
    out = [
        Unit(p.span, p.level, p.foreign)
        for p in knowledge.actors.find_places(plain)
        if not any(p.span.overlaps(t) for t in taken)
    ]
    taken += [u.span for u in out]
    vocabulary = knowledge.actors.vocabulary
    words = vocabulary.levels_en if language is Language.EN else vocabulary.levels
    for match in _level_words(tuple(words), language is Language.EN).finditer(plain):
        span, level = Span(*match.span()), words[match[0]]
        short = len(match[0]) == 1 and not _LEVEL_TAIL.match(plain, match.end())
        if level is not None and not short and not any(span.overlaps(t) for t in taken):
            out.append(Unit(span, level))
    return tuple(sorted(out, key=lambda u: u.span))


@functools.cache
def _level_words(words: tuple[str, ...], english: bool) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    pattern = "|".join(map(re.escape, ordered))
    return re.compile(rf"\b(?:{pattern})\b" if english else pattern)


_PAIR = re.compile(
    r"(?P<a>[^,。?:;和与跟及]{2,24}?)(?:和|与|跟|同(?!级|谋|部|推|考)|以及|、)(?P<b>[^,。?:;]{2,24}?)"
    r"(?P<rest>的|在|有(?:什么|啥|何|哪)|分别|各自?|(?:是)?(?:怎么|如何|怎样)|之间|,|\?|$)"
)


def _parts(plain: str, actors: Sequence[ActorMention], units: Sequence[Unit]) -> tuple[str, ...]:
    """The comparison's question, once for each thing compared."""
    named = sorted([m.span for m in actors] + [u.span for u in units])
    if len(named) >= 2:
        first = named[0].start
        return tuple(plain[:first] + s.of(plain) + plain[named[-1].end :] for s in named[:4])
    if match := _PAIR.search(plain):
        before, after = plain[: match.start()], plain[match.start("rest") :]
        return tuple(f"{before}{match[side]}{after}" for side in ("a", "b"))
    return ()


def _asks(plain: str) -> tuple[Intent | None, frozenset[Intent]]:
    found = [Intent(name) for name, words in phrases.ASKS if words.search(plain)]
    if phrases.BASIS.search(plain):
        found.append(Intent.BASIS)
    return (found[0] if found else None), frozenset(found)


_WH = re.compile(
    "什么|啥|谁|哪|多久|多长|多少|几(?=个|次|天|小时|点|种|项|位|章|条|时)|怎么|如何|怎样|咋|何时|何处"
    r"|\b(?:what|who|whom|which|when|where|how|why)\b"
)
_CHOICE = re.compile("|".join(p.pattern for p, _ in phrases.ALTERNATIVES))
_PARTICLE = re.compile(r"(?:吗|么|吧|嘛|没有|不|没)[?!。]*$")
_MANNERS = (
    ("may", re.compile(r"可以|能(?!力)|允许|准许|\b(?:can|could|may|allowed|permitted)\b")),
    ("must", re.compile(r"必须|应当|应该|需要|得(?=由|向|在|报)|要|一定|\b(?:must|should|shall|need|have to|required?)\b")),
)  # fmt: skip


def _yes_no(plain: str, language: Language) -> YesNo | None:
    text = plain.strip()
    if language is Language.EN:
        return _yes_no_english(text)
    if _WH.search(text) or not (_CHOICE.search(text) or _PARTICLE.search(text)):
        return None
    inverted = conduct = False
    if match := phrases.NEGATIVE_TAIL.search(text):
        # 没有违规吧 asks for compliance as 符合规定吗 does
        inverted = not match[0].lstrip(",。;").startswith(("不", "没有违"))
        conduct, manner = True, "comply"
        text = text[: match.start()] + ",符合规定"
    elif (match := phrases.CONDUCT_TAIL.search(text)) and match[0].strip("?!。,;"):
        conduct, manner = True, "comply"
        if match[0].lstrip(",。;").startswith(("可以", "行", "可")) and not _quantities(text):
            conduct, manner = False, "may"
        text = text[: match.start()] + (",符合规定" if conduct else ",可以")
    else:
        text = phrases.AFFIRMATIVE_TAIL.sub("", text)
        manner = next((name for name, words in _MANNERS if words.search(text)), "plain")
    for words, plain_form in phrases.ALTERNATIVES:
        text = words.sub(plain_form, text)
    text = text.strip(" ,?。")
    return YesNo(text, inverted, conduct, manner) if text else None


def _quantities(text: str) -> bool:
    return bool(find_time_limits(text)) or len(find_moments(text)) > 0


_ENOUGH = re.compile(
    r"^is it (?:enough|ok|okay|acceptable|sufficient|fine|permissible|permitted|allowed|lawful|compliant|true"
    r"|correct|right|possible|necessary|required|mandatory)(?: (?:for|if|when|that))? "
)
_SUBJECT_EN = re.compile(
    r"^(?:a|an|the|any|every|each|all|our|my|this|that)?\b[^,?]*?"
    r"(?=\b(?:report|be|have|hold|analy[sz]e|submit|send|copy|attend|convene|chair|verify|request|apply|meet"
    r"|take|make|give|listen|hear|conduct|complete|publish|notify|preside|delegate|decide|reach|go|need|form"
    r"|use|cover|set|establish|act|supervise|handle|manage|carry|review|include|rotate|rush|only|also|always"
    r"|enough|required|allowed|sufficient|obliged|entitled|responsible|counted|subject)\b)"
)


def _yes_no_english(text: str) -> YesNo | None:
    clause = text.rstrip("?!. ")
    match = phrases.YES_NO_EN.match(clause)
    if not match or re.search(r"\bor\b.{0,20}\?$", text):
        return None
    auxiliary = match[1]
    manner = next((name for name, words in _MANNERS if words.search(clause)), "plain")
    if enough := _ENOUGH.match(clause):
        rest = clause[enough.end() :]
        judged = enough[0]
        if " true " in judged or " correct " in judged or " right " in judged:
            return YesNo(rest, manner="plain")
        statement = re.sub(r"\bto (?=[a-z])", "", rest, count=1)
        if any(w in judged for w in ("necessary", "required", "mandatory")):
            return YesNo(re.sub(r"\bto (?=[a-z])", "must ", rest, count=1), manner="must")
        return YesNo(f"{statement}, which complies", conduct=True, manner="comply")
    rest = clause[match.end(1) :].strip()
    if subject := _SUBJECT_EN.match(rest):
        head = subject[0].strip()
        tail = rest[subject.end() :].strip()
        verb = "" if auxiliary in {"do", "does", "did"} else f"{auxiliary} "
        return YesNo(f"{head} {verb}{tail}".strip(), manner=manner)
    return YesNo(f"{rest}", manner=manner)


@functools.lru_cache(maxsize=512)
def _focus(plain: str) -> str:
    return re.sub(r"\s+", " ", phrases.INTERROGATIVES.sub(" ", plain)).strip()


def _small_talk(plain: str) -> str | None:
    return next((name for name, words in phrases.SMALL_TALK if words.match(plain.strip())), None)


def _lookup_only(plain: str, citations: Sequence[Citation]) -> bool:
    """Whether the question is a citation and little else: its text is wanted."""
    rest = plain
    for citation in sorted(citations, key=lambda c: c.span.start, reverse=True):
        rest = rest[: citation.span.start] + " " + rest[citation.span.end :]
    rest = re.sub(
        r"给我|看看?|一下|念|读|帮|我|要|想|展示|显示|列出|请|全文|原文|内容|条文|文字|说|讲|写|规定|是|的|了|什么|啥|"
        r"怎么|具体|呢|吗|里|中|有|主要|完整|引用|贴出来|发|查|找|打开|把|text of|text|full|show me|show|give me|give|what does"
        r"|what is|what's|says?|say|content|contents|of|the|please|quote|read|in|provide|this regulation|regulation|me|cite|it"
        r"|under|measures|implementation|stipulate|provide|[?!.,。、:;\"“”'《》\s]|本办法|实施办法|办法",
        "",
        rest,
    )
    return len(rest) <= 2


# 把19条给我, 三十条一款: in a question the 第 may go; 共47条 counts, and is no citation.
_BARE_CITATION = re.compile(
    rf"(?<![第共有约达余多几])(?:{NUMERAL})条(?!路|件|线|例|意见|措施|建议)(?:(?:之{NUMERAL})|第?{NUMERAL}[款项]|第?\\({NUMERAL}\\)项?)*"
)


def _citations(plain: str, knowledge: Knowledge, here: ProvisionId | None) -> tuple[Citation, ...]:
    found = find_citations(plain, regulation=knowledge.regulation, here=here)
    if found:
        return found
    for match in _BARE_CITATION.finditer(plain):
        try:
            citation = parse_citation(match[0], regulation=knowledge.regulation)
        except CitationError:
            continue
        return (replace(citation, span=Span(*match.span()), parts=()),)
    return ()


def part_questions(question: Question, knowledge: Knowledge) -> tuple[Question, ...]:
    """The question read anew for each of its compared parts."""
    return tuple(
        replace(_read(part, knowledge, question.language), parts=(), asks=question.asks)
        for part in question.parts
    )


def _read(
    text: str, knowledge: Knowledge, language: Language, here: ProvisionId | None = None
) -> Question:
    """Understand ``text`` by itself; ``here`` is the provision that 同条, 第二款 lean on."""
    plain = fold(text, keep_space=True).text.strip()
    first, asks = _asks(plain)
    citations = _citations(plain, knowledge, here)
    actors = knowledge.actors.find(plain)
    units = _units(plain, actors, knowledge, language)
    moments = find_moments(plain)
    yes_no = _yes_no(plain, language)
    own = [c for c in citations if c.work is None]
    if small := _small_talk(plain):
        intent = Intent.SMALL_TALK
    elif own and _lookup_only(plain, own):
        intent = Intent.LOOKUP
    elif yes_no is not None:
        intent = Intent.YES_NO
    elif first in TIME_INTENTS and any(m.clock is not None for m in moments):
        intent = Intent.SCENARIO
    else:
        intent = first or (Intent.LOOKUP if own else Intent.GENERAL)
    return Question(
        text=text,
        plain=plain,
        language=language,
        intent=intent,
        asks=asks | {intent},
        focus=_focus(plain),
        yes_no=yes_no,
        actors=actors,
        units=units,
        parts=_parts(plain, actors, units) if intent is Intent.COMPARE else (),
        citations=citations,
        limits=tuple(find_time_limits(plain)),
        moments=moments,
        unregulated=next((n for n, words in phrases.UNREGULATED if words.search(plain)), None),
        injection=bool(phrases.INJECTION.search(plain)),
        small_talk=small,
    )


_LEANING = re.compile(
    r"^(?:那|哪么|再问|还有|另外|然后|接着|如果|要是|万一)|呢[,?。!]|呢$|这(?:个|条|种|项|样|事|一)|它|该(?:条|项|会议|事项)|上(?:面|述)"
    r"|^(?:and|what about|how about|what if|then|so)\b|\b(?:it|that|this|those|they|them|the same)\b"
)


def _bare(question: Question) -> str:
    """What remains of a follow-up when actors and words of asking are taken out."""
    rest = question.plain
    spans = [m.span for m in question.actors] + [u.span for u in question.units]
    for span in sorted(spans, reverse=True):
        rest = rest[: span.start] + " " + rest[span.end :]
    rest = phrases.FOLLOW_UP.sub("", rest)
    rest = phrases.BASIS.sub(" ", rest)
    rest = re.sub(
        r"一级|这级|层面|级别|的话|也是|一样|同样|换成|换做|what about|how about|for|the", " ", rest
    )
    return re.sub(r"[\s的是]", "", phrases.INTERROGATIVES.sub(" ", rest))


_FAMILY_WORDS = {
    "commission": ("党委政法委", " commission"),
    "committee": ("党委", " party committee"),
    "group": ("政法单位党组", " leading party group"),
    "organ": ("政法单位", " political and legal organ"),
}


def _swap_actor(previous: Question, current: Question) -> str | None:
    """The earlier question with the actor of the follow-up in place of its own."""
    subject = next((m for m in previous.actors if not m.foreign), None)
    family = subject.actor.split(".")[0] if subject else ""
    if current.actors:
        new_text = current.actors[0].span.of(current.plain)
    elif current.units:
        english = current.language is Language.EN
        new_text = current.units[0].span.of(current.plain)
        new_text += _FAMILY_WORDS.get(family, ("", ""))[english]
    else:
        return None
    spans = [m.span for m in previous.actors if not m.foreign] or [u.span for u in previous.units]
    if not spans:
        return f"{new_text}{' ' if current.language is Language.EN else ''}{previous.plain}"
    return previous.plain[: spans[0].start] + new_text + previous.plain[spans[0].end :]


def _lean_on(previous: Question, current: Question, knowledge: Knowledge) -> Question:
    """``current`` with what it leaves unsaid taken from ``previous``."""
    leaning = bool(_LEANING.search(current.plain))
    if current.small_talk or current.own_citations:
        return current
    remainder = _bare(current)
    empty = len(_CJK.findall(remainder)) < 2 and len(_LATIN_WORD.findall(remainder)) < 2
    if empty and (current.actors or current.units) and Intent.BASIS not in current.asks:
        again = _read(_swap_actor(previous, current) or "", knowledge, current.language)
        return replace(again, text=current.text, intent=_intent_after(again, current))
    if empty:
        return _same_again(previous, current, knowledge)
    yes_no_only = current.intent is Intent.YES_NO and current.yes_no is None
    intent = current.intent if current.intent is not Intent.GENERAL else previous.intent
    return replace(
        current,
        actors=current.actors or tuple(replace(m, span=Span(0, 0)) for m in previous.actors),
        intent=Intent.GENERAL if yes_no_only else intent,
        asks=(current.asks - {Intent.GENERAL}) or previous.asks,
        context=f"{previous.context} {previous.focus}".strip(),
        context_weight=0.6 if leaning else 0.35,
    )


def _intent_after(again: Question, current: Question) -> Intent:
    """The follow-up's own intent when it states one, else the earlier question's."""
    own = current.asks - {Intent.GENERAL, Intent.LOOKUP, Intent.YES_NO}
    return current.intent if own and current.intent in own else again.intent


def _same_again(previous: Question, current: Question, knowledge: Knowledge) -> Question:
    """Only the words of asking are new: 依据是哪一条, 那报给谁, 超过了怎么办."""
    merged = _read(previous.plain, knowledge, current.language)
    intent = current.intent if current.intent is not Intent.GENERAL else previous.intent
    if intent in (Intent.LOOKUP, Intent.YES_NO):
        intent = Intent.BASIS if intent is Intent.LOOKUP else Intent.GENERAL
    asks = current.asks - {Intent.GENERAL, Intent.YES_NO} or previous.asks
    if Intent.BASIS in asks:
        asks |= previous.asks & {Intent.DEADLINE, Intent.FREQUENCY}
    return replace(
        merged,
        text=current.text,
        intent=intent,
        asks=asks,
        yes_no=None,
        context=previous.context,
        context_weight=previous.context_weight,
        unregulated=current.unregulated,
        injection=current.injection,
    )


def understand(
    text: str, knowledge: Knowledge, history: Sequence[str] = (), lang: str = "auto"
) -> Question:
    """Read a question; ``history`` holds the earlier questions of the chat, oldest first.

    ``lang`` other than ``auto`` fixes the language of the answer.
    """
    text = text[:MAX_LENGTH]
    previous: Question | None = None
    for earlier in history[-MAX_HISTORY:]:
        read = _read(earlier[:MAX_LENGTH], knowledge, detect_language(earlier), _place_of(previous))
        if read.small_talk or not read.plain:
            continue
        previous = _lean_on(previous, read, knowledge) if previous else read
    language = detect_language(text) if lang == "auto" else Language(lang)
    if (
        lang == "auto"
        and previous is not None
        and not _CJK.search(text)
        and language is Language.HANS
    ):
        language = previous.language
    current = _read(text, knowledge, language, _place_of(previous))
    return _lean_on(previous, current, knowledge) if previous else current


def _place_of(question: Question | None) -> ProvisionId | None:
    """The provision that the question before cited last."""
    if question is None or not question.own_citations:
        return None
    return question.own_citations[-1].provisions[-1]
