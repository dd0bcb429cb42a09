"""The small words by which one question of a chat leans on another.

Nothing here knows what a question is about: 我说的是…, 刚才问的…, 下一条, 为什么 are read off
the words alone. What follows from them is :mod:`assistant.follow_up`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from index.numerals import numeral
from index.regulation import ProvisionId

__all__ = [
    "Correction",
    "asks_why",
    "both",
    "correction",
    "from_when",
    "goes_back",
    "leaning",
    "turned",
    "without_courtesy",
]

_LEANING = re.compile(
    r"^(?:那|哪么|再问|还有|另外|然后|接着|如果|要是|万一)|呢[,?。!]|呢$|这(?:个|条|种|项|样|事|一)"
    r"|它|他(?:们)?(?=[有能要可应会也得是不])|该(?:条|项|会议|事项)|上(?:面|述)"
    r"|^(?:and|what about|how about|what if|then|so)\b|\b(?:it|that|this|those|they|them|the same)\b"
)


def leaning(plain: str) -> bool:
    """Whether a question says itself that it follows on another.

    >>> leaning("那旗县呢?"), leaning("and in a banner?"), leaning("全体会议多久开一次?")
    (True, True, False)
    """
    return _LEANING.search(plain) is not None


_COURTESY = re.compile(
    r"^(?:(?:好的?|嗯+|哦+|噢|行|对|明白|知道|清楚|收到|谢谢|多谢|感谢|ok|okay|thanks|thank you|i see|got it)"
    r"(?:了|您|你|啊|呀)?[,，。.!！ 、]+)+(?=.{2})",
    re.IGNORECASE,
)


def without_courtesy(text: str) -> str:
    """``text`` without thanks before the question.

    >>> without_courtesy("好的，谢谢。那旗县呢？"), without_courtesy("谢谢")
    ('那旗县呢？', '谢谢')
    """
    return _COURTESY.sub("", text)


@dataclass(frozen=True, slots=True)
class Correction:
    """What the asker meant instead."""

    meant: str
    denied: str = ""


_NO: Final = r"(?:(?:不对|不是|错了|(?:搞|弄|问|说)错了|no|sorry|wrong)[,。.! ]*)*"
_MEANT = re.compile(
    rf"^{_NO}(?:我(?:刚才|想|是想|要|本来)*(?:说|问|指|讲|查)(?:的)?(?:不是(?P<no>[^,。]{{1,20}}?)[,。]?)?(?:而?是)"
    rf"|(?:应该|应当)是|改成|我是(?:说|问|指)|(?:i|we) (?:meant|mean|was asking about|am asking about|asked about))\s*"
    r"(?P<yes>.+)$"
)
_NOT_BUT = re.compile(
    r"^(?:不是|并非|not )(?P<no>[^,。]{1,20}?)[,。 ]+(?:而?是|我(?:说|问|指)的?是|but )(?P<yes>.+)$"
    r"|^(?:我(?:说|问|指)的?)?是(?P<yes2>[^,。]{1,20}?)[,。 ]*(?:不是|而不是|并非)(?P<no2>[^,。?]{1,20})[。?!]*$"
)
_WRONG = re.compile(r"^(?:不对|错了|(?:搞|弄|问|说)错了|no|sorry)[,。.! ]+(?:是)?(?P<yes>.{2,30})$")


def correction(plain: str) -> Correction | None:
    """Read a correction off folded text; None when it is none.

    >>> correction("不对,我说的是盟市").meant
    '盟市'
    >>> correction("不是旗县,是盟市")
    Correction(meant='盟市', denied='旗县')
    >>> correction("no, i meant the league level").meant
    'the league level'
    >>> correction("不是每月一次吗?") is None
    True
    """
    plain = plain.strip()
    for pattern in (_NOT_BUT, _MEANT, _WRONG):
        if match := pattern.match(plain):
            found = match.groupdict()
            meant = found.get("yes") or found.get("yes2") or ""
            denied = found.get("no") or found.get("no2") or ""
            return Correction(meant.strip(" 。.!"), denied.strip())
    return None


_BACK = re.compile(
    r"(?:刚才|刚刚|之前|前面|先前|最开始|一开始)(?:我)?(?:说|问|提|讲|聊)(?:的|到的|过的|到|过)?(?:那个|那条|那件)?"
    r"|^(?:再)?(?:回到|说回|回过头(?:来)?(?:说|问|看)?)|\b(?:back to|earlier i asked about|as i asked before)\b"
)


def goes_back(plain: str) -> re.Match[str] | None:
    """Where a question takes up an earlier subject: 刚才说的, 回到.

    >>> goes_back("刚才说的线索移送,依据呢") is not None, goes_back("那之前的老规定呢") is None
    (True, True)
    """
    return _BACK.search(plain)


_BOTH = re.compile(
    r"(?:这|那|以?上)(?:两|二|2)(?:个|项|种|者|类|样|条)|两者|二者|它们|前后两(?:个|项|种|者)|\b(?:the two|both|these two)\b"
)


def both(plain: str) -> bool:
    """Whether the last two subjects of the chat are meant: 这两项."""
    return _BOTH.search(plain) is not None


_WHY = re.compile(
    r"^(?:那|这|它)?(?:是|又)?(?:为什么|为啥|为何|凭什么|凭啥|怎么说|怎么讲|理由(?:是什么|呢)?|why(?: is that| so)?|how come"
    r"|(?:把|看看?|给我看看?|贴|发)?(?:一?下)?(?:法条|条文|规定)?的?(?:原文|原话|全文|条文|法条)(?:给我|给|贴|发|念)*(?:看看?|出来|一下)*"
    r"|出处|依据|根据)(?:呢|啊|呀|这样|这么(?:说|规定)|如此)*[,.?。!]*$"
)


def asks_why(plain: str) -> bool:
    """Whether nothing but the ground of the last answer is wanted.

    >>> asks_why("为什么?"), asks_why("why?"), asks_why("为什么要轮岗?")
    (True, True, False)
    """
    return _WHY.match(plain.strip()) is not None


_FROM_WHEN = re.compile(
    r"^(?:那|这个?|期限|时间|时限|是)*(?:从)?(?:什么时候|何时|哪天|哪一天|几时|啥时候|哪(?:个时候|儿|里))?(?:开始|起)?(?:起)?(?:算|计算|起算|算起)(?:的|呢|起)*[?。]*$"
    r"|^(?:and )?(?:counted |counting )?from (?:when|what(?: moment)?)\?*$"
)


def from_when(plain: str) -> bool:
    """从什么时候开始算: the beginning of the time limit at hand, not of the regulation.

    >>> from_when("从什么时候开始算?"), from_when("从什么时候开始施行?")
    (True, False)
    """
    return _FROM_WHEN.match(plain.strip()) is not None


_TURN = re.compile(r"(?P<way>下|后|上|前)(?:面)?(?:一|1)?个?(?P<unit>条|款|项)(?!例|件|目)")
_TURN_EN = re.compile(r"\b(?P<way>next|previous|preceding|following) (?P<unit>article|paragraph|item)\b", re.I)  # fmt: skip
_UNITS: Final = {"article": "条", "paragraph": "款", "item": "项"}


def turned(text: str, place: ProvisionId | None) -> str:
    """``text`` with 下一条, 上一款, next item put as citations, seen from ``place``.

    >>> here = ProvisionId.parse("nmg-zhengfa/art_25/para_1/item_2")
    >>> turned("下一项呢", here), turned("那上一条呢", here), turned("下一款", None)
    ('第二十五条第一款第三项呢', '那第二十四条呢', '下一款')
    """
    match = _TURN.search(text) or _TURN_EN.search(text)
    if match is None or place is None:
        return text
    unit = _UNITS.get(match["unit"].lower(), match["unit"])
    step = 1 if match["way"].lower() in ("下", "后", "next", "following") else -1
    if unit == "条":
        name = f"第{numeral(max(place.article + step, 1))}条"
    elif unit == "款":
        name = f"第{numeral(place.article)}条第{numeral(max((place.paragraph or 1) + step, 1))}款"
    else:
        paragraph = f"第{numeral(place.paragraph)}款" if place.paragraph else ""
        item = max((place.item or 0) + step, 1)
        name = f"第{numeral(place.article)}条{paragraph}第{numeral(item)}项"
    return text[: match.start()] + name + text[match.end() :]
