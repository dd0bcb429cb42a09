"""The published text at the edge: reading the file, its meta data, cleaning.

Cleaning is explicit and per source: each rule stands in the regulation's
``meta.yaml`` and must match, so a source that was published anew with other
noise stops the build instead of losing words. Blank lines and white space at
the ends of lines go by themselves; nothing else does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from index.errors import RegulationTextError
from index.text import Script

__all__ = ["Cleaned", "Cleaning", "Line", "Meta", "clean", "read_meta", "read_source"]

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What to take away from one source, and which lines belong together."""

    drop_prefix: tuple[tuple[int, str], ...] = ()
    """(line number from 1, text at its start)."""
    drop_line: tuple[str, ...] = ()
    """Whole lines."""
    join: tuple[tuple[str, ...], ...] = ()
    """Successive lines (blank ones aside) that are one line of the regulation."""


@dataclass(frozen=True, slots=True)
class Meta:
    """``meta.yaml``: what the text itself does not say of the regulation."""

    id: str
    title: str
    script: Script | None = None
    """Script of the source; found from the text when None."""
    title_en: str | None = None
    self_name: str = "本办法"
    short_names: tuple[str, ...] = ()
    short_names_en: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    cleaning: Cleaning = field(default_factory=Cleaning)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the regulation, and where it stood in the source."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The lines kept, and every piece taken away, by line of the source."""

    lines: tuple[Line, ...]
    removed: tuple[Line, ...]


