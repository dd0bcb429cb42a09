"""``python -m index``: build · verify · show · export, and what each says when misused."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from lxml import etree

from index.__main__ import known_regulations, main
from index.parse import load_regulation

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("build", "export", "show", "verify")

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model that counts four words: it embeds in no time."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  (seconds)
    from sentence_transformers.sentence_transformer.modules import BoW  # noqa: PLC0415

    home = tmp_path_factory.mktemp("model")
    words = BoW(["committee", "commission", "report", "organ"])
    SentenceTransformer(modules=[words], device="cpu").save(str(home))
    return home


@pytest.fixture
def run(tmp_path: Path, tiny_model: Path) -> Run:
    """Run a command on an index folder of its own, with the tiny model."""

    def call(*words: str, **environment: str) -> Result:
        env = {
            "TIAOWEN_INDEX_DIR": str(tmp_path / "index"),
            "TIAOWEN_EMBEDDING_MODEL": str(tiny_model),
            **environment,
        }
        result = CliRunner().invoke(main, list(words), env=env, prog_name="python -m index")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    return call


def generation(folder: Path) -> str:
    return (folder / "current").read_text()


# -- build and verify ---------------------------------------------------------------------


def test_build_then_up_to_date_then_force(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "index" / "nmg-zhengfa"
    built = run("build")
    assert built.exit_code == 0, built.stderr
    assert f"{folder}: " in built.stdout
    assert "provisions" in built.stdout
    assert "Embedding" in built.stderr  # progress does not mix with the result
    first = generation(folder)

    again = run("build")
    assert (again.exit_code, again.stdout) == (0, f"{folder}: up to date\n")
    assert generation(folder) == first
    assert run("build", "--quiet").stdout == ""

    forced = run("build", "--force")
    assert forced.exit_code == 0
    assert generation(folder) != first
    assert len(list(folder.glob("gen-*"))) == 1

    verified = run("verify")
    assert (verified.exit_code, verified.stderr) == (0, "")
    assert "8 chapters, 47 articles" in verified.stdout
    assert "coverage: complete" in verified.stdout


def test_verify_without_an_index(run: Run) -> None:
    result = run("verify")
    assert result.exit_code == 1
    assert "no index has been built; run: python -m index build" in result.stderr
    assert "1 disagreements" in result.stdout


def test_another_model_makes_it_stale(
    run: Run, tmp_path: Path, index_dir: Path, tiny_model: Path
) -> None:
    shutil.copytree(index_dir, tmp_path / "index")
    result = run("verify")
    assert result.exit_code == 1
    assert "built from another model, dimension; run: python -m index build" in result.stderr
    assert run("build").exit_code == 0  # no --force needed
    assert str(tiny_model) in run("verify").stdout


def test_the_bundled_model(run: Run, index_dir: Path) -> None:
    environment = {"TIAOWEN_INDEX_DIR": str(index_dir), "TIAOWEN_EMBEDDING_MODEL": "bundled"}
    verified = run("verify", **environment)
    assert (verified.exit_code, verified.stderr) == (0, "")
    assert run("build", **environment).stdout.endswith("up to date\n")


@pytest.mark.parametrize("name", ["provisions.faiss", "rules.faiss", "passages.json"])
def test_damage_is_reported_and_mended(run: Run, tmp_path: Path, name: str) -> None:
    assert run("build").exit_code == 0
    (file,) = (tmp_path / "index" / "nmg-zhengfa").glob(f"gen-*/{name}")
    file.write_bytes(file.read_bytes()[:-1])
    result = run("verify")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{file}: bytes differ from the manifest; run: python -m index build")
    assert run("build").exit_code == 0
    assert run("verify").exit_code == 0


# -- show ---------------------------------------------------------------------------------


def test_show_the_structure(run: Run) -> None:
    result = run("show")
    regulation = load_regulation()
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == regulation.title
    assert len(lines) == 1 + len(regulation.divisions)
    assert lines[-1].endswith(f"–{regulation.articles[-1].number})")


@pytest.mark.parametrize(
    ("citation", "shown"),
    [
        pytest.param("30.1", ["第三十条第一款", "r30.3"], id="paragraph"),
        pytest.param("第十七条", ["第十七条", "r17.2"], id="article"),
        pytest.param("第二十五、二十七条", ["第二十五条", "第二十七条"], id="list"),
        pytest.param("第二十五条至第二十八条", ["第二十六条", "第二十七条"], id="range"),
    ],
)
def test_show_a_provision(run: Run, citation: str, shown: list[str]) -> None:
    result = run("show", citation)
    assert result.exit_code == 0
    assert all(part in result.stdout for part in shown)


@pytest.mark.parametrize("citation", ["第四十八条", "第一条、第四十八条", "48"])
def test_show_what_does_not_exist(run: Run, citation: str) -> None:
    result = run("show", citation)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "第四十八条" in result.stderr
    assert "47" in result.stderr


# -- export -------------------------------------------------------------------------------


def test_export_csv(run: Run) -> None:
    result = run("export", "--format", "csv")
    rows = list(csv.reader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert result.exit_code == 0
    assert len({len(row) for row in rows}) == 1
    assert sum(row[0].startswith("r") and row[0][1:2].isdigit() for row in rows) > 150


def test_export_json(run: Run) -> None:
    result = run("export", "--format", "json")
    assert result.exit_code == 0
    assert "r17.2" in result.stdout
    assert json.loads(result.stdout)


def test_export_akn(run: Run) -> None:
    result = run("export", "--format", "akn")
    root = etree.fromstring(result.stdout.encode())
    assert result.exit_code == 0
    assert len(root.findall(".//{*}article")) == 47


def test_export_xlsx_to_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rules.xlsx"
    result = run("export", "--format", "xlsx", "--out", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    book = openpyxl.load_workbook(file, read_only=True)
    assert sum(1 for _ in book.worksheets[0].iter_rows()) > 150
    book.close()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "akn"])
def test_the_file_holds_what_is_printed(run: Run, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "out"
    assert run("export", "--format", kind, "--out", str(file)).exit_code == 0
    printed = run("export", "--format", kind).stdout_bytes
    if kind != "xlsx":  # a workbook carries the time it was made
        assert file.read_bytes() == printed
    assert printed[:2] == file.read_bytes()[:2]


# -- misuse -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param([], "no command is given; give one of build, export, show, verify", id="none"),
        pytest.param(["bild"], "No such command 'bild'", id="unknown-command"),
        pytest.param(["build", "--fast"], "No such option '--fast'", id="unknown-option"),
        pytest.param(["build", "extra"], "unexpected extra argument", id="extra-argument"),
        pytest.param(["show", "a", "b"], "unexpected extra argument", id="two-citations"),
        pytest.param(["show", "随便"], "not a citation", id="no-citation"),
        pytest.param(["show", ""], "not a citation", id="empty-citation"),
        pytest.param(["export"], "Missing option '--format'", id="no-format"),
        pytest.param(["export", "--format", "pdf"], "'pdf' is not one of", id="unknown-format"),
        pytest.param(["export", "--format", "csv", "--out", "/no/such/folder/f"],
                     "--out /no/such/folder/f: No such file or directory", id="no-folder"),
        pytest.param(["export", "--format", "csv", "--out", "/"], "is a directory", id="a-folder"),
        pytest.param(["verify", "--regulation", "x"], "--regulation x: no such regulation",
                     id="unknown-regulation"),
        pytest.param(["build", "--regulation", ".."], "--regulation ..: no such regulation",
                     id="a-path"),
        pytest.param(["show", "--regulation", "."], "no such regulation", id="a-dot"),
    ],
)  # fmt: skip
def test_one_line_and_status_2(run: Run, words: list[str], told: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert told in line


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        pytest.param({"TIAOWEN_REGULATION": "No such"}, "TIAOWEN_REGULATION", id="regulation"),
        pytest.param({"TIAOWEN_EMBEDDING_MODEL": "/no/model"}, "/no/model", id="model"),
        pytest.param({"TIAOWEN_INDEX_DIR": "/dev/null"}, "TIAOWEN_INDEX_DIR", id="folder"),
    ],
)
def test_a_wrong_setting(run: Run, environment: dict[str, str], told: str) -> None:
    result = run("build", **environment)
    assert result.exit_code == 2
    line = result.stderr.splitlines()[-1]  # after the progress bar, where there was one
    assert told in line
    assert "; " in line


def test_unknown_regulations_are_answered_with_the_known(run: Run) -> None:
    assert "nmg-zhengfa" in known_regulations()
    assert "choose one of nmg-zhengfa" in run("show", "--regulation", "x").stderr


@pytest.mark.parametrize("words", [["--help"], *([command, "--help"] for command in COMMANDS)])
def test_help(run: Run, words: list[str]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(" ".join(["Usage: python -m index", *words[:-1]]))


def test_the_real_process(tmp_path: Path) -> None:
    def call(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "index", *words],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    shown = call("show", "30")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("第三十条\n")
    wrong = call("bild")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert len(wrong.stderr.splitlines()) == 1
    table = tmp_path / "rules.csv"
    assert call("export", "--format", "csv", "--out", str(table)).returncode == 0
    assert table.stat().st_size > 10_000
