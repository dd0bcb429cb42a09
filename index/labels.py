"""Names of provisions for people, and what to say of those that do not exist."""

from __future__ import annotations

from dataclasses import replace

from index.errors import NoSuchProvisionError
from index.numerals import numeral
from index.regulation import Paragraph, ProvisionId, Regulation
from index.text import Script, convert

__all__ = ["article_label", "explain_missing", "format_citation", "provision_label"]

ENGLISH = "en"


def article_label(number: int, suffix: int | None = None) -> str:
    """Name of an article.

    >>> article_label(30), article_label(133, 1)
    ('第三十条', '第一百三十三条之一')
    """
    return f"第{numeral(number)}条" + (f"之{numeral(suffix)}" if suffix is not None else "")


def format_citation(
    provision: ProvisionId,
    *,
    lang: str = "zh-Hans",
    regulation: Regulation | None = None,
    short: bool = False,
) -> str:
    """The citation of ``provision`` in zh-Hans, zh-Hant or en.

    With ``short`` and the ``regulation``, 第一款 goes where the article has but one.

    >>> item = ProvisionId("r", 25, paragraph=1, item=7)
    >>> format_citation(item), format_citation(item, lang="en")
    ('第二十五条第一款第（七）项', 'Article 25, paragraph 1, item 7')
    """
    if short and regulation is not None and _is_only_paragraph(regulation, provision):
        provision = replace(provision, paragraph=None)
    if lang == ENGLISH:
        return _format_english(provision)
    label = article_label(provision.article, provision.suffix)
    if provision.paragraph is not None:
        label += f"第{numeral(provision.paragraph)}款"
    if provision.item is not None:
        label += f"第（{numeral(provision.item)}）项"
    if provision.subitem is not None:
        label += f"第{numeral(provision.subitem)}目"
    return convert(label, Script.TRADITIONAL) if lang == Script.TRADITIONAL else label


def _format_english(provision: ProvisionId) -> str:
    label = f"Article {provision.article}"
    if (suffix := provision.suffix) is not None:  # "Article 1-2" would read as a range
        label += f"-{suffix}" if suffix <= provision.article else f" bis {suffix}"
    for name in ("paragraph", "item", "subitem"):
        if (number := getattr(provision, name)) is not None:
            label += f", {name} {number}"
    return label


def provision_label(
    provision: ProvisionId, regulation: Regulation | None = None, *, lang: str = "zh-Hans"
) -> str:
    """The label of a provision in JSON: an item drops the 第一款 of its one-paragraph
    article, a paragraph keeps it (第二十五条第（七）项, 第三十条第一款)."""
    return format_citation(
        provision, lang=lang, regulation=regulation, short=provision.item is not None
    )


def _is_only_paragraph(regulation: Regulation, provision: ProvisionId) -> bool:
    article = regulation.get(provision.article, provision.suffix)
    return provision.paragraph == 1 and article is not None and len(article.paragraphs) == 1


def explain_missing(regulation: Regulation, provision: ProvisionId) -> NoSuchProvisionError:
    """The error for a provision that ``regulation`` lacks; it says what there is.

    >>> from index.parse import load_regulation
    >>> error = explain_missing(load_regulation(), ProvisionId("nmg-zhengfa", 42, item=7))
    >>> error.fault, error.remedy
    ('第四十二条第（七）项不存在', '该条共6项')
    >>> error.english
    'Article 42, item 7 does not exist: Article 42 has 6 items'
    """
    chinese, english = _what_exists(regulation, provision)
    return NoSuchProvisionError(
        "",
        f"{format_citation(provision)}不存在",
        chinese,
        english=f"{format_citation(provision, lang=ENGLISH)} does not exist: {english}",
    )


def _what_exists(regulation: Regulation, provision: ProvisionId) -> tuple[str, str]:
    """What there is instead, in Chinese and English."""
    article = regulation.get(provision.article, provision.suffix)
    if article is None:
        return _of_articles(regulation, provision)
    english = _format_english(ProvisionId(regulation.id, article.number, article.suffix))
    count = len(article.paragraphs)
    if provision.paragraph is not None and provision.paragraph > count:
        chinese = f"该条只有{count}款" if count == 1 else f"该条共{count}款"
        return chinese, f"{english} has {_count(count, 'paragraph')}"
    holders = [p for p in article.paragraphs if p.items]
    if provision.paragraph is None and len(holders) > 1:
        names = "、".join(f"第{numeral(p.number)}款" for p in holders)
        return f"该条{names}都分项，请写明是哪一款", f"say which paragraph of {english} is meant"
    if provision.paragraph is not None:
        holders = [p for p in holders if p.number == provision.paragraph]
    if provision.paragraph is not None and count > 1:
        return _of_items("该款", f"{english}, paragraph {provision.paragraph}", holders, provision)
    return _of_items("该条", english, holders, provision)


def _of_articles(regulation: Regulation, provision: ProvisionId) -> tuple[str, str]:
    count = len(regulation.articles)
    chinese = f"{regulation.self_name}共{count}条"
    if provision.suffix is not None:
        chinese += "，没有这一“之”条"
    name = regulation.short_names_en[-1] if regulation.short_names_en else "regulation"
    verb = "have" if name.endswith("s") else "has"
    return chinese, f"the {name} {verb} {_count(count, 'article')}"


def _of_items(
    chinese: str, english: str, holders: list[Paragraph], provision: ProvisionId
) -> tuple[str, str]:
    if not holders:
        return f"{chinese}不分项", f"{english} has no items"
    items = holders[0].items
    number = provision.item or 0
    if not 1 <= number <= len(items):
        return f"{chinese}共{len(items)}项", f"{english} has {_count(len(items), 'item')}"
    if subitems := items[number - 1].subitems:
        return f"该项共{len(subitems)}目", f"that item has {_count(len(subitems), 'subitem')}"
    return "该项不分目", "that item has no subitems"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
