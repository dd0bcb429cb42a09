"""A second opinion on a sentence: do the rows that it cites, and they alone, say this?

The checker asks whether a sentence agrees with the regulation, and lets pass what it has no
view of. A guest's sentence names its provisions, so more can be asked: every clause needs
one row of those provisions as its witness, which has its time limits, its actors in their
roles and its force; and no word, name or number may be there that the provisions lack. This
refuses some true sentences in unusual words; the checker's verdict is asked in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.claims import ClauseReading, Reading, SentenceReading, read
from assistant.grams import mask, read_bag
from assistant.guest.events import Reason
from assistant.judge import judge
from assistant.knowledge import Knowledge
from assistant.polarity import Force
from assistant.roles import Party, Role
from assistant.segment import make_view
from assistant.slots import Fit, Row
from index.actors import ActorMention
from index.anchors import anchor_event
from index.limits import Comparison, LimitKind, TimeLimit, TimeMention
from index.regulation import ProvisionId
from index.text import Span

__all__ = ["Doubt", "Witnesses"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why no row bears a sentence out."""

    reason: Reason
    detail: str


_ALLOWED = """职责 责任 义务 任务 情况 方面 内容 包括 进行 开展 相关 有关 上述 此项 工作 要求
负责 做到 需要 一项 下列 事项 作出 制度 分别 主要 方式 规定 明确 是指 之一 具体 如下 按照 依照
根据 对此 其中 以及 此外 同时 另外 必须 应当 由其 该项 这项 一次 次数 频次 周期 期限 时限 时间
时点 方法 对象 主体 单位 机关 部门 组织 及时 定期"""
_ALLOWED_EN = """duty responsible responsibility matter matters include includes including carry
carries carried following relevant addition make makes made given also applies apply limit
period frequency task such other general specific namely means mean certain basis
accordance accordingly furthermore moreover"""
# A clause that only leads on: nothing is claimed by it.
_LEADS = re.compile(
    r"(?:综上(?:所述)?|总之|总的来说|简言之|换言之|也就是说|具体(?:来说|而言|如下|地说)?|因此|所以|"
    r"另外|此外|同时|首先|其次|再次|最后|其中|注意|请注意|需要注意的是|值得注意的是|"
    r"(?:根据|按照|依据|依照)(?:以上|上述|所?提供的|相关|有关|本办法的?)*(?:材料|条文|规定|内容|办法|要求)?(?:的?规定)?|"
    r"in (?:short|summary|addition|particular|other words)|specifically|therefore|thus|also|"
    r"furthermore|moreover|additionally|however|note that|"
    r"(?:according to|under|as) (?:the )?(?:regulation|measures|provisions?|rules?|material|text)"
    r"(?: (?:provided|above|given))?)"
    r"\s*(?:\([^()]{1,30}\)|（[^（）]{1,30}）)?"
)
_NUMERAL = re.compile(
    r"[0-9]+(?:\.[0-9]+)?|[〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟半]+"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty|sixty|ninety|hundred|half|quarter|dozen|once|twice|thrice|both|double|triple)\b"
)
_NEGATION = re.compile(
    r"不|没|未|无(?!论)|非(?!法|常)|别(?!是)|勿|莫|免|\b(?:not|no|never|nor|neither|none|without|"
    r"cannot|except|unless|nobody|nothing)\b|n't\b"
)
_NEEDLESS = re.compile(
    r"不(?:少于|低于|超过|晚于|迟于|得超过|能超过|得少于|同|断)|not (?:later|less|more)|no (?:later|less|more|fewer)"
)
_EXCEPTION = re.compile(
    r"除外|除非|例外|以外|之外|[仅只]|唯一|\b(?:only|solely|exclusively|except|unless)\b"
)
_AT_MOST = re.compile(
    r"不(?:得|能|应)?(?:超过|多于)|至多|最多|顶多|(?:以|之)?下(?=[,。]|$)|\bno more than\b|\bat most\b|"
    r"\bnot exceed|\bup to\b|\bless than\b|\bnot more than\b"
)
_AT_LEAST = re.compile(
    r"(?<![不得能应])(?:超过|多于)|至少|最少|不(?:得|能)?少于|不早于|\bat least\b|(?<!no )(?<!not )\bmore than\b|"
    r"\bno(?:t)? (?:less|fewer|earlier) than\b|\bnot before\b|\bor more\b"
)
# A unit of time where no limit was read.
_UNIT = re.compile(
    r"分钟|小时|钟头|工作日|自然日|星期|礼拜|季度|个月|半年|周年|"
    r"\b(?:[a-z]+ )?(?:minute|hour|day|week|fortnight|month|quarter|year|decade)s?\b"
)
# 启动后, after it is launched: what a limit is counted from, where no limit was read.
_EVENT = re.compile(
    r"(?P<zh>[\u4e00-\u9fff]{2})(?:之|以)?后|\b(?:after|following|upon|since|once|before)\b(?P<en>(?: [a-z'-]+){1,5})"
)
_BODY = frozenset("部厅局委办处科院会组长任署司府")
"""An unknown word that ends so is the name of a body, which is no detail."""
_ABOUT = 0.6
"""A witness is about what the clause is about: at least this share of what the best row of the
cited provisions shares with it."""
_TELLING = 8.0
"""Weight, in idf, from which on a clause tells what it is about."""
_NOWHERE = "\0"
"""Stands in no text: a number that nothing follows is refused."""
_FEW = 1
"""Characters in Chinese that a clause may have beyond its provisions' words."""
_SHARE, _SHARE_EN = 0.2, 0.3
"""Or this share of its features."""


