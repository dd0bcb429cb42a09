"""One slot made wrong: each operator takes a true text and gives false ones.

An operator yields :class:`Change`: where, and what stands there instead. It asks
:class:`~eval.mutants.facts.Facts` before it makes anything, so that what it makes is
false by the table; which of several wrong words it takes is decided by ``turn``,
a number that the text's name gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from eval.mutants.facts import Facts
from eval.mutants.markup import Draft, Mark, Slot
from index.actors import Level, Relation
from index.numerals import numeral, read_numeral
from index.quantities import Unit, measure
from index.rules import Modality, Rule
from index.text import Script, Span, convert

__all__ = ["OPERATORS", "Change", "Subject"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A true text, its row, and how it is written."""

    rule: Rule
    draft: Draft
    lang: str
    """zh-Hans, zh-Hant or en."""
    turn: int
    """Decides among wrong words of equal right."""

    def said(self, span: Span) -> str:
        """The words at ``span``, in simplified script."""
        return convert(span.of(self.draft.text), Script.SIMPLIFIED)

    def marks(self, *slots: Slot) -> Iterator[Mark]:
        """The marks of these slots."""
        return (m for m in self.draft.marks if m.slot in slots)

    def pick(self, words: tuple[str, ...] | list[str], by: int = 0) -> str | None:
        """One of ``words`` by ``turn``; None when there is none."""
        return words[(self.turn + by) % len(words)] if words else None


@dataclass(frozen=True, slots=True)
class Change:
    """``span`` of the true text gives way to ``words``; ``wrong`` is then at fault."""

    span: Span
    words: str
    wrong: Span
    """In the changed text: ``words``, or for a dropped character its neighbours."""


Operator = Callable[[Subject, Facts], Iterator[Change]]


def _put(subject: Subject, span: Span, words: str | None) -> Iterator[Change]:
    """``words``, given in simplified script, for ``span``."""
    if words is None:
        return
    if subject.lang == Script.TRADITIONAL:
        words = convert(words, Script.TRADITIONAL)
    if words != span.of(subject.draft.text):
        yield Change(span, words, Span(span.start, span.start + len(words)))


def _others(subject: Subject, mark: Mark) -> Iterator[Change]:
    yield from _put(subject, mark.span, subject.pick(mark.others))


# Time

_UNITS: dict[str, Unit] = {
    "小时": Unit.HOUR, "个小时": Unit.HOUR, "个钟头": Unit.HOUR, "分钟": Unit.MINUTE,
    "天": Unit.DAY, "日": Unit.DAY, "个工作日": Unit.WORKDAY, "周": Unit.WEEK,
    "个星期": Unit.WEEK, "个月": Unit.MONTH, "年": Unit.YEAR,
    "hour": Unit.HOUR, "hours": Unit.HOUR, "minutes": Unit.MINUTE, "days": Unit.DAY,
    "working days": Unit.WORKDAY, "week": Unit.WEEK, "weeks": Unit.WEEK,
    "month": Unit.MONTH, "months": Unit.MONTH, "years": Unit.YEAR,
}  # fmt: skip
_PERIODS: dict[str, Unit] = {
    "每周": Unit.WEEK, "每月": Unit.MONTH, "每个月": Unit.MONTH, "每季度": Unit.QUARTER,
    "每个季度": Unit.QUARTER, "每半年": Unit.HALF_YEAR, "每年": Unit.YEAR,
    "a week": Unit.WEEK, "a month": Unit.MONTH, "a quarter": Unit.QUARTER, "a year": Unit.YEAR,
    "every week": Unit.WEEK, "every month": Unit.MONTH, "every quarter": Unit.QUARTER,
    "every half-year": Unit.HALF_YEAR, "every year": Unit.YEAR,
}  # fmt: skip
_NUMBERS_EN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ENGLISH_NUMBERS = {**{w: n for n, w in enumerate(_NUMBERS_EN, 1)}, "twenty": 20}
_TIMES_EN = {"once": ("twice", "three times"), "one": ("two", "three")}


