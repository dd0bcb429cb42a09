"""The benchmark: what an answer costs and what checking a text costs, beside other libraries.

``python -m eval bench``, or ``make bench``. docs/performance.md says how to read it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eval.benches.machine import describe, load_average
from eval.benches.report import show_bench
from eval.cases import BUNDLED, Claim, Question, load_cases

if TYPE_CHECKING:
    from assistant.knowledge import Knowledge

__all__ = ["FORMAT", "command"]

FORMAT = 2
"""Version of ``bench.json``."""


def _sample(questions: list[Question], wanted: int | None) -> list[Question]:
    """``wanted`` of the questions, evenly over the file; all when there are not more."""
    if wanted is None or wanted >= len(questions):
        return questions
    return [questions[i * len(questions) // wanted] for i in range(wanted)]


def _progress(label: str, length: int) -> Callable[[int], None]:
    bar = click.progressbar(length=length, label=f"{label:<14}", file=sys.stderr)
    bar.render_progress()

    def tell(steps: int) -> None:
        bar.update(steps)
        if bar.finished:
            bar.render_finish()

    return tell


@click.command("bench")
@click.option(
    "--only",
    type=click.Choice(["answers", "check"]),
    help="One part: the answers, or the checking of texts (which needs no model).",
)
@click.option(
    "--questions", "wanted", type=click.IntRange(min=1), help="Time so many only; default: all."
)
@click.option(
    "--repeat",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="Rounds through the questions, and through the texts to check.",
)
@click.option(
    "--starts",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    help="Fresh processes per command; 0 leaves the start-up times out.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the figures there as JSON.",
)
def command(
    only: str | None, wanted: int | None, repeat: int, starts: int, out: Path | None
) -> None:
    """Time answers beside LlamaIndex and the bare embedding, checks beside eyecite."""
    # Imported here: `python -m eval` imports this.
    from assistant.config import load_settings  # noqa: PLC0415
    from assistant.knowledge import load_knowledge  # noqa: PLC0415

    if out is not None and not out.resolve().parent.is_dir():
        raise click.BadParameter(f"{out.parent} is no folder; make it first", param_hint="--out")
    settings = load_settings()
    knowledge = load_knowledge(settings.regulation)
    load_before = load_average()
    bench: dict[str, Any] = {"format": FORMAT, "regulation": knowledge.regulation.id}
    if only != "check":
        bench |= _answers(knowledge, settings.embedding_model, wanted, repeat, starts)
    if only != "answers":
        bench["check"] = _checks(knowledge, repeat)
    bench["machine"] = describe(load_before)
    if out is not None:
        text = json.dumps(bench, ensure_ascii=False, indent=2)
        out.write_text(text + "\n", encoding="utf-8")
    click.echo(show_bench(bench))


def _answers(
    knowledge: Knowledge, model: str, wanted: int | None, repeat: int, starts: int
) -> dict[str, Any]:
    # Imported here: torch and LlamaIndex take seconds.
    from eval.benches.run import Plan, run_bench  # noqa: PLC0415
    from index.embed import load_embedder  # noqa: PLC0415

    questions = [case for case in load_cases(BUNDLED[0]) if isinstance(case, Question)]
    plan = Plan(
        timed=_sample(questions, wanted),
        judged=questions,
        repeat=repeat,
        starts=starts,
    )
    return run_bench(plan, knowledge, lambda: load_embedder(model), _progress)


def _checks(knowledge: Knowledge, repeat: int) -> dict[str, Any]:
    from eval.benches.checking import CheckPlan, load_eyecite, run_checking  # noqa: PLC0415

    claims = [case.text for case in load_cases(BUNDLED[1]) if isinstance(case, Claim)]
    return run_checking(CheckPlan(claims, repeat=repeat), knowledge, load_eyecite(), _progress)
