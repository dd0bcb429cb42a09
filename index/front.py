"""What stands before the first article: title, table of contents, preamble."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from index.regulation import Preamble
from index.text import Span

__all__ = ["Contents", "has_title", "read_preamble"]

_CONTENTS = re.compile(r"目\s*[录次]")
_PAGE = re.compile(r"[.…·\s]*[0-9]*$")
_SIGNS = re.compile(r"[\s《》〈〉]+")


class Contents:
    """Tells the lines of a table of contents from the text behind it.

    The text begins where the first heading of the table comes again.

    >>> contents = Contents()
    >>> [contents.holds(line) for line in
    ...     ("办法", "目 录", "第一章 总则", "第二章 附则", "第一章 总则", "第二章 附则")]
    [False, True, True, True, False, False]
    """

    def __init__(self) -> None:
        self._inside = False
        self._first: str | None = None

    def holds(self, line: str) -> bool:
        """Whether the next line belongs to the table."""
        if not self._inside:
            self._inside = self._first is None and _CONTENTS.fullmatch(line) is not None
            return self._inside
        entry = _PAGE.sub("", "".join(line.split()))
        if self._first is None:
            self._first = entry
            return True
        self._inside = entry != self._first
        return self._inside


def has_title(lines: Iterable[str], title: str) -> bool:
    """Whether ``title`` stands in the lines before the text, on one or more of them."""
    return _SIGNS.sub("", title) in _SIGNS.sub("", "".join(lines))


_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ADOPTED = re.compile(r"(?:审议)?(?:批准|通过)")
_ISSUED = re.compile(r"(?:印发|发布|公布|颁布)")


def read_preamble(plain: str, front: Iterable[Span]) -> Preamble | None:
    """The bracketed line of dates and bodies, if there is one.

    >>> line = "(2019年11月15日某委员会会议审议批准 2019年11月20日某委员会发布)"
    >>> preamble = read_preamble(line, [Span(0, len(line))])
    >>> preamble.adopted_by, preamble.issued_by, str(preamble.issued_on)
    ('某委员会', '某委员会', '2019-11-20')
    """
    for span in front:
        line = span.of(plain)
        dates = list(_DATE.finditer(line))
        if not line.startswith("(") or not dates:
            continue
        adopted: tuple[str | None, dt.date | None] | None = None
        issued: tuple[str | None, dt.date | None] | None = None
        ends = [*(match.start() for match in dates[1:]), len(line)]
        for match, end in zip(dates, ends, strict=True):
            act = line[match.end() : end]
            if verb := _ADOPTED.search(act):
                adopted = adopted or (_body(act[: verb.start()]), _date(match))
            elif verb := _ISSUED.search(act):
                issued = issued or (_body(act[: verb.start()]), _date(match))
        return Preamble(span, *(adopted or (None, None)), *(issued or (None, None)))
    return None


def _body(words: str) -> str | None:
    words = words.strip(" \t\u3000,;(").removeprefix("由")
    # 常务委员会会议 is a meeting of the 常务委员会; 第二次会议 is a name of its own.
    return (words[:-2] if words.endswith("会会议") else words) or None


def _date(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
