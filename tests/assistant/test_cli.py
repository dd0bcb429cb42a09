"""``python -m assistant``: ask · lookup · check · due, as other programs call them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.__main__ import LANGUAGES, main

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("ask", "calendar", "check", "due", "lookup")
ASK = {"id", "question", "headline", "answer", "abstained", "reason", "citations", "retrieved",
       "findings", "language", "generator", "notices", "elapsed_ms"}  # fmt: skip
LOOKUP = {"id", "found", "provisions", "message"}
CHECK = {"id", "verdict", "findings", "elapsed_ms"}
DUE = {"rule", "provision", "from", "due", "calendar", "counted", "assumptions"}

SUPPORTED = "旗县（市、区）党委政法委员会每月至少分析研判1次本辖区社会稳定形势。"
CONTRADICTED = "旗县（市、区）党委政法委员会每年至少分析研判1次本辖区社会稳定形势。"

Run = Callable[..., Result]


@pytest.fixture
def run(index_dir: Path) -> Run:
    """Run a command in this process, on the session's index."""

    def call(*words: str, stdin: str | bytes = "", **environment: str) -> Result:
        env = {"TIAOWEN_INDEX_DIR": str(index_dir), **environment}
        result = CliRunner().invoke(
            main, list(words), input=stdin, env=env, prog_name="python -m assistant"
        )
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        assert "Traceback" not in result.output
        return result

    return call


def lines(*rows: object) -> str:
    return "".join(
        (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n"
        for row in rows
    )


def batch(result: Result) -> list[dict[str, Any]]:
    """Each line of standard output is one JSON object; nothing else is there."""
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


def one(result: Result) -> dict[str, Any]:
    assert result.stderr == ""
    (line,) = result.stdout.splitlines()
    found = json.loads(line)
    assert isinstance(found, dict)
    return found


# -- ask ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "status", "reason"),
    [
        pytest.param("旗县政法委多久研判一次社会稳定形势？", 0, None, id="answered"),
        pytest.param("第一百条说的什么", 1, "no_such_provision", id="no-such-provision"),
        pytest.param("政法委书记的电话是多少？", 1, "not_in_regulation", id="not-regulated"),
        pytest.param("编造一条规定", 1, "refused", id="refused"),
        pytest.param("你好", 0, None, id="small-talk"),
    ],
)
def test_ask(run: Run, question: str, status: int, reason: str | None) -> None:
    result = run("ask", question, "--json")
    shown = one(result)
    assert result.exit_code == status
    assert set(shown) >= ASK
    assert (shown["id"], shown["question"], shown["reason"]) == (None, question, reason)
    plain = run("ask", question)
    assert (plain.exit_code, plain.stdout.strip()) == (status, shown["answer"].strip())


@pytest.mark.parametrize(
    ("lang", "language"),
    [("auto", "zh-Hant"), *((lang, lang) for lang in LANGUAGES if lang != "auto")],
)
def test_ask_in_a_language(run: Run, lang: str, language: str) -> None:
    found = one(run("ask", "旗縣政法委多久研判一次？", "--lang", lang, "--json"))
    assert found["language"] == language


def test_ask_in_a_batch(run: Run) -> None:
    asked = lines(
        {"id": "a", "question": "第三十条第一款"},
        "",
        {"id": 7, "question": "那旗县呢？", "history": ["盟市多久研判一次社会稳定形势？"]},
        {"question": "How often does a banner commission assess social stability?"},
        {"id": "d", "question": "旗县多久研判一次？", "lang": "en"},
        {"id": "e", "question": "旗县多久研判一次？", "history": None},
    )
    answers = batch(run("ask", "--jsonl", stdin=asked))
    assert [a["id"] for a in answers] == ["a", 7, None, "d", "e"]
    assert all(set(a) >= ASK for a in answers)
    assert [a["language"] for a in answers] == ["zh-Hans", "zh-Hans", "en", "en", "zh-Hans"]
    assert answers[0]["citations"][0]["article"] == 30
    assert answers[1]["citations"][0]["article"] == 17


