"""Does a clause say what a clause of a document says, in its words and their order?

A clause may put small words in, and leave out small and idle ones, what stands in brackets, and the
beginning and end of the document's clause. It may not bring in or leave out a word of content, turn
an order round, drop a negation, or put a number beside other words than the document does: what a
share of common character pairs lets pass (「费用由企业承担」 of 「企业的费用由财政承担」), this does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from corpus.language import function_words
from corpus.language.answer_values import COUNTED_BY_NUMERAL, ENUMERATOR, STATEMENT_WORD
from corpus.language.numerals import read_digits, read_numeral
from corpus.language.simplification import search_form

_HEAD = (function_words.BINDING_WORDS | function_words.REPORTING_WORDS) - function_words.PREDICATES
_LONGEST_SMALL = 4
#: Words in which 「压缩至」 has its 「至」.
_VERB = 6
#: Share of a clause's pairs of neighbours that must be neighbours in the document too.
_NEIGHBOURS = 0.7

#: (index in the claim, index in the source, length) of words taken over in one piece.
_Block = tuple[int, int, int]


@dataclass(frozen=True)
class Fit:
    """How a clause fits one clause of a document.

    Attributes:
        start: index of the first word of the document's clause that it takes over.
        end: index after the last one.
        framing: words taken from what stands around the clause: title, headings, region.
        unsupported: the first words of it that stand nowhere, where it does not fit; else "".
        reordered: whether it does not fit although all its words are there.
        kept: how many words it takes over.
    """

    start: int = 0
    end: int = 0
    framing: tuple[str, ...] = ()
    unsupported: str = ""
    reordered: bool = False
    kept: int = 0

    @property
    def is_supported(self) -> bool:
        """Whether the document says it."""
        return not self.unsupported and not self.reordered


def clause_spans(all_words: Sequence[Word]) -> list[tuple[int, int]]:
    """Half-open index spans of the clauses, without the marks between them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for i, word in enumerate(all_words):
        if word.fresh or word.form == MARK:
            if start < i:
                spans.append((start, i))
            start = i + (word.form == MARK)
    if start < len(all_words):
        spans.append((start, len(all_words)))
    return spans


def negated(forms: Sequence[str]) -> bool:
    """Whether words hold a negation or a limit that is not part of a word of another sense."""
    text = "".join(forms)
    for word in function_words.NO_NEGATIONS:
        text = text.replace(word, "")
    return any(c in function_words.LIMITS for c in text)


def framed(forms: Sequence[str], framing: Sequence[str]) -> tuple[str, ...] | None:
    """What the head of a clause takes from its framing, if it is made of that and reporting words.

    Args:
        forms: words.
        framing: the words of title, headings and the like, each text's with a space around each.

    Returns:
        The words taken; None where one stands nowhere.
    """
    taken: list[str] = []
    i = 0
    while i < len(forms):
        run = _framing_run(forms, i, framing)
        small = _small_run(forms, i, _HEAD)
        if run >= 2 and run >= small:
            taken.extend(forms[i : i + run])
            i += run
        elif small:
            i += small
        else:
            return None
    return tuple(taken)


def _framing_run(forms: Sequence[str], i: int, framing: Sequence[str]) -> int:
    size = 0
    while i + size < len(forms):
        wanted = f" {' '.join(forms[i : i + size + 1])} "
        if not any(wanted in text for text in framing):
            break
        size += 1
    return size


def _small_run(forms: Sequence[str], i: int, known: frozenset[str]) -> int:
    """How many words from ``i`` on are one small word."""
    sizes = range(min(_LONGEST_SMALL, len(forms) - i), 0, -1)
    return next((n for n in sizes if "".join(forms[i : i + n]) in known), 0)


def _unsupported(forms: Sequence[str]) -> str:
    """The first run of words that are not small, or ""."""
    i = 0
    while i < len(forms):
        small = _small_run(forms, i, function_words.BINDING_WORDS)
        if not small:
            end = i + 1
            while end < len(forms) and not _small_run(forms, end, function_words.BINDING_WORDS):
                end += 1
            return "".join(forms[i:end])
        i += small
    return ""


