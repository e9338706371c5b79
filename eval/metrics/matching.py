"""Does a text hold a golden quote or a gold answer? Both are compared in bare form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

import numpy as np

from corpus.language.simplification import to_simplified

#: Share of a quote that may be wrong and still count: 1 character in 10.
_EDIT_DIVISOR = 10
#: Share of a quote that counts when it stands in one piece, in tenths.
_PIECE_TENTHS = 6
#: A shorter piece is a word that any passage holds, so very short quotes must stand whole.
_MIN_PIECE = 6

_NOT_BARE = re.compile(r"[^0-9a-z〇\u3400-\u9fff\U00020000-\U0003ffff]+")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_UNIT = re.compile(
    r"[0-9]+(?:\.[0-9]+)*[%‰]?|[a-z]+|[〇零一二三四五六七八九十百千万亿两]+|"
    r"[\u3400-\u9fff\U00020000-\U0003ffff]"
)
_CITATION_MARK = re.compile(r"\s*\[\d{1,3}\]")


@lru_cache(maxsize=32768)
def plain(text: str) -> str:
    """A text in simplified characters, NFKC and lower case, its punctuation and spaces still there."""
    return to_simplified(unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=32768)
def bare(text: str) -> str:
    """Reduce a text to simplified Chinese characters, lower-case Latin letters and digits.

    Punctuation, white space, masks (``**``) and accented letters go, so that two typings of the
    same words become equal: ``bare("強調（１）Ａ股 著手") == "强调1a股着手"``.
    """
    return _NOT_BARE.sub("", plain(text))


@lru_cache(maxsize=8192)
def units(text: str) -> tuple[str, ...]:
    """A text in bare form as characters, with numbers and Latin words whole.

    So ``35`` is no part of ``3.5``, nor ``十五`` of ``二十五``:
    ``units("第十五条，共1,035.6％ ABC") == ("第", "十五", "条", "共", "1035.6%", "abc")``.
    """
    return tuple(_UNIT.findall(_THOUSANDS.sub("", plain(text))))


def without_marks(answer: str) -> str:
    """An answer without its ``[1]`` citation marks, whose digits would spoil comparisons."""
    return _CITATION_MARK.sub("", answer)


@lru_cache(maxsize=8192)
def _bare_places(text: str) -> tuple[str, tuple[int, ...]]:
    """A plain text's bare characters, and where each stands in it."""
    places = tuple(i for i, character in enumerate(text) if not _NOT_BARE.match(character))
    return "".join(text[i] for i in places), places


def stands_in(gold: str, text: str) -> bool:
    """Whether a gold answer's bare form stands in a text's bare form.

    A number must stand as a whole: ``97`` stands in ``97人`` but not in ``1997年``, ``0.97`` or
    ``97.2%``. A gold answer without any bare character stands nowhere.
    """
    wanted = bare(gold)
    whole = plain(text)
    held, places = _bare_places(whole)
    at = held.find(wanted) if wanted else -1
    while at >= 0:
        first, last = places[at], places[at + len(wanted) - 1]
        if not (_number_before(whole, first) or _number_behind(whole, last)):
            return True
        at = held.find(wanted, at + 1)
    return False


def _number_before(text: str, at: int) -> bool:
    """Whether the digit at a place goes on a number: 「0.97」 at its 9."""
    return text[at].isdecimal() and re.search(r"\d\.?$", text[max(at - 2, 0) : at]) is not None


def _number_behind(text: str, at: int) -> bool:
    return text[at].isdecimal() and re.match(r"\.?\d", text[at + 1 : at + 3]) is not None


def covers(passage_text: str, quote: str) -> bool:
    """Whether a passage holds a quote, by the hit rule of the golden sets.

    In bare form the passage must contain the quote, or a text that differs from it in at most
    one character in ten (inserted, missing or other), or one piece of at least 60 % of it (and
    of at least 6 characters). A quote without any bare character is covered by nothing.
    """
    # Simplifying 著 looks at its neighbours, so a verbatim cut may convert otherwise than its source.
    return _covers_bare(bare(passage_text), bare(quote)) or (
        bool(bare(quote)) and quote in passage_text
    )


@lru_cache(maxsize=65536)
def _covers_bare(passage: str, quote: str) -> bool:
    if not quote:
        return False
    if quote in passage or _holds_piece(passage, quote):
        return True
    allowed = len(quote) // _EDIT_DIVISOR
    return _may_hold(passage, quote, allowed) and fewest_edits(passage, quote) <= allowed


def _holds_piece(passage: str, quote: str) -> bool:
    length = max(_MIN_PIECE, -(-len(quote) * _PIECE_TENTHS // 10))
    starts = range(len(quote) - length + 1)
    return any(quote[start : start + length] in passage for start in starts)


def _may_hold(passage: str, quote: str, edits: int) -> bool:
    """Cheap necessary condition: of ``edits + 1`` parts one is untouched (pigeonhole)."""
    if edits == 0:
        return False
    bounds = [len(quote) * part // (edits + 1) for part in range(edits + 2)]
    return any(quote[a:b] in passage for a, b in pairwise(bounds))


def fewest_edits(text: str, pattern: str) -> int:
    """Smallest edit distance between ``pattern`` and any substring of ``text``.

    Source: P. Sellers, "The theory and computation of evolutionary distances: pattern recognition",
    Journal of Algorithms 1(4), 1980; a column of the matrix at a time.
    """
    wanted = np.array(list(pattern), dtype=object)
    rows = np.arange(len(pattern) + 1)
    column = rows
    best = len(pattern)
    for character in text:
        # Row 0 stays 0: the match may begin anywhere in the text.
        moved = np.minimum(column[1:] + 1, column[:-1] + (wanted != character))
        column = np.minimum.accumulate(np.concatenate(([0], moved)) - rows) + rows
        best = min(best, int(column[-1]))
    return best
