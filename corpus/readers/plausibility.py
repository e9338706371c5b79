"""How much decoded text looks like Chinese prose: what decides between encodings."""

from __future__ import annotations

from corpus.language.characters import FREQUENT_HAN, WIDE_MARKS, is_basic_han

#: Characters that are looked at.
SAMPLE_CHARS = 100_000


def plausibility(text: str) -> float:
    """How much a text, by its first 100,000 characters, looks like Chinese prose.

    Returns:
        From -1 (no Chinese text at all, by its characters) to 1; ASCII counts for nothing, and
        text of ASCII alone gives 1.
    """
    score = 0.0
    counted = 0
    for char in text[:SAMPLE_CHARS]:
        if char <= "\x7f":
            if char < " " and char not in "\t\n\r\f\v":
                counted += 1
                score -= 1.0
            continue
        counted += 1
        if char in FREQUENT_HAN or char in WIDE_MARKS:
            score += 1.0
        elif is_basic_han(char):
            score += _rank_score(char)
        else:
            score -= _strangeness(char)
    return score / counted if counted else 1.0


def _rank_score(char: str) -> float:
    """Credit for a Chinese character outside the frequent ones: is it in everyday use?"""
    # Both national standards keep their everyday characters in a first level: GB 2312 rows 16-55
    # (lead bytes B0-D7) and Big5 lead bytes A4-C6.
    for encoding, low, high in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            lead = char.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
        if low <= lead <= high:
            return 0.5
    return -0.2


def _strangeness(char: str) -> float:
    """Penalty for a character that Chinese documents hardly hold."""
    if "\ue000" <= char <= "\uf8ff" or char >= "\U00010000" or char == "\ufffd":
        return 1.0
    if "\u3400" <= char <= "\u4dbf" or "\uac00" <= char <= "\ud7a3" or char < "\xa0":
        return 1.0
    return 0.3
