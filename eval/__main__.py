"""``python -m eval``: run · compare · validate · bench · mutate."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from eval.bench import command as bench_command
from eval.cases import BUNDLED, Case, load_cases
from eval.compare import compare
from eval.mutate import command as mutate_command
from eval.run import Result, load_run, metrics_of, run, write_run
from eval.summary import show_comparison, show_run
from eval.systems import SYSTEMS, AnswerFile, System
from eval.validate import texts_of, validate_cases
from index.command import Commands
from index.parse import load_regulation

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(cls=Commands, help="Score answers and verdicts on labelled cases.")
def main() -> None:
    """Entry point."""


@main.command("run")
@click.option(
    "--cases",
    "files",
    type=_FILE,
    multiple=True,
    help="Questions or claims, JSONL; more than once for several. Default: the bundled.",
)
@click.option(
    "--system",
    "name",
    type=click.Choice(sorted(SYSTEMS)),
    default="rules",
    show_default=True,
    help="What answers.",
)
@click.option("--answers", type=_FILE, help="Score these answers (JSONL) instead of a system.")
@click.option("--out", type=_FOLDER, help="Write results.jsonl and metrics.json there.")
@click.option("--split", type=click.Choice(["dev", "test"]), help="Only the cases of this split.")
@click.option("--quiet", is_flag=True, help="Do not list the failed cases.")
def run_command(
    files: tuple[Path, ...], name: str, answers: Path | None, out: Path | None,
    split: str | None, quiet: bool,
) -> None:  # fmt: skip
    """Answer every case, score, print a summary and the failed cases."""
    system: System = SYSTEMS[name]() if answers is None else AnswerFile.read(answers)
    cases: list[Case] = [c for path in files or BUNDLED for c in load_cases(path, split)]
    results: list[Result] = []
    with click.progressbar(
        run(system, cases), length=len(cases), label="eval", file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as bar:  # fmt: skip
        results.extend(bar)
    metrics = metrics_of(results)
    if out is not None:
        write_run(out, results, metrics)
    click.echo(show_run(metrics, results, failed=not quiet))


@main.command("compare")
@click.argument("a", type=_FOLDER)
@click.argument("b", type=_FOLDER)
def compare_command(a: Path, b: Path) -> None:
    """Compare two runs; exit 1 when a case broke."""
    (rights_a, metrics_a), (rights_b, metrics_b) = load_run(a), load_run(b)
    compared = compare(rights_a, rights_b, metrics_a, metrics_b)
    click.echo(show_comparison(compared))
    sys.exit(1 if compared.broken else 0)


@main.command("validate")
@click.argument("files", type=_FILE, nargs=-1)
@click.option(
    "--against",
    type=_FILE,
    multiple=True,
    help="A case file none of whose texts may occur among the cases.",
)
def validate_command(files: tuple[Path, ...], against: tuple[Path, ...]) -> None:
    """Prove the cases against the regulation; exit 1 with every disagreement."""
    regulation = load_regulation()
    known = texts_of(against)
    faults: list[str] = []
    for path in files or BUNDLED:
        cases = load_cases(path)
        found = validate_cases(cases, regulation, known)
        faults += [f"{path}: {fault}" for fault in found]
        click.echo(f"{path.name}: {len(cases)} cases, {len(found)} disagreements")
    for fault in faults:
        click.echo(fault)
    sys.exit(1 if faults else 0)


main.add_command(bench_command)
main.add_command(mutate_command)


if __name__ == "__main__":
    main(prog_name="python -m eval")
