"""How many chapters, articles, paragraphs or items a text says there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.errors import NoSuchProvisionError
from index.numerals import numeral, read_numeral
from index.regulation import ProvisionId, Regulation
from index.text import Span

__all__ = ["CountSlot", "compare_counts"]

_N = "(?:[0-9]{1,3}|[一二三四五六七八九十百两]{1,5})"
_WHOLE = re.compile(
    rf"(?:共计?|一共|总共|分为?|有|包括|"
    rf"由)(?P<chapters>{_N})(?P<c>章)[,、]?(?:共计?)?(?P<articles>{_N})条"
    rf"|(?:共计?|一共|总共|全文有?|有)(?P<only_articles>{_N})条(?!件)|(?:共计?|一共|总共|"
    rf"分为?)(?P<only_chapters>{_N})章"
)
_ITEMS = re.compile(
    rf"(?:共有?|一共有?|列有?了?|列出了?|列举了?|规定了|明确了|包括|"
    rf"分为?)(?P<items>{_N})(?P<unit>项|款)"
)


@dataclass(frozen=True, slots=True)
class CountSlot:
    """A stated number beside the true one."""

    span: Span
    agrees: bool
    expected: str
    provision: ProvisionId | None = None


def compare_counts(
    view: str, clause: Span, cited: Sequence[ProvisionId], regulation: Regulation
) -> Iterator[CountSlot]:
    """Every count that a clause states of the whole text or of the one article it cites."""
    for match in _WHOLE.finditer(view, clause.start, clause.end):
        if not cited:
            for group in ("chapters", "only_chapters"):
                yield from _slot(match, group, len(regulation.chapters), "章")
            for group in ("articles", "only_articles"):
                yield from _slot(match, group, len(regulation.articles), "条")
    articles = list(dict.fromkeys(p.of_article for p in cited if p.item is None))
    if len(articles) != 1:
        return
    try:
        article = regulation.article(articles[0].article, articles[0].suffix)
    except NoSuchProvisionError:
        return
    for match in _ITEMS.finditer(view, clause.start, clause.end):
        items = sum(len(p.items) for p in article.paragraphs)
        true = items if match["unit"] == "项" else len(article.paragraphs)
        if true:
            yield from _slot(match, "items", true, match["unit"], articles[0])


def _slot(
    match: re.Match[str], group: str, true: int, unit: str, provision: ProvisionId | None = None
) -> Iterator[CountSlot]:
    if match[group] is None:
        return
    span = Span(match.start(group), match.end(group) + 1)
    agrees = read_numeral(match[group]) == true
    yield CountSlot(span, agrees, f"{numeral(true)}{unit}", provision)
