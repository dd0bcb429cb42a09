"""Word documents for tests, written by hand, and what a reader other than ours sees in them."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = f'xmlns:w="{WORD}" xmlns:mc="{MC}" xmlns:r="{_RELATED}"'
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN_TYPE = f"{_OFFICE}.document.main+xml"

STYLES = f"""<w:styles {_NAMESPACES}>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="章标题"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="level"><w:name w:val="级"/>
<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="body"><w:name w:val="正文标题"/><w:basedOn w:val="1"/>
<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="round"><w:name w:val="x"/><w:basedOn w:val="trip"/></w:style>
<w:style w:type="paragraph" w:styleId="trip"><w:name w:val="y"/><w:basedOn w:val="round"/></w:style>
<w:style w:type="character" w:styleId="c"><w:name w:val="heading 9"/></w:style>
</w:styles>"""


def t(text: str) -> str:
    """A text element."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(*content: str, format_: str = "") -> str:
    """A run; what does not start with ``<`` is text."""
    inner = "".join(c if c.startswith("<") else t(c) for c in content)
    return f"<w:r>{f'<w:rPr>{format_}</w:rPr>' if format_ else ''}{inner}</w:r>"


def p(*content: str, style: str = "", format_: str = "") -> str:
    """A paragraph; what does not start with ``<`` is a run of its own."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(c if c.startswith("<") else r(c) for c in content)
    return f"<w:p><w:pPr>{style}{format_}</w:pPr>{inner}</w:p>"


def tc(*content: str, format_: str = "") -> str:
    """A cell; what does not start with ``<`` is a paragraph of its own."""
    inner = "".join(c if c.startswith("<") else p(c) for c in content)
    return f"<w:tc><w:tcPr>{format_}</w:tcPr>{inner}</w:tc>"


def table(*rows: Iterable[str]) -> str:
    """A table; what does not start with ``<`` is a cell of its own."""
    inner = "".join(
        f"<w:tr>{''.join(c if c.startswith('<') else tc(c) for c in row)}</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr/>{inner}</w:tbl>"


def box(*blocks: str) -> str:
    """A text box in its new form and in the one for old programs."""
    inner = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{inner}</w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent>"
    )


def main_xml(*blocks: str) -> str:
    """The main part."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:document {_NAMESPACES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"
    )


def notes_xml(kind: str, notes: Mapping[int, str]) -> str:
    """The part of footnotes or endnotes: number → blocks."""
    inner = "".join(f'<w:{kind} w:id="{n}">{blocks}</w:{kind}>' for n, blocks in notes.items())
    separator = f'<w:{kind} w:type="separator" w:id="-1">{p("不读")}</w:{kind}>'
    return f"<w:{kind}s {_NAMESPACES}>{separator}{inner}</w:{kind}s>"


def comments_xml(comments: Mapping[int, str]) -> str:
    """The part of comments: number → text."""
    inner = "".join(
        f'<w:comment w:id="{n}" w:author="某人" w:initials="M">{p(text)}</w:comment>'
        for n, text in comments.items()
    )
    return f"<w:comments {_NAMESPACES}>{inner}</w:comments>"


def zipped(path: Path, parts: Mapping[str, str | bytes]) -> str:
    """A zip archive of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return str(path)


def parts(
    *blocks: str,
    main_type: str = MAIN_TYPE,
    related: Mapping[str, str] | None = None,
    more: Mapping[str, str | bytes] | None = None,
) -> dict[str, str | bytes]:
    """The parts of a whole document; ``related`` are its notes and comments: kind → XML."""
    related = {"styles": STYLES, **(related or {})}
    overrides = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_OFFICE}.{kind}+xml"/>'
        for kind in related
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATED}/{kind}" Target="{kind}.xml"/>'
        for n, kind in enumerate(related, 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Default Extension="png" ContentType="image/png"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>'
            f"{overrides}</Types>"
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{_RELATED}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": main_xml(*blocks),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>'
        ),
        **{f"word/{kind}.xml": xml for kind, xml in related.items()},
        **(more or {}),
    }


def read_parts(path: Path | str) -> dict[str, bytes]:
    """Every part of a document."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(set(names)) == len(names)
        return {name: archive.read(name) for name in names}


def anchors(path: Path | str) -> dict[int, str]:
    """What each comment covers: comment → the main text between its two marks.

    Along the way: every comment is anchored once, start before end before reference, and
    every anchor has its comment.
    """
    root = etree.fromstring(read_parts(path)["word/document.xml"])
    open_: set[int] = set()
    found: dict[int, str] = {}
    closed: list[int] = []
    referred: list[int] = []
    for node in root.iter(f"{W}*"):
        name = etree.QName(node).localname
        at = int(node.get(f"{W}id", "0")) if name.startswith("comment") else 0
        around = [str(a.tag) for a in node.iterancestors()]
        if name == "commentRangeStart":
            assert at not in found
            open_.add(at)
            found[at] = ""
            assert around[0] != f"{W}r"
        elif name == "commentRangeEnd":
            open_.remove(at)
            closed.append(at)
        elif name == "commentReference":
            assert at in closed
            assert around[0] == f"{W}r"
            referred.append(at)
        elif around[:1] == [f"{W}r"] and not {f"{W}del", f"{W}txbxContent"} & set(around):
            shown = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
            text = (node.text or "") if name == "t" else shown.get(name, "")
            for id_ in open_:
                found[id_] += text
    assert not open_
    assert sorted(referred) == sorted(found) == sorted(closed)
    return found


def comment_ids(path: Path | str) -> list[int]:
    """The ids in the part of comments; none twice."""
    all_parts = read_parts(path)
    if "word/comments.xml" not in all_parts:
        return []
    root = etree.fromstring(all_parts["word/comments.xml"])
    ids = [int(c.get(f"{W}id", "")) for c in root]
    assert len(set(ids)) == len(ids)
    return ids


def relations(path: Path | str) -> dict[str, str]:
    """Type (its last word) → target part of the main part's relations."""
    root = etree.fromstring(read_parts(path)["word/_rels/document.xml.rels"])
    return {
        posixpath.basename(e.get("Type", "")): posixpath.join("word", e.get("Target", ""))
        for e in root
    }
