"""Rules that correct the characters of one line.

Each takes a line's text and returns the corrected text with the number of places changed; their order is
that of ``corpus.cleaning.pipeline``.
"""

from __future__ import annotations

import itertools
import re

from corpus.language.characters import HAN, INVISIBLE, PUNCTUATION, SPACES, TONED_VOWELS

#: A toned vowel must stand inside: 「(一)」 and 「(CBD)」 are real brackets.
_PINYIN_NOTE = re.compile(rf"[(（][a-zA-Zü]*[{TONED_VOWELS}][a-zA-Zü{TONED_VOWELS}]*\s?[)）]")
#: A tab stays: it parts a title from its page number, or the cells of a row. A run is tried from its
#: beginning alone: tried from each space of it, a line of spaces would take the square of its time.
_SPACES = rf"(?<![{SPACES}])[{SPACES}]+"
_AROUND_PUNCTUATION = re.compile(
    rf"(?<=[{PUNCTUATION}]){_SPACES}|{_SPACES}(?=[{PUNCTUATION}])"
    rf"|(?<=[{HAN}]){_SPACES}(?=[,:;!?)])|(?<=[,:;!?(]){_SPACES}(?=[{HAN}])"
)
_NUMBER_AND_HAN = re.compile(
    rf"(?<=[{HAN}]){_SPACES}(?=[0-9０-９])|(?<=[0-9０-９%％]){_SPACES}(?=[{HAN}])"
)
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}]){_SPACES}(?=[{HAN}])")
#: 「张　野」, 「组　　长」, 「副 组 长」: single characters set apart to fill a column.
_PADDED_WORD = re.compile(rf"(?<![{HAN}])[{HAN}](?:{_SPACES}[{HAN}])+(?![{HAN}])")
_RUN_OF_SPACES = re.compile(_SPACES)
_SENTENCE_MARK = re.compile("[，。；,;]")
_LONGEST_PAGE_NUMBER = 4


def drop_pinyin_notes(text: str) -> tuple[str, int]:
    """Remove pronunciations such as 「創(chuàng )建」 → 「創建」."""
    return _PINYIN_NOTE.subn("", text)


def drop_invisible(text: str) -> tuple[str, int]:
    """Remove control, zero-width and direction-changing characters."""
    return INVISIBLE.subn("", text)


def repair_spaces(text: str) -> tuple[str, int]:
    """Remove spaces that stand inside words, numbers and beside punctuation.

    Names in a list (「孙　宇 张悦音」) and the parts of a headline stay apart by one space; in a line
    with sentence marks no space between two Chinese characters means anything.
    """
    if _is_prose(text):
        text = _without_tabs(text)
    text, changed = _PADDED_WORD.subn(lambda m: _RUN_OF_SPACES.sub("", m.group()), text)
    for pattern in (_AROUND_PUNCTUATION, _NUMBER_AND_HAN):
        text, times = pattern.subn("", text)
        changed += times
    if _is_prose(text):
        text, times = _BETWEEN_HAN.subn("", text)
        changed += times
    return _RUN_OF_SPACES.sub(" ", text).strip(), changed


def _without_tabs(text: str) -> str:
    """The text with spaces for tabs; those before a page number stay even in
    「一、扛牢责任，推动整改⇥1」: they mark a contents entry.
    """
    end = text.rstrip()
    before = end.rstrip("0123456789０１２３４５６７８９")
    numbered = 0 < len(end) - len(before) <= _LONGEST_PAGE_NUMBER
    head = before.rstrip() if numbered else text
    return head.replace("\t", " ") + text[len(head) :]


def _is_prose(text: str) -> bool:
    """A sentence rather than a list of names, a table row or a headline."""
    marks = len(_SENTENCE_MARK.findall(text))
    gaps = len(_RUN_OF_SPACES.findall(text))
    return marks > 0 and len(text) / (marks + gaps + 1) > 6


def turn_quotes(text: str) -> tuple[str, int]:
    """Make pairs of a line's quotation marks when it holds only closing ones (「”一业一证”」)."""
    if "“" in text or text.count("”") < 2 or text.count("”") % 2:
        return text, 0
    marks = itertools.cycle("“”")
    turned, count = re.subn("”", lambda _: next(marks), text)
    return turned, count // 2
