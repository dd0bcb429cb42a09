"""SVG by small functions: text that is measured and wrapped, boxes, arrows, two palettes.

A picture has no script, no outside font and no link. Colours come from the page's own
variables where it stands in the page, else from the reader's light or dark setting; a
viewer that knows neither shows the light ones. Every text is escaped by the XML writer.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from typing import Final

__all__ = [
    "arrow",
    "box",
    "circle",
    "diamond",
    "element",
    "line",
    "picture",
    "text",
    "text_block",
    "text_width",
    "wrap",
]

_LIGHT: Final = {
    "surface": "#ffffff", "raised": "#fbfaf7", "line": "#e2dfd6", "ink": "#1f2729",
    "soft": "#566065", "accent": "#0f5e5a", "seal": "#a8322a",
}  # fmt: skip
_DARK: Final = {
    "surface": "#1c2224", "raised": "#22292b", "line": "#3d474a", "ink": "#e8e6df",
    "soft": "#a6b0b2", "accent": "#7cc7bf", "seal": "#bf4f45",
}  # fmt: skip
# Two colours and how much there is of the first; and how that looks in the light.
_MIXED: Final = {
    "accent-soft": ("accent", 18, "surface", "#d4e2e1"),
    "alert": ("seal", 72, "ink", "#822f2a"),
}
_FIXED: Final = {"on-seal": "#ffffff"}
_STILL: Final = {**_LIGHT, **{name: mixed[3] for name, mixed in _MIXED.items()}, **_FIXED}
"""For viewers that know no style sheet."""

_LATIN = "system-ui,-apple-system,'Segoe UI'"
_CHINESE = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC'"
_FONTS: Final = {
    "zh-Hans": f"{_CHINESE},{_LATIN},sans-serif",
    "zh-Hant": f"{_CHINESE.replace(' SC', ' TC').replace('YaHei', 'JhengHei')},{_LATIN},sans-serif",
    "en": f"{_LATIN},sans-serif,{_CHINESE}",
}

Attribute = str | float | None


def element(tag: str, *children: ET.Element, **attributes: Attribute) -> ET.Element:
    """An element; ``stroke_width`` is written stroke-width, ``class_`` class, None left out.
    ``words`` are its text.

    >>> ET.tostring(element("rect", x=1.25, stroke_width=2.0, fill=None)).decode()
    '<rect x="1.2" stroke-width="2" />'
    """
    made = ET.Element(tag)
    words = attributes.pop("words", None)
    for name, value in attributes.items():
        if value is not None:
            written = f"{round(value, 1):g}" if isinstance(value, (int, float)) else value
            made.set(name.rstrip("_").replace("_", "-"), written)
    made.text = str(words) if words else None
    made.extend(children)
    return made


def _paint(fill: str | None, stroke: str | None) -> dict[str, Attribute]:
    """Classes for the palettes, and the colours for viewers that know no style sheet."""
    names = [*([f"f-{fill}"] if fill else []), *([f"s-{stroke}"] if stroke else [])]
    return {
        "class_": " ".join(names) or None,
        "fill": _STILL[fill] if fill else "none",
        "stroke": _STILL[stroke] if stroke else None,
    }


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str | None = None,
    stroke: str | None = None,
    radius: float = 6,
    dashed: bool = False,
    opacity: float | None = None,
) -> ET.Element:
    """A rectangle with round corners."""
    return element(
        "rect", x=x, y=y, width=max(width, 0), height=height, rx=min(radius, max(width, 0) / 2),
        stroke_dasharray="4 3" if dashed else None, opacity=opacity, **_paint(fill, stroke),
    )  # fmt: skip


def circle(
    x: float, y: float, radius: float, *, fill: str, stroke: str | None = None
) -> ET.Element:
    """A dot, or with ``stroke`` a ring."""
    width = 2.0 if stroke else None
    return element("circle", cx=x, cy=y, r=radius, stroke_width=width, **_paint(fill, stroke))


def diamond(x: float, y: float, radius: float, *, fill: str) -> ET.Element:
    """A square on its corner."""
    points = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    return element("path", d=_path(points) + "Z", **_paint(fill, None))


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str = "line") -> ET.Element:
    """A thin line."""
    return element("path", d=_path(((x1, y1), (x2, y2))), **_paint(None, stroke))


def arrow(x1: float, y1: float, x2: float, y2: float) -> ET.Element:
    """An arrow, level or upright, from one point to the other."""
    size = 5.0
    if y1 == y2:
        head = ((x2 - size, y2 - size), (x2, y2), (x2 - size, y2 + size))
    else:
        head = ((x2 - size, y2 - size), (x2, y2), (x2 + size, y2 - size))
    return element(
        "path", d=_path(((x1, y1), (x2, y2))) + _path(head), stroke_width=1.6,
        stroke_linecap="round", stroke_linejoin="round", **_paint(None, "soft"),
    )  # fmt: skip


def _path(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{round(x, 1):g} {round(y, 1):g}" for x, y in points)


# -- text -----------------------------------------------------------------------------------


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """About how wide ``words`` are set at ``size``; rather too wide than too narrow.

    >>> text_width("月报", 10), text_width("WW", 10) > text_width("il", 10)
    (20.0, True)
    """
    return size * sum(_em(char, bold) for char in words)


def _em(char: str, bold: bool) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WFA":  # A: “”·—, full width in a Chinese font
        return 1.0
    return _LATIN_WIDTHS.get(char, 0.64) * (1.13 if bold else 1.0)


# Of DejaVu Sans, the widest face that a viewer is likely to fall back on.
_LATIN_WIDTHS: Final = {
    char: width
    for chars, width in (
        ("'ijlIJ", 0.3), (" ,./:;\\|f-", 0.36), ("()[]t!r", 0.41), ("\"*_`szc?", 0.55),
        ("LFkvxyPTYaoe", 0.62), ("KAVBRXZC", 0.7), ("UHNDG&OQ", 0.79), ("w#+<=>^~M", 0.86),
        ("%mW@", 1.0),
    )
    for char in chars
}  # fmt: skip


_CLOSING = "，。；：、！？）》”’〕】…,.;:!?)"
_OPENING = "（《“‘〔【("
_WORDS = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’]+|\s+|.", re.DOTALL)


def wrap(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """``words`` in lines of at most ``width``; no line begins with a comma or ends with an
    opening bracket, and a single word that is too long stands on a line of its own.

    >>> wrap("每月至少研判1次，及时上报。", 60, 10)
    ['每月至少研判', '1次，及时上', '报。']
    >>> wrap("at least once a month", 60, 10)
    ['at least', 'once a', 'month']
    """
    lines: list[str] = []
    current = ""
    for piece in _pieces(words.strip()):
        if current and text_width((current + piece).rstrip(), size, bold=bold) > width:
            lines.append(current.rstrip())
            current = piece.lstrip()
        else:
            current += piece
    if current.strip():
        lines.append(current.rstrip())
    return lines


def _pieces(words: str) -> list[str]:
    """The parts between which a line may break."""
    pieces: list[str] = []
    for match in _WORDS.finditer(words):
        piece = match.group()
        if pieces and (piece[0] in _CLOSING or pieces[-1][-1] in _OPENING or piece.isspace()):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def text(
    words: str,
    x: float,
    y: float,
    size: float,
    *,
    fill: str = "ink",
    bold: bool = False,
    anchor: str | None = None,
) -> ET.Element:
    """One line; ``y`` is its base line, ``anchor`` start, middle or end."""
    return element(
        "text", words=words, x=x, y=y, font_size=size, text_anchor=anchor,
        font_weight="600" if bold else None, **_paint(fill, None),
    )  # fmt: skip


def text_block(
    lines: Sequence[str],
    x: float,
    y: float,
    size: float,
    *,
    fill: str = "ink",
    bold: bool = False,
    leading: float = 1.45,
) -> tuple[list[ET.Element], float]:
    """Lines below ``y``, and where they end."""
    step = size * leading
    made = [
        text(words, x, y + n * step + size * 1.05, size, fill=fill, bold=bold)
        for n, words in enumerate(lines)
    ]
    return made, y + step * len(lines)


# -- the whole ------------------------------------------------------------------------------


def picture(
    width: float,
    height: float,
    parts: Iterable[ET.Element],
    *,
    title: str,
    description: str,
    lang: str,
) -> str:
    """The SVG document: a card of that size, named and described for screen readers."""
    key = hashlib.sha256(f"{title}{description}{width}{lang}".encode()).hexdigest()[:8]
    root = element(
        "svg",
        element("title", words=title, id=f"t{key}"),
        element("desc", words=description, id=f"d{key}"),
        element("style", words=_style(lang)),
        box(0.5, 0.5, width - 1, height - 1, fill="surface", stroke="line", radius=12),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:.0f}",
        width=width,
        height=float(f"{height:.0f}"),
        role="img",
        aria_labelledby=f"t{key} d{key}",
        class_="tw-picture",
        lang=lang,
    )
    root.set("xml:lang", lang)
    ET.indent(root, space="")
    return ET.tostring(root, encoding="unicode") + "\n"


def _style(lang: str) -> str:
    light = "".join(_rules(_LIGHT))
    dark = "".join(_rules(_DARK))
    return (
        f".tw-picture{{font-family:{_FONTS[lang]};max-width:100%;height:auto}}{light}"
        f"@media(prefers-color-scheme:dark){{{dark}}}"
    )


def _rules(palette: dict[str, str]) -> Iterable[str]:
    page = {name: f"var(--tw-{name},{colour})" for name, colour in palette.items()}
    for name, (one, share, other, _) in _MIXED.items():
        page[name] = f"color-mix(in srgb,{page[one]} {share}%,{page[other]})"
    for name, value in {**page, **_FIXED}.items():
        yield f".tw-picture .f-{name}{{fill:{value}}}.tw-picture .s-{name}{{stroke:{value}}}"
