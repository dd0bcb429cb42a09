"""The rule table as CSV, XLSX and JSON."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from index.actors import ActorTable, load_actors
from index.export import COLUMNS, export_rules, harmless, to_csv, to_json, to_xlsx
from index.parse import load_regulation
from index.regulation import Regulation
from index.rules import RuleTable, load_rules

HEADINGS = [heading for heading, _ in COLUMNS.values()]


@pytest.fixture(scope="module")
def regulation() -> Regulation:
    return load_regulation()


@pytest.fixture(scope="module")
def actors() -> ActorTable:
    return load_actors()


@pytest.fixture(scope="module")
def table(regulation: Regulation, actors: ActorTable) -> RuleTable:
    return load_rules(regulation, actors)


@pytest.fixture(scope="module")
def hostile(table: RuleTable) -> RuleTable:
    """A table whose words a spreadsheet would run."""
    rule = replace(
        table.get("r17.2"),
        statement='=HYPERLINK("http://example.invalid","x")',
        note="@SUM(1)",
        event="+1",
        topics=("-1", "x"),
    )
    return RuleTable((rule,))


def read_csv(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_csv_opens_in_excel(regulation: Regulation, actors: ActorTable, table: RuleTable) -> None:
    raw = to_csv(regulation, actors, table)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw
    rows = read_csv(raw)
    assert list(rows[0]) == HEADINGS
    assert len(rows) == len(table)
    row = next(row for row in rows if row["编号"] == "r17.2")
    assert row["条款"] == "第十七条"
    assert row["责任主体"] == "旗县（市、区）党委政法委员会"
    assert row["约束力"] == "应当"
    assert row["时限"] == "每月至少1次"
    assert row["条款标识"] == "nmg-zhengfa/art_17/para_1"


def test_recipients_in_words(regulation: Regulation, actors: ActorTable, table: RuleTable) -> None:
    rows = {row["编号"]: row for row in read_csv(to_csv(regulation, actors, table))}
    assert rows["r24.2"]["对象"] == "同级党委、上级党委政法委员会"
    assert rows["r27.1"]["对象"] == (
        "政法单位党组（党委）→同级党委政法委员会；党委政法委员会→上级党委政法委员会"
    )
    assert rows["r15i3.2"]["条款"] == "第十五条第（三）项"
    assert rows["r12.5"]["条款"] == "第十二条第二款"


def test_csv_runs_no_formula(
    regulation: Regulation, actors: ActorTable, hostile: RuleTable
) -> None:
    (row,) = read_csv(to_csv(regulation, actors, hostile))
    assert row["规则"].startswith("'=")
    assert row["说明"].startswith("'@")
    assert row["事件类型"] == "'+1"
    assert row["关键词"].startswith("'-")


@given(st.text())
def test_a_harmless_cell_keeps_its_words(cell: str) -> None:
    safe = harmless(cell)
    assert safe in (cell, f"'{cell}")
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_workbook(regulation: Regulation, actors: ActorTable, table: RuleTable) -> None:
    book = load_workbook(io.BytesIO(to_xlsx(regulation, actors, table)))
    assert book.sheetnames == ["规则表", "主体"]
    rows, people = book["规则表"], book["主体"]
    assert [cell.value for cell in rows[1]] == HEADINGS
    assert rows.max_row == len(table) + 1
    assert rows.freeze_panes == people.freeze_panes == "B2"
    assert rows.auto_filter.ref == rows.dimensions
    assert rows["K2"].alignment.wrap_text
    assert rows.column_dimensions["K"].width == COLUMNS["statement"][1]
    named = {people.cell(line, 1).value for line in range(2, people.max_row + 1)}
    assert named == {
        id for rule in table for id in (*rule.bearers, *(r.actor for r in rule.recipients))
    }
    assert book.properties.title == regulation.title


def test_workbook_runs_no_formula(
    regulation: Regulation, actors: ActorTable, hostile: RuleTable
) -> None:
    book = load_workbook(io.BytesIO(to_xlsx(regulation, actors, hostile)))
    cells = [cell for line in book["规则表"].iter_rows(min_row=2) for cell in line]
    assert "f" not in {cell.data_type for cell in cells}
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


def test_json_keeps_types_and_offsets(
    regulation: Regulation, actors: ActorTable, table: RuleTable
) -> None:
    data: dict[str, Any] = json.loads(to_json(regulation, actors, table))
    assert data["regulation"] == "nmg-zhengfa"
    assert [fact["date"] for fact in data["preamble"]] == ["2019-11-15", "2019-11-20"]
    assert [row["id"] for row in data["rules"]] == [rule.id for rule in table]
    for row, rule in zip(data["rules"], table, strict=True):
        article = regulation.article(rule.provision.article).span.of(regulation.text.simplified)
        assert article[row["start"] : row["end"]] == row["quote"] == rule.quote
    rows = {row["id"]: row for row in data["rules"]}
    assert rows["r17.2"]["time"] == {
        "kind": "frequency",
        "quantity": 1,
        "unit": "month",
        "comparison": "at_least",
        "times": 1,
        "anchor": None,
        "date": None,
        "word": None,
        "upto": None,
        "text": "每月至少1次",
        "text_en": "at least once a month",
    }
    assert rows["r27.1"]["pairs"][0] == {
        "bearer": "group",
        "recipient": {"actor": "commission", "name": "党委政法委员会", "relation": "same"},
    }


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        pytest.param("csv", bytes, id="csv"),
        pytest.param("xlsx", bytes, id="xlsx"),
        pytest.param("json", str, id="json"),
    ],
)
def test_one_door_for_all(
    regulation: Regulation, actors: ActorTable, table: RuleTable, kind: str, type_: type
) -> None:
    assert isinstance(export_rules(kind, regulation, actors, table), type_)
