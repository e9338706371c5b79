"""Which characters are taken for each other: by sound, by shape, in a corpus."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.util import find_spec
from itertools import permutations
from pathlib import Path

from corpus.errors import PolicyQAError
from corpus.language.characters import CONFUSED, SAME_PART, USUAL_READINGS


class SimilarCharacters:
    """The characters of a corpus by sound and by shape."""

    def __init__(self, characters: Iterable[str]) -> None:
        self._characters = frozenset(characters)
        self._homophones: dict[str, list[str]] = {}
        for character in sorted(self._characters):
            for sound in sounds(character):
                self._homophones.setdefault(sound, []).append(character)
        self.homophones = lru_cache(maxsize=4096)(self._find_homophones)
        self.alike = lru_cache(maxsize=4096)(self._find_alike)

    def others(self, character: str) -> list[str]:
        """Its homophones without itself."""
        return [other for other in self.homophones(character) if other != character]

    def sound_alike(self, one: str, other: str) -> bool:
        """Whether each character of ``other`` is a homophone of that of ``one`` in its place."""
        return all(b in self.homophones(a) for a, b in zip(one, other, strict=True))

    def _find_homophones(self, character: str) -> tuple[str, ...]:
        """Those with a reading of a character, tones apart; itself among them."""
        found = (c for s in sorted(sounds(character)) for c in self._homophones.get(s, ()))
        return tuple(dict.fromkeys(found))

    def _find_alike(self, character: str) -> tuple[str, ...]:
        """Those that sound the same or nearly, or look like a character; not itself."""
        near = sorted({n for s in sounds(character) for n in near_sounds(s)})
        found = [
            *self.homophones(character),
            *(c for s in near for c in self._homophones.get(s, ())),
            *(c for c in look_alikes().get(character, "") if c in self._characters),
        ]
        return tuple(dict.fromkeys(c for c in found if c != character))


#: Made by ``shape_table``: a character and those that look like it on a line.
TABLE = Path(__file__).with_name("assets") / "shapes.txt"


@lru_cache(maxsize=1)
def look_alikes() -> Mapping[str, str]:
    """Characters → those that look like them, in both directions.

    From pictures (``shape_table``) and from lists of what these do not show.
    """
    found: dict[str, dict[str, None]] = {}
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = [line[0] + other for line in lines for other in line[1:]]
    for group in (*pairs, *CONFUSED, *SAME_PART):
        for one, other in permutations(dict.fromkeys(group), 2):
            found.setdefault(one, {})[other] = None
    return {character: "".join(others) for character, others in found.items()}


def are_confused(one: str, other: str) -> bool:
    """Whether two characters are often taken for each other."""
    return (one, other) in _confused()


@lru_cache(maxsize=1)
def _confused() -> frozenset[tuple[str, str]]:
    return frozenset(pair for group in CONFUSED for pair in permutations(group, 2))


#: Beginnings and ends of syllables that speakers of many regions do not distinguish.
_BEGINNINGS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_ENDS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@lru_cache(maxsize=8192)
def sounds(character: str) -> frozenset[str]:
    """Usual readings without tones, none for what is no Chinese character: 行 → xing, hang.

    Raises:
        PolicyQAError: pypinyin is not installed.
    """
    usual = _several().get(character)
    if usual is not None:
        return usual
    return frozenset(_plain(reading) for reading in _readings(character)[:1])


@lru_cache(maxsize=8192)
def _toned(character: str) -> frozenset[str]:
    return frozenset(r for r in _readings(character) if _plain(r) in sounds(character))


def sound_the_same(one: str, other: str) -> bool:
    """Whether two characters have a usual reading in common, tone and all."""
    return not _toned(one).isdisjoint(_toned(other))


def _readings(character: str) -> list[str]:
    """All readings in the table with their tones, the most usual one mostly first."""
    return list(filter(None, _table().get(str(ord(character)), "").split(",")))


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """Code points → readings, as pypinyin has them."""
    # Only the table of characters is read: importing the package loads one of phrases, ten times
    # as long.
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise PolicyQAError("没有安装读音表 pypinyin", "pypinyin 0.55", "pip install pypinyin")
    source = Path(spec.origin).with_name("pinyin_dict.json").read_text(encoding="utf-8")
    table: dict[str, str] = json.loads(source)
    return table


@lru_cache(maxsize=1)
def _several() -> dict[str, frozenset[str]]:
    return {usual[0]: frozenset(usual[1:].split("/")) for usual in USUAL_READINGS}


@lru_cache(maxsize=4096)
def _plain(reading: str) -> str:
    """Without tones: 「lǜ」 → lv; ü is typed as v."""
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(c for c in letters if not unicodedata.combining(c))


@lru_cache(maxsize=1024)
def near_sounds(sound: str) -> frozenset[str]:
    """Syllables taken for this one, itself not among them: ling → lin, ning, nin."""
    ends = {_swapped(sound, _ENDS, at_end=True), sound}
    both = {_swapped(end, _BEGINNINGS, at_end=False) for end in ends} | ends
    return frozenset(both - {sound})


def _swapped(sound: str, pairs: tuple[tuple[str, str], ...], at_end: bool) -> str:
    for pair in pairs:
        for old, new in (pair, pair[::-1]):
            if at_end and sound.endswith(old):
                return sound.removesuffix(old) + new
            if not at_end and sound.startswith(old):
                return new + sound.removeprefix(old)
    return sound
