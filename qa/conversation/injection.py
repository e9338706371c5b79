"""Words in a document or question that speak to a language model instead of to people."""

from __future__ import annotations

import re

_BEFORE = "以上|上述|上面|上文|之前|此前|先前|前面|前述|所有|全部|一切|任何|原有|原来|系统|你的"
_ORDERS = "指示|指令|提示词?|规则|设定|命令|约束|要求|限制|对话|内容"
_ORDER = re.compile(
    rf"(?:忽略|无视|忘记|忘掉|抛开|跳过|不要理会|不必理会|不必遵守|不要遵守|别管|取代|覆盖)[^。！？\n]{{0,6}}(?:{_BEFORE})[^。！？\n]{{0,6}}(?:{_ORDERS})"
    r"|(?:ignore|disregard|forget|override)[^.\n]{0,30}(?:previous|above|prior|earlier|all|system)[^.\n]{0,30}(?:instruction|prompt|rule|message)s?"
    r"|(?:system|developer)\s*(?:prompt|message)|系统提示词|提示词注入|jailbreak|越狱模式|开发者模式"
    r"|(?:你|您)现在(?:是|扮演)|从现在(?:起|开始)[，,]?\s*(?:你|您)|(?:请|你)扮演|you are now|act as (?:a|an)\b"
    r"|作为(?:一个|一名)?(?:AI|人工智能|大?语言模型)(?:助手)?[，,]|(?:致|给|对)(?:AI|人工智能|大?语言模型|大模型)(?:助手)?的?(?:指令|指示|提示)"
    r"|(?:请|务必|必须|只(?:能|需|要)?|直接)(?:回答|回复|输出|答复)\s*[“\"「『：:]"
    r"|<\|?[a-z_/]{2,20}\|?>|\[/?(?:INST|SYS)\]|<</?SYS>>",
    re.IGNORECASE,
)  # fmt: skip
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*")
_WORD = re.compile(r"\S")


def without_orders(text: str) -> str:
    """A document's text with the lines that hold an order to a model blanked, as long as before.

    What an order is followed by in its line is what it wants said, so the whole line goes.
    """
    if not _ORDER.search(text):
        return text
    lines = text.split("\n")
    return "\n".join(_WORD.sub(" ", line) if _ORDER.search(line) else line for line in lines)


def question_without_orders(question: str) -> str:
    """A question without its sentences that are orders to a model; "" where nothing else is asked."""
    return "".join(s for s in _SENTENCE.findall(question) if not _ORDER.search(s)).strip()
