"""The mutation suite of the fact checker: ``python -m eval mutate``.

Every row of the rule table is said in many true ways (:class:`Original`); in each, one
slot at a time is made wrong (:class:`Mutant`). The checker should contradict every
mutant, at the wrong words, and no original. Nothing here is random: the same table
gives the same texts.

:mod:`eval.mutants.texts` makes the true texts, :mod:`eval.mutants.operators` the false
ones, :mod:`eval.mutants.report` the figures.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from assistant.check import CheckResult, Verdict, check
from assistant.knowledge import Knowledge, load_knowledge
from eval.mutants.changes import Subject
from eval.mutants.facts import Facts
from eval.mutants.markup import Draft
from eval.mutants.operators import OPERATORS
from eval.mutants.report import Judged, Mutant, failures, report, show
from eval.mutants.texts import Original, originals

__all__ = ["Judged", "Mutant", "Original", "command", "mutants", "originals", "run_mutation"]

_COMMON = frozenset(
    {"bearer", "recipient", "modality", "polarity", "article", "item", "level", "relation"}
)
_SHARE = 4
"""Of the operators that nearly every text has a slot for, one framed text in so many."""


def mutants(
    knowledge: Knowledge, texts: Iterable[Original], operators: Iterable[str] = OPERATORS
) -> Iterator[Mutant]:
    """Every false text of these true ones, by these operators."""
    facts = Facts(knowledge)
    names = tuple(operators)
    for original in texts:
        for name in names:
            if _taken(original, name):
                yield from _mutated(original, name, facts)


def _taken(original: Original, operator: str) -> bool:
    """Plain texts always. The choice goes by name, so that it does not move when other
    texts come or go."""
    if operator not in _COMMON or original.frame in ("plain", "en-plain"):
        return True
    return zlib.crc32(f"{original.text} {operator}".encode()) % _SHARE == 0


def _mutated(original: Original, operator: str, facts: Facts) -> Iterator[Mutant]:
    subject = Subject(
        facts.knowledge.rules.get(original.rule),
        Draft(original.text, original.marks),
        original.lang,
        zlib.crc32(f"{original.rule} {original.phrasing} {operator}".encode()),
    )
    seen = {original.text}
    for change in OPERATORS[operator](subject, facts):
        start, end = change.span.start, change.span.end
        text = original.text[:start] + change.words + original.text[end:]
        if text not in seen:
            seen.add(text)
            yield Mutant(original, operator, text, change.wrong)


def run_mutation(
    knowledge: Knowledge,
    texts: Iterable[Original],
    changed: Iterable[Mutant],
    progress: Callable[[int], None] | None = None,
) -> list[Judged]:
    """Judge every original and every mutant; ``progress`` is told of each."""
    judged: list[Judged] = []
    for original in texts:
        result = check(original.text, knowledge)
        judged.append(Judged(original, None, result.verdict, located=False))
        if progress is not None:
            progress(1)
    for mutant in changed:
        result = check(mutant.text, knowledge)
        judged.append(Judged(mutant.original, mutant, result.verdict, _located(result, mutant)))
        if progress is not None:
            progress(1)
    return judged


def _located(result: CheckResult, mutant: Mutant) -> bool:
    return any(
        f.verdict is Verdict.CONTRADICTED and f.span.overlaps(mutant.span) for f in result.findings
    )


def write(folder: Path, judged: Sequence[Judged], figures: Mapping[str, Any]) -> None:
    """``mutants.jsonl``: one line each; ``mutation.json``: the figures."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(j.to_json(), ensure_ascii=False) for j in judged]
    (folder / "mutants.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = json.dumps(figures, ensure_ascii=False, indent=2)
    (folder / "mutation.json").write_text(text + "\n", encoding="utf-8")


@click.command("mutate")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write mutants.jsonl and mutation.json there.",
)
@click.option(
    "--operator",
    "operators",
    type=click.Choice(list(OPERATORS)),
    multiple=True,
    help="Only this operator; more than once for several.",
)
@click.option(
    "--misses",
    type=click.IntRange(min=0),
    default=0,
    help="List so many accused originals and missed mutants.",
)
def command(out: Path | None, operators: tuple[str, ...], misses: int) -> None:
    """Change one slot of true statements; count what the checker sees."""
    knowledge = load_knowledge()
    texts = list(originals(knowledge))
    changed = list(mutants(knowledge, texts, operators or OPERATORS))
    if operators:
        touched = {mutant.original for mutant in changed}
        texts = [original for original in texts if original in touched]
    with click.progressbar(
        length=len(texts) + len(changed), label="mutate", file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as bar:  # fmt: skip
        judged = run_mutation(knowledge, texts, changed, bar.update)
    figures = report(judged)
    if out is not None:
        write(out, judged, figures)
    click.echo(show(figures))
    for line in failures(judged, misses):
        click.echo(line)
