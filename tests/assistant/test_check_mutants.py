"""Right statements with one slot changed: the change must be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from assistant.check import Verdict, check
from assistant.knowledge import load_knowledge
from index.citation import article_label
from index.rules import Modality, Rule
from index.timelimit import find_time_limits

KNOWLEDGE = load_knowledge()
PERIODS = ("每周", "每月", "每季度", "每半年", "每年")
UNITS = (("小时", "日"), ("工作日", "日"), ("周", "个工作日"), ("年", "个月"))


def _numbers(rule: Rule) -> Iterator[str]:
    text = rule.statement
    for mention in find_time_limits(text):
        amount = mention.amount
        digits = re.search(r"\d+", amount.of(text))
        if digits is not None:
            start, end = amount.start + digits.start(), amount.start + digits.end()
            yield f"{text[:start]}{int(digits[0]) * 2}{text[end:]}"


def _units(rule: Rule) -> Iterator[str]:
    text = rule.statement
    for mention in find_time_limits(text):
        said = mention.amount.of(text)
        for unit, other in UNITS:
            if said.endswith(unit) and re.search(r"\d", said):
                yield text[: mention.amount.end - len(unit)] + other + text[mention.amount.end :]


def _periods(rule: Rule) -> Iterator[str]:
    text = rule.statement
    for mention in find_time_limits(text):
        said = mention.amount.of(text)
        for other in PERIODS:
            if said in PERIODS and said != other:
                yield text[: mention.amount.start] + other + text[mention.amount.end :]


def _articles(rule: Rule) -> Iterator[str]:
    wrong = rule.provision.article % 47 + 1
    yield f"{rule.statement.rstrip('。')}（{article_label(wrong)}）。"


def _items(rule: Rule) -> Iterator[str]:
    if rule.provision.item is not None:
        where = article_label(rule.provision.article)
        yield f"{rule.statement.rstrip('。')}，见{where}第（{rule.provision.item + 1}）项。"


def _force(rule: Rule) -> Iterator[str]:
    for word in ("可以", "无需", "不得"):
        if rule.modality is Modality.SHALL and "应当" in rule.statement:
            yield rule.statement.replace("应当", word, 1)


def _bearers(rule: Rule) -> Iterator[str]:
    found = re.match(
        r"(?:各级党委|党委政法委员会|政法单位党组（党委）|党委)(?=应当|必须)", rule.statement
    )
    if found is not None and rule.bearers:
        yield "人民政府" + rule.statement[found.end() :]


def _quotes(rule: Rule) -> Iterator[str]:
    quote = rule.quote
    middle = len(quote) // 2
    if len(quote) >= 10 and "\u4e00" <= quote[middle] <= "\u9fff":
        yield f"办法规定：“{quote[:middle]}{quote[middle + 1 :]}”。"


@pytest.mark.parametrize(
    ("mutate", "share"),
    [
        pytest.param(_numbers, 1.0, id="number"),
        pytest.param(_units, 1.0, id="unit"),
        pytest.param(_periods, 1.0, id="period"),
        pytest.param(_articles, 0.97, id="article"),
        pytest.param(_items, 0.97, id="item"),
        pytest.param(_force, 0.93, id="force"),
        pytest.param(_bearers, 0.97, id="bearer"),
        pytest.param(_quotes, 0.97, id="quote"),
    ],
)
def test_mutants_are_seen(mutate: object, share: float) -> None:
    mutants = [text for rule in KNOWLEDGE.rules for text in mutate(rule)]  # type: ignore[operator]
    missed = [t for t in mutants if check(t, KNOWLEDGE).verdict is not Verdict.CONTRADICTED]
    assert mutants
    assert len(missed) <= (1 - share) * len(mutants), missed
