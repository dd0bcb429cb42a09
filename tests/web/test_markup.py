"""No text can become markup, and no markup can leave its block."""

from __future__ import annotations

import html
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.markup import block, el, join, markdown

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=http://example.com/x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "![x](http://example.com/x.png)",
    "[x](javascript:alert(1))",
    "[x](http://example.com)",
    "<http://example.com>",
    "[a]: http://example.com\n\n[a]",
    "<style>@import url(http://example.com)</style>",
    "</div><iframe src=//example.com>",
    "a\n\n<b>c",
    "\x00\ud800\x1b",
    "&lt;script&gt; &amp;",
    "| a |\n|---|\n| <img src=x> |",
    "```html\n<script>alert(1)</script>\n```",
]

_SAFE = {
    "p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "div",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def _tags(markup: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Tags()
    parser.feed(markup)
    return parser.tags


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    markup = str(el("p", text, title=text))
    assert [tag for tag, _ in _tags(markup)] == ["p"]
    assert list(_tags(markup)[0][1]) == ["title"]
    markup.encode()  # nothing that UTF-8 cannot carry


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_makes_no_link_image_or_script(text: str) -> None:
    for tag, attributes in _tags(str(markdown(text))):
        assert tag in _SAFE
        assert set(attributes) <= {"style", "class", "start"}
        assert "url" not in (attributes.get("style") or "")


@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_any_text_round_trips_or_is_replaced(text: str) -> None:
    shown = html.unescape(str(el("b", text))[3:-4])
    assert len(shown) == len(text)
    assert all(a == b or b == "\ufffd" for a, b in zip(text, shown, strict=True))


@given(st.text(alphabet="ab<>&\"'[]()!*`#|-:\n ", max_size=60))
def test_any_markdown_is_safe(text: str) -> None:
    assert all(tag in _SAFE for tag, _ in _tags(str(markdown(text))))


@given(st.lists(st.text(alphabet="a<\n \t", max_size=10), max_size=5))
def test_a_block_has_no_blank_line(texts: list[str]) -> None:
    # A blank line would end the HTML block and let the rest be read as Markdown.
    assert not any(not line.strip() for line in block(join(*texts)).split("\n"))
