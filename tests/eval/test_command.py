"""``python -m eval``: run, compare, validate, and what each says when it is used wrongly."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from eval.__main__ import main
from eval.cases import BUNDLED, read_jsonl

SCHEMAS = BUNDLED[0].parent


def answer(name: str, **more: Any) -> dict[str, Any]:
    whole = {"headline": "满5年。", "answer": "", "abstained": False, "reason": None}
    cited = {"citations": [{"article": 9, "paragraph": 1}], "retrieved": [{"article": 9}]}
    return {"id": name, **whole, **cited, **more}


def case(name: str, **more: Any) -> dict[str, Any]:
    whole = {"question": f"{name}几年轮岗？", "history": [], "type": "deadline", "answerable": True}
    gold = {"required": [{"article": 9}], "acceptable": [], "facts": [["5年"]], "forbidden": []}
    return {"id": name, **whole, **gold, "note": "hans: art 9", **more}


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    return path


def call(monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["eval", *map(str, words)])
    try:
        main()
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def test_run_and_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = write(tmp_path / "cases.jsonl", [case("q1"), case("q2"), case("q3")])
    before = write(tmp_path / "a.jsonl", [answer("q1"), answer("q2", citations=[])])
    crashed = {"id": "q3", "error": "ValueError: x"}
    after = write(tmp_path / "b.jsonl", [answer("q1", headline="满6年。"), answer("q2"), crashed])
    for name, answers in (("A", before), ("B", after)):
        arguments: list[str | Path] = [
            "run",
            "--cases",
            cases,
            "--answers",
            answers,
            "--out",
            tmp_path / name,
        ]
        assert call(monkeypatch, *arguments) == 0
    shown = capsys.readouterr().out
    assert "questions: 1 / 2 right = 50.0%" in shown
    assert "unscored (no answer): 1" in shown
    assert "✗ not cited: 9" in shown
    assert "✗ fact missing: 5年" in shown
    assert "CRASHED, counted as wrong: 1" in shown
    assert "✗ error: ValueError: x" in shown
    metrics = json.loads((tmp_path / "A" / "metrics.json").read_text("utf-8"))
    assert metrics["questions"]["citation_precision"] == 1.0
    rows = [row for _, row in read_jsonl(tmp_path / "A" / "results.jsonl")]
    assert [(r["id"], r["right"]) for r in rows] == [("q1", True), ("q2", False), ("q3", None)]

    assert call(monkeypatch, "compare", tmp_path / "A", tmp_path / "B") == 1
    assert "broken: q1 · fixed: q2\n" in capsys.readouterr().out
    assert call(monkeypatch, "compare", tmp_path / "A", tmp_path / "A") == 0
    assert "broken: none · fixed: none\n" in capsys.readouterr().out


def test_validate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = write(tmp_path / "good.jsonl", [case("q1")])
    bad = write(tmp_path / "bad.jsonl", [case("q1", required=[{"article": 48}])])
    assert call(monkeypatch, "validate", good) == 0
    assert call(monkeypatch, "validate", bad) == 1
    assert "bad.jsonl: q1: gold 48: " in capsys.readouterr().out
    assert call(monkeypatch, "validate", good, "--against", good) == 1
    assert "q1: the same text as good.jsonl q1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param([], "no command is given; give one of bench, compare", id="bare"),
        pytest.param(["nothing"], "No such command 'nothing'", id="command"),
        pytest.param(["run", "--system", "x"], "Invalid value for '--system'", id="system"),
        pytest.param(["run", "--cases", "no.jsonl"], "no.jsonl: No such file", id="no-file"),
        pytest.param(["compare", "no", "no"], "results.jsonl: No such file", id="no-run"),
        pytest.param(["compare"], "Missing argument 'A'", id="argument"),
    ],
)
def test_used_wrongly(
    words: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(monkeypatch, *words) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("cases", "name"),
    [pytest.param(p, n, id=n) for p, n in zip(BUNDLED, ("question", "claim"), strict=True)],
)
def test_bundled_cases_follow_the_published_schema(cases: Path, name: str) -> None:
    schemas = {
        path.name: json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.schema.json")
    }
    registry: Registry[Any] = Registry().with_resources(
        (n, Resource.from_contents(s)) for n, s in schemas.items()
    )
    validator = jsonschema.Draft202012Validator(schemas[f"{name}.schema.json"], registry=registry)
    for number, row in read_jsonl(cases):
        assert not list(validator.iter_errors(row)), f"line {number}"
