"""The words in which questions are asked: patterns over folded (simplified, NFKC) text.

One table per decision, each read top to bottom; the first match decides. Patterns name
ways of asking, never subjects of the regulation: those live in its rule table.
"""

from __future__ import annotations

import re
from re import Pattern
from typing import Final

__all__ = [
    "AFFIRMATIVE_TAIL",
    "ALTERNATIVES",
    "ASKS",
    "CONDUCT_TAIL",
    "FABRICATION",
    "FOLLOW_UP",
    "INJECTION",
    "INTERROGATIVES",
    "INTRODUCTION",
    "NEGATIVE_TAIL",
    "SMALL_TALK",
    "UNREGULATED",
    "YES_NO_EN",
    "Words",
    "plainly",
]

Words = Pattern[str]


def _words(*alternatives: str) -> Words:
    return re.compile("|".join(alternatives))


# 报告哪些事项 asks for matters, not for a recipient.
_NOT_MATTER: Final = (
    "(?![些个几一]*(?:重大|重要|主要)?(?:事|内容|情况|材料|问题|工作|东西|信息|项|方面|类))"
)

# What a question asks for. Order matters: 多久研判一次 is a frequency, not a deadline.
ASKS: Final[tuple[tuple[str, Words], ...]] = (
    (
        "compare",
        _words(
            r"\b(?:more|most) (?:often|frequently|frequent)\b",
            "区别",
            "不同",
            "(?:不一样|一样(?:吗|么|不|呢)|不太一样)",
            "(?:哪|谁)[^,。?]{0,8}(?:更|最)(?:频|勤|多|短|长|早|严|紧|快)",
            "差别",
            "差异",
            "分别(?!向)",
            "(?:怎么|如何|怎样|咋)分工",
            "分工",
            "对比",
            "比较(?!敏感|复杂)",
            "相比",
            "各(?:要|有|自)?(?:什么|哪些|多久|多长|几)",
            "哪个(?:更|先)",
            r"\bdiffer(?:s|ent|ence|ences)?\b",
            r"\bcompare[ds]?\b",
            r"\bversus\b",
            r"\bvs\b",
            r"\brespectively\b",
        ),
    ),
    (
        "effective",
        _words(
            "(?:什么时候|啥时候|何时|哪天|哪一天|几号|哪年|几月|什么时间|日期|多会儿?)(?:起|开始|才|就|正式)*"
            "(?:施行|实施(?!办法)|生效|执行|发布|公布|印发|出台|通过|批准|制定|审议|颁布|用)",
            "(?:施行|实施|生效|执行|发布|公布|印发|出台|通过|批准|颁布|审议)(?:的|是|于|在|从|了|时间|日期|起)*"
            "(?:什么时候|啥时候|何时|哪天|哪一天|几号|哪年|几月|日期|时间)",
            "从(?:哪|什么|啥)[^,。?]{0,6}(?:起|开始)",
            "(?:根据|依据|按照?|按着)(?:什么|哪[个部一]*|啥)[^,。?]{0,6}(?:制定|制订|定的?|出台)",
            r"\b(?:effective date|take effect|took effect|come into (?:force|effect)|came into (?:force|effect)"
            r"|enter(?:ed)? into force|in force since|in effect since|when was (?:it|this|the regulation|the measures?)"
            r"|(?:issued|adopted|approved|promulgated) (?:by|on|when))\b",
            r"\bwhen (?:was|were|did)[^?]*(?:issued|adopted|approved|promulgated|published|effect|force)\b",
        ),
    ),
    (
        "frequency",
        _words(
            "(?:多久|多长时间|几个?(?:月|周|星期|季度|天|年)|隔多[久长])[^,。?]{0,20}?[一1](?:次|回|趟)",
            "[几多]少?(?:次|回)",
            "频率",
            "频次",
            "(?:一年|每年|每季度?|每个?月|一个?月|一个?季度)[^,。?]{0,12}(?:几|多少)(?:次|回)",
            r"\bhow (?:often|frequently|many times|regularly)\b",
            r"\b(?:frequency|how many .{0,30}(?:a|per|each|every) (?:year|quarter|month))\b",
        ),
    ),
    (
        "deadline",
        _words(
            "多久",
            "多长时间",
            "多少(?:个)?(?:小时|天|日|工作日|时间|钟头|周|星期|月|分钟)",
            "几(?:个)?(?:小时|天|日|工作日|钟头|周|星期|个月|分钟)",
            "(?:早上|上午|下午|晚上|最[晚迟]|[到在])?几点",
            "什么时候",
            "啥时候",
            "啥时",
            "何时",
            "多会儿?",
            "什么时间",
            "时限",
            "期限",
            "最[晚迟]",
            "多快",
            "提前多",
            "哪天(?:之?前|截止|到期)",
            "几号(?:之?前|截止)",
            "多大(?:的)?提前量",
            r"\bhow (?:long|soon|quickly|fast|early|far (?:in advance|ahead)|much (?:time|notice))\b",
            r"\b(?:deadline|time[- ]?limit|by when|when (?:must|should|does|do|is|are)|within what|what time"
            r"|how many (?:hours|days|weeks|working days|minutes|months|years)|latest)\b",
        ),
    ),
    (
        "recipient",
        _words(
            f"(?:向|给|跟|对|找|到|往)(?:的)?(?:谁|哪[个些里儿几一]{_NOT_MATTER}|什么(?:部门|单位|机关|人))",
            f"报(?:告|送|给|到|备)?(?:给)?(?:谁|哪[个些里儿几一]?{_NOT_MATTER})",
            "抄送(?:给|到)?(?:谁|哪|什么)",
            f"(?:送|交|发|请示)(?:给|到|报)?(?:谁|哪[个些里儿几一]{_NOT_MATTER})",
            r"\b(?:to whom|report to (?:whom|which|what)|to (?:which|what) (?:bod|organ|authorit|committee|commission)"
            r"|who(?:m)? (?:must|should|does|do|is|are) .{0,60}\b(?:report(?:ed)?|copied|sent|submit(?:ted)?) to\b)",
        ),
    ),
    (
        "actor",
        _words(
            "谁",
            "哪(?:个|些|几个|一个|一级|级|几级|一方|家)(?:的)?(?:部门|单位|人员?|机关|机构|组织|党委|党组织|领导|政法委|层级|干部|同志|主体)",
            "哪一?级",
            "什么(?:人|部门|单位|机关|机构|样的人)",
            "哪(?:几|些)(?:位|个人|类人|人|方面的人)",
            "哪个来",
            "归哪",
            "由哪",
            "主体是",
            r"\bwho(?:se|m)?\b",
            r"\b(?:which|what) (?:body|bodies|organ|organs|committee|commission|authority|level|official|officials"
            r"|unit|units|party|leaders?|person|people)\b",
        ),
    ),
    (
        "consequence",
        _words(
            "后果",
            "(?:会|将|要|应当?)被?(?:怎么|如何|怎样|咋)(?:样)?(?:处理|处罚|处分|追责|问责|追究|惩)",
            "(?:怎么|如何|怎样|咋|受到?|给予?|有(?:什么|啥|哪些))(?:样)?(?:的)?(?:处罚|处分|追责|问责|追究|惩)",
            "(?:处罚|处分|追责|问责)(?:措施|方式|办法|规定)",
            "追究",
            "收拾",
            "追责",
            "问责",
            "(?:超过?了?|逾期|超期|超时|迟报|晚报|瞒报|漏报|谎报|不报|违反|没有?按|不按|未按|违规|不执行|不落实|没报|拒不)[^?。]{0,20}"
            "(?:怎么办|咋办|会怎[么样]|会咋|怎么处|咋处|有(?:什么|啥)|什么责任|如何|啥)",
            "(?:承担|负|有)(?:什么|哪些|何种)责任",
            r"\b(?:what happens if|consequences?|penalt(?:y|ies)|sanction(?:s|ed)?|liab(?:le|ility)|punish(?:ed|ment)?"
            r"|held (?:accountable|responsible)|disciplin(?:e|ed|ary action))\b",
        ),
    ),
    (
        "list",
        _words(
            "哪些",
            "哪几",
            "有什么(?:事|内容|职责|方式|措施|要求|任务|规定)",
            "(?:负责|承担|报|管|职责(?:是|有)?)(?:些|点)?(?:什么|啥|哪些)",
            "列列|列个",
            "(?:职责|职能|任务|义务)(?:是|有|呢)?(?=[?。!]|$)",
            "啥事",
            "什么(?:事|内容|情况|材料|方式|程序|职责)",
            "包括(?:什么|啥|哪)",
            "列(?:出|举|一下|清)",
            "几(?:种|项|个方面|类|条|套|大)",
            "多少(?:项|种|条|章)",
            "都(?:有|要|管|包括|是)(?:些)?(?:什么|啥|哪)",
            "清单",
            "干(?:些)?(?:什么|啥)",
            "做(?:些)?(?:什么|啥)",
            "管(?:些)?(?:什么|啥)",
            "抓(?:些)?(?:什么|啥)",
            "什么职责",
            r"\bwhat (?:must|should|shall|needs? to|has to|have to) (?:be )?(?!happen)",
            r"\b(?:list|which (?:matters|items|things|methods|procedures|principles)|what (?:matters|items|things|methods"
            r"|procedures|principles|duties|are the|kinds?|types?)|name the|enumerate)\b",
        ),
    ),
    (
        "definition",
        _words(
            "什么是",
            "何谓",
            "(?:是|指)(?:的)?(?:什么|啥)",
            "什么意思",
            "(?:是|指)什么",
            "定义",
            "含义",
            "性质",
            r"\bwhat (?:is|are|does .{0,60} mean)\b",
            r"\b(?:define|definition|meaning of)\b",
        ),
    ),
    (
        "procedure",
        _words(
            "怎么",
            "如何",
            "怎样",
            "咋",
            "流程",
            "程序",
            "步骤",
            "手续",
            "下一步",
            r"\bhow (?:to|do|does|is|are|should|must|can)\b",
            r"\b(?:procedure|process|steps?)\b",
        ),
    ),
)

