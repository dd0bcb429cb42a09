"""The strict loader, and the bundled table as it stands."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.actors import ActorTable, Relation, load_actors
from index.errors import RuleError
from index.limits import Comparison, LimitKind, TimeLimit
from index.parse import Meta, load_regulation, parse_regulation
from index.quantities import Unit
from index.regulation import ProvisionId, Regulation
from index.rules import Modality, Recipient, RuleTable, load_rules, parse_rules
from index.text import Script, convert

DATA = Path(__file__).parents[1] / "data" / "rules"
BUNDLED = Path(__file__).parents[2] / "index" / "regulations" / "nmg-zhengfa" / "rules.yaml"


@pytest.fixture(scope="module")
def actors() -> ActorTable:
    return load_actors()


@pytest.fixture(scope="module")
def made_up() -> Regulation:
    source = (DATA / "source.txt").read_text(encoding="utf-8")
    return parse_regulation(source, meta=Meta("demo", "试验办法"))


@pytest.fixture(scope="module")
def regulation() -> Regulation:
    return load_regulation()


@pytest.fixture(scope="module")
def table() -> RuleTable:
    return bundled()


@functools.cache
def bundled() -> RuleTable:
    return load_rules(load_regulation(), load_actors())


# A made-up table, field by field


@pytest.fixture(scope="module")
def small(made_up: Regulation, actors: ActorTable) -> RuleTable:
    return load_rules(made_up, actors, DATA / "valid.yaml")


def test_a_row_field_by_field(small: RuleTable, made_up: Regulation) -> None:
    rule = small.get("r1.1")
    assert rule.provision == ProvisionId("demo", 1, paragraph=1)
    assert rule.quote == rule.span.of(made_up.text.simplified) == "党委应当每月至少召开1次会议"
    assert rule.bearers == ("committee",)
    assert rule.modality is Modality.SHALL
    assert (rule.action, rule.object, rule.condition, rule.event) == ("召开", "会议", None, None)
    assert rule.time == TimeLimit(LimitKind.FREQUENCY, 1, Unit.MONTH, Comparison.AT_LEAST, times=1)
    assert rule.topics == ("会议", "开会")
    assert rule.statement.endswith("。")
    assert rule.line == 21


def test_an_item_takes_words_from_its_lead_in_and_may_pair(small: RuleTable) -> None:
    rule = small.get("r2i1.1")
    to = Recipient("committee", Relation.SAME)
    assert rule.provision == ProvisionId("demo", 2, paragraph=1, item=1)
    assert (rule.quote, rule.action) == ("重大事项", "报告")
    assert rule.recipients == (to,)
    assert rule.pairs == (("commission", to),)


def test_what_the_preamble_states(small: RuleTable, made_up: Regulation) -> None:
    adopted, issued = small.preamble
    assert adopted.date == dt.date(2024, 1, 5)
    assert issued.action == "发布"
    assert issued.span.of(made_up.text.simplified) == issued.quote


def test_rows_of_a_provision_and_of_its_parts(small: RuleTable) -> None:
    def ids(provision: ProvisionId) -> list[str]:
        return [rule.id for rule in small.of(provision)]

    assert ids(ProvisionId("demo", 1)) == ["r1.1", "r1.2", "r1.3", "r1.4"]
    assert ids(ProvisionId("demo", 1, paragraph=2)) == ["r1.3", "r1.4"]
    assert ids(ProvisionId("demo", 2)) == ["r2.1", "r2i1.1", "r2i2.1"]
    assert ids(ProvisionId("demo", 2, paragraph=1, item=2)) == ["r2i2.1"]
    assert ids(ProvisionId("demo", 9)) == []


def test_the_table_is_a_collection(small: RuleTable) -> None:
    assert len(small) == len(list(small)) == 9
    assert "r1.1" in small
    assert "r1.9" not in small
    with pytest.raises(RuleError, match=r'no row "r1\.9"; the last of its provision is r1\.4'):
        small.get("r1.9")
    with pytest.raises(RuleError, match=r'no row "r7\.1"'):
        small.get("r7.1")


# One broken file per message

READS = "党委应当每月至少召开1次会议,必要时可以召开临时会议。"

BROKEN = [
    pytest.param("empty", ":1: empty file; write rules: and its rows"),
    pytest.param("binary", ":1: not YAML (binary data); write plain text"),
    pytest.param("not-utf8", ": is not UTF-8; save it as UTF-8"),
    pytest.param("not-yaml", ":4: not YAML (found unexpected end of stream); correct the line"),
    pytest.param("not-a-mapping", ":1: a list is not a mapping; write key: value lines"),
    pytest.param(
        "rules-not-a-list", ':1: "r1.1" is not a list; write [one, another] or [] for none'
    ),
    pytest.param("row-not-a-mapping", ':2: "r1.1" is not a mapping; write key: value lines'),
    pytest.param("tagged", ":1: tag tag:yaml.org,2002:python/tuple is not allowed; delete it"),
    pytest.param("unknown-part", ':19: unknown key "exeptions"; did you mean exceptions?'),
    pytest.param("unknown-key", ':5: unknown key "bearer"; did you mean bearers?'),
    pytest.param("missing-key", ':2: no key "note"; add a line "note: …"'),
    pytest.param("key-twice", ':7: key "modality" appears twice; delete one of the two'),
    pytest.param("text-missing", ":14: nothing where a text is due; write the text"),
    pytest.param(
        "blanks-at-end",
        ':14: "党委应当每月至少召开1次会议。 " has blanks at its ends; delete them',
    ),
    pytest.param("list-for-text", ":14: a list is not a text; write plain or quoted text"),
    pytest.param(
        "text-for-list", ':5: "committee" is not a list; write [one, another] or [] for none'
    ),
    pytest.param("id-ill-formed", ':2: "17.2" is not a row id; write for example r17.2 or r15i3.1'),
    pytest.param("id-twice", ":19: id r1.1 appears twice (first in line 2); renumber the rows"),
    pytest.param("id-of-another-provision", ":2: id r2.1 is not of its provision; write r1.1"),
    pytest.param("id-out-of-order", ":2: id r1.2 is out of order: r1.1 is due; renumber"),
    pytest.param(
        "row-out-of-order",
        ":19: r1.1 stands after r2.1; keep the rows in the order of the text",
    ),
    pytest.param(
        "provision-ill-formed",
        ':3: "第一条第一款" is not a provision; '
        'write article.paragraph, like "17.1", or "15.1(3)" for an item',
    ),
    pytest.param("provision-missing", ":3: 第九条不存在; 本办法共4条"),
    pytest.param("item-missing", ":3: 第二条第一款第（三）项不存在; 该条共2项"),
    pytest.param(
        "quote-not-verbatim",
        f':4: quote is not verbatim in 1.1: "党委应当每月至少召开一次会议"; it reads {READS}',
    ),
    pytest.param(
        "quote-of-another-provision",
        ':4: quote is not in 1.2 but in 1.1: "党委应当每月至少召开1次会议"; '
        "correct the provision or the words",
    ),
    pytest.param("quote-twice", ':4: quote stands twice in 3.1: "工作报告"; quote more'),
    pytest.param("unknown-actor-near", ':5: unknown actor "comittee"; did you mean committee?'),
    pytest.param("unknown-actor-far", ':9: unknown actor "emperor"; add it to actors.yaml first'),
    pytest.param("no-bearer-no-note", ":5: r1.1 has neither bearer nor note; say why in the note"),
    pytest.param(
        "unknown-modality",
        ':6: "should" is not a modality; known: generally, is, may, must, shall',
    ),
    pytest.param("unknown-relation", ':9: "above" is not a relation; known: higher, lower, same'),
    pytest.param(
        "action-not-verbatim", f':7: action is not verbatim in 1.1: "举行"; it reads {READS}'
    ),
    pytest.param(
        "object-not-verbatim", f':8: object is not verbatim in 1.1: "例会"; it reads {READS}'
    ),
    pytest.param(
        "condition-of-another-provision",
        ':11: condition is not in 1.1 but in 1.2: "及时"; correct the provision or the words',
    ),
    pytest.param(
        "pairs-foreign",
        ":19: [committee, committee/higher] does not pair a bearer with a recipient of the "
        "row; write [bearer, actor/relation]; recipients are committee/same",
    ),
    pytest.param("no-topics", ":13: no topics; write the words people use for it"),
    pytest.param("topic-twice", ':13: "会议" appears twice; delete one of the two'),
    pytest.param(
        "time-not-a-mapping", ':10: "每月至少1次" is not a mapping; write key: value lines'
    ),
    pytest.param("quantity-not-digits", ':10: "1O" is not a quantity; write digits, from 1'),
    pytest.param("quantity-zero", ':10: "0" is not a quantity; write digits, from 1'),
    pytest.param(
        "quantity-without-unit", ":10: a quantity needs a unit: 1; compare the rows around it"
    ),
    pytest.param(
        "unknown-kind",
        ':10: "often" is not a kind of time limit; known: advance, anytime, by, effective, '
        "frequency, immediate, threshold, within",
    ),
    pytest.param("unknown-unit", ':10: "moon" is not a unit of time; did you mean month?'),
    pytest.param(
        "unknown-comparison", ':10: "atleast" is not a comparison; did you mean at_least?'
    ),
    pytest.param("not-a-date", ':10: "2024-02-30" is not a date; write it like 2019-11-20'),
    pytest.param(
        "fact-date-not-in-quote",
        ':6: "2024年1月6日" is not in the quote; compare the preamble',
    ),
    pytest.param(
        "fact-action-not-in-quote", ':5: action "通过" is not in the quote; copy its words'
    ),
    pytest.param(
        "fact-not-in-preamble",
        ':3: quote is not verbatim in the preamble: "2024年1月5日乙市委员会会议审议批准"; it '
        "reads (2024年1月5日甲市委员会会议审议批准 2024年1月8日甲市委员会发布)",
    ),
    pytest.param("fact-id-twice", ":11: id p1 appears twice (first in line 2); renumber the rows"),
    pytest.param("exception-without-reason", ':20: no key "reason"; add a line "reason: …"'),
    pytest.param(
        "exception-not-verbatim",
        ':21: quote is not verbatim in 3.1: "工作报告应当归档"; '
        "it reads 工作报告一般在年底前完成,工作报告应当存档。",
    ),
]


@pytest.mark.parametrize(("name", "message"), BROKEN, ids=[str(case.values[0]) for case in BROKEN])
def test_a_broken_file_is_refused_with_line_fault_and_remedy(
    made_up: Regulation, actors: ActorTable, name: str, message: str
) -> None:
    with pytest.raises(RuleError) as caught:
        load_rules(made_up, actors, DATA / "broken" / f"{name}.yaml")
    assert str(caught.value) == f"{name}.yaml{message}"


def test_every_broken_file_has_its_case() -> None:
    files = {path.stem for path in (DATA / "broken").iterdir()}
    assert files == {str(case.values[0]) for case in BROKEN}


def test_a_table_that_is_not_there(made_up: Regulation, actors: ActorTable, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"cannot be read .* give the path of a rules\.yaml"):
        load_rules(made_up, actors, tmp_path / "none.yaml")


def test_preamble_facts_need_a_preamble(actors: ActorTable) -> None:
    bare = parse_regulation("试验办法\n第一条 党委应当开会。", meta=Meta("bare", "试验办法"))
    source = (DATA / "valid.yaml").read_text(encoding="utf-8").partition("rules:")[0]
    with pytest.raises(RuleError, match="the regulation has no preamble"):
        parse_rules(source + "rules: []\n", bare, actors)


# The bundled table


def test_the_bundled_table_in_numbers(table: RuleTable) -> None:
    assert len(table) >= 220
    assert sum(rule.time is not None for rule in table) >= 25
    assert len({rule.id for rule in table}) == len(table)
    assert [fact.date.isoformat() for fact in table.preamble] == ["2019-11-15", "2019-11-20"]


def test_rows_stand_in_the_order_of_the_text(table: RuleTable) -> None:
    keys = [(*rule.provision.sort_key, rule.span.start) for rule in table]
    assert keys == sorted(keys)


def test_quotes_are_slices_of_their_provision(table: RuleTable, regulation: Regulation) -> None:
    for rule in table:
        assert rule.span.of(regulation.text.simplified) == rule.quote, rule.id
        assert regulation.span(rule.provision).contains(rule.span), rule.id
        assert not re.search(r"^[\s,;。、:]|[\s,;。、:]$", rule.quote), rule.id


def test_people_can_read_every_row(table: RuleTable) -> None:
    chinese = re.compile("[\u4e00-\u9fff]")
    for rule in table:
        assert rule.statement.endswith("。"), rule.id
        assert rule.statement_en.endswith("."), rule.id
        assert "(" not in rule.statement, rule.id  # brackets as people write them: （）
        for text in (rule.statement, *rule.topics, rule.note or "", rule.event or ""):
            assert convert(text, Script.SIMPLIFIED) == text, rule.id
        for text in (rule.statement_en, *rule.topics_en, rule.note_en or ""):
            assert not chinese.search(text), rule.id
        assert 4 <= len(rule.topics) <= 16, rule.id
        assert rule.topics_en, rule.id
        assert (rule.note is None) == (rule.note_en is None), rule.id


def test_pairs_name_every_bearer_and_recipient(table: RuleTable) -> None:
    paired = [rule for rule in table if rule.pairs]
    assert paired
    for rule in paired:
        assert {bearer for bearer, _ in rule.pairs} == set(rule.bearers), rule.id
        assert {to for _, to in rule.pairs} == set(rule.recipients), rule.id


# Properties


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_quote_with_one_character_changed_is_refused(data: st.DataObject) -> None:
    regulation, actors = load_regulation(), load_actors()
    lines = BUNDLED.read_text(encoding="utf-8").split("\n")
    table = bundled()
    rule = table.get(data.draw(st.sampled_from([rule.id for rule in table])))
    at = data.draw(st.integers(0, len(rule.quote) - 1))
    changed = rule.quote[:at] + "甴" + rule.quote[at + 1 :]
    start = rule.line - 1
    row = lines[start : start + 24]  # a row has at most 19 lines
    assert rule.quote in row[2]
    row[2] = row[2].replace(rule.quote, changed)
    row[0] = re.sub(r"(?<=\.)\d+$", "1", row[0])
    end = next((n for n, line in enumerate(row[1:], 1) if not line.startswith("  ")), len(row))
    with pytest.raises(RuleError, match="quote is not verbatim"):
        parse_rules("rules:\n" + "\n".join(row[:end]), regulation, actors)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.text(alphabet="rules:-[]{}\"'#&*!|>\n \tid17.2null", max_size=60),
        st.binary(max_size=40).map(lambda raw: raw.decode("latin-1")),
    )
)
def test_nothing_but_a_rule_error_comes_of_arbitrary_text(text: str) -> None:
    regulation, actors = load_regulation(), load_actors()
    for source in (text, "rules:\n- " + text, "rules: []\nexceptions: " + text):
        with contextlib.suppress(RuleError):
            parse_rules(source, regulation, actors)


# Cost


def test_loading_is_quick_and_light() -> None:
    code = (
        "import sys, index.rules, index.coverage; "
        "print([m for m in ('torch', 'llama_index', 'faiss', 'gradio', 'openpyxl') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
    regulation, actors = load_regulation(), load_actors()
    spent = []
    for _ in range(5):
        begun = time.perf_counter()
        load_rules(regulation, actors)
        spent.append(time.perf_counter() - begun)
    # 0.04 s when measured; YAML's typed loader in Python takes over a second
    assert min(spent) < 0.3