class Witnesses:
    """The rows of one regulation, ready to bear sentences out."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._row = {row.rule.id: row for row in knowledge.rows}
        self._number = {rule.id: n for n, rule in enumerate(knowledge.aligner.rows)}
        self._known = frozenset(read_bag(make_view(_ALLOWED)).grams) | frozenset(
            read_bag(_ALLOWED_EN).grams
        )
        self._vocabularies: dict[ProvisionId, frozenset[str]] = {}
        self._texts: dict[ProvisionId, str] = {}

    def doubt(self, text: str, cited: Sequence[ProvisionId]) -> Doubt | None:
        """What speaks against ``text`` resting on ``cited``; None when they bear it out."""
        reading = read(text, self._knowledge)
        rows = [self._row[r.id] for p in cited for r in self._knowledge.rules.of(p)]
        words = frozenset().union(*(self._vocabulary(p) for p in cited))
        own = "\n".join(self._text(p) for p in cited)
        for sentence in reading.sentences:
            if sentence.foreign is not None:
                return Doubt(Reason.UNVERIFIABLE, sentence.foreign.of(text))
            if sentence.sentence.question:
                return Doubt(Reason.UNGROUNDED, "a question")
            if sentence.conduct is not None and sentence.conduct.said is not None:
                return Doubt(Reason.UNGROUNDED, "a judgement of conduct")
            for number, clause in enumerate(sentence.clauses):
                if _LEADS.fullmatch(clause.span.of(reading.view).strip(" ()（）")):
                    continue
                others = _neighbours(sentence, number)
                found = self._strange(reading, clause, words, own)
                found = found or self._unborne(reading, sentence, clause, others, rows)
                if found is not None:
                    return found
        return None

    # -- words, names, numbers ------------------------------------------------------------

    def _vocabulary(self, provision: ProvisionId) -> frozenset[str]:
        known = self._vocabularies.get(provision)
        if known is None:
            known = frozenset(read_bag(self._text(provision)).grams)
            self._vocabularies[provision] = known
        return known

    def _text(self, provision: ProvisionId) -> str:
        """All that stands in a provision and its rows, as the checker reads it."""
        known = self._texts.get(provision)
        if known is None:
            regulation = self._knowledge.regulation
            parts = [regulation.text_of(provision)]
            for rule in self._knowledge.rules.of(provision):
                parts += [rule.statement, rule.statement_en, rule.quote, *rule.topics]
                parts += [*rule.topics_en, rule.condition or "", rule.event or ""]
                parts += [rule.event_en or "", rule.note or "", rule.note_en or ""]
            known = self._texts[provision] = make_view("\n".join(parts))
        return known

    def _strange(
        self, reading: Reading, clause: ClauseReading, words: frozenset[str], own: str
    ) -> Doubt | None:
        """A word, number or quotation that the cited provisions do not have."""
        view = reading.view
        hidden = list(_read_elsewhere(reading))
        bag = read_bag(mask(view, clause.span.start, clause.span.end, hidden))
        strange = [g for piece in bag.pieces for g in _uncovered(piece, words | self._known)]
        count = sum(map(len, bag.pieces))
        share = _SHARE_EN if reading.english else _SHARE
        few = 0 if reading.english else _FEW
        named = any(g[0] in _BODY for g in strange)
        if named or (len(strange) > few and len(strange) > share * count):
            return Doubt(Reason.UNGROUNDED, " ".join(strange[:6]))
        left = mask(view, 0, len(view), hidden)
        for forms in _details(left, clause.span, words | self._known):
            if not any(said in own for said in forms):
                return Doubt(Reason.UNGROUNDED, forms[0])
        for quote in clause.quotes:
            said = quote.span.of(view)
            if _tight(said) not in _tight(own):
                return Doubt(Reason.UNGROUNDED, said)
        return None

    # -- one row for each clause ----------------------------------------------------------

    def _unborne(
        self,
        reading: Reading,
        sentence: SentenceReading,
        clause: ClauseReading,
        subjects: tuple[Party, ...],
        rows: Sequence[Row],
    ) -> Doubt | None:
        if not (clause.times or clause.parties or clause.marks or _negated(reading.view, clause)):
            return None
        faults = []
        heard = self._knowledge.aligner.hear(clause.bag).scores
        best = max((heard[self._number[row.rule.id]] for row in rows), default=0.0)
        for row in rows:
            if best > _TELLING and heard[self._number[row.rule.id]] < _ABOUT * best:
                continue  # another matter of the same provision
            fault = next(self._faults(reading, sentence, clause, subjects, row), None)
            if fault is None:
                return None
            faults.append(f"{row.rule.id}: {fault}")
        return Doubt(Reason.ELSEWHERE, "; ".join(faults[:4]))

    def _faults(
        self,
        reading: Reading,
        sentence: SentenceReading,
        clause: ClauseReading,
        subjects: tuple[Party, ...],
        row: Row,
    ) -> Iterator[str]:
        view = reading.view
        yield from (
            f"{slot.kind.value} {slot.fit.value}"
            for slot in judge(row, sentence, clause, view, subjects)
            if slot.fit in (Fit.DIFFERS, Fit.SILENT)
        )
        own = f"{row.quote}\n{row.statement}\n{row.statement_en}"
        for mention in clause.times:
            if not _same_time(mention, row.rule.time, own):
                yield f"time {mention.span.of(view)}"
        for party in dict.fromkeys((*clause.parties, *subjects)):
            if not (row.has(view, party.span) or self._takes_part(party, row, view)):
                yield f"{party.role.value} {party.span.of(view)}"
        yield from _force_faults(view, clause, row, own)

    def _takes_part(self, party: Party, row: Row, view: str) -> bool:
        """Whether the row has the actor, in this role."""
        mention = party.mention
        if mention is None:
            return True  # a level or an unknown body: the checker and the words tell
        named = [*row._named, *row._named_en]
        pool: list[tuple[str, object]] = [(n.actor, n.relation) for n in named]
        pool += [(r.actor, r.relation) for r in row.rule.recipients]
        bearers = [b for b in row.rule.bearers if b != "regulation"]
        if bearers and (party.role is Role.BEARER or _pointed_at(view, party.span)):
            return any(self._is(mention, b) for b in bearers)
        pool += [(b, None) for b in bearers]
        kin = [relation for actor, relation in pool if self._is(mention, actor)]
        if mention.relation is None:
            return bool(kin)
        return mention.relation in kin or any(str(r) == str(mention.relation) for r in kin)

    def _is(self, mention: ActorMention, actor: str) -> bool:
        """Whether the one named is ``actor``, a kind of it, or it in fewer words."""
        table = self._knowledge.actors
        if mention.foreign or mention.actor not in table or actor not in table:
            return False
        level = table.get(actor).level
        if mention.level is not None and level is not None and mention.level != level:
            return False
        family, other = (i.split(".")[0] for i in (mention.actor, actor))
        return (
            table.is_a(mention.actor, actor)
            or table.is_a(actor, mention.actor)
            or ({family, other} <= {"organ", "group"})
        )


def _read_elsewhere(reading: Reading) -> Iterator[tuple[int, int]]:
    """What is compared as a limit, an actor, a citation or a word of force. A citation may
    reach over the comma that ends its clause: Article 12, paragraph 1."""
    for sentence in reading.sentences:
        for clause in sentence.clauses:
            spans = [m.span for m in _mentions(clause)]
            spans += [s for t in clause.times for s in (t.span, t.count, t.anchor) if s is not None]
            spans += [c.citation.span for c in clause.citations]
            spans += [m.span for m in clause.marks]
            yield from ((span.start, span.end) for span in spans)


def _details(left: str, span: Span, words: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Numbers, units and events that no limit holds, as the cited provisions have to have
    them: with what stands before them or after."""
    for match in _NUMERAL.finditer(left, span.start, span.end):
        start, end = match.span()
        if match[0][0].isdigit():
            yield (f"{match[0]}{left[end : end + 1].strip() or _NOWHERE}",)
        elif match[0].isascii():
            forms = left[start : end + 4], left[max(span.start, start - 4) : end]
            yield tuple(form.strip(" ,.;:()") for form in forms)
        else:
            yield left[max(span.start, start - 1) : end], left[start : min(span.end, end + 1)]
    for match in _UNIT.finditer(left, span.start, span.end):
        yield (match[0],)
    for match in _EVENT.finditer(left, span.start, span.end):
        if match["zh"] == "发生":
            yield ("发生",)
        elif match["zh"]:
            yield (f"{match['zh'][-1]}后",)
        else:
            yield from ((w,) for w in read_bag(match["en"]).grams if w not in words)


