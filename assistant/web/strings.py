"""Every word that the page itself says, in three languages, side by side."""

from __future__ import annotations

from typing import NamedTuple

from assistant.question import Language

__all__ = ["Language", "Text", "language_of"]


def language_of(name: str, default: Language = Language.HANS) -> Language:
    """The language of that name; ``default`` for anything else.

    >>> language_of("en"), language_of("fr")
    (<Language.EN: 'en'>, <Language.HANS: 'zh-Hans'>)
    """
    return next((language for language in Language if language == name), default)


class Text(NamedTuple):
    """One text of the page."""

    hans: str
    hant: str
    en: str

    def of(self, language: Language, **values: object) -> str:
        """The text in ``language``, its ``{fields}`` filled.

        >>> COUNT.of(Language.EN, shown=3, all=190)
        '3 of 190 rules'
        """
        text = {
            Language.HANS: self.hans,
            Language.HANT: self.hant,
            Language.EN: self.en,
        }[language]
        return text.format(**values) if values else text


LANGUAGE_NAMES = (("简体", "zh-Hans"), ("繁體", "zh-Hant"), ("English", "en"))

# ── frame ────────────────────────────────────────────────────────────────────────────────
BRAND = Text("条文", "條文", "Tiaowen")
TAGLINE = Text("问一句，答到条款", "問一句，答到條款", "Ask, and read the exact provision")
LANGUAGE = Text("界面语言", "介面語言", "Language")
TAB_CHAT = Text("问答", "問答", "Ask")
TAB_RULES = Text("规则表", "規則表", "Rules")
FOOTER = Text(
    "答案由规则表与原文生成，不联网；引文逐字取自公布文本。",
    "答案由規則表與原文生成，不連網；引文逐字取自公布文本。",
    "Answers come from the rule table and the text, without any network; "
    "quotations are verbatim slices of the published text.",
)

# ── chat ─────────────────────────────────────────────────────────────────────────────────
WELCOME = Text(
    "关于本办法，您想知道什么？",
    "關於本辦法，您想知道什麼？",
    "What would you like to know?",
)
WELCOME_MORE = Text(
    "多久、几天内、向谁报告、由谁负责、第几条怎么写：直接问。每个答案都附条款和原文。",
    "多久、幾天內、向誰報告、由誰負責、第幾條怎麼寫：直接問。每個答案都附條款和原文。",
    "How often, within how long, to whom, by whom, what an article says: just ask. "
    "Every answer comes with its provision and the original words.",
)
QUESTION = Text("您的问题", "您的問題", "Your question")
QUESTION_HINT = Text(
    "输入问题，回车发送",
    "輸入問題，Enter 傳送",
    "Type a question, press Enter",
)
SEND = Text("提问", "提問", "Ask")
NEW_CHAT = Text("新对话", "新對話", "New chat")
THINKING = Text("正在查找依据……", "正在查找依據……", "Looking for the provisions …")
BASIS = Text("依据", "依據", "Basis")
CHECKED = Text("已与原文核对", "已與原文核對", "Checked against the text")
NOT_ANSWERED = Text("本办法没有给出答案", "本辦法沒有給出答案", "Not answered by this regulation")
UNDERSTOOD = Text("理解为：", "理解為：", "Understood as: ")
UNDERSTOOD_HINT = Text(
    "点击放入输入框修改",
    "點擊放入輸入框修改",
    "Click to put it into the question box and change it",
)
WHICH_LEVEL = Text(
    "各级要求不同。您是哪一级？",
    "各級要求不同。您是哪一級？",
    "The rule depends on the level. Which is yours?",
)
NEXT_QUESTIONS = Text("接着问", "接著問", "Ask next")
PERMALINK = Text("链接", "連結", "Link")
TOO_LONG = Text(
    "问题太长：最多 {limit} 字。",
    "問題太長：最多 {limit} 字。",
    "The question is too long: at most {limit} characters.",
)
FAILED = Text(
    "这个问题没能处理完，已记入日志。请换个问法，或直接查条文。",
    "這個問題沒能處理完，已記入日誌。請換個問法，或直接查條文。",
    "This question could not be processed; the fault has been logged. "
    "Please put it another way, or look the provision up.",
)
EXAMPLES = (
    Text(
        "旗县政法委多久研判一次社会稳定形势？",
        "旗縣政法委多久研判一次社會穩定形勢？",
        "How often must a banner commission assess social stability?",
    ),
    Text(
        "发生重大紧急事件，多长时间内要报告？",
        "發生重大緊急事件，多長時間內要報告？",
        "How soon must a major emergency be reported?",
    ),
    Text(
        "请示重大事项要提前多久？",
        "請示重大事項要提前多久？",
        "How far in advance must instructions on major matters be requested?",
    ),
    Text(
        "哪些事项要向同级党委请示？",
        "哪些事項要向同級黨委請示？",
        "Which matters need instructions from the Party committee?",
    ),
    Text(
        "本办法什么时候施行？",
        "本辦法什麼時候施行？",
        "When did this regulation take effect?",
    ),
)