BASIS: Final = _words(
    "(?:依据|根据|出处|出自|来自|写在|规定在)[^,。?]{0,6}(?:哪|第几|什么)(?:[一个]?[条款项])?",
    "(?:是|在|见)?(?:哪[一个]?|第几)[条款项](?!例|件)",
    "(?:法条|条文|法律)?依据(?:是|呢|\\?|$)",
    "原文(?:呢|是|怎么|\\?|$)",
    r"\b(?:which (?:article|provision|paragraph|clause)|what (?:article|provision)|legal basis|what is the basis"
    r"|on what basis|cite the|source\?)",
)

INTERROGATIVES: Final = _words(
    "请问", "请教(?:一下)?", "想问(?:一下)?", "麻烦问(?:一下)?", "咨询(?:一下)?", "我想(?:知道|了解)(?:一下)?",
    "帮我?(?:查|看|问)(?:一下|下)?", "你好", "您好", "谢谢", "多久", "多长时间", "什么时候", "啥时候?", "何时",
    "什么", "哪(?:个|些|几|一|里|儿|级|天|位)?", "谁", "怎么样?", "如何", "怎样", "咋", "啥", "吗", "呢", "吧", "啊",
    "呀", "么(?=$|\\?)", "多少", "几(?=个|次|天|小时|点|种|项|位|章|条)", "是不是", "是否", "能不能", "可不可以",
    "要不要", "有没有", "需不需要", "请列出", "怎么办", "咋办", "会?咋样?", "规定(?:了|的)?", "按照?(?:本|这个?|该)?(?:实施)?办法", "本办法",
    "实施办法", "办法(?:里|中)?", "[?!,。;:、]",
)  # fmt: skip

