"""What is said to the system itself: greetings, thanks, 「你是谁」, orders; and code in a question."""

from __future__ import annotations

import re

from corpus.language.simplification import search_form
from qa.conversation.injection import question_without_orders

_ABOUT = "我在这些资料里查找答案，并注明出处。"
_EXAMPLE = "请直接问，例如“某项补助的标准是多少”“某办法从哪天起施行”。"
_ORDERED = "我只按资料回答，不接受改变回答方式的指示。请直接问资料里的内容。"
_REPLIES: tuple[tuple[str, str], ...] = (
    (
        r"你好呀?|您好|大家好|哈[喽啰罗]|嗨|早(?:上|晨)?好?|(?:上|中|下)午好|晚上好|晚安|在吗|在不在|有人吗|hi|hello|hey|good (?:morning|afternoon|evening)",
        f"你好。{_ABOUT}{_EXAMPLE}",
    ),
    (
        r"(?:谢谢|多谢|感谢|谢了|谢啦|非常感谢|辛苦)(?:你|您|了|啦|大家|帮助|的帮助)*|thanks?(?: you)?(?: very much)?|thx|3q",
        "不客气。还有要查的，请接着问。",
    ),
    (r"再见|拜拜|拜|回见|bye(?: bye)?|good ?bye", "再见。需要时再来问。"),
    (
        r"好|好的|好吧|行|可以|嗯+|哦+|噢|明白|明白了|知道了|懂了|了解|收到|对|是的?|没(?:有|事)了?|没问题|哈哈+|呵呵|你?(?:真|好|太|很)?(?:棒|厉害|聪明|好用|不错|有用)了?|很好|ok|okay|yes|no|测试|test",
        "好的。还有要查的，请接着问。",
    ),
    (
        r"(?:请问)?(?:你|您)(?:到底)?(?:是谁|是什么|叫(?:什么|啥)(?:名字)?|是(?:不是)?(?:一?个)?(?:机器人|ai|人工智能|真人|人|chatgpt|gpt|程序|哪个模型|什么模型|大模型)|(?:用的)?(?:是)?(?:什么|哪个|啥)(?:大?模型|技术)|的?(?:名字|身份)(?:是什么)?)|(?:请)?(?:做个|做一下)?自我介绍(?:一下)?|介绍一下(?:你|您)自己|who are you|what are you|what(?: is|'s) your name|are you (?:a )?(?:human|robot|bot|ai|chatgpt)",
        f"我是政策资料问答程序，不是人。{_ABOUT}资料里没有的，会如实说明。",
    ),
    (
        r"(?:请问)?(?:(?:你|您)(?:都)?(?:能|会|可以)(?:做|干|帮我做|帮我|回答|查|查询)?(?:些|点)?(?:什么|啥|哪些)(?:事情?|问题|内容)?|(?:你|您)?(?:都)?有(?:什么|哪些|啥)(?:功能|本事|用处|用)|(?:你|您)的?功能(?:是什么|有哪些)?|(?:我)?(?:能|可以)(?:问|查)(?:你|您)?(?:些)?(?:什么|哪些|啥)(?:问题)?|帮助|功能(?:介绍)?|help|what can you do)",
        f"我能在资料里查日期、数字、名单、条文和写法，并注明出处。{_EXAMPLE}",
    ),
    (
        r"(?:请问)?(?:这个|这|本)?(?:系统|程序|网页|页面|软件|工具|你|您)?(?:要|该|应该)?(?:怎么|如何|怎样|咋)(?:使?用|操作|提问|问)(?:你|您|它|这个(?:系统|程序|软件|工具)?|(?:本)?(?:系统|程序|软件|工具))?|使用(?:说明|方法|帮助|手册)|how (?:do|can) i use (?:this|it|you)|how to use(?: this| it)?",
        f"{_EXAMPLE}可以接着追问（“那某地呢”“什么时候”），点编号核对原文，也可以限定地区和年份。",
    ),
    (
        r"(?:你|您|这里|资料库?|库)?(?:里面?|中)?(?:都|一共|总共)?(?:有|收了|收录了)(?:多少|几|哪些|什么|啥)(?:份|个|篇|种)?(?:资料|文件|文档|材料)",
        "收了多少文件写在网页上方，地区、年份、文种和发文机关列在筛选范围里；命令行用 policyqa corpus report 查看。",
    ),
    (
        r"(?:[\d.() ]+[+\-*/×÷^加减乘除])+[\d.() ]+(?:=|等于|是|得)(?:几|多少)?",
        "我不做计算，只在资料里查找答案。请直接问资料里的内容。",
    ),
)
_PATTERNS = tuple((re.compile(pattern), reply) for pattern, reply in _REPLIES)
#: Whatever is longer says more than a greeting.
_LONGEST = 40
_MARKS = re.compile(r"[^\w'+*/×÷=^()-]+")
_PARTICLES = re.compile(r"(?<=.)[啊呀呢吗吧哈哦啦嘛]+$")
_SCRIPT = re.compile(r"<(script|style)\b.{0,1000}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,200}>")
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_LETTER = re.compile(r"[^\W\d_]")
IN_CHINESE = "资料是中文的，用中文提问更准 / The documents are Chinese: ask in Chinese"
LEFT_OUT = "问题里对系统的指示没有理会"


def reply_to(question: str) -> str:
    """One line for what is said to the system itself; "" for a question to the documents.

    「你好，夜市补助多少元」 is a question, with a greeting in front.
    """
    if len(question) <= _LONGEST:
        words = [word for word in _MARKS.split(search_form(question).lower()) if word]
        found = [_reply(" ".join(words)) or _reply("".join(words)), *map(_reply, words)]
        if found[0]:
            return found[0]
        # 「你好，你是谁」: every part is said to the system, the last counts.
        if words and all(found[1:]):
            return found[-1]
    return _ORDERED if not without_orders(question) else ""


def _reply(words: str) -> str:
    forms = (words, _PARTICLES.sub("", words))
    return next((reply for p, reply in _PATTERNS if any(map(p.fullmatch, forms))), "")


def without_code(question: str) -> str:
    """A question without HTML tags and scripts; 「PM2.5<35」 stays."""
    return " ".join(_TAG.sub(" ", _SCRIPT.sub(" ", question)).split())


def without_orders(question: str) -> str:
    """A question without sentences that give orders to a language model; "" where none is left."""
    rest = question_without_orders(question)
    return rest if any(c.isalnum() for c in rest) else ""


def is_foreign(question: str) -> bool:
    """Whether it has letters, but no Chinese characters or Japanese ones beside them."""
    foreign = _HAN.search(question) is None or _KANA.search(question) is not None
    return foreign and _LETTER.search(question) is not None
