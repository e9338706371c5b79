"""Raised and lowered characters: a note's mark is taken out, an exponent and an index stay.

「352¹万人」 must not become 「3521万人」, 「3×10⁶」 not 「3×106」, 「CO₂」 stays 「CO₂」.
"""

from __future__ import annotations

import re

#: What a raised mark of a note looks like: 1, 12, [1], （注2）, ①, *, †, 1,2.
_MARK = re.compile(
    r"\s*(?:[\[［〔【（(]\s*注?\s*(?P<bracketed>[\d①-⑳a-zA-Z*※]{1,3})\s*[\]］〕】）)]"
    r"|注?\s*(?P<plain>\d{1,3}(?:\s*[,，、–-]\s*\d{1,3})*)|注?\s*(?P<sign>[①-⑳㉑-㉟❶-❿*＊※†‡§#]{1,3})|注)\s*"
)
#: 「10⁻³」, 「Ca²⁺」.
_SIGNED = re.compile(r"[+\-−–]\s?\d{1,3}|\d{1,2}[+\-−–]")
#: Measures that are squared and cubed, at the end of what stands before.
_MEASURE = re.compile(
    r"(?:(?:^|[^A-Za-z])(?:[kcdmnμµh]?m|ft|in|s|[A-Za-zα-ω])|米|里|寸|尺|[\)\]）])$"
)
#: 「×10」, 「10」 alone, a small number in a formula.
_POWER_OF_TEN = re.compile(r"(?:[×xX*·]\s*10|(?:^|[^\d.,．])10)$")
_SMALL_BASE = re.compile(r"(?:^|[^\d.,．])\d$")
_OPERATOR = re.compile(r"\s*[=＝<>≤≥≈+×÷*/·]")
_ORDINAL = frozenset(("st", "nd", "rd", "th", "TM", "®", "™", "°", "o"))
_UP = str.maketrans("0123456789+-−–=()（）n i", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾⁽⁾ⁿ ⁱ")
_UP_CHARACTERS = frozenset("0123456789+-−–=()（）ni ")
_DOWN = str.maketrans("0123456789+-−–=()（）", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎₍₎")
_DOWN_CHARACTERS = frozenset("0123456789+-−–=()（）")
#: Longer runs are text that somebody set high for its looks.
_LONGEST_RAISED = 12


def raised_text(text: str, before: str, after: str) -> str | None:
    """What a raised piece of text stands for; None for the mark of a note.

    Args:
        text: the raised characters.
        before: what stands before them in the line.
        after: what follows them.

    Returns:
        Unicode superscripts for an exponent, the same text for what is neither.
    """
    bare = text.strip()
    if not bare or len(bare) > _LONGEST_RAISED or bare in _ORDINAL:
        return text
    if is_exponent(bare, before, after):
        return superscript(bare)
    return None if _MARK.fullmatch(bare) else superscript(bare)


def note_name(text: str) -> str:
    """The name of a note by its mark: 「[1]」 → 「1」, 「（注2）」 → 「2」, 「①」 → 「①」; "" for none."""
    found = _MARK.fullmatch(text.strip())
    return (found["bracketed"] or found["plain"] or found["sign"] or "") if found else ""


def is_exponent(text: str, before: str, after: str) -> bool:
    """Whether raised characters are a power of what stands before them."""
    base = before.rstrip()
    if _SIGNED.fullmatch(text):
        return bool(base)
    if not text.isascii() or not text.isdigit():
        # 「xⁿ」; a letter behind a Chinese word is the mark of a note.
        return (
            text.isascii()
            and len(text) == 1
            and text.isalpha()
            and base[-1:].isascii()
            and bool(base)
        )
    if _MEASURE.search(base):
        # A power of a measure is a second or third one; a variable in a formula may have any.
        return text in ("2", "3") or bool(_OPERATOR.match(after))
    if _POWER_OF_TEN.search(base):
        return text != "1" or bool(re.search(r"[×xX*·]\s*10$", base))
    return bool(_SMALL_BASE.search(base)) and bool(_OPERATOR.match(after))


def superscript(text: str) -> str:
    """「-3」 → 「⁻³」; what has no raised form in Unicode becomes 「^(…)」."""
    if set(text) <= _UP_CHARACTERS:
        return text.translate(_UP)
    return text if _has_han(text) or not text.isascii() else f"^({text})"


def subscript(text: str) -> str:
    """「2」 → 「₂」; what has no lowered form in Unicode stays as it is."""
    return text.translate(_DOWN) if text and set(text) <= _DOWN_CHARACTERS else text


def _has_han(text: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" for character in text)