# ── source panel and lookup ──────────────────────────────────────────────────────────────
SOURCE = Text("条文原文", "條文原文", "Source text")
LOOKUP = Text("查条文", "查條文", "Look up a provision")
LOOKUP_HINT = Text(
    "查条文：如 三十条一款、30.1",
    "查條文：如 三十條一款、30.1",
    "Look up: Article 30(1), 30.1",
)
FIND = Text("查", "查", "Find")
SCRIPT = Text("字体", "字體", "Script")
SCRIPT_NAMES = (("简", "zh-Hans"), ("繁", "zh-Hant"))
SOURCE_EMPTY = Text(
    "点击答案中的条款，这里显示整条原文，并标出所引的句子。",
    "點擊答案中的條款，這裡顯示整條原文，並標出所引的句子。",
    "Click a provision in an answer: the whole article appears here, the quoted words marked.",
)
PREVIOUS = Text("上一条", "上一條", "Previous")
NEXT = Text("下一条", "下一條", "Next")
BACK = Text("回到问答", "回到問答", "Back to the chat")
PREAMBLE = Text("题注", "題注", "Adoption")

# ── rules ────────────────────────────────────────────────────────────────────────────────
RULE_ACTOR = Text("主体", "主體", "Actor")
RULE_LEVEL = Text("层级", "層級", "Level")
RULE_ARTICLE = Text("条", "條", "Article")
RULE_ARTICLE_HINT = Text("如 30", "如 30", "e.g. 30")
RULE_KIND = Text("时限", "時限", "Time limit")
RULE_TEXT = Text("包含文字", "包含文字", "Contains")
RULE_TEXT_HINT = Text("如 研判、抄送", "如 研判、抄送", "e.g. report")
ANY = Text("不限", "不限", "Any")
RULE_PROVISION = Text("条款", "條款", "Provision")
RULE_STATEMENT = Text("规则", "規則", "Rule")
RULE_QUOTE = Text("原文", "原文", "Original words")
COUNT = Text("{shown} / {all} 条规则", "{shown} / {all} 條規則", "{shown} of {all} rules")
NO_RULES = Text(
    "没有符合条件的规则。",
    "沒有符合條件的規則。",
    "No rule meets these conditions.",
)
ANY_LIMIT = Text("有时限", "有時限", "any time limit")
LIMIT_KINDS = {
    "within": Text("期限内", "期限內", "within"),
    "advance": Text("提前", "提前", "in advance"),
    "frequency": Text("频次", "頻次", "how often"),
    "by": Text("截止", "截止", "by a date"),
    "threshold": Text("满一定期间", "滿一定期間", "after a period"),
    "immediate": Text("及时、立即", "及時、立即", "promptly"),
    "effective": Text("施行日期", "施行日期", "effective date"),
}
LEVELS = {
    "central": Text("中央", "中央", "central"),
    "region": Text("自治区", "自治區", "autonomous region"),
    "league": Text("盟市", "盟市", "league/city"),
    "banner": Text("旗县（市、区）", "旗縣（市、區）", "banner/county"),
    "township": Text("苏木乡镇、街道", "蘇木鄉鎮、街道", "township/sub-district"),
}

# ── notices ──────────────────────────────────────────────────────────────────────────────
WARMING = Text(
    "语义检索正在后台载入，规则与字面检索已可使用。",
    "語意檢索正在背景載入，規則與字面檢索已可使用。",
    "Semantic search is still loading; rules and lexical search already answer.",
)
DEGRADED = Text(
    "语义检索不可用（{why}），规则与字面检索继续工作。",
    "語意檢索不可用（{why}），規則與字面檢索繼續工作。",
    "Semantic search is unavailable ({why}); rules and lexical search go on.",
)
