"""Words of a row that a clause has exchanged: 在辖区内解决 told as 在盟市一级解决.

A clause that follows a row closely differs from it, if at all, in single words. Where the
same words stand on both sides of the difference, and both words name a body, a level or a
scope, and not the same one, the text says something else than the row.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable
from itertools import pairwise

from assistant.claims import ClauseReading, SentenceReading
from assistant.findings import FindingKind
from assistant.segment import Break
from assistant.slots import Fault, Fit, Row, Slot
from index.numerals import read_numeral
from index.text import Span

__all__ = ["compare_acts", "compare_circumstances", "compare_items", "compare_words"]

# One name of a scope or body per line, with its other names; lines with the same first word
# are of one class: they answer the same question.
_NAMES = {
    "scope": """
上级
下级
同级 本级
中央 全国
自治区 全区 自治区级
盟市 盟市级 地市
旗县 旗县级 旗县(市、区) 旗县市区 县级
苏木乡镇 乡镇 街道 苏木
辖区 本辖区 本地区 区域 当地 属地 本地
本系统 系统
本单位 单位
市域
县域
""",
    "body": """
党委
政府
人大
政协
纪委
监委
政法委 政法委员会
组织部 组织部门
宣传部 宣传部门
公安局 公安机关
检察院 检察机关
法院 人民法院
司法局 司法厅 司法行政机关
国家安全机关
党组 党组(党委)
党组织
常委会 常务委员会
常务会
全体会议 全委会
机关
派出所
""",
}
_CLASS: dict[str, tuple[str, str]] = {
    name: (kind, line.split()[0])
    for kind, lines in _NAMES.items()
    for line in lines.strip().splitlines()
    for name in line.split()
}
_NAME = re.compile("|".join(sorted(map(re.escape, _CLASS), key=len, reverse=True)))
_FLANK = 2
"""So many characters must be equal on each side of an exchanged word."""


def compare_words(row: Row, clause: ClauseReading, view: str, likeness: int) -> Iterable[Slot]:
    """The bodies, levels and scopes that stand where the row has others, between at least
    ``likeness`` characters that are the row's."""
    said = clause.span.of(view)
    if not _NAME.search(said):
        return
    matcher = difflib.SequenceMatcher(None, row.quote, said, autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size >= _FLANK]
    for one, two in pairwise(blocks):
        if one.size + two.size < likeness:
            continue
        ours = row.quote[one.a + one.size : two.a]
        theirs = said[one.b + one.size : two.b]
        if not ours or not theirs or max(len(ours), len(theirs)) > 12:
            continue
        yield from _exchanged(
            row, clause, said, Span(one.a + one.size, two.a), Span(one.b + one.size, two.b)
        )


def _exchanged(
    row: Row, clause: ClauseReading, said: str, ours: Span, theirs: Span
) -> Iterable[Slot]:
    """The one name of each stretch, where they are of one class and not of the same thing."""
    mine, others = _names(row.quote, ours), _names(said, theirs)
    if len(mine) != 1 or len(others) != 1:
        return
    right, wrong = mine[0], others[0]
    (kind, name), (kind2, name2) = _CLASS[right[0]], _CLASS[wrong[0]]
    if wrong[0] in right[0] or right[0] in wrong[0]:
        return  # 党委 for 党组(党委)
    if kind == kind2 and name != name2:
        yield Slot(
            FindingKind.ACTOR, wrong[1].shift(clause.span.start), Fit.DIFFERS, Fault.NAMED,
            words=right[0],
        )  # fmt: skip


def _names(text: str, where: Span) -> list[tuple[str, Span]]:
    """The names that reach into a stretch of ``text``."""
    found = ((m[0], Span(*m.span())) for m in _NAME.finditer(text))
    return [(name, span) for name, span in found if span.overlaps(where)]


# Words of opposite sense: the one in a row, the other in a text, and the text is wrong.
_OPPOSITES = (
    ("来不及", "来得及"), ("不能召开", "能够?召开"), ("加大", "减少|缩小|降低|压减"),
    ("加强", "削弱|弱化|放松"), ("集中", "分散"), ("同时", "另行|事后再"), ("充分", "适当"),
    ("带头", "督促他人"), ("公开", "不公开|秘密"), ("主要负责", "分管|一般"), ("从严", "从宽"),
    ("事后", "事前|事中"),
)  # fmt: skip
_AFTER = re.compile(r"(?P<what>[\u4e00-\u9fff]{2})?(?P<end>[\u4e00-\u9fff]{2})(?:之|以)?后(?!续)")
_STEMS = ("结束", "完成", "确定", "形成", "审定", "开始")
_SHORT = 16
"""A clause no longer than this may be the circumstance of the one after it."""
_ASPECT = (
    r"(?:[^,。;:!?\n]{0,2}(?:开始|启动))?(?:之|以)?"
    r"(?:前(?![后往提期述款条项来去])|过程中|期间|当中|进行中)"
)


