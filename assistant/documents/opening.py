"""Any file → the text to be checked. What cannot be read is refused in one line."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.documents.package import (
    COMPOUND,
    MAX_UNPACKED,
    Package,
    in_megabytes,
    macro_file,
    unpack,
)
from index.errors import DocumentError

if TYPE_CHECKING:
    from assistant.documents.word import Word

__all__ = ["MAX_BYTES", "Document", "open_document", "parse_document", "read_document"]

MAX_BYTES = 20_000_000

_WORD = (".docx", ".dotx", ".doc", ".dot")
_MACROS = (".docm", ".dotm")
# What starts with these is neither text nor a package.
_OTHERS = {b"%PDF-": "is a PDF", b"{\\rtf": "is an RTF file"}


@dataclass(frozen=True, slots=True)
class Document:
    """A document to be checked. ``word`` and ``package`` are there for a Word document: which
    run shows which characters of ``text``, and the file that it was read from."""

    place: str
    text: str
    word: Word | None = None
    package: Package | None = None


def read_document(
    name: str, *, max_bytes: int = MAX_BYTES, max_unpacked: int = MAX_UNPACKED
) -> str:
    """The text of a file, or of standard input for ``-``; raises as :func:`open_document`."""
    return open_document(name, max_bytes=max_bytes, max_unpacked=max_unpacked).text


def open_document(
    name: str, *, max_bytes: int = MAX_BYTES, max_unpacked: int = MAX_UNPACKED
) -> Document:
    """A file, or standard input for ``-``, read.

    Raises :class:`DocumentError` for what is missing, too large, not UTF-8, or in spite of its
    name not a Word document that can be read without danger.
    """
    place = "standard input" if name == "-" else name
    try:
        if name == "-":
            data = sys.stdin.buffer.read(max_bytes + 1)
        else:
            # A pipe's or a device's size is not told before: read up to the limit.
            with Path(name).open("rb") as file:
                data = file.read(max_bytes + 1)
    except IsADirectoryError:
        raise DocumentError(place, "is a folder", "give a file") from None
    except (OSError, ValueError) as error:
        fault = getattr(error, "strerror", None) or error
        raise DocumentError(place, f"cannot be read ({fault})", "check the path") from None
    return parse_document(place, data, max_bytes=max_bytes, max_unpacked=max_unpacked)


def parse_document(
    place: str, data: bytes, *, max_bytes: int = MAX_BYTES, max_unpacked: int = MAX_UNPACKED
) -> Document:
    """A file's bytes read; ``place`` is its name. The content decides what it is."""
    if len(data) > max_bytes:
        raise DocumentError(place, f"is larger than {in_megabytes(max_bytes)}", "split it")
    if place.lower().endswith(_MACROS):
        raise macro_file(place)
    if data.startswith((b"PK\x03\x04", COMPOUND)) or place.lower().endswith(_WORD):
        from assistant.documents.reading import read_word  # noqa: PLC0415

        package = unpack(place, data, max_unpacked)
        word = read_word(package)
        return Document(place, word.text, word, package)
    other = next((what for start, what in _OTHERS.items() if data.startswith(start)), None)
    if other is not None:
        raise DocumentError(place, other, "save it as .docx, .md or .txt")
    try:
        return Document(place, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DocumentError(
            place, f"is not UTF-8 text (byte {error.start})", "save it as UTF-8, .md or .docx"
        ) from None
