"""Sentence boundaries of Chinese official prose."""

from __future__ import annotations

import re

from corpus.language.characters import BRACKETS

#: An end mark with what closes after it; 「；」 ends a clause that stands on its own in such prose.
_END = re.compile(r"[。！？!?；;]+[”’』」）)》】]*|\n+")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of ``text``, in order, together covering all of it.

    A mark inside 《》 ends nothing; a 「;」 or 「?」 inside a masked or Latin word does not either.

    >>> [("甲。乙！"[a:b]) for a, b in sentence_spans("甲。乙！")]
    ['甲。', '乙！']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.start() < start or _inside_title(text, start, match.start()):
            continue
        if match.group() in ";?!" and match.end() < len(text) and text[match.end()].isascii():
            continue
        spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _inside_title(text: str, start: int, at: int) -> bool:
    return text.count("《", start, at) > text.count("》", start, at) and "》" in text[at : at + 60]


def open_brackets(text: str) -> str:
    """The closing marks still missing at the end of ``text``, outermost first."""
    missing: list[str] = []
    for character in text:
        if character in BRACKETS:
            missing.append(BRACKETS[character])
        elif missing and character == missing[-1]:
            missing.pop()
    return "".join(missing)