def number(subject: Subject, facts: Facts) -> Iterator[Change]:
    """1小时 → 2小时; of a date, day, month or year."""
    del facts
    for mark in subject.marks(Slot.NUMBER):
        if mark.others:
            yield from _others(subject, mark)
            continue
        said = subject.said(mark.span)
        value = _value(said)
        wrong = [value * 2, value + 1, value * 3, *([value - 1] if value > 1 else []), value + 9]
        for by in range(2):
            other = wrong[(subject.turn + by) % len(wrong)]
            yield from _put(subject, mark.span, _written(other, said))
    for mark in subject.marks(Slot.TIMES):
        said = subject.said(mark.span)
        if said in _TIMES_EN:
            yield from _put(subject, mark.span, subject.pick(_TIMES_EN[said]))
        else:
            words = ("两", "三") if said == "一" else tuple(_like(n, said) for n in ("2", "3", "4"))
            yield from _put(subject, mark.span, subject.pick(words))


def _value(said: str) -> int:
    if said in _ENGLISH_NUMBERS:
        return _ENGLISH_NUMBERS[said]
    return read_numeral(said)


def _written(value: int, like: str) -> str:
    """``value`` in the manner of ``like``: digits, 二十, English words."""
    if like in _ENGLISH_NUMBERS:
        return _NUMBERS_EN[value - 1] if value <= len(_NUMBERS_EN) else str(value)
    if like.isdecimal():
        return _like(str(value), like)
    return "两" if value == 2 else numeral(value)


def _like(digits: str, model: str) -> str:
    wide = not model.isascii()
    return "".join(chr(ord(d) + 0xFEE0) for d in digits) if wide else digits


def unit(subject: Subject, facts: Facts) -> Iterator[Change]:
    """20个工作日 → 20天, 每季度 → 每年; never an equal quantity."""
    del facts
    for mark in subject.marks(Slot.UNIT):
        if mark.others:
            yield from _others(subject, mark)
            continue
        said = subject.said(mark.span)
        yield from _put(subject, mark.span, subject.pick(_other_units(said)))
        yield from _put(subject, mark.span, subject.pick(_other_units(said), by=1))
    for mark in subject.marks(Slot.PERIOD):
        said = subject.said(mark.span)
        kind = said.split(" ")[0] if subject.lang == "en" else "每"
        words = [
            w for w, u in _PERIODS.items() if w.startswith(kind) and _length(u) != _length(_PERIODS[said])
        ]
        yield from _put(subject, mark.span, subject.pick(words))
        yield from _put(subject, mark.span, subject.pick(words, by=1))


def _length(unit: Unit) -> tuple[str, int | Fraction]:
    return measure(1, unit)


def _other_units(said: str) -> list[str]:
    mine = _UNITS[said]
    english = said.isascii()
    plural = said.endswith("s")
    return [
        word
        for word, other in _UNITS.items()
        if _length(other) != _length(mine)
        and word.isascii() == english
        and (not english or word.endswith("s") == plural)
        and word not in ("日", "个钟头", "个星期")
    ]


_COMPARISONS = {
    "内": ("后",), "之内": ("之后",), "以内": ("以后", "以上"), "以上": ("以内", "以下"),
    "至少": ("至多", "最多"), "起码": ("最多",), "不少于": ("不超过", "不多于"),
    "不得少于": ("不得超过", "不得多于"), "不得超过": ("不得少于",), "不超过": ("不少于",),
    "最晚不能超过": ("最早不能早于",), "满": ("未满", "不满"),
    "at least": ("at most", "no more than"), "within": ("after",),
    "no later than": ("no earlier than",),
}  # fmt: skip


def comparison(subject: Subject, facts: Facts) -> Iterator[Change]:
    """以上 → 以内, 至少 → 至多."""
    del facts
    for mark in subject.marks(Slot.COMPARISON):
        said = subject.said(mark.span)
        yield from _put(subject, mark.span, subject.pick(mark.others or _COMPARISONS[said]))


