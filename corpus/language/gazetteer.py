"""The table of Chinese places: which province and city a name belongs to."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import PolicyQAError
from corpus.language.lexicon import common_words
from corpus.language.place_names import AUTONOMOUS, KIND_OF_PLACE, NO_PLACE, PATH_PART, PLACE_END


@dataclass(frozen=True)
class Place:
    """A known place.

    Attributes:
        code: six-digit administrative code.
        name: full name, 「桦甸市」.
        path: names from the province down to it, 「吉林省吉林市桦甸市」.
    """

    code: str
    name: str
    path: str


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[Place, ...]]:
    """Full names, and names without their suffix, → places (data of the ``cpca`` package)."""
    # Only the package's table is read: importing it needs pkg_resources, which is going away.
    spec = find_spec("cpca")
    if spec is None or spec.origin is None:
        raise PolicyQAError("没有安装地名表 cpca", "cpca 0.5", "pip install cpca")
    source = Path(spec.origin).with_name("resources").joinpath("adcodes.csv")
    lines = source.read_text(encoding="utf-8").splitlines()
    rows = {r["adcode"][:6]: r["name"] for r in csv.DictReader(lines)}
    found: dict[str, list[Place]] = {}
    for code, name in rows.items():
        if NO_PLACE.search(name):
            continue
        above = [rows.get(code[:2] + "0000", ""), rows.get(code[:4] + "00", "")]
        named = [a for a in above if a and not NO_PLACE.search(a)]
        path = "".join(dict.fromkeys([*named, name]))
        place = Place(code, name, path)
        found.setdefault(name, []).append(place)
        for other in _other_names(name):
            found.setdefault(other, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def _other_names(name: str) -> set[str]:
    """「延边朝鲜族自治州」 → 延边朝鲜族, 延边州, 延边."""
    autonomous = AUTONOMOUS.search(name)
    stem = name[: autonomous.start()] if autonomous else ""
    names = {PLACE_END.sub("", name), stem, stem + autonomous["kind"] if autonomous else ""}
    return {n for n in names if len(n) >= 2 and n != name}


def lookup(name: str, context: str = "") -> Place | None:
    """The place of that name; among several, the one whose province and city ``context`` names most.

    Where ``context`` names none of theirs, a full name is a place without a code whose path is the
    name alone, and a short one the highest place, if there is one.
    """
    candidates = _places().get(name, ())
    if not candidates:
        return None
    exact = [p for p in candidates if p.name == name] or list(candidates)
    if len(exact) == 1:
        return exact[0]

    def support(place: Place) -> tuple[int, int]:
        parents = [n for n in (_short(place.code[:2] + "0000"), _short(place.code[:4] + "00")) if n]
        level = 2 if place.code.endswith("0000") else 1 if place.code.endswith("00") else 0
        return (sum(context.count(n) for n in parents if n != PLACE_END.sub("", name)), level)

    most = max(map(support, exact))
    best = [p for p in exact if support(p) == most]
    if len(best) > 1:
        return Place("", name, name) if best[0].name == name else None
    return best[0]


def lookup_within(name: str, above: Place) -> Place | None:
    """The place of that name in a province or city; a city's may be short."""
    inside = [p for p in _places().get(name, ()) if p.path.startswith(above.path)]
    named = (p for p in inside if p.name == name or p.code.endswith("00"))
    return next((p for p in named if p.code != above.code), None)


@lru_cache(maxsize=512)
def _short(code: str) -> str:
    for places in _places().values():
        for place in places:
            if place.code == code:
                return PLACE_END.sub("", place.name)
    return ""


def is_known(name: str) -> bool:
    """Whether the table has a place of that name, full or without its kind."""
    return name in _places()


def is_full_name(name: str) -> bool:
    """Whether a place is called exactly that: 「桦甸市」, not 「桦甸」."""
    return any(place.name == name for place in _places().get(name, ()))


def has_kind(name: str) -> bool:
    """Whether a name ends in a kind of place from the county up: 「桦甸市」, not 「桦甸」."""
    return PLACE_END.search(name) is not None


def inside_word(text: str, start: int) -> bool:
    """Whether the character before makes a word with the first: 「示范县」 is no 范县."""
    return start > 0 and text[start - 1 : start + 1] in common_words()


def short_name(name: str) -> str:
    """A place's name without its kind: 「沈阳市」 → 「沈阳」; as it is when that leaves one character."""
    short = PLACE_END.sub("", name)
    return short if len(short) >= 2 else name


def places_in(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """Short names of the places a text names, in order.

    Args:
        text: a question.
        known: short names that count wherever they stand, e.g. those of the indexed documents.
            Of other places, provinces and cities count by short name and the rest by full name.
    """
    found: list[str] = []
    start = 0
    while start < len(text) - 1:
        sizes = range(min(11, len(text) - start), 1, -1)
        size = next((n for n in sizes if _names_place(text, start, n, known)), 0)
        if size:
            found.append(short_name(text[start : start + size]))
        start += max(size, 1)
    return tuple(dict.fromkeys(found))


def _names_place(text: str, start: int, size: int, known: frozenset[str]) -> bool:
    name = text[start : start + size]
    if name in known or short_name(name) in known:
        return True
    places = _places().get(name, ())
    # 「当日照市…」: a city's whole name is longer than a word by chance.
    whole = size > 2 and any(p.name == name and p.code.endswith("00") for p in places)
    if not places or (inside_word(text, start) and not whole):
        return False
    if any(p.name == name for p in places):
        return True
    # 「海城」 or 「朝阳」 may be words; a city's short name before another word is a place.
    return any(p.code.endswith("00") for p in places)


def region_names(region: str) -> tuple[str, ...]:
    """Short names along a region path: 「辽宁省沈阳市」 → 辽宁, 沈阳.

    What is an everyday word without its kind is a place only when the table has it: a region misread
    as 「期间市」 must not make a place of every 「期间」.
    """
    parts = PATH_PART.findall(region)
    names = (short_name(p) for p in parts if is_known(p) or short_name(p) not in common_words())
    return tuple(dict.fromkeys(names))


def place_spans(text: str, known_places: frozenset[str]) -> list[tuple[int, int]]:
    """Where places stand in a text, with the word for their kind: 「沈阳市」."""
    return spans_of(text, places_in(text, known_places))


def spans_of(text: str, places: Sequence[str]) -> list[tuple[int, int]]:
    """Where places, in the order in which a text names them, stand, each with the word for its kind."""
    spans: list[tuple[int, int]] = []
    at = 0
    for name in places:
        start = text.find(name, at)
        if start < 0:
            continue
        kind = KIND_OF_PLACE.match(text, start + len(name))
        at = kind.end() if kind else start + len(name)
        spans.append((start, at))
    return spans
