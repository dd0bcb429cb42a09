"""The mutation suite of the fact checker: ``python -m eval mutate``.

Every row of the rule table is said in many true ways (:class:`Original`); in each, one
slot at a time is made wrong (:class:`Mutant`). The checker should contradict every
mutant, at the wrong words, and no original. Nothing here is random: the same table
gives the same texts.
"""

from __future__ import annotations

import itertools
import json
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from assistant.check import CheckResult, Verdict, check
from assistant.knowledge import Knowledge, load_knowledge
from eval.mutants.english import english_wordings
from eval.mutants.facts import Facts
from eval.mutants.frames import CITED, ENGLISH, PLAIN, QUOTED
from eval.mutants.markup import Draft, Mark, Slot
from eval.mutants.operators import OPERATORS, Subject
from eval.mutants.wordings import wordings
from index.rules import Rule
from index.text import Script, Span

__all__ = [
    "Judged",
    "Mutant",
    "Original",
    "command",
    "mutants",
    "originals",
    "report",
    "run_mutation",
]


@dataclass(frozen=True, slots=True)
class Original:
    """A true text."""

    rule: str
    phrasing: str
    """``wording/frame``, for example ``by-whom/under``."""
    text: str
    lang: str
    """zh-Hans, zh-Hant or en."""
    marks: tuple[Mark, ...]

    @property
    def id(self) -> str:
        """Stable as long as the text is."""
        return f"{self.rule}/{zlib.crc32(self.text.encode()):08x}"