# Tails that turn a statement into a yes/no question.
AFFIRMATIVE_TAIL: Final = re.compile(
    r"[,]?(?:这?(?:种?说法|样说|个?说法|话)?(?:是|算)?(?:对|正确|准确|属实|真的|没错|成立)(?:的)?(?:吗|么|吧|不对|不|嘛)"
    r"|是(?:这样)?(?:的)?(?:吗|么|吧|不是|不)|对(?:吗|吧|不对|么)|是吗|吗|么|吧|嘛|不|没有|没)?[?!。]*$"
)
CONDUCT_TAIL: Final = re.compile(
    r"[,。;]?(?:这样?(?:做|办|算)?(?:就)?)?(?:是否|是不是)?(?:也|还|就|都)?(?:算)?"
    r"(?:行|可以|可|够|够用|够数|符合(?:规定|要求|办法|实施办法|条例|本办法)*|合规|合格|合法|合适|妥当|妥|达标|没问题"
    r"|来得及|按时|及时|满足(?:规定|要求)*|过关|有效|合乎规定)(?:了)?(?:的)?"
    r"(?:吗|么|吧|嘛|不行|不可以|不|没有|没|不够|呢)?[?!。]*$"
)
NEGATIVE_TAIL: Final = re.compile(
    r"[,。;]?(?:这样?(?:做|办)?)?(?:是否|是不是)?(?:也|还|就|都)?(?:算|属于|有没有|没有?|有)?(?:不)?"
    r"(?:超时|超期|逾期|迟报|晚|违规|违反(?:规定|办法)*|违纪|有问题|不合规|不符合(?:规定|要求)*|迟|晚报|违背规定)"
    r"(?:了)?(?:吗|么|吧|嘛|没有|没|不)?[?!。]*$"
)

