"""Whose article is it? The name of a law before or after a citation.

Names are compared on their simplified characters alone: brackets, blanks and
the kind of quotation marks do not count.
"""

from __future__ import annotations

import re
from typing import Protocol

__all__ = ["OWN", "WorkNames", "is_own", "work_after", "work_before"]

OWN = ""
"""What the two finders return for the regulation itself."""


class WorkNames(Protocol):
    """The names that a regulation goes by (a :class:`~index.regulation.Regulation`)."""

    @property
    def title(self) -> str: ...
    @property
    def self_name(self) -> str: ...
    @property
    def works(self) -> tuple[str, ...]: ...
    @property
    def short_names(self) -> tuple[str, ...]: ...
    @property
    def short_names_en(self) -> tuple[str, ...]: ...
    @property
    def title_en(self) -> str | None: ...


_WINDOW = 120  # characters before a citation in which a name may stand
_BETWEEN = re.compile(
    r"(?:[ :,的之]|中的?|里的?|第 ?[0-9一二三四五六七八九十百]{1,5}+ ?[编章节]|分则|总则|附则"
    r"|\([^()]{0,30}\)|[\"'“”‘’」』])*+$"
)
# The last noun of a law's name. 规定 and 决定 are verbs as often, so only 《》 makes them names.
_MAY_END = frozenset(" :,的之中里编章节则)\"'“”‘’」』》〉典法程例法")  # a cheap first look
_KIND = "法典|宪法|党章|章程|准则|条例|办法|细则|规则|法"
_NOT_A_LAW = (
    "做法|方法|说法|看法|想法|写法|用法|算法|语法|手法|办法的|依法|执法|司法|违法|合法|守法|普法|立法|"
    "无法|设法|政法|公检法|刑罚法|提法|打法|讲法|问法|叫法|干法|玩法|疗法|书法|魔法"
)
_CJK_RUN = re.compile(r"[\u4e00-\u9fff《》〈〉]+$")
_ENDS_AS_LAW = re.compile(rf"(?:{_KIND})$")
_ENDS_AS_WORD = re.compile(rf"(?:{_NOT_A_LAW})$")
# Words before a name that are not part of it; the name begins behind the last of them.
_CUES = re.compile(
    "根据|依据|依照|按照|遵照|对照|比照|参照|参见|参考|违反了?|触犯了?|适用|引用|援引|符合|见于?|看|"
    "查|问|按|依|据|在|是|由|从|与|(?<!共)和|及|或|至于|关于|对于|以及|就|把|将|比如|例如|如|像|而|但|不是|"
    "并非|的|了|为|说|称|写|指|来自|出自|属于|并|应|又|学习|执行|落实|贯彻(?!《)"
)
_THIS = re.compile(
    "^(?:这[个部]?|那[个部]?|该|此|上述|前述|本|同|我们的?|我区的?|本区的?|咱们的?|自治区的?|内蒙古?的?)?"
)
_SIGNS = re.compile(r"[\s《》〈〉<>“”\"'‘’「」『』()]+")


def is_own(name: str, names: WorkNames) -> bool:
    """Whether ``name`` (simplified) is a name of the regulation.

    A name that leaves out words of the full title is still its name; one that
    adds words is another's.

    >>> from index.parse import load_regulation
    >>> regulation = load_regulation()
    >>> is_own("《实施办法》", regulation), is_own("自治区党委政法工作条例实施办法", regulation)
    (True, True)
    >>> is_own("《信访工作条例》实施办法", regulation), is_own("刑法", regulation)
    (False, False)
    """
    key = _SIGNS.sub("", name)
    kind = names.self_name[1:]
    if _THIS.sub("", key) == kind or key in (names.self_name, f"该{kind}"):
        return True
    known = [_SIGNS.sub("", n) for n in (names.title, *names.short_names)]
    if key in known or _THIS.sub("", key) in known:
        return True
    tail = next((k for k in sorted(known, key=len) if key.endswith(k)), None)
    return tail is not None and _is_subsequence(key[: -len(tail)], known[0][: -len(tail)])


def _is_subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(char in rest for char in part)


def work_before(folded: str, start: int, names: WorkNames) -> str | None:
    """The work named directly before ``start``: its name, :data:`OWN`, or None.

    >>> from index.parse import load_regulation
    >>> regulation = load_regulation()
    >>> for text in ("违反刑法第", "《办法》第", "依法第"):
    ...     print(repr(work_before(text, len(text) - 1, regulation)))
    '刑法'
    ''
    None
    """
    if not start or folded[start - 1] not in _MAY_END:
        return None
    window = folded[max(0, start - _WINDOW) : start]
    head = window[: _BETWEEN.search(window).start()]  # type: ignore[union-attr]
    if head.endswith(("》", "〉")):
        return _bracketed(head, names)
    for work in sorted(names.works, key=len, reverse=True):
        if head.endswith(work):
            return work
    run = _CJK_RUN.search(head)
    if run is None or not _ENDS_AS_LAW.search(run[0]) or _ENDS_AS_WORD.search(run[0]):
        return None
    name = run[0]
    # A cue inside 《》 is part of the name: 贯彻《…条例》实施办法.
    outside = _mask_bracketed(name)
    cues = [m.end() for m in _CUES.finditer(outside) if m.end() < len(name)]
    whole = name
    name = name[cues[-1] :] if cues else name
    if _balanced(whole) and is_own(whole, names):
        return OWN
    if is_own(name, names) or _ends_own(whole, names) or _is_described(name, names):
        return OWN
    kind = names.self_name[1:]
    if any(name.endswith(own) for own in (f"本{kind}", f"该{kind}", f"这个{kind}")):
        return OWN
    return name


