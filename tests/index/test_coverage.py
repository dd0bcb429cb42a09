"""The rule table against the text, both ways."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.actors import ActorTable, load_actors
from index.coverage import Gap, GapKind, count_rows, verify_coverage, verify_rules
from index.parse import Meta, load_regulation, parse_regulation
from index.regulation import ProvisionId, Regulation
from index.rules import RuleException, RuleTable, load_rules
from index.text import Span
from index.timelimit import find_time_limits

DATA = Path(__file__).parents[1] / "data" / "rules"


@pytest.fixture(scope="module")
def actors() -> ActorTable:
    return load_actors()


@pytest.fixture(scope="module")
def made_up() -> Regulation:
    source = (DATA / "source.txt").read_text(encoding="utf-8")
    return parse_regulation(source, meta=Meta("demo", "试验办法"))


@pytest.fixture(scope="module")
def small(made_up: Regulation, actors: ActorTable) -> RuleTable:
    return load_rules(made_up, actors, DATA / "valid.yaml")


@functools.cache
def bundled() -> tuple[Regulation, ActorTable, RuleTable]:
    regulation, actors = load_regulation(), load_actors()
    return regulation, actors, load_rules(regulation, actors)


def without(table: RuleTable, *ids: str) -> RuleTable:
    return replace(table, rows=tuple(rule for rule in table if rule.id not in ids))


# The bundled table


def test_every_row_says_what_its_words_say() -> None:
    faults = verify_rules(*bundled())
    assert [str(fault) for fault in faults] == []


def test_no_word_of_the_regulation_is_without_a_row() -> None:
    regulation, _, table = bundled()
    gaps = verify_coverage(regulation, table)
    assert [str(gap) for gap in gaps] == []


def test_every_time_expression_is_carried_by_a_row() -> None:
    regulation, _, table = bundled()
    text = regulation.text.simplified
    mentions = [m for m in find_time_limits(text) if regulation.provision_at(m.span.start)]
    assert len(mentions) >= 30
    for mention in mentions:
        assert any(
            rule.time is not None
            and rule.span.contains(mention.amount)
            and rule.time.same_amount(mention.limit)
            for rule in table
        ), mention.span.of(text)


def test_counts_per_article() -> None:
    regulation, _, table = bundled()
    counts = count_rows(regulation, table)
    assert [count.article.article for count in counts] == list(range(1, 48))
    assert all(count.rows for count in counts)
    assert sum(count.rows for count in counts) == len(table)
    by_article = {count.article.article: count.timed for count in counts}
    assert by_article[30] == 6  # 立即, 1小时, 3小时, 6小时, and 及时 twice
    assert by_article[43] == 2


# Rows that disagree with their own words

DISAGREEING = [
    pytest.param(
        "time-of-other-number",
        "time is 每3个月至少1次, but its quote says 每月至少1次; "
        "correct the time, or quote the words that set it",
    ),
    pytest.param(
        "time-of-other-comparison",
        "time is 每月1次, but its quote says 每月至少1次; "
        "correct the time, or quote the words that set it",
    ),
    pytest.param(
        "time-without-expression",
        "time is 每月至少1次, but its quote says no time limit; "
        "correct the time, or quote the words that set it",
    ),
    pytest.param(
        "time-left-out",
        "time is null, but its quote says 每月至少1次; write the time, or a row of its own for it",
    ),
    pytest.param(
        "may-without-word",
        "modality is may, but the text has no 可以 or 可 for it; "
        "write shall or is, or quote the word",
    ),
    pytest.param(
        "must-without-word",
        "modality is must, but the text has no 必须 or 不得 for it; "
        "write shall or is, or quote the word",
    ),
    pytest.param(
        "generally-without-word",
        "modality is generally, but the text has no 一般 for it; "
        "write shall or is, or quote the word",
    ),
    pytest.param(
        "statement-without-bearer",
        "its statement does not name its bearer 党委; name it at the start",
    ),
    pytest.param(
        "statement-without-limit",
        "its statement does not say 每月至少1次; write the time limit into the statement",
    ),
    pytest.param(
        "statement-with-other-limit",
        "its statement does not say 每月至少1次; write the time limit into the statement",
    ),
]


@pytest.mark.parametrize(
    ("name", "message"), DISAGREEING, ids=[str(case.values[0]) for case in DISAGREEING]
)
def test_a_row_that_disagrees_with_its_words(
    made_up: Regulation, actors: ActorTable, name: str, message: str
) -> None:
    table = load_rules(made_up, actors, DATA / "disagreeing" / f"{name}.yaml")
    faults = verify_rules(made_up, actors, table)
    assert str(faults[0]) == f"{name}.yaml:2: r1.1: {message}"


def test_every_disagreeing_file_has_its_case() -> None:
    files = {path.stem for path in (DATA / "disagreeing").iterdir()}
    assert files == {str(case.values[0]) for case in DISAGREEING}


def test_a_limit_may_be_carried_by_another_row_that_quotes_it(
    made_up: Regulation, actors: ActorTable, small: RuleTable
) -> None:
    first = small.get("r1.1")
    second = replace(first, id="r1.5", time=None, note="见上一行")
    both = replace(small, rows=(*small.rows, second))
    assert verify_rules(made_up, actors, both) == ()
    alone = replace(small, rows=(second,))
    assert [fault.fault for fault in verify_rules(made_up, actors, alone)] == [
        "r1.5: time is null, but its quote says 每月至少1次"
    ]


def test_a_bearer_known_from_the_context_only_may_be_left_unsaid(
    made_up: Regulation, actors: ActorTable, small: RuleTable
) -> None:
    row = small.get("r1.4")
    noted = replace(row, statement="必须做好记录。", note="本句承前省略主体。")
    assert verify_rules(made_up, actors, replace(small, rows=(noted,))) == ()
    silent = replace(noted, note=None)
    (fault,) = verify_rules(made_up, actors, replace(small, rows=(silent,)))
    assert fault.fault == "r1.4: its statement does not name its bearer 党委政法委员会"


# What no row answers for


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        pytest.param((), [], id="nothing"),
        pytest.param(
            ("r1.2",),
            ["demo/art_1/para_1: words without a row: ,必要时可以召开临时会议"],
            id="half-a-sentence",
        ),
        pytest.param(
            ("r1.4",), ["demo/art_1/para_2: words without a row: ,并做好记录"], id="short-clause"
        ),
        pytest.param(
            ("r2.1",),
            ["demo/art_2/para_1: words without a row: 党委政法委员会应当向同级党委报告以下事项"],
            id="lead-in",
        ),
        pytest.param(
            ("r2i2.1",), ["demo/art_2/para_1/item_2: words without a row: 其他事项"], id="item"
        ),
        pytest.param(
            ("r1.3",),
            [
                "demo/art_1/para_2: words without a row: 党委政法委员会必须及时报告,并",
                "demo/art_1/para_2: time limit without a row that carries it: 及时",
            ],
            id="time-limit",
        ),
        pytest.param(
            ("r4.1",),
            [
                "demo/art_4/para_1: words without a row: 本办法自2024年2月1日起施行",
                "demo/art_4/para_1: time limit without a row that carries it: 自2024年2月1日起施行",
                "demo/art_4/para_1: date without a row: 2024年2月1日",
            ],
            id="date",
        ),
    ],
)
def test_gaps(
    made_up: Regulation, small: RuleTable, missing: tuple[str, ...], expected: list[str]
) -> None:
    gaps = verify_coverage(made_up, without(small, *missing))
    assert sorted(map(str, gaps)) == sorted(expected)


def test_dates_of_the_preamble_need_facts(made_up: Regulation, small: RuleTable) -> None:
    gaps = verify_coverage(made_up, replace(small, preamble=()))
    assert [str(gap) for gap in gaps] == [
        "preamble: date without a row: 2024年1月5日",
        "preamble: date without a row: 2024年1月8日",
    ]


def test_a_row_that_quotes_a_limit_must_carry_it(made_up: Regulation, small: RuleTable) -> None:
    rows = tuple(replace(rule, time=None) if rule.id == "r1.1" else rule for rule in small)
    gaps = verify_coverage(made_up, replace(small, rows=rows))
    assert [gap.kind for gap in gaps] == [GapKind.TIME]
    assert gaps[0].text == "每月至少召开1次"


def test_an_exception_excuses_a_gap_and_must_be_needed(
    made_up: Regulation, small: RuleTable
) -> None:
    bare = replace(small, exceptions=())
    assert [gap.text for gap in verify_coverage(made_up, bare)] == [",工作报告应当存档"]
    span = small.get("r1.1").span
    needless = RuleException(ProvisionId("demo", 1, paragraph=1), span, "党委应当", "多余")
    gaps = verify_coverage(made_up, replace(small, exceptions=(*small.exceptions, needless)))
    assert [str(gap) for gap in gaps] == [
        "demo/art_1/para_1: exception that excuses nothing: 党委应当"
    ]


def test_a_joining_word_alone_is_no_gap(made_up: Regulation, small: RuleTable) -> None:
    assert "并做好记录" in made_up.text.simplified  # r1.4 quotes 做好记录 only
    assert verify_coverage(made_up, small) == []


def test_an_empty_table_leaves_every_provision_open(made_up: Regulation) -> None:
    gaps = verify_coverage(made_up, RuleTable(()))
    leaves = {p for p in made_up.provisions() if p.item is not None or p.paragraph is not None}
    assert {gap.provision for gap in gaps if gap.provision} == leaves


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_taking_rows_away_never_closes_a_gap(data: st.DataObject) -> None:
    regulation, _, table = bundled()
    ids = [rule.id for rule in table]
    taken = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=12, unique=True))
    more = data.draw(st.sampled_from(ids))
    fewer = verify_coverage(regulation, without(table, *taken))
    fewest = verify_coverage(regulation, without(table, *taken, more))

    def held(gaps: list[Gap]) -> set[tuple[GapKind, int]]:
        return {(gap.kind, at) for gap in gaps for at in range(gap.span.start, gap.span.end)}

    assert held(fewer) <= held(fewest)
    text = regulation.text.simplified
    assert all(gap.span.of(text) == gap.text for gap in fewest)
    kept = [rule.span for rule in table if rule.id not in {*taken, more}]
    for gap in fewest:
        if gap.kind is GapKind.WORDS:
            assert not any(span.overlaps(Span(gap.span.start, gap.span.end)) for span in kept)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_time_limit_taken_away_is_missed(data: st.DataObject) -> None:
    regulation, _, table = bundled()
    ids = [rule.id for rule in table if rule.time is not None]
    timed = table.get(data.draw(st.sampled_from(ids)))
    gaps = verify_coverage(regulation, without(table, timed.id))
    missed = [gap for gap in gaps if gap.kind is GapKind.TIME]
    assert len(missed) == 1
    assert timed.span.contains(missed[0].span)