def _mentions(clause: ClauseReading) -> Iterator[ActorMention]:
    return (p.mention for p in clause.parties if p.mention is not None)


_THIN = 6
"""Features up to which a clause with a limit is about what its neighbour says."""


def _neighbours(sentence: SentenceReading, number: int) -> tuple[Party, ...]:
    """Whom other clauses name for this one: who acts, and where it says little but a limit
    also to whom."""
    clauses = sentence.clauses
    before = next((s for c in clauses[number::-1] if (s := _subjects(c))), ())
    clause = clauses[number]
    if not clause.times or (clause.parties and len(clause.bag.grams) > _THIN):
        return before
    near = [c for c in (*clauses[max(0, number - 1) : number], *clauses[number + 1 : number + 2])]
    told = (p for c in near if not c.times for p in c.parties)
    return tuple(dict.fromkeys((*before, *told)))


def _subjects(clause: ClauseReading) -> tuple[Party, ...]:
    own = tuple(p for p in clause.parties if p.role in (Role.BEARER, Role.SUBJECT))
    return tuple(p for p in own if p.marked) or own


def _pointed_at(view: str, span: Span) -> bool:
    """Whether a clause ends in 是X: the one who acts, named last."""
    return view[: span.start].endswith("是") and not view[span.end : span.end + 1].strip("。,;")


