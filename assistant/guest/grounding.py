"""Every word, name and number of a sentence must stand in the provisions that it cites.

What the checker has no eye for (a telephone number, a name, an order to the reader) is told
by this alone: it brings words along that the provisions do not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.claims import ClauseReading, Reading
from assistant.grams import mask, read_bag
from assistant.knowledge import Knowledge
from assistant.segment import make_view
from index.regulation import ProvisionId
from index.text import Span

__all__ = ["Vocabulary", "Wordlists"]

# What a sentence may say of its own, whatever it cites.
_ALLOWED = """职责 责任 义务 任务 情况 方面 内容 包括 进行 开展 相关 有关 上述 此项 工作 要求
负责 做到 需要 一项 下列 事项 作出 制度 分别 主要 方式 规定 明确 是指 之一 具体 如下 按照 依照
根据 对此 其中 以及 此外 同时 另外 必须 应当 由其 该项 这项 一次 次数 频次 周期 期限 时限 时间
时点 方法 对象 主体 单位 机关 部门 组织 及时 定期 过程 期间 当中 会上 情形 时候 以便 为了 从而
例如 比如 包含 涉及 属于 适用 分别 依次 同样 还应 还需 还要 并且 而且 不同 对应 来说 而言"""
_ALLOWED_EN = """duty responsible responsibility matter matters include includes including carry
carries carried following relevant addition make makes made given also applies apply limit
period frequency task such other general specific namely means mean certain basis
accordance accordingly furthermore moreover"""
_NUMERAL = re.compile(
    r"[0-9]+(?:\.[0-9]+)?|[〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟半]+"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty|sixty|ninety|hundred|half|quarter|dozen|once|twice|thrice|both|double|triple)\b"
)
_UNIT = re.compile(
    r"分钟|小时|钟头|工作日|自然日|星期|礼拜|季度|个月|半年|周年|"
    r"\b(?:[a-z]+ )?(?:minute|hour|day|week|fortnight|month|quarter|year|decade)s?\b"
)
"""A unit of time where no limit was read."""
_EVENT = re.compile(
    r"(?P<zh>[\u4e00-\u9fff]{2})(?:之|以)?后"
    r"|\b(?:after|following|upon|since|once|before)\b(?P<en>(?: [a-z'-]+){1,5})"
)
"""启动后, after it is launched: what a limit is counted from, where no limit was read."""
_BODY: Final = frozenset("部厅局委办处科院会组长任署司府")
"""An unknown word that ends so is the name of a body, which is no detail."""
_FEW: Final = 1
"""Features that a Chinese clause may have beyond its provisions' words,"""
_SHARE, _SHARE_EN = 0.2, 0.3
"""or this share of them."""
_NOWHERE: Final = "\0"
"""Stands in no text: a number that nothing follows is refused."""


class Wordlists:
    """The words of each provision, read once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._known = frozenset(read_bag(make_view(_ALLOWED)).grams) | frozenset(
            read_bag(_ALLOWED_EN).grams
        )
        self._texts: dict[ProvisionId, str] = {}
        self._features: dict[ProvisionId, frozenset[str]] = {}

    def of(self, cited: Sequence[ProvisionId]) -> Vocabulary:
        """The words of these provisions together."""
        for provision in cited:
            if provision not in self._features:
                text = self._texts[provision] = self._read(provision)
                self._features[provision] = frozenset(read_bag(text).grams)
        return Vocabulary(
            "\n".join(self._texts[p] for p in cited),
            self._known.union(*(self._features[p] for p in cited)),
        )

    def _read(self, provision: ProvisionId) -> str:
        """All that stands in a provision and its rows, as the checker reads it."""
        parts: list[str | None] = [self._knowledge.regulation.text_of(provision)]
        for rule in self._knowledge.rules.of(provision):
            parts += [rule.statement, rule.statement_en, rule.quote, *rule.topics, *rule.topics_en]
            parts += [rule.condition, rule.event, rule.event_en, rule.note, rule.note_en]
        return make_view("\n".join(filter(None, parts)))


class Vocabulary:
    """What the provisions of one sentence say."""

    def __init__(self, text: str, features: frozenset[str]) -> None:
        self._text = text
        self._features = features

    def lacks(self, reading: Reading, clause: ClauseReading) -> str | None:
        """A word, number or quotation of the clause that the provisions do not have."""
        left = mask(reading.view, 0, len(reading.view), list(_compared(reading)))
        bag = read_bag(left[clause.span.start : clause.span.end])
        strange = [g for piece in bag.pieces for g in self._uncovered(piece)]
        if self._too_many(strange, sum(map(len, bag.pieces)), reading.english):
            return " ".join(strange[:6])
        for forms in self._details(left, clause.span):
            if not any(said in self._text for said in forms):
                return forms[0].strip(_NOWHERE)
        for quote in clause.quotes:
            said = quote.span.of(reading.view)
            if _tight(said) not in _tight(self._text):
                return said
        return None

    @staticmethod
    def _too_many(strange: Sequence[str], count: int, english: bool) -> bool:
        if any(gram[0] in _BODY for gram in strange):
            return True
        few, share = (0, _SHARE_EN) if english else (_FEW, _SHARE)
        return len(strange) > few and len(strange) > share * count

    def _uncovered(self, piece: Sequence[str]) -> Iterator[str]:
        """The features of a run whose first character no known feature covers."""
        covered = False
        for gram in piece:
            here = gram in self._features
            if not (here or covered):
                yield gram
            covered = here

    def _details(self, left: str, span: Span) -> Iterator[tuple[str, ...]]:
        """Numbers, units and events that no limit holds, in the forms of which the provisions
        must have one: with what stands before it or after."""
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
            happened = match["zh"] == "事件" and "发生" in left[span.start : match.start()]
            if happened or match["zh"] == "发生":
                yield ("发生",)
            elif match["zh"]:
                yield (f"{match['zh'][-1]}后",)
            else:
                yield from ((w,) for w in read_bag(match["en"]).grams if w not in self._features)


def _compared(reading: Reading) -> Iterator[tuple[int, int]]:
    """What is compared elsewhere as a limit, an actor, a citation or a word of force. A
    citation may reach over the comma that ends its clause: Article 12, paragraph 1."""
    for sentence in reading.sentences:
        for clause in sentence.clauses:
            spans = [p.span for p in clause.parties if p.mention is not None]
            spans += [s for t in clause.times for s in (t.span, t.count, t.anchor) if s is not None]
            spans += [c.citation.span for c in clause.citations]
            spans += [m.span for m in clause.marks]
            yield from ((span.start, span.end) for span in spans)


def _tight(text: str) -> str:
    return re.sub(r"[\s,，、;；:：]", "", text)
