"""What a stretch of text is about, as weighted features, and an index of documents by them.

Chinese gives pairs of neighbouring characters, English gives words. Quantities and
citations are masked before: a claim is aligned by its subject, never by its number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bag", "GramIndex", "mask", "read_bag"]

# Words that any statement about a rule uses, whatever its subject.
_STOP_WORDS = """
本实施办法 实施办法 这个办法 这份办法 本办法 该办法 办法 规定 明确 要求 条文 条款 本条 该条
原文 依据 根据 按照 依照 规则 制度规定 应当 应该 必须 务必 可以 不得 不必 无需 不用 无须
毋须 毋需 需要 没有 并没有 不能 不是 而是 就是 也就是 还是 只是 都是 什么 怎么 多少 多久
如何 哪个 哪些 是否 为什么 吗 呢 吧 啊 谁 我们 你们 他们 大家 咱们 自己 有的 一般 至少 最少
不少于 最多 最迟 最晚 不超过 不能超过 不得超过 超过 以上 以内 之内 之前 以前 以后 之后 期限
时限 时间 频次 频率 周期 另外 此外 同时 然后 接着 最后 首先 其次 因此 所以 因为 但是 不过
而且 并且 以及 或者 如果 对于 关于 至于 其中 具体 直接 一律 一定 规定的 写明 写道 指出 提出
说的 一条 一款 一项 这条 这项 这一 那么 这么 这样 那样 即可 就行 就可以 即是 便是 属于 算是
来说 而言 小时 钟头 分钟 工作日 自然日 每月 每年 每季度 每个季度 每季 每半年 每周 每天 每日
一次 1次 几次 两次 次数 几个 几天 几点 一回 符合 违反 没有问题 超时 请各 注意 提醒 据我了解
据了解 回复 解读 问答 要点 摘录 要做 来做
""".split()  # noqa: SIM905
_STOP_CHARS = "的了吗呢吧和与及或由向是在把被将也都就还给"
_STOP = re.compile(
    "|".join(sorted(map(re.escape, _STOP_WORDS), key=len, reverse=True)) + f"|[{_STOP_CHARS}]"
)
_RUN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z][a-z'-]+")
_STOP_ENGLISH = frozenset(
    """a an the of to in on at by for from with and or not no nor is are was were be been being it
    its this that these those as hour day week month quarter half minute time times often
    frequency deadline limit hours days working
    shall must may should can could will would do does did has have
    had which who whom whose what when where how than then there their they them he she we our you
    your i if under into within after before at least most least more less once twice only also
    article paragraph item rule regulation measures provision provisions says say said states
    require requires required according accordance every each per any all so such one other
    """.split()  # noqa: SIM905
)
_SUFFIXES = (
    ("ies", "y"), ("sses", "ss"), ("ations", "ate"), ("ation", "ate"), ("ings", ""), ("ing", ""),
    ("ments", "ment"), ("yses", "ys"), ("ysis", "ys"), ("yse", "ys"), ("yze", "ys"), ("ised", "is"),
    ("ized", "is"), ("ise", "is"), ("ize", "is"), ("edly", ""), ("ed", ""), ("es", ""), ("s", ""),
    ("ly", ""), ("e", ""),
)  # fmt: skip


_IRREGULAR = dict(
    pair.split(":")
    for pair in """held:hold heard:hear sent:send met:meet made:make taken:take took:take
    given:give gave:give led:lead kept:keep dealt:deal found:find drawn:draw began:begin
    chosen:choose written:write""".split()  # noqa: SIM905
)
# One thing under several names, as 报 is in Chinese: the first is the one kept.
_SAME = {
    other: names.split()[0]
    for names in """