_ANCHORS = {
    "事发后": ("接报后", "处置结束后", "得知后", "核实后"),
    "发生后": ("处置结束后", "上报后"),
    "事件发生后": ("处置结束后", "接到报告后"),
    "事件发生": ("处置结束", "接到报告"),
    "结束后": ("开始后", "启动后", "收到反馈意见后"),
    "结束之后": ("开始之后", "启动之后"),
    "收到反馈意见后": ("监督检查结束后", "报告形成后", "整改完成后"),
    "收到反馈意见之日": ("监督检查结束之日", "报告形成之日"),
    "its occurrence": ("receiving the report", "the end of its handling"),
    "it occurs": ("it is verified", "its handling ends"),
    "the work ends": ("the work begins", "the feedback is received"),
    "the end of the inspection": ("the start of the inspection",),
    "receiving the feedback": ("the end of the inspection",),
}


def anchor(subject: Subject, facts: Facts) -> Iterator[Change]:
    """事发后 → 接报后: counted from another event."""
    del facts
    for mark in subject.marks(Slot.ANCHOR):
        said = subject.said(mark.span)
        yield from _put(subject, mark.span, subject.pick(mark.others or _ANCHORS[said]))


_HASTE = {
    "及时": ("在24小时内", "在3日内", "在5个工作日内"),
    "立即": ("在2小时内", "在24小时内"),
    "第一时间": ("在3小时内", "在24小时内"),
    "定期": ("每月", "每年"),
}


def haste(subject: Subject, facts: Facts) -> Iterator[Change]:
    """及时 → 在24小时内: a number where the text has none."""
    del facts
    for mark in subject.marks(Slot.HASTE):
        yield from _put(
            subject, mark.span, subject.pick(_HASTE.get(subject.said(mark.span), ()))
        )


# Parties

_BODIES: dict[str, tuple[str, str]] = {
    "government": ("人民政府", "people's government"),
    "discipline-inspection": ("纪委", "discipline inspection commission"),
    "congress": ("人大常委会", "people's congress"),
    "organisation-dept": ("党委组织部", "organisation department of the Party committee"),
    "propaganda-dept": ("党委宣传部", "publicity department of the Party committee"),
    "committee": ("党委", "Party committee"),
    "commission": ("党委政法委员会", "political and legal affairs commission"),
    "group": (
        "政法单位党组（党委）",
        "leading Party group (Party committee) of a political and legal organ",
    ),
}
_OFFICES = {
    "government.head": "人民政府主要负责同志",
    "court-president": "人民法院院长",
    "member.commission": "党委政法委员会委员",
    "organisation-dept": "党委组织部负责同志",
}
_PREFIX = re.compile(
    "各级|事发地|同级|上级|下级|内蒙古自治区|自治区|盟市|旗县（市、区）|旗县区|旗县"
    "|[^党委]{2,6}?[市盟旗县区](?=委|公安|人民)"
)
_LEVEL_NAMES = {
    Level.REGION: ("自治区", "regional"),
    Level.LEAGUE: ("盟市", "league/city"),
    Level.BANNER: ("旗县（市、区）", "banner/county"),
}
_PLACES = {
    Level.LEAGUE: ("鄂尔多斯市", "呼伦贝尔市", "通辽市"),
    Level.BANNER: ("赛罕区", "达拉特旗", "锡林浩特市"),
}
# 盟市委 but 兴安盟委; a police Party committee of a league is no matter
_ORDERS = frozenset({25, 26, 27, 28})


def bearer(subject: Subject, facts: Facts) -> Iterator[Change]:
    """党委政法委员会应当… → 人民政府应当…"""
    rule, actors = subject.rule, facts.knowledge.actors
    for mark in subject.marks(Slot.BEARER):
        if mark.others:
            yield from _others(subject, mark)
            continue
        kinds = {str(actors.get(b).kind) for b in rule.bearers}
        if kinds & {"persons", "text"}:
            continue
        said = subject.said(mark.span)
        offices = "office" in kinds
        if offices and subject.lang == "en":
            continue
        words: list[str] = []
        for actor in _OFFICES if offices else _BODIES:
            if not facts.free_bearer(rule, actor):
                continue
            if actor in ("group", "committee", "commission") and not _may_swap(rule, actor):
                continue
            words.append(
                _english_body(said, actor)
                if subject.lang == "en"
                else _prefix(said) + (_OFFICES[actor] if offices else _BODIES[actor][0])
            )
        for by in range(2):
            yield from _put(subject, mark.span, subject.pick(words, by))


