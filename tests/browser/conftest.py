"""A real server process and a real Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.visit import ROOT, SCREENSHOTS, Visit

_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)

# A machine with other work to do is slow, not wrong.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, where there is no browser; .ci/run forbids that."""
    if _CHROMIUM or os.environ.get("TIAOWEN_REQUIRE_BROWSER") == "1":
        return
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="no chromium on this machine"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of ``python app.py`` on a free port.

    It has no vector index, so what is tested holds before the model is there (a screenshot
    for the docs shows the whole).
    """
    environment = {**os.environ, "TIAOWEN_PORT": "0", "TIAOWEN_LOG_LEVEL": "error"}
    if not SCREENSHOTS:
        environment["TIAOWEN_INDEX_DIR"] = str(tmp_path_factory.mktemp("no-index"))
    with subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        try:
            assert url.startswith("http://127.0.0.1:"), f"the server said {url!r}"
            yield url
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    assert _CHROMIUM, "chromium is required: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(
    params=[
        pytest.param((1440, 900), id="desktop"),
        pytest.param((390, 844), id="phone"),
    ]
)
def visit(request: pytest.FixtureRequest, server: str, browser: Browser) -> Iterator[Visit]:
    """A fresh visitor, at two sizes; fails the test on any outside request or console error."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    context.set_default_timeout(20_000)
    visit = Visit(context.new_page(), server)
    visit.watch()
    yield visit
    context.close()
    assert visit.outside == []
    assert visit.errors == []
