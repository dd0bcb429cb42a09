"""What holds of every answer: over all bundled questions and questions made from every row."""

from __future__ import annotations

import functools
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, Assistant, load_assistant
from assistant.findings import Verdict
from assistant.knowledge import Knowledge, load_knowledge
from assistant.lookup import lookup
from assistant.question import Language
from assistant.rank import Ranker
from assistant.wording import in_script, say
from eval.cases import BUNDLED, load_cases
from eval.cases import Question as Case
from index.citation import parse_citation
from index.regulation import ProvisionId
from index.rules import Rule
from index.text import Script, convert
from index.timelimit import LimitKind

KEYS = {
    "id", "question", "headline", "answer", "abstained", "reason", "citations", "retrieved",
    "findings", "language", "generator", "notices", "elapsed_ms",
}  # fmt: skip
PROVISION = {"regulation", "article", "suffix", "paragraph", "item", "id", "label"}
FINDING = {"start", "end", "text", "kind", "verdict", "expected", "provision", "rule",
           "explanation"}  # fmt: skip
KINDS = {"citation", "quote", "time_limit", "actor", "recipient", "modality", "action",
         "effective"}  # fmt: skip
REASONS = {"not_in_regulation", "off_topic", "no_such_provision", "refused"}

CASES = [case for case in load_cases(BUNDLED[0]) if isinstance(case, Case)]
ROWS = list(load_knowledge().rules)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as one asks it; ``lang`` is the language that its answer must have."""

    id: str
    text: str
    history: tuple[str, ...] = ()
    lang: str | None = None


# -- questions ----------------------------------------------------------------------------

_LANGUAGES = {"hans": "zh-Hans", "hant": "zh-Hant", "en": "en", "colloquial": "zh-Hans"}


def _bundled() -> Iterator[Asked]:
    for case in CASES:
        yield Asked(case.id, case.question, case.history, _LANGUAGES.get(case.script or ""))


def _statement(rule: Rule) -> str:
    return rule.statement.rstrip("。")


def _made(rule: Rule) -> Iterator[Asked]:
    """Questions that a person could make of a row, by hand-written templates."""
    matter = f"{rule.action}{rule.object or ''}"
    yield Asked(f"{rule.id}-who", f"由谁{matter}？", lang="zh-Hans")
    often = rule.time is not None and rule.time.kind is LimitKind.FREQUENCY
    yield Asked(f"{rule.id}-when", f"多久{matter}{'一次' if often else ''}？", lang="zh-Hans")
    if rule.recipients:
        yield Asked(f"{rule.id}-to", f"向谁{matter}？", lang="zh-Hans")
    yield from _true(rule)


def _true(rule: Rule) -> Iterator[Asked]:
    """The row's own statement, asked for confirmation."""
    asked = f"请问{_statement(rule)}，对吗？"
    yield Asked(f"{rule.id}-true", asked, lang="zh-Hans")
    yield Asked(f"{rule.id}-hant", convert(asked, Script.TRADITIONAL), lang="zh-Hant")
    yield Asked(f"{rule.id}-en", f"{rule.statement_en} Is that right?", lang="en")


def _params(asked: Iterator[Asked]) -> list:
    return [pytest.param(a, id=a.id) for a in asked]


BUNDLED_QUESTIONS = _params(_bundled())
MADE_QUESTIONS = _params(a for rule in ROWS for a in _made(rule))
TRUE_QUESTIONS = _params(a for rule in ROWS for a in _true(rule))


Ask = Callable[[Asked], Answer]


@pytest.fixture(scope="module")
def ask(assistant: Assistant) -> Ask:
    """Asks each question once in this module."""
    return functools.cache(lambda asked: assistant.ask(asked.text, asked.history))


# -- invariants ---------------------------------------------------------------------------


@functools.cache
def article_text(number: int, suffix: int | None, lang: str) -> str:
    """An article's text as ``lookup`` shows it, in the script of an answer in ``lang``."""
    label = f"第{number}{'條' if lang == 'zh-Hant' else '条'}" + (f"之{suffix}" if suffix else "")
    (found,) = lookup(label, load_knowledge().regulation).provisions
    return found.text


