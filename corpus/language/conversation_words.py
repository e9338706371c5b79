"""Words of a conversation: follow-ups, small talk, orders to a language model."""

from __future__ import annotations

import re

from corpus.language import function_words as words
from corpus.language import organisations as bodies
from corpus.language import question_words
from corpus.language.dates import BEFORE_THEN, FOLLOWING_YEAR, NOW, YEARLY
from corpus.language.numerals import ORDINAL
from corpus.language.persons import POSTS

#: How a follow-up begins; those beginnings that only a follow-up has; how it ends.
OPENINGS = re.compile(
    rf"^(?:那么|那(?![个边里位些种样次天年份时座条])|{words.BESIDES}|再问(?:{words.A_BIT}|问)?|{question_words.POLITELY}(?:{words.A_BIT})?|顺便问(?:{words.A_BIT})?|换成|换|改成|如果是|要是|如果|对了|好的?(?=[，,])|嗯)[，,、 ]*"
)
CONTINUATIONS = re.compile(rf"^(?:那|换|改成|如果|要是|{words.BESIDES})")
CLOSINGS = re.compile(
    rf"(?:(?:又?(?:{question_words.HOW_IS_IT}))?呢|{question_words.HOW_ABOUT}|的情况(?:呢|{question_words.HOW_IS_IT})?)$"
)
#: 「24年」, and a year told by the one before.
SHORT_YEAR = re.compile(rf"^(?P<tens>[012]\d)(?:{YEARLY}|年)")
NEXT_YEAR = re.compile(
    rf"^(?:(?P<before>上一?年|前一年)|(?P<after>{FOLLOWING_YEAR}|下一年|后一年|第二年))"
)
#: 「组长」 for 「副组长」, 「民政局」 for 「水利局」, 「第三季度」 for 「第二季度」.
KINDS_OF_THINGS = re.compile(
    rf"(?:{POSTS}|{bodies.STREET}|{bodies.COMMUNITY}|[省市州县区镇乡村局厅委办部院校馆站所队]|{bodies.BODIES}|{bodies.PUBLIC_BODIES}|{bodies.LEADING_GROUP}"
    rf"|{words.STAGES}|{YEARLY}|{words.ALL_TITLED})$"
)
#: Which one of a kind: 「第二季度」.
ORDINAL_BEFORE_KIND = re.compile(rf"第?[\d{ORDINAL}]{{1,3}}个?(?=(?:{words.STAGES})$)")
#: What no name goes on behind.
NAME_BREAKS = re.compile(r"[的，,、：:；;（(《“\"里中内对向由和与]")
_THIS = f"这一?[个份部项篇些]?|该|此|{words.AFORESAID}|上面(?:这|那|的|说的)?一?[个份部项篇]?|前面(?:这|那|的|说的)?一?[个份部项篇]?|刚才(?:这|那|的|说的)?一?[个份部项篇]?|那一?[份部篇]"
#: What stands for a document, a person, a place, a matter that was spoken of.
THIS_DOCUMENT = re.compile(rf"^(?:{_THIS})(?:{words.DOCUMENTS})(?:里面?|中|内)?")
THIS_PERSON = re.compile(
    rf"^(?:[他她](?![人们国乡方日山])|这个?人|此人|该同志|这位同志|这位(?:{bodies.LEADERS}|{POSTS})?)"
)
THIS_PLACE = re.compile(
    rf"^(?:那里|那边|那儿|这里|这边|当地|该[省市县区州镇乡地]|[这那]个(?:省|市|县|区|镇|乡|地方|{bodies.STREET}))"
)
THIS_MATTER = re.compile(
    rf"^(?:它们?|其(?![他它余中实间次])|(?:{_THIS})项?(?:{words.MATTERS})|(?:上面|前面|刚才)(?:这|那|说)的?一?[个份部项篇]?"
    r"|这一?[个项]?(?![\u4e00-\u9fff])|这一?[个项]?(?=是|有|由|叫|在|要|怎|什|多|何|为|谁|的))"
)
#: 「该公司…」, 「这次评选…」: what they are is told by what was asked about.
SUCH_A_THING = re.compile(
    rf"^(?:该|这次|此次|本次|{question_words.THESE}|{words.AFORESAID}|这[家位名批类])(?=[\u4e00-\u9fff])"
)
#: 「牵头这项工作的是谁」, where nothing but small words stands around it.
THIS_WITHIN = re.compile(rf"(?:{_THIS})项?(?:(?P<document>{words.DOCUMENTS})|{words.MATTERS})")
#: The clock is not in the documents, and 「其他」 names nothing.
VAGUE_THINGS = re.compile(
    rf"^(?:[去今明前后往历]年|其[他它余]|别的|剩下|更多|全部|所有|然后|{words.BESIDES}|后来)"
)
#: What asks to compare with what was spoken of.
COMPARED = re.compile(rf"^(?:{question_words.COMPARING}|比)(?:{words.A_BIT}|起来|较)?$")

