"""Safe HTML: our own elements with escaped contents, and answers' Markdown.

The page shows HTML through Gradio's Markdown component, whose HTML blocks end at a blank
line and whose sanitiser would strip ``data-`` and ``aria-`` attributes. So it is switched
off, every text goes through :func:`el` or :func:`markdown`, and :func:`block` removes
blank lines.
"""

from __future__ import annotations

import functools
import re

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

__all__ = ["Markup", "block", "el", "join", "markdown"]

_VOID = frozenset({"br", "hr"})
# Characters that HTML cannot carry, lone surrogates among them.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _text(content: object) -> Markup:
    if isinstance(content, Markup):
        return content
    return escape(_UNFIT.sub("\ufffd", str(content)))


def el(tag: str, *children: object, **attributes: object) -> Markup:
    """One element; children and attribute values are escaped unless already Markup.

    ``class_`` is ``class``; ``data_cite`` is ``data-cite``; None and False leave an
    attribute out, True gives it without value.

    >>> el("b", "<i>", class_="x", data_cite='1"', hidden=True, title=None)
    Markup('<b class="x" data-cite="1&#34;" hidden>&lt;i&gt;</b>')
    """
    parts = [Markup("<"), Markup(tag)]
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        key = name.rstrip("_").replace("_", "-")
        clean = "" if value is True else _UNFIT.sub("\ufffd", str(value))
        shown = "" if value is True else f'="{escape(clean)}"'
        parts.append(Markup(f" {key}{shown}"))
    parts.append(Markup(">"))
    if tag not in _VOID:
        parts.extend(_text(child) for child in children if child is not None)
        parts.append(Markup(f"</{tag}>"))
    return Markup("").join(parts)


def join(*children: object) -> Markup:
    """The children one after the other, escaped unless already Markup.

    >>> join("a<", el("br"))
    Markup('a&lt;<br>')
    """
    return Markup("").join(_text(child) for child in children if child is not None)


@functools.cache
def _parser() -> MarkdownIt:
    # No raw HTML, no images, no links: an answer cites by our chips, and a link or an image
    # in it would make the browser call out.
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    return parser.disable(["image", "link", "autolink", "html_inline", "html_block", "reference"])


def markdown(source: str) -> Markup:
    """Markdown as HTML; raw HTML shows as text, links and images stay unmade.

    >>> markdown("**每月** <b>x</b>")
    Markup('<p><strong>每月</strong> &lt;b&gt;x&lt;/b&gt;</p>\\n')
    """
    return Markup(_parser().render(_UNFIT.sub("\ufffd", source)))


def block(content: Markup) -> str:
    """``content`` as one HTML block for Gradio's Markdown component.

    >>> block(el("p", "a\\n\\n b"))
    '<div class="tw"><p>a\\n b</p></div>'
    """
    return re.sub(r"\n\s*\n", "\n", str(el("div", content, class_="tw")))
