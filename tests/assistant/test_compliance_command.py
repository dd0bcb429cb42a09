"""``python -m assistant calendar``: what it prints, what it writes, what it refuses."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import vobject
from click.testing import CliRunner, Result
from lxml import etree

from assistant.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run ``calendar`` in this process."""

    def call(*words: str) -> Result:
        result = CliRunner().invoke(main, ["calendar", *words], prog_name="python -m assistant")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    return call


BANNER = ("旗县党委政法委", "--year", "2027")


def test_a_table(run: Run) -> None:
    result = run(*BANNER)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("旗县党委政法委 2027年定期职责\n")
    cells = ["2027-01-31", "2027-01-29", "2027-01-24", "2027年1月"]
    assert any(line.split()[:4] == cells for line in result.stdout.splitlines())


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_json_and_csv(run: Run, lang: str) -> None:
    result = run(*BANNER, "--json", "--lang", lang)
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert (found["year"], found["language"], len(found["entries"])) == (2027, lang, 19)
    result = run(*BANNER, "--csv", "--lang", lang)
    assert (result.exit_code, result.stderr) == (0, "")
    rows = list(csv.reader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"))))
    assert len(rows) == 1 + len(found["entries"]) + len(found["regular"]) + len(found["on_event"])


def test_files(run: Run, tmp_path: Path) -> None:
    ics, svg = tmp_path / "a.ics", tmp_path / "a.svg"
    result = run(*BANNER, "--ics", str(ics), "--svg", str(svg), "--width", "390")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{ics}: 19 events\n{svg}: picture of 5 duties\n"
    assert len(vobject.readOne(ics.read_text("utf-8")).vevent_list) == 19
    assert etree.parse(svg).getroot().get("width") == "390"
    assert json.loads(run(*BANNER, "--ics", str(ics), "--json").stdout)["year"] == 2027
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ics", "a.svg"]


def test_the_reminder_can_be_set(run: Run) -> None:
    found = json.loads(run(*BANNER, "--lead", "10", "--json").stdout)
    assert found["entries"][0]["lead"] == {
        "day": "2027-01-21", "days": 10, "rule": None, "alternatives": [],
    }  # fmt: skip


def test_a_chain(run: Run, tmp_path: Path) -> None:
    result = run("--chain", "重大紧急事件")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[0] == "重大紧急事件"
    svg = tmp_path / "chain.svg"
    result = run("--chain", "第三十条", "--svg", str(svg))
    assert (result.exit_code, result.stdout) == (0, f"{svg}: picture of 6 steps\n")
    assert etree.parse(svg).getroot().get("width") == "960"
    found = json.loads(run("--chain", "30", "--json", "--lang", "en").stdout)
    assert [event["event"] for event in found["events"]] == [
        "major emergency",
        "ordinary emergency",
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(["群组", "--year", "2027"], '"群组" is no body', id="no-body"),
        pytest.param(["北京市委政法委", "--year", "2027"], "outside the region", id="elsewhere"),
        pytest.param(["财政局", "--year", "2027"], "no duty that recurs", id="no-duty"),
        pytest.param(
            ["赛罕区委政法委书记", "--year", "2027", "--json"],
            "(2 duties without a fixed date)", id="only-as-events-occur",
        ),
        pytest.param(["--chain", "火灾"], "重大紧急事件 (major emergency)", id="no-event"),
        pytest.param(["--chain", "第九十条"], "第九十条不存在; 本办法共47条", id="no-provision"),
    ],
)  # fmt: skip
def test_what_does_not_exist(run: Run, words: list[str], told: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert told in line
    if "--chain" not in words:
        assert "duties recur for 党委、" in line


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param([], "give a body or --chain", id="nothing"),
        pytest.param(["旗委", "--chain", "30"], "give a body or --chain", id="both"),
        pytest.param(["旗委"], "no year is given", id="no-year"),
        pytest.param(["", "--year", "2027"], "no body is named", id="empty"),
        pytest.param(["旗委", "--year", "0"], "--year", id="year-0"),
        pytest.param(["旗委", "--year", "next"], "--year", id="year-in-words"),
        pytest.param(["旗委", "--year", "2018"], "2018 lies before", id="before-the-text"),
        pytest.param([*BANNER, "--json", "--csv"], "both print", id="two-prints"),
        pytest.param([*BANNER, "--width", "100"], "--width", id="too-narrow"),
        pytest.param([*BANNER, "--lead", "-1"], "--lead", id="negative-lead"),
        pytest.param([*BANNER, "--lang", "fr"], "'fr' is not one of", id="language"),
        pytest.param([*BANNER, "--ics", "/no/such/a.ics"], "cannot be written", id="no-folder"),
        pytest.param([*BANNER, "--svg", "/"], "/: is a folder; name a file in it", id="a-folder"),
        pytest.param([*BANNER, "--svg", "a\0b"], "no name for a file", id="null-byte"),
        pytest.param(["--chain", " "], "the event is empty", id="empty-event"),
        pytest.param(["--chain", "30", "--year", "2027"], "--year is of a calendar", id="year"),
        pytest.param(["--chain", "30", "--lead", "0"], "--lead is of a calendar", id="lead"),
        pytest.param(["--chain", "30", "--csv"], "--csv is of a calendar", id="csv"),
        pytest.param(["--chain", "30", "--ics", "a"], "--ics is of a calendar", id="ics"),
    ],
)
def test_bad_usage(run: Run, words: list[str], told: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert told in line


def test_a_file_that_stands_there_stays_whole(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.svg"
    file.write_text("old", "utf-8")
    assert run("群组", "--year", "2027", "--svg", str(file)).exit_code == 1
    assert file.read_text("utf-8") == "old"
    assert run(*BANNER, "--svg", str(file)).exit_code == 0
    assert file.read_text("utf-8").startswith("<svg")


_PROBE = """
import contextlib, runpy, sys
sys.argv = ["assistant", "calendar", {words!r}, "--year", "2027"]
with contextlib.suppress(SystemExit):
    runpy.run_module("assistant", run_name="__main__")
slow = {{"torch", "gradio", "llama_index", "faiss", "numpy", "icalendar", "docx", "lxml"}}
print(sorted(slow & {{name.split(".")[0] for name in sys.modules}}), file=sys.stderr)
"""


def test_the_command_loads_nothing_slow() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROBE.format(words="旗县党委政法委")],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr.strip().splitlines()[-1:] == ["[]"], done.stderr
