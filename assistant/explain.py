"""Right words and one plain sentence for each finding, in the language of the text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.conduct import Elapsed
from assistant.slots import Fault, Slot
from index.actors import ActorTable, Relation
from index.citation import format_citation
from index.limits import LimitKind, TimeLimit
from index.quantities import Unit
from index.regulation import ProvisionId, Regulation
from index.rules import Modality, PreambleFact, Rule
from index.text import Script, convert

__all__ = ["Voice"]

_RELATION = {Relation.SAME: "同级", Relation.HIGHER: "上级", Relation.LOWER: "下级"}
_RELATION_EN = {
    Relation.SAME: "same-level",
    Relation.HIGHER: "higher-level",
    Relation.LOWER: "lower-level",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """Writes in one language: ``zh-Hans``, ``zh-Hant`` or ``en``."""

    lang: str
    regulation: Regulation
    actors: ActorTable

    @property
    def english(self) -> bool:
        return self.lang == "en"

    def script(self, chinese: str) -> str:
        """Simplified words in the script of the text."""
        return convert(chinese, Script.TRADITIONAL) if self.lang == "zh-Hant" else chinese

    def cite(self, provision: ProvisionId, *, short: bool = True) -> str:
        """The citation of a provision; 第一款 goes where the article has but one."""
        return format_citation(provision, lang=self.lang, regulation=self.regulation, short=short)

    def limit(self, limit: TimeLimit) -> str:
        """A whole limit in words."""
        return limit.format(self.lang)

    def actor(self, id: str, relation: Relation | None = None) -> str:
        """An actor's name, with 同级 and the like."""
        name = self.actors.name(id, self.lang)
        if relation is None or name.startswith(self.script(_RELATION[relation])):
            return name
        if self.english:
            return f"{_RELATION_EN[relation]} {name}"
        return self.script(_RELATION[relation]) + name

    def actor_list(self, slot: Slot) -> str:
        """The right actors of a slot."""
        names = [self.actor(a, r) for a, r in slot.actors]
        return (", " if self.english else "、").join(dict.fromkeys(names))

    # ── expected ────────────────────────────────────────────────────────────────────────

    def expected(self, slot: Slot, rule: Rule) -> str | None:
        """The right words for a slot that differs."""
        if slot.words is not None:
            return self.script(slot.words)
        if slot.actors:
            return self.actor_list(slot)
        if slot.limit is not None:
            return self._amount(slot.limit, slot.fault)
        if self.english:
            return _MODAL_EN.get(rule.modality, rule.statement_en)
        words = _MODAL[rule.modality] + rule.action
        return self.script(words)

    def _amount(self, limit: TimeLimit, fault: Fault | None) -> str:
        if limit.date is not None:
            if self.english:
                return f"{limit.date.day} {limit.date:%B} {limit.date.year}"
            return f"{limit.date.year}年{limit.date.month}月{limit.date.day}日"
        if fault is Fault.COUNT and limit.times is not None and not self.english:
            return f"{limit.times}次"
        if fault is Fault.AMOUNT and limit.kind is LimitKind.FREQUENCY and not self.english:
            return replace(limit, times=None, comparison=None).format(self.lang)
        if fault in (Fault.AMOUNT, Fault.DENIED, Fault.WORD):
            return self.limit(replace(limit, anchor=None))
        return self.limit(limit)

    # ── one sentence ────────────────────────────────────────────────────────────────────

    def fault(self, slot: Slot, rule: Rule, said: str) -> str:
        """What the provision says, and how the text differs."""
        where = self.cite(rule.provision)
        right = self.expected(slot, rule) or ""
        if slot.limit is not None and slot.fault is not Fault.ANCHOR:
            right = self.limit(slot.limit) if slot.limit.date is None else right
        if self.english:
            return self._fault_english(slot, rule, said, where, right)
        said = said.strip()
        match slot.fault:
            case Fault.AMOUNT | Fault.COUNT | Fault.COMPARISON | Fault.WORD | Fault.ACT:
                text = f"规定的是{right}，不是{said}"
            case Fault.CONDUCT:
                text = f"规定的是{right}，这里（{said}{self._told(slot)}）与所说的不符"
            case Fault.ANCHOR:
                text = f"规定的是{right}，起算点不是{said}"
            case Fault.DENIED:
                text = f"规定的正是{right}，不能否定"
            case Fault.BEARER | Fault.LEVEL:
                text = f"规定由{right}承担，不是{said}"
            case Fault.RECIPIENT:
                text = f"规定的对象是{right}，不是{said}"
            case Fault.NAMED:
                text = f"写的是{right}，不是{said}"
            case Fault.WEAKENED | Fault.EXEMPTED:
                text = f"规定的是{right}，不是“{said}”"
            case Fault.STRENGTHENED:
                text = f"只说{right}，没有说“{said}”"
            case Fault.REVERSED:
                text = f"规定的是{right}，与“{said}”相反"
            case Fault.SILENCE:
                text = f"有规定：{right}" if right else "有规定"
            case _:
                text = f"的规定是：{rule.statement.rstrip('。')}"
        return where + self.script(text) + "。"

    def _told(self, slot: Slot) -> str:
        """What a story amounts to: ，相隔85分钟; ，第27个工作日."""
        told, limit = slot.told, slot.limit
        if told is None or limit is None:
            return ""
        if told.ahead is not None:
            return f", {told.ahead} days ahead" if self.english else f"，提前{told.ahead}天"
        if limit.unit is Unit.WORKDAY and told.workdays is not None:
            return self._workdays(told)
        if told.minutes is not None:
            hours, minutes = divmod(told.minutes, 60)
            if self.english:
                return f", {hours} h {minutes} min" if hours else f", {minutes} minutes"
            return f"，相隔{f'{hours}小时' if hours else ''}{f'{minutes}分钟' if minutes else ''}"
        if told.days is not None:
            return f", {told.days} days" if self.english else f"，相隔{told.days}天"
        return ""

    def _workdays(self, told: Elapsed) -> str:
        assert told.workdays is not None
        low, high = told.workdays
        count = str(low) if low == high else f"{low}–{high}"
        if self.english:
            basis = "by the State Council's holidays" if told.official else (
                "weekends left out; the notice on that year's holidays is not in our data"
            )  # fmt: skip
            return f", working day {count}, {basis}"
        basis = "按国务院放假安排" if told.official else (
            "只扣除周末；该年的放假调休安排不在数据中"
        )  # fmt: skip
        return f"，第{count}个工作日，{basis}"

    def _fault_english(self, slot: Slot, rule: Rule, said: str, where: str, right: str) -> str:
        match slot.fault:
            case (
                Fault.AMOUNT
                | Fault.COUNT
                | Fault.COMPARISON
                | Fault.WORD
                | Fault.ANCHOR
                | Fault.ACT
            ):
                return f'{where} says "{right}", not "{said}".'
            case Fault.CONDUCT:
                told = self._told(slot)
                return f'{where} says "{right}"; "{said}"{told}: not what is said of it.'
            case Fault.BEARER | Fault.LEVEL:
                return f"{where} gives this to: {right}; not to: {said}."
            case Fault.RECIPIENT | Fault.NAMED:
                return f"{where} names: {right}; not: {said}."
            case Fault.DENIED:
                return f'{where} does say "{right}".'
            case Fault.SILENCE:
                return f"{where} does provide for this: {right}."
            case _:
                return f"{where}: {rule.statement_en}"

    def support(self, rule: Rule) -> str:
        """That the provision bears the claim out."""
        where = self.cite(rule.provision)
        if self.english:
            return f"Agrees with {where}."
        return self.script("与") + where + self.script("一致。")

    def unexplained(self, said: str) -> str:
        """That the regulation does not speak of it."""
        if self.english:
            return f'The regulation does not provide for this: "{said}".'
        return self.script(f"本办法没有关于这一点的规定：“{said}”。")

    def preamble(self, fact: PreambleFact) -> str:
        """What the preamble states."""
        if self.english:
            return f"The preamble: {fact.statement_en}"
        return self.script(f"题注：{fact.statement}")

    def preamble_words(self, fact: PreambleFact, *, of_date: bool) -> str:
        """The right date or body."""
        if not of_date:
            return self.actor(fact.actor)
        if self.english:
            return f"{fact.date.day} {fact.date:%B} {fact.date.year}"
        return f"{fact.date.year}年{fact.date.month}月{fact.date.day}日"

    def count(self, right: str, provision: ProvisionId | None) -> str:
        """How many there are."""
        where = self.script("本办法") if provision is None else self.cite(provision)
        if self.english:
            return f"There are {right}."
        return where + self.script(f"共{right}。")

    def silent(self) -> str:
        """That the regulation is indeed silent on a matter."""
        if self.english:
            return "The regulation indeed does not provide for this."
        return self.script("本办法确实没有关于这一点的规定。")

    def unsettled(self, rule: Rule, said: str) -> str:
        """That the nearest row has no such element."""
        where = self.cite(rule.provision)
        if self.english:
            return f'{where} is the nearest provision, but sets nothing like "{said}".'
        return self.script("最接近的是") + where + self.script(f"，但它没有规定“{said}”。")

    def foreign(self, name: str) -> str:
        """That it rests on another law or another place."""
        if self.english:
            return f'This rests on "{name}", which is not the regulation checked against.'
        return self.script(f"这里依据的是“{name}”，不是本办法，无法核对。")

    def misquoted(self, where: ProvisionId, said: str, right: str) -> str:
        """That a quotation is not verbatim."""
        if self.english:
            return f'{self.cite(where)} reads "{right}", not "{said}".'
        return self.cite(where) + self.script(f"的原文是“{right}”，不是“{said}”。")

    def verbatim(self, provision: ProvisionId) -> str:
        """That a quotation is right."""
        if self.english:
            return f"Verbatim from {self.cite(provision)}."
        return self.script("引文与") + self.cite(provision) + self.script("一致。")

    def says(self, provision: ProvisionId) -> str:
        """That a citation is right."""
        where = self.cite(provision)
        return f"{where} says this." if self.english else where + self.script("确有此规定。")

    def wrong_place(self, cited: str, right: ProvisionId | None, why: str = "") -> str:
        """That the content stands under another number."""
        if right is None:
            return f"{cited}: {why}" if self.english else self.script(f"{cited}：{why}")
        if self.english:
            return f"This is in {self.cite(right)}, not in {cited}."
        return self.script("这一内容规定在") + self.cite(right) + self.script(f"，不在{cited}。")


_MODAL = {
    Modality.SHALL: "应当",
    Modality.MUST: "必须",
    Modality.MAY: "可以",
    Modality.GENERALLY: "一般应当",
    Modality.IS: "",
}
_MODAL_EN = {
    Modality.SHALL: "shall",
    Modality.MUST: "must",
    Modality.MAY: "may",
    Modality.GENERALLY: "shall generally",
}