def violations(answer: Answer, lang: str | None = None) -> list[str]:
    """What the contract is broken in; empty when all is well."""
    regulation = load_knowledge().regulation
    out: list[str] = []
    shown = answer.to_json("id")
    # Standard output is UTF-8: what cannot be encoded is escaped there, never a crash.
    assert json.loads(json.dumps(shown, ensure_ascii=False)) == shown
    if missing := KEYS - set(shown):
        out.append(f"keys missing: {missing}")
    if not shown["headline"].strip() or not shown["answer"].strip():
        out.append("empty answer")
    if shown["language"] not in ("zh-Hans", "zh-Hant", "en"):
        out.append(f"language {shown['language']}")
    if lang is not None and shown["language"] != lang:
        out.append(f"language {shown['language']}, asked in {lang}")
    if (shown["reason"] in REASONS) != shown["abstained"] or (
        not shown["abstained"] and shown["reason"] is not None
    ):
        out.append(f"abstained {shown['abstained']} for {shown['reason']}")
    if shown["abstained"] and shown["citations"]:
        out.append("abstained with citations")
    for cited in (*shown["citations"], *shown["retrieved"]):
        if not set(cited) >= PROVISION:
            out.append(f"provision keys missing: {PROVISION - set(cited)}")
        name = ProvisionId.parse(cited["id"])
        named = (cited["article"], cited["suffix"], cited["paragraph"], cited["item"])
        if (name.article, name.suffix, name.paragraph, name.item) != named:
            out.append(f"{cited['id']} is not {named}")
        regulation.find(name)  # raises when it does not exist
        (parsed,) = parse_citation(cited["label"], regulation=regulation).provisions
        if regulation.canonical(parsed) != regulation.canonical(name):
            out.append(f"{cited['label']} does not name {name}")
    for cited in shown["citations"]:
        quote, span = cited["quote"], slice(cited["start"], cited["end"])
        if (
            not quote
            or article_text(cited["article"], cited["suffix"], shown["language"])[span] != quote
        ):
            out.append(f"{cited['label']}: quote is not a slice")
        if any(line.replace("*", r"\*") not in shown["answer"] for line in quote.split("\n")):
            out.append(f"{cited['label']}: quote is not shown")
    scores = [r["score"] for r in shown["retrieved"]]
    if len(scores) > 10 or scores != sorted(scores, reverse=True):
        out.append("retrieved is too long or out of order")
    if len({r["id"] for r in shown["retrieved"]}) != len(scores):
        out.append("retrieved twice")
    for finding in shown["findings"]:
        if not set(finding) >= FINDING or finding["kind"] not in KINDS:
            out.append(f"finding {finding}")
        if shown["answer"][finding["start"] : finding["end"]] != finding["text"]:
            out.append("a finding's text is not its span")
        if finding["verdict"] == Verdict.CONTRADICTED:
            out.append(f"contradicted: {finding['text']!r} for {finding['expected']!r}")
    if answer.withheld:
        out.append("withheld: our checker contradicts our wording")
    return out


@pytest.mark.parametrize("asked", BUNDLED_QUESTIONS)
def test_bundled_questions(asked: Asked, ask: Ask) -> None:
    assert violations(ask(asked), asked.lang) == []


@pytest.mark.parametrize("asked", MADE_QUESTIONS)
def test_questions_made_from_rows(asked: Asked, ask: Ask) -> None:
    assert violations(ask(asked), asked.lang) == []


NO = {say(f"no.{manner}", en).strip() for manner in ("plain", "may", "must", "comply")
      for en in (True, False)}  # fmt: skip


@pytest.mark.parametrize("asked", TRUE_QUESTIONS)
def test_a_true_statement_is_not_denied(asked: Asked, ask: Ask) -> None:
    answer = ask(asked)
    headline = convert(answer.headline, Script.SIMPLIFIED)
    assert not answer.abstained, headline
    assert not [no for no in NO if headline.startswith(no)], headline


# -- forms of one question ----------------------------------------------------------------

