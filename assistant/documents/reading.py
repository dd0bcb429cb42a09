"""Word's XML → text, and from each character of it back to the element that shows it.

What the text is made of, in this order:

* paragraphs, a line each, and tables, a line for each row: ``| cell | cell |``; nested tables
  follow their row; a table of a single column is a frame, read like any other text;
* a heading starts with ``# ``, after an empty line, so that the checker sees that it governs
  what follows;
* then what stands beside the text, each after an empty line: text boxes, footnotes, endnotes.
  In between they would tear apart sentences that lean on one another.

Read is what Word shows with all tracked changes accepted: insertions, not deletions; results
of fields, not their codes; no hidden text, no placeholders of empty form fields, no text of a
cell that another one covers. Not read: automatic numbers, formulas, comments, and headers and
footers, which repeat on each page and state nothing on their own.

Characters that stand for no element (line ends, bars, ``# ``) belong to no piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.documents.package import Package
from assistant.documents.word import RUN, TEXT, Piece, Story, W, Word
from index.errors import DocumentError
from index.text import Span

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["read_word"]

_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_PARAGRAPH, _TABLE, _ROW, _CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_BOX = f"{W}txbxContent"
_ALTERNATIVES = f"{_MC}AlternateContent"
_BREAKS = {f"{W}br", f"{W}cr"}
_SHOWN = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_DRAWN = {f"{W}drawing", f"{W}pict", f"{W}object", _ALTERNATIVES}
# Nothing in these is text. Everything else that may stand around paragraphs, rows, cells or
# runs (links, insertions, content controls, smart tags, fields …) is looked through.
_PASSED_OVER = {
    f"{W}{name}"
    for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr",
                 "tcPr", "sectPr", "customXmlPr", "smartTagPr")
}  # fmt: skip
_LEVELS = set("012345678")
"""Of outlines; 9 is body text."""
# Invisible line ends inside a text element show as blanks.
_FLAT = str.maketrans("\n\r", "  ")


def read_word(package: Package, main: Element | None = None) -> Word:
    """Read a document; ``main`` stands for its main part where that is at hand parsed."""
    root = package.xml(package.main) if main is None else main
    if root.tag == f"{_STRICT}document":
        raise DocumentError(
            package.place, "is in the strict form of Open XML", "save it in Word as plain .docx"
        )
    if root.tag != f"{W}document":
        raise DocumentError(package.place, "is not a Word document", "save it in Word as .docx")
    styles = _part(package, "styles")
    reader = _Reader(
        _heading_styles(styles) if styles is not None else frozenset(),
        {kind: _notes(_part(package, kind)) for kind in _NOTES.values()},
    )
    try:
        reader.document(root)
    except RecursionError:
        raise DocumentError(package.place, "is nested too deeply", "save it anew in Word") from None
    return Word("".join(reader.out), tuple(reader.pieces))


def _part(package: Package, kind: str) -> Element | None:
    name = package.related(kind) or f"word/{kind}.xml"
    return package.xml(name) if package.has(name) else None


def _notes(root: Element | None) -> dict[str, Element]:
    return {} if root is None else {note.get(f"{W}id", ""): note for note in root}


def _value(node: Element | None, name: str) -> str | None:
    """``w:val`` of a child; what stands without one is on."""
    child = None if node is None else node.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val", "")


def _is_on(node: Element | None, name: str) -> bool:
    return _value(node, name) not in (None, "0", "false", "off")


def _heading_styles(root: Element) -> frozenset[str]:
    """The ids of paragraph styles with an outline level, their own or that of their base."""
    based: dict[str, str] = {}
    outlined: dict[str, bool] = {}
    for style in root.iter(f"{W}style"):
        if style.get(f"{W}type") != "paragraph":
            continue
        id_ = style.get(f"{W}styleId", "")
        based[id_] = _value(style, "basedOn") or ""
        level = _value(style.find(f"{W}pPr"), "outlineLvl")
        if level is not None:
            outlined[id_] = level in _LEVELS
        elif (_value(style, "name") or "").lower().startswith("heading "):
            outlined[id_] = True
    found = set()
    for id_ in based:
        at, seen = id_, set[str]()
        while at in based and at not in outlined and at not in seen:
            seen.add(at)
            at = based[at]
        if outlined.get(at):
            found.add(id_)
    return frozenset(found)


def _inside(parent: Element, *tags: str) -> Iterator[Element]:
    """The nearest descendants of these kinds that are shown, in order."""
    if parent.tag == _ALTERNATIVES:
        # The newest form first; the others say the same once more.
        found = parent.find(f"{_MC}Choice")
        taken = parent.find(f"{_MC}Fallback") if found is None else found
        children = iter(()) if taken is None else iter(taken)
    elif parent.tag == f"{W}sdt" and _is_on(parent.find(f"{W}sdtPr"), "showingPlcHdr"):
        return
    else:
        children = iter(parent)
    for child in children:
        if child.tag in tags:
            yield child
        elif child.tag not in _PASSED_OVER:
            yield from _inside(child, *tags)


def _is_deleted(row: Element) -> bool:
    format_ = row.find(f"{W}trPr")
    return format_ is not None and format_.find(f"{W}del") is not None


def _is_covered(cell: Element) -> bool:
    """Whether another cell is merged over this one."""
    format_ = cell.find(f"{W}tcPr")
    merged = (_value(format_, "vMerge"), _value(format_, "hMerge"))
    deleted = format_ is not None and format_.find(f"{W}cellDel") is not None
    return deleted or any(m in ("", "continue") for m in merged)


@dataclass
class _Reader:
    headings: frozenset[str]
    notes: Mapping[str, Mapping[str, Element]]
    out: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    length: int = 0
    started: bool = False
    pending: str = ""
    """Written before the next character that the paragraph shows, if it shows one."""
    joined: bool = False
    """The mark of the paragraph before is deleted: the next goes on in its line."""
    in_row: bool = False
    story: Story = Story.MAIN
    anchor: Element | None = None
    beside: list[tuple[Story, Element, Element]] = field(default_factory=list)
    """Story, anchor and content of what is read after the main text."""
    met: set[tuple[str, str]] = field(default_factory=set)

    def document(self, root: Element) -> None:
        self.blocks(root)
        order = list(Story)
        while self.beside:
            self.beside.sort(key=lambda aside: order.index(aside[0]))
            self.story, self.anchor, content = self.beside.pop(0)
            if next(content.iter(TEXT), None) is not None:
                self.joined = False
                if self.started:
                    self._insert("\n")
                self.blocks(content)

    # ── writing ─────────────────────────────────────────────────────────────────────────

    def _insert(self, text: str) -> None:
        if text:
            self.out.append(text)
            self.length += len(text)

    def _show(self, text: str, node: Element) -> None:
        if text:
            self._insert(self.pending)
            self.pending = ""
            span = Span(self.length, self.length + len(text))
            self._insert(text)
            anchor = node if self.anchor is None else self.anchor
            self.pieces.append(Piece(span, node, self.story, anchor))

    def _new_line(self) -> None:
        if self.started and not self.joined:
            self._insert("\n")
        self.started, self.joined = True, False

    # ── blocks ──────────────────────────────────────────────────────────────────────────

    def blocks(self, parent: Element) -> None:
        for block in _inside(parent, _PARAGRAPH, _TABLE):
            if block.tag == _TABLE:
                self._table(block)
            else:
                self._paragraph(block)

    def _paragraph(self, paragraph: Element) -> None:
        format_ = paragraph.find(f"{W}pPr")
        titled = self._is_heading(format_) and not self.joined
        self._new_line()
        if titled:
            tail = "".join(self.out[-2:])[-2:]
            self.pending = "# " if tail in ("", "\n", "\n\n") else "\n# "
        self._runs(paragraph)
        self.pending = ""
        mark = None if format_ is None else format_.find(f"{W}rPr")
        self.joined = mark is not None and mark.find(f"{W}del") is not None

    def _is_heading(self, format_: Element | None) -> bool:
        level = _value(format_, "outlineLvl")
        if level is not None:
            return level in _LEVELS
        return (_value(format_, "pStyle") or "") in self.headings

    def _table(self, table: Element) -> None:
        rows = [list(_inside(row, _CELL)) for row in _inside(table, _ROW) if not _is_deleted(row)]
        framed = all(len(cells) < 2 for cells in rows)
        for cells in rows:
            if framed:
                for cell in cells:
                    self.blocks(cell)
            else:
                self._row(cells)

    def _row(self, cells: list[Element]) -> None:
        self.joined = False
        self._new_line()
        self._insert("| ")
        nested: list[Element] = []
        for number, cell in enumerate(cells):
            if number:
                self._insert(" | ")
            if not _is_covered(cell):
                nested += self._cell(cell)
        self._insert(" |")
        for table in nested:
            self._table(table)

    def _cell(self, cell: Element) -> list[Element]:
        """Write a cell into its row; its tables are left to the caller."""
        blocks = list(_inside(cell, _PARAGRAPH, _TABLE))
        before = len(self.pieces)
        self.in_row = True
        for block in blocks:
            if block.tag == _PARAGRAPH:
                self.pending = "\t" if len(self.pieces) > before else ""
                self._runs(block)
        self.in_row, self.pending = False, ""
        return [block for block in blocks if block.tag == _TABLE]

    # ── runs ────────────────────────────────────────────────────────────────────────────

    def _runs(self, parent: Element) -> None:
        for run in _inside(parent, RUN):
            if not _is_on(run.find(f"{W}rPr"), "vanish"):
                self._run(run)

    def _run(self, run: Element) -> None:
        for node in run:
            if node.tag == TEXT:
                self._show((node.text or "").translate(_FLAT), node)
            elif node.tag in _SHOWN:
                self._show(_SHOWN[node.tag], node)
            elif node.tag in _BREAKS:
                self._show("\t" if self.in_row else "\n", node)
            elif node.tag in _NOTES:
                self._refer(node, _NOTES[node.tag])
            elif node.tag in _DRAWN:
                for box in _inside(node, _BOX):
                    self._put_beside(Story.BOX, node, box)
            elif node.tag == f"{W}ruby":  # the base, not the reading above it
                for base in node.iterchildren(f"{W}rubyBase"):
                    self._runs(base)

    def _refer(self, node: Element, kind: str) -> None:
        id_ = node.get(f"{W}id", "")
        note = self.notes[kind].get(id_)
        if note is not None and (kind, id_) not in self.met:
            self.met.add((kind, id_))
            self._put_beside(Story(kind), node, note)

    def _put_beside(self, story: Story, node: Element, content: Element) -> None:
        self.beside.append((story, node if self.anchor is None else self.anchor, content))
