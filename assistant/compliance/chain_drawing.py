"""The picture of a reporting chain: event → 1小时 → 3小时, a box a step."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compliance.chain import THEN, Chain, Step
from assistant.compliance.drawing import arrow, box, picture, text_block, wrap
from assistant.compliance.words import SAY, short_name, statement
from assistant.said import Said

__all__ = ["chain_svg"]

WIDTH = 960
PHONE = 390

_ROOM = 640
"""Narrower than this the steps stand below each other."""
_SMALLEST = 320
_ARROW = 30.0
_PAD = 12.0


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    size: float
    fill: str = "ink"
    bold: bool = False
    above: float = 0.0
    """Room above the line."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A box with its text, before it has a place."""

    lines: tuple[_Line, ...]
    head: bool = False
    """The event itself, not a step."""
    dashed: bool = False

    def height(self, width: float) -> float:
        return self._draw(0, 0, width)[1] + _PAD

    def drawn(self, x: float, y: float, width: float, height: float) -> list[ET.Element]:
        """In a place ``height`` high: a step fills it, the event stands in its middle."""
        if self.head:
            own = self.height(width)
            y, height = y + (height - own) / 2, own
        fill = "seal" if self.head and not self.dashed else "raised"
        stroke = "soft" if self.dashed else None if self.head else "line"
        frame = box(x, y, width, height, fill=fill, stroke=stroke, radius=8, dashed=self.dashed)
        return [frame, *self._draw(x, y, width)[0]]

    def _draw(self, x: float, y: float, width: float) -> tuple[list[ET.Element], float]:
        made: list[ET.Element] = []
        y += _PAD - 2
        for part in self.lines:
            lines = wrap(part.words, width - 2 * _PAD, part.size, bold=part.bold)
            more, y = text_block(
                lines, x + _PAD, y + part.above, part.size, fill=part.fill, bold=part.bold,
                leading=1.4,
            )  # fmt: skip
            made += more
        return made, y


def chain_svg(chain: Chain, *, lang: str = "zh-Hans", width: int = WIDTH) -> str:
    """The chain as an SVG of ``width`` (at least 320); its height follows from what it holds.

    Text is set for that width: show a picture of 390 on a phone, not a larger one scaled down.
    """
    whole = float(max(width, _SMALLEST))
    narrow = whole < _ROOM
    margin = 16.0 if narrow else 28.0
    name = _title(chain, lang)
    parts, y = _heading(name, chain, lang, margin, whole, 17.0 if narrow else 20.0)
    rows = [
        [_head(lane.event.say(lang)), *(_step(step, chain, lang) for step in lane.steps)]
        for lane in chain.lanes
    ]
    if chain.then:
        then = _head(THEN.say(lang), dashed=True)
        rows.append([then, *(_step(s, chain, lang, dashed=True) for s in chain.then)])
    most = max(map(len, rows))
    column = (whole - 2 * margin - (most - 1) * _ARROW) / most
    for boxes in rows:
        if narrow:
            y = _downwards(parts, boxes, margin, y, whole - 2 * margin)
        else:
            y = _along(parts, boxes, margin, y, column)
        y += 20
    return picture(
        whole, y - 20 + margin, parts,
        title=name, description=chain.text(lang), lang=lang,
    )  # fmt: skip


def _title(chain: Chain, lang: str) -> str:
    events = Said(
        "、".join(lane.event.zh for lane in chain.lanes),
        ", ".join(lane.event.en for lane in chain.lanes),
    )
    words = SAY["chain.title"]
    name = Said(words.zh.format(events.zh), words.en.format(events.en)).say(lang)
    return name[:1].upper() + name[1:]


def _heading(
    name: str, chain: Chain, lang: str, margin: float, width: float, size: float
) -> tuple[list[ET.Element], float]:
    room = width - 2 * margin
    made, y = text_block(wrap(name, room, size, bold=True), margin, margin - 4, size, bold=True)
    regulation = chain.knowledge.regulation
    source = Said(
        f"{chain.labels('zh-Hans')}　《{regulation.title}》",
        f"{chain.labels('en')}, {regulation.title_en or regulation.title}",
    ).say(lang)
    more, y = text_block(wrap(source, room, 12), margin, y + 2, 12, fill="soft")
    return [*made, *more], y + 16


def _head(words: str, *, dashed: bool = False) -> _Box:
    fill = "soft" if dashed else "on-seal"
    words = words[:1].upper() + words[1:]
    return _Box((_Line(words, 15, fill, bold=True),), head=True, dashed=dashed)


def _step(step: Step, chain: Chain, lang: str, *, dashed: bool = False) -> _Box:
    """By when, who, what, to whom. The table has names for acts in Chinese only: English
    gives the row's sentence."""
    limit = step.limit.format(lang)
    lines = [_Line(limit[:1].upper() + limit[1:], 16, "accent", bold=True)]
    if lang == "en":
        lines.append(_Line(statement(step.rule, lang), 13, above=4))
    else:
        rule = step.rule
        if rule.condition and (rule.event is None or rule.event not in rule.condition):
            lines.append(_Line(_zh(rule.condition, lang), 13, "soft", above=4))
        lines.append(_Line(_join(step.bearers, lang), 13, "soft", above=4))
        # the event stands at the head: 报告, not 报告一般性突发事件
        act = _zh(rule.action, lang) if rule.object == rule.event else short_name(rule, lang)
        lines.append(_Line(act, 15, bold=True, above=2))
        if step.recipients:
            to = SAY["chain.to"].say(lang).format(_join(step.recipients, lang))
            lines.append(_Line(to, 13, above=2))
    label = chain.label(step.rule, lang)
    if label != chain.labels(lang):  # else the heading says it for all
        lines.append(_Line(label, 11.5, "soft", above=6))
    return _Box(tuple(lines), dashed=dashed)


def _zh(words: str, lang: str) -> str:
    return Said(words, words).say(lang)


def _join(names: Sequence[Said], lang: str) -> str:
    return (", " if lang == "en" else "、").join(name.say(lang) for name in names)


def _along(
    parts: list[ET.Element], boxes: Sequence[_Box], x: float, y: float, width: float
) -> float:
    """Boxes in a row, all as high as the highest."""
    height = max(part.height(width) for part in boxes)
    for number, part in enumerate(boxes):
        left = x + number * (width + _ARROW)
        if number:
            parts.append(arrow(left - _ARROW + 6, y + height / 2, left - 6, y + height / 2))
        parts += part.drawn(left, y, width, height)
    return y + height


def _downwards(
    parts: list[ET.Element], boxes: Sequence[_Box], x: float, y: float, width: float
) -> float:
    """Boxes below each other, each as high as it needs to be."""
    for number, part in enumerate(boxes):
        if number:
            parts.append(arrow(x + 24, y + 4, x + 24, y + 20))
            y += 24
        height = part.height(width)
        parts += part.drawn(x, y, width, height)
        y += height
    return y