_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def _provisions(answer: Answer) -> tuple[str | None, list[str]]:
    return answer.reason, [str(evidence.provision) for evidence in answer.citations]


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(lambda text: convert(text, Script.SIMPLIFIED), id="simplified"),
        pytest.param(lambda text: convert(text, Script.TRADITIONAL), id="traditional"),
        pytest.param(lambda text: text.translate(_WIDE), id="full-width"),
        pytest.param(lambda text: f"  {text}\n", id="blanks"),
    ],
)
@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_a_form_changes_no_provision(case: Case, form: Callable[[str], str], ask: Ask) -> None:
    asked = Asked(case.id, case.question, case.history)
    other = replace(asked, text=form(case.question), history=tuple(map(form, case.history)))
    assert _provisions(ask(other)) == _provisions(ask(asked))


# -- yes and no ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        pytest.param("旗县政法委每月研判一次社会稳定形势，对吗？", "是的。", id="right"),
        pytest.param("旗县政法委每年研判一次社会稳定形势，对吗？", "不是。", id="wrong"),
        pytest.param("请示提前10天可以吗？", "符合规定。", id="longer-than-asked"),
        pytest.param("请示提前5天可以吗？", "不符合规定。", id="too-short"),
        pytest.param("请示提前5天算违规吗？", "超出了规定。", id="breach"),
        pytest.param("请示提前10天算违规吗？", "没有超出规定。", id="no-breach"),
        pytest.param("Does the banner commission assess social stability every month?", "Yes.",
                     id="english-right"),
        pytest.param("Does the banner commission assess social stability every year?", "No.",
                     id="english-wrong"),
    ],
)  # fmt: skip
def test_the_headline_opens_with_yes_or_no(assistant: Assistant, text: str, opening: str) -> None:
    assert assistant.ask(text).headline.startswith(opening)


# -- what else is promised ----------------------------------------------------------------


def test_the_language_asked_for(assistant: Assistant) -> None:
    text = "旗县政法委多久研判一次社会稳定形势？"
    answers = {lang: assistant.ask(text, lang=lang) for lang in Language}
    for lang, answer in answers.items():
        assert violations(answer, lang) == []
    assert len({answer.headline for answer in answers.values()}) == 3
    assert len({tuple(_provisions(answer)[1]) for answer in answers.values()}) == 1


def test_traditional_answers_hold_no_simplified_wording(ask: Ask) -> None:
    for case in CASES:
        if case.script == "hant":
            answer = ask(Asked(case.id, case.question, case.history, "zh-Hant"))
            assert convert(answer.headline, Script.TRADITIONAL) == answer.headline


def test_same_question_same_answer(assistant: Assistant) -> None:
    first, second = (assistant.ask("出了事多久要报？") for _ in range(2))
    assert replace(first, elapsed_ms=0) == replace(second, elapsed_ms=0)


def test_understanding_is_kept(assistant: Assistant) -> None:
    answer = assistant.ask("那旗县呢？", ["盟市政法委多久研判一次社会稳定形势？"])
    assert answer.question == "那旗县呢？"
    assert answer.understood.text == "那旗县呢？"
    assert answer.citations[0].provision.article == 17


def test_small_talk_searches_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("你好")
    assert (answer.citations, answer.retrieved, answer.findings) == ((), (), ())
    assert not answer.abstained


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=2))
@settings(deadline=None, max_examples=40)
def test_any_text(text: str, history: list[str]) -> None:
    assert violations(_LEXICAL.ask(text, history)) == []


@pytest.mark.parametrize(
    "text", ["", "\0", "\ud800", "多久" * 5_000, "第三十条" * 2_000, "（" * 9_000, "*_`<b>|\\" * 9]
)
def test_odd_texts(text: str, assistant: Assistant) -> None:
    assert violations(assistant.ask(text)) == []


_LEXICAL = Assistant(load_knowledge(), Ranker(load_knowledge()))


# -- without the model --------------------------------------------------------------------


def test_without_the_model_every_answer_says_so(lexical_assistant: Assistant) -> None:
    for lang in Language:
        answer = lexical_assistant.ask("旗县政法委多久研判一次社会稳定形势？", lang=lang)
        assert answer.notices == (in_script(say("notice.lexical", lang is Language.EN), lang),)
        assert answer.citations[0].provision.article == 17