def fit(claim: Sequence[str], source: Sequence[Word], framing: Sequence[str], headed: bool) -> Fit:
    """Fit a clause to one clause of a document.

    Args:
        claim: forms of the clause's words, without marks.
        source: words of the document's clause, without marks.
        framing: as in ``framed``.
        headed: whether it must take over the beginning of the document's clause, which carries its
            subject.
    """
    forms = [word.form for word in source]
    blocks = _blocks(claim, forms)
    if not blocks:
        return Fit(unsupported=_unsupported(claim) or "".join(claim))
    kept = sum(size for _, _, size in blocks)
    head = claim[: blocks[0][0]]
    if head and head[-1] == "将" and set("至到为") & set(claim):
        head = head[:-1]  # 「将…压缩至」 marks an object, not the future
    taken = framed(head, framing)
    put = [claim[a + n : c] for (a, _, n), (c, _, _) in pairwise(blocks)]
    tail = claim[blocks[-1][0] + blocks[-1][2] :]
    put.append(tail)
    unsupported = (
        _unsupported(head)
        if taken is None
        else next((s for w in put if (s := _unsupported(w))), "")
    )
    span = blocks[0][1], blocks[-1][1] + blocks[-1][2]
    if unsupported or taken is None:
        return Fit(*span, unsupported=unsupported or "".join(head), kept=kept)
    reordered = (
        _cut_short(forms, span, headed or len(head) > 0)
        or any(word in function_words.PREDICATES for word in tail)
        or any(_wrongly_dropped(claim, source, one, two) for one, two in pairwise(blocks))
        or any(
            _number_moved(claim, source, blocks, a + i, b + i)
            for a, b, n in blocks
            for i in range(n)
            if source[b + i].is_number
        )
        or _neighbours(claim[len(head) :], forms) < _NEIGHBOURS
    )
    return Fit(*span, framing=taken, reordered=reordered, kept=kept)


def _blocks(claim: Sequence[str], forms: Sequence[str]) -> list[_Block]:
    """Pieces taken over, in order; single words only where they go on another piece, and numbers."""
    found = SequenceMatcher(None, claim, forms, autojunk=False).get_matching_blocks()
    blocks = [(m.a, m.b, m.size) for m in found if m.size]
    kept: list[_Block] = []
    for i, (a, b, n) in enumerate(blocks):
        goes_on = bool(kept) and kept[-1][1] + kept[-1][2] == b
        goes_before = i + 1 < len(blocks) and b + n == blocks[i + 1][1]
        if n > 1 or claim[a][0].isdecimal() or goes_on or goes_before:
            kept.append((a, b, n))
    return kept


def _cut_short(forms: Sequence[str], span: tuple[int, int], headed: bool) -> bool:
    """Whether what is left out at the ends carries a negation or a subject that must not go."""
    before, behind = forms[: span[0]], forms[span[1] :]
    if ENUMERATOR.fullmatch("".join(before)):
        return negated(behind)
    return (
        negated(before)
        or negated(behind)
        or (headed and any(w not in function_words.BINDING_WORDS for w in before))
    )


def _wrongly_dropped(
    claim: Sequence[str], source: Sequence[Word], one: _Block, two: _Block
) -> bool:
    """Whether what is left out between two pieces may matter: 「护理型床位」 are not all 「床位」."""
    dropped = source[one[1] + one[2] : two[1]]
    forms = [word.form for word in dropped]
    beside = (source[one[1] + one[2] - 1], source[two[1]])
    if not dropped or (all(w.aside for w in dropped) and not any(w.aside for w in beside)):
        return negated(forms)
    put = claim[one[0] + one[2] : two[0]]
    if forms == ["、"]:
        return not put  # 「甲、乙」 may become 「甲和乙」
    goes_on = [word.form for word in source[two[1] : two[1] + _VERB]]
    if forms[0] in "由从" and any(w.is_number for w in dropped) and set(goes_on) & set("至到为"):
        return dropped[-1].is_number  # 「由3天压缩至1天」 may lose what was before
    text = "".join(forms)
    for word in function_words.IDLE_WORDS:
        text = text.replace(word, "")
    return any(character not in function_words.BINDING_WORDS for character in text)


def _number_moved(
    claim: Sequence[str], source: Sequence[Word], blocks: Sequence[_Block], a: int, b: int
) -> bool:
    """Whether a number stands beside another word than in the document: 35天 for 35%, 由3 for 至3."""
    partner = {x + i: y + i for x, y, n in blocks for i in range(n)}
    before = max((x for x in partner if x < a), default=-1)
    if before >= 0 and any(
        word.form not in function_words.NUMBER_LINKS for word in source[partner[before] + 1 : b]
    ):
        return True
    if b + 1 == len(source):
        return False
    unit = source[b + 1]
    return partner.get(a + 1) != b + 1 and unit.start <= source[b].end and unit.form not in "、:"