# A不A → A
ALTERNATIVES: Final[tuple[tuple[Words, str], ...]] = (
    (re.compile("是不是|是否"), ""),
    (re.compile("能不能|能否"), "能"),
    (re.compile("可不可以|可否"), "可以"),
    (re.compile("要不要"), "要"),
    (re.compile("需不需要|需要不需要"), "需要"),
    (re.compile("有没有"), "有"),
    (re.compile("应不应该|该不该|应不应当"), "应当"),
    (re.compile("用不用|必不必须"), "需要"),
    (re.compile("允不允许|允许不允许"), "允许"),
)

YES_NO_EN: Final = re.compile(
    r"^(?:so |and |but |please |then )*(is|are|does|do|did|can|could|may|must|should|shall|has|have|will|would|was"
    r"|were|need|needs)\b"
)

SMALL_TALK: Final[tuple[tuple[str, Words], ...]] = (
    (
        "greeting",
        re.compile(
            r"^(?:(?:你|您|你们|各位|大家|老师|同志)?好|嗨|哈喽|哈罗|早(?:上好|安)?|上午好|下午好|晚上好|在吗|在不在|有人吗"
            r"|hi|hello|hey|there|good (?:morning|afternoon|evening)|[呀啊哦!。.,?~ ])+$"
        ),
    ),
    (
        "thanks",
        re.compile(
            r"^(?:好的?|行|嗯+|哦+|那|非常|十分|太|真是?|谢谢|谢了|多谢|感谢|辛苦|麻烦|明白|知道|清楚|懂|收到|再见|拜拜"
            r"|(?:你|您)的?(?:帮助|解答|回答|耐心)?|没(?:有)?(?:别的|其他|其它)?(?:问题|事)?了|(?:先)?(?:这样|到这(?:里|儿)?)吧?|不用了"
            r"|thanks|thank you|thx|very much|so much|a lot|ok|okay|got it|i see|understood|great|bye|goodbye|that'?s all"
            r"|[了啦们的呀啊吧!。.,~ ])+$"
        ),
    ),
    (
        "about",
        re.compile(
            r"^(?:你好,|您好,)?(?:请问)?(?:你|您|这个?(?:系统|助手|工具|机器人|网站|页面)?)(?:都|到底|主要|还)?(?:是谁|是什么|是啥|是干(?:什么|啥|嘛)的"
            r"|叫什么(?:名字)?|(?:能|可以|会)(?:够)?(?:帮我|帮忙|给我)?(?:做|干|查|回答|解答|问|提供|帮)?(?:我)?(?:些|点|到)?(?:什么|啥|哪些)(?:问题|事情?|忙|内容|功能)?"
            r"|有(?:什么|啥|哪些)(?:用处?|功能|本事)|会(?:做|干)?(?:些)?(?:什么|啥)|怎么(?:使?用|问|操作))(?:的)?[呀啊呢!。.,?]*$"
            r"|^(?:请)?(?:自我介绍|介绍(?:一)?下?(?:你|您)?自己)(?:一下)?(?:吧)?[!。.,?]*$"
            r"|^(?:(?:我)?(?:能|可以|该|应该)(?:向你|问你|在这里)?问(?:些|点)?(?:什么|啥|哪些)(?:问题)?|帮助|使用说明|怎么(?:使?用|问))[呀啊呢!。.,?]*$"
            r"|^(?:who are you|what (?:can|do) (?:you|i) (?:do|ask)(?: (?:here|you|for me))?|what can you help (?:me )?with|what is this"
            r"|how (?:do i|to) use (?:this|it|you)|how does (?:this|it) work|help)[?.! ]*$"
        ),
    ),
)

