"""Citations in Chinese: 第二十五条第（一）项和第（三）项, 同条第二款, 30.1.

All patterns read folded text. A group is the numbers under one closing character
(第二十五、二十七条); a citation is a group of articles with groups below it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from index.errors import CitationError
from index.marker import LEVELS, Anchor, Link, Marker, Ref
from index.numerals import read_numeral

__all__ = ["CIRCLE", "CJK_DIGITS", "NOT_LAW", "N", "S", "link_at", "read_bare", "read_head"]

S = " {0,3}+"
"""Blanks inside a citation."""
CJK_DIGITS = "〇○零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟廿卄卅卌"
N = f"(?:[0-9](?: ?[0-9]){{0,3}}+|[{CJK_DIGITS}](?: ?[{CJK_DIGITS}]){{0,8}}+)"
_BRACKETED = rf"[(\[〔【]{S}{N}{S}[)\]〕】]"
CIRCLE = "[\uf8a1-\uf8b4]"
"""①–⑳ in folded text; see :func:`index.citation_scan.fold_citations`."""
_LIST = "、|,|;|/|&|以及|及|和|与|或者|或|还有|跟"
_RANGE = "至|到|-{1,2}|—{1,2}|–|―|~"
_LINK = f"{S}(?:{_LIST}|{_RANGE}){S}"
_SUFFIX = f"{S}之{S}{N}(?!{S}[条款项])"
_MEMBER = f"(?:{_BRACKETED}|{N}|{CIRCLE})"
# 第二十五、二十七条; but "第一,第三条" counts points and cites one article
_MORE_ARTICLES = (
    f"(?:{S}(?:{_LIST.replace('|,', '')}|{_RANGE}){S}(?:第{S})?{N}|{S},{S}{N}){{0,30}}+"
)
# 第(一)至(三)项; 第(一)(三)项
_MORE = f"(?:{_LINK}(?:第{S})?{_MEMBER}|{_BRACKETED}){{0,30}}+"

# Things that are counted with 条, 款, 项 and are no provisions.
NOT_LAW = (
    "建议|意见|理由|线索|防线|战线|路|消息|短信|措施|经验|原因|船|河|街|腿|信息|生产线|评论|"
    "回复|微博|新闻|主线|红线|底线|标语|举措|渠道|途径|标准|件|例[^外如]|例$|线|龙|狗|鱼|毛"
)
_GROUPS = {
    0: re.compile(f"(?P<di>第{S})?{N}{_MORE_ARTICLES}{S}条(?!{NOT_LAW})(?P<suffix>{_SUFFIX})?"),
    1: re.compile(f"(?P<di>第{S})?{_MEMBER}{_MORE}{S}(?:款(?!项)|自然段|段(?=[^落]|$))"),
    2: re.compile(f"(?P<di>第{S})?{_MEMBER}{_MORE}{S}(?:小?项|点)"),
    3: re.compile(f"(?P<di>第{S})?{_MEMBER}{_MORE}{S}目(?!标|的|前|录)"),
}
# 第二十五条(一)、(三); square brackets without 项 are footnotes.
_ROUND = rf"\({S}{N}{S}\)"
_BARE_ITEMS = re.compile(f"{S}(?:{_ROUND}|{CIRCLE})(?:{_LINK}{_ROUND}|{_ROUND}){{0,30}}+")
_PART = re.compile(f"(?P<link>{_LIST}|{_RANGE})?{S}(?:第{S})?(?P<number>{_MEMBER})")
_RANGE_LINK = re.compile(_RANGE)
_LINK_AT = re.compile(f"{S}(?:(?P<list>,? ?and|or|{_LIST})|(?P<range>{_RANGE})){S}")
_GLUE = re.compile(f"{S}(?:的|之|中的?|里的?|,)?{S}(?=第|[(\\[〔【]|{CIRCLE})")
# What may follow a number without 第 (十五条三项) and shows that it is no count (十五条九项职责).
_NO_COUNT = re.compile(
    r" *(?:$|[^\w ]|规|的|是|讲|说|要求|明确|写|第|之|所|至|到|和|与|及|或"
    r"|呢|吗|怎|什|啥|给|原|全文|内容|里|中)"
    f"|{S}(?:{N}|{_BRACKETED}){S}[项目]"
)

_RELATIVE = {
    "同条": Anchor.SAME, "该条": Anchor.SAME, "本条": Anchor.SAME, "前条": Anchor.PREVIOUS,
    "同款": Anchor.SAME_PARAGRAPH, "该款": Anchor.SAME_PARAGRAPH, "本款": Anchor.SAME_PARAGRAPH,
    "前款": Anchor.PREVIOUS_PARAGRAPH,
    "同项": Anchor.SAME_ITEM, "该项": Anchor.SAME_ITEM, "本项": Anchor.SAME_ITEM,
    "前项": Anchor.PREVIOUS_ITEM,
    "此条": Anchor.SAME, "此款": Anchor.SAME_PARAGRAPH, "此项": Anchor.SAME_ITEM,
}  # fmt: skip


def read_head(folded: str, head: re.Match[str], last_end: int | None) -> Marker | None:
    """The marker that begins at ``head``: 第…, 30条, 同条. ``last_end`` is where the last
    marker ended."""
    start = head.start()
    if head["relative"]:
        return _read_relative(folded, start, head["relative"])
    if head["bare"]:
        if not _bare_article_is_cited(folded, head, last_end):
            return None
        levels: tuple[int, ...] = (0,)
    else:
        levels = (0, 1, 2)
    for level in levels:
        if group := _GROUPS[level].match(folded, start):
            # 第二款 alone is cited where no noun follows; 第二段 and 第二点 are of any text
            if level and (not _NO_COUNT.match(folded, group.end()) or group[0][-1] in "段点"):
                return None
            refs = _group_refs(group, level, Ref(start, start))
            refs, end = _read_tail(folded, group.end(), refs)
            return Marker(start, end, tuple(refs), None if level == 0 else Anchor.SAME)
    return None


_CUE_BEFORE = re.compile(
    r"(?:^|[^\w ]|见|看|查|据|依|照|按|反|用|办法|条例|法|则|规定|章程|在|那|于|为|和|与|及|至|到"
    r"|背|对|把|找|翻|念|贴|下) *$"
)


def _bare_article_is_cited(folded: str, head: re.Match[str], last_end: int | None) -> bool:
    """Whether 30条 without 第 is a citation rather than a count (共47条)."""
    start, end = head.span()
    if last_end is not None and link_at(folded, last_end, start):
        return True
    if any(_GROUPS[level].match(folded, end) for level in (1, 2)):
        return True
    before = folded[max(0, start - 6) : start]
    if folded[start] == "一" and end - start <= 2 and before.endswith(tuple("这那哪每另某该")):
        return False  # 那一条: the one just spoken of
    return bool(_CUE_BEFORE.search(before) and _NO_COUNT.match(folded, end))


def link_at(folded: str, start: int, end: int) -> Link | None:
    """The link that fills ``folded[start:end]`` and nothing else, if any."""
    match = _LINK_AT.fullmatch(folded, start, end)
    if match is None:
        return None
    return Link.LIST if match["list"] else Link.RANGE


def _group_refs(group: re.Match[str], level: int, base: Ref, link: Link | None = None) -> list[Ref]:
    """The members of one group (第二十五、二十七条), below ``base``."""
    refs: list[Ref] = []
    end = group.start("suffix") if level == 0 and group["suffix"] else group.end()
    below: dict[str, None] = dict.fromkeys(LEVELS[level + 1 :])
    for part in _PART.finditer(group.string, group.start(), end):
        if refs:
            is_range = part["link"] and _RANGE_LINK.fullmatch(part["link"])
            joint: Link | None = Link.RANGE if is_range else Link.LIST
        else:
            joint = link
        fields: dict[str, Any] = {**below, "bracket": None, LEVELS[level]: _number(part["number"])}
        refs.append(
            replace(base, start=part.start("number"), end=part.end("number"), link=joint, **fields)
        )
    if level == 0 and group["suffix"]:
        refs[-1] = replace(refs[-1], suffix=_number(group["suffix"].strip(" 之")))
    # The first is written from its article on, unless a link already parts the two.
    start = base.start if link is None and level else group.start()
    refs[0] = replace(refs[0], start=start)
    refs[-1] = replace(refs[-1], end=group.end())
    return refs


def _number(text: str) -> int:
    if "\uf8a1" <= text[0] <= "\uf8b4":
        return ord(text[0]) - 0xF8A0
    return read_numeral(text.strip("()[]〔〕【】 "))


def _read_tail(folded: str, at: int, refs: list[Ref]) -> tuple[list[Ref], int]:
    """款, 项, 目 after what has been read, and further members after a link."""
    for _ in range(60):  # a bound, not a limit anyone meets
        below = _read_below(folded, at, refs[-1])
        if below is not None:
            more, at = below
            refs = [*refs[:-1], replace(more[0], link=refs[-1].link), *more[1:]]
            continue
        link = _LINK_AT.match(folded, at)
        if link is None:
            break
        kind = Link.LIST if link["list"] else Link.RANGE
        sibling = _read_sibling(folded, link.end(), refs[-1], kind)
        if sibling is None:
            break
        more, at = sibling
        refs = [*refs, *more]
    return refs, at


def _read_below(folded: str, at: int, base: Ref) -> tuple[list[Ref], int] | None:
    """A group one or more levels below ``base``, directly behind it."""
    glue = _GLUE.match(folded, at)
    for level in range(base.depth + 1, 4):
        group = _GROUPS[level].match(folded, glue.end() if glue else at)
        if group is None:
            continue
        stands_alone = group["di"] or not group[0][0].isalnum()
        if not stands_alone and not _NO_COUNT.match(folded, group.end()):
            return None
        if group[0][-1] == "点" and not group["di"]:
            return None
        return _group_refs(group, level, base), group.end()
    if base.depth < 2 and (items := _BARE_ITEMS.match(folded, at)):
        return _group_refs(items, 2, base), items.end()
    return None


def _read_sibling(folded: str, at: int, base: Ref, link: Link) -> tuple[list[Ref], int] | None:
    """A member after a link: 和第三项, 至第二十八条, 、二十七条."""
    for level in range(1, 4):
        group = _GROUPS[level].match(folded, at)
        if group is None or not (group["di"] or not group[0][0].isalnum()):
            continue
        if level > base.depth and link is Link.RANGE:
            return None
        return _group_refs(group, level, base, link), group.end()
    article = _GROUPS[0].match(folded, at)
    if article is None or (link is Link.LIST and article["di"]):
        return None  # 第三十条、第三十一条 are two citations
    return _group_refs(article, 0, base, link), article.end()


def _read_relative(folded: str, start: int, word: str) -> Marker | None:
    end = start + len(word)
    if word[1] == "项" and not _NO_COUNT.match(folded, end):
        return None  # 该项工作
    if word[0] == "同" and start and folded[start - 1] in "相不共":
        return None
    # The depth of the base decides what may follow: 前款 takes 项, 该条 takes 款 and 项.
    depth: dict[str, Any] = {"条": {}, "款": {"paragraph": 0}, "项": {"paragraph": 0, "item": 0}}
    refs, end = _read_tail(folded, end, [Ref(start, end, **depth[word[1]])])
    return Marker(start, end, tuple(refs), _RELATIVE[word])


# Bare forms, as typed into a look-up box


_BARE = re.compile(
    rf"第?{S}(?P<article>{N})(?:{S}之{S}(?P<suffix>{N}))?"
    rf"(?:\.(?P<paragraph>[0-9]{{1,2}}))?(?:\.(?P<item>[0-9]{{1,2}}))?"
    rf"(?:{S}(?:\({S}(?P<bracket>{N}){S}\)|(?P<circle>{CIRCLE}))"
    rf"(?:{S}\({S}(?P<second>{N}){S}\))?)?"
)
_BARE_LINK = re.compile(f"{S}(?:(?P<range>{_RANGE})|(?P<list>{_LIST}|,)){S}")


def read_bare(folded: str, start: int, end: int) -> Marker | None:
    """``folded[start:end]`` as a bare citation, whole: 30, 30.1, 25(7), 25.1(7), 25-28."""
    refs: list[Ref] = []
    at = start
    link: Link | None = None
    while match := _BARE.match(folded, at, end):
        try:
            ref = _bare_ref(match, link)
        except CitationError:
            return None
        refs.append(ref)
        at = match.end()
        if at == end:
            return Marker(start, end, tuple(refs))
        joint = _BARE_LINK.match(folded, at, end)
        if joint is None or len(refs) > 200:
            return None
        link = Link.RANGE if joint["range"] else Link.LIST
        at = joint.end()
    return None


def _bare_ref(match: re.Match[str], link: Link | None) -> Ref:
    numbers = {k: _number(v) if v else None for k, v in match.groupdict().items()}
    paragraph, item = numbers["paragraph"], numbers["item"]
    bracket = numbers["bracket"] or numbers["circle"]
    if numbers["second"] is not None:  # 24(1)(2): paragraph, then item
        paragraph, item, bracket = bracket, numbers["second"], None
    elif paragraph is not None and bracket is not None:
        item, bracket = bracket, None
    return Ref(
        match.start(), match.end(), numbers["article"], numbers["suffix"], paragraph, item,
        None, bracket, link,
    )  # fmt: skip
