"""Documents to be checked: plain text, Markdown, Word. Bad ones are refused in one line."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from index.errors import DocumentError

__all__ = ["read_document"]

MAX_BYTES = 20_000_000
MAX_UNPACKED = 100_000_000
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read_document(name: str) -> str:
    """The text of a file, or of standard input for ``-``.

    Raises :class:`DocumentError` for what is missing, too large, not UTF-8 or not a
    Word document in spite of its name.
    """
    if name == "-":
        return _decode("standard input", sys.stdin.buffer.read(MAX_BYTES + 1))
    path = Path(name)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except IsADirectoryError:
        raise DocumentError(name, "is a folder", "give a file") from None
    except OSError as error:
        raise DocumentError(name, f"cannot be read ({error.strerror})", "check the path") from None
    if size > MAX_BYTES:
        raise DocumentError(name, f"is larger than {MAX_BYTES // 1_000_000} MB", "split it")
    if path.suffix.lower() == ".docx":
        return _docx(name, path)
    return _decode(name, data)


def _decode(place: str, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise DocumentError(place, f"is larger than {MAX_BYTES // 1_000_000} MB", "split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            place, f"is not UTF-8 text (byte {error.start})", "save it as UTF-8, .md or .docx"
        ) from None


def _docx(name: str, path: Path) -> str:
    from lxml import etree  # noqa: PLC0415  (only for Word files)

    try:
        with zipfile.ZipFile(path) as package:
            if sum(i.file_size for i in package.infolist()) > MAX_UNPACKED:
                raise DocumentError(name, "unpacks to more than 100 MB", "save it anew in Word")
            data = package.read("word/document.xml")
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError):
        raise DocumentError(
            name, "is not a Word document (.docx)", "save it as .docx without a password"
        ) from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise DocumentError(name, "holds broken XML", "save it anew in Word") from None
    return "\n".join(
        "".join(t.text or "" for t in paragraph.iter(f"{{{_WORD}}}t"))
        for paragraph in root.iter(f"{{{_WORD}}}p")
    )