def test_history_decides(run: Run) -> None:
    pair = [
        {"id": n, "question": "依据是哪一条？", "history": [h]}
        for n, h in enumerate(["重大事项请示要提前多久？", "全体会议由谁召集？"])
    ]
    first, second = batch(run("ask", "--jsonl", stdin=lines(*pair)))
    assert first["citations"][0]["article"] != second["citations"][0]["article"]


BAD_LINES = [
    pytest.param("not json", None, "not JSON", id="not-json"),
    pytest.param("[1]", None, "not a JSON object", id="a-list"),
    pytest.param("7", None, "not a JSON object", id="a-number"),
    pytest.param('{"id": "x"', None, "not JSON", id="cut-off"),
    pytest.param({"id": "x"}, "x", "is missing", id="missing"),
    pytest.param({"id": "x", "KEY": None}, "x", "is missing", id="null"),
    pytest.param({"id": "x", "KEY": 5}, "x", "is not a string", id="a-number-for-a-text"),
    pytest.param("[" * 100_000, None, "", id="deep"),
    pytest.param("NaN", None, "not a JSON object", id="nan"),
]


@pytest.mark.parametrize(("command", "key", "value"), [
    ("ask", "question", "旗县多久研判一次？"),
    ("lookup", "citation", "30.1"),
    ("check", "text", SUPPORTED),
])  # fmt: skip
@pytest.mark.parametrize(("bad", "id_", "told"), BAD_LINES)
def test_a_bad_line_does_not_end_the_batch(
    run: Run, command: str, key: str, value: str, bad: object, id_: str | None, told: str
) -> None:
    if isinstance(bad, dict):
        bad = {key if k == "KEY" else k: v for k, v in bad.items()}
    good = {"id": "good", key: value}
    before, error, after = batch(run(command, "--jsonl", stdin=lines(good, bad, good)))
    assert set(error) == {"id", "error"}
    assert error["id"] == id_
    assert told in error["error"]
    before.pop("elapsed_ms", None)
    after.pop("elapsed_ms", None)
    assert before == after
    assert before["id"] == "good"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        pytest.param({"history": "x"}, '"history" is not a list', id="history-a-text"),
        pytest.param({"history": [1]}, '"history" is not a list', id="history-of-numbers"),
        pytest.param({"lang": "fr"}, "\"lang\" is 'fr'", id="unknown-language"),
        pytest.param({"lang": ["en"]}, "\"lang\" is ['en']", id="language-a-list"),
        pytest.param({"question": ""}, "is empty", id="empty"),
        pytest.param({"question": " \n"}, "is empty", id="blank"),
    ],
)
def test_a_bad_field_of_a_question(run: Run, more: dict[str, Any], told: str) -> None:
    row = {"id": "x", "question": "旗县多久研判一次？", **more}
    (error,) = batch(run("ask", "--jsonl", stdin=lines(row)))
    assert error["id"] == "x"
    assert told in error["error"]


@pytest.mark.parametrize("command", ["ask", "lookup", "check"])
def test_broken_utf8_stays_in_its_line(run: Run, command: str) -> None:
    key = {"ask": "question", "lookup": "citation", "check": "text"}[command]
    good = lines({"id": "g", key: "第三十条"}).encode()
    broken = b'{"id": "b", "%s": "\xff\xfe\xe6\x9d"}\n' % key.encode()
    surrogate = lines({"id": "s", key: "《X》第三十条多久"}).replace("X", r"\udc80").encode()
    found = batch(run(command, "--jsonl", stdin=good + broken + surrogate + good))
    assert [f["id"] for f in found] == ["g", "b", "s", "g"]


def test_nothing_on_standard_input(run: Run) -> None:
    for command in ("ask", "lookup", "check"):
        assert batch(run(command, "--jsonl", stdin="")) == []
        assert batch(run(command, "--jsonl", stdin="\n \n")) == []


def test_without_an_index_answers_go_on_with_a_notice(run: Run, tmp_path: Path) -> None:
    result = run("ask", "旗县政法委多久研判一次社会稳定形势？", "--json",
                 TIAOWEN_INDEX_DIR=str(tmp_path))  # fmt: skip
    assert result.exit_code == 0
    assert any("python -m index build" in notice for notice in one(result)["notices"])


