"""A visit to the page, watched."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

__all__ = ["ROOT", "SCREENSHOTS", "Visit"]

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = os.environ.get("TIAOWEN_SCREENSHOTS") == "1"


@dataclass
class Visit:
    """One page, watched: no request to another origin, no error on the console."""

    page: Page
    url: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Begin to note what must not happen."""
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and not request.url.startswith(self.url):
            self.outside.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def open(self, query: str = "") -> Page:
        """Load the page and wait until it answers."""
        self.page.goto(f"{self.url}/{query}")
        self.page.wait_for_selector("#question textarea")
        self.page.wait_for_selector("#conversation[aria-live]")
        return self.page

    def ask(self, question: str) -> None:
        """Type a question and wait for its answer."""
        before = self.page.locator(".headline").count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        self.page.locator(".headline").nth(before).wait_for()
