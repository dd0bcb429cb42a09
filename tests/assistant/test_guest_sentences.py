"""The stream cut into sentences, however it arrives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.guest.sentences import LONGEST, Splitter, split


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("甲。乙！丙？丁", ["甲。", "乙！", "丙？", "丁"], id="ends"),
        pytest.param("甲[P1]。乙。[P2]丙", ["甲[P1]。", "乙。[P2]", "丙"], id="token-after"),
        pytest.param("甲。 [P1] （P2）乙。", ["甲。 [P1] （P2）", "乙。"], id="several-tokens"),
        pytest.param("甲。[12]乙。", ["甲。[12]", "乙。"], id="token-in-another-style"),
        pytest.param("甲。（注意）乙。", ["甲。", "（注意）乙。"], id="brackets-that-cite-nothing"),
        pytest.param("“甲。”乙。", ["“甲。”", "乙。"], id="closing-quote"),
        pytest.param("甲：\n- 乙[P1]\n\n1. 丙。", ["甲：", "- 乙[P1]", "1. 丙。"], id="lines"),
        pytest.param("So.[P1] See art. 30 etc. A", ["So.[P1]", "See art. 30 etc. A"], id="en"),
        pytest.param("第30.1条。甲", ["第30.1条。", "甲"], id="full-stop-in-a-number"),
        pytest.param("甲\r\n乙\r丙", ["甲", "乙", "丙"], id="line-ends"),
        pytest.param("<think>乙。丙。</think>甲。", ["甲。"], id="thinking"),
        pytest.param("甲。<thinking>乙。", ["甲。"], id="thinking-to-the-end"),
        pytest.param("a < b。<b>c。", ["a < b。", "<b>c。"], id="angles-that-are-no-thought"),
        pytest.param(" \n\n", [], id="nothing"),
        pytest.param("。。！", ["。。！"], id="marks-alone"),
        pytest.param("长" * (LONGEST + 5), ["长" * LONGEST, "长" * 5], id="no-end"),
    ],
)  # fmt: skip
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_a_sentence_is_told_as_soon_as_the_next_begins() -> None:
    splitter = Splitter()
    assert list(splitter.feed("甲。")) == []
    assert list(splitter.feed("[P")) == []
    assert list(splitter.feed("1]")) == []
    assert list(splitter.feed("乙")) == ["甲。[P1]"]


_TEXT = st.text(st.sampled_from("甲乙a1 .。！?[]P(（）)”<>/think\n\r:：-，30"), max_size=60)


@given(_TEXT, st.lists(st.integers(1, 7), min_size=1, max_size=60))
def test_how_a_stream_is_cut_changes_nothing(text: str, sizes: list[int]) -> None:
    splitter, at, turn = Splitter(), 0, 0
    found: list[str] = []
    while at < len(text):
        size = sizes[turn % len(sizes)]
        found += splitter.feed(text[at : at + size])
        at, turn = at + size, turn + 1
    assert [*found, *splitter.rest()] == split(text)


@given(st.text(max_size=80))
def test_any_text_is_cut_and_nothing_is_added(text: str) -> None:
    rest = "".join("".join(split(text)).split())
    assert all(c in text for c in rest)
    if "<" not in text:
        assert rest == "".join(text.split())


def test_what_is_thought_and_what_is_said_is_counted() -> None:
    splitter = Splitter()
    assert list(splitter.feed("<think>" + "想" * 500)) == []
    assert list(splitter.feed("</think>甲。乙")) == ["甲。"]
    assert (splitter.thought, splitter.said) == (500, 3)
