"""An Office package: a zip archive taken apart within limits, and put together again.

What is no Word document, or a dangerous one, is refused here, each in its own words. No part
is written to disk, no nested archive opened, no entity resolved, nothing fetched.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = [
    "COMPOUND",
    "CONTENT_TYPES",
    "MAX_UNPACKED",
    "Package",
    "in_megabytes",
    "macro_file",
    "unpack",
]

MAX_UNPACKED = 100_000_000
MAX_XML = 32_000_000
"""Of one part that is parsed."""
MAX_TAGS = 1_500_000
"""In such a part, opening and closing: some 2,000 pages. Each element costs 150 bytes."""
MAX_ENTRIES = 10_000

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Office files of before 2007 start, and files with a password of any age."""
CONTENT_TYPES = "[Content_Types].xml"
_ENTRY = b"PK\x01\x02"
"""How each entry of a zip archive's directory starts."""
_CHUNK = 1 << 16
_AGAIN = "save it anew in Word as .docx"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Folder or file that only another kind of document has.
_OTHERS = {
    "xl/": "an Excel workbook",
    "ppt/": "a PowerPoint presentation",
    "visio/": "a Visio drawing",
    "mimetype": "an OpenDocument file or an e-book",
}
# What zipfile and zlib raise for bytes that are not as they should be.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, KeyError,
    OverflowError, struct.error,
)  # fmt: skip


def in_megabytes(size: int) -> str:
    """A size for people."""
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{size} bytes"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the archive, as stored."""

    info: zipfile.ZipInfo
    data: bytes


@dataclass(frozen=True, slots=True)
class Package:
    """The files of a Word document. ``entries`` goes by lower-case name, in the archive's
    order: names of parts do not differ by case alone. ``main`` names the part with the text."""

    place: str
    entries: Mapping[str, Entry]
    main: str

    def data(self, name: str) -> bytes:
        """The bytes of a part."""
        return self.entries[name.lower()].data

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.lower() in self.entries

    def xml(self, name: str) -> Element:
        """A part parsed."""
        return _parse(self.place, name, self.data(name))

    def relations_name(self, name: str) -> str:
        """Where the relations of a part stand."""
        folder, file = posixpath.split(name)
        return posixpath.join(folder, "_rels", f"{file}.rels")

    def related(self, kind: str) -> str | None:
        """The part that ``main`` has as its styles, footnotes, comments …"""
        return next(_targets(self.place, self.entries, self.main, kind), None)

    def packed(self, changed: Mapping[str, bytes]) -> bytes:
        """The archive with some parts changed or added, every other byte as it was."""
        rest = {name.lower(): (name, data) for name, data in changed.items()}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for key, entry in self.entries.items():
                info = zipfile.ZipInfo(entry.info.filename, entry.info.date_time)
                info.compress_type = entry.info.compress_type
                info.external_attr = entry.info.external_attr
                _, data = rest.pop(key, (key, entry.data))
                archive.writestr(info, data)
            for name, data in rest.values():
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()


