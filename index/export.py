"""The rule table for people and other programs: CSV, XLSX, JSON.

One record per row, the same in all three; names are written out (第十七条第一款,
旗县（市、区）党委政法委员会), ids stay beside them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

from index.actors import ActorTable, Relation
from index.citation import format_citation
from index.limits import TimeLimit
from index.quantities import Quantity
from index.regulation import Regulation
from index.rules import Modality, PreambleFact, Recipient, Rule, RuleTable

__all__ = ["COLUMNS", "export_rules", "to_csv", "to_json", "to_xlsx"]

COLUMNS: Mapping[str, tuple[str, int]] = {
    "id": ("编号", 10),
    "provision": ("条款", 22),
    "bearers": ("责任主体", 26),
    "modality": ("约束力", 10),
    "action": ("行为", 18),
    "object": ("事项", 30),
    "recipients": ("对象", 26),
    "time": ("时限", 20),
    "condition": ("条件", 26),
    "event": ("事件类型", 16),
    "statement": ("规则", 48),
    "quote": ("原文", 48),
    "note": ("说明", 36),
    "topics": ("关键词", 36),
    "statement_en": ("Rule", 48),
    "note_en": ("Note", 36),
    "topics_en": ("Keywords", 30),
    "provision_id": ("条款标识", 30),
    "bearer_ids": ("主体标识", 24),
}
"""Field of a record → heading and width of its column."""

_ACTOR_COLUMNS: Mapping[str, tuple[str, int]] = {
    "id": ("标识", 26),
    "name": ("名称", 36),
    "en": ("English", 60),
    "level": ("层级", 12),
    "kind": ("类别", 12),
    "is_a": ("属于", 30),
    "rows": ("规则数", 10),
}

_MODALITY = {
    Modality.SHALL: "应当",
    Modality.MUST: "必须",
    Modality.MAY: "可以",
    Modality.GENERALLY: "一般",
    Modality.IS: "规定",
}
_RELATION = {Relation.SAME: "同级", Relation.HIGHER: "上级", Relation.LOWER: "下级"}

# A spreadsheet runs a cell that begins like this as a formula, wherever it came from.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def export_rules(
    kind: str, regulation: Regulation, actors: ActorTable, table: RuleTable
) -> str | bytes:
    """The table as ``csv`` (bytes with a byte-order mark), ``xlsx`` (bytes) or ``json`` (text)."""
    writers: dict[str, Callable[[Regulation, ActorTable, RuleTable], str | bytes]] = {
        "csv": to_csv,
        "xlsx": to_xlsx,
        "json": to_json,
    }
    return writers[kind](regulation, actors, table)


def record(rule: Rule, regulation: Regulation, actors: ActorTable) -> dict[str, str]:
    """One row in words; what it lacks is empty."""
    return {
        "id": rule.id,
        "provision": format_citation(rule.provision, regulation=regulation, short=True),
        "bearers": "、".join(actors.name(bearer) for bearer in rule.bearers),
        "modality": _MODALITY[rule.modality],
        "action": rule.action,
        "object": rule.object or "",
        "recipients": _recipients(rule, actors),
        "time": rule.time.format() if rule.time else "",
        "condition": rule.condition or "",
        "event": rule.event or "",
        "statement": rule.statement,
        "quote": rule.quote,
        "note": rule.note or "",
        "topics": "、".join(rule.topics),
        "statement_en": rule.statement_en,
        "note_en": rule.note_en or "",
        "topics_en": "; ".join(rule.topics_en),
        "provision_id": str(rule.provision),
        "bearer_ids": " ".join(rule.bearers),
    }


def _recipients(rule: Rule, actors: ActorTable) -> str:
    def named(recipient: Recipient) -> str:
        relation = _RELATION[recipient.relation] if recipient.relation else ""
        return relation + actors.name(recipient.actor)

    if rule.pairs:
        return "；".join(f"{actors.name(who)}→{named(to)}" for who, to in rule.pairs)
    return "、".join(named(recipient) for recipient in rule.recipients)


def to_csv(regulation: Regulation, actors: ActorTable, table: RuleTable) -> bytes:
    """UTF-8 with a byte-order mark, so that Excel reads it as such; a cell that a
    spreadsheet would run as a formula is preceded by an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([heading for heading, _ in COLUMNS.values()])
    for rule in table:
        cells = record(rule, regulation, actors)
        writer.writerow([harmless(cells[name]) for name in COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def harmless(cell: str) -> str:
    """``cell`` in a form that no spreadsheet runs.

    >>> harmless("=1+1"), harmless("每月至少1次")
    ("'=1+1", '每月至少1次')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def to_xlsx(regulation: Regulation, actors: ActorTable, table: RuleTable) -> bytes:
    """A workbook: the rows (规则表) and the actors they name (主体)."""
    from openpyxl import Workbook  # noqa: PLC0415  (0.2 s: only when a workbook is wanted)

    book = Workbook()
    rows = book.active
    _sheet(rows, "规则表", COLUMNS, [record(rule, regulation, actors) for rule in table])
    used: dict[str, int] = {}
    for rule in table:
        for id in {*rule.bearers, *(r.actor for r in rule.recipients)}:
            used[id] = used.get(id, 0) + 1
    _sheet(
        book.create_sheet(),
        "主体",
        _ACTOR_COLUMNS,
        [
            {
                "id": actor.id,
                "name": actor.name,
                "en": actor.en,
                "level": actor.level or "",
                "kind": actor.kind,
                "is_a": " ".join(actor.is_a),
                "rows": used[actor.id],
            }
            for actor in actors.all()
            if actor.id in used
        ],
    )
    book.properties.title = regulation.title
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(
    sheet: Any,
    title: str,
    columns: Mapping[str, tuple[str, int]],
    records: list[dict[str, Any]],
) -> None:
    """Heading frozen and filterable, columns wide enough, text wrapped and never a formula."""
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet.title = title
    for number, (name, (heading, width)) in enumerate(columns.items(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        head = sheet.cell(1, number, heading)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", start_color="DDE5EE")
        for line, values in enumerate(records, start=2):
            cell = sheet.cell(line, number, values[name])
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(values[name], str) and values[name].startswith(_FORMULA):
                cell.data_type = "s"
                cell.quotePrefix = True
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def to_json(regulation: Regulation, actors: ActorTable, table: RuleTable) -> str:
    """The table with its types kept; indented, in UTF-8, ending with a line end."""
    data = {
        "regulation": regulation.id,
        "title": regulation.title,
        "preamble": [_fact(fact) for fact in table.preamble],
        "rules": [_rule(rule, regulation, actors) for rule in table],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Rule, regulation: Regulation, actors: ActorTable) -> dict[str, Any]:
    article = regulation.article(rule.provision.article, rule.provision.suffix)
    at = rule.span.shift(-article.span.start)
    return {
        "id": rule.id,
        "provision": str(rule.provision),
        "label": format_citation(rule.provision, regulation=regulation, short=True),
        "quote": rule.quote,
        "start": at.start,
        "end": at.end,
        "bearers": [{"actor": id, "name": actors.name(id)} for id in rule.bearers],
        "modality": rule.modality.value,
        "action": rule.action,
        "object": rule.object,
        "recipients": [_recipient(r, actors) for r in rule.recipients],
        "pairs": [{"bearer": who, "recipient": _recipient(r, actors)} for who, r in rule.pairs],
        "time": _time(rule.time) if rule.time else None,
        "condition": rule.condition,
        "event": rule.event,
        "event_en": rule.event_en,
        "topics": list(rule.topics),
        "statement": rule.statement,
        "statement_en": rule.statement_en,
        "topics_en": list(rule.topics_en),
        "note": rule.note,
        "note_en": rule.note_en,
    }


def _recipient(recipient: Recipient, actors: ActorTable) -> dict[str, Any]:
    relation = recipient.relation.value if recipient.relation else None
    return {
        "actor": recipient.actor,
        "name": actors.name(recipient.actor),
        "relation": relation,
    }


def _time(limit: TimeLimit) -> dict[str, Any]:
    return {
        "kind": limit.kind.value,
        "quantity": _number(limit.quantity),
        "unit": limit.unit.value if limit.unit else None,
        "comparison": limit.comparison.value if limit.comparison else None,
        "times": limit.times,
        "anchor": limit.anchor,
        "date": limit.date.isoformat() if limit.date else None,
        "word": limit.word,
        "upto": _number(limit.upto),
        "text": limit.format(),
        "text_en": limit.format("en"),
    }


def _number(quantity: Quantity | None) -> int | str | None:
    """JSON has no fractions: one half is "1/2"."""
    return quantity if quantity is None or isinstance(quantity, int) else str(quantity)


def _fact(fact: PreambleFact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "quote": fact.quote,
        "actor": fact.actor,
        "action": fact.action,
        "date": fact.date.isoformat(),
        "topics": list(fact.topics),
        "statement": fact.statement,
        "statement_en": fact.statement_en,
        "topics_en": list(fact.topics_en),
    }
