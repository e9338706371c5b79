"""Repair of text whose GBK bytes were edited one byte off.

A page encoded in GBK went through an editor that worked on bytes:

(A) the pairs A3A1, A3AC, A3BB, A3BF (！，；？) became ``!`` ``,`` ``;`` ``?`` even where they lay
    across two characters, as in 。《 = A1 **A3 A1** B6. The byte in front is left alone and shows as
    ``?``; everything behind moves by one byte up to the next ASCII character.
(B) a note such as ``(xún)`` was put behind every pair equal to the code of 詢, also where that lay
    across two characters: 以優 = D2 **D4 83** 9E. The byte before the bracket shows as ``?``.

A run is only touched where its own bytes prove that this happened: encoded again and with the lost
byte put back, they must decode cleanly into Chinese that is far more usual than the characters that
stand there. 「收费???」 holds no shifted characters and proves nothing. Of the two bytes that a mark
cannot tell, the one in front of it and a last one, the character is guessed only where the file
itself or a dictionary word shows it; else its ``?`` stays. No digit is ever added, lost or changed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.language.characters import TONED_VOWELS, is_basic_han
from corpus.language.lexicon import common_words, word_counts
from corpus.language.simplification import to_simplified

#: A note has a toned vowel: 「?a)」 is the first choice of a list.
_NOTE = rf"(?=[a-zü]{{0,5}}[{TONED_VOWELS}])[a-zü{TONED_VOWELS}]{{1,6}}"
#: What a damaged run begins with, the shifted characters, and the ASCII character that ends it.
_DAMAGE = re.compile(
    rf"\?(?:(?P<mark>[!,;?])|(?P<note>{_NOTE})\s?\))"
    rf"(?P<run>[^\x00-\x7f]{{0,40}})"
    rf"(?P<end>[@-~]|\?(?:{_NOTE}\s?\))?|(?=[\x00-\x3e]|$))"
)
#: Second byte of the full-width pair that a mark replaced.
_REPLACED = {"!": 0xA1, ",": 0xAC, ";": 0xBB, "?": 0xBF}
_PUNCTUATION = (
    "。，、；：？！“”‘’《》（）〈〉【】—…·" + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
_LEADS = range(0x81, 0xFF)
_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
#: A repair must be more usual than what it replaces, in nats a character; where two characters are
#: all that is known of it, by more. Measured: real damage gains 7.1 to 15 (12.4 for one character),
#: question marks put into sound text at most 6.8, and that only before one character.
_GAIN, _GAIN_OF_ONE = 7.0, 10.0
_USUAL = -9.0
#: Occurrences of a character in the file that make a note's or a letter's reading believable.
_KNOWN = 2
#: Most damage is at 。 (A1A3), the one frequent code whose second byte is A3; in nats.
_FULL_STOP = 2.0
#: By how many nats a guessed last character must be ahead of the next.
_AHEAD = 2.5
#: A quoted term of so many characters at most holds no sentence: 「“六?”」 lost no full stop.
_TERM = 8
#: Runs that prove themselves in a file before one without shifted characters is completed there.
_PROVED = 3
_CONTEXT = 3
#: Cost of a character that stands nowhere else in the file; occurrences of a word in the dictionary
#: that count as one of its pairs in the file.
_UNSEEN = 2.0
_WORD_SCALE = 100
_LOST = "?"


@dataclass(frozen=True)
class _Damage:
    """A damaged run: what stands there and what can be known of its bytes.

    Attributes:
        left: the characters in front.
        mark: the ASCII mark of kind (A), or "".
        note: the sound of kind (B), or "".
        run: the characters that are shifted by a byte.
        last: the ASCII character that ends the shift, ``?`` for a lost byte with its note.
        right: the characters behind.
    """

    left: str
    mark: str
    note: str
    run: str
    last: str
    right: str


@dataclass(frozen=True)
class _Repair:
    """What a run was.

    Attributes:
        text: in place of the whole damage.
        beyond: how many characters behind the damage it takes in, too.
        proved: by shifted characters of its own.
    """

    text: str
    beyond: int = 0
    proved: bool = True


@dataclass(frozen=True)
class _Core:
    """The characters of a run that its bytes give.

    Attributes:
        text: they.
        shown: the shifted characters as they stand.
        rest: what stands behind them: the ASCII character that was none of theirs.
        lead: first byte of one more character whose second one is lost, or None.
        beyond: characters behind the damage that were taken in.
    """

    text: str
    shown: str
    rest: str = ""
    lead: int | None = None
    beyond: int = 0


def may_be_damaged(text: str) -> bool:
    """Whether a line holds the marks of such damage at all."""
    return _DAMAGE.search(text) is not None


def repair_lines(texts: Sequence[str]) -> tuple[list[str], int]:
    """Repair all lines of a file with a model made of them.

    Returns:
        The lines, and how many runs were repaired in all. What cannot be is left as it stands.
    """
    if not any(may_be_damaged(text) for text in texts):
        return list(texts), 0
    repairer = _Repairer(texts)
    repaired = [repairer.repair(t) if may_be_damaged(t) else t for t in texts]
    if repairer.proved >= _PROVED:
        attested = "\n".join(repaired)
        repaired = [repairer.complete(t, attested) if may_be_damaged(t) else t for t in repaired]
    return repaired, repairer.runs


class _Repairer:
    """Repairs the lines of one file."""

    def __init__(self, texts: Sequence[str]) -> None:
        # What the damage itself looks like must not count as usual.
        self._model = BigramModel(_DAMAGE.sub("\n", text) for text in texts)
        self._known: dict[_Damage, _Repair | None] = {}
        self.runs = self.proved = 0

    def repair(self, text: str) -> str:
        """A line with the runs repaired that prove themselves."""
        return self._replaced(text, self._repair)

    def complete(self, text: str, attested: str) -> str:
        """A line with marks completed that have no shifted characters: 「兩個確?!?」.

        Only in a file that is damaged elsewhere, and only to words that stand there sound.
        """
        found: dict[str, _Repair | None] = {}

        def completion(damage: _Damage) -> _Repair | None:
            key = damage.left + damage.mark
            if key not in found:
                found[key] = _completion(damage, attested)
            return found[key]

        return self._replaced(text, completion)

    def _replaced(self, text: str, repair_of: Callable[[_Damage], _Repair | None]) -> str:
        pieces: list[str] = []
        done = at = 0
        while match := _DAMAGE.search(text, at):
            start, end = match.span()
            damage = _Damage(
                text[max(0, start - _TERM) : start], match["mark"] or "", match["note"] or "",
                match["run"], match["end"], text[end : end + _CONTEXT],
            )  # fmt: skip
            at = start + 1
            if start < done or (repair := repair_of(damage)) is None:
                continue
            pieces.append(text[done:start] + repair.text)
            at = done = end + repair.beyond
            self.runs += 1
            self.proved += repair.proved
        return "".join(pieces) + text[done:]

    def _repair(self, damage: _Damage) -> _Repair | None:
        if damage not in self._known:
            by = _by_note if damage.note else _by_mark
            self._known[damage] = by(damage, self._model)
        return self._known[damage]


def _by_mark(damage: _Damage, model: BigramModel) -> _Repair | None:
    """The repair of kind (A), or None where the bytes do not prove it."""
    cores = [c for c in _cores(damage, _REPLACED[damage.mark]) if _is_proved(c, damage, model)]
    if not cores:
        return None
    core = max(cores, key=lambda c: model.mean(c.text))
    head = _head(damage.left, core.text, model)
    return _Repair(head + core.text + _tail(core, damage, model), core.beyond, bool(damage.run))


def _by_note(damage: _Damage, model: BigramModel) -> _Repair | None:
    """The repair of kind (B): the lost byte makes a character with the sound of the note."""
    # The note's own character lay across the one before it and what follows.
    before = _encoded(damage.left[-1:])
    found: list[tuple[float, str, int]] = []
    for second in _LEADS if len(before) == 2 else ():
        noted = _decode(before[1:] + bytes([second]))
        if not noted or not _sounds(noted, damage.note):
            continue
        for core in _cores(damage, second):
            text = core.text + _tail(core, damage, model)
            if (core.text or (core.lead and not text.startswith(_LOST))) and _is_clean(core.text):
                words = text.rstrip(damage.last) or text
                score = model.score(damage.left[-2:] + words + damage.right) / len(words)
                known = all(model.count(c) >= 1 for c in words if is_basic_han(c))
                found.append((score + known * _GAIN, text, core.beyond))
    if not found:
        return None
    _, text, beyond = max(found)
    return _Repair(text, beyond, proved=bool(damage.run))


def _cores(damage: _Damage, lost: int) -> Iterator[_Core]:
    """What the run may have been, the byte put back in front and moved up."""
    following = damage.right[:1]
    variants = [(damage.run, damage.last, 0)]
    if damage.last.isalpha() and following and "@" <= following <= "~":
        # A full-width letter that was made half-width has its two bytes again.
        variants.append((damage.run + damage.last, following, 1))
    for shown, last, beyond in variants:
        run = _encoded(shown)
        if shown and not run:
            continue
        start = bytes([lost]) + run
        letter = last if last and not last.startswith("?") else ""
        # The shift ends where an ASCII character was taken for a second byte, or with 0x80.
        if whole := _decode(start):
            yield _Core(whole, shown, last, None, beyond)
        if letter and (whole := _decode(start + letter.encode("ascii"))):
            yield _Core(whole, shown, "", None, beyond)
        if last.startswith("?") and (not run or (whole := _decode(start[:-1]))):
            yield _Core(_decode(start[:-1]), shown, last, start[-1], beyond)


def _is_proved(core: _Core, damage: _Damage, model: BigramModel) -> bool:
    """Whether the bytes read as Chinese that is far more usual than what stands there."""
    if not core.text or not _is_clean(core.text):
        return False
    if not core.shown:
        # 「?,F」 was 現 with the letter as its second byte: a character that the file uses.
        return not core.rest and len(core.text) == 1 and model.count(core.text) >= _KNOWN
    mean = model.mean(core.text)
    least = _GAIN if len(core.text) > 1 and len(core.shown) > 1 else _GAIN_OF_ONE
    return len(core.text) > 1 and mean >= _USUAL and mean - model.mean(core.shown) >= least


def _head(left: str, core: str, model: BigramModel) -> str:
    """The character before a mark, of which only the second byte is known; ``?`` where unsure."""
    opened = left.rfind("“")
    in_term = core.startswith("”") and opened >= 0 and "”" not in left[opened:]

    def score(head: str) -> float:
        bonus = _FULL_STOP if head == "。" else 0.0
        return model.score(left[-2:] + head + core[:1]) + bonus

    best = max((head for head in _heads() if not (in_term and head == "。")), key=score)
    return best if best == "。" or _is_attested(left, best, core, model) else _LOST


def _tail(core: _Core, damage: _Damage, model: BigramModel) -> str:
    """What stood behind the core: a character whose second byte is lost, or what still stands there."""
    if core.lead is None or damage.right[:1].isdigit():
        return core.rest  # before a digit another one went lost: nobody knows which
    note = core.rest[1:].rstrip(") ")
    left, right = damage.left[-1:] + core.text, damage.right[:1]
    found = []
    for trail in _TRAILS:
        last = _decode(bytes([core.lead, trail]))
        if last and _is_clean(last) and (not note or _sounds(last, note)):
            found.append((model.score(left[-2:] + last + right), last))
    found.sort(reverse=True)
    ahead = len(found) == 1 or (len(found) > 1 and found[0][0] - found[1][0] >= _AHEAD)
    shortest = 2 if damage.note else 3  # the byte before a note is no guess
    sure = ahead and (note or _is_attested(left, found[0][1], right, model, shortest))
    return found[0][1] if sure else core.rest


def _is_attested(
    left: str, character: str, right: str, model: BigramModel, shortest: int = 3
) -> bool:
    """Whether the file has the character beside its neighbour, or a dictionary word shows it."""
    if model.seen(left[-1:] + character):
        return True
    words, around = common_words(), to_simplified(left[-3:] + character + right[:3])
    at = min(len(left), 3)
    return any(
        around[a:b] in words
        for a in range(at)
        for b in range(at + 1, len(around) + 1)
        if b - a >= shortest
    )


def _completion(damage: _Damage, attested: str) -> _Repair | None:
    """The one character with the one behind it that the file has after the same words, or None."""
    words = damage.left[-_CONTEXT:]
    bare = damage.last == "?" and not damage.run and damage.mark not in ("", "?")
    if not bare or len(words) < _CONTEXT or damage.right[:1].isdigit():
        return None
    lost = _REPLACED[damage.mark]
    found = set()
    for match in re.finditer(re.escape(words), attested):
        pair = attested[match.end() : match.end() + 2]
        head, tail = _encoded(pair[:1]), _encoded(pair[1:])
        if head[1:] == b"\xa3" and tail[:1] == bytes([lost]) and is_basic_han(pair[0]):
            found.add(pair)
    return _Repair(found.pop(), proved=False) if len(found) == 1 else None


def _encoded(text: str) -> bytes:
    """GBK bytes, two a character, or none; a letter that was made half-width has two again."""
    encoded = b""
    for character in text:
        if character == "€":  # how Windows shows the byte 80
            encoded += b"\x80"
            continue
        wide = chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character
        both = wide.encode("gb18030", "ignore")
        # A digit stays a digit, whatever bytes it might have been part of.
        if len(both) != 2 or character.isdigit():
            return b""
        encoded += both
    return encoded


def _decode(data: bytes) -> str:
    try:
        return data.decode("gbk")
    except UnicodeDecodeError:
        return ""


@lru_cache(maxsize=1)
def _heads() -> tuple[str, ...]:
    """The characters whose second byte is A3."""
    found = (_decode(bytes([lead, 0xA3])) for lead in _LEADS)
    return tuple(character for character in found if character and _is_clean(character))


def _is_clean(text: str) -> bool:
    """Chinese characters, their punctuation, and letters: rare symbols mean a wrong guess."""
    return all(is_basic_han(c) or c in _PUNCTUATION for c in text)


@lru_cache(maxsize=65536)
def _sounds(character: str, note: str) -> bool:
    """Whether a character can be read as the note says, tones apart: sources differ on those."""
    from pypinyin import Style, pinyin

    return _toneless(note) in pinyin(character, style=Style.NORMAL, heteronym=True)[0]


def _toneless(note: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", note) if not unicodedata.combining(c))


class BigramModel:
    """Log-probability of a character after another, from the file itself and a word list."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._pairs: Counter[str] = Counter()
        self._characters: Counter[str] = Counter()
        for text in texts:
            plain = to_simplified(text)
            self._characters.update(text)
            self._pairs.update(plain[i : i + 2] for i in range(len(plain) - 1))
        self._singles: Counter[str] = Counter()
        for pair, times in self._pairs.items():
            self._singles[pair[0]] += times
        self._total = max(sum(self._singles.values()), 1)
        self._words = _word_pairs()
        self._costs: dict[str, float] = {}

    def count(self, character: str) -> int:
        """How often the file uses a character where it is sound."""
        return self._characters[character]

    def seen(self, pair: str) -> bool:
        """Whether the file has two characters side by side where it is sound."""
        return self._pairs[to_simplified(pair)] > 0

    def mean(self, text: str) -> float:
        """Log-probability of a text on its own, in nats a character."""
        return self.score("\n" + text) / max(len(text), 1)

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