def unpack(place: str, data: bytes, max_unpacked: int = MAX_UNPACKED) -> Package:
    """Take a Word document apart.

    Raises :class:`DocumentError` for one that is none, has a password or macros, is damaged,
    or unpacks to more than ``max_unpacked`` bytes.
    """
    if data.startswith(COMPOUND):
        raise _compound(place, data)
    if not data.startswith(b"PK"):
        raise DocumentError(place, "is not a Word document (no zip archive)", _AGAIN)
    # Before the directory is read: half a million entries fit into 20 MB.
    if data.count(_ENTRY) > MAX_ENTRIES:
        raise DocumentError(place, f"holds more than {MAX_ENTRIES} files", _AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = dict(_entries(place, archive, max_unpacked))
    except DocumentError:
        raise
    except _DAMAGED:
        raise DocumentError(place, "is damaged: its zip archive cannot be read", _AGAIN) from None
    _refuse_macros(place, entries)
    return Package(place, entries, _main(place, entries))


def _compound(place: str, data: bytes) -> DocumentError:
    """What a file in the old container is: the names inside it tell."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return DocumentError(
            place, "is protected by a password", "take the password off in Word and save it"
        )
    if "WordDocument".encode("utf-16-le") in data:
        return DocumentError(place, "is in the old format .doc", "save it in Word as .docx")
    return DocumentError(place, "is an old Office file, not a .docx", "save it in Word as .docx")


def _entries(
    place: str, archive: zipfile.ZipFile, max_unpacked: int
) -> Iterator[tuple[str, Entry]]:
    infos = archive.infolist()
    if any(info.flag_bits & 1 for info in infos):
        raise DocumentError(
            place, "is protected by a password", "take the password off and save it as .docx"
        )
    too_much = DocumentError(place, f"unpacks to more than {in_megabytes(max_unpacked)}", _AGAIN)
    if sum(info.file_size for info in infos) > max_unpacked:
        raise too_much
    seen: set[str] = set()
    left = max_unpacked
    for info in infos:
        name = info.filename.lower()
        if name in seen:
            raise DocumentError(place, f"is damaged: it holds {info.filename} twice", _AGAIN)
        seen.add(name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DocumentError(place, "is packed in a way that Word does not know", _AGAIN)
        parts = []
        with archive.open(info) as file:
            # In pieces: the declared sizes may lie, and one read() would inflate it all.
            while piece := file.read(_CHUNK):
                parts.append(piece)
                left -= len(piece)
                if left < 0:
                    raise too_much
        yield name, Entry(info, b"".join(parts))


def _refuse_macros(place: str, entries: Mapping[str, Entry]) -> None:
    macros = any(posixpath.basename(name).startswith("vbaproject") for name in entries)
    if not macros and CONTENT_TYPES.lower() in entries:
        types = _parse(place, CONTENT_TYPES, entries[CONTENT_TYPES.lower()].data)
        said = " ".join(node.get("ContentType", "") for node in types.iter("{*}*")).lower()
        macros = "macroenabled" in said or "vbaproject" in said
    if macros:
        raise macro_file(place)


def macro_file(place: str) -> DocumentError:
    """For a file with macros, by its content or by its name."""
    return DocumentError(place, "is a Word file with macros", "save it as .docx, without macros")


def _main(place: str, entries: Mapping[str, Entry]) -> str:
    # Without relations, as simple programs write it: the usual place.
    for name in (*_targets(place, entries, "", "officeDocument"), "word/document.xml"):
        if name.lower() in entries and not name.lower().startswith(tuple(_OTHERS)):
            return entries[name.lower()].info.filename
    what = next(
        (w for start, w in _OTHERS.items() if any(n.startswith(start) for n in entries)), ""
    )
    fault = f"is {what}, not a Word document" if what else "is not a Word document (only a zip)"
    raise DocumentError(place, fault, "save it in Word as .docx")


def _targets(place: str, entries: Mapping[str, Entry], source: str, kind: str) -> Iterator[str]:
    """The parts that ``source`` names as its ``kind``; of the package itself: ``""``."""
    folder, file = posixpath.split(source)
    name = posixpath.join(folder, "_rels", f"{file}.rels").lower()
    if name not in entries:
        return
    for node in _parse(place, name, entries[name].data).iter(_RELATIONSHIP):
        if node.get("TargetMode") != "External" and node.get("Type", "").endswith(f"/{kind}"):
            target = posixpath.normpath(posixpath.join("/", folder, node.get("Target", "")))
            if target[1:].lower() in entries:
                yield entries[target[1:].lower()].info.filename


def _parse(place: str, name: str, data: bytes) -> Element:
    from lxml import etree  # noqa: PLC0415  (only for Word files)

    if len(data) > MAX_XML or data.count(b"<") > MAX_TAGS:
        raise DocumentError(place, f"has too large a part ({name})", "split it")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise DocumentError(place, f"holds broken XML ({name})", _AGAIN) from None
    if root.getroottree().docinfo.internalDTD is not None:
        # Office never writes one; with it come entities, and files fetched through them.
        raise DocumentError(place, f"declares a document type ({name})", _AGAIN)
    return root
