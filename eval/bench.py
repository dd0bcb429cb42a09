"""The benchmark: what an answer costs, beside what nobody can do without.

``python -m eval bench``, or ``make bench``. docs/performance.md says how to read it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from eval.benches.report import show_bench
from eval.cases import BUNDLED, Question, load_cases

__all__ = ["command"]


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
    "--questions", "wanted", type=click.IntRange(min=1), help="Time so many only; default: all."
)
@click.option(
    "--repeat",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="Rounds through the questions.",
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
def command(wanted: int | None, repeat: int, starts: int, out: Path | None) -> None:
    """Time answers beside LlamaIndex's stock retriever and the bare embedding."""
    # Imported here: torch and LlamaIndex take seconds, and `python -m eval` imports this.
    from assistant.config import load_settings  # noqa: PLC0415
    from assistant.knowledge import load_knowledge  # noqa: PLC0415
    from eval.benches.run import Plan, run_bench  # noqa: PLC0415
    from index.embed import load_embedder  # noqa: PLC0415

    if out is not None and not out.resolve().parent.is_dir():
        raise click.BadParameter(f"{out.parent} is no folder; make it first", param_hint="--out")
    settings = load_settings()
    questions = [case for case in load_cases(BUNDLED[0]) if isinstance(case, Question)]
    plan = Plan(
        timed=_sample(questions, wanted),
        judged=questions,
        repeat=repeat,
        starts=starts,
    )
    bench: dict[str, Any] = run_bench(
        plan,
        load_knowledge(settings.regulation),
        lambda: load_embedder(settings.embedding_model),
        _progress,
    )
    if out is not None:
        text = json.dumps(bench, ensure_ascii=False, indent=2)
        out.write_text(text + "\n", encoding="utf-8")
    click.echo(show_bench(bench))
