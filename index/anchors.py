"""The events that limits are counted from, and their names in both languages."""

from __future__ import annotations

import enum
import re

__all__ = ["AnchorEvent", "anchor_event", "english_anchor"]


class AnchorEvent(enum.Enum):
    """Events that this product tells apart; the value is the Chinese name it writes."""

    OCCURRENCE = "事发后"
    END = "结束后"
    FEEDBACK = "收到反馈意见后"
    AFTER_MEETING = "会后"
    BEFORE_MEETING = "会前"
    ISSUE = "发布之日"
    ACCEPTANCE = "立案之日起"
    KNOWLEDGE = "得知后"
    REPORT = "接报后"
    AFTERWARDS = "事后"
    START = "开始后"
    VERIFICATION = "核实后"
    DRAFT = "报告形成后"
    DISPATCH = "反馈意见发出后"


# first match wins: 收到反馈意见 before 收到, 会议结束 is an end
_CHINESE = (
    (
        AnchorEvent.DISPATCH,
        "(?:反馈|意见)[^后]{0,6}(?:发出|送出|下发|寄出|作出)|(?:发出|下达|作出)[^后]{0,4}(?:反馈|意见)",
    ),
    (AnchorEvent.FEEDBACK, "反馈|意见书"),
    (AnchorEvent.DRAFT, "报告(?:形成|完成|写好|审定)|形成报告|成稿"),
    (AnchorEvent.VERIFICATION, "核实|查实|查清"),
    (AnchorEvent.START, "开始|启动|进驻|开展(?!的)|部署"),
    (AnchorEvent.END, "结束|终结|完毕|完成|办结|收尾|处置完|检查完|督察完"),
    (AnchorEvent.ISSUE, "发布|公布|印发|颁布|下发|签发"),
    (AnchorEvent.ACCEPTANCE, "立案"),
    (AnchorEvent.REPORT, "接报|接到|收到|报来|报上来"),
    (AnchorEvent.KNOWLEDGE, "得知|获悉|知悉|知道|知晓|发现"),
    (AnchorEvent.OCCURRENCE, "发生|事发|案发|出事|事件|突发|发案"),
    (AnchorEvent.BEFORE_MEETING, "会前|会议(?:召开)?(?:之|以)?前|开会前|召开前"),
    (AnchorEvent.AFTER_MEETING, "会后|会议(?:之|以)?后|开会后|散会|会议"),
    (AnchorEvent.AFTERWARDS, "事后"),
)
_ENGLISH = (
    (AnchorEvent.FEEDBACK, "feedback|comments"),
    (AnchorEvent.DRAFT, "report is (?:drawn up|drafted|made|ready|finished)"),
    (AnchorEvent.VERIFICATION, "verif"),
    (AnchorEvent.START, "begin|begins|began|start|launch|commenc"),
    (AnchorEvent.END, "end(?:s|ed|ing)?\\b|conclu|complet|finish|close"),
    (AnchorEvent.ISSUE, "issue|issuance|publication|publish|promulgat|releas"),
    (AnchorEvent.ACCEPTANCE, "case (?:is )?(?:filed|accepted|opened)|filing"),
    (AnchorEvent.REPORT, "receiv|receipt|report"),
    (AnchorEvent.KNOWLEDGE, "learn|becoming aware|knowledge|discover"),
    (AnchorEvent.OCCURRENCE, "occur|happen|incident|event|emergency|outbreak"),
    (AnchorEvent.AFTER_MEETING, "meeting"),
)
_CHINESE_FORMS = tuple((event, re.compile(pattern)) for event, pattern in _CHINESE)
_ENGLISH_FORMS = tuple((event, re.compile(rf"\b(?:{pattern})")) for event, pattern in _ENGLISH)

_IN_ENGLISH = {
    AnchorEvent.OCCURRENCE: "of the incident",
    AnchorEvent.END: "after the end",
    AnchorEvent.FEEDBACK: "after receiving the feedback",
    AnchorEvent.AFTER_MEETING: "after the meeting",
    AnchorEvent.BEFORE_MEETING: "before the meeting",
    AnchorEvent.ISSUE: "after the day of issue",
    AnchorEvent.ACCEPTANCE: "after the case is filed",
    AnchorEvent.KNOWLEDGE: "after learning of it",
    AnchorEvent.REPORT: "after receiving the report",
    AnchorEvent.AFTERWARDS: "afterwards",
    AnchorEvent.START: "after the start",
    AnchorEvent.VERIFICATION: "after verification",
    AnchorEvent.DRAFT: "after the report is made",
    AnchorEvent.DISPATCH: "after the feedback is sent",
}


def anchor_event(anchor: str) -> AnchorEvent | None:
    """Which event the words of an anchor name, in either language; None if none known.

    >>> anchor_event("距事件发生") is anchor_event("重大紧急事件发生后") is anchor_event("事发后")
    True
    >>> anchor_event("收到反馈后"), anchor_event("after the end of the inspection").value
    (<AnchorEvent.FEEDBACK: '收到反馈意见后'>, '结束后')
    >>> anchor_event("开春后") is None
    True
    """
    forms = _ENGLISH_FORMS if anchor.isascii() else _CHINESE_FORMS
    return next((event for event, form in forms if form.search(anchor)), None)


def english_anchor(anchor: str) -> str:
    """The anchor in English; one that is not known stays as written, in brackets.

    >>> english_anchor("监督检查结束后"), english_anchor("开春后")
    ('after the end', '(开春后)')
    """
    if anchor.isascii():
        return anchor
    event = anchor_event(anchor)
    return f"({anchor})" if event is None else _IN_ENGLISH[event]
