"""True sentences from a row's slots, in the ways people say such things.

A wording gives a :class:`~eval.mutants.markup.Draft` without the full stop. What
:mod:`eval.mutants.written` holds for a row goes first; the others follow patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from eval.mutants.markup import Draft, parse
from eval.mutants.written import ASKED, WRITTEN
from index.actors import ActorTable, Relation
from index.rules import Modality, Rule

__all__ = ["wordings"]

Named = tuple[str, Draft]
"""A wording's name, and the text."""

_MODAL = re.compile("一般应当|应当|必须|也可以|可以|可(?=在)|一般")
_LEVELS = "自治区|盟市|旗县（市、区）"
_SYNONYMS = {"应当": ("要", "应", "须", "需要"), "必须": ("须",), "可以": ("可", "有权")}

# Predicates that do not follow 由…负责 or stand before 是…的职责.
_NOT_VERBAL = re.compile(
    "的|会议|议|遇|请示重大事项|执行党中央政法工作|讨论决定|对政法工作中|对党委政法|对巡视"
    "|实行全体会议|每|在|受|监督检查工作中|为|由|将"
)
# Verbs that stand behind their object after 由: 形势由…分析研判.
_FRONTED = re.compile(
    "研究解决|统筹|研究部署|组织实施|完善|构建|改善|研究处置|落实|创新|统筹推进|推进|制定|研究制定"
    "|建立健全|建立|协调解决|预防化解|妥善处置|健全完善|组织开展|开展|加快推进|指导和协调推进"
    "|督促落实|组织协调|研究推动|移送|执行|贯彻|贯彻执行|贯彻落实|协调推动解决"
)
_SHORT = (
    ("党委政法委员会", "党委政法委"),
    ("政法单位党组（党委）", "政法单位党组"),
    ("旗县（市、区）", "旗县"),
)
_SPOKEN = (
    ("党委政法委员会", "政法委"),
    ("政法单位党组（党委）", "政法机关党组"),
    ("旗县（市、区）", "旗县区"),
    ("{l:自治区}", "{l:内蒙古}"),
)
# A member of the general actor has its duty.
_PLACED = {
    "commission": "{b:鄂尔多斯市委政法委}",
    "commission.league": "{b:{l:鄂尔多斯市}委政法委}",
    "commission.banner": "{b:{l:锡林浩特市}委政法委}",
    "committee": "{b:呼伦贝尔市委}",
    "committee.league": "{b:{l:兴安盟}委}",
    "committee.banner": "{b:{l:达拉特旗}委}",
    "group": "{b:满洲里市公安局党委}",
    "group.league": "{b:{l:包头市}公安局党委}",
    "group.banner": "{b:{l:赛罕区}人民法院党组}",
}


def wordings(rule: Rule, actors: ActorTable) -> Iterator[Named]:
    """Every wording of ``rule`` in Chinese; the statement first."""
    if rule.id in WRITTEN:
        for number, template in enumerate(WRITTEN[rule.id]):
            name = "statement" if number == 0 else "written"
            yield name, parse(template)
            if number == 0:
                yield from _abbreviated(template)
        for template in ASKED.get(rule.id, ()):
            yield "question", parse(template)
        return
    parts = _Parts.of(rule, actors)
    statement = parts.statement
    yield "statement", parse(statement)
    yield from _abbreviated(statement)
    yield from _listed(rule)
    if parts.verbal:
        yield from _patterns(rule, parts)


