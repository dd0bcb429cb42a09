"""The statement behind a yes/no question: 要报政法委吗 → 要报政法委."""

from __future__ import annotations

import re

from assistant import phrases
from assistant.question import Language, YesNo
from index.moments import find_moments
from index.timelimit import find_time_limits

__all__ = ["yes_no"]

_WH = re.compile(
    "什么|啥|谁|哪|多久|多长|多少|几(?=个|次|天|小时|点|种|项|位|章|条|时)|怎么|如何|怎样|咋|何时|何处"
    r"|\b(?:what|who|whom|which|when|where|how|why)\b"
)
# 行不行, 算不算, 符不符合: the sign asks itself. At the end it asks as 行吗 does.
_A_NOT_A = re.compile(r"([\u3400-\u9fff])(?<!不)不\1")
_CHOICE = re.compile("|".join([*(p.pattern for p, _ in phrases.ALTERNATIVES), _A_NOT_A.pattern]))
_PARTICLE = re.compile(r"(?:吗|么|吧|嘛|没有|不|没)[?!。]*$")
_MANNERS = (
    ("may", re.compile(r"可以|能(?!力)|允许|准许|\b(?:can|could|may|allowed|permitted)\b")),
    ("must", re.compile(r"必须|应当|应该|需要|得(?=由|向|在|报)|要|一定|\b(?:must|should|shall|need|have to|required?)\b")),
)  # fmt: skip


def yes_no(plain: str, language: Language) -> YesNo | None:
    """Read a yes/no question; None for any other. ``plain`` is folded."""
    text = plain.strip()
    if language is Language.EN:
        return _yes_no_english(text)
    if _WH.search(text) or not (_CHOICE.search(text) or _PARTICLE.search(text)):
        return None
    inverted = conduct = False
    for words, plain_form in phrases.ALTERNATIVES:
        text = words.sub(plain_form, text)
    text = _A_NOT_A.sub(lambda m: m[1] if re.search(r"\w", text[m.end() :]) else f"{m[1]}吗", text)
    if match := phrases.NEGATIVE_TAIL.search(text):
        # 没有违规吧 asks for compliance as 符合规定吗 does
        inverted = not match[0].lstrip(",。;").startswith(("不", "没"))
        conduct, manner = True, "comply"
        text = text[: match.start()] + ",符合规定"
    elif (match := phrases.CONDUCT_TAIL.search(text)) and match[0].strip("?!。,;"):
        conduct, manner = True, "comply"
        if match[0].lstrip(",。;").startswith(("可以", "行", "可")) and not _quantities(text):
            conduct, manner = False, "may"
        text = text[: match.start()] + (",符合规定" if conduct else ",可以")
    else:
        text = phrases.AFFIRMATIVE_TAIL.sub("", text)
        manner = next((name for name, words in _MANNERS if words.search(text)), "plain")
    text = text.strip(" ,?。")
    return YesNo(text, inverted, conduct, manner) if text else None


def _quantities(text: str) -> bool:
    return bool(find_time_limits(text)) or len(find_moments(text)) > 0


_ENOUGH = re.compile(
    r"^is it (?:enough|ok|okay|acceptable|sufficient|fine|permissible|permitted|allowed|lawful|compliant|true"
    r"|correct|right|possible|necessary|required|mandatory)(?: (?:for|if|when|that))? "
)
_SUBJECT_EN = re.compile(
    r"^(?:a|an|the|any|every|each|all|our|my|this|that)?\b[^,?]*?"
    r"(?=\b(?:report|be|have|hold|analy[sz]e|submit|send|copy|attend|convene|chair|verify|request|apply|meet"
    r"|take|make|give|listen|hear|conduct|complete|publish|notify|preside|delegate|decide|reach|go|need|form"
    r"|use|cover|set|establish|act|supervise|handle|manage|carry|review|include|rotate|rush|only|also|always"
    r"|enough|required|allowed|sufficient|obliged|entitled|responsible|counted|subject)\b)"
)


def _yes_no_english(text: str) -> YesNo | None:
    clause = text.rstrip("?!. ")
    match = phrases.YES_NO_EN.match(clause)
    if not match or re.search(r"\bor\b.{0,20}\?$", text):
        return None
    auxiliary = match[1]
    manner = next((name for name, words in _MANNERS if words.search(clause)), "plain")
    if enough := _ENOUGH.match(clause):
        rest = clause[enough.end() :]
        judged = enough[0]
        if " true " in judged or " correct " in judged or " right " in judged:
            return YesNo(rest, manner="plain")
        statement = re.sub(r"\bto (?=[a-z])", "", rest, count=1)
        if any(w in judged for w in ("necessary", "required", "mandatory")):
            return YesNo(re.sub(r"\bto (?=[a-z])", "must ", rest, count=1), manner="must")
        return YesNo(f"{statement}, which complies", conduct=True, manner="comply")
    rest = clause[match.end(1) :].strip()
    if subject := _SUBJECT_EN.match(rest):
        head = subject[0].strip()
        tail = rest[subject.end() :].strip()
        verb = "" if auxiliary in {"do", "does", "did"} else f"{auxiliary} "
        return YesNo(f"{head} {verb}{tail}".strip(), manner=manner)
    return YesNo(f"{rest}", manner=manner)