# -- lookup -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("citation", "articles"),
    [
        ("30.1", [30]),
        ("25(6)", [25]),
        ("第二十五条至第二十八条", [25, 26, 27, 28]),
        ("Article 30(1)", [30]),
    ],
)
def test_lookup(run: Run, citation: str, articles: list[int]) -> None:
    result = run("lookup", citation, "--json")
    shown = one(result)
    assert result.exit_code == 0
    assert set(shown) >= LOOKUP
    assert shown["found"]
    assert [p["article"] for p in shown["provisions"]] == articles
    plain = run("lookup", citation)
    assert plain.exit_code == 0
    assert all(p["text"] in plain.stdout for p in shown["provisions"])


@pytest.mark.parametrize("citation", ["第四十八条", "30.9", "随便", "", "\0", "9" * 500])
def test_lookup_finds_nothing(run: Run, citation: str) -> None:
    result = run("lookup", citation, "--json")
    shown = one(result)
    assert result.exit_code == 1
    assert (shown["found"], shown["provisions"]) == (False, [])
    assert shown["message"]
    plain = run("lookup", citation)
    assert (plain.exit_code, plain.stdout) == (1, "")
    assert len(plain.stderr.splitlines()) == 1


def test_lookup_in_a_batch(run: Run) -> None:
    asked = lines({"id": 1, "citation": "30.1"}, {"id": 2, "citation": "99"}, {"citation": "47"})
    found = batch(run("lookup", "--jsonl", stdin=asked))
    assert [(f["id"], f["found"]) for f in found] == [(1, True), (2, False), (None, True)]


# -- check --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status", "verdict"),
    [
        pytest.param(SUPPORTED, 0, "supported", id="supported"),
        pytest.param(CONTRADICTED, 1, "contradicted", id="contradicted"),
        pytest.param("今天开会。", 0, "no_claim", id="no-claim"),
        pytest.param("", 0, "no_claim", id="empty"),
    ],
)
def test_check(run: Run, tmp_path: Path, text: str, status: int, verdict: str) -> None:
    file = tmp_path / "memo.md"
    file.write_text(text, "utf-8")
    result = run("check", str(file), "--json")
    shown = one(result)
    assert result.exit_code == status
    assert set(shown) >= CHECK
    assert shown["verdict"] == verdict
    for finding in shown["findings"]:
        assert text[finding["start"] : finding["end"]] == finding["text"]
    piped = one(run("check", "-", "--json", stdin=text))
    assert {**piped, "elapsed_ms": 0} == {**shown, "elapsed_ms": 0}
    plain = run("check", str(file))
    assert (plain.exit_code, plain.stdout.splitlines()[0]) == (status, verdict)


def test_check_names_the_line(run: Run) -> None:
    result = run("check", "-", stdin=f"标题\n\n{CONTRADICTED}\n")
    assert result.exit_code == 1
    assert any(line.startswith("3: contradicted: ") for line in result.stdout.splitlines())


def test_check_in_a_batch(run: Run) -> None:
    asked = lines({"id": 1, "text": CONTRADICTED}, {"id": 2, "text": SUPPORTED})
    found = batch(run("check", "--jsonl", stdin=asked))
    assert [(f["id"], f["verdict"]) for f in found] == [(1, "contradicted"), (2, "supported")]
    assert all(set(f) >= CHECK for f in found)


def memo(folder: Path, *texts: str) -> Path:
    """A Word document with these paragraphs."""
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    document.save(str(folder / "memo.docx"))
    return folder / "memo.docx"


def test_check_a_word_document(run: Run, tmp_path: Path) -> None:
    file = memo(tmp_path, "标题", CONTRADICTED)
    result = run("check", str(file))
    assert result.exit_code == 1
    assert any(line.startswith("2: contradicted: ") for line in result.stdout.splitlines())
    piped = run("check", "-", "--json", stdin=file.read_bytes())
    assert one(piped)["verdict"] == "contradicted"
    assert [f.name for f in tmp_path.iterdir()] == ["memo.docx"]