def test_with_the_model_nothing_is_said(assistant: Assistant) -> None:
    assert assistant.ask("旗县政法委多久研判一次社会稳定形势？").notices == ()


def _stale(folder: Path) -> None:
    manifest = next(folder.glob("gen-*/manifest.json"))
    said = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**said, "rules_sha256": "other"}), "utf-8")


def _damaged(folder: Path) -> None:
    next(folder.glob("gen-*/rules.faiss")).write_bytes(b"")


@pytest.mark.parametrize(
    ("model", "harm", "told"),
    [
        pytest.param("bundled", shutil.rmtree, "run: python -m index build", id="missing"),
        pytest.param("bundled", _stale, "run: python -m index build", id="stale"),
        pytest.param("bundled", _damaged, "run: python -m index build --force", id="damaged"),
        pytest.param("/no/such/model", None, "run: make setup", id="no-model"),
    ],
)
def test_trouble_is_told_and_answers_go_on(
    knowledge: Knowledge,
    index_dir: Path,
    tmp_path: Path,
    model: str,
    harm: Callable[[Path], None] | None,
    told: str,
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(index_dir / knowledge.regulation.id, folder)
    if harm is not None:
        harm(folder)
    assistant = Assistant(knowledge, Ranker(knowledge))
    error = assistant.warm_up(folder, model, light=True)
    assert ("/no/such/model" if harm is None else str(folder)) in str(error)
    assert not assistant.ranker.has_vectors
    assert assistant.trouble is not None
    assert assistant.trouble.endswith(told)
    for lang in Language:
        answer = assistant.ask("旗县政法委多久研判一次社会稳定形势？", lang=lang)
        assert answer.citations
        assert len(answer.notices) == 2
        assert told.removeprefix("run: ") in answer.notices[1]
        assert (answer.notices[1] == assistant.trouble) == (lang is Language.EN)
        # The page shows notices to anyone: where things lie on this machine is for the log.
        assert not re.search(r"(?<!\w)/\w", " ".join(answer.notices))


def test_trouble_is_over_once_the_index_is_there(knowledge: Knowledge, index_dir: Path) -> None:
    assistant = Assistant(knowledge, Ranker(knowledge))
    assert assistant.trouble is None
    assistant.warm_up(index_dir / "nowhere", "bundled", light=True)
    assert assistant.trouble is not None
    assistant.warm_up(index_dir / knowledge.regulation.id, "bundled", light=True)
    assert assistant.trouble is None
    assert assistant.ask("谁召集全体会议？").notices == ()


@pytest.mark.parametrize("lang", list(Language))
def test_wording_that_the_check_contradicts_is_withheld(
    knowledge: Knowledge, lang: Language
) -> None:
    """A row whose sentence is not what its provision says, as a slip in the table would be."""
    rows = tuple(
        replace(
            rule,
            statement="旗县（市、区）党委政法委员会每年至少分析研判1次本辖区社会稳定形势。",
            statement_en="A banner commission assesses social stability at least once a year.",
        )
        if rule.id == "r17.2"
        else rule
        for rule in knowledge.rules
    )
    wrong = replace(knowledge, rules=replace(knowledge.rules, rows=rows))
    assistant = Assistant(wrong, Ranker(wrong))
    answer = assistant.ask("旗县政法委多久研判一次社会稳定形势？", lang=lang)
    assert answer.withheld
    assert not answer.abstained
    assert {e.provision.article for e in answer.citations} == {17}
    assert answer.notices == tuple(
        in_script(say(key, lang is Language.EN), lang)
        for key in ("notice.withheld", "notice.lexical")
    )
    assert answer.quote(answer.citations[0]) in answer.body
    assert convert("每年", lang.script) not in answer.body
    assert "year" not in answer.body
    assert violations(answer) == ["withheld: our checker contradicts our wording"]


def test_load_assistant(index_dir: Path, knowledge: Knowledge) -> None:
    folder = index_dir / knowledge.regulation.id
    assert load_assistant(index_folder=folder, light=True).ranker.has_vectors
    assert not load_assistant(index_folder=folder, warm=False).ranker.has_vectors
