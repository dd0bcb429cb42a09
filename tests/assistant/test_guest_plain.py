"""What of a model's sentence may be shown as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.guest.events import Reason
from assistant.guest.plain import make_plain
from assistant.question import Language

HANS, EN = Language.HANS, Language.EN


@pytest.mark.parametrize(
    ("said", "language", "text"),
    [
        pytest.param("- **每月**至少`1`次。", HANS, "每月至少1次。", id="emphasis"),
        pytest.param("1. 每月1次。", HANS, "每月1次。", id="list-number"),
        pytest.param("（1）每月1次。", HANS, "（1）每月1次。", id="item-number-stays"),
        pytest.param("## 每月1次", HANS, "每月1次", id="heading"),
        pytest.param("> 每月1次", HANS, "每月1次", id="block-quote"),
        pytest.param("應當每月1次。", HANS, "应当每月1次。", id="one-script"),
        pytest.param("𝟑小时", HANS, "3小时", id="mathematical-digits"),
        pytest.param("③小时", HANS, "3小时", id="circled"),
        pytest.param("１小时", HANS, "1小时", id="full-width"),
        pytest.param("⼀个工作⽇", HANS, "一个工作日", id="radicals"),
        pytest.param("1\u200b2小\u202e时", HANS, "12小时", id="invisible"),
        pytest.param("自二〇一九年", HANS, "自二〇一九年", id="zero"),
        pytest.param("once a *month*.", EN, "once a month.", id="english"),
        pytest.param("the 政法委 reports.", EN, "the 政法委 reports.", id="a-term-in-english"),
    ],
)
def test_made_plain(said: str, language: Language, text: str) -> None:
    assert make_plain(said, language) == text


@pytest.mark.parametrize(
    ("said", "language", "reason"),
    [
        pytest.param("见[这里](http://evil.example)。", HANS, Reason.MARKUP, id="link"),
        pytest.param("![x](//evil.example/a.png)", HANS, Reason.MARKUP, id="image"),
        pytest.param("<img src=x onerror=alert(1)>应当报告。", HANS, Reason.MARKUP, id="html"),
        pytest.param("&lt;script&gt;", HANS, Reason.MARKUP, id="entity"),
        pytest.param("＜script＞应当报告", HANS, Reason.MARKUP, id="html-in-full-width"),
        pytest.param("请访问 evil.com 领取。", HANS, Reason.MARKUP, id="bare-domain"),
        pytest.param("发到 a@b.example 即可。", HANS, Reason.MARKUP, id="mail"),
        pytest.param("| 主体 | 时限 |", HANS, Reason.MARKUP, id="table"),
        pytest.param("$$x^2$$", HANS, Reason.MARKUP, id="formula"),
        pytest.param("应当报告😀。", HANS, Reason.MARKUP, id="emoji"),
        pytest.param("應當在３小時內報告\x1b[31m。", HANS, Reason.MARKUP, id="terminal-escape"),
        pytest.param("应当в3小时", HANS, Reason.MARKUP, id="cyrillic"),
        pytest.param(
            "The commission shall report.", HANS, Reason.LANGUAGE, id="english-for-chinese"
        ),
        pytest.param("应当在1小时内报告。", EN, Reason.LANGUAGE, id="chinese-for-english"),
        pytest.param("长" * 701, HANS, Reason.LONG, id="long"),
    ],
)
def test_refused(said: str, language: Language, reason: Reason) -> None:
    assert make_plain(said, language) is reason


@given(st.text(max_size=60), st.sampled_from(list(Language)))
def test_what_is_made_plain_stays_as_it_is(said: str, language: Language) -> None:
    once = make_plain(said, language)
    assert isinstance(once, Reason) or not any(c in once for c in "\u200b\u202e\x1b\x00")