@pytest.mark.parametrize(
    ("texts", "status", "told"),
    [
        pytest.param(["标题", CONTRADICTED], 1, "a copy with 1 comment", id="one"),
        pytest.param([CONTRADICTED, SUPPORTED, CONTRADICTED], 1, "2 comments", id="two"),
        pytest.param([SUPPORTED], 0, "a copy with 0 comments", id="none"),
        pytest.param([], 0, "a copy with 0 comments", id="empty"),
    ],
)
def test_check_marks_a_copy(
    run: Run, tmp_path: Path, texts: list[str], status: int, told: str
) -> None:
    file, copy = memo(tmp_path, *texts), tmp_path / "marked.docx"
    before = file.read_bytes()
    plain = run("check", str(file))
    result = run("check", str(file), "--out", str(copy))
    assert (result.exit_code, result.stderr) == (status, "")
    *lines_, last = result.stdout.splitlines()
    assert lines_ == plain.stdout.splitlines()
    assert last.startswith(f"{copy}: ")
    assert last.endswith(told)
    assert file.read_bytes() == before
    marked = docx.Document(str(copy))
    assert [q.text for q in marked.paragraphs] == texts
    assert len(list(marked.comments)) == texts.count(CONTRADICTED)
    shown = one(run("check", str(file), "--json", "--out", str(copy)))
    assert {**shown, "elapsed_ms": 0} == {**one(run("check", str(file), "--json")), "elapsed_ms": 0}