# Who asks: 我是旗检察院的, I work for a league commission. No question is in it.
INTRODUCTION: Final = re.compile(
    r"^(?!.*(?:[呢吗么哪谁啥怎几]|什么|如何|何时|多[久少长]))(?:你好|您好|hi|hello)?[,!。. ]*(?:我(?:们)?(?:这边|这里|单位)?|咱们?|本人)(?:是|在|来自|属于)"
    r"(?!说|问|指|想|不是)[^,。?!]{2,20}?(?:的|工作|上班|干部|人员|一级|这级)?[。!.]*$"
    r"|^(?:hi|hello)?[,!. ]*(?:i am|i'm|we are|we're|i work) (?:from|with|at|in|for) (?!it\b)[^,?]{4,70}[.!]*$"
)

# Attempts to make the assistant drop the text or its own rules.
INJECTION: Final = _words(
    "忽略(?:掉)?(?:之前|以上|前面|上面|所有|先前|一切)",
    "无视(?:之前|以上|前面|上面|所有|你的|一切)",
    "(?:系统|初始|你的)提示词",
    "(?:假装|假设你是|扮演|现在你是|你现在是)",
    "(?:假设|假定|假如|就当|当作|按照?)第[^条]{1,8}条(?:说|是|写|规定)(?:的是)?",
    "(?:批准|同意|允许|准许)(?:我|咱)[^,。?]{0,12}(?:迟报|晚报|不报|瞒报|免)",
    "不(?:要|用|必|管)(?:引用|依据|按照?|管|看)(?:条文|原文|办法|规定|依据)",
    "开发者模式",
    "越狱",
    r"\b(?:ignore|disregard|forget) (?:all |any |the |your |every )*(?:previous|prior|above|earlier|preceding|instructions?|rules?)\b",
    r"\b(?:system prompt|developer mode|jailbreak|you are now|act as|role-?play|pretend)\b",
)

# Asks for words that are not in the text: refused whatever else the question says.
FABRICATION: Final = _words(
    "编造|杜撰|虚构|捏造|瞎编|伪造",
    "编(?:一|个|出|几)(?!制)",
    r"\b(?:make (?:something |it |one )?up|invent|fabricate)\b",
)

