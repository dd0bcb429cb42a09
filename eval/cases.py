"""The two kinds of case: a question with its gold, a labelled text.

A file holds one kind, one JSON object a line; :func:`load_cases` tells the
kinds apart by their keys. ``docs`` of the fields: ``cases/*.schema.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import InputError

__all__ = [
    "BUNDLED",
    "Case",
    "CaseError",
    "Claim",
    "GoldProvision",
    "Question",
    "is_case_file",
    "load_cases",
    "read_jsonl",
]

_HERE = Path(__file__).parent / "cases"
BUNDLED = (_HERE / "questions.jsonl", _HERE / "claims.jsonl")
"""The project's own cases."""

_LABELS = ("supported", "contradicted", "unverifiable", "no_claim")


class CaseError(InputError):
    """A case or an answer file is ill-formed; ``place`` is file and line."""


@dataclass(frozen=True, slots=True)
class GoldProvision:
    """A provision of the gold; a level that is None is a wildcard.

    >>> GoldProvision(30).admits({"article": 30, "paragraph": 1, "item": None})
    True
    >>> GoldProvision(12, paragraph=2).admits({"article": 12, "paragraph": None, "item": None})
    False
    >>> GoldProvision(25, item=7).admits({"article": 25, "paragraph": 1, "item": 7})
    True
    >>> GoldProvision(30).admits({"article": 30, "suffix": 1})  # 第三十条之一 is another article
    False
    """

    article: int
    suffix: int | None = None
    paragraph: int | None = None
    item: int | None = None

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> GoldProvision:
        """Read a gold provision; ValueError tells what is wrong."""
        extra = set(row) - {"article", "suffix", "paragraph", "item"}
        if extra:
            raise ValueError(f"unknown provision keys {sorted(extra)}")
        for key in ("article", "suffix", "paragraph", "item"):
            value = row.get(key)
            whole = isinstance(value, int) and not isinstance(value, bool)
            if not (whole or (value is None and key != "article")):
                raise ValueError(f"{key} must be a whole number, not {value!r}")
        return cls(row["article"], row.get("suffix"), row.get("paragraph"), row.get("item"))

    def admits(self, provision: Mapping[str, Any]) -> bool:
        """Whether a cited provision (as JSON) satisfies this one: every stated level equal.

        A citation of the whole article does not satisfy a gold paragraph or item.
        """
        return (
            provision.get("article") == self.article
            and provision.get("suffix") == self.suffix
            and (self.paragraph is None or provision.get("paragraph") == self.paragraph)
            and (self.item is None or provision.get("item") == self.item)
        )

    @property
    def whole_article(self) -> GoldProvision:
        """The same at article grain."""
        return GoldProvision(self.article, self.suffix)

    def __str__(self) -> str:
        """
        >>> str(GoldProvision(24, paragraph=2)), str(GoldProvision(25, item=7))
        ('24.2', '25(7)')
        """
        suffix = f"-{self.suffix}" if self.suffix is not None else ""
        paragraph = f".{self.paragraph}" if self.paragraph is not None else ""
        item = f"({self.item})" if self.item is not None else ""
        return f"{self.article}{suffix}{paragraph}{item}"


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what a right answer must hold."""

    id: str
    question: str
    history: tuple[str, ...]
    """Earlier questions of the same talk, oldest first."""
    type: str
    answerable: bool
    required: tuple[GoldProvision, ...]
    """Each must be cited."""
    acceptable: tuple[GoldProvision, ...]
    """May be cited without loss of precision."""
    facts: tuple[tuple[str, ...], ...]
    """Patterns: each outer one must be found, by any of its alternatives, in the full answer."""
    forbidden: tuple[str, ...]
    """Patterns none of which may be found in the headline."""
    note: str
    script: str | None = None
    split: str | None = None
    """``dev`` to tune on, ``test`` to look at only at the end."""

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Question:
        """Read a question; ValueError or KeyError tells what is wrong."""
        return cls(
            id=_text(row, "id"),
            question=_text(row, "question"),
            history=_texts(row.get("history", []), "history"),
            type=_text(row, "type"),
            answerable=_truth(row, "answerable"),
            required=tuple(GoldProvision.from_json(p) for p in row["required"]),
            acceptable=tuple(GoldProvision.from_json(p) for p in row.get("acceptable", [])),
            facts=tuple(_patterns(fact, "facts") for fact in row.get("facts", [])),
            forbidden=_patterns(row.get("forbidden", []), "forbidden"),
            note=_text(row, "note"),
            script=_script(row),
            split=row.get("split"),
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """A text and the verdict that it deserves."""

    id: str
    text: str
    label: str
    category: str
    gold: GoldProvision | None
    expected: str | None
    """The right words, in place of ``span``."""
    span: str | None
    """The exact wrong words of a contradicted text."""
    start: int | None
    """Where ``span`` stands, needed only when the words occur more than once."""
    note: str
    split: str | None = None

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Claim:
        """Read a claim; ValueError or KeyError tells what is wrong."""
        if row["label"] not in _LABELS:
            raise ValueError(f"label {row['label']!r} is none of {', '.join(_LABELS)}")
        gold = row.get("gold")
        return cls(
            id=_text(row, "id"),
            text=_text(row, "text"),
            label=row["label"],
            category=_text(row, "category"),
            gold=None if gold is None else GoldProvision.from_json(gold),
            expected=row.get("expected"),
            span=row.get("span"),
            start=row.get("start"),
            note=_text(row, "note"),
            split=row.get("split"),
        )

    def places(self) -> tuple[tuple[int, int], ...]:
        """Where the wrong words may stand: at ``start``, or every occurrence of ``span``."""
        if self.span is None:
            return ()
        if self.start is not None:
            return ((self.start, self.start + len(self.span)),)
        found = (m.start() for m in re.finditer(re.escape(self.span), self.text))
        return tuple((at, at + len(self.span)) for at in found)


Case = Question | Claim


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row[key]
    if not isinstance(value, str) or not value:
        raise ValueError(f"{key} must be a text, not {value!r}")
    return value


def _truth(row: Mapping[str, Any], key: str) -> bool:
    value = row[key]
    if not isinstance(value, bool):
        raise ValueError(f"{key} must be true or false, not {value!r}")
    return value


def _texts(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ValueError(f"{key} must be a list of texts, not {value!r}")
    return tuple(value)


def _patterns(value: object, key: str) -> tuple[str, ...]:
    patterns = _texts(value, key)
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{key}: {pattern!r} is not a pattern: {error}") from error
    return patterns


def _script(row: Mapping[str, Any]) -> str | None:
    """Script and register: hans, hant, en, colloquial; the head of the note says it."""
    head, colon, _ = str(row.get("note", "")).partition(":")
    return head if colon and head in ("hans", "hant", "en", "colloquial") else row.get("script")


def read_jsonl(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and object of each line that is not blank; :class:`CaseError` otherwise."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CaseError(
            str(path), error.strerror or "cannot be read", "name a JSONL file"
        ) from error
    except UnicodeDecodeError as error:
        raise CaseError(str(path), "is not UTF-8", "save it as UTF-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise CaseError(
                f"{path}:{number}", f"not JSON: {error.msg}", "write one object a line"
            ) from error
        if not isinstance(row, dict):
            raise CaseError(f"{path}:{number}", "not a JSON object", "write one object a line")
        yield number, row


def is_case_file(row: Mapping[str, Any]) -> bool:
    """Whether a row is a case (an answer carries neither of these keys)."""
    return "answerable" in row or "label" in row


def load_cases(path: Path, split: str | None = None) -> tuple[Case, ...]:
    """The cases of a file, all of one kind, in order; ``split`` keeps dev or test only.

    Raises :class:`CaseError` with file and line.
    """
    cases: list[Case] = []
    seen: dict[str, int] = {}
    for number, row in read_jsonl(path):
        place = f"{path}:{number}"
        try:
            case: Case = Claim.from_json(row) if "label" in row else Question.from_json(row)
        except KeyError as error:
            raise CaseError(place, f"no {error}", "see eval/cases/*.schema.json") from error
        except (TypeError, ValueError) as error:
            raise CaseError(place, str(error), "see eval/cases/*.schema.json") from error
        if case.id in seen:
            raise CaseError(place, f"id {case.id} stands in line {seen[case.id]} too", "rename it")
        seen[case.id] = number
        if cases and type(case) is not type(cases[0]):
            raise CaseError(place, "questions and claims in one file", "split the file")
        cases.append(case)
    if not cases:
        raise CaseError(str(path), "no cases", "write one JSON object a line")
    return _of_split(cases, split)


def _of_split(cases: Sequence[Case], split: str | None) -> tuple[Case, ...]:
    return tuple(c for c in cases if split is None or c.split == split)
