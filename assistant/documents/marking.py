"""A copy of a Word document with comments; its text and every other part stay as they are.

python-docx gets the two parts that change, the main text and the comments, and nothing else;
the rest of the copy is the original's, byte for byte. A run is split where a comment begins
or ends inside it, and both halves keep its format.

Word ignores comments inside notes and text boxes ([MS-OI29500] 2.1.315): what is said of them
is tied to the note's reference or to the box.
"""

from __future__ import annotations

import itertools
import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, cast

from assistant.documents.opening import Document
from assistant.documents.package import CONTENT_TYPES, Package
from assistant.documents.reading import read_word
from assistant.documents.remarks import Remark, remarks_on
from assistant.documents.word import RUN, TEXT, Piece, Story, W, Word
from assistant.documents.writing import write
from assistant.findings import CheckResult
from index.errors import DocumentError
from index.text import Span

if TYPE_CHECKING:
    from docx.parts.comments import CommentsPart
    from docx.parts.document import DocumentPart
    from lxml.etree import _Element as Element

__all__ = ["AUTHOR", "MOST_COMMENTS", "mark", "write_marked"]

AUTHOR = "条文 Tiaowen"
INITIALS = "TW"
MOST_COMMENTS = 32_767
"""Word does not open a file with more comment ranges ([MS-OI29500] 2.1.315)."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_ID = f"{W}id"
_ANCHORS = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")


def write_marked(document: Document, result: CheckResult, out: str) -> int:
    """Write a copy of ``document`` with its findings as comments; tells how many."""
    if document.word is None:
        raise DocumentError(document.place, "is not a Word document", "give a .docx")
    made = remarks_on(document.word, result.findings, result.regulation)
    write(Path(out), mark(document, made))
    return len(made)


def mark(document: Document, remarks: Sequence[Remark]) -> bytes:
    """The bytes of a copy of ``document`` with a comment for each remark.

    A comment covers exactly the characters of its span that the main text shows. Where it
    shows none, the comment is tied to the reference to the note or box that does, else to
    the nearest character.
    """
    package, word = document.package, document.word
    if package is None or word is None:
        raise DocumentError(document.place, "is not a Word document", "give a .docx")
    if not remarks:
        return package.packed({})
    if not word.pieces:
        raise DocumentError(document.place, "has no words to comment on", "give another document")
    main, comments, draft = _opened(package)
    used = _ids(main.element, *_ANCHORS) | _ids(comments.element, f"{W}comment")
    if len(used) + len(remarks) > MOST_COMMENTS:
        raise DocumentError(
            document.place, f"would get more than {MOST_COMMENTS} comments", "split it"
        )
    for run, cuts in _cuts(read_word(package, main.element), remarks).items():
        _split(run, cuts)
    split = read_word(package, main.element)
    if split.text != word.text:
        raise DocumentError(
            document.place, "cannot be marked without changing its text", "save it anew in Word"
        )
    # Also past those of comments that are gone and left their anchors behind.
    free = (number for number in itertools.count() if number not in used)
    order = {run: number for number, run in enumerate(main.element.iter(RUN))}
    for remark in remarks:
        # A nested table is read after its row, but stands inside it.
        runs = sorted((_run_of(p.anchor) for p in _ends(split, remark.span)), key=order.__getitem__)
        _comment(draft, comments, runs, remark.text, next(free))
    return package.packed(
        {
            package.main: main.blob,
            comments.partname.membername: comments.blob,
            **_registered(package, comments.partname.membername),
        }
    )


# ── the two parts ───────────────────────────────────────────────────────────────────────


def _opened(package: Package) -> tuple[DocumentPart, CommentsPart, CommentsPart]:
    """python-docx's view of the main part, of the comments, and a place to write new ones."""
    from docx.opc.constants import CONTENT_TYPE  # noqa: PLC0415
    from docx.opc.packuri import PackURI  # noqa: PLC0415
    from docx.package import Package as Home  # noqa: PLC0415
    from docx.parts.comments import CommentsPart  # noqa: PLC0415
    from docx.parts.document import DocumentPart  # noqa: PLC0415

    home = Home()
    main = DocumentPart.load(
        PackURI(f"/{package.main}"),
        CONTENT_TYPE.WML_DOCUMENT_MAIN,
        package.data(package.main),
        home,
    )
    existing = package.related("comments")
    if existing is None:
        comments = CommentsPart.default(home)
        comments.partname = PackURI(f"/{_free_name(package)}")
    else:
        _refuse_odd_comments(package, existing)
        comments = cast("CommentsPart", CommentsPart.load(
            PackURI(f"/{existing}"), CONTENT_TYPE.WML_COMMENTS, package.data(existing), home
        ))  # fmt: skip
    return cast("DocumentPart", main), comments, CommentsPart.default(home)


def _free_name(package: Package) -> str:
    folder = posixpath.dirname(package.main)
    names = (posixpath.join(folder, f"comments{n or ''}.xml") for n in itertools.count())
    return next(name for name in names if not package.has(name))


def _refuse_odd_comments(package: Package, name: str) -> None:
    if package.xml(name).tag != f"{W}comments":
        raise DocumentError(package.place, f"has broken comments ({name})", "save it anew in Word")


def _ids(root: Element, *tags: str) -> set[int]:
    ids = (node.get(_ID, "") for node in root.iter(*tags))
    return {int(id_) for id_ in ids if id_.isdecimal()}


