"""Roles that the layout of a text gives: columns of a table, the question before an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.roles import Party, Role
from index.text import Span

__all__ = ["answered", "in_columns"]

_WHO = re.compile(
    r"谁(?:来)?(?:做|办|管|负责|承担|牵头|干)|主体|责任|牵头|承担|部门|机关|机构|单位|由谁|"
    r"哪一?级|层级|"
    r"\b(?:who|responsible|body|bearer|actor|level)\b"
)
_WHOM = re.compile(
    r"报给|报送|报谁|向谁|给谁|对象|接收|抄送|去向|\b(?:to whom|recipient|reported to)\b"
)
_ASKS_WHOM = re.compile(
    r"(?:向|报|给|抄送|送|交|抄|报告)(?:给|送)?(?:谁|哪|什么(?:单位|部门|机关))|\b(?:to whom|"
    r"who .{0,30}\bto)\b"
)
_ASKS_WHO = re.compile(
    r"谁|哪(?:些|个|家|级|几)?(?:一?级|人|部门|单位|机关|机构|位|几位)|什么(?:人|部门|单位|机关)|"
    r"\bwho\b|\bwhich (?:body|organ|level)"
)
_ROOM = 6
"""So many characters beside its actors may an answer have that only names them."""


def in_columns(
    view: str, head: Span | None, row: Span, parties: Sequence[Party]
) -> tuple[Party, ...]:
    """The parties of a table row: one that fills its cell has the role that its column names."""
    if head is None:
        return tuple(parties)
    titles = head.of(view).split("|")
    out = []
    for party in parties:
        column = view.count("|", row.start, party.span.start)
        cell = view[row.start : row.end].split("|")[column]
        title = titles[column] if column < len(titles) else ""
        alone = len(cell.strip()) - len(party.span) <= 2
        if alone and _WHOM.search(title):
            party = replace(party, role=Role.RECIPIENT)
        elif alone and _WHO.search(title):
            party = replace(party, role=Role.BEARER, marked=True, cleft=True)
        out.append(party)
    return tuple(out)


def answered(
    view: str, question: Span, clause: Span, parties: Sequence[Party]
) -> tuple[Party, ...]:
    """The parties of an answer that only names them, in the role that the question asks for."""
    if not parties:
        return ()
    said = sum(not c.isspace() for c in clause.of(view)) - sum(len(p.span) for p in parties)
    asked = question.of(view)
    if said > _ROOM:
        return tuple(parties)
    if _ASKS_WHOM.search(asked):
        return tuple(replace(p, role=Role.RECIPIENT) for p in parties)
    if _ASKS_WHO.search(asked):
        return tuple(replace(p, role=Role.BEARER) for p in parties)
    return tuple(parties)