def read_source(path: Path) -> str:
    """The text of a published file: UTF-8, no BOM, "\\n" line ends.

    :class:`RegulationTextError` for a file that is missing, empty, binary or in
    another encoding.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RegulationTextError(
            path.name, f"cannot be read ({error.strerror})", f"put the published text at {path}"
        ) from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RegulationTextError(f"{path.name}:1", "UTF-16, not UTF-8", "save the file as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RegulationTextError(
            f"{path.name}:{line}",
            f"not UTF-8 (byte 0x{raw[error.start]:02x})",
            "save the file as UTF-8" if _is_text(raw) else "give the published text, not a program",
        ) from None
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise RegulationTextError(
            f"{path.name}:{line}",
            f"binary data (U+{ord(control[0]):04X})",
            "export the document as plain text",
        )
    if not text.strip():
        raise RegulationTextError(f"{path.name}:1", "empty file", "paste the published text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_text(raw: bytes) -> bool:
    """Whether bytes that are not UTF-8 may be text of a Chinese encoding."""
    try:
        return _CONTROL.search(raw.decode("gb18030")) is None
    except UnicodeDecodeError:
        return False


def read_meta(path: Path) -> Meta:
    """Read ``meta.yaml``; unknown or missing keys are a :class:`RegulationTextError`."""
    try:
        data = yaml.load(path.read_bytes(), _YAML_LOADER)  # a safe loader
    except OSError as error:
        raise RegulationTextError(
            path.name, f"cannot be read ({error.strerror})", f"write {path}"
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path.name}:{mark.line + 1}" if mark is not None else path.name
        problem = getattr(error, "problem", None) or "not YAML"
        raise RegulationTextError(place, f"not YAML ({problem})", "correct the line") from None
    return _meta_of(data, path.name)


_META_KEYS = {
    "id", "title", "script", "title_en", "self_name", "short_names", "short_names_en", "works",
    "cleaning",
}  # fmt: skip
_CLEANING_KEYS = {"drop_prefix", "drop_line", "join"}


def _meta_of(data: Any, place: str) -> Meta:
    _check_keys(data, _META_KEYS, place)
    for key in ("id", "title"):
        if not isinstance(data.get(key), str):
            raise RegulationTextError(place, f'no "{key}"', f"add a line {key}: …")
    if re.fullmatch(r"[a-z0-9][a-z0-9-]*", data["id"]) is None:
        raise RegulationTextError(
            place, f'"{data["id"]}" is not an id', "use a-z, 0-9 and hyphens, like nmg-zhengfa"
        )
    cleaning = data.get("cleaning") or {}
    _check_keys(cleaning, _CLEANING_KEYS, f"{place}: cleaning")
    try:
        rules = Cleaning(
            drop_prefix=tuple(
                (int(rule["line"]), str(rule["text"])) for rule in cleaning.get("drop_prefix") or ()
            ),
            drop_line=tuple(str(line) for line in cleaning.get("drop_line") or ()),
            join=tuple(tuple(str(part) for part in parts) for parts in cleaning.get("join") or ()),
        )
        script = Script(data["script"]) if data.get("script") else None
    except (KeyError, TypeError, ValueError) as error:
        raise RegulationTextError(
            place, f"ill-formed value ({error})", "compare regulations/nmg-zhengfa/meta.yaml"
        ) from None
    return Meta(
        id=data["id"],
        title=data["title"],
        script=script,
        title_en=data.get("title_en"),
        self_name=data.get("self_name") or "本办法",
        short_names=tuple(data.get("short_names") or ()),
        short_names_en=tuple(data.get("short_names_en") or ()),
        works=tuple(data.get("works") or ()),
        cleaning=rules,
    )


def _check_keys(data: Any, known: set[str], place: str) -> None:
    if not isinstance(data, Mapping):
        raise RegulationTextError(place, "not a mapping", "write key: value lines")
    if unknown := sorted(str(key) for key in data if key not in known):
        raise RegulationTextError(
            place, f'unknown key "{unknown[0]}"', f"known are {', '.join(sorted(known))}"
        )


def clean(source: str, rules: Cleaning = Cleaning(), *, place: str = "source.txt") -> Cleaned:
    """Apply ``rules`` to ``source``; a rule that does not match is an error.

    >>> clean("11.22 办法\\n\\n第一章 总\\n\\n则\\n分享到:\\n", Cleaning(
    ...     drop_prefix=((1, "11.22 "),), drop_line=("分享到:",), join=(("第一章 总", "则"),)))
    ... # doctest: +NORMALIZE_WHITESPACE
    Cleaned(lines=(Line(text='办法', number=1), Line(text='第一章 总则', number=3)),
            removed=(Line(text='11.22 ', number=1), Line(text='分享到:', number=6)))
    """
    lines = dict(enumerate(source.split("\n"), start=1))
    removed: list[Line] = []
    for number, prefix in rules.drop_prefix:
        if not lines.get(number, "").startswith(prefix):
            raise _stale_rule(place, number, f'does not start with "{prefix}"')
        lines[number] = lines[number][len(prefix) :]
        removed.append(Line(prefix, number))
    kept = [Line(text, number) for number, line in lines.items() if (text := line.strip())]
    for noise in rules.drop_line:
        hits = [line for line in kept if line.text == noise.strip()]
        if len(hits) != 1:
            raise _stale_rule(place, 1, f'has {len(hits)} lines "{noise}", not one')
        kept.remove(hits[0])
        removed.append(hits[0])
    for parts in rules.join:
        wanted = [part.strip() for part in parts]
        starts = [
            at
            for at in range(len(kept) - len(wanted) + 1)
            if [line.text for line in kept[at : at + len(wanted)]] == wanted
        ]
        if len(starts) != 1:
            raise _stale_rule(
                place, 1, f'has {len(starts)} times the lines "{" / ".join(parts)}", not once'
            )
        at = starts[0]
        kept[at : at + len(wanted)] = [Line("".join(wanted), kept[at].number)]
    return Cleaned(tuple(kept), tuple(sorted(removed, key=lambda line: line.number)))


def _stale_rule(place: str, number: int, fault: str) -> RegulationTextError:
    return RegulationTextError(
        f"{place}:{number}", fault, "correct the cleaning rule in meta.yaml beside it"
    )
