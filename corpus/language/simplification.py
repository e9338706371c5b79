"""The search form of a text: simplified characters and full-width punctuation, same length."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from corpus.language.characters import HALF_TO_FULL, HAN

_CHINESE = f"[{HAN}“”‘’《》（）]"
_HALF = "[,:;!?()]"
#: Whole runs: in 「,(一)」 the comma is beside a bracket that is itself widened. A run is tried from its
#: beginning alone: tried from each of its marks, a line of brackets would take the square of its time.
_HALF_BESIDE_HAN = re.compile(rf"(?<={_CHINESE}){_HALF}+|(?<!{_HALF}){_HALF}+(?={_CHINESE})")
_FULL_ALPHANUMERIC = {c: c - 0xFEE0 for c in range(0xFF10, 0xFF5B) if chr(c).isalnum()}
#: The point of a number: 「１５．２」.
_WIDE_POINT = re.compile(r"(?<=\d)．(?=\d)")
_NO_LETTER = re.compile(r"[^\w]+")
#: 著 is 着 in old texts except where it means "to show" or "to write".
_ZHU = re.compile(r"(?<![显原名专论编卓昭巨土拙遗译])著(?![名作称述录者])")


@lru_cache(maxsize=1)
def _table() -> dict[int, int]:
    """Traditional → simplified by single characters, from OpenCC's own dictionary."""
    source = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    table: dict[int, int] = dict(_FULL_ALPHANUMERIC)
    for line in source.splitlines():
        old, _, new = line.partition("\t")
        if len(old) == 1 and new:
            table[ord(old)] = ord(new.split(" ")[0])
    # 乾 is 干 only in the sense "dry"; in policy texts it is part of names (乾县, 乾坤).
    table.pop(ord("乾"), None)
    # 薴 → 苧 and 苧 → 苎: without following it, simplifying twice would differ from once.
    return {old: table.get(new, new) for old, new in table.items()}


@lru_cache(maxsize=4096)
def to_simplified(text: str) -> str:
    """Simplified characters for traditional ones, full-width letters and digits made half-width.

    Character by character, so that the result is as long as ``text`` and spans carry over:
    「創建」 → 「创建」, 「顯著」 → 「显著」, 「圍繞著」 → 「围绕着」. Several rules ask for the same line.
    """
    plain = text.translate(_table())
    if "．" in plain:
        plain = _WIDE_POINT.sub(".", plain)
    return _ZHU.sub("着", plain)


def search_form(text: str, simplify: bool = True, widen: bool = True) -> str:
    """Simplified, and with Chinese punctuation beside Chinese characters; same length as ``text``."""
    plain = to_simplified(text) if simplify else text
    if not widen:
        return plain
    return _HALF_BESIDE_HAN.sub(lambda m: "".join(HALF_TO_FULL[c] for c in m.group()), plain)


def bare(text: str) -> str:
    """Simplified letters, digits and Chinese characters only: for comparing titles."""
    return _NO_LETTER.sub("", to_simplified(text))