def _registered(package: Package, comments: str) -> dict[str, bytes]:
    """The two lists of the package in which a new part of comments must stand."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE  # noqa: PLC0415
    from lxml import etree  # noqa: PLC0415

    if package.has(comments):
        return {}
    if not package.has(CONTENT_TYPES):
        raise DocumentError(package.place, f"lacks {CONTENT_TYPES}", "save it anew in Word")
    types = package.xml(CONTENT_TYPES)
    _set(types, f"{{{_TYPES}}}Override", "PartName", f"/{comments}",
         ContentType=CONTENT_TYPE.WML_COMMENTS)  # fmt: skip
    name = package.relations_name(package.main)
    if package.has(name):
        relations = package.xml(name)
    else:
        relations = etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
    ids = {node.get("Id") for node in relations}
    id_ = next(i for n in itertools.count(1) if (i := f"rId{n}") not in ids)
    target = posixpath.relpath(comments, posixpath.dirname(package.main))
    _set(relations, f"{{{_RELATIONS}}}Relationship", "Type", RELATIONSHIP_TYPE.COMMENTS,
         Id=id_, Target=target)  # fmt: skip
    return {
        part: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for part, root in ((CONTENT_TYPES, types), (name, relations))
    }


def _set(root: Element, tag: str, key: str, value: str, **more: str) -> None:
    """The entry of a list for ``value``: a new one, or what a part now gone left behind."""
    entry = next((e for e in root.iter(tag) if e.get(key) == value), None)
    if entry is None:
        entry = root.makeelement(tag)
        root.append(entry)
        entry.set(key, value)
    for name, text in more.items():
        entry.set(name, text)


# ── runs ────────────────────────────────────────────────────────────────────────────────


def _ends(word: Word, span: Span) -> tuple[Piece, Piece]:
    """The first and the last piece to be commented on for a span."""
    covered = word.covered(span)
    # Beside the main text one piece will do: its order there is not that of the references.
    main = [piece for piece in covered if piece.story is Story.MAIN] or covered[:1]
    if not main:
        main = (min(word.pieces, key=lambda p: abs(p.span.start - span.start)),)
    return main[0], main[-1]


def _cuts(word: Word, remarks: Iterable[Remark]) -> Mapping[Element, Mapping[Element, set[int]]]:
    """Where runs must be split: run → its element → offsets inside that."""
    found: dict[Element, dict[Element, set[int]]] = defaultdict(lambda: defaultdict(set))
    for remark in remarks:
        first, last = _ends(word, remark.span)
        for piece, place, edge in (
            (first, remark.span.start, 0),
            (last, remark.span.end, _length(last.anchor)),
        ):
            run = piece.anchor.getparent()
            if run is None or run is not _run_of(piece.anchor):
                continue  # inside another run (ruby): commented on whole
            inside = piece.story is Story.MAIN and piece.span.start <= place <= piece.span.end
            found[run][piece.anchor].add(place - piece.span.start if inside else edge)
    return found


def _run_of(node: Element) -> Element:
    """The outermost run around an element in its paragraph: comments stand between runs."""
    found = node
    for above in node.iterancestors():
        if above.tag == f"{W}p":
            break
        if above.tag == RUN:
            found = above
    return found


def _length(node: Element) -> int:
    return len(node.text or "") if node.tag == TEXT else 1


def _split(run: Element, cuts: Mapping[Element, set[int]]) -> None:
    """Split a run at offsets inside its elements; all parts keep its format."""
    format_ = run.find(f"{W}rPr")
    groups: list[list[Element]] = [[]]
    for node in [child for child in run if child is not format_]:
        offsets = cuts.get(node, set())
        length = _length(node)
        inner = sorted(o for o in offsets if 0 < o < length)
        if 0 in offsets:
            groups.append([])
        parts = _split_text(node, inner) if inner else [node]
        groups[-1].append(parts[0])
        groups.extend([part] for part in parts[1:])
        if length in offsets:
            groups.append([])
        run.remove(node)
    shown = [group for group in groups if group]
    run.extend(shown[0])
    last = run
    for group in shown[1:]:
        half = run.makeelement(run.tag, {str(k): str(v) for k, v in run.attrib.items()})
        if format_ is not None:
            half.append(deepcopy(format_))
        half.extend(group)
        last.addnext(half)
        last = half


def _split_text(node: Element, offsets: Sequence[int]) -> list[Element]:
    text = node.text or ""
    parts = []
    for start, end in itertools.pairwise([0, *offsets, len(text)]):
        part = deepcopy(node)
        part.text = text[start:end]
        # A blank that was inside stands at an edge now, where Word would drop it.
        if (start and text[start].isspace()) or (end < len(text) and text[end - 1].isspace()):
            part.set(_SPACE, "preserve")
        parts.append(part)
    return parts


def _comment(
    draft: CommentsPart, comments: CommentsPart, runs: Sequence[Element], text: str, id_: int
) -> None:
    """Add a comment on the runs from the first to the last; ``draft`` is a part without any."""
    from docx.oxml.text.run import CT_R  # noqa: PLC0415
    from docx.text.run import Run  # noqa: PLC0415

    # Made apart: python-docx goes over all comments of a part to number the next.
    draft.comments.add_comment(text=text, author=AUTHOR, initials=INITIALS)
    made = draft.element[0]
    made.set(_ID, str(id_))
    comments.element.append(made)
    first, last = (Run(cast(CT_R, run), draft) for run in runs)
    first.mark_comment_range(last, id_)