def _may_swap(rule: Rule, actor: str) -> bool:
    """Whether a body of the regulation itself may be named: not among the long lists of
    24 to 28, where nearly everybody reports nearly everything, and not an organ's own group."""
    article = rule.provision.article
    organs = any(b == "organ" or b.startswith("organ.") for b in rule.bearers)
    return article not in _ORDERS | {24, 29, 30} and not (actor == "group" and organs)


def _prefix(said: str) -> str:
    found = _PREFIX.match(said)
    return found[0] if found is not None else ""


def _english_body(said: str, actor: str) -> str:
    """``actor`` in the number, case and level of ``said``."""
    name = _BODIES[actor][1]
    level = next((en for _, en in _LEVEL_NAMES.values() if en in said), "")
    plural = said.split(" ")[0] in ("Political", "political", "Party") and "ommissions" in said
    plural = plural or said.startswith("Party committees")
    if plural:
        head, of, tail = name.partition(" of ")
        words = f"{head}s{of}{tail}"
    else:
        article = "the" if said[:1] in "Tt" else "a"
        words = f"{article} {level + ' ' if level else ''}{name}"
        words = re.sub(r"^a (?=[aeio])", "an ", words)
    return words[0].upper() + words[1:] if said[0].isupper() else words


_RELATIONS = {"同级": Relation.SAME, "上级": Relation.HIGHER, "下级": Relation.LOWER}


def recipient(subject: Subject, facts: Facts) -> Iterator[Change]:
    """向同级党委报告 → 向同级人民政府报告."""
    for mark in subject.marks(Slot.RECIPIENT):
        if mark.others:
            yield from _others(subject, mark)
            continue
        said = subject.said(mark.span)
        if subject.lang == "en":
            bodies = [
                _BODIES[a][1]
                for a in ("government", "discipline-inspection", "congress")
                if facts.free_recipient(subject.rule, a, None)
            ]
            if "'s " in said:
                bodies = [f"{said.split(chr(39))[0]}'s {b}" for b in bodies]
            yield from _put(subject, mark.span, subject.pick(bodies))
            continue
        prefix = _prefix(said)
        relation = _RELATIONS.get(prefix)
        words = [
            prefix + name
            for actor, (name, _) in _BODIES.items()
            if facts.free_recipient(subject.rule, actor, relation)
            and (
                actor not in ("committee", "commission", "group")
                or subject.rule.provision.article not in _ORDERS | {24, 29, 38}
            )
            and actor != "propaganda-dept"
        ]
        yield from _put(subject, mark.span, subject.pick(words))


def relation(subject: Subject, facts: Facts) -> Iterator[Change]:
    """同级 → 上级."""
    for mark in subject.marks(Slot.RELATION):
        if mark.others:
            yield from _others(subject, mark)
            continue
        said = subject.said(mark.span)
        rule = subject.rule
        names = {"同级": "same", "上级": "higher", "下级": "lower"}
        orders = rule.provision.article in _ORDERS
        words: list[str] = []
        for name, kind in _RELATIONS.items():
            # what is owed to a higher level is often owed to the next as well
            if name == said or (orders and kind is not Relation.LOWER):
                continue
            if not facts.free_relation(rule, kind):
                continue
            words.append(name)
        if subject.lang == "en":
            tail = "-level" if said.endswith("-level") else ""
            words = [w for w in (names[n] + tail for n in words) if w != said]
        yield from _put(subject, mark.span, subject.pick(words))


def level(subject: Subject, facts: Facts) -> Iterator[Change]:
    """盟市党委政法委员会 → 旗县（市、区）党委政法委员会."""
    rule, actors = subject.rule, facts.knowledge.actors
    bearers = list(subject.marks(Slot.BEARER))
    for mark in subject.marks(Slot.LEVEL):
        if mark.others:
            yield from _others(subject, mark)
            continue
        said = subject.said(mark.span)
        own = any(b.span.contains(mark.span) for b in bearers)
        english = subject.lang == "en"
        mine = _level_of(said)
        words: list[str] = []
        for other, names in _LEVEL_NAMES.items():
            if other is mine:
                continue
            if own and not facts.free_level(rule, other):
                continue
            if english:
                words.append(names[1] if said != "autonomous region" else names[1].split("/")[0])
            elif _is_place(said):
                words += _PLACES.get(other, ())
            else:
                words.append("旗县" if names[0][:2] == "旗县" and "旗县" == said[:2] else names[0])
        if own and not any(actors.get(b).level is not None for b in rule.bearers):
            continue
        yield from _put(subject, mark.span, subject.pick(words))


