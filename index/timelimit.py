"""Time-limit language: text to :class:`TimeLimit` and back, in both scripts and English.

>>> mention, = find_time_limits("應當在事發後１個小時內報告")
>>> mention.limit.quantity, mention.limit.unit, mention.limit.anchor
(1, <Unit.HOUR: 'hour'>, '事发后')
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator

from index.errors import TimeLimitError
from index.limits import Comparison, Draft, LimitKind, TimeLimit, TimeMention
from index.limits_en import find_english
from index.limits_zh import find_chinese
from index.quantities import Unit, read_text

__all__ = [
    "Comparison",
    "LimitKind",
    "TimeLimit",
    "TimeMention",
    "Unit",
    "find_time_limits",
    "parse_time_limit",
]


def find_time_limits(text: str) -> tuple[TimeMention, ...]:
    """Every time limit that ``text`` mentions, in order, never overlapping.

    >>> text = "每季度至少研判1次，3小时内报告"
    >>> [m.span.of(text) for m in find_time_limits(text)]
    ['每季度至少研判1次', '3小时内']
    >>> find_time_limits("第三十条共3项，11月20日召开一次会议")
    ()
    """
    read = read_text(text)
    drafts: Iterable[Draft] = find_chinese(read.text)
    if any("a" <= c <= "z" for c in read.text):
        drafts = heapq.merge(drafts, find_english(read.text), key=lambda d: (d.start, -d.end))
    return tuple(draft.mention(read) for draft in _apart(drafts))


def _apart(drafts: Iterable[Draft]) -> Iterator[Draft]:
    floor = 0
    for draft in drafts:
        if draft.start >= floor:
            yield draft
            floor = draft.end


def parse_time_limit(text: str) -> TimeLimit:
    """The one limit that the whole of ``text`` is.

    >>> parse_time_limit("提前1周以上").comparison
    <Comparison.AT_LEAST: 'at_least'>
    >>> parse_time_limit("一会儿")
    Traceback (most recent call last):
    index.errors.TimeLimitError: "一会儿" is not a time limit; write for example 1小时内, 提前1周以上, 每季度至少1次
    >>> parse_time_limit("3小时内报告")
    Traceback (most recent call last):
    index.errors.TimeLimitError: "报告" is left over beside "3小时内"; write the time limit alone
    """  # noqa: E501
    mentions = find_time_limits(text)
    if not mentions:
        raise TimeLimitError(
            "",
            f'"{text[:40]}" is not a time limit',
            "write for example 1小时内, 提前1周以上, 每季度至少1次",
        )
    if len(mentions) > 1:
        found = ", ".join(f'"{m.span.of(text)}"' for m in mentions[:3])
        raise TimeLimitError("", f"{len(mentions)} time limits: {found}", "write one")
    span = mentions[0].span
    rest = text[: span.start].strip() or text[span.end :].strip(" \t\n.。")
    if rest:
        raise TimeLimitError(
            "",
            f'"{rest[:40]}" is left over beside "{span.of(text)}"',
            "write the time limit alone",
        )
    return mentions[0].limit