_EARLIER_WORDS = f"以上|{words.AFORESAID}|上面|上文|{BEFORE_THEN}|{words.EARLIER}|先前|前面|前述|所有|全部|一切|任何|原有|系统|你的"
_ORDERS = f"指示|指令|提示词?|{words.RULE}|设定|{words.ORDER}|约束|{words.DEMAND}|限制|对话|{words.CONTENT}"
#: Words that speak to a language model instead of to people.
MODEL_ORDERS = re.compile(
    rf"(?:忽略|无视|忘记|忘掉|抛开|跳过|不要理会|不必理会|不必遵守|不要遵守|别管|取代|覆盖)[^。！？\n]{{0,6}}(?:{_EARLIER_WORDS})[^。！？\n]{{0,6}}(?:{_ORDERS})"
    r"|(?:ignore|disregard|forget|override)[^.\n]{0,30}(?:previous|above|prior|earlier|all|system)[^.\n]{0,30}(?:instruction|prompt|rule|message)s?"
    r"|(?:system|developer)\s*(?:prompt|message)|系统提示词|提示词注入|jailbreak|越狱模式|开发者模式"
    rf"|(?:你|您){NOW}(?:是|扮演)|从{NOW}(?:起|{words.STARTING})[，,]?\s*(?:你|您)|(?:请|你)扮演|you are now|act as (?:a|an)\b"
    r"|作为(?:一[个名])?(?:AI|人工智能|大?语言模型)(?:助手)?[，,]|(?:致|给|对)(?:AI|人工智能|大?语言模型|大模型)(?:助手)?的?(?:指令|指示|提示)"
    rf"|(?:请|务必|{words.MUST}|只(?:能|需|要)?|直接)(?:{words.ANSWERING}|回复|输出|{words.REPLY})\s*[“\"「『：:]"
    r"|<\|?[a-z_/]{2,20}\|?>|\[/?(?:INST|SYS)\]|<</?SYS>>",
    re.IGNORECASE,
)  # fmt: skip

#: What a question cannot be understood with alone.
LEANING_WORDS = re.compile(
    f"[它她]|他们|其(?!中|他|它|余|实|次)|[这那](?!么)|该(?!怎|如|不)|{words.AFORESAID}|上面|前面|刚才|此(?:项|事|类)|呢[？?]?$"
)
#: What is said to the system itself, whole, and what kind of talk it is; the first that fits counts.
SMALL_TALK = {kind: re.compile(text) for kind, text in {
    "greeting": r"你好呀?|您好|大家好|哈[喽啰罗]|嗨|早(?:上|晨)?好?|(?:上|中|下)午好|晚上好|晚安|在吗|在不在|有人吗|hi|hello|hey|good (?:morning|afternoon|evening)",
    "thanks": r"(?:谢谢|多谢|感谢|谢了|谢啦|非常感谢|辛苦)(?:你|您|了|啦|大家|帮助|的帮助)*|thanks?(?: you)?(?: very much)?|thx|3q",
    "farewell": r"再见|拜拜|拜|回见|bye(?: bye)?|good ?bye",
    "acknowledgement": rf"好|好的|好吧|行|{words.MAY}|嗯+|哦+|噢|明白|明白了|知道了|懂了|了解|收到|对|是的?|没(?:有|事)了?|没{words.PROBLEM}|哈哈+|呵呵|你?(?:真|好|太|很)?(?:棒|厉害|聪明|好用|不错|有用)了?|很好|ok|okay|yes|no|测试|test",
    "identity": rf"(?:{question_words.POLITELY})?(?:你|您)(?:{words.AFTER_ALL})?(?:{question_words.WHO}|是什么|叫(?:{question_words.WHAT_WORDS})(?:{question_words.NAME})?|是(?:不是)?(?:一?个)?(?:机器人|ai|人工智能|真人|人|chatgpt|gpt|程序|(?:{question_words.WHAT_WORDS}|{question_words.WHICH}|大)模型)|(?:用的)?(?:是)?(?:{question_words.WHAT_WORDS}|{question_words.WHICH})(?:大?模型|技术)|的?(?:{question_words.NAME}|身份)(?:是什么)?)|(?:请)?(?:做个|做一下)?自我介绍(?:{words.A_BIT})?|介绍一下(?:你|您)自己|who are you|what are you|what(?: is|'s) your name|are you (?:a )?(?:human|robot|bot|ai|chatgpt)",
    "ability": rf"(?:{question_words.POLITELY})?(?:(?:你|您)(?:都)?(?:能|会|{words.MAY})(?:做|干|帮我做|帮我|{words.ANSWERING}|查|查询)?(?:些|点)?(?:{question_words.ASKS_WHAT})(?:{words.MATTERS})?|(?:你|您)?(?:都)?有(?:{question_words.ASKS_WHAT})(?:功能|本事|用处|用)|(?:你|您)的?功能(?:是什么|有哪些)?|(?:我)?(?:能|{words.MAY})(?:问|查)(?:你|您)?(?:些)?(?:{question_words.ASKS_WHAT})(?:{words.PROBLEM})?|帮助|功能(?:{words.INTRODUCING})?|help|what can you do)",
    "usage": rf"(?:{question_words.POLITELY})?(?:这个|这|本)?(?:系统|程序|网页|页面|软件|工具|你|您)?(?:要|该|{words.MUST})?(?:{question_words.ASKS_HOW}|咋)(?:使?用|操作|提问|问)(?:你|您|它|这个(?:系统|程序|软件|工具)?|(?:本)?(?:系统|程序|软件|工具))?|使用(?:{words.EXPLANATION}|方法|帮助|手册)|how (?:do|can) i use (?:this|it|you)|how to use(?: this| it)?",
    "holdings": rf"(?:你|您|这里|{words.SOURCE}库?|库)?(?:里面?|中)?(?:都|{words.IN_ALL})?(?:有|收了|收录了)(?:{question_words.HOW_MUCH}|几|{question_words.ASKS_WHAT})(?:份|个|篇|种)?(?:{words.SOURCE}|{words.DOCUMENTS}|文档)",
    "arithmetic": rf"(?:[\d.() ]+[+\-*/×÷^加减乘除])+[\d.() ]+(?:=|等于|是|得)(?:几|{question_words.HOW_MUCH})?",
}.items()}  # fmt: skip
#: Particles that close such talk.
TALK_PARTICLES = re.compile(r"(?<=.)[啊呀呢吗吧哈哦啦嘛]+$")