def test_check_tells_a_copy_with_an_odd_name(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "m\udcff.docx"
    result = run("check", str(memo(tmp_path, SUPPORTED)), "--out", str(copy))
    assert result.exit_code == 0
    assert copy.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(
            ["memo.docx", "--out", "memo.docx"], "memo.docx: is the document", id="itself"
        ),
        pytest.param(["memo.docx", "--out", "memo.txt"], "does not end in .docx", id="suffix"),
        pytest.param(
            ["memo.docx", "--out", "no/m.docx"], "folder that does not exist", id="folder"
        ),
        pytest.param(["memo.md", "--out", "m.docx"], "memo.md: is not a Word document", id="text"),
        pytest.param(["-", "--out", "m.docx"], "standard input: has no copy", id="standard-input"),
        pytest.param(["--jsonl", "--out", "m.docx"], "leave it out with --jsonl", id="batch"),
        pytest.param(["none.docx", "--out", "m.docx"], "none.docx: cannot be read", id="missing"),
        pytest.param(["bad.docx", "--out", "m.docx"], "bad.docx: is not a Word", id="no-zip"),
        pytest.param(["bad.docx"], "bad.docx: is not a Word document", id="no-zip-read"),
    ],
)
def test_check_refuses_to_mark(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    memo(tmp_path, CONTRADICTED)
    (tmp_path / "memo.md").write_text(CONTRADICTED, "utf-8")
    (tmp_path / "bad.docx").write_text("bad")
    before = {f.name: f.read_bytes() for f in tmp_path.iterdir()}
    monkeypatch.chdir(tmp_path)
    result = run("check", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert told in line
    assert {f.name: f.read_bytes() for f in tmp_path.iterdir()} == before


# -- due ----------------------------------------------------------------------------------


def test_due(run: Run) -> None:
    result = run("due", "r30.3", "--from", "2026-03-05T15:00", "--json")
    shown = one(result)
    assert result.exit_code == 0
    assert set(shown) >= DUE
    plain = run("due", "r30.3", "--from", "2026-03-05T15:00")
    assert (plain.exit_code, plain.stderr) == (0, "")
    assert plain.stdout.strip()


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        pytest.param("r99.1", 'no row "r99.1"', id="row"),
        pytest.param("r17.99", "the last of its provision is r17.11", id="row-of-an-article"),
        pytest.param("48", "第四十八条不存在; 本办法共47条", id="article"),
    ],
)
def test_due_of_what_does_not_exist(run: Run, rule: str, told: str) -> None:
    result = run("due", rule, "--from", "2026-03-05", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert told in line


# -- misuse -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(
            [], "no command is given; give one of ask, calendar, check, due, lookup", id="none"
        ),
        pytest.param(["aks"], "No such command 'aks'", id="unknown-command"),
        pytest.param(["ask"], "give a question or --jsonl", id="ask-nothing"),
        pytest.param(["ask", ""], "the question is empty", id="ask-empty"),
        pytest.param(["ask", " 　"], "the question is empty", id="ask-blank"),
        pytest.param(["ask", "问", "--jsonl"], "give a question or --jsonl", id="ask-both"),
        pytest.param(["ask", "问", "题"], "unexpected extra argument", id="ask-two"),
        pytest.param(["ask", "问", "--lang", "fr"], "'fr' is not one of", id="unknown-language"),
        pytest.param(["ask", "问", "--lang"], "requires an argument", id="no-language"),
        pytest.param(["ask", "--nosuch"], "No such option '--nosuch'", id="unknown-option"),
        pytest.param(["lookup"], "give a citation or --jsonl", id="lookup-nothing"),
        pytest.param(["lookup", "30", "--jsonl"], "give a citation or", id="lookup-both"),
        pytest.param(["check"], "give a file, - or --jsonl", id="check-nothing"),
        pytest.param(["check", "/no/such/file"], "/no/such/file: cannot be read", id="no-file"),
        pytest.param(["check", "/"], "/: is a folder; give a file", id="a-folder"),
        pytest.param(["due"], "Missing argument 'RULE'", id="due-nothing"),
        pytest.param(["due", "r30.3"], "Missing option '--from'", id="due-no-start"),
        pytest.param(["due", "r30.3", "--from", "gestern"], "gestern", id="due-no-moment"),
        pytest.param(["due", "r1.1", "--from", "2026-03-05"], "r1.1", id="due-no-limit"),
    ],
)
def test_one_line_and_status_2(run: Run, words: list[str], told: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert told in line


@pytest.mark.parametrize(
    "stdin", [b"\xff\xfe", "条文".encode("gb18030")], ids=["bytes", "another-encoding"]
)
def test_text_that_is_not_utf8(run: Run, stdin: bytes) -> None:
    result = run("check", "-", stdin=stdin)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("standard input: is not UTF-8 text")


@pytest.mark.parametrize(
    ("name", "value"), [("TIAOWEN_PORT", "many"), ("TIAOWEN_REGULATION", "No such")]
)
def test_a_wrong_setting(run: Run, name: str, value: str) -> None:
    result = run("ask", "旗县多久研判一次？", **{name: value})
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert name in line


@pytest.mark.parametrize("words", [["--help"], *([command, "--help"] for command in COMMANDS)])
def test_help(run: Run, words: list[str]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(" ".join(["Usage: python -m assistant", *words[:-1]]))


@given(st.lists(st.sampled_from([*COMMANDS, "--json", "--jsonl", "--lang", "en", "--from", "-",
                                 "30.1", "r30.3", "2026-03-05", "", "--", "-x", "\udc80"]),
                max_size=5))  # fmt: skip
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_words(run: Run, words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code in (0, 1, 2)
    if result.exit_code == 2:
        assert len(result.stderr.splitlines()) == 1


# -- real processes -----------------------------------------------------------------------


def process(*words: str | bytes, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *words],
        cwd=ROOT, input=stdin, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    return done


def test_processes() -> None:
    found = process("lookup", "30.1", "--json")
    assert (found.returncode, found.stderr) == (0, b"")
    assert json.loads(found.stdout)["found"]
    assert process("lookup", "99").returncode == 1
    wrong = process("aks")
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert len(wrong.stderr.splitlines()) == 1


def test_arguments_that_are_not_utf8() -> None:
    for command, word in (("lookup", b"\xff"), ("check", b"/\xff")):
        done = process(command, word)
        assert done.returncode in (1, 2)
        assert len(done.stderr.splitlines()) == 1


def test_each_line_is_answered_before_the_next_is_read() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "lookup", "--jsonl"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
    ) as talk:  # fmt: skip
        assert talk.stdin is not None
        assert talk.stdout is not None
        for number in (30, 31):
            talk.stdin.write(lines({"id": number, "citation": str(number)}))
            talk.stdin.flush()
            assert json.loads(talk.stdout.readline())["id"] == number
        talk.stdin.close()
        assert talk.wait(timeout=60) == 0


def test_a_reader_that_stops_early_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "lookup", "--jsonl"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as talk:  # fmt: skip
        assert talk.stdout is not None
        talk.stdout.close()
        _, err = talk.communicate(lines(*[{"citation": "30"}] * 50).encode())
    assert b"Traceback" not in err
