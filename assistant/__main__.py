"""``python -m assistant``: ask · lookup · check · due · calendar.

Each command imports only what it needs: all but ``ask`` load no model.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from index.command import Commands, fail
from index.errors import InputError, NoSuchProvisionError, RuleError, TiaowenError

if TYPE_CHECKING:
    from assistant.check import CheckResult

__all__ = ["main"]

LANGUAGES = ("auto", "zh-Hans", "zh-Hant", "en")


def _emit(value: dict[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False)
    # A lone surrogate in a question must not break the stream it is echoed in.
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def _lines() -> Iterator[str]:
    for raw in sys.stdin.buffer:
        line = raw.decode("utf-8", "surrogateescape").strip()
        if line:
            yield line


def _batch(required: str, work: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """One JSON object per line in, one out, in order; a bad line yields an error line."""
    for line in _lines():
        id_: Any = None
        try:
            case = json.loads(line)
            if not isinstance(case, dict):
                raise InputError("", "the line is not a JSON object", 'write {"id": …}')
            id_ = case.get("id")
            value = case.get(required)
            if not isinstance(value, str):
                fault = "is missing" if value is None else "is not a string"
                raise InputError("", f'"{required}" {fault}', f'write {{"{required}": "…"}}')
            _emit(work(case))
        except json.JSONDecodeError as error:
            _emit({"id": None, "error": f"not JSON: {error.msg} (column {error.colno})"})
        except (TiaowenError, RecursionError) as error:
            _emit({"id": id_, "error": str(error)})


@click.group(cls=Commands, help="Ask, look up, check, compute due moments.")
def main() -> None:
    """Entry point."""


@main.command(help="Answer a question from the regulation.")
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--jsonl", is_flag=True, help="Read questions as JSON lines from standard input.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="auto", show_default=True)
@click.option("--trace", is_flag=True, help="Tell on standard error what a language model wrote.")
def ask(question: str | None, as_json: bool, jsonl: bool, lang: str, trace: bool) -> None:
    if jsonl == (question is not None):
        fail('ask: give a question or --jsonl; for example: ask "重大紧急事件多久上报？"')
    if question is not None and not question.strip():
        fail("ask: the question is empty; write one")
    from assistant.answer import load_assistant  # noqa: PLC0415  (loads the model)

    # The light engine: same vectors, without the seconds that the large library takes.
    assistant = load_assistant(light=True)

    def answer(case: dict[str, Any]) -> dict[str, Any]:
        if not case["question"].strip():
            raise InputError("", '"question" is empty', "write one")
        history = case.get("history") or []
        if not isinstance(history, list) or not all(isinstance(h, str) for h in history):
            raise InputError(
                "", '"history" is not a list of strings', 'write ["…"] or leave it out'
            )
        language = case.get("lang", lang)
        if language not in LANGUAGES:
            raise InputError("", f'"lang" is {language!r}', f"write one of {', '.join(LANGUAGES)}")
        found = assistant.ask(case["question"], history, language)
        if trace and found.trace is not None:
            click.echo(json.dumps(found.trace.to_json(), ensure_ascii=False), err=True)
        return found.to_json(case.get("id"))

    if jsonl:
        _batch("question", answer)
        return
    assert question is not None
    found = assistant.ask(question, lang=lang)
    if trace and found.trace is not None:
        click.echo(json.dumps(found.trace.to_json(), ensure_ascii=False, indent=2), err=True)
    if as_json:
        _emit(found.to_json())
    else:
        click.echo(found.body)
        for notice in found.notices:
            click.echo(f"\n({notice})")
    sys.exit(1 if found.abstained else 0)


@main.command(help="Show the text of a provision or a range.")
@click.argument("citation", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--jsonl", is_flag=True, help="Read citations as JSON lines from standard input.")
def lookup(citation: str | None, as_json: bool, jsonl: bool) -> None:
    if jsonl == (citation is not None):
        fail("lookup: give a citation or --jsonl; for example: lookup 第三十条第一款")
    from assistant.lookup import lookup as find  # noqa: PLC0415
    from index.parse import load_regulation  # noqa: PLC0415

    regulation = load_regulation()
    if jsonl:
        _batch(
            "citation",
            lambda case: {"id": case.get("id"), **find(case["citation"], regulation).to_json()},
        )
        return
    assert citation is not None
    found = find(citation, regulation)
    if as_json:
        _emit({"id": None, **found.to_json()})
    elif not found.found:
        click.echo(found.message, err=True)
    else:
        for provision in found.to_json()["provisions"]:
            click.echo(f"{provision['label']}　{provision['text']}")
    sys.exit(0 if found.found else 1)


@main.command(help="Check the claims of a text (txt, md, docx or - for standard input).")
@click.argument("file", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--jsonl", is_flag=True, help="Read texts as JSON lines from standard input.")
@click.option("--out", metavar="COPY", help="Write a copy of a .docx with a comment per finding.")
def check(file: str | None, as_json: bool, jsonl: bool, out: str | None) -> None:
    if jsonl == (file is not None):
        fail("check: give a file, - or --jsonl; for example: check memo.docx")
    if jsonl and out is not None:
        fail("check: --out marks one document; leave it out with --jsonl")
    from assistant.check import check as judge  # noqa: PLC0415
    from assistant.knowledge import load_knowledge  # noqa: PLC0415

    knowledge = load_knowledge()

    def verdict(id_: Any, text: str) -> tuple[CheckResult, dict[str, Any]]:
        started = time.perf_counter()
        result = judge(text, knowledge)
        elapsed = round((time.perf_counter() - started) * 1000, 2)
        return result, {"id": id_, **result.to_json(), "elapsed_ms": elapsed}

    if jsonl:
        _batch("text", lambda case: verdict(case.get("id"), case["text"])[1])
        return
    from assistant.documents import open_document  # noqa: PLC0415

    assert file is not None
    if out is not None:
        from assistant.documents.writing import check_target  # noqa: PLC0415

        check_target(file, out)
    document = open_document(file)
    if out is not None and document.word is None:
        fail(f"{file}: is not a Word document, so --out has nothing to mark; give a .docx")
    result, shown = verdict(None, document.text)
    comments = 0
    if out is not None:
        from assistant.documents.marking import write_marked  # noqa: PLC0415

        comments = write_marked(document, result, out)
    if as_json:
        _emit(shown)
    else:
        click.echo(result.verdict)
        for finding in result.findings:
            line = document.text.count("\n", 0, finding.span.start) + 1
            click.echo(f"{line}: {finding.verdict}: “{finding.text}” {finding.explanation}")
        if out is not None:
            count = f"{comments} comment{'' if comments == 1 else 's'}"
            click.echo(f"{click.format_filename(out)}: a copy with {count}")
    sys.exit(1 if result.verdict == "contradicted" else 0)


@main.command(help="Compute the due moment of a rule's time limit.")
@click.argument("rule")
@click.option(
    "--from", "start", required=True, metavar="WHEN", help="2026-03-05T15:00 and the like."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def due(rule: str, start: str, as_json: bool) -> None:
    import datetime as dt  # noqa: PLC0415

    from assistant.due import due_of_rule  # noqa: PLC0415
    from assistant.knowledge import load_knowledge  # noqa: PLC0415

    knowledge = load_knowledge()
    try:
        found = due_of_rule(rule, start, knowledge, today=dt.date.today())
    except (RuleError, NoSuchProvisionError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    if as_json:
        _emit(found.to_json())
    else:
        click.echo(found.text())


@main.command(help="List a body's duties in a year, or draw how an event is reported.")
@click.argument("actor", required=False)
@click.option("--year", type=click.IntRange(1, 9998), help="The year; for example 2027.")
@click.option(
    "--chain", "event", metavar="EVENT", help="How 重大紧急事件, for example, is reported."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for a spreadsheet.")
@click.option("--ics", metavar="FILE", help="Write a file that Outlook and phones import.")
@click.option("--svg", metavar="FILE", help="Write the picture.")
@click.option("--width", type=click.IntRange(320, 4000), default=960, show_default=True,
              help="Of the picture; 390 for a phone.")  # fmt: skip
@click.option("--lead", type=click.IntRange(0, 366), help="Days of the reminder.")
@click.option("--lang", type=click.Choice(LANGUAGES[1:]), default="zh-Hans", show_default=True)
def calendar(actor: str | None, event: str | None, **options: Any) -> None:
    if (actor is None) == (event is None):
        fail("calendar: give a body or --chain; for example: calendar 旗县党委政法委 --year 2027")
    from assistant.compliance.command import run_calendar, run_chain  # noqa: PLC0415

    if event is not None:
        found = run_chain(event, **options)
    else:
        found = run_calendar(actor or "", **options)
    for line in found.told:
        click.echo(line, err=found.missing)
    if found.value is not None:
        _emit(found.value)
    sys.stdout.buffer.write(found.data)
    sys.stdout.buffer.flush()
    sys.exit(1 if found.missing else 0)


if __name__ == "__main__":
    main(prog_name="python -m assistant")
