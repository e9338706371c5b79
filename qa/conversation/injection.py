"""Words in a document or question that speak to a language model instead of to people."""

from __future__ import annotations

import re

from corpus.language.conversation_words import MODEL_ORDERS

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*")
_WORD = re.compile(r"\S")


def without_orders(text: str) -> str:
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