@functools.lru_cache(maxsize=1024)
def _opposites(told: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The words of a row that have an opposite, with it."""
    return tuple((ours, re.compile(theirs)) for ours, theirs in _OPPOSITES if ours in told)


@functools.lru_cache(maxsize=1024)
def _turns(told: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What a row puts after an event, with the words that put it before or within."""
    out = []
    for after in _AFTER.finditer(told):
        names = [after["end"]]
        if after["what"] and after["end"] in _STEMS:
            names.append(after["what"])  # 处置开始前 for 处置结束后
        out.append((after[0], re.compile(f"(?:{'|'.join(names)}){_ASPECT}")))
    return tuple(out)


def compare_circumstances(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """来得及请示 for 来不及请示, 处置开始前 for 处置结束后: the condition turned round."""
    start = clause.span.start
    lead = [c for c in sentence.clauses if c.span.end <= start][-1:]
    if lead and len(lead[0].span) <= _SHORT and not lead[0].times:
        start = lead[0].span.start
    said = view[start : clause.span.end]
    told = row.quote + "\n" + row.statement
    for ours, theirs in _opposites(told):
        found = theirs.search(said)
        if found is not None and ours not in said:
            span = Span(*found.span()).shift(start)
            if not sentence.is_denied(span) and found[0] not in told:
                yield Slot(FindingKind.ACTION, span, Fit.DIFFERS, Fault.NAMED, words=ours)
    for words, before in _turns(told):
        found = before.search(said)
        if found is not None and found[0] not in row.around:
            span = Span(*found.span()).shift(start)
            if not sentence.is_denied(span):
                yield Slot(FindingKind.ACTION, span, Fit.DIFFERS, Fault.NAMED, words=words)


_LISTED = re.compile(r"所列([一二三四五六七八九十]{1,3})项")
_ITEMS = re.compile(r"(?<!第)(?<![0-9])([0-9]{1,2}|[一二三四五六七八九十]{1,3})项(?![)规])")


def compare_items(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """政治督察事项七项: how many are listed, against a row that says so."""
    listed = _LISTED.search(row.statement)
    if listed is None or clause.citations:
        return
    for match in _ITEMS.finditer(view, clause.span.start, clause.span.end):
        span = Span(*match.span())
        same = read_numeral(match[1]) == read_numeral(listed[1])
        if same != sentence.is_denied(span):
            yield Slot(FindingKind.ACTION, span, Fit.AGREES)
        else:
            yield Slot(FindingKind.ACTION, span, Fit.DIFFERS, Fault.COUNT, words=f"{listed[1]}项")


_ASK = re.compile(r"请示(?!报告|件|汇报)")
_TELL = re.compile(
    r"[向给][^,。;:!?\n]{2,16}报告(?!请示)|(?<!请示)报告(?:的)?(?:事项|内容|范围)|应当?报告(?!期)"
)


def compare_acts(
    row: Row, sentence: SentenceReading, clause: ClauseReading, view: str
) -> Iterable[Slot]:
    """请示 and 报告 are two duties: which one a text speaks of, against the row's."""
    if row.act is None:
        return
    said = _act(sentence, clause, view)
    if said is None or sentence.is_denied(said[1]):
        return
    act, span = said
    lead = [c for c in sentence.clauses if c.span.end <= clause.span.start][-1:]
    about = [clause, *(c for c in lead if not (_ASK.search(c.span.of(view))))]
    matter = [g for c in about for g in c.bag.grams if not set(g) & set("请示报告")]
    if act != row.act and not any(g in row.quote for g in matter):
        return  # 前一个请示,后一个报告: of what, the clause does not say
    if act == row.act:
        yield Slot(FindingKind.ACTION, span, Fit.AGREES)
    elif clause.span.contains(span):
        yield Slot(FindingKind.ACTION, span, Fit.DIFFERS, Fault.ACT, words=row.act)
    else:
        yield Slot(FindingKind.ACTION, clause.span, Fit.DIFFERS, Fault.ACT, words=row.act)


def _act(sentence: SentenceReading, clause: ClauseReading, view: str) -> tuple[str, Span] | None:
    """请示 or 报告, whichever governs the clause: its own, else the last one before it."""
    for other in reversed(sentence.clauses):
        if other.span.start > clause.span.start:
            continue
        start, end = other.span.start, other.span.end
        ask, tell = _ASK.search(view, start, end), _TELL.search(view, start, end)
        if ask and tell:
            return None
        if other is clause and not ask and not tell and "报告" in other.span.of(view):
            return None  # of reports in another sense
        if found := ask or tell:
            word = found.end() - 2 if ask or found[0].endswith("报告") else found.start()
            return ("请示" if ask else "报告"), Span(word, word + 2)
        if other.cut >= Break.SEMICOLON:
            return None
    return None
