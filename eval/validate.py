"""Proves cases against the regulation. Each disagreement is one line: file, case, fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from eval.cases import Case, Claim, GoldProvision, Question, load_cases, read_jsonl
from eval.scoring import missing_facts, normalise
from index.errors import InputError
from index.regulation import ProvisionId, Regulation

__all__ = ["texts_of", "validate_cases"]

_COMPUTED = ("scenario",)  # types whose facts, a clock time for one, stand in no provision
_QUOTED = re.compile(r"“([^”]+)”|「([^」]+)」|『([^』]+)』|\"([^\"]+)\"")


def validate_cases(
    cases: Sequence[Case], regulation: Regulation, known: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Every disagreement; ``known`` are foreign texts by folded text, that no case may repeat."""
    faults: list[str] = []
    seen: dict[str, str] = {}
    for case in cases:
        found = _question(case, regulation) if isinstance(case, Question) else _claim(case)
        faults += [f"{case.id}: {fault}" for fault in found]
        faults += [f"{case.id}: {fault}" for fault in _provisions(case, regulation)]
        if isinstance(case, Claim):
            faults += [f"{case.id}: {fault}" for fault in _quotes(case, regulation)]
        key = _key(case)
        if key in seen:
            faults.append(f"{case.id}: the same text as {seen[key]}")
        elif known and key in known:
            faults.append(f"{case.id}: the same text as {known[key]}")
        seen.setdefault(key, case.id)
    return tuple(faults)


def texts_of(paths: Iterable[Path]) -> dict[str, str]:
    """The texts of case files, folded, with where they stand: for ``known``."""
    return {
        _key(case): f"{path.name} {case.id}"
        for path in paths
        if any(True for _ in read_jsonl(path))
        for case in load_cases(path)
    }


def _key(case: Case) -> str:
    if isinstance(case, Claim):
        return normalise(case.text)
    return normalise("\0".join((*case.history, case.question)))


def _name(gold: GoldProvision, regulation: Regulation) -> ProvisionId:
    return ProvisionId(
        regulation.id, gold.article, gold.suffix, paragraph=gold.paragraph, item=gold.item
    )


def _golds(case: Case) -> tuple[GoldProvision, ...]:
    if isinstance(case, Question):
        return (*case.required, *case.acceptable)
    return () if case.gold is None else (case.gold,)


def _provisions(case: Case, regulation: Regulation) -> Iterator[str]:
    for gold in _golds(case):
        try:
            regulation.find(_name(gold, regulation))
        except InputError as error:
            yield f"gold {gold}: {error}"


def _question(case: Question, regulation: Regulation) -> Iterator[str]:
    if case.answerable and not (case.required or case.facts):
        yield "answerable, but neither a required provision nor a fact"
    if not case.answerable and (case.required or case.facts):
        yield "unanswerable, but with required provisions or facts"
    if not case.answerable or case.type in _COMPUTED:
        return
    try:
        texts = [_marked_text(g, regulation) for g in _golds(case)]
    except InputError:
        return  # said by _provisions
    if not case.required:  # what the preamble says, for one
        texts = [regulation.text.simplified]
    for i in missing_facts(case.facts, "\n".join(texts)):
        yield f"fact {i} is in none of its provisions: {'|'.join(case.facts[i])}"


def _marked_text(gold: GoldProvision, regulation: Regulation) -> str:
    """The provision with its article's number, which is a fact too."""
    marker = regulation.text.slice(regulation.article(gold.article, gold.suffix).marker)
    return f"{marker}{regulation.text_of(_name(gold, regulation))}"


def _claim(case: Claim) -> Iterator[str]:
    if case.label != "contradicted":
        if case.span is not None or case.expected is not None:
            yield f"{case.label}, but with span or expected"
    elif case.span is None or case.expected is None:
        yield "contradicted, but without span or expected"
    elif case.span not in case.text:
        yield f"span is not in the text: {case.span}"
    elif case.start is None and len(case.places()) > 1:
        yield f"span occurs more than once, add start: {case.span}"
    elif case.start is not None and not case.text.startswith(case.span, case.start):
        yield f"span does not stand at {case.start}: {case.span}"
    if (case.gold is None) != (case.label in ("unverifiable", "no_claim")):
        yield f"{case.label} and gold {case.gold} do not go together"


def _quotes(case: Claim, regulation: Regulation) -> Iterator[str]:
    """In the category ``quote``: what is supported is verbatim, what is contradicted is not."""
    if case.category != "quote" or case.gold is None:
        return
    whole = normalise(regulation.text.simplified)
    quotes = [next(filter(None, m.groups())) for m in _QUOTED.finditer(case.text)]
    if not quotes:
        yield "no quotation in the text"
    verbatim = all(normalise(q) in whole for q in quotes)
    if verbatim != (case.label == "supported"):
        yield f"{case.label}, but the quotation is {'' if verbatim else 'not '}verbatim"
    article = regulation.text_of(_name(case.gold.whole_article, regulation))
    if case.expected is not None and normalise(case.expected) not in normalise(article):
        yield f"expected is not in article {case.gold.article}: {case.expected}"