def _mask_bracketed(name: str) -> str:
    """``name`` with everything inside 《…》 blanked."""
    depth, out = 0, []
    for char in name:
        if char in "》〉":
            depth = max(0, depth - 1)
        out.append("\0" if depth else char)
        if char in "《〈":
            depth += 1
    return "".join(out)


def _balanced(name: str) -> bool:
    return name.count("《") == name.count("》") and name.count("〈") == name.count("〉")


def _ends_own(run: str, names: WorkNames) -> bool:
    """Whether a run of words ends in the full title, written with or without brackets."""
    return _SIGNS.sub("", run).endswith(_SIGNS.sub("", names.title))


# 信访工作实施办法 and 陕西省实施办法 are others'; 最新版实施办法 is ours.
_SUBJECT = re.compile(r"(?:法|条例|规定|准则|规则|工作|管理|监督|处罚|保护|省|市|县|旗|部|院|委)$")


def _is_described(name: str, names: WorkNames) -> bool:
    """Whether ``name`` is a short name behind words that do not change whose it is."""
    short = next((n for n in names.short_names if name.endswith(n)), None)
    return short is not None and _SUBJECT.search(_SIGNS.sub("", name[: -len(short)])) is None


def _bracketed(head: str, names: WorkNames) -> str | None:
    depth = 0
    for at in range(len(head) - 1, -1, -1):
        if head[at] in "》〉":
            depth += 1
        elif head[at] in "《〈":
            depth -= 1
            if depth == 0:
                name = head[at + 1 : -1]
                return OWN if is_own(name, names) else name
    return head.strip("《》〈〉") or None


# English

_EN_KIND = r"(?:law|code|act|constitution|regulations?|measures|rules|provisions|charter)"
_EN_SMALL = r"(?:of|on|the|and|for|in|to|china's|prc|prc's)"
_EN_AFTER = re.compile(
    rf"(?: ?,)? (?:of|in|under|from) (?:(?:the|this|these|that|those|our|said) )?"
    rf"(?P<name>(?:[a-z'’-]+ ){{0,9}}?{_EN_KIND}(?![a-z])"
    rf"(?: (?:of|on|for|concerning|governing)(?: [a-z'’-]+){{1,10}})?)"
)
_EN_BEFORE = re.compile(
    rf"(?P<name>(?:[A-Za-z'’-]+ ){{0,9}}(?:{_EN_KIND}))(?: ?\([^()]{{0,20}}\))? ?,? ?$",
    re.IGNORECASE,
)
_EN_STOP = re.compile(
    r"^(?:under|per|see|by|in|of|to|and|or|with|from|the|a|an|these|this|those|that|our|as|is|are|"
    r"requires?|says?|says|what|does|which|pursuant|according|cites?|citing|breach|violates?)$"
)
_EN_PLAIN_LAWS = re.compile(
    r"^(?:the |china's |prc )*(?:criminal|civil|constitution|supervision|administrative|police|"
    r"judges|procurators|labou?r|contract|company|tax|traffic|procedure|law| )*"
    r"(?:law|code|constitution)$"
)


def work_after(folded: str, source: str, end: int, source_end: int, names: WorkNames) -> str | None:
    """The work named behind an English citation: "… of the Criminal Law"."""
    match = _EN_AFTER.match(folded, end)
    if match is None:
        return None
    name = match["name"]
    return _judge_english(name, source[source_end : source_end + len(match[0]) + 20], names)


def work_before_english(
    folded: str, start: int, source: str, source_start: int, names: WorkNames
) -> str | None:
    """The work named before an English citation: "Criminal Law, Article 30"."""
    window = folded[max(0, start - _WINDOW) : start]
    match = _EN_BEFORE.search(window)
    if match is None:
        return None
    words = match["name"].split()
    stops = [i for i, word in enumerate(words[:-1]) if _EN_STOP.match(word)]
    name = " ".join(words[stops[-1] + 1 :] if stops else words)
    original = source[max(0, source_start - _WINDOW) : source_start]
    return _judge_english(name, original, names)


def _judge_english(name: str, original: str, names: WorkNames) -> str | None:
    own = {w for n in (names.title_en or "", *names.short_names_en) for w in n.lower().split()}
    own |= {"implementing", "regional", "autonomous", "local", "inner", "mongolia", "mongolian"}
    words = name.replace(",", " ").split()
    nouns = {n.lower().split()[-1] for n in names.short_names_en} or {"regulation"}
    if words[-1] in nouns | {"regulation", "regulations", "document"} and len(words) == 1:
        return OWN
    if any(noun in words for noun in nouns) and set(words) <= own:
        return OWN
    at = original.lower().find(words[0])
    capital = at >= 0 and original[at : at + 1].isupper()
    if capital or _EN_PLAIN_LAWS.match(name):
        return name
    return None