@dataclass(frozen=True, slots=True)
class Mutant:
    """The original with one slot wrong, at ``span``."""

    original: Original
    operator: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checker says of an original (``mutant`` None) or of a mutant."""

    original: Original
    mutant: Mutant | None
    verdict: Verdict
    located: bool
    """Whether a contradicted finding overlaps the wrong words."""

    def to_json(self) -> dict[str, Any]:
        """One line of ``mutants.jsonl``."""
        shared = {
            "rule": self.original.rule,
            "phrasing": self.original.phrasing,
            "lang": self.original.lang,
            "verdict": self.verdict.value,
        }
        if self.mutant is None:
            return {"kind": "original", **shared, "text": self.original.text}
        span = self.mutant.span
        return {
            "kind": "mutant",
            **shared,
            "operator": self.mutant.operator,
            "located": self.located,
            "text": self.mutant.text,
            "start": span.start,
            "end": span.end,
            "wrong": span.of(self.mutant.text),
            "original": self.original.text,
        }


# True texts


def originals(knowledge: Knowledge) -> Iterator[Original]:
    """Every true text, in the order of the rows; none twice for one row."""
    for rule in knowledge.rules:
        seen: set[str] = set()
        for phrasing, draft, lang in _phrasings(rule, knowledge):
            if draft.text not in seen:
                seen.add(draft.text)
                yield Original(rule.id, phrasing, draft.text, lang, draft.marks)


Phrased = tuple[str, Draft, str]


def _phrasings(rule: Rule, knowledge: Knowledge) -> Iterator[Phrased]:
    """The statement in every frame; each other wording in two; quotations; English."""
    plain, cited = list(PLAIN.items()), list(CITED.items())
    start = zlib.crc32(rule.id.encode())
    for number, (wording, core) in enumerate(wordings(rule, knowledge.actors)):
        if number == 0:
            frames = plain + cited
        else:
            at = start + number
            frames = [plain[0], plain[at % len(plain)], cited[at % len(cited)]]
        for count, (name, frame) in enumerate(frames):
            draft = frame(core, rule, knowledge.regulation)
            traditional = (start + number + count) % 3 == 0
            yield from _in_script(f"{wording}/{name}", draft, traditional)
        if number == 0:
            yield f"{wording}/plain", (core + "。").in_traditional(), Script.TRADITIONAL.value
            if (wide := (core + "。").in_full_width()).text != core.text + "。":
                yield f"{wording}/full-width", wide, Script.SIMPLIFIED.value
    yield from _quotations(rule, knowledge, start)
    yield from _english(rule, start)


def _in_script(name: str, draft: Draft, traditional: bool) -> Iterator[Phrased]:
    if traditional:
        yield name, draft.in_traditional(), Script.TRADITIONAL.value
    else:
        yield name, draft, Script.SIMPLIFIED.value


_PRINTED = str.maketrans(",;:()“”", "，；：（）‘’")


def _quotations(rule: Rule, knowledge: Knowledge, start: int) -> Iterator[Phrased]:
    words = rule.quote.translate(_PRINTED)
    core = Draft(words, (Mark(Slot.QUOTE, Span(0, len(words))),))
    for count, (name, frame) in enumerate(QUOTED.items()):
        draft = frame(core, rule, knowledge.regulation)
        yield from _in_script(f"quotation/{name}", draft, (start + count) % 2 == 0)


def _english(rule: Rule, start: int) -> Iterator[Phrased]:
    frames = list(ENGLISH.items())
    for number, (wording, core) in enumerate(english_wordings(rule)):
        chosen = frames if number == 0 else [frames[0], frames[1 + (start + number) % 4]]
        for name, frame in chosen:
            yield f"{wording}/{name}", frame(core, rule), "en"


# False texts


def mutants(
    knowledge: Knowledge, texts: Iterable[Original], operators: Iterable[str] = OPERATORS
) -> Iterator[Mutant]:
    """Every false text of these true ones, by these operators."""
    facts = Facts(knowledge)
    wanted = {name: OPERATORS[name] for name in operators}
    for original in texts:
        draft = Draft(original.text, original.marks)
        rule = knowledge.rules.get(original.rule)
        for name, operator in wanted.items():
            turn = zlib.crc32(f"{original.rule} {original.phrasing} {name}".encode())
            subject = Subject(rule, draft, original.lang, turn)
            seen: set[str] = set()
            for change in operator(subject, facts):
                head, tail = original.text[: change.span.start], original.text[change.span.end :]
                text = head + change.words + tail
                if text != original.text and text not in seen:
                    seen.add(text)
                    yield Mutant(original, name, text, change.wrong)


# The run


def run_mutation(
    knowledge: Knowledge,
    texts: Sequence[Original],
    changed: Sequence[Mutant],
    progress: Callable[[int], None] = lambda steps: None,
) -> list[Judged]:
    """Judge every original and every mutant."""
    judged: list[Judged] = []
    for original in texts:
        result = check(original.text, knowledge)
        judged.append(Judged(original, None, result.verdict, located=False))
        progress(1)
    for mutant in changed:
        result = check(mutant.text, knowledge)
        judged.append(Judged(mutant.original, mutant, result.verdict, _located(result, mutant)))
        progress(1)
    return judged


def _located(result: CheckResult, mutant: Mutant) -> bool:
    return any(
        f.verdict is Verdict.CONTRADICTED and f.span.overlaps(mutant.span)
        for f in result.findings
    )


def report(judged: Iterable[Judged]) -> dict[str, Any]:
    """The figures: originals by verdict, mutants by operator, wording, frame, language."""
    originals_ = [j for j in judged if j.mutant is None]
    mutants_ = [j for j in judged if j.mutant is not None]
    return {
        "originals": _truths(originals_),
        "mutants": _detection(mutants_),
        "by_operator": _grouped(mutants_, lambda j: j.mutant.operator if j.mutant else ""),
        "by_wording": _grouped(mutants_, lambda j: j.original.phrasing.split("/")[0]),
        "by_frame": _grouped(mutants_, lambda j: j.original.phrasing.split("/")[1]),
        "by_language": _grouped(mutants_, lambda j: j.original.lang),
        "originals_by_wording": {
            name: _truths(group)
            for name, group in _split(
                originals_, lambda j: j.original.phrasing.split("/")[0]
            ).items()
        },
        "originals_by_frame": {
            name: _truths(group)
            for name, group in _split(
                originals_, lambda j: j.original.phrasing.split("/")[1]
            ).items()
        },
    }


def _split(
    judged: Iterable[Judged], key: Callable[[Judged], str]
) -> dict[str, list[Judged]]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[key(one)].append(one)
    return dict(groups)


def _grouped(
    judged: Iterable[Judged], key: Callable[[Judged], str]
) -> dict[str, dict[str, Any]]:
    return {name: _detection(group) for name, group in _split(judged, key).items()}


def _detection(group: Sequence[Judged]) -> dict[str, Any]:
    detected = sum(j.verdict is Verdict.CONTRADICTED for j in group)
    return {
        "mutants": len(group),
        "detected": detected,
        "located": sum(j.located for j in group),
        "rate": detected / len(group) if group else None,
    }


def _truths(group: Sequence[Judged]) -> dict[str, Any]:
    verdicts = Counter(j.verdict for j in group)
    accused = verdicts[Verdict.CONTRADICTED]
    return {
        "originals": len(group),
        "accused": accused,
        "supported": verdicts[Verdict.SUPPORTED],
        "unverifiable": verdicts[Verdict.UNVERIFIABLE],
        "no_claim": verdicts[Verdict.NO_CLAIM],
        "rate": accused / len(group) if group else None,
    }


# The command


def show(figures: Mapping[str, Any]) -> str:
    """The figures for people."""
    truths, all_ = figures["originals"], figures["mutants"]
    lines = [
        f"originals: {truths['originals']}; accused {truths['accused']} "
        f"({_percent(truths['rate'])}), supported {truths['supported']}, "
        f"unverifiable {truths['unverifiable']}, no claim {truths['no_claim']}",
        f"mutants: {all_['mutants']}; detected {all_['detected']} ({_percent(all_['rate'])}), "
        f"at the wrong words {all_['located']}",
    ]
    for key in ("by_operator", "by_wording", "by_frame", "by_language"):
        lines += ["", f"  {key.removeprefix('by_'):<18}{'mutants':>8}{'found':>8}{'at place':>10}{'rate':>8}"]
        lines += [
            f"    {name:<16}{row['mutants']:>8}{row['detected']:>8}{row['located']:>10}"
            f"{_percent(row['rate']):>8}"
            for name, row in figures[key].items()
        ]
    return "\n".join(lines)


def _percent(rate: float | None) -> str:
    """
    >>> _percent(0.9876), _percent(None)
    ('98.8%', '–')
    """
    return "–" if rate is None else f"{100 * rate:.1f}%"


def failures(judged: Iterable[Judged], wanted: int) -> Iterator[str]:
    """The first ``wanted`` accused originals, and as many missed mutants by operator in turn."""
    accused, missed = [], defaultdict(list)
    for one in judged:
        if one.mutant is None and one.verdict is Verdict.CONTRADICTED:
            accused.append(one)
        elif one.mutant is not None and one.verdict is not Verdict.CONTRADICTED:
            missed[one.mutant.operator].append(one)
    for one in accused[:wanted]:
        yield f"accused {one.original.rule} {one.original.phrasing}: {_line(one.original.text)}"
    turns = itertools.chain.from_iterable(itertools.zip_longest(*missed.values()))
    for one in itertools.islice((m for m in turns if m is not None), wanted):
        assert one.mutant is not None
        wrong = one.mutant.span.of(one.mutant.text)
        yield (
            f"missed {one.mutant.operator} [{wrong}] {one.verdict} {one.original.rule} "
            f"{one.original.phrasing}: {_line(one.mutant.text)}"
        )


def _line(text: str) -> str:
    return text.replace("\n", "⏎")


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


def write(folder: Path, judged: Iterable[Judged], figures: Mapping[str, Any]) -> None:
    """``mutants.jsonl``: one line each; ``mutation.json``: the figures."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(j.to_json(), ensure_ascii=False) for j in judged]
    (folder / "mutants.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = json.dumps(figures, ensure_ascii=False, indent=2)
    (folder / "mutation.json").write_text(text + "\n", encoding="utf-8")
