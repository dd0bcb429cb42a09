"""Where a text speaks of provisions: markers in Chinese and English.

The scanner knows how citations are written and nothing of any regulation. It
works on folded text (half-width, simplified, lower case, blanks kept) and reads
from left to right in linear time: every repetition is bounded or possessive.

A :class:`Marker` is one citation as written; its :class:`Ref` are the provisions
it names, with what the words leave open still open (同条, 前款, "25(7)").
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from index.errors import CitationError
from index.numerals import read_numeral
from index.text import Folded, fold

__all__ = ["Anchor", "Link", "Marker", "Ref", "fold_citations", "link_at", "read_bare", "scan"]


class Link(enum.StrEnum):
    """How a provision is joined to the one before it."""

    LIST = "list"
    RANGE = "range"


class Anchor(enum.StrEnum):
    """What a relative citation starts from."""

    SAME = "same"
    """同条, 该条, 本条, or a bare 第二款: the article in view."""
    SAME_PARAGRAPH = "same-paragraph"
    SAME_ITEM = "same-item"
    PREVIOUS = "previous"
    """前条."""
    PREVIOUS_PARAGRAPH = "previous-paragraph"
    PREVIOUS_ITEM = "previous-item"


@dataclass(frozen=True, slots=True)
class Ref:
    """One provision as written; offsets are into the folded text."""

    start: int
    end: int
    article: int | None = None
    suffix: int | None = None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None
    bracket: int | None = None
    """N of "Article 25(N)": an item where the article has items, else a paragraph."""
    link: Link | None = None

    @property
    def depth(self) -> int:
        """0 for an article, up to 3 for a subitem."""
        if self.subitem is not None:
            return 3
        if self.item is not None or self.bracket is not None:
            return 2
        return 1 if self.paragraph is not None else 0


@dataclass(frozen=True, slots=True)
class Marker:
    """One citation as written."""

    start: int
    end: int
    refs: tuple[Ref, ...]
    anchor: Anchor | None = None
    english: bool = False


# ①–⑳ would fold to plain digits, and 第二十五条① to 条1: they pass through folding
# as private-use characters of the same length.
_CIRCLED = {0x2460 + i: chr(0xF8A1 + i) for i in range(20)}


def fold_citations(text: str) -> Folded:
    """The form of ``text`` that this module reads."""
    folded = fold(text.translate(_CIRCLED), keep_space=True)
    return replace(folded, source=text)


_S = " {0,3}+"
_CJK_DIGITS = "〇○零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟廿卄卅卌"
_N = f"(?:[0-9](?: ?[0-9]){{0,3}}+|[{_CJK_DIGITS}](?: ?[{_CJK_DIGITS}]){{0,8}}+)"
_BRACKETED = rf"[(\[〔【]{_S}{_N}{_S}[)\]〕】]"
_CIRCLE = "[\uf8a1-\uf8b4]"
_LIST = "、|,|;|/|&|以及|及|和|与|或者|或|还有|跟"
_RANGE = "至|到|-{1,2}|—{1,2}|–|―|~"
_LINK = f"{_S}(?:{_LIST}|{_RANGE}){_S}"
_SUFFIX = f"{_S}之{_S}{_N}(?!{_S}[条款项])"
_MEMBER = f"(?:{_BRACKETED}|{_N}|{_CIRCLE})"
# 第二十五、二十七条; but "第一,第三条" counts points and cites one article
_MORE_ARTICLES = (
    f"(?:{_S}(?:{_LIST.replace('|,', '')}|{_RANGE}){_S}(?:第{_S})?{_N}|{_S},{_S}{_N}){{0,30}}+"
)
# 第(一)至(三)项; 第(一)(三)项
_MORE = f"(?:{_LINK}(?:第{_S})?{_MEMBER}|{_BRACKETED}){{0,30}}+"

# Things that are counted with 条, 款, 项 and are no provisions.
_NOT_LAW = (
    "建议|意见|理由|线索|防线|战线|路|消息|短信|措施|经验|原因|船|河|街|腿|信息|生产线|评论|"
    "回复|微博|新闻|主线|红线|底线|标语|举措|渠道|途径|标准|件|例[^外如]|例$|线|龙|狗|鱼|毛"
)
_GROUPS = {
    0: re.compile(f"(?P<di>第{_S})?{_N}{_MORE_ARTICLES}{_S}条(?!{_NOT_LAW})(?P<suffix>{_SUFFIX})?"),
    1: re.compile(f"(?P<di>第{_S})?{_MEMBER}{_MORE}{_S}(?:款(?!项)|自然段|段(?=[^落]|$))"),
    2: re.compile(f"(?P<di>第{_S})?{_MEMBER}{_MORE}{_S}(?:小?项|点)"),
    3: re.compile(f"(?P<di>第{_S})?{_MEMBER}{_MORE}{_S}目(?!标|的|前|录)"),
}
_LEVELS: tuple[str, ...] = ("article", "paragraph", "item", "subitem")
_BARE_ITEMS = re.compile(
    f"{_S}(?:{_BRACKETED}|{_CIRCLE})(?:{_LINK}{_BRACKETED}|{_BRACKETED}){{0,30}}+"
)
_PART = re.compile(f"(?P<link>{_LIST}|{_RANGE})?{_S}(?:第{_S})?(?P<number>{_MEMBER})")
_RANGE_LINK = re.compile(_RANGE)
_LINK_AT = re.compile(f"{_S}(?:(?P<list>{_LIST})|(?P<range>{_RANGE})){_S}")
_GLUE = re.compile(f"{_S}(?:的|之|中的?|里的?|,)?{_S}(?=第|[(\\[〔【]|{_CIRCLE})")
# What may follow a number without 第 (十五条三项) and shows that it is no count (十五条九项职责).
_NO_COUNT = re.compile(
    r" *(?:$|[^\w ]|规|的|是|讲|说|要求|明确|写|第|之|所|至|到|和|与|及|或|呢|吗|怎|什|啥)"
)

_RELATIVE = {
    "同条": Anchor.SAME, "该条": Anchor.SAME, "本条": Anchor.SAME, "前条": Anchor.PREVIOUS,
    "同款": Anchor.SAME_PARAGRAPH, "该款": Anchor.SAME_PARAGRAPH, "本款": Anchor.SAME_PARAGRAPH,
    "前款": Anchor.PREVIOUS_PARAGRAPH,
    "同项": Anchor.SAME_ITEM, "该项": Anchor.SAME_ITEM, "本项": Anchor.SAME_ITEM,
    "前项": Anchor.PREVIOUS_ITEM,
}  # fmt: skip

_EN_N = "[0-9]{1,4}(?![0-9])"
_UNITS = "(?! ?(?:hours?|days?|working|work|weeks?|months?|years?|minutes?|times?|calendar|%))"
_EN_JOIN = " ?(?:, ?(?:and |or )?|and |or |& ?|to |through |thru |until |--?|–|—|~) ?"
_EN_MORE = rf"(?:{_EN_JOIN}(?:(?:articles?|arts?\.?|paragraphs?|paras?\.?|items?) ?)?\(?{_EN_N}\)?{_UNITS}){{0,30}}+"
_ORDINALS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1
    )
}
_EN_PARAGRAPH = r"(?:paragraphs?|paras?\.?|subsections?)"
_EN_ITEM = r"(?:sub-?paragraphs?|sub-?paras?\.?|items?|points?)"
_EN_SUBITEM = r"(?:sub-?items?|sub-?points?)"
_HEAD = re.compile(
    "|".join(
        (
            rf"(?P<cn>第{_S}{_N})",
            f"(?P<di_item>第{_S}(?:[(\\[〔【]|{_CIRCLE}))",
            rf"(?P<bare>(?<![0-9.{_CJK_DIGITS}]){_N}{_S}条)",
            rf"(?P<relative>[同该本前][条款项](?!{_NOT_LAW}|款))",
            rf"(?P<en>(?<![a-z])(?:articles?|arts?\.?) ?\(?(?=[0-9])|§§? ?(?=[0-9]))",
            rf"(?P<reverse>(?<![a-z])(?:{_EN_SUBITEM}|{_EN_ITEM}|{_EN_PARAGRAPH}) ?\(?(?=[0-9])"
            rf"|(?<![a-z])(?:{'|'.join(_ORDINALS)}) (?=paragraph|item))",
        )
    )
)


def scan(folded: str) -> Iterator[Marker]:
    """Every marker in folded text, from left to right; none overlap."""
    at = 0
    last_end: int | None = None
    while head := _HEAD.search(folded, at):
        try:
            marker = _read_head(folded, head, last_end)
        except CitationError:  # 十百 is made of numerals and is no number
            marker = None
        if marker is None:
            at = head.end()
            continue
        yield marker
        at = last_end = marker.end


def link_at(folded: str, start: int, end: int) -> Link | None:
    """The link that fills ``folded[start:end]`` and nothing else, if any."""
    match = _LINK_AT.fullmatch(folded, start, end)
    if match is None:
        return None
    return Link.LIST if match["list"] else Link.RANGE


def _read_head(folded: str, head: re.Match[str], last_end: int | None) -> Marker | None:
    start = head.start()
    if head["en"]:
        return _read_english(folded, start, head.end())
    if head["reverse"]:
        return _read_reverse(folded, start)
    if head["relative"]:
        return _read_relative(folded, start, head["relative"])
    if head["bare"] is not None and not _bare_article_is_cited(folded, head, last_end):
        return None
    for level in (0, 1, 2) if head["bare"] is None else (0,):
        if group := _GROUPS[level].match(folded, start):
            if level and not _NO_COUNT.match(folded, group.end()):
                return None
            if level and group[0][-1] in "段点":  # of any text, unless an article precedes
                return None
            refs = _group_refs(group, level, Ref(start, start))
            refs, end = _read_tail(folded, group.end(), refs)
            return Marker(start, end, tuple(refs), None if level == 0 else Anchor.SAME)
    return None


_CUE_BEFORE = re.compile(
    r"(?:^|[^\w ]|见|看|查|据|依|照|按|反|用|办法|条例|法|则|规定|章程|在|那|于|为|和|与|及|至|到|背|对|把) *$"
)


def _bare_article_is_cited(folded: str, head: re.Match[str], last_end: int | None) -> bool:
    """Whether 30条 without 第 is a citation rather than a count (共47条)."""
    start, end = head.span()
    if last_end is not None and link_at(folded, last_end, start):
        return True
    if any(_GROUPS[level].match(folded, end) for level in (1, 2)):
        return True
    before = folded[max(0, start - 6) : start]
    return bool(_CUE_BEFORE.search(before) and _NO_COUNT.match(folded, end))


def _group_refs(group: re.Match[str], level: int, base: Ref, link: Link | None = None) -> list[Ref]:
    """The members of one group (第二十五、二十七条), below ``base``."""
    refs: list[Ref] = []
    end = group.start("suffix") if level == 0 and group["suffix"] else group.end()
    below: dict[str, None] = dict.fromkeys(_LEVELS[level + 1 :])
    for part in _PART.finditer(group.string, group.start(), end):
        if refs:
            is_range = part["link"] and _RANGE_LINK.fullmatch(part["link"])
            joint: Link | None = Link.RANGE if is_range else Link.LIST
        else:
            joint = link
        fields: dict[str, Any] = {**below, "bracket": None, _LEVELS[level]: _number(part["number"])}
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
    refs, stop = _read_tail_relative(folded, end, Ref(start, end), word[1])
    return Marker(start, stop, tuple(refs), _RELATIVE[word])


def _read_tail_relative(folded: str, at: int, base: Ref, level: str) -> tuple[list[Ref], int]:
    # The depth of the base decides what may follow: 前款 takes 项, 该条 takes 款 and 项.
    marks = {"条": base, "款": replace(base, paragraph=0), "项": replace(base, paragraph=0, item=0)}
    refs, end = _read_tail(folded, at, [marks[level]])
    return refs, end


# English


_EN_ARTICLE = re.compile(
    rf"(?P<n>{_EN_N})(?:-(?P<suffix>[0-9]{{1,2}})(?![0-9])| bis (?P<bis>[0-9]{{1,2}}))?\)?"
)
_EN_DOT = re.compile(r"\.([0-9]{1,2})(?![0-9])")
_EN_BRACKET = re.compile(rf" ?\((?P<n>{_EN_N})\)(?P<more>(?:{_EN_JOIN}\({_EN_N}\)){{0,30}}+)")
_EN_TAILS = (
    (1, re.compile(rf" ?,? ?{_EN_PARAGRAPH} ?\(?(?P<n>{_EN_N})\)?(?P<more>{_EN_MORE})")),
    (3, re.compile(rf" ?,? ?{_EN_SUBITEM} ?\(?(?P<n>{_EN_N})\)?(?P<more>{_EN_MORE})")),
    (2, re.compile(rf" ?,? ?{_EN_ITEM} ?\(?(?P<n>{_EN_N})\)?(?P<more>{_EN_MORE})")),
)
_EN_ORDINAL_TAIL = re.compile(
    rf" ?,? ?(?:the )?(?P<n>{'|'.join(_ORDINALS)}) (?P<what>paragraph|item)"
)
_EN_LINKED = re.compile(
    rf"(?P<join>{_EN_JOIN})(?P<word>articles? |arts?\.? ?)?(?P<n>{_EN_N}){_UNITS}"
)
_EN_REVERSE = re.compile(
    rf"(?:(?:{_EN_SUBITEM} ?\(?(?P<subitem>{_EN_N})\)? of )?"
    rf"(?:{_EN_ITEM} ?\(?(?P<item>{_EN_N})\)?|(?P<oitem>{'|'.join(_ORDINALS)}) item)"
    rf"(?: of|,)(?: the)? )?"
    rf"(?:(?:{_EN_PARAGRAPH} ?\(?(?P<paragraph>{_EN_N})\)?|(?P<oparagraph>{'|'.join(_ORDINALS)}) paragraph)"
    rf"(?: of|,) )?(?:articles?|arts?\.?) ?(?P<n>{_EN_N})"
)  # fmt: skip


def _read_english(folded: str, start: int, at: int) -> Marker | None:
    match = _EN_ARTICLE.match(folded, at)
    if match is None:
        return None
    plural = folded.startswith(("articles", "arts", "§§"), start)
    number, suffix = int(match["n"]), match["suffix"] or match["bis"]
    end = match.end()
    if match["suffix"] and (plural or int(match["suffix"]) > number):  # Articles 25-28
        suffix, end = None, match.end("n")
    ref = Ref(start, end, number, int(suffix) if suffix else None)
    refs, end = _english_tail(folded, end, ref)
    for _ in range(60):
        more = _EN_LINKED.match(folded, end)
        if more is None or (refs[-1].depth and not (plural or more["word"])):
            break
        if not (plural or more["word"]) and more["join"].strip() == ",":
            break  # Article 30, 3 hours
        if more["word"] and not plural and _english_link(more["join"]) is Link.LIST:
            break  # Article 25 and Article 27 are two citations
        link = _english_link(more["join"])
        start_of = more.start("word") if more["word"] else more.start("n")
        tail, end = _english_tail(
            folded, more.end(), Ref(start_of, more.end(), int(more["n"]), link=link)
        )
        refs += tail
    return Marker(start, end, tuple(refs), english=True)


def _english_link(join: str) -> Link:
    word = join.strip(" ,")
    return (
        Link.RANGE
        if word in ("to", "through", "thru", "until", "-", "--", "–", "—", "~")
        else Link.LIST
    )


def _english_tail(folded: str, at: int, base: Ref) -> tuple[list[Ref], int]:
    refs = [base]
    if dot := _EN_DOT.match(folded, at):
        at = dot.end()
        refs = [replace(base, paragraph=int(dot[1]), end=at)]
    for _ in range(3):
        last = refs[-1]
        if (bracket := _EN_BRACKET.match(folded, at)) and last.depth < 2:
            at = bracket.end()
            field = "item" if last.depth == 1 else "bracket"
            refs[-1] = _set(last, field, int(bracket["n"]), bracket.end("n") + 1)
            refs += _english_members(bracket, refs[-1], field)
            continue
        if ordinal := _EN_ORDINAL_TAIL.match(folded, at):
            at = ordinal.end()
            refs[-1] = _set(last, ordinal["what"], _ORDINALS[ordinal["n"]], at)
            continue
        for level, pattern in _EN_TAILS:
            if level > last.depth and (match := pattern.match(folded, at)):
                field = _LEVELS[level]
                refs[-1] = _set(last, field, int(match["n"]), match.end("n"))
                refs += _english_members(match, refs[-1], field)
                at = match.end()
                refs[-1] = replace(refs[-1], end=at)
                break
        else:
            break
    return refs, at


def _set(ref: Ref, field: str, number: int, end: int) -> Ref:
    fields: dict[str, Any] = {field: number}
    return replace(ref, end=end, **fields)


_EN_MEMBER = re.compile(rf"(?P<join>{_EN_JOIN})(?P<what>(?:[a-z.]+ ?)?\(?{_EN_N}\)?)")


def _english_members(match: re.Match[str], base: Ref, field: str) -> list[Ref]:
    return [
        replace(
            _set(base, field, int(re.sub("[^0-9]", "", part["what"])), part.end()),
            start=part.start("what"),
            link=_english_link(part["join"]),
        )
        for part in _EN_MEMBER.finditer(match.string, match.start("more"), match.end("more"))
    ]


def _read_reverse(folded: str, start: int) -> Marker | None:
    match = _EN_REVERSE.match(folded, start)
    if match is None:
        return None
    ref = Ref(
        start,
        match.end(),
        int(match["n"]),
        paragraph=_either(match["paragraph"], match["oparagraph"]),
        item=_either(match["item"], match["oitem"]),
        subitem=_either(match["subitem"], None),
    )
    return Marker(start, match.end(), (ref,), english=True)


def _either(digits: str | None, ordinal: str | None) -> int | None:
    if digits:
        return int(digits)
    return _ORDINALS[ordinal] if ordinal else None


# Bare forms, as typed into a look-up box


_BARE = re.compile(
    rf"第?{_S}(?P<article>{_N})(?:{_S}之{_S}(?P<suffix>{_N}))?"
    rf"(?:\.(?P<paragraph>[0-9]{{1,2}}))?(?:\.(?P<item>[0-9]{{1,2}}))?"
    rf"(?:{_S}(?:\({_S}(?P<bracket>{_N}){_S}\)|(?P<circle>{_CIRCLE}))"
    rf"(?:{_S}\({_S}(?P<second>{_N}){_S}\))?)?"
)
_BARE_LINK = re.compile(f"{_S}(?:(?P<range>{_RANGE})|(?P<list>{_LIST}|,)){_S}")


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
