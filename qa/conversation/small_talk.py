"""What is said to the system itself: greetings, thanks, 「你是谁」, orders to a model; and code in a question."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files

from corpus.language.conversation_words import MODEL_ORDERS, SMALL_TALK, TALK_PARTICLES
from corpus.language.simplification import search_form

#: Whatever is longer says more than a greeting.
_LONGEST = 40
_MARKS = re.compile(r"[^\w'+*/×÷=^()-]+")
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
    return _replies()["orders"] if not without_orders(question) else ""


def _reply(words: str) -> str:
    forms = (words, TALK_PARTICLES.sub("", words))
    kinds = (kind for kind, said in SMALL_TALK.items() if any(map(said.fullmatch, forms)))
    return next((_replies()[kind] for kind in kinds), "")


@lru_cache(maxsize=1)
def _replies() -> dict[str, str]:
    """Kind of talk, as in ``SMALL_TALK``, → what is replied; ``orders`` to what is nothing but orders."""
    text = files("qa.conversation").joinpath("assets", "replies.json").read_text(encoding="utf-8")
    replies: dict[str, str] = json.loads(text)
    return replies


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


_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*")
_WORD = re.compile(r"\S")


def without_order_lines(text: str) -> str:
    """A document's text with the lines that hold an order to a model blanked, as long as before.

    What an order is followed by in its line is what it wants said, so the whole line goes.
    """
    if not MODEL_ORDERS.search(text):
        return text
    lines = text.split("\n")
    return "\n".join(_WORD.sub(" ", line) if MODEL_ORDERS.search(line) else line for line in lines)


def question_without_orders(question: str) -> str:
    """A question without its sentences that are orders to a model; "" where nothing else is asked."""
    return "".join(s for s in _SENTENCE.findall(question) if not MODEL_ORDERS.search(s)).strip()
