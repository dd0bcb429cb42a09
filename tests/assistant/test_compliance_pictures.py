"""Timeline and reporting chain as SVG: safe, complete, and every text inside the card."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from playwright.sync_api import Browser, sync_playwright

from assistant.compliance import (
    chain_svg,
    compliance_calendar,
    reporting_chain,
    timeline_svg,
)
from assistant.compliance.drawing import text_width, wrap
from assistant.compliance.subject import recurring_bearers
from assistant.knowledge import Knowledge, load_knowledge
from assistant.workdays import WorkCalendar
from index.errors import NoSuchProvisionError, RuleError
from index.rules import RuleTable
from index.timelimit import parse_time_limit

KNOWLEDGE = load_knowledge()
WORK = WorkCalendar()
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
WIDTHS = (320, 358, 390, 639, 640, 960, 1400)
EVENTS = ("重大紧急事件", "一般性突发事件", "群体性事件", "重大突发事件", "第三十条")
SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "desc", "style", "rect", "circle", "path", "text"}

Draw = Callable[[str, int], str]


def timeline(
    actor: str = "赛罕区委政法委",
    lang: str = "zh-Hans",
    width: int = 960,
    knowledge: Knowledge = KNOWLEDGE,
) -> str:
    found = compliance_calendar(actor, 2027, knowledge, work=WORK)
    return timeline_svg(found, lang=lang, width=width)


def chain(event: str = "第三十条", lang: str = "zh-Hans", width: int = 960) -> str:
    return chain_svg(reporting_chain(event, KNOWLEDGE), lang=lang, width=width)


def parse(svg: str) -> Any:
    return etree.fromstring(svg.encode())


def words_of(svg: str) -> list[str]:
    return [node.text or "" for node in parse(svg).iter(f"{SVG}text")]


PICTURES = [
    *(
        pytest.param(lambda lang, width, a=actor: timeline(a, lang, width), id=actor)
        for actor in recurring_bearers(KNOWLEDGE)
    ),
    *(
        pytest.param(lambda lang, width, e=event: chain(e, lang, width), id=event)
        for event in EVENTS
    ),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("draw", PICTURES)
def test_a_picture_is_safe_and_named(draw: Draw, lang: str) -> None:
    for width in WIDTHS:
        svg = draw(lang, width)
        root = parse(svg)
        tags = {etree.QName(node).localname for node in root.iter()}
        assert tags <= TAGS
        attributes = {name for node in root.iter() for name in node.attrib}
        assert not any(name.startswith("on") or "href" in name for name in attributes)
        assert not re.search(r"url\(|@import|@font-face|javascript:|data:", svg)
        assert svg.count("http") == 1  # the name space
        assert root.get("role") == "img"
        assert root.get("lang") == lang
        names = root.get("aria-labelledby").split()
        told = [root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
        assert [node.get("id") for node in told] == names
        assert all(node.text for node in told)
        assert root.get("viewBox") == f"0 0 {width} {root.get('height')}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("draw", PICTURES)
def test_text_stays_in_the_card(draw: Draw, width: int, lang: str) -> None:
    root = parse(draw(lang, width))
    height = float(root.get("height"))
    for node in root.iter(f"{SVG}text"):
        size, x = float(node.get("font-size")), float(node.get("x"))
        wide = text_width(node.text, size, bold=node.get("font-weight") == "600")
        left = {"end": x - wide, "middle": x - wide / 2}.get(node.get("text-anchor"), x)
        if " " in node.text or not node.text.isascii():  # a single long word cannot be broken
            assert left >= 8, node.text
            assert left + wide <= width - 8, node.text
        assert size <= float(node.get("y")) <= height - 4


def test_the_timeline_holds_every_day() -> None:
    words = words_of(timeline())
    assert words[0] == "赛罕区委政法委 2027年定期职责"
    assert [w for w in words if w.endswith("月") and len(w) < 4] == [f"{n}月" for n in range(1, 13)]
    assert words.count("3月31日") == 1
    assert words.count("12月31日") == 4
    for name in (
        "分析研判本辖区社会稳定形势",
        "召开党委政法委员会全体会议",
        "每月至少1次 · 第十七条",
    ):
        assert name in words
    # months that end on a day off: the day and the last working day, neither of them chosen
    assert [w for w in words if w in ("28日", "26日")] == ["28日", "26日"]
    assert "最后一日不是工作日" in words
    assert "另有12项遇事履行或者没有规定间隔的职责，没有固定日期，不在图中。" in words


def test_the_timeline_for_who_cannot_see_it() -> None:
    root = parse(timeline())
    told = root.find(f"{SVG}desc").text
    assert told.startswith(
        "分析研判本辖区社会稳定形势、每月至少1次、第十七条：1月31日（期内最后的工作日1月29日）、"
    )
    english = parse(timeline(lang="en")).find(f"{SVG}desc").text
    assert "Article 17: 31 Jan (last working day 29 Jan), 28 Feb" in english


@pytest.mark.parametrize(
    "limit", ["每日1次", "每周1次", "每月2次", "每两个月", "每半年", "季度末前"]
)
@pytest.mark.parametrize("width", [320, 960])
def test_periods_of_any_length(limit: str, width: int) -> None:
    row = replace(KNOWLEDGE.rules.get("r17.2"), time=parse_time_limit(limit))
    svg = timeline(
        "旗县党委政法委", width=width, knowledge=replace(KNOWLEDGE, rules=RuleTable((row,)))
    )
    assert parse(svg) is not None


def test_nothing_to_draw() -> None:
    found = compliance_calendar("财政局", 2027, KNOWLEDGE, work=WORK)
    with pytest.raises(ValueError, match="no dated duty"):
        timeline_svg(found)


@pytest.mark.parametrize("sign", ["<script>alert(1)</script>", "&amp;", "\"'>", "]]>"])
def test_text_is_escaped(sign: str) -> None:
    row = replace(KNOWLEDGE.rules.get("r17.2"), object=sign)
    svg = timeline("旗县党委政法委", knowledge=replace(KNOWLEDGE, rules=RuleTable((row,))))
    root = parse(svg)
    assert "script" not in {etree.QName(node).localname for node in root.iter()}
    assert sign in "".join(words_of(svg)).replace(" ", "")


def test_the_same_call_gives_the_same_picture() -> None:
    assert timeline() == timeline()
    assert chain() == chain()
    pictures = (timeline(), timeline(lang="en"), chain())
    ids = {id for svg in pictures for id in re.findall(r'id="(t\w+)"', svg)}
    assert len(ids) == 3  # pictures side by side in one page


# -- the chain ------------------------------------------------------------------------------


def test_the_chain_of_article_30() -> None:
    found = reporting_chain("第三十条", KNOWLEDGE).to_json()
    steps = [
        (
            event["event"],
            [(s["rule"], s["limit"], s["bearers"], s["recipients"]) for s in event["steps"]],
        )
        for event in found["events"]
    ]
    whole = ["党委政法委员会", "政法单位"]
    assert steps == [
        (
            "重大紧急事件",
            [
                ("r30.1", "立即", ["事发地政法单位"], []),
                ("r30.2", "事发后1小时内", ["事发地政法单位"],
                 ["同级党委政法委员会", "上级政法单位"]),
                ("r30.3", "距事件发生不超过3小时", whole, ["自治区党委政法委员会"]),
            ],
        ),
        ("一般性突发事件", [("r30.4", "事发后6小时内", whole, ["自治区党委政法委员会"])]),
    ]  # fmt: skip
    assert [(s["rule"], s["limit"]) for s in found["then"]] == [
        ("r30.5", "及时"),
        ("r30.6", "及时"),
    ]
    assert all(s["note"] for s in found["then"])


def test_the_chain_is_that_of_the_rows() -> None:
    """Nothing of article 30 is written into the code: another table gives another chain."""
    rows = tuple(
        replace(rule, time=parse_time_limit("事发后20分钟内")) if rule.id == "r30.3" else rule
        for rule in KNOWLEDGE.rules
    )
    found = reporting_chain("重大紧急事件", replace(KNOWLEDGE, rules=RuleTable(rows)))
    assert [step.rule.id for step in found.lanes[0].steps] == ["r30.1", "r30.3", "r30.2"]


@pytest.mark.parametrize(
    ("asked", "events"),
    [
        ("重大紧急事件", ["重大紧急事件"]),
        ("重大緊急事件", ["重大紧急事件"]),
        (" Major Emergency ", ["重大紧急事件"]),
        ("一般性", ["一般性突发事件"]),
        ("mass", ["群体性事件"]),
        ("30.1", ["重大紧急事件", "一般性突发事件"]),
        ("Article 30", ["重大紧急事件", "一般性突发事件"]),
        ("第三十二条", ["群体性事件"]),
    ],
)
def test_events_by_name_and_by_provision(asked: str, events: list[str]) -> None:
    assert [lane.event.zh for lane in reporting_chain(asked, KNOWLEDGE).lanes] == events


@pytest.mark.parametrize("asked", ["火灾", "", "事件", "件", "第一条", "!", "重大"])
def test_no_event(asked: str) -> None:
    with pytest.raises(RuleError) as caught:
        reporting_chain(asked, KNOWLEDGE)
    assert "重大紧急事件 (major emergency)" in str(caught.value)


def test_no_provision() -> None:
    with pytest.raises(NoSuchProvisionError):
        reporting_chain("第九十条", KNOWLEDGE)


@pytest.mark.parametrize("width", [358, 960])
def test_the_picture_of_the_chain(width: int) -> None:
    words = words_of(chain(width=width))
    order = [
        "重大紧急事件", "立即", "事发后1小时内", "距事件发生不超过3小时", "一般性突发事件",
        "事发后6小时内", "此后（未另写事件类型）", "报告事件进展情况", "处置结束后", "报告处置结果",
    ]  # fmt: skip
    assert [word for word in words if word in order] == order
    assert "逐级报送" in words
    assert "向自治区党委政法委员会" in words
    assert "".join(words).count("第三十条") == 1  # said once, in the heading


def test_a_step_tells_its_condition_but_not_the_event_again() -> None:
    words = words_of(chain("群体性事件"))
    assert "事后" in words  # when
    assert "赶赴现场进行指挥" in words
    assert sum("群体性事件" in word for word in words) == 2  # title and head
    assert "报告" in words_of(chain("一般性突发事件"))


def test_the_chain_in_words() -> None:
    found = reporting_chain("重大紧急事件", KNOWLEDGE)
    assert found.text().splitlines()[1] == (
        "  → 立即：发生重大紧急事件，事发地政法单位应当立即核实。（第三十条）"
    )
    assert found.text("en").splitlines()[0] == "major emergency"
    assert found.text("zh-Hant").splitlines()[0] == "重大緊急事件"
    across = words_of(chain("一般性突发事件", "en"))
    assert across[0] == "Ordinary emergency: steps and time limits"
    assert "Ordinary emergency" in across
    assert "Within 6 hours of the" in across


# -- text that is measured ------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("每月至少研判1次，。（）“”：abcdefgW .-"), max_size=60)


@given(TEXTS, st.floats(40, 400), st.sampled_from([11.0, 14.0, 20.0]), st.booleans())
def test_wrapping_loses_nothing(words: str, width: float, size: float, bold: bool) -> None:
    lines = wrap(words, width, size, bold=bold)
    assert "".join("".join(lines).split()) == "".join(words.split())
    for line in lines:
        assert line == line.strip()
        breakable = re.search(r"[一-龥]{3}| ", line) is not None
        if breakable and len(line) > 1 and text_width(line, size, bold=bold) > width:
            # only what must not be parted may stand out
            assert re.search(r"[，。（）“”：.\-a-zW0-9]{2}", line)


# -- in a browser ---------------------------------------------------------------------------

_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if _CHROMIUM is None and os.environ.get("TIAOWEN_REQUIRE_BROWSER") != "1":
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield found
        found.close()


_OUTSIDE = """svg => {
  const card = svg.querySelector('rect').getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(node => {
    const box = node.getBoundingClientRect();
    return box.left < card.left + 4 || box.right > card.right - 4
        || box.top < card.top || box.bottom > card.bottom;
  }).map(node => node.textContent);
}"""


@pytest.mark.browser
def test_what_a_browser_draws_stays_in_the_card(chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    for lang in LANGUAGES:
        for width in (358, 960):
            for svg in (timeline(lang=lang, width=width), chain(lang=lang, width=width)):
                page.set_content(svg)
                assert page.locator("svg").evaluate(_OUTSIDE) == []
    page.close()


@pytest.mark.browser
def test_light_dark_and_the_page(chromium: Browser) -> None:
    """The reader's setting decides, except in the page, whose own colours do."""
    ground = "svg => getComputedStyle(svg.querySelector('rect')).fill"
    for scheme, expected in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(28, 34, 36)")):
        page = chromium.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_content(timeline())
        assert page.locator("svg").evaluate(ground) == expected
        page.set_content(f"<div style='--tw-surface: #123456'>{timeline()}</div>")
        assert page.locator("svg").evaluate(ground) == "rgb(18, 52, 86)"
        page.close()
