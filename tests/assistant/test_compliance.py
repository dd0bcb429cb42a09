"""Compliance calendars: whose duties, which periods, which days, and what is left open."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from itertools import pairwise

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.compliance import Calendar, as_csv, as_json, as_text, compliance_calendar
from assistant.compliance.subject import Subject, heir_of, read_subject, recurring_bearers
from assistant.compliance.words import SAY, period_name, short_name
from assistant.kinship import match_actor
from assistant.knowledge import Knowledge, load_knowledge
from assistant.said import Said
from assistant.when import Period
from assistant.workdays import WorkCalendar
from index.actors import ActorMention, Kind
from index.errors import ActorError, InputError
from index.limits import LimitKind
from index.rules import Modality, Rule, RuleTable
from index.text import Script, Span
from index.timelimit import parse_time_limit

KNOWLEDGE = load_knowledge()
ACTORS = KNOWLEDGE.actors
WORK = WorkCalendar()
LANGUAGES = ("zh-Hans", "zh-Hant", "en")

unhurried = settings(deadline=None)


def calendar(actor: str, year: int = 2027, knowledge: Knowledge = KNOWLEDGE) -> Calendar:
    return compliance_calendar(actor, year, knowledge, work=WORK)


def with_limits(*limits: str, modality: Modality = Modality.SHALL) -> Knowledge:
    """A regulation whose banner commissions have duties with these limits, and no other."""
    model = KNOWLEDGE.rules.get("r17.2")
    rows = tuple(
        replace(
            model, id=f"r17.{n}", time=parse_time_limit(limit), modality=modality, note=None,
            object="一, 二; 三\\四", statement="研判; <b>&", statement_en="It shall do; \\ <b>&",
        )
        for n, limit in enumerate(limits)
    )  # fmt: skip
    return Knowledge(KNOWLEDGE.regulation, ACTORS, RuleTable(rows))


# -- whose duties ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "actor", "level", "place"),
    [
        ("commission.banner", "commission.banner", "banner", None),
        ("旗县党委政法委", "commission.banner", "banner", None),
        ("赛罕区委政法委", "commission.banner", "banner", "赛罕区"),
        ("賽罕區委政法委", "commission.banner", "banner", "赛罕区"),
        ("锡林浩特市委政法委", "commission.banner", "banner", "锡林浩特市"),
        ("鄂尔多斯市委政法委", "commission.league", "league", "鄂尔多斯市"),
        ("自治区党委政法委", "commission.region", "region", None),
        ("政法委", "commission", None, None),
        (" 各旗县党委政法委 ", "commission.banner", "banner", None),
        ("Saihan District political-legal commission", "commission.banner", "banner", "赛罕区"),
        ("旗公安局党委", "police.group.banner", "banner", None),
        ("旗委", "committee.banner", "banner", None),
    ],
)
def test_a_body_by_id_kind_or_place(
    text: str, actor: str, level: str | None, place: str | None
) -> None:
    found = read_subject(text, ACTORS)
    named = None if found.level is None else str(found.level)
    assert (found.actor, named, found.place) == (actor, level, place)
    assert found.name.zh
    assert found.name.en


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("旗县", "is no body of the regulation", id="a-level"),
        pytest.param("hello", "is no body of the regulation", id="nonsense"),
        pytest.param("赛罕区委政法委和赛罕区委", "names more than one body", id="two"),
        pytest.param(
            "赛罕区公安局政治部", '"政治部" is left over beside "赛罕区公安局"', id="more"
        ),
        pytest.param("北京市委政法委", "is outside the region", id="elsewhere"),
    ],
)
def test_no_body(text: str, fault: str) -> None:
    with pytest.raises(ActorError) as caught:
        read_subject(text, ACTORS)
    assert fault in str(caught.value)
    assert "赛罕区委政法委" in str(caught.value)


def test_an_empty_name_is_bad_input() -> None:
    with pytest.raises(InputError) as caught:
        read_subject(" \n", ACTORS)
    assert not isinstance(caught.value, ActorError)


def test_who_inherits_is_as_the_checker_judges_it() -> None:
    """Bodies only: the checker lets people name a court where the text names its president."""
    bodies = {Kind.PARTY, Kind.ORGAN, Kind.GROUP}
    bearers = {b for rule in KNOWLEDGE.rules for b in rule.bearers if ACTORS.get(b).kind in bodies}
    bearers -= {"organ.inspected", "group.dual", "party-org.higher"}
    differ = []
    for actor in ACTORS:
        if actor.kind not in bodies:
            continue
        mention = ActorMention(Span(0, 1), actor.id, actor.level)
        subject = Subject(actor.id, actor.level, None, Said("", ""))
        for bearer in bearers:
            ours = heir_of(subject, bearer, ACTORS) is not None
            if ours != match_actor(mention, bearer, ACTORS):
                differ.append((actor.id, bearer, ours))
    assert differ == []


@pytest.mark.parametrize(
    ("actor", "bearer", "reason"),
    [
        ("commission.banner", "commission", "own"),
        ("commission", "commission.banner", None),
        ("commission.banner", "commission.league", None),
        ("police.banner", "group", "group"),
        ("police.banner", "group.banner", "group"),
        ("police.banner", "group.region", None),
        ("police.group.banner", "organ", "group"),
        ("police.banner", "organ.local", "role"),
        ("police.group.banner", "organ.inspected", "role"),
        ("commission.banner", "organ.inspected", None),
        ("police.banner", "organ.head", None),
        ("police.banner", "group.dual", None),
    ],
)
def test_why_a_duty_is_inherited(actor: str, bearer: str, reason: str | None) -> None:
    assert heir_of(read_subject(actor, ACTORS), bearer, ACTORS) == reason


# -- which duties ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "dated", "regular"),
    [
        pytest.param(
            "旗县党委政法委",
            {"r17.2": 12, "r34.3": 4, "r24.7": 1, "r39.1": 1, "r39.4": 1}, [], id="banner",
        ),
        pytest.param(
            "鄂尔多斯市委政法委",
            {"r16.2": 4, "r34.3": 4, "r24.7": 1, "r39.1": 1, "r39.4": 1}, [], id="league",
        ),
        pytest.param(
            "自治区党委政法委",
            {"r15i3.2": 2, "r34.3": 4, "r24.7": 1, "r39.1": 1, "r39.4": 1}, [], id="region",
        ),
        pytest.param("政法委", {"r34.3": 4, "r24.7": 1, "r39.1": 1, "r39.4": 1}, [], id="any"),
        pytest.param("旗委", {"r33.2": 1, "r33.3": 1}, ["r7.1"], id="committee"),
        pytest.param("盟委", {"r33.2": 1, "r33.3": 1}, [], id="league-committee"),
        pytest.param("赛罕区公安局党委", {"r24.7": 1, "r35.1": 12}, [], id="party-group"),
        pytest.param("赛罕区公安局", {"r24.7": 1, "r35.1": 12}, [], id="its-organ"),
        pytest.param("赛罕区委政法委书记", {}, [], id="an-office"),
        pytest.param("财政局", {}, [], id="outside"),
    ],
)  # fmt: skip
def test_what_recurs(actor: str, dated: dict[str, int], regular: list[str]) -> None:
    found = calendar(actor)
    counts: dict[str, int] = {}
    for entry in found.entries:
        counts[entry.rule.id] = counts.get(entry.rule.id, 0) + 1
    assert counts == dated
    assert [duty.rule.id for duty in found.regular] == regular


@pytest.mark.parametrize(
    ("actor", "has", "has_not"),
    [
        ("赛罕区公安局", {"r30.1", "r30.2", "r43.6", "r29.1"}, {"r43.1", "r18.2"}),
        ("赛罕区委政法委", {"r17.3", "r29.1", "r30.3", "r43.1"}, {"r43.6", "r30.2", "r34.4"}),
        ("自治区党委政法委", {"r29.1", "r43.1"}, {"r30.3", "r30.4"}),  # not to itself
        ("赛罕区委政法委书记", {"r32.5", "r32.6"}, {"r29.1"}),
    ],
)
def test_what_an_event_sets_off(actor: str, has: set[str], has_not: set[str]) -> None:
    found = {duty.rule.id for duty in calendar(actor).on_event}
    assert has <= found
    assert not has_not & found


def test_a_place_inherits_exactly_its_level() -> None:
    for place, kind in (("赛罕区委政法委", "commission.banner"), ("包头市委", "committee.league")):
        one, two = calendar(place), calendar(kind)
        assert one.entries == two.entries
        assert one.on_event == two.on_event


def test_every_recurring_duty_is_in_some_calendar() -> None:
    listed = {
        entry.rule.id for actor in recurring_bearers(KNOWLEDGE) for entry in calendar(actor).entries
    }
    listed |= {
        duty.rule.id for actor in recurring_bearers(KNOWLEDGE) for duty in calendar(actor).regular
    }
    wanted = {
        rule.id
        for rule in KNOWLEDGE.rules
        if rule.time and rule.time.kind is LimitKind.FREQUENCY and rule.bearers
    }
    assert wanted <= listed


# -- which days -----------------------------------------------------------------------------


def test_a_month_that_ends_on_a_day_off() -> None:
    found = calendar("旗县党委政法委")
    january = found.entries[0]
    assert january.due == dt.date(2027, 1, 31)
    assert january.workday == dt.date(2027, 1, 29)
    assert january.rests
    assert january.notes[0].zh == (
        "最后一日2027-01-31（周日，休息）不是工作日；期内最后的工作日为2027-01-29。"
    )
    assert any("不作取舍" in said.zh for said in found.assumptions)
    march = found.entries[2]
    assert (march.due, march.workday, march.rests) == (march.due, march.due, False)


def test_the_lead_is_what_the_rules_ask_for_in_advance() -> None:
    lead = calendar("旗县党委政法委").entries[0].lead
    assert (lead.day, lead.rule and lead.rule.id) == (dt.date(2027, 1, 24), "r29.1")
    assert [a.due for a in lead.alternatives] == [dt.date(2027, 1, 25), dt.date(2027, 1, 22)]
    assert lead.earliest == dt.date(2027, 1, 22)


def test_a_reminder_where_no_rule_asks() -> None:
    found = calendar("旗委")
    lead = found.entries[0].lead
    assert (lead.day, lead.rule) == (dt.date(2027, 12, 24), None)
    assert "提醒设在最后一日之前7天；条文没有规定提前量。" in [
        said.zh for said in found.assumptions
    ]
    own = compliance_calendar("旗县党委政法委", 2027, KNOWLEDGE, lead_days=14, work=WORK)
    assert own.entries[0].lead.day == dt.date(2027, 1, 17)
    assert own.entries[0].lead.rule is None


@pytest.mark.parametrize(
    ("actor", "year", "words"),
    [
        pytest.param("政法委", 2027, "没有写明层级，只列各级共有的职责", id="no-level"),
        pytest.param("旗县党委政法委", 2027, "没有2027年调休安排的数据", id="no-notice"),
        pytest.param("旗县党委政法委", 2026, "2026年的工作日按国务院公布", id="official"),
        pytest.param("旗县党委政法委", 2019, "自2019-11-20起施行，此前届满的不列", id="in-force"),
        pytest.param("旗县党委政法委", 2027, "周期按自然周期计算", id="periods"),
        pytest.param("旗县党委政法委", 2027, "按第二十九条“提前1周以上”从最后一日倒推", id="lead"),
    ],
)
def test_what_is_assumed_is_said(actor: str, year: int, words: str) -> None:
    assert any(words in said.zh for said in calendar(actor, year).assumptions)


@pytest.mark.parametrize(
    ("actor", "rule", "words"),
    [
        ("赛罕区公安局", "r35.1", "单位与其党组（党委）的职责一并列出"),
        ("赛罕区公安局", "r35.1", "允许例外"),
        ("赛罕区公安局", "r43.6", "作为这样的单位时才适用"),
        ("自治区党委政法委", "r15i3.2", "没有写“至少”"),
    ],
)
def test_what_a_row_leaves_open(actor: str, rule: str, words: str) -> None:
    found = calendar(actor)
    kept = [(e.rule.id, e.notes) for e in found.entries]
    kept += [(d.rule.id, d.notes) for d in found.on_event]
    notes = [said.zh for id, said_of in kept if id == rule for said in said_of]
    assert any(words in said for said in notes)


def test_before_the_text_took_effect() -> None:
    with pytest.raises(InputError, match="2018 lies before the text took effect"):
        calendar("旗县党委政法委", 2018)
    first = calendar("旗县党委政法委", 2019).entries
    assert [str(entry.due) for entry in first if entry.rule.id == "r17.2"] == [
        "2019-11-30", "2019-12-31",
    ]  # fmt: skip


@pytest.mark.parametrize("year", [0, 9999, -1])
def test_no_year(year: int) -> None:
    with pytest.raises(InputError):
        calendar("旗县党委政法委", year)


@pytest.mark.parametrize(
    ("limit", "dated", "first"),
    [
        pytest.param("每周1次", 52, "2026-12-28/2027-01-03", id="week"),
        pytest.param("每日1次", 365, "2027-01-01/2027-01-01", id="day"),
        pytest.param("每月2次", 12, "2027-01-01/2027-01-31", id="twice-a-month"),
        pytest.param("每两个月", 6, "2027-01-01/2027-02-28", id="two-months"),
        pytest.param("每半年", 2, "2027-01-01/2027-06-30", id="half-year"),
        pytest.param("季度末前", 4, "2027-01-01/2027-03-31", id="by-quarter"),
        pytest.param("2027年6月30日前", 1, "2027-01-01/2027-06-30", id="by-a-day"),
        pytest.param("2026年6月30日前", 0, None, id="by-a-day-of-another-year"),
        pytest.param("每两年", 0, None, id="two-years"),
        pytest.param("每10天", 0, None, id="ten-days"),
        pytest.param("定期", 0, None, id="regularly"),
        pytest.param("当天", 0, None, id="same-day"),
        pytest.param("1小时内", 0, None, id="hours"),
    ],
)
def test_other_limits(limit: str, dated: int, first: str | None) -> None:
    found = calendar("commission.banner", knowledge=with_limits(limit))
    assert len(found.entries) == dated
    if first is not None:
        assert str(found.entries[0].period) == first
    elsewhere = len(found.regular) + len(found.on_event)
    assert elsewhere == (dated == 0 and "2026" not in limit)


def test_a_power_is_no_duty() -> None:
    assert not calendar(
        "commission.banner", knowledge=with_limits("每月1次", modality=Modality.MAY)
    ).entries


def test_a_day_that_is_off_has_no_working_day() -> None:
    found = calendar("commission.banner", knowledge=with_limits("每日1次"))
    new_year = found.entries[0]
    assert (new_year.workday, new_year.rests) == (None, True)
    assert new_year.notes[0].zh == "最后一日2027-01-01（周五，元旦）不是工作日。"
    assert as_text(found).splitlines()[3].split()[1] == "—"
    assert as_json(found)["entries"][0]["last_workday"] is None


@unhurried
@given(st.sampled_from([a.id for a in ACTORS]), st.integers(2020, 2026))
def test_periods_fill_the_year_and_days_agree_with_another_library(actor: str, year: int) -> None:
    found = calendar(actor, year)
    lanes: dict[str, list[Period]] = {}
    for entry in found.entries:
        lanes.setdefault(entry.rule.id, []).append(entry.period)
        assert entry.due == entry.period.last
        assert entry.lead.earliest <= entry.lead.day < entry.due
        assert entry.workday is not None
        assert entry.period.first <= entry.workday <= entry.due
        assert chinese_calendar.is_workday(entry.workday)
        after = (entry.due - entry.workday).days
        rest = [entry.workday + dt.timedelta(days=n + 1) for n in range(after)]
        assert not any(map(chinese_calendar.is_workday, rest))
    for periods in lanes.values():
        assert periods[0].first == dt.date(year, 1, 1)
        assert periods[-1].last == dt.date(year, 12, 31)
        for one, two in pairwise(periods):
            assert two.first == one.last + dt.timedelta(days=1)
    assert [e.due for e in found.entries] == sorted(e.due for e in found.entries)
    ids = {duty.rule.id for duty in (*found.regular, *found.on_event)}
    assert not ids & set(lanes)


# -- as a table -----------------------------------------------------------------------------


def test_the_table_as_text() -> None:
    lines = as_text(calendar("赛罕区委政法委")).splitlines()
    assert lines[0] == "赛罕区委政法委 2027年定期职责"
    assert lines[2].split() == [
        "最后一日", "期内最后的工作日", "如须请示，最晚", "周期", "频次", "条款", "编号",
    ]  # fmt: skip
    assert lines[3].split() == [
        "2027-01-31", "2027-01-29", "2027-01-24", "2027年1月", "每月至少1次", "第十七条", "r17.2",
    ]  # fmt: skip
    assert lines[5].split()[:2] == ["2027-03-31", "2027-03-24"]
    assert "遇事履行，没有固定日期" in lines
    assert "提醒" in as_text(calendar("旗委")).splitlines()[2]
    assert any("没有规定间隔" in line for line in as_text(calendar("旗委")).splitlines())


def test_the_table_in_other_languages() -> None:
    found = calendar("赛罕区委政法委")
    assert "每月至少1次    第十七條          r17.2" in as_text(found, "zh-Hant")
    english = as_text(found, "en")
    assert "January 2027    at least once a month    Article 17" in english
    assert "recurring duties in 2027" in english.splitlines()[0]


def test_the_table_as_json() -> None:
    found = as_json(calendar("赛罕区委政法委"), "zh-Hant")
    json.dumps(found)
    assert found["actor"] == {
        "id": "commission.banner", "name": "賽罕區委政法委", "level": "banner", "place": "赛罕区",
    }  # fmt: skip
    first = found["entries"][0]
    assert {"rule", "provision", "statement", "quote", "limit", "modality", "period", "due",
            "due_is_workday", "last_workday", "lead", "notes"} <= set(first)  # fmt: skip
    assert first["period"] == {"name": "2027年1月", "start": "2027-01-01", "end": "2027-01-31"}
    assert (first["due"], first["last_workday"]) == ("2027-01-31", "2027-01-29")
    assert first["lead"]["alternatives"][0] == {"day": "2027-01-25", "reading": "按工作周計算"}
    assert first["quote"].startswith("每月至少分析研判1次")
    assert {duty["rule"] for duty in found["on_event"]} >= {"r29.1", "r43.1"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_quotations_are_the_texts_own(lang: str) -> None:
    regulation = KNOWLEDGE.regulation
    found = as_json(calendar("赛罕区委政法委"), lang)
    for kept in (*found["entries"], *found["on_event"]):
        if lang == "zh-Hant":
            assert kept["quote"] in regulation.text.view(Script.TRADITIONAL)
        else:
            assert kept["quote"] == KNOWLEDGE.rules.get(kept["rule"]).quote


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_as_csv(lang: str) -> None:
    found = calendar("旗委")
    data = as_csv(found, lang)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 1 + len(found.entries) + len(found.regular) + len(found.on_event)
    assert {len(row) for row in rows} == {13}
    assert rows[1][1:3] == ["2027-12-31", "2027-12-31"]
    assert rows[3][1] == ""


def test_no_cell_is_a_formula() -> None:
    knowledge = with_limits("每月1次")
    table = RuleTable(tuple(replace(r, statement="=1+1") for r in knowledge.rules))
    found = calendar("commission.banner", knowledge=replace(knowledge, rules=table))
    cells = [
        cell for row in csv.reader(io.StringIO(as_csv(found).decode("utf-8-sig"))) for cell in row
    ]
    assert "'=1+1" in cells
    assert not any(cell.startswith("=") for cell in cells)


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        ("2027-02-01", "2027-02-28", "2027年2月", "February 2027"),
        ("2027-10-01", "2027-12-31", "2027年第四季度", "Q4 2027"),
        ("2027-07-01", "2027-12-31", "2027年下半年", "second half of 2027"),
        ("2027-01-01", "2027-12-31", "2027年", "2027"),
        ("2026-12-28", "2027-01-03", "2026-12-28至2027-01-03", "2026-12-28 to 2027-01-03"),
        ("2027-01-01", "2027-01-01", "2027-01-01", "2027-01-01"),
        ("2027-01-01", "2027-02-28", "2027-01-01至2027-02-28", "2027-01-01 to 2027-02-28"),
        ("2027-02-01", "2027-04-30", "2027-02-01至2027-04-30", "2027-02-01 to 2027-04-30"),
    ],
)
def test_names_of_periods(first: str, last: str, zh: str, en: str) -> None:
    period = Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert period_name(period) == Said(zh, en)


def test_short_names() -> None:
    def names(rule: Rule) -> tuple[str, str]:
        return short_name(rule, "zh-Hans"), short_name(rule, "en")

    get = KNOWLEDGE.rules.get
    assert names(get("r17.2")) == (
        "分析研判本辖区社会稳定形势",
        "Analyse and assess the social-stability situation of its area at least once a month",
    )
    assert short_name(get("r34.3"), "zh-Hant") == "召開黨委政法委員會全體會議"
    # passive, and without an auxiliary: the sentence as it is
    assert short_name(get("r43.1"), "en").startswith("For political inspection")
    assert short_name(get("r34.3"), "en").startswith("A political and legal affairs commission")


def test_every_wording_is_in_both_languages() -> None:
    for key, words in SAY.items():
        assert words.zh, key
        assert words.en.isascii(), key