def _abbreviated(template: str) -> Iterator[Named]:
    for name, words in (("short-names", _SHORT), ("spoken-names", _SPOKEN)):
        changed = template
        for long, short in words:
            changed = changed.replace(long, short)
        if changed != template:
            yield name, parse(changed)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A statement taken apart: who, how binding, what; each as a template."""

    bearer: str
    modal: str
    predicate: str
    verbal: bool

    @property
    def statement(self) -> str:
        return self.bearer + self.modal + self.predicate

    @classmethod
    def of(cls, rule: Rule, actors: ActorTable) -> _Parts:
        text = rule.statement.rstrip("。")
        names = sorted({actors.name(b) for b in rule.bearers}, key=len, reverse=True)
        found = re.match(
            f"(?:各级)?(?:(?:{'|'.join(map(re.escape, names))})(?:和|、|以及)?)+", text
        )
        if found is None or not names or rule.bearers == ("regulation",):
            return cls("", "", _owed(rule, _marked_modal(text), actors), False)
        head, rest = found[0].rstrip("、和"), text[found.end() :]
        bearer = f"{{b:{_levelled(head) if len(rule.bearers) == 1 else head}}}"
        modal = _MODAL.match(rest)
        rest = _marked_modal(rest) if modal is None else rest[modal.end() :]
        verbal = not _NOT_VERBAL.match(rest) and "{m:" not in rest and len(rule.bearers) < 3
        return cls(
            bearer,
            "" if modal is None else f"{{m:{modal[0]}}}",
            _owed(rule, rest, actors),
            verbal,
        )


def _levelled(name: str) -> str:
    return re.sub(f"^({_LEVELS})", r"{l:\1}", name)


def _marked_modal(text: str) -> str:
    """The first modal word marked: not the one in 其他应当请示的重大事项."""
    return re.sub(
        "(?<!其他)(一般应当|应当|必须|也可以|可以)(?!请示的|报告的|临机)", r"{m:\1}", text, count=1
    )


_RELATIONS = {Relation.SAME: "同级", Relation.HIGHER: "上级", Relation.LOWER: "下级"}


def _owed(rule: Rule, text: str, actors: ActorTable) -> str:
    """``text`` with the recipients of the row marked where they are named as such."""
    for recipient in rule.recipients:
        name = (
            "上级党组织" if recipient.actor == "party-org.higher" else actors.name(recipient.actor)
        )
        relation = _RELATIONS[recipient.relation] if recipient.relation is not None else ""
        end = "(?!政法委|组织部|巡|书记|全体|常委)"
        words = relation + name.removeprefix(relation)
        found = re.search(rf"(?<![{{:]){re.escape(words)}{end}", text)
        if found is None and relation:
            relation, found = "", re.search(rf"(?<=[和、]){re.escape(name)}{end}", text)
        if found is None and recipient.relation is Relation.SAME:
            found = re.search(rf"(?<=[向协助]){re.escape(name)}{end}", text)
        if found is None or "{" in text[max(0, found.start() - 3) : found.end()]:
            continue
        inner = found[0].removeprefix(relation)
        mark = f"{{s:{relation}}}{inner}" if relation else _levelled(inner)
        text = f"{text[: found.start()]}{{r:{mark}}}{text[found.end() :]}"
    return text


def _patterns(rule: Rule, parts: _Parts) -> Iterator[Named]:
    """The wordings that need nothing but who, how binding and what."""
    b, m, p = parts.bearer, parts.modal, parts.predicate
    word = m.removeprefix("{m:").removesuffix("}")
    duty = rule.modality in (Modality.SHALL, Modality.MUST)
    if duty and not m:
        yield "added-modal", parse(f"{b}{{m:应当}}{p}")
    for other in _SYNONYMS.get(word, ()):
        yield "modal-synonym", parse(f"{b}{{m:{other}}}{p}")
    placed = _PLACED.get(rule.bearers[0]) if len(rule.bearers) == 1 else None
    if placed is not None and "各级" not in b and "本" not in p[:2]:
        yield "place", parse(placed + m + p)
    if not duty or "：" in p:
        return
    denied = "{y:负责|不负责|无权}"
    yield "by-whom", parse(f"{{y:由|不由|不是由}}{b}负责{p}")
    yield "who-it-is", parse(f"负责{p}的是{b}")
    yield "duty-of", parse(f"{p}，{{y:是|不是}}{b}的职责")
    yield "duties-include", parse(f"{b}的职责{{y:包括|不包括}}{p}")
    yield "object-of-duty", parse(f"{b}{denied}{p}")
    asked = parse(p).text  # a question asserts nothing
    yield "question", parse(f"问：哪个单位负责{asked}？\n答：{b}")
    yield from _fronted(rule, b)


def _fronted(rule: Rule, bearer: str) -> Iterator[Named]:
    """社会稳定形势由…分析研判."""
    thing = rule.object
    if (
        thing is not None
        and _FRONTED.fullmatch(rule.action)
        and not rule.recipients
        and rule.time is None
        and thing[0] not in "对以同“从"
    ):
        said = thing.replace(",", "，").replace("(", "（").replace(")", "）")
        yield "object-first", parse(f"{said}由{bearer}{rule.action}")


_ORDER = {25: "请示", 26: "报告", 27: "请示", 28: "报告"}
_MATTERS = {40: "政治督察", 42: "纪律作风督查巡查"}


def _listed(rule: Rule) -> Iterator[Named]:
    """The items of the lists: what is asked, reported, inspected."""
    article = rule.provision.article
    if rule.provision.item is None or rule.object is None:
        return
    thing = rule.object.replace(",", "，").replace("(", "（").replace(")", "）")
    if article in _MATTERS:
        work = _MATTERS[article]
        yield "list-includes", parse(f"{work}事项主要{{y:包括|不包括}}{thing}")
        yield "list-member", parse(f"{thing}{{y:属于|不属于}}{work}的事项")
        yield "list-whose", parse(f"{{b:党委政法委员会}}的{work}，内容{{y:包括|不包括}}{thing}")
    if article not in _ORDER:
        return
    verb = _ORDER[article]
    pairs = (
        (("{b:党委政法委员会和政法单位党组（党委）}", "{r:{s:同级}党委}"),
         ("{b:党委政法委员会}", "{r:{s:同级}党委}"),
         ("{b:政法单位党组（党委）}", "{r:{s:同级}党委}"),
         ("{b:赛罕区公安分局党委}", "{r:{s:同级}党委}"))
        if article < 27
        else (("{b:政法单位党组（党委）}", "{r:{s:同级}党委政法委员会}"),
              ("{b:下级党委政法委员会}", "{r:{s:上级}党委政法委员会}"),
              ("{b:盟市中级人民法院党组}", "{r:{s:同级}党委政法委}"))
    )  # fmt: skip
    for bearer, recipient in pairs:
        yield "list-colon", parse(f"{bearer}{{m:应当}}向{recipient}{verb}：{thing}")
        yield "list-whose", parse(f"{bearer}向{recipient}{verb}的事项{{y:包括|不包括}}{thing}")
        if "，" not in thing:
            yield "list-about", parse(f"{bearer}{{m:应当}}就{thing}向{recipient}{verb}")
            yield "list-fronted", parse(f"{thing}，{bearer}{{m:应当}}向{recipient}{verb}")
