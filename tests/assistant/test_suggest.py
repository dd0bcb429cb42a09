"""What may be asked next, and which level is meant."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Assistant
from assistant.clarify import choices_of_level
from assistant.knowledge import load_knowledge
from assistant.question import Intent, Language
from assistant.reading import read_question
from assistant.suggest import Suggestion, suggestions
from index.actors import Level
from index.rules import Rule

KNOWLEDGE = load_knowledge()


def rows(answer: Answer) -> tuple[Rule, ...]:
    ids = dict.fromkeys(e.rule for e in answer.citations if e.rule)
    return tuple(KNOWLEDGE.rules.get(id) for id in ids)


def every_suggestion(language: Language) -> dict[str, Suggestion]:
    question = read_question("", KNOWLEDGE, language)
    found = (s for rule in KNOWLEDGE.rules for s in suggestions(question, (rule,), KNOWLEDGE))
    return {s.question: s for s in found}


@pytest.mark.parametrize("language", list(Language))
def test_every_suggestion_is_answered(language: Language, assistant: Assistant) -> None:
    silent, astray = [], []
    found = every_suggestion(language)
    for text, suggestion in found.items():
        answer = assistant.ask(text)
        wanted = KNOWLEDGE.rules.get(suggestion.rule).provision.of_article
        if answer.abstained or answer.language is not language:
            silent.append(text)
        elif wanted not in {e.provision.of_article for e in answer.citations}:
            astray.append(f"{text} → {answer.headline}")
    assert not silent
    # Some bodies share a duty in the same words: 谁应当推进综治中心建设 (articles 12 and 17).
    assert len(astray) <= 0.02 * len(found), "\n".join(astray)


@pytest.mark.parametrize("language", list(Language))
def test_from_every_row_the_way_goes_on(language: Language) -> None:
    question = read_question("", KNOWLEDGE, language)
    for rule in KNOWLEDGE.rules:
        found = suggestions(question, (rule,), KNOWLEDGE)
        assert 1 <= len(found) <= 3, rule.id
        assert len({s.question for s in found}) == len(found)


@pytest.mark.parametrize(
    ("row", "onward"),
    [
        pytest.param("r39.1", "r39.4", id="next-step"),
        pytest.param("r33.2", "r33.3", id="next-limit"),
        pytest.param("r43.1", "r43.6", id="next-in-time"),
        pytest.param("r30.2", "r30.4", id="same-article"),
        pytest.param("r18.2", "r18.2", id="its-recipient"),
        pytest.param("r35.1", "r24.7", id="same-actor"),
    ],
)
def test_ways(row: str, onward: str) -> None:
    question = read_question("", KNOWLEDGE, Language.HANS)
    found = suggestions(question, (KNOWLEDGE.rules.get(row),), KNOWLEDGE)
    assert onward in {s.rule for s in found}


def test_known_rows_are_left_out() -> None:
    question = read_question("", KNOWLEDGE, Language.HANS)
    rule = KNOWLEDGE.rules.get("r33.2")
    found = suggestions(question, (rule,), KNOWLEDGE, known={"r33.3"})
    assert "r33.3" not in {s.rule for s in found}


class TestLevel:
    def ask(self, assistant: Assistant, text: str) -> tuple[tuple[Level, str], ...]:
        answer = assistant.ask(text)
        choices = choices_of_level(answer.understood, rows(answer), KNOWLEDGE)
        return tuple((c.level, c.question) for c in choices)

    @pytest.mark.parametrize(
        "text",
        [
            "党委政法委多久研判一次社会稳定形势？",
            "多久分析研判一次社会稳定形势？",
            "政法委多久研判一次社會穩定形勢？",
            "How often must social stability be assessed?",
        ],
    )
    def test_is_asked_where_it_decides(self, text: str, assistant: Assistant) -> None:
        choices = self.ask(assistant, text)
        assert [level for level, _ in choices] == [Level.REGION, Level.LEAGUE, Level.BANNER]
        for level, question in choices:
            answer = assistant.ask(question)
            assert answer.understood.levels == {level}
            assert answer.understood.intent is Intent.FREQUENCY
            article = {Level.REGION: 15, Level.LEAGUE: 16, Level.BANNER: 17}[level]
            assert answer.citations[0].provision.article == article

    @pytest.mark.parametrize(
        "text",
        [
            "旗县党委政法委多久研判一次社会稳定形势？",
            "准格尔旗多久研判一次社会稳定形势？",
            "全体会议多久开一次？",
            "重大紧急事件多久上报？",
            "谁负责分析研判社会稳定形势？",
            "第十六条",
            "你好",
            "河北省多久研判一次社会稳定形势？",
        ],
    )
    def test_is_not_asked_elsewhere(self, text: str, assistant: Assistant) -> None:
        assert self.ask(assistant, text) == ()
