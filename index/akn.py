"""The structure as Akoma Ntoso 3.0, the OASIS format of legal documents.

The names of the elements follow the text: 编 part, 分编 subpart, 章 chapter, 节 section,
条 article, 款 paragraph, 项 point, 目 indent. An ``eId`` is the provision id without
the regulation, ``__`` for ``/``: art_25__para_1__item_7.
"""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from index.regulation import (
    Article,
    Division,
    DivisionKind,
    Item,
    Paragraph,
    Regulation,
    Subitem,
)
from index.text import Script, Span, detect_script

__all__ = ["NAMESPACE", "to_akn"]

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

_ELEMENTS = {
    DivisionKind.PART: ("part", "part"),
    DivisionKind.SUBPART: ("subpart", "subpart"),
    DivisionKind.CHAPTER: ("chapter", "chp"),
    DivisionKind.SECTION: ("section", "sec"),
}
"""Element and the prefix of its eId, as the naming convention abbreviates them."""

_HEADING_NUMBER = re.compile(r"第[^编編章节節]*(?:分?[编編]|章|[节節])(?:\s*之\s*\w(?=\s))?\s*")
_UNDATED = dt.date(1, 1, 1)  # the format demands a date


def to_akn(regulation: Regulation, *, script: Script | None = None) -> bytes:
    """The regulation as an XML document, in ``script``; as published by default."""
    text = regulation.text.source if script is None else regulation.text.view(script)
    return _Writer(regulation, text).document()


