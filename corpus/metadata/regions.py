"""The place a document is about: from its title or issuer, completed upwards from its body."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from corpus.language import place_names
from corpus.language.gazetteer import (
    Place,
    has_kind,
    inside_word,
    is_full_name,
    is_known,
    lookup,
    lookup_within,
)
from corpus.language.lexicon import common_words
from corpus.language.organisations import PARTY, STREET

#: How far into a title or issuer a place by shape alone is looked for.
_REACH = 24
_LONGEST_NAME = 11


@dataclass(frozen=True)
class Region:
    """A place and the words that name it.

    Attributes:
        path: names from the province down, as far as they are known.
        start: offset of the first character of the words.
        end: offset after their last one.
        named_in: where the words stand: ``title``, ``issuer``, ``site`` or ``body``.
        in_table: whether the table of places gave the path.
    """

    path: str
    start: int
    end: int
    named_in: str = ""
    in_table: bool = False


class _Name(NamedTuple):
    """A name in a title or issuer and where it stands."""

    text: str
    start: int
    end: int


def find_region(
    title: str, issuer: str, body: str, site: str = "", sure: bool = True
) -> Region | None:
    """The place a document is of, from its issuer, else its title, the site, its body.

    Where it is not ``sure`` that the issuer is one, the title goes before it. ``body`` decides between places of one name and completes the path upwards
    (「明桦街道」 with 「桦甸市明桦街道」 in the body → 「吉林省吉林市桦甸市明桦街道」).
    """
    sources = {"title": title, "issuer": issuer, "site": site}
    found = {
        name: replace(region, named_in=name)
        for name, source in sources.items()
        if source and (region := _named_in(source, body))
    }
    issues, named = found.get("issuer"), found.get("title")
    # 「梧庭区指挥部」 below 「芷岭市梧庭区…」 leaves out what is above the district.
    fuller = issues and named and named.path.endswith(issues.path)
    first = named if fuller or not sure else issues
    return first or issues or named or found.get("site") or _most_named(body)


def _most_named(body: str) -> Region | None:
    """The place a body names at least twice and twice as often as any place beside or above it."""
    counts: Counter[str] = Counter()
    for match in place_names.NAMES_IN_BODY.finditer(body):
        words = match.group(1)
        ends = (words[-size:] for size in (3, 4, 5, 6) if size <= len(words))
        counts.update([name for name in ends if is_known(name) and has_kind(name)][:1])
    if not counts:
        return None
    (best, times), *rest = counts.most_common(2)
    place = lookup(best, body)
    rivals = [n for _, n in rest] + [len(place_names.MASKED_PLACE.findall(body))]
    if place is None or times < 2 or max(rivals) * 2 > times:
        return None
    start = body.index(best)
    return Region(place.path, start, start + len(best), "body", in_table=True)


def last_place(named: str) -> str:
    """The last of the places that words name one after the other: 「河北省保定市」 → 保定市."""
    names: list[str] = place_names.PATH_PART.findall(named)
    return names[-1] if names else named


def _named_in(source: str, body: str) -> Region | None:
    party = PARTY.match(source)
    begin = party.end() if party else 0
    shaped = _shaped(source, begin)
    if shaped and shaped[-1].text.endswith(place_names.TOWN_ENDS):
        return _complete(shaped, body)
    found = _known(source, begin, body) or _short_name(source, begin, body)
    return found or (_complete(shaped, body) if shaped else None)


def _known(source: str, begin: int, body: str) -> Region | None:
    """The longest name of the table in ``source``, the first one of those as long, and what follows.

    「辽宁省朝阳市」 is the city, although the province's name is as long and comes first.
    """
    best = _longest_known(source, begin)
    place = lookup(best.text, source + body) if best else None
    if best is None or place is None:
        return None
    if not place.code:
        return _complete([best, *_shaped_below(source, best.end)], body)
    return _down_from(place, source, best.start, best.end)


def _down_from(place: Place, source: str, start: int, end: int) -> Region:
    """The region of a place named at ``source[start:end]`` with those that follow at once."""
    while below := _place_below(source, end, place):
        place, end = below
    path = place.path
    for name in _shaped_below(source, end):
        path, end = path + name.text, name.end
    return Region(path, start, end, in_table=True)


def _longest_known(source: str, begin: int) -> _Name | None:
    best: _Name | None = None
    for start in range(begin, len(source)):
        longest = min(_LONGEST_NAME, len(source) - start)
        for size in range(longest, len(best.text) if best else 1, -1):
            name = source[start : start + size]
            if not is_known(name) or name in place_names.ALSO_WORDS or inside_word(source, start):
                continue
            # 「德州」 and 「延边州」 are hardly ever anything else.
            full = is_full_name(name) or name.endswith("州")
            if full or place_names.BODY_AFTER.match(source, start + size):
                best = _Name(name, start, start + size)
                break
    return best


def _place_below(source: str, start: int, above: Place) -> tuple[Place, int] | None:
    """The place of the table within ``above`` whose name stands at ``start``, and where it ends."""
    for end in range(min(start + _LONGEST_NAME, len(source)), start + 1, -1):
        name = source[start:end]
        if name in place_names.ALSO_WORDS or source.startswith("大学", end):
            continue
        if place := lookup_within(name, above):
            return place, end
    return None


def _shaped_below(source: str, start: int) -> list[_Name]:
    """Names by shape right behind a known place: a district younger than the table, a town."""
    return list(itertools.takewhile(_surely_a_name, _names_at(source, start)))


def _surely_a_name(name: _Name) -> bool:
    """Two characters that are no word, and a kind: 「临平区」, not 「旅游景区」, 「湿地城市」."""
    stem = re.sub(f"(?:{STREET}|[县区旗镇乡])$", "", name.text)
    words = common_words()
    return (
        len(stem) == 2
        and stem not in words
        and name.text not in (*place_names.ALSO_WORDS, *words)
        and not place_names.KIND_OF_AREA.search(name.text)
    )


def _short_name(source: str, begin: int, body: str) -> Region | None:
    """A province's or city's short name where a name may stand: 「深圳经济特区条例」, 「泰州：…」.

    A city's counts when a colon follows or the body names it in full; it may be a word otherwise.
    """
    for start in (begin, *(m.end() for m in place_names.BEFORE_A_NAME.finditer(source, begin))):
        for size in (4, 3, 2):
            name = source[start : start + size]
            place = lookup(name, body) if len(name) == size else None
            if place is None or place.name == name or not place.code.endswith("00"):
                continue
            colon = source[start + size : start + size + 1] in ("：", ":")
            if place.code.endswith("0000") or (start == begin and (colon or place.name in body)):
                return _down_from(place, source, start, start + size)
    return None


def _shaped(source: str, begin: int) -> list[_Name]:
    """Place names by shape at the first position where one stands: 「云岭省临川市」 → both."""
    found = (_names_at(source, start) for start in _positions(source, begin))
    return next(filter(None, found), [])


def _names_at(source: str, start: int) -> list[_Name]:
    match = place_names.PLACE_SHAPES.match(source, start)
    groups = ("province", "city", "county", "town") if match else ()
    names = (_Name(match[g], *match.span(g)) for g in groups if match and match[g] is not None)
    # 「汐阳市」 of 「汐阳市文明城市」 is one all the same
    return list(itertools.takewhile(lambda name: _could_be_name(name.text), names))


def _positions(source: str, begin: int) -> Iterator[int]:
    """Where a name may begin: first after words that stand before names, then inside no word."""
    likely = [begin, *(m.end() for m in place_names.BEFORE_A_NAME.finditer(source, begin))]
    yield from (at for at in likely if at < begin + _REACH)
    for at in range(begin + 1, min(len(source), begin + _REACH)):
        if at not in likely and not inside_word(source, at):
            yield at


def _could_be_name(name: str) -> bool:
    if name.endswith(place_names.TOWN_ENDS):
        stem = name[:-1].removesuffix("街")
        return stem[0] not in "省市县区州旗" and not place_names.NOT_A_NAME.search(stem)
    return is_known(name) or not (
        place_names.NOT_A_NAME.search(name[:-1]) or place_names.KIND_OF_AREA.search(name)
    )


def _complete(names: Sequence[_Name], body: str) -> Region:
    """Put the places above in front, as the body most often names them."""
    path = [name.text for name in names]
    start, end = names[0].start, names[-1].end
    for _ in range(3):
        place = lookup(path[0], body) if has_kind(path[0]) else None
        if place and place.code:
            return Region(place.path + "".join(path[1:]), start, end, in_table=True)
        above = _above(path[0], body)
        if not above:
            break
        path.insert(0, above)
    return Region("".join(path), start, end)


def _above(name: str, body: str) -> str:
    """What the body most often names right before ``name``: 「霁州市」 in 「沧澜省霁州市岚浦县」."""
    known: Counter[str] = Counter()
    shaped: Counter[str] = Counter()
    for match in re.finditer(f"(?<=[省区市州县盟]){re.escape(name)}", body):
        run = place_names.RUN_BEFORE.search(body[max(0, match.start() - 9) : match.start()])
        if not run:
            continue
        words = run.group()
        suffixes = (words[i:] for i in range(len(words) - 1))
        if in_table := next((s for s in suffixes if is_known(s) and has_kind(s)), ""):
            known[in_table] += 1
            continue
        # Of 「根据沧澜省」 and 「沧澜省霁州市」 only the last two characters are certain; three
        # are when punctuation or the place above stands before them.
        own = place_names.KIND_INSIDE.sub("", words)
        found = own if len(own) == 4 else own[-3:]
        if len(found) >= 3 and _could_be_name(found):
            shaped[found] += 1
    counts = known or shaped
    return counts.most_common(1)[0][0] if counts else ""