def _level_of(said: str) -> Level | None:
    for found, places in _PLACES.items():
        if said in places:
            return found
    if said in ("兴安盟", "包头市"):
        return Level.LEAGUE
    if said in ("满洲里市",):
        return Level.BANNER
    if said in ("autonomous region", "内蒙古"):
        return Level.REGION
    if said.startswith(("旗县", "banner")):
        return Level.BANNER
    if said.startswith(("盟市", "league")):
        return Level.LEAGUE
    return Level.REGION if said in ("自治区", "regional") else None


def _is_place(said: str) -> bool:
    return said[-1] in "市盟旗区" and said not in ("盟市", "旗县区", "自治区")


# Force

_WEAKER = {
    "应当": ("可以", "可"), "要": ("可以",), "应": ("可以", "可"), "须": ("可以",),
    "需要": ("可以",), "必须": ("可以",), "一般应当": ("可以",), "shall": ("may",), "must": ("may",),
}  # fmt: skip
_STRONGER = {
    "可以": ("必须", "应当"), "可": ("必须", "应当"), "也可以": ("必须", "应当"),
    "有权": ("必须", "应当"), "may": ("must", "shall"),
}  # fmt: skip
_DENIED = {
    "应当": ("不得", "无需", "不应当", "不必"), "要": ("不要", "不用"), "应": ("不应", "无需"),
    "须": ("无须", "不得"), "需要": ("不需要",), "必须": ("不必", "无需", "不得"),
    "可以": ("不得", "不可以"), "可": ("不得", "不可"), "也可以": ("不得", "也不得"),
    "有权": ("无权",), "一般应当": ("不得", "无需"),
    "shall": ("shall not", "need not"), "must": ("must not", "need not"),
    "may": ("may not", "must not"),
}  # fmt: skip


def modality(subject: Subject, facts: Facts) -> Iterator[Change]:
    """应当 → 可以; of a power, 可以 → 必须."""
    may = subject.rule.modality is Modality.MAY
    if not facts.free_modality(subject.rule):
        return
    for mark in subject.marks(Slot.MODALITY):
        words = (_STRONGER if may else _WEAKER).get(subject.said(mark.span), ())
        yield from _put(subject, mark.span, subject.pick(words))


def polarity(subject: Subject, facts: Facts) -> Iterator[Change]:
    """应当 → 不得, 负责 → 不负责, 不变 → 改变."""
    del facts
    for mark in subject.marks(Slot.POLARITY):
        yield from _others(subject, mark)
    for mark in subject.marks(Slot.MODALITY):
        words = _DENIED.get(subject.said(mark.span), ())
        yield from _put(subject, mark.span, subject.pick(words))


# Citations


def article(subject: Subject, facts: Facts) -> Iterator[Change]:
    """第三十条 → 第三十一条, and articles that do not exist."""
    mark = subject.draft.only(Slot.ARTICLE)
    if mark is None:
        return
    regulation, rule = facts.knowledge.regulation, subject.rule
    mine, last = rule.provision.article, len(regulation.articles)
    near = (mine + 1, mine - 1, mine + 10, mine - 10, mine * 2, last + 1 + mine % 30, mine + 2)
    wrong = [
        n
        for n in near
        if n > 0
        and n != mine
        and facts.free_provision(rule, replace(rule.provision.of_article, article=n))
    ]
    for by in range(2):
        if wrong:
            n = wrong[(subject.turn + by) % len(wrong)]
            yield from _put(subject, mark.span, _renumbered(subject, mark, n))


