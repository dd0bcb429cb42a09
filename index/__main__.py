"""``python -m index``: build · verify · show · export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.command import Commands, fail
from index.errors import NoSuchProvisionError, StoreError, TiaowenError

if TYPE_CHECKING:
    from index.config import IndexSettings
    from index.store import Fingerprint

__all__ = ["main"]


def _settings(regulation: str | None) -> IndexSettings:
    from pydantic import ValidationError  # noqa: PLC0415

    from index.config import IndexSettings  # noqa: PLC0415  (0.15 s: only when needed)

    try:
        settings = IndexSettings()
        if regulation:
            settings = settings.model_copy(update={"regulation": regulation})
    except ValidationError as error:
        first = error.errors()[0]
        fail(f"TIAOWEN_{str(first['loc'][0]).upper()}: {first['msg']}; correct the setting")
    if settings.regulation not in known_regulations():
        fail(
            f"--regulation {settings.regulation}: no such regulation; choose one of "
            + ", ".join(known_regulations())
        )
    return settings


def known_regulations() -> list[str]:
    """Ids of the regulations that are bundled."""
    home = Path(__file__).parent / "regulations"
    return sorted(p.name for p in home.iterdir() if (p / "source.txt").is_file())


@click.group(cls=Commands, help="Build and inspect the index of a regulation.")
def main() -> None:
    """Entry point."""


@main.command(help="Parse, verify the rules, embed, and write the index in one step.")
@click.option("--regulation", metavar="ID", help="Regulation to build (default: the setting).")
@click.option("--force", is_flag=True, help="Build even when the index is up to date.")
@click.option("--quiet", is_flag=True, help="Say nothing when there is nothing to do.")
def build(regulation: str | None, force: bool, quiet: bool) -> None:
    settings = _settings(regulation)
    knowledge = _load(settings.regulation)
    from index.coverage import verify_rules  # noqa: PLC0415
    from index.embed import load_embedder  # noqa: PLC0415
    from index.fingerprint import fingerprint_of  # noqa: PLC0415
    from index.nodes import provision_passages, rule_passages  # noqa: PLC0415
    from index.store import build_index, load_index  # noqa: PLC0415

    faults = verify_rules(*knowledge)
    if faults:
        for fault in faults:
            click.echo(str(fault), err=True)
        sys.exit(2)
    # The light engine yields the same vectors without the seconds of the large library.
    embedder = load_embedder(settings.embedding_model, light=True)
    fingerprint: Fingerprint = fingerprint_of(settings.regulation, embedder)
    if not force:
        try:
            load_index(settings.index_folder, fingerprint)
        except StoreError:
            pass
        else:
            if not quiet:
                click.echo(f"{settings.index_folder}: up to date")
            return
    passages = {
        "provisions": list(provision_passages(knowledge[0])),
        "rules": list(rule_passages(knowledge[2])),
    }
    total = sum(map(len, passages.values()))
    with click.progressbar(length=total, label="Embedding", file=sys.stderr) as bar:
        try:
            build_index(settings.index_folder, fingerprint, passages, embedder, bar.update)
        except OSError as error:
            fail(
                f"{settings.index_folder}: cannot be written ({error.strerror}); "
                "set TIAOWEN_INDEX_DIR to a folder that can"
            )
    click.echo(
        f"{settings.index_folder}: {len(passages['provisions'])} provisions, "
        f"{len(passages['rules'])} rule statements, {fingerprint.model}"
    )


def _load(regulation: str) -> Any:
    from index.actors import load_actors  # noqa: PLC0415
    from index.parse import REGULATIONS, load_regulation  # noqa: PLC0415
    from index.rules import load_rules  # noqa: PLC0415

    home = REGULATIONS / regulation
    text, actors = load_regulation(home), load_actors(home / "actors.yaml")
    return text, actors, load_rules(text, actors)


@main.command(help="Check that text, structure, rule table and index agree.")
@click.option("--regulation", metavar="ID", help="Regulation to verify (default: the setting).")
def verify(regulation: str | None) -> None:
    settings = _settings(regulation)
    text, actors, rules = _load(settings.regulation)
    from index.coverage import (  # noqa: PLC0415
        count_rows,
        format_counts,
        verify_coverage,
        verify_rules,
    )
    from index.embed import load_embedder  # noqa: PLC0415
    from index.fingerprint import fingerprint_of  # noqa: PLC0415
    from index.store import load_index  # noqa: PLC0415

    disagreements = [str(fault) for fault in verify_rules(text, actors, rules)]
    disagreements += [str(gap) for gap in verify_coverage(text, rules)]
    timed = sum(rule.time is not None for rule in rules)
    click.echo(
        f"{text.title}: {len(text.chapters)} chapters, {len(text.articles)} articles, "
        f"{sum(len(a.paragraphs) for a in text.articles)} paragraphs, "
        f"{sum(len(p.items) for a in text.articles for p in a.paragraphs)} items"
    )
    click.echo(
        f"rules: {len(rules)} rows, {timed} with a time limit, "
        f"{len(rules.exceptions)} exceptions, {len(actors)} actors"
    )
    click.echo(format_counts(count_rows(text, rules)))
    try:
        embedder = load_embedder(settings.embedding_model, light=True)
        index = load_index(settings.index_folder, fingerprint_of(settings.regulation, embedder))
        click.echo(
            f"index: {len(index.provisions)} provisions, {len(index.rules)} rule statements, "
            f"{index.fingerprint.model}"
        )
    except TiaowenError as error:
        disagreements.append(str(error))
    for line in disagreements:
        click.echo(line, err=True)
    click.echo("coverage: complete" if not disagreements else f"{len(disagreements)} disagreements")
    sys.exit(1 if disagreements else 0)


@main.command(help="Show the structure, or one provision with its rule rows.")
@click.argument("citation", required=False)
@click.option("--regulation", metavar="ID", help="Regulation to show (default: the setting).")
def show(citation: str | None, regulation: str | None) -> None:
    text, _, rules = _load(_settings(regulation).regulation)
    from index.citation import format_citation, parse_citation  # noqa: PLC0415

    if citation is None:
        click.echo(text.title)
        for division in text.divisions:
            first, last = text.articles[division.articles[0]], text.articles[division.articles[-1]]
            click.echo(
                f"  {division.kind}{division.number:>3}  {division.heading}"
                f"  ({first.number}–{last.number})"
            )
        return
    try:
        found = parse_citation(citation, regulation=text)
        # All before the first is printed: one that does not exist must not come late.
        for name in [text.canonical(name) for name in found.expand(text)]:
            click.echo(format_citation(name))
            click.echo(text.text_of(name))
            for rule in rules.of(name):
                click.echo(f"  {rule.id}  {rule.statement}")
    except NoSuchProvisionError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@main.command(help="Write the rule table (csv, xlsx, json) or the structure (akn).")
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx", "json", "akn"]), required=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
@click.option("--regulation", metavar="ID", help="Regulation to export (default: the setting).")
def export(kind: str, out: Path | None, regulation: str | None) -> None:
    text, actors, rules = _load(_settings(regulation).regulation)
    data: str | bytes
    if kind == "akn":
        from index.akn import to_akn  # noqa: PLC0415

        data = to_akn(text)
    else:
        from index.export import export_rules  # noqa: PLC0415

        data = export_rules(kind, text, actors, rules)
    raw = data.encode() if isinstance(data, str) else data
    if out is None:
        if kind == "xlsx" and sys.stdout.isatty():
            fail("--format xlsx: is binary; add --out FILE")
        sys.stdout.buffer.write(raw)
        return
    try:
        out.write_bytes(raw)
    except OSError as error:
        fail(f"--out {out}: {error.strerror}; choose a folder that exists and can be written")


if __name__ == "__main__":
    main(prog_name="python -m index")