# Attributes that people ask for and that no provision of a regulation like this one
# gives; each is refused unless the provision found states that attribute itself.
UNREGULATED: Final[tuple[tuple[str, Words], ...]] = (
    (
        "money",
        _words(
            "多少钱", "几块钱?", "多少元", "金额", "罚款", "罚多少", "(?:标准|工资|薪酬|待遇|津贴|补贴|补助|奖金|经费|预算)"
            "(?:标准|数额|水平)?(?:是|有|为|给|发|按)*(?:多少|几|怎么算|如何计算|什么标准)", "多少(?:津贴|补贴|补助|奖金|经费)",
            "(?:津贴|补贴|补助|奖金|经费)(?:的)?(?:具体)?(?:标准|数额|金额)", r"\bhow much (?:money|is the|are the|does it cost|will)",
            r"\b(?:fines?|amount of|salary|salaries|yuan|rmb|budget)\b",
        ),
    ),
    ("share", _words("百分之", "比例", "占比", "多大比例", r"\bpercent(?:age)?\b", r"\bproportion\b")),
    (
        "contact",
        _words("电话", "手机号", "邮箱", "地址(?:是|在)", "网址", "联系方式", "传真", "在(?:什么|哪个|哪条)(?:地方|路|街|楼)",
               r"\b(?:phone|telephone|e-?mail|fax|postal address|office address|website)\b"),
    ),
    ("score", _words("多少分", "几分(?!工)", "等次", "打分", "评分", "分值", "分数", "优秀率", "排名", r"\b(?:grades?|grading|scores?|ranking)\b")),
    ("age", _words("年龄", "多少岁", "几岁", "退休", r"\b(?:age limit|how old|retire(?:ment)?)\b")),
    (
        "form",
        _words("多少字", "字数", "字号", "字体", "几页", "模板", "范本", "格式(?:是|要求|怎么|如何|有)", "什么格式", "纸质还是", "几份",
               "多少份", "几号字", "公文格式", r"\b(?:template|font|word count|how many (?:pages|words|copies))\b"),
    ),
    (
        "term",
        _words("任期", "几届", "连任", "任多少年", "任几年", r"\b(?:term of office|terms? of .{0,20}secretary|re-?elected)\b"),
    ),
    (
        "headcount",
        _words("编制(?:数|是|有|多少|几)", "(?:多少|几)(?:个)?(?:人(?!员)|名|编制|工作人员|委员|副书记)", "人数", "多少户",
               r"\bhow many (?:people|staff|members|employees|deputy|deputies|households|officers|cadres)\b"),
    ),
    (
        "sentence",
        _words("判(?:刑|几年|多少年|多久)", "刑期", "有期徒刑", "量刑", "立案标准", r"\b(?:sentenced?|imprisonment|years in prison|jail)\b"),
    ),
    (
        "person",
        _words("(?:现任|现在的|目前的|历任)[^?。]{0,16}(?:是谁|叫什么|名字|名单)", "叫什么名字", "姓什么", "名字叫",
               r"\b(?:current(?:ly)?|present) .{0,40}(?:secretary|chief|director)\b.*\b(?:who|name)",
               r"\bwho is the (?:current|present)\b"),
    ),
    (
        "hours",
        _words("上下班", "几点(?:上|下)班", "上班时间", "办公时间", "几点(?:开|关)门", r"\b(?:office|opening|working) hours\b"),
    ),
    ("weather", _words("天气", "下雪", "下雨", "气温", "几度", r"\b(?:weather|rain|snow|temperature)\b")),
    (
        "errand",
        _words("写(?:一)?(?:首|篇|封|个|段)", "作(?:一)?首", "画(?:一)?(?:张|幅)", "翻译", "讲(?:个|一个)", "推荐(?:个|几|一)",
               "订(?:票|餐|酒店)", "唱(?:首|一首)", "算(?:命|一卦)", "股票", "彩票", "菜谱", "怎么做(?:菜|饭)", "起草", "代拟",
               r"\b(?:write (?:me )?(?:a|an)|poem|joke|recipe|translate|recommend|stock price|song)\b"),
    ),
)  # fmt: skip

FOLLOW_UP: Final = re.compile(
    r"^(?:那么?|哦|噢|嗯|好的?|明白了?|再|还有|另外|然后|那要?是|如果|要是|可是|但是?|而)*[,]?"
)

# How staff speak → how a regulation writes. General speech only: what is special to one
# regulation belongs among the topics of its rows.
_COLLOQUIAL: Final[tuple[tuple[Words, str], ...]] = (
    (re.compile("(?:出|摊上|碰上|遇上|闹出)了?(?:点|个|件|起|什么|啥)*(?:大)?(?:事儿?|状况|情况|岔子|乱子)(?!故|件|项)"), "发生紧急事件、突发事件"),
    (re.compile("咋(?!样)"), "怎么"),
    (re.compile("啥"), "什么"),
    (re.compile("(?:个)?钟头"), "小时"),
    (re.compile("(?<![0-9一二两三四五六七八九十几])(?:搞|弄|整)(?=一?[次回个]|完|好|清|出)"), "开展"),
    (re.compile("碰头|碰一(?:次|回)"), "研判"),
    (re.compile("(?<=[要得该须])(?:往上|向上|上)?报(?![告送备批到名给])|(?:往上|向上)报(?![告送])"), "报告"),
    (re.compile("(?:我们?|咱们?|你们?)?(?:这(?:边|儿|里)?|那(?:边|儿|里))(?=发生)"), ""),
    (re.compile("(?<![一-龥])[旗县区市盟镇乡]里(?=发生)"), ""),
    (re.compile("(?:说了算|拍板|拍扳|一言堂)"), "个人决定"),
    (re.compile("(?:算数|作数|管用)"), "有效"),
    (re.compile("(?:收拾|算账)"), "追责"),
)  # fmt: skip


def plainly(text: str) -> str:
    """``text`` with colloquial words put as a regulation would.

    >>> plainly("旗里出了事咋报")
    '发生紧急事件、突发事件怎么报'
    """
    for words, formal in _COLLOQUIAL:
        text = words.sub(formal, text)
    return text
