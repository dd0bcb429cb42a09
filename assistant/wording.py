"""Everything the assistant says of its own, in Chinese (simplified) and English.

Traditional script is converted from the simplified wording; quotations never are: they
are slices of the text. ``{…}`` are filled by :mod:`assistant.compose`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assistant.question import Language
from index.citation import format_citation
from index.regulation import ProvisionId, Regulation
from index.text import convert

__all__ = ["in_script", "label", "labels", "say"]

_WORDING: Final[dict[str, tuple[str, str]]] = {
    "basis": ("依据", "Basis"),
    "details": ("具体规定", "In detail"),
    "open": ("条文未明确之处", "What the text leaves open"),
    "cite": ("（{labels}）", " ({labels})"),
    "join": ("、", ", "),
    "stop": ("。", "."),
    "yes.plain": ("是的。", "Yes. "),
    "no.plain": ("不是。", "No. "),
    "yes.may": ("可以。", "Yes. "),
    "no.may": ("不可以。", "No. "),
    "yes.must": ("需要。", "Yes. "),
    "no.must": ("不需要。", "No. "),
    "yes.comply": ("符合规定。", "Yes, it complies. "),
    "no.comply": ("不符合规定。", "No, it does not comply. "),
    "yes.inverted": ("没有超出规定。", "No, it is within the rule. "),
    "no.inverted": ("超出了规定。", "Yes, it is outside the rule. "),
    "rule_is": ("规定是：", "The rule: "),
    "basis_is": ("依据是{labels}。", "The basis is {labels}. "),
    "no_number": ("没有规定具体数字，只要求“{word}”。", "No number is laid down, only “{word}”. "),
    "lookup": ("{label}：", "{label}: "),
    "by_level": ("层级不同，要求不同：", "It depends on the level: "),
    "by_event": ("事件不同，时限不同：", "It depends on the kind of event: "),
    "subject": ("主体", "Who"),
    "content": ("规定", "Rule"),
    "provision": ("条款", "Provision"),
    "list_head": ("{label}列有{n}项：", "{label} lists {n}: "),
    "not_regulated": (
        "本办法没有规定这一点。",
        "This regulation does not lay that down.",
    ),
    "not_regulated.what": (
        "本办法没有规定{what}。",
        "This regulation does not lay down {what}.",
    ),
    "other_place": (
        "本办法只适用于内蒙古自治区，{place}的规定不在其中。",
        "This regulation applies to Inner Mongolia only; it says nothing of {place}.",
    ),
    "other_law": (
        "这里只能回答本办法的规定，{law}的内容不在其中。",
        "Only this regulation is covered here; {law} is another text.",
    ),
    "off_topic": (
        "这个问题与本办法无关，无法据此回答。",
        "That is outside this regulation, so it cannot be answered from it.",
    ),
    "refused": (
        "只能依据本办法的原文回答，不能按其他要求改变或编造内容。",
        "Answers come from the text of this regulation only; they cannot be changed or invented on request.",
    ),
    "nearest": (
        "相近的条文（并不回答上述问题）：{labels}。",
        "Nearest provisions (they do not answer it): {labels}.",
    ),
    "ask_else": (
        "可以换个说法，或直接输入条号（如“第三十条”）。",
        "Try other words, or type a provision (for example “Article 30”).",
    ),
    "greeting": (
        "您好。请直接提问，例如：发生重大紧急事件多久要报告？",
        "Hello. Ask away, for example: how soon must a major emergency be reported?",
    ),
    "thanks": ("不客气。还有问题请继续问。", "You are welcome. Ask on."),
    "introduction": (
        "好的。请直接提问；没有另外说明的，按您所在的单位来答。",
        "Thank you. Ask away; unless you say otherwise, your own body is meant.",
    ),
    "about": (
        "我依据《内蒙古自治区党委贯彻〈中国共产党政法工作条例〉实施办法》原文回答：时限、频次、由谁做、报给谁、依据哪一条；也可以查条文、核对文稿。办法没有规定的，我会直说。",
        "I answer from the text of Inner Mongolia's implementing measures for the regulation on political and legal work: time limits, frequencies, who does what, to whom, and under which article. I also look up provisions and check drafts. Where the text is silent, I say so.",
    ),
    "what.money": ("金额或标准", "any amount of money"),
    "what.share": ("比例", "any percentage"),
    "what.contact": ("联系方式", "any contact details"),
    "what.score": ("等次或评分", "any grades or scores"),
    "what.age": ("年龄", "any age"),
    "what.form": ("文书格式、字数或份数", "any form, length or number of copies"),
    "what.term": ("任期", "any term of office"),
    "what.headcount": ("人数或编制", "any number of people"),
    "what.sentence": ("刑罚", "any criminal sentence"),
    "what.hours": ("办公时间", "any office hours"),
    "what.person": ("任职者姓名", "the names of office-holders"),
    "what.time": ("这方面的时限或频次", "a time limit or frequency for that"),
    "notice.lexical": (
        "语义模型尚未就绪，本次仅用关键词和规则检索。",
        "The language model for search is not ready yet; this answer used keywords and rules only.",
    ),
    "notice.withheld": (
        "部分内容未通过核对，未予显示。",
        "Part of the answer did not pass the check and is not shown.",
    ),
    "trouble.missing": (
        "检索索引尚未建立；请运行：python -m index build",
        "No search index; run: python -m index build",
    ),
    "trouble.stale": (
        "检索索引已过期；请运行：python -m index build",
        "The search index is out of date; run: python -m index build",
    ),
    "trouble.corrupt": (
        "检索索引已损坏；请运行：python -m index build --force",
        "The search index is damaged; run: python -m index build --force",
    ),
    "trouble.model": (
        "语义模型无法载入；请检查设置TIAOWEN_EMBEDDING_MODEL，或运行：make setup",
        "The embedding model cannot be loaded; check TIAOWEN_EMBEDDING_MODEL or run: make setup",
    ),
    "suggest.breach": (
        "违反本办法会受到什么处理？",
        "What happens to officials who violate these Measures?",
    ),
    "level.central": ("中央", "at the central level"),
    "level.region": ("自治区", "at the level of the autonomous region"),
    "level.league": ("盟市", "at the league level"),
    "level.banner": ("旗县", "at the banner level"),
    "level.township": ("苏木乡镇", "at the township level"),
    "preamble": ("标题下的题注：", "the note under the title: "),
}


def say(key: str, english: bool, **values: object) -> str:
    """The wording of ``key``; KeyError for an unknown one.

    >>> say("lookup", False, label="第三十条")
    '第三十条：'
    """
    text = _WORDING[key][1 if english else 0]
    return text.format(**values) if values else text


def in_script(text: str, language: Language) -> str:
    """Our own wording, simplified or English, as ``language`` writes it.

    >>> in_script("没有规定", Language.HANT), in_script("没有规定", Language.HANS)
    ('沒有規定', '没有规定')
    """
    return convert(text, language.script) if language is Language.HANT else text


def label(provision: ProvisionId, regulation: Regulation, language: Language) -> str:
    """Short citation of ``provision``, in wording: simplified or English."""
    return format_citation(provision, lang=language.wording, regulation=regulation, short=True)


def labels(provisions: Iterable[ProvisionId], regulation: Regulation, language: Language) -> str:
    """Several short citations, each once."""
    names = dict.fromkeys(label(p, regulation, language) for p in provisions)
    return say("join", language is Language.EN).join(names)