def _neighbours(claim: Sequence[str], forms: Sequence[str]) -> float:
    """Share in [0, 1] of a clause's neighbouring words that are neighbours in the document.

    Small words count on neither side.
    """
    held = set(pairwise(f for f in forms if f not in function_words.BINDING_WORDS))
    own = list(pairwise(c for c in claim if c not in function_words.BINDING_WORDS))
    return sum(pair in held for pair in own) / len(own) if own else 1.0


#: What a sentence or clause ends with.
MARK = "，"
_BREAK = re.compile(r"\n")
_SPACE = re.compile(r"\s+")
#: What a mark is compared as, however it is written.
_KINDS = {"range": "至", "minus": "-", "stop": MARK, "colon": ":", "percent": "%"}
_BRACKETS = {"（": 1, "(": 1, "）": -1, ")": -1}
#: Longer runs of digits are no amounts, and are compared as they stand.
_LONGEST_AMOUNT = 15


class Word(NamedTuple):
    """A number, a Latin word, a character or a mark.

    Attributes:
        form: what is compared: digits without leading zeros and separators, 「%」, a simplified
            character, ``MARK``.
        start: offset of its first character in the text.
        end: offset after its last one.
        fresh: a mark or the end of a line stands before it, or nothing.
        aside: it stands in round brackets.
    """

    form: str
    start: int
    end: int
    fresh: bool
    aside: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it is a number in digits."""
        return self.form[0].isdecimal()


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text; quotation marks, brackets, masks and white space are none."""
    form = "".join(_plain(c) for c in search_form(text))
    found: list[Word] = []
    end = depth = 0
    fresh = True
    for match in STATEMENT_WORD.finditer(form):
        depth = max(depth + _BRACKETS.get(match.group(), 0), 0)
        fresh = fresh or _BREAK.search(form, end, match.start()) is not None
        end = match.end()
        for part in _forms(match, form):
            found.append(Word(part, match.start(), match.end(), fresh, depth > 0))
            fresh = part == MARK
    return tuple(found)


def _plain(character: str) -> str:
    """Lower case, as long as it was; 著 is 着 in every place, as its neighbours may be cut off."""
    lower = character.lower()
    return "着" if character == "著" else lower if len(lower) == 1 else character


def _forms(match: re.Match[str], text: str) -> Iterator[str]:
    if match["date"]:
        for part, unit in (("short_year", "年"), ("short_month", "月"), ("short_day", "日")):
            yield from (_amount(match[part]), unit)
    elif match["hour"]:
        yield from (_amount(match["hour"]), "时", _amount(match["minute"]), "分")
    elif match["share"]:
        value = _numeral(match["share"])
        yield from (value, "%") if value else ("百", "分", "之", *match["share"])
    elif match["number"]:
        yield _amount(match["number"], match["times"] or "")
        if match["more"] or match["over"]:
            yield "余"
    elif match["numeral"]:
        value = _numeral(
            match["numeral"], _SPACE.sub("", text[match.end("beyond") : match.end() + 3])
        )
        yield from (value,) if value else match["numeral"]
        if match["beyond"]:
            yield "余" if value else match["beyond"]
        if not value and match.end() > match.end("beyond"):
            yield "个"
    else:
        yield from _other(match)


def _other(match: re.Match[str]) -> Iterator[str]:
    form = _KINDS.get(match.lastgroup or "", match.group())
    if match.lastgroup in (*_KINDS, "latin") or form in "、‰" or not _says_nothing(form):
        yield form


def _says_nothing(character: str) -> bool:
    """Whether it is punctuation, white space or invisible; a symbol (≥, ℃) is none of these."""
    category = unicodedata.category(character)
    return category[0] in "PZ" or category in ("Cc", "Cf")


def _numeral(written: str, behind: str | None = None) -> str:
    """The number that numerals write, or "" where they are characters like others: 十四五, 三农."""
    if written[0].isdecimal():
        return _amount(written)
    # Two digits side by side mostly count both: 二三季度.
    alone = behind is not None and len(written) == 1 and behind[:1] not in COUNTED_BY_NUMERAL
    by_digits = len(written) == 2 and not set(written) & set("十百千万亿")
    value = None if alone or by_digits else read_numeral(written)
    return "" if value is None else str(value)


def _amount(digits: str, times: str = "") -> str:
    plain = digits.replace(",", "")
    whole, _, fraction = plain.partition(".")
    # 「0411」 is part of a telephone number.
    if len(whole) > _LONGEST_AMOUNT or len(fraction) > _LONGEST_AMOUNT or re.match(r"0\d\d", whole):
        return plain + times
    value = read_digits(plain, times)
    return format(value.normalize(), "f") if value else "0"
