"""Repair of text whose GBK bytes were edited one byte off.

A page encoded in GBK went through an editor that worked on bytes:

(A) the pairs A3A1, A3AC, A3BB, A3BF (！，；？) became ``!`` ``,`` ``;`` ``?`` even where they lay
    across two characters, as in 。《 = A1 **A3 A1** B6. The byte in front is left alone and shows as
    ``?``; everything behind moves by one byte up to the next ASCII character.
(B) a note such as ``(xún)`` was put behind every pair equal to the code of 詢, also where that lay
    across two characters: 以優 = D2 **D4 83** 9E. The byte before the bracket shows as ``?``.

Each damaged run is encoded again, the lost byte put back, and the bytes decoded. A repair is taken
only if it decodes cleanly and a character-bigram model finds it more probable than what is there.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from corpus.language.characters import TONED_VOWELS, is_basic_han
from corpus.language.lexicon import word_counts
from corpus.language.simplification import to_simplified

_TONED = f"a-zü{TONED_VOWELS}"
#: What a damaged run begins with, the shifted characters, and the ASCII character that ends it.
_DAMAGE = re.compile(
    rf"\?(?:(?P<mark>[!,;?])|(?P<note>[{_TONED}]{{1,6}})\s?\))"
    rf"(?P<run>[^\x00-\x7f]{{0,40}})"
    rf"(?P<end>[@-~]|\?(?:[{_TONED}]{{1,6}}\s?\))?|(?=[\x00-\x3e]|$))"
)
#: Second byte of the full-width pair that a mark replaced.
_REPLACED = {"!": 0xA1, ",": 0xAC, ";": 0xBB, "?": 0xBF}
_PUNCTUATION = (
    "。，、；：？！“”‘’《》（）〈〉【】—…·" + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
_LEADS = range(0x81, 0xFF)
_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
#: How much more probable a repair must be, in nats for the whole run and its two neighbours.
_GAIN = 2.0
_CONTEXT = 2
#: Most damage is at 。 (A1A3), the one frequent code whose second byte is A3.
_FULL_STOP = 2.0
#: Cost of a character that stands nowhere else in the file; occurrences of a word in the dictionary
#: that count as one of its pairs in the file.
_UNSEEN = 2.0
_WORD_SCALE = 100


@dataclass(frozen=True)
class _Damage:
    """A damaged run: where it is and what can be known of its bytes.

    Attributes:
        start: where its first ``?`` is.
        end: where it ends.
        before: the character in front.
        mark: the ASCII mark of kind (A), or "".
        note: the sound of kind (B), or "".
        run: the characters that are shifted by a byte.
        last: the ASCII character that ends the shift, ``?`` for a lost byte with its note.
        digits: digits behind a lost byte that swallowed another one in front of them.
    """

    start: int
    end: int
    before: str
    mark: str
    note: str
    run: str
    last: str
    digits: str = ""


@dataclass(frozen=True, order=True)
class _Repair:
    """What a run may have been: how much more probable that is, and where the run ends."""

    gain: float
    text: str
    end: int


def may_be_damaged(text: str) -> bool:
    """Whether a line holds the marks of such damage at all."""
    return _DAMAGE.search(text) is not None


def repair(text: str, model: BigramModel) -> tuple[str, int]:
    """Repair what can be repaired in a line.

    Returns:
        The line, and how many runs were repaired. What cannot be is left as it stands.
    """
    pieces: list[str] = []
    done = 0
    at = 0
    for damage in _damages(text):
        if damage.start < at:
            continue
        best = max(_repairs(damage, text, model), default=None)
        if best is None or best.gain < _GAIN:
            continue
        pieces.append(text[at : damage.start] + best.text)
        at = best.end
        done += 1
    return "".join(pieces) + text[at:], done


def _damages(text: str) -> Iterator[_Damage]:
    at = 0
    while match := _DAMAGE.search(text, at):
        yield _Damage(
            match.start(), match.end(), text[: match.start()][-1:], match["mark"] or "",
            match["note"] or "", match["run"], match["end"],
            "".join(takewhile(str.isdigit, text[match.end() :])) if match["end"] == "?" else "",
        )  # fmt: skip
        at = match.start() + 1


def _repairs(damage: _Damage, text: str, model: BigramModel) -> Iterator[_Repair]:
    """Every clean repair with what it gains; also with a letter at the end taken as full-width."""
    left = text[max(0, damage.start - _CONTEXT) : damage.start]
    for variant in _variants(damage, text):
        right = text[variant.end :][:_CONTEXT]
        damaged = model.score(left + text[variant.start : variant.end] + right)
        for candidate in _candidates(variant, model):
            if _is_clean(candidate):
                gain = model.score(left + candidate + right) - damaged
                gain += _FULL_STOP * (bool(variant.mark) and candidate.startswith("。"))
                yield _Repair(gain, candidate, variant.end)


def _variants(damage: _Damage, text: str) -> Iterator[_Damage]:
    yield damage
    following = text[damage.end : damage.end + 1]
    if damage.last.isalpha() and following and "@" <= following <= "~":
        yield replace(damage, run=damage.run + damage.last, last=following, end=damage.end + 1)


def _candidates(damage: _Damage, model: BigramModel) -> Iterator[str]:
    """Every text the run may have been."""
    try:
        run = _encode(damage.run)
    except UnicodeEncodeError:
        return
    digit = model.swallowed_digit(damage.digits) if damage.digits else ""
    if damage.digits and not digit:
        return  # 「“1」 became 「?」: which digit it was cannot be known
    heads = list(_heads(damage))
    # A lost head is nearly always a character that the file uses; so few are tried in that case.
    known = [(head, lost) for head, lost in heads if not head or model.knows(head)]
    for head, lost in known or heads:
        for tail in _tails(damage, lost, run):
            yield head + tail + digit


def _heads(damage: _Damage) -> Iterator[tuple[str, int]]:
    """The character in front with its lost byte put back, and the byte that the run begins with."""
    if damage.mark:
        lost = _REPLACED[damage.mark]
        yield from ((c, lost) for lead in _LEADS if (c := _decode(bytes([lead, 0xA3]))))
    elif damage.before:
        try:
            trail = _encode(damage.before)[-1]
        except UnicodeEncodeError:
            return
        # The note's own character lay across ``before`` and what follows: its second byte was lost.
        for second in _TRAILS:
            noted = _decode(bytes([trail, second]))
            if noted and _sounds(noted, damage.note):
                yield "", second


def _tails(damage: _Damage, lost: int, run: bytes) -> Iterator[str]:
    """The run moved back by one byte, with every byte that may have stood at its end."""
    start = bytes([lost]) + run
    if complete := _decode(start):
        # The shift ends where an ASCII character was taken for a second byte, or with 0x80.
        yield complete + damage.last
    if damage.last and not damage.last.startswith("?"):
        if whole := _decode(start + damage.last.encode("ascii")):
            yield whole
        return
    note = damage.last[1:].rstrip(") ")
    for trail in _TRAILS if damage.last else ():
        whole = _decode(start + bytes([trail]))
        if whole and (not note or _sounds(whole[-1], note)):
            yield whole


def _encode(text: str) -> bytes:
    """GBK bytes; a full-width letter that was made half-width has its two bytes again."""
    encoded = b""
    for character in text:
        if character == "€":  # how Windows shows the byte 80
            encoded += b"\x80"
            continue
        wide = chr(ord(character) + 0xFEE0) if character.isascii() else character
        both = wide.encode("gb18030")
        if len(both) != 2:
            raise UnicodeEncodeError("gbk", text, 0, len(text), "not two bytes a character")
        encoded += both
    return encoded


def _decode(data: bytes) -> str:
    try:
        return data.decode("gbk")
    except UnicodeDecodeError:
        return ""


def _is_clean(text: str) -> bool:
    """Chinese characters, their punctuation, and letters: rare symbols mean a wrong guess."""
    return all(is_basic_han(c) or c in _PUNCTUATION or c.isdigit() for c in text)


@lru_cache(maxsize=4096)
def _sounds(character: str, note: str) -> bool:
    """Whether a character can be read as the note says, tones apart: sources differ on those."""
    from pypinyin import Style, pinyin

    return _toneless(note) in pinyin(character, style=Style.NORMAL, heteronym=True)[0]


def _toneless(note: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", note) if not unicodedata.combining(c))


def repair_lines(texts: Sequence[str]) -> tuple[list[str], int]:
    """Repair all lines of a file with a model made of them.

    Returns:
        The lines, and how many runs were repaired in all.
    """
    if not any(may_be_damaged(text) for text in texts):
        return list(texts), 0
    # What the damage itself looks like must not count as usual.
    model = BigramModel(_DAMAGE.sub("\n", text) for text in texts)
    repaired = [repair(text, model) if may_be_damaged(text) else (text, 0) for text in texts]
    return [text for text, _ in repaired], sum(times for _, times in repaired)


class BigramModel:
    """Log-probability of a character after another, from the file itself and a word list."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._pairs: Counter[str] = Counter()
        self._characters: Counter[str] = Counter()
        self._numbers: set[str] = set()
        for text in texts:
            self._numbers.update(re.findall(r"\d{3,}", text))
            plain = to_simplified(text)
            self._characters.update(text)
            self._pairs.update(plain[i : i + 2] for i in range(len(plain) - 1))
        self._singles: Counter[str] = Counter()
        for pair, times in self._pairs.items():
            self._singles[pair[0]] += times
        self._total = max(sum(self._singles.values()), 1)
        self._words = _word_pairs()
        self._costs: dict[str, float] = {}

    def swallowed_digit(self, digits: str) -> str:
        """The one digit that makes ``digits`` a number that stands elsewhere in the file, or ""."""
        found = {n[0] for n in self._numbers if n[1:] == digits}
        return found.pop() if len(found) == 1 else ""

    def knows(self, character: str) -> bool:
        """Whether the file uses a character anywhere sound."""
        return self._characters[character] > 0

    def score(self, text: str) -> float:
        """Log-probability of ``text`` after its first character, in nats.

        Interpolated bigrams (Jelinek & Mercer 1980): pairs of the file and of dictionary words,
        else how often the character occurs at all. A character that the file never uses (a
        simplified one in a traditional text) costs extra.
        """
        plain = to_simplified(text)
        total = -_UNSEEN * sum(self._characters[c] == 0 for c in text)
        for i in range(len(plain) - 1):
            pair = plain[i : i + 2]
            cost = self._costs.get(pair)
            total += self._cost(pair) if cost is None else cost
        return total

    def _cost(self, pair: str) -> float:
        seen = self._pairs[pair] + self._words.get(pair, 0) / _WORD_SCALE
        after = seen / (self._singles[pair[0]] + 5)
        alone = (self._singles[pair[1]] + 0.01) / self._total
        cost = math.log(0.6 * min(after, 1.0) + 0.4 * alone)
        self._costs[pair] = cost
        return cost


@lru_cache(maxsize=1)
def _word_pairs() -> dict[str, int]:
    """Character pairs inside dictionary words, weighted by how often the words occur."""
    pairs: Counter[str] = Counter()
    for word, times in word_counts():
        for i in range(len(word) - 1):
            pairs[word[i : i + 2]] += times
    return dict(pairs)
