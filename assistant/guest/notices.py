"""What the user is told when the language model's answer is not the one shown."""

from __future__ import annotations

from typing import Final

from assistant.guest.faults import Fault
from assistant.question import Language
from assistant.wording import in_script

__all__ = ["notice"]

_RULES: Final = ("本回答由规则生成。", " The rules answered instead.")
_REFUSED: Final = (
    "语言模型的回答未通过核对，未予采用。",
    "The language model's answer did not pass the check.",
)
_NOTICES: Final[dict[Fault, tuple[str, str]]] = {
    Fault.UNREACHABLE: ("无法连接语言模型。", "The language model cannot be reached."),
    Fault.KEY: (
        "语言模型拒绝访问，请管理员检查密钥。",
        "The language model refused access; the administrator should check its key.",
    ),
    Fault.REQUEST: (
        "语言模型不接受请求，请管理员检查模型设置。",
        "The language model did not accept the request; the administrator should check the model.",
    ),
    Fault.BUSY: ("语言模型繁忙。", "The language model is busy."),
    Fault.SERVER: ("语言模型服务出错。", "The language model's service failed."),
    Fault.LATE: ("语言模型未能按时答完。", "The language model did not finish in time."),
    Fault.SILENT: ("语言模型没有响应。", "The language model did not respond."),
    Fault.BROKEN: ("与语言模型的连接中断。", "The connection to the language model broke."),
    Fault.MALFORMED: ("语言模型的回复无法读取。", "The language model's reply could not be read."),
    Fault.EMPTY: ("语言模型没有给出回答。", "The language model gave no answer."),
    Fault.ENDLESS: ("语言模型的回答过长。", "The language model's answer did not end."),
    Fault.OURS: (
        "语言模型的回答无法核对。",
        "The language model's answer could not be checked.",
    ),
    Fault.PAUSED: (
        "语言模型多次出错，暂停使用。",
        "The language model failed repeatedly and is paused.",
    ),
}


def notice(fault: Fault | None, language: Language) -> str:
    """Why the deterministic answer stands: a fault, or (None) the check.

    >>> notice(Fault.BUSY, Language.HANS)
    '语言模型繁忙。本回答由规则生成。'
    """
    english = language is Language.EN
    said = (_REFUSED if fault is None else _NOTICES[fault])[english]
    return in_script(said + _RULES[english], language)
