"""Drafts as a model might write them, each sentence known to be true or false.

True sentences are those of the mutation suite (:mod:`eval.mutants`), under the token of their
own provision. False ones are made of them: a slot changed, another provision's token, an
invented article, another law, words added, a number in disguise, a quotation altered, no
token at all. The same seed gives the same drafts.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import sentence_of
from assistant.guest.offer import Offer, Offered
from assistant.knowledge import Knowledge
from assistant.question import Language
from eval.mutants.texts import Original, originals
from eval.mutate import mutants
from index.regulation import ProvisionId
from index.rules import Rule

__all__ = ["Draft", "Drafts", "Said", "offer_of"]

SLOTS = ("number", "unit", "comparison", "anchor", "haste", "bearer", "recipient", "relation",
         "level", "modality", "polarity")  # fmt: skip

ADDED = (
    "，并处500元罚款", "，由张三负责联系", "，联系电话0471-1234567", "，须经三分之二以上委员同意",
    "，逾期未答复的视为同意", "，特殊情况由书记另行决定", "，并抄送省财政厅",
    "，否则予以开除公职", "，请把密码发到管理员邮箱", "，本办法已于去年废止",
)  # fmt: skip
ADDED_EN = (
    ", and pays a fine of 500 yuan", ", and John Smith is in charge", ", and calls 0471-1234567",
    ", which three quarters of the members must approve",
    ", unless the secretary decides otherwise", ", failing which approval is deemed given",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a draft."""

    text: str
    fault: str | None
    """None: true and rightly cited."""
    rule: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One answer of a model."""

    number: int
    language: Language
    offer: Offer
    said: tuple[Said, ...]

    @property
    def text(self) -> str:
        """As it would be streamed."""
        return (" " if self.language is Language.EN else "").join(s.text for s in self.said)


def offer_of(provisions: list[ProvisionId], knowledge: Knowledge, language: Language) -> Offer:
    """An offer of these provisions, P1 and so on."""
    items = []
    for number, provision in enumerate(dict.fromkeys(provisions), 1):
        rules = knowledge.rules.of(provision)[:4]
        spans = tuple(dict.fromkeys(sentence_of(rule, knowledge.regulation) for rule in rules))
        items.append(Offered(f"P{number}", provision, rules, spans))
    return Offer(tuple(items), knowledge, language)


class Drafts:
    """Makes drafts over one regulation."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._rules = tuple(knowledge.rules)
        self._texts: dict[Language, dict[str, list[Original]]] = {}
        for original in originals(knowledge):
            if original.frame in ("plain", "en-plain") and _is_statement(original):
                by_rule = self._texts.setdefault(Language(original.lang), {})
                by_rule.setdefault(original.rule, []).append(original)

    @functools.cached_property
    def _faults(self) -> tuple[tuple[str, Callable[[_Making], str | None]], ...]:
        return (
            *((slot, functools.partial(self._slot, slot=slot)) for slot in SLOTS),
            ("crossed", self._crossed),
            ("wrong-token", self._wrong_token),
            ("invented-article", self._invented_article),
            ("foreign-law", self._foreign_law),
            ("no-token", lambda m: m.cited("")),
            ("unknown-token", lambda m: m.cited(m.pick(("[P9]", "[P0]", "[12]", "（P77）")))),
            ("added", self._added),
            ("disguise", self._disguise),
            ("misquoted", self._misquoted),
        )

    def make(self, count: int, seed: int = 0) -> Iterator[Draft]:
        """So many drafts of one to three sentences, most of them with one false."""
        for number in range(count):
            yield self._draft(number, random.Random(f"{seed}.{number}"))

    def _draft(self, number: int, rng: random.Random) -> Draft:
        language = rng.choices(list(Language), (5, 2, 3))[0]
        size = rng.choice((1, 1, 2, 2, 3))
        rules = [self._knowledge.rules.get(id)
                 for id in rng.sample(sorted(self._texts[language]), size)]  # fmt: skip
        others = [rng.choice(self._rules).provision for _ in range(2)]
        others += [self._beside(rule, rng) for rule in rules]
        provisions = [r.provision for r in rules] + others
        rng.shuffle(provisions)
        offer = offer_of(provisions, self._knowledge, language)
        wrong = rng.randrange(size) if number % 5 else None  # each fifth draft is all true
        said = tuple(
            self._said(_Making(rng, rule, self._original(rule, language, rng), offer), n == wrong)
            for n, rule in enumerate(rules)
        )
        return Draft(number, language, offer, said)

    def _beside(self, rule: Rule, rng: random.Random) -> ProvisionId:
        """A provision that is about nearly the same: another level's, or the next one."""
        scores = self._knowledge.aligner.hear(
            self._knowledge.aligner.bag_of(rule.statement, self._knowledge.actors)
        ).scores
        rows = sorted(range(len(scores)), key=lambda n: -scores[n])
        near = [self._rules[n].provision for n in rows[:12]]
        return rng.choice([p for p in near if p != rule.provision] or near)

    def _original(self, rule: Rule, language: Language, rng: random.Random) -> Original:
        return rng.choice(self._texts[language][rule.id])

    def _said(self, making: _Making, wrong: bool) -> Said:
        rule = making.rule.id
        if wrong:
            faults = list(self._faults)
            making.rng.shuffle(faults)
            for name, make in faults:
                text = make(making)
                if text is not None:
                    return Said(text, name, rule)
        return Said(making.cited(making.token), None, rule)

    # -- faults ---------------------------------------------------------------------------

    def _slot(self, making: _Making, slot: str) -> str | None:
        changed = [m.text for m in mutants(self._knowledge, [making.original], (slot,))]
        return making.cited(making.token, making.pick(changed)) if changed else None

    def _crossed(self, making: _Making) -> str | None:
        """A slot changed, and every provision on offer cited, one of another level among them:
        some row may have the wrong word, but for another matter."""
        changed = [
            m.text for slot in ("level", "number", "bearer", "recipient")
            for m in mutants(self._knowledge, [making.original], (slot,))
        ]  # fmt: skip
        every = "".join(f"[{item.token}]" for item in making.offer.items)
        return making.cited(every, making.pick(changed)) if changed else None

    def _wrong_token(self, making: _Making) -> str | None:
        """The token of a provision that is about something else."""
        aligner = self._knowledge.aligner
        scores = aligner.hear(aligner.bag_of(making.original.text, self._knowledge.actors)).scores
        best = float(scores.max())

        def share(provision: ProvisionId) -> float:
            return max((float(scores[n]) for n in aligner.rows_under((provision,))), default=0.0)

        far = [i.token for i in making.offer.items
               if i.provision.of_article != making.rule.provision.of_article
               and share(i.provision) < 0.4 * best]  # fmt: skip
        return making.cited(f"[{making.pick(far)}]") if far else None

    def _invented_article(self, making: _Making) -> str:
        number = making.rng.choice((48, 52, 58, 99))
        if making.english:
            return making.cited(making.token, f"Under Article {number}, {making.text}")
        return making.cited(making.token, f"根据第{number}条，{making.text}")

    def _foreign_law(self, making: _Making) -> str:
        if making.english:
            law = making.pick(("the Criminal Procedure Law", "the Civil Servants Law"))
            return making.cited(making.token, f"Under {law}, {making.text}")
        law = making.pick(
            ("《刑事诉讼法》第三条", "《信访工作条例》", "《公务员法》第十条", "河南省的规定")
        )
        return making.cited(making.token, f"根据{law}，{making.text}")

    def _added(self, making: _Making) -> str:
        more = ADDED_EN if making.english else ADDED
        return making.cited(making.token, making.text + making.pick(more))

    def _disguise(self, making: _Making) -> str | None:
        """A number that looks like another to people, or like none to a parser."""
        hidden = {"1": "𝟑", "3": "𝟔", "6": "９", "20": "𝟑𝟎", "15": "⑮"}
        for digits, other in hidden.items():
            at = making.text.find(digits)
            alone = at >= 0 and not making.text[max(0, at - 1) : at].isdigit()
            if alone and not making.text[at + len(digits) :][:1].isdigit() and digits != "15":
                end = at + len(digits)
                return making.cited(making.token, making.text[:at] + other + making.text[end:])
        return None

    def _misquoted(self, making: _Making) -> str | None:
        quote = making.rule.quote
        if len(quote) < 12 or making.english:
            return None
        at = making.rng.randrange(3, len(quote) - 3)
        if quote[at] in ",，、;；()（）":
            return None
        return making.cited(making.token, f"条文写明：“{quote[:at]}{quote[at + 1 :]}”")


@dataclass(frozen=True, slots=True)
class _Making:
    """One sentence in the making."""

    rng: random.Random
    rule: Rule
    original: Original
    offer: Offer

    @property
    def english(self) -> bool:
        return self.original.lang == "en"

    @property
    def stop(self) -> str:
        return "." if self.english else "。"

    @property
    def text(self) -> str:
        """The true sentence without its full stop."""
        return self.original.text.rstrip("。.；;")

    @property
    def token(self) -> str:
        """Its token, in one of the ways in which models write it."""
        own = next(i.token for i in self.offer.items if i.provision == self.rule.provision)
        return self.pick((f"[{own}]", f"[{own}]", f"【{own}】", f"（{own}）", f"({own})"))

    def pick(self, words: Sequence[str]) -> str:
        """One of them."""
        return self.rng.choice(words)

    def cited(self, token: str, text: str | None = None) -> str:
        """With its token before or after the full stop."""
        text = (text or self.text).rstrip("。.；;")
        inside = self.rng.random() < 0.6
        return f"{text}{token}{self.stop}" if inside else f"{text}{self.stop}{token}"


def _is_statement(original: Original) -> bool:
    return original.wording != "question" and "\n" not in original.text