class _Writer:
    def __init__(self, regulation: Regulation, text: str) -> None:
        self._regulation = regulation
        self._text = text

    def document(self) -> bytes:
        ET.register_namespace("", NAMESPACE)
        root = ET.Element(f"{{{NAMESPACE}}}akomaNtoso")
        act = _add(root, "act", name="regulation", contains="originalVersion")
        self._meta(act)
        self._preface(act)
        body = _add(act, "body")
        for child in self._children(None):
            self._hierarchy(body, child, "")
        if annex := self._text[self._regulation.articles[-1].span.end :].strip():
            conclusions = _add(act, "conclusions")
            for line in annex.split("\n"):
                _add(conclusions, "p", line)
        ET.indent(root, " ")
        data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return data + b"\n"

    # Meta data

    def _meta(self, act: ET.Element) -> None:
        preamble = self._regulation.preamble
        issued = (preamble and (preamble.issued_on or preamble.adopted_on)) or _UNDATED
        work = f"/akn/cn/act/{issued.isoformat()}/{self._regulation.id}"
        hans = detect_script(self._text) is not Script.TRADITIONAL
        expression = f"{work}/{'zho-Hans' if hans else 'zho-Hant'}@{issued.isoformat()}"
        meta = _add(act, "meta")
        identification = _add(meta, "identification", source="#tiaowen")
        for level, uri, author in (
            ("FRBRWork", work, "#issuer"),
            ("FRBRExpression", expression, "#issuer"),
            ("FRBRManifestation", f"{expression}.xml", "#tiaowen"),
        ):
            frbr = _add(identification, level)
            _add(frbr, "FRBRthis", value=f"{uri}/!main")
            _add(frbr, "FRBRuri", value=uri)
            _add(frbr, "FRBRdate", date=issued.isoformat(), name="issued")
            _add(frbr, "FRBRauthor", href=author)
            if level == "FRBRWork":
                _add(frbr, "FRBRcountry", value="cn")
            elif level == "FRBRExpression":
                _add(frbr, "FRBRlanguage", language="zho")
        references = _add(meta, "references", source="#tiaowen")
        issuer = (preamble and preamble.issued_by) or "unknown"
        for name, shown in (("tiaowen", "Tiaowen"), ("issuer", issuer)):
            _add(
                references,
                "TLCOrganization",
                eId=name,
                href=f"/akn/ontology/organization/cn/{name}",
                showAs=shown,
            )

    def _preface(self, act: ET.Element) -> None:
        preamble = self._regulation.preamble
        starts = [d.span.start for d in self._regulation.divisions]
        end = min([*starts, self._regulation.articles[0].marker.start])
        preface = _add(act, "preface")
        titled = False
        at = 0
        for line in self._text[:end].splitlines():
            if preamble is not None and preamble.span.start == at:
                _add(preface, "p", line)
            elif not titled:
                _add(_add(_add(preface, "longTitle"), "p"), "docTitle", line)
                titled = True
            else:
                _add(preface, "p", line)
            at += len(line) + 1

    # Hierarchy

    def _children(self, parent: Division | None) -> Iterator[Division | Article]:
        """What stands directly below ``parent``, in the order of the text."""
        regulation = self._regulation
        below = [d for d in regulation.divisions if d.parent is parent]
        taken = {i for d in below for i in d.articles}
        inside = parent.articles if parent is not None else range(len(regulation.articles))
        nodes: list[tuple[int, Division | Article]] = [(d.span.start, d) for d in below]
        nodes += [
            (a.marker.start, a)
            for i, a in enumerate(regulation.articles)
            if i in inside and i not in taken
        ]
        yield from (node for _, node in sorted(nodes, key=lambda pair: pair[0]))

    def _hierarchy(self, above: ET.Element, node: Division | Article, prefix: str) -> None:
        if isinstance(node, Article):
            self._article(above, node)
            return
        element, short = _ELEMENTS[node.kind]
        name = f"{prefix}{short}_{_number(node.number, node.suffix)}"
        division = _add(above, element, eId=name)
        line = self._text[node.span.start : node.span.end].split("\n", 1)[0]
        mark = _HEADING_NUMBER.match(line)
        end = mark.end() if mark is not None else 0
        _add(division, "num", line[:end].strip())
        _add(division, "heading", line[end:].strip())
        for child in self._children(node):
            self._hierarchy(division, child, f"{name}__")

    def _article(self, above: ET.Element, article: Article) -> None:
        name = f"art_{_number(article.number, article.suffix)}"
        element = _add(above, "article", eId=name)
        _add(element, "num", self._text[article.marker.start : article.span.start].strip())
        if not article.paragraphs:  # a deleted article
            _add(_add(element, "content"), "p")
        for paragraph in article.paragraphs:
            self._paragraph(element, paragraph, name)

    def _paragraph(self, above: ET.Element, paragraph: Paragraph, prefix: str) -> None:
        name = f"{prefix}__para_{paragraph.number}"
        element = _add(above, "paragraph", eId=name)
        self._block(element, paragraph.lead, has_parts=bool(paragraph.items))
        for item in paragraph.items:
            self._item(element, item, name)

    def _item(self, above: ET.Element, item: Item, prefix: str) -> None:
        name = f"{prefix}__item_{item.number}"
        element = _add(above, "point", eId=name)
        _add(element, "num", self._text[item.span.start : item.body.start].strip())
        end = item.subitems[0].span.start if item.subitems else item.body.end
        lead = Span(item.body.start, max(item.body.start, end))
        self._block(element, lead, has_parts=bool(item.subitems))
        for subitem in item.subitems:
            self._subitem(element, subitem, name)

    def _subitem(self, above: ET.Element, subitem: Subitem, prefix: str) -> None:
        element = _add(above, "indent", eId=f"{prefix}__sub_{subitem.number}")
        _add(element, "num", self._text[subitem.span.start : subitem.body.start].strip())
        self._block(element, subitem.body, has_parts=False)

    def _block(self, above: ET.Element, span: Span, *, has_parts: bool) -> None:
        """The words of a provision: its lead-in where parts follow."""
        words = span.of(self._text).strip()
        if words or not has_parts:
            _add(_add(above, "intro" if has_parts else "content"), "p", words)


def _number(number: int, suffix: int | None) -> str:
    return str(number) if suffix is None else f"{number}_{suffix}"


def _add(above: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(above, f"{{{NAMESPACE}}}{tag}", attributes)
    element.text = text
    return element
