"""Which characters of a corpus may stand for a wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from retriever.shapes import look_alikes
from retriever.sounds import near_sounds, sounds


class Likeness:
    """The characters of a corpus by sound and by shape."""

    def __init__(self, characters: Iterable[str]) -> None:
        self._characters = frozenset(characters)
        self._homophones: dict[str, list[str]] = {}
        for character in sorted(self._characters):
            for sound in sounds(character):
                self._homophones.setdefault(sound, []).append(character)
        self.homophones = lru_cache(maxsize=4096)(self._find_homophones)
        self.alike = lru_cache(maxsize=4096)(self._find_alike)

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