report submit submitt notif notify inform tell told alert brief advis flag
recus recusal withdraw aside abstain
analys asses evaluat examin assessment studi
chair presid
annual yearly
decid decision decision-mak
urgent emergency urgency
occur happen occurrenc occurr aris break broke
incident event accident
hold conven summon
handl deal tackl process
resolv settl solv settlement solution defus
supervis supervision oversee overse oversight
inspect inspection
organis organisation organisat
rectif rectificat rectify remedial
cooperat cooperation collaborat
implement implementat execut
perform performanc discharg fulfil fulfill fulfilment
establish establishment setting-up creat
arrang arrangement
manag management administer run
approv approval
appoint appointment
direct command
spot site scen on-site
cadr personnel staff officer
disagreement disagre diverg dissent differ
conflict disput
risk danger hazard
advanc promot push
strengthen reinforc step
quick prompt swift speedy immediat
head chief principal
collectiv collective
wrong fault
urg press
review evaluat
consult consultation
regular routin
""".strip().splitlines()
    for other in names.split()[1:]
}


def stem(word: str) -> str:
    """A rough stem, enough to join the forms of one English word.

    >>> stem("reporting") == stem("reports") == stem("reported")
    True
    >>> stem("analyses") == stem("analyse") == stem("analysis")
    True
    """
    word = _IRREGULAR.get(word, word)
    for suffix, put in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)] + put
            break
    word = word[:-1] if len(word) > 4 and word[-1] == "e" else word
    return _SAME.get(word, word)


def mask(view: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> str:
    """``view[start:end]`` with the given spans (of the view) blanked out."""
    piece = list(view[start:end])
    for a, b in spans:
        for i in range(max(a, start), min(b, end)):
            piece[i - start] = " "
    return "".join(piece)


@dataclass(frozen=True, slots=True)
class Bag:
    """Features with weights, and the characters that each came from (for coverage)."""

    grams: Mapping[str, float]
    pieces: tuple[tuple[str, ...], ...] = ()
    """The runs as tuples of features in order: what tells which characters no feature covers."""

    def __bool__(self) -> bool:
        return bool(self.grams)


def read_bag(text: str, faint: Sequence[tuple[int, int]] = (), faint_weight: float = 0.3) -> Bag:
    """The features of ``text`` (a piece of a view); those inside ``faint`` spans weigh less.

    >>> sorted(read_bag("应当分析研判形势").grams)
    ['分析', '判形', '形势', '析研', '研判']
    >>> sorted(read_bag("shall analyse the situation").grams)
    ['analys', 'situat']
    """
    grams: dict[str, float] = {}
    pieces: list[tuple[str, ...]] = []
    dim = bytearray(len(text))
    for a, b in faint:
        dim[a:b] = b"\1" * (min(b, len(text)) - a)
    cut = _STOP.sub(lambda m: "\n" * len(m[0]), text)
    for match in _RUN.finditer(cut):
        start, run = match.start(), match[0]
        if len(run) == 1:
            if run == "报":
                grams[run] = 1.0
            continue
        pairs = [run[i : i + 2] for i in range(len(run) - 1)]
        piece = tuple(map(_pair, pairs) if "报" in run else pairs)
        told: list[str] = []
        for i, gram in enumerate(piece):
            named = dim[start + i] and dim[start + i + 1]
            weight = faint_weight if named else 1.0
            if grams.get(gram, 0.0) < weight:
                grams[gram] = weight
            if not named:  # the name of a place is no matter that a row could explain
                told.append(gram)
        if told:
            pieces.append(tuple(told))
    for match in _WORD.finditer(text):
        word = match[0].removesuffix("'s").strip("'-")
        if word in _STOP_ENGLISH or len(word) < 3:
            continue
        for part in word.split("-"):
            if len(part) < 3 or part in _STOP_ENGLISH:
                continue
            root = stem(part)
            weight = faint_weight if dim[match.start()] else 1.0
            if grams.get(root, 0.0) < weight:
                grams[root] = weight
            if not dim[match.start()]:
                pieces.append((root,))
    return Bag(grams, tuple(pieces))


def _pair(pair: str) -> str:
    # 报告, 报送, 报到, 上报, 汇报 are one act; which of them is written tells nothing
    return "报" if "报" in pair else pair


COMMONPLACE = 0.8
"""idf of a feature that about four fifths of all documents share; below, it is left out."""
UNKNOWN = 1.6
"""Weight of a character that no document knows, in units of idf."""


@dataclass(frozen=True, slots=True)
class Mass:
    """How much there is to explain: known features by idf, and unknown characters."""

    known: float
    unknown: float

    @property
    def total(self) -> float:
        return self.known + self.unknown


@dataclass(frozen=True, eq=False)
class GramIndex:
    """Documents by feature: one row of ``table`` per feature, one column per document."""

    idf: Mapping[str, float]
    place: Mapping[str, int]
    """feature → its row in ``table``."""
    table: NDArray[np.float64]
    """idf × weight in the document."""
    plain: frozenset[str] = frozenset()
    """Features of nearly every document: they say nothing, and are no unknown words."""

    @classmethod
    def of(cls, documents: Sequence[Mapping[str, float]]) -> GramIndex:
        """Index documents given as feature → weight in 0..1."""
        counts: dict[str, float] = {}
        for document in documents:
            for gram, weight in document.items():
                counts[gram] = counts.get(gram, 0.0) + min(1.0, weight)
        size = len(documents)
        idf = {g: math.log(1 + size / (0.5 + n)) for g, n in counts.items()}
        idf = {g: weight for g, weight in idf.items() if weight > COMMONPLACE}
        place = {gram: row for row, gram in enumerate(idf)}
        table = np.zeros((len(place), size))
        for number, document in enumerate(documents):
            for gram, weight in document.items():
                if gram in place:
                    table[place[gram], number] = idf[gram] * weight
        table.setflags(write=False)
        return cls(idf, place, table, frozenset(counts) - frozenset(idf))

    def mass(self, bag: Bag) -> Mass:
        """How much of ``bag`` any document knows, and how much none does."""
        idf, plain = self.idf, self.plain
        known = sum(idf[g] * w for g, w in bag.grams.items() if g in idf)
        unknown = 0
        for piece in bag.pieces:
            if len(piece) == 1 and piece[0] not in idf and piece[0] not in plain:
                unknown += 2
                continue
            covered = False
            for gram in piece:  # the gram's first character
                here = gram in idf or gram in plain
                if not (covered or here):
                    unknown += 1
                covered = here
            if not covered and not piece[0].isascii():
                unknown += 1
        return Mass(known, unknown * UNKNOWN)

    def scores(self, bag: Bag) -> NDArray[np.float64]:
        """For each document the sum of what it shares with ``bag``."""
        place = self.place
        found = [(place[g], w) for g, w in bag.grams.items() if g in place]
        if not found:
            return np.zeros(self.table.shape[1])
        rows, weights = zip(*found, strict=True)
        return np.asarray(weights) @ self.table[list(rows)]

    def shared(self, bag: Bag, number: int) -> tuple[str, ...]:
        """The features that document ``number`` shares with ``bag``, weightiest first."""
        values = ((g, self.table[self.place[g], number]) for g in bag.grams if g in self.place)
        found = sorted((-value * bag.grams[gram], gram) for gram, value in values if value > 0)
        return tuple(gram for _, gram in found)
