"""Scripts, folding, spans: every offset survives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse import load_regulation
from index.text import CanonicalText, Script, Span, convert, detect_script, fold

TEXT = load_regulation().text


class TestViews:
    def test_same_length(self) -> None:
        assert len(TEXT.simplified) == len(TEXT.traditional) == len(TEXT)

    def test_the_published_script_is_the_source(self) -> None:
        assert TEXT.traditional == TEXT.source
        assert TEXT.simplified != TEXT.source

    @given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
    def test_a_slice_is_the_same_words_in_either_script(self, a: int, b: int) -> None:
        """Over the whole text: characters correspond one to one, so quotes are slices."""
        span = Span(min(a, b), max(a, b))
        simplified, traditional = TEXT.slice(span), TEXT.slice(span, Script.TRADITIONAL)
        assert len(simplified) == len(traditional) == len(span)
        # 瞭 of a 瞭解 that the slice cuts in two stays: alone it is another word (瞭望)
        assert fold(simplified).text == fold(traditional).text.replace("瞭", "了")

    def test_every_character_converts_alone_as_in_context(self) -> None:
        """No phrase rule of the converter moved a character: position by position, the two
        views differ only by a pair that OpenCC knows."""
        alone = {c: convert(c, Script.SIMPLIFIED) for c in set(TEXT.traditional)}
        odd = {
            (t, s) for t, s in zip(TEXT.traditional, TEXT.simplified, strict=True) if alone[t] != s
        }
        assert odd == {("瞭", "了")}  # 瞭解, but 瞭望

    def test_a_simplified_source_gets_the_published_traditional_words(self) -> None:
        """Simplified → traditional, held against the traditional text as published."""
        back = CanonicalText.of(TEXT.simplified)
        assert back.source == back.simplified
        assert back.traditional == TEXT.traditional

    def test_the_script_can_be_stated(self) -> None:
        assert CanonicalText.of("中文", Script.TRADITIONAL).traditional == "中文"


class TestConvert:
    @pytest.mark.parametrize(
        ("traditional", "simplified"),
        [
            pytest.param("沿著正確方向", "沿着正确方向", id="particle-zhe"),
            pytest.param("著名", "著名", id="zhu-stays"),
            pytest.param("幹部幹警", "干部干警", id="gan-work"),
            pytest.param("平臺出臺", "平台出台", id="tai"),
            pytest.param("關於至於", "关于至于", id="yu"),
            pytest.param("範圍規範", "范围规范", id="fan"),
            pytest.param("批准標準", "批准标准", id="zhun"),
            pytest.param("關係系統聯繫", "关系系统联系", id="xi"),
            pytest.param("審核核實", "审核核实", id="he"),
            pytest.param("群眾", "群众", id="qun"),
            pytest.param("以後皇后", "以后皇后", id="hou"),
            pytest.param("重複複雜回覆", "重复复杂回复", id="fu"),
            pytest.param("採取徵求", "采取征求", id="zheng"),
            pytest.param("領導幹部干預司法活動", "领导干部干预司法活动", id="gan-interfere"),
            pytest.param("干擾若干", "干扰若干", id="gan-others"),
        ],
    )
    def test_both_ways(self, traditional: str, simplified: str) -> None:
        assert convert(traditional, Script.SIMPLIFIED) == simplified
        assert convert(simplified, Script.TRADITIONAL) == traditional

    @given(st.text(max_size=60), st.sampled_from(Script))
    def test_length_is_kept_for_any_string(self, text: str, script: Script) -> None:
        assert len(convert(text, script)) == len(text)

    @given(st.text(st.characters(), max_size=40))
    def test_surrogates_and_nul_pass_through(self, text: str) -> None:
        odd = f"黨\ud800{text}\0員"
        assert convert(odd, Script.SIMPLIFIED).startswith("党\ud800")
        assert convert(odd, Script.SIMPLIFIED).endswith("\0员")


class TestFold:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            pytest.param("第３０條", "第30条", id="width-and-script"),
            pytest.param("政 法\n單\u3000位", "政法单位", id="spaces"),
            pytest.param("（一）；：", "(一);:", id="punctuation"),
            pytest.param("㈠⑴", "(一)(1)", id="expands"),
            pytest.param("ARTICLE", "article", id="case"),
            pytest.param("İ", "i̇", id="case-that-grows"),
            pytest.param("", "", id="empty"),
        ],
    )
    def test_text(self, text: str, folded: str) -> None:
        assert fold(text).text == folded

    @given(st.text(max_size=80), st.booleans())
    def test_offsets_lead_back(self, text: str, keep_space: bool) -> None:
        folded = fold(text, keep_space=keep_space)
        assert len(folded.origin) == len(folded.text) + 1
        assert list(folded.origin) == sorted(folded.origin)
        assert folded.origin[-1] == len(text)
        for at in range(len(folded.text)):
            span = folded.span(at, at + 1)
            assert len(span) == 1
            assert folded.text[at] in fold(span.of(text), keep_space=keep_space).text

    @given(st.text(max_size=80))
    def test_folding_twice_changes_nothing(self, text: str) -> None:
        once = fold(text).text
        # Lower case may compose anew under NFKC: a fixed point is reached at the second step.
        assert fold(fold(once).text).text == fold(once).text

    def test_empty_span_stands_where_it_is(self) -> None:
        assert fold("第 三").span(1, 1) == Span(2, 2)


class TestDetectScript:
    @pytest.mark.parametrize(
        ("text", "script"),
        [
            pytest.param("政法单位党组", Script.SIMPLIFIED, id="simplified"),
            pytest.param("政法單位黨組", Script.TRADITIONAL, id="traditional"),
            pytest.param("中文", None, id="both"),
            pytest.param("Article 30", None, id="english"),
            pytest.param("", None, id="empty"),
            pytest.param("黨组", Script.SIMPLIFIED, id="tie-is-simplified"),
        ],
    )
    def test_detect(self, text: str, script: Script | None) -> None:
        assert detect_script(text) is script


class TestSpan:
    @pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)], ids=["negative", "reversed"])
    def test_not_a_span(self, start: int, end: int) -> None:
        with pytest.raises(ValueError, match=f"not a span: {start}..{end}"):
            Span(start, end)

    def test_relations(self) -> None:
        span = Span(2, 5)
        assert span.contains(Span(3, 5))
        assert not span.contains(Span(3, 6))
        assert span.overlaps(Span(4, 9))
        assert not span.overlaps(Span(5, 9))
        assert span.shift(3) == Span(5, 8)
        assert len(span) == 3