def _uncovered(piece: Sequence[str], words: frozenset[str]) -> Iterator[str]:
    """The features of a run whose first character no known feature covers."""
    covered = False
    for gram in piece:
        here = gram in words
        if not (here or covered):
            yield gram
        covered = here


def _tight(text: str) -> str:
    return re.sub(r"[\s,，、;；:：]", "", text)


def _negated(view: str, clause: ClauseReading) -> bool:
    return _NEGATION.search(view, clause.span.start, clause.span.end) is not None


def _same_time(mention: TimeMention, ours: TimeLimit | None, own: str) -> bool:
    theirs = mention.limit
    if mention.negated or mention.waived or mention.observed:
        return False
    if theirs.quantity is None and theirs.date is None:
        return ours is not None and ours.kind is theirs.kind or (theirs.word or "") in own
    if ours is None:
        return False
    if theirs.kind is LimitKind.EFFECTIVE or ours.kind is LimitKind.EFFECTIVE:
        return theirs.kind is ours.kind and theirs.date == ours.date
    if theirs.kind is not ours.kind and not mention.bare:
        return False
    if not theirs.same_amount(ours) or not _same_bound(theirs.comparison, ours.comparison):
        return False
    if theirs.anchor is None:
        return True
    return ours.anchor is not None and anchor_event(theirs.anchor) is anchor_event(ours.anchor)


_UP = {Comparison.AT_LEAST, Comparison.MORE_THAN}
_DOWN = {Comparison.AT_MOST, Comparison.LESS_THAN}


def _same_bound(theirs: Comparison | None, ours: Comparison | None) -> bool:
    if theirs in _UP:
        return ours in _UP or ours is None
    if theirs in _DOWN:
        return ours in _DOWN or ours is None
    return True


def _force_faults(view: str, clause: ClauseReading, row: Row, own: str) -> Iterator[str]:
    """Words of force and denial that the row does not have."""
    modality = row.rule.modality
    for mark in clause.marks:
        said = mark.span.of(view)
        if said in own:
            continue
        match mark.force:
            case Force.MUST if modality.value in ("shall", "must", "generally"):
                continue
            case Force.GENERALLY if modality.value == "generally":
                continue
            case Force.MAY if modality.value == "may":
                continue
            case _:
                yield f"force {said}"
    if any(t.limit.quantity is not None for t in clause.times) and row.rule.time is not None:
        within = row.rule.time.kind is LimitKind.WITHIN
        wrong = _AT_LEAST if within else _AT_MOST
        for match in wrong.finditer(view, clause.span.start, clause.span.end):
            if match[0] not in own:
                yield f"bound {match[0]}"
    left = mask(view, clause.span.start, clause.span.end,
                [(t.span.start, t.span.end) for t in clause.times])  # fmt: skip
    left = _NEEDLESS.sub("", left)
    for pattern in (_NEGATION, _EXCEPTION):
        for match in pattern.finditer(left):
            if match[0] not in own:
                yield f"denial {match[0]}"
