"""What a visitor does, in a real browser."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import ROOT, SCREENSHOTS, Visit

QUESTION = "旗县政法委多久研判一次社会稳定形势？"


def _in_view(page: Page, selector: str) -> None:
    """The first such element is on the screen (smooth scrolling takes a moment)."""
    expect(page.locator(selector).first).to_be_in_viewport(ratio=0.5)


def test_question_to_highlighted_sentence(visit: Visit) -> None:
    page = visit.open()
    visit.ask(QUESTION)
    expect(page.locator(".headline")).to_contain_text("每月至少1次")
    chip = page.locator(".answer .chip").first
    expect(chip).to_have_text("第十七条")
    chip.click()
    expect(page.locator("#source h2")).to_have_text("第十七条")
    # Of the quoted sentence, the words that answer stand out.
    expect(page.locator("#source mark.core")).to_have_text("每月至少分析研判1次本辖区社会稳定形势")
    _in_view(page, "#source mark.core")
    # The whole article is there, not only the quotation.
    expect(page.locator("#source .provision")).to_contain_text("推动一般问题在辖区内解决")


def test_script_switch_keeps_the_mark(visit: Visit) -> None:
    page = visit.open("?cite=17.1")
    # The deep link is served first: a click before that would be answered before it.
    expect(page.locator("#source mark").first).to_contain_text("本辖区社会稳定形势")
    page.locator("#script label", has_text="繁").click()
    expect(page.locator("#source mark").first).to_contain_text(
        "每月至少分析研判1次本轄區社會穩定形勢"
    )
    page.locator("#script label", has_text="简").click()
    expect(page.locator("#source mark").first).to_contain_text("本辖区社会稳定形势")


def test_example_question_and_follow_up(visit: Visit) -> None:
    page = visit.open()
    page.locator(".example").first.click()
    expect(page.locator(".headline")).to_contain_text("每月至少1次")
    visit.ask("那盟市呢？")
    expect(page.locator(".headline").last).to_contain_text("每季度至少1次")
    assert page.locator(".turn").count() == 2
    page.locator("#clear").click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_understood_line_goes_into_the_box(visit: Visit) -> None:
    page = visit.open()
    visit.ask(QUESTION)
    visit.ask("那盟市呢？")
    line = page.locator(".understood button")
    expect(line).to_have_text("盟市党委政法委多久研判一次社会稳定形势？")
    line.click()
    expect(page.locator("#question textarea")).to_have_value(
        "盟市党委政法委多久研判一次社会稳定形势？"
    )
    page.press("#question textarea", "Enter")
    expect(page.locator(".turn")).to_have_count(3)
    expect(page.locator(".headline").last).to_contain_text("每季度至少1次")


def test_the_level_is_asked_and_answered(visit: Visit) -> None:
    page = visit.open()
    visit.ask("党委政法委多久研判一次社会稳定形势？")
    expect(page.locator(".level")).to_have_count(3)
    page.locator(".level", has_text="旗县").click()
    expect(page.locator(".headline")).to_have_count(2)
    expect(page.locator(".headline").last).to_contain_text("每月至少1次")
    expect(page.locator(".level")).to_have_count(0)


def test_next_question(visit: Visit) -> None:
    page = visit.open()
    visit.ask("述职述廉评议多久一次？")
    page.locator(".next .example", has_text="什么时候完成").click()
    expect(page.locator(".headline")).to_have_count(2)
    expect(page.locator(".headline").last).to_contain_text("年底前")


def test_question_outside_the_regulation(visit: Visit) -> None:
    page = visit.open()
    visit.ask("今天呼和浩特的天气怎么样？")
    expect(page.locator(".answer.abstained")).to_be_visible()
    expect(page.locator(".answer .basis")).to_have_count(0)


def test_markup_in_a_question_stays_text(visit: Visit) -> None:
    page = visit.open()
    visit.ask('<img src="http://example.com/x.png" onerror="document.title=1"> <b>第十七条</b>')
    expect(page.locator(".question")).to_contain_text("<b>第十七条</b>")
    assert page.locator("#conversation img").count() == 0


@pytest.mark.parametrize(
    ("typed", "heading", "marked"),
    [
        pytest.param("三十条一款", "第三十条", "立即核实", id="chinese"),
        pytest.param("25(7)", None, "本办法|第二十五条", id="item-that-does-not-exist"),
        pytest.param("Article 30(1)", "第三十条", "立即核实", id="english"),
    ],
)
def test_look_up(visit: Visit, typed: str, heading: str | None, marked: str) -> None:
    page = visit.open()
    page.fill("#citation textarea, #citation input", typed)
    page.locator("#find").click()
    if heading is None:
        expect(page.locator("#source .notice")).to_contain_text(re.compile(marked))
    else:
        expect(page.locator("#source h2")).to_have_text(heading)
        expect(page.locator("#source mark").first).to_contain_text(marked)


def test_neighbouring_articles(visit: Visit) -> None:
    page = visit.open("?cite=1")
    expect(page.locator("#source h2")).to_have_text("第一条")
    page.locator("#source .neighbours a", has_text="第二条").click()
    expect(page.locator("#source h2")).to_have_text("第二条")


def test_deep_links(visit: Visit) -> None:
    page = visit.open("?cite=30.1")
    expect(page.locator("#source h2")).to_have_text("第三十条")
    expect(page.locator("#source mark").first).to_contain_text("1小时内")
    visit.open(f"?q={QUESTION}")
    expect(page.locator(".headline")).to_contain_text("每月至少1次")
    visit.open("?cite=99")
    expect(page.locator("#source .notice")).to_contain_text("本办法共47条")


def test_rule_table_filters(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("tab", name="规则表").click()
    rows = page.locator(".rules tbody tr")
    expect(rows.nth(200)).to_be_attached()
    page.fill("#by-article textarea, #by-article input", "30")
    expect(page.locator("#rule-r30\\.1")).to_be_attached()
    expect(page.locator("#rule-r17\\.2")).to_have_count(0)
    page.fill("#by-article textarea, #by-article input", "")
    page.fill("#by-text textarea, #by-text input", "研判")
    expect(page.locator("#rule-r17\\.2")).to_be_attached()
    page.locator("#by-kind input").click()
    page.get_by_role("option", name="频次").click()
    expect(page.locator("#rule-r17\\.2 .limit")).to_have_text("每月至少1次")
    assert rows.count() < 10
    page.locator("#rule-r17\\.2 .chip").click()
    expect(page.locator("#source mark.core")).to_contain_text("每月至少分析研判1次")


@pytest.mark.parametrize(
    ("language", "tab", "question", "headline", "chip"),
    [
        pytest.param(
            "繁體",
            "規則表",
            "旗縣政法委多久研判一次社會穩定形勢？",
            "每月至少1次",
            "第十七條",
            id="hant",
        ),
        pytest.param(
            "English",
            "Rules",
            "How often must a banner commission assess social stability?",
            "once a month",
            "Article 17",
            id="en",
        ),
    ],
)
def test_languages(
    visit: Visit, language: str, tab: str, question: str, headline: str, chip: str
) -> None:
    page = visit.open()
    page.locator("#language label", has_text=language).click()
    expect(page.get_by_role("tab", name=tab)).to_be_visible()
    expect(page.locator(".example").first).to_have_text(question)
    page.locator(".example").first.click()
    expect(page.locator(".headline")).to_contain_text(headline)
    expect(page.locator(".answer .chip").first).to_have_text(chip)
    page.locator("#language label", has_text="简体").click()
    expect(page.get_by_role("tab", name="规则表")).to_be_visible()


def test_degraded_state_is_said(visit: Visit) -> None:
    if SCREENSHOTS:
        pytest.skip("runs with the index")
    page = visit.open()
    expect(page.locator("#notice .notice")).to_contain_text("语义检索")


@pytest.mark.skipif(not SCREENSHOTS, reason="TIAOWEN_SCREENSHOTS=1 writes docs/screenshots")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_screenshots(visit: Visit, scheme: Literal["light", "dark"]) -> None:
    page = visit.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    visit.open()
    expect(page.locator("#notice .notice")).to_have_count(0, timeout=60_000)
    visit.ask(QUESTION)
    expect(page.locator("#source mark").first).to_be_visible()
    phone = page.viewport_size is not None and page.viewport_size["width"] < 640
    name = "chat" + ("-phone" if phone else "") + ("-dark" if scheme == "dark" else "")
    page.screenshot(path=ROOT / "docs" / "screenshots" / f"{name}.png", full_page=phone)