def paragraph(subject: Subject, facts: Facts) -> Iterator[Change]:
    """第一款 → 第二款: another, or one that does not exist."""
    mark = subject.draft.only(Slot.PARAGRAPH)
    if mark is None:
        return
    rule = subject.rule
    wrong = [
        n
        for n in range(1, 6)
        if n != rule.provision.paragraph
        and facts.free_provision(rule, replace(rule.provision, paragraph=n, item=None))
    ]
    if wrong:
        n = wrong[subject.turn % len(wrong)]
        yield from _put(subject, mark.span, _renumbered(subject, mark, n))


def item(subject: Subject, facts: Facts) -> Iterator[Change]:
    """第（三）项 → 第（四）项."""
    mark = subject.draft.only(Slot.ITEM)
    if mark is None:
        return
    rule = subject.rule
    wrong = [
        n
        for n in range(1, 13)
        if n != rule.provision.item and facts.free_provision(rule, replace(rule.provision, item=n))
    ]
    for by in range(2):
        if wrong:
            n = wrong[(subject.turn + by * 3) % len(wrong)]
            yield from _put(subject, mark.span, _renumbered(subject, mark, n))


_NUMERAL = re.compile("[0-9０-９一二三四五六七八九十百]+")


def _renumbered(subject: Subject, mark: Mark, n: int) -> str:
    said = subject.said(mark.span)
    found = _NUMERAL.search(said)
    assert found is not None, said
    words = numeral(n) if not found[0].isdecimal() else _like(str(n), found[0])
    return said[: found.start()] + words + said[found.end() :]


# Quotations

_SLIPS = {
    wrong[0]: wrong[1]
    for wrong in (
        "应须 当该 必务 须需 可能 以已 向对 对向 和与 及与 后前 前后 上下 下上 内外 外内 级层 同各 大重"
        " 重大 要需 不未 或和 者及 年月 月年 日月 周月 每各 的之 领引 导领 建创 立设 制定 完改 作务 实落"
        " 党政 政党 研调 究查 分解 报汇 告报 请申 示求 督监 查检 机体 构关 强大 推促 进动"
    ).split()
}


def quote(subject: Subject, facts: Facts) -> Iterator[Change]:
    """One character of a quotation dropped, replaced, or changed with the next."""
    mark = subject.draft.only(Slot.QUOTE)
    if mark is None:
        return
    text = mark.span.of(subject.draft.text)
    inner = [
        i
        for i in range(1, len(text) - 2)
        if all("\u4e00" <= c <= "\u9fff" for c in text[i - 1 : i + 2])
    ]
    for kind, slip in enumerate((_dropped, _replaced, _swapped)):
        for by in range(len(inner)):
            at = inner[(subject.turn * 7 + kind * 5 + by * 3) % len(inner)]
            made = slip(text, at)
            if made is None:
                continue
            words = made[0] + text[made[1] :]
            if not facts.verbatim(convert(words, Script.SIMPLIFIED)):
                if subject.lang == Script.TRADITIONAL:
                    words = convert(words, Script.TRADITIONAL)
                yield Change(mark.span, words, made[2].shift(mark.span.start))
                break


Slip = tuple[str, int, Span]
"""The text up to and with the slip, where the rest goes on, and the slip in the new text."""


def _dropped(text: str, at: int) -> Slip | None:
    return text[:at], at + 1, Span(at - 1, at + 1)


def _replaced(text: str, at: int) -> Slip | None:
    other = _SLIPS.get(convert(text[at], Script.SIMPLIFIED))
    if other is None:
        return None
    return text[:at] + other, at + 1, Span(at, at + 1)


def _swapped(text: str, at: int) -> Slip | None:
    if text[at] == text[at + 1]:
        return None
    return text[:at] + text[at + 1] + text[at], at + 2, Span(at, at + 2)


OPERATORS: dict[str, Operator] = {
    "number": number,
    "unit": unit,
    "comparison": comparison,
    "anchor": anchor,
    "haste": haste,
    "bearer": bearer,
    "recipient": recipient,
    "relation": relation,
    "level": level,
    "modality": modality,
    "polarity": polarity,
    "article": article,
    "paragraph": paragraph,
    "item": item,
    "quote": quote,
}
"""By name, as the issue lists them."""
