"""Places: which province and city a county, sub-district or unit belongs to."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import PolicyQAError
from corpus.lexicon import common_words

_SUFFIX = re.compile(
    r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|自治旗|地区|省|市|州|盟|县|区|旗)$"
)
#: 「云岭省」, 「临川市」, 「明桦街道」: a name of two or three characters and what kind of place it is.
_NAME = "[\u4e00-\u9fff]{2,3}?"
_SHAPES = re.compile(
    rf"(?P<province>{_NAME}(?:省|自治区))?(?P<city>{_NAME}(?:市|州|盟))?(?P<county>{_NAME}(?:县|区|市|旗))?"
    rf"(?P<town>{_NAME}(?:街道|镇|乡))?"
)
_NOT_A_NAME = re.compile(
    "[的在和与及全我各本该为对把等某第届次年月日]|关于|创建|文明|示范|推进|加强|辖区|社区|城乡|园区|老旧|小区|争创|法治|开展|中共"
)

_MASKED_PLACE = re.compile(r"(?:\*\*|××|xx|XX)[市县区委]")


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
        above = [rows.get(code[:2] + "0000", ""), rows.get(code[:4] + "00", "")]
        path = "".join(dict.fromkeys([a for a in above if a and a != "市辖区"] + [name]))
        place = Place(code, name, path)
        found.setdefault(name, []).append(place)
        short = _SUFFIX.sub("", name)
        if len(short) >= 2 and short != name:
            found.setdefault(short, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def lookup(name: str, context: str = "") -> Place | None:
    """The place of that name; among several, the one whose province and city ``context`` names most."""
    candidates = _places().get(name, ())
    if not candidates:
        return None
    exact = [p for p in candidates if p.name == name] or list(candidates)
    if len(exact) == 1:
        return exact[0]

    def support(place: Place) -> tuple[int, int]:
        parents = [n for n in (_short(place.code[:2] + "0000"), _short(place.code[:4] + "00")) if n]
        level = 2 if place.code.endswith("0000") else 1 if place.code.endswith("00") else 0
        return (sum(context.count(n) for n in parents if n != _SUFFIX.sub("", name)), level)

    return max(exact, key=support)


@lru_cache(maxsize=512)
def _short(code: str) -> str:
    for places in _places().values():
        for place in places:
            if place.code == code:
                return _SUFFIX.sub("", place.name)
    return ""


def find_region(title: str, issuer: str, body: str) -> str:
    """The path of the place a document is about, from its title, else its issuer; "" if none.

    ``body`` decides between places of one name and completes the path upwards
    (「明桦街道」 with 「桦甸市明桦街道」 in the body → 「吉林省吉林市桦甸市明桦街道」).
    """
    for source in (title, issuer):
        named = _named_in(source, body)
        if named:
            return named
    return _most_named(body)


def _most_named(body: str) -> str:
    """The place a body names at least twice and twice as often as any place beside or above it."""
    counts: Counter[str] = Counter()
    for match in re.finditer(r"(?=([\u4e00-\u9fff]{2,5}[市县区州旗]))", body):
        for size in (3, 4, 5, 6):
            name = match.group(1)[-size:]
            if (
                len(name) == size
                and name != "市辖区"
                and name in _places()
                and _SUFFIX.search(name)
            ):
                counts[name] += 1
                break
    if not counts:
        return ""
    (best, times), *rest = counts.most_common(2)
    place = lookup(best, body)
    rivals = [n for _, n in rest] + [len(_MASKED_PLACE.findall(body))]
    if place is None or times < 2 or max(rivals) * 2 > times:
        return ""
    return place.path


def _named_in(source: str, body: str) -> str:
    source = re.sub(r"^(?:中共|中国共产党)", "", source)
    shaped = _shaped(source)
    known = _known(source, body)
    if (shaped and shaped[-1][-2:] in ("街道",)) or (shaped and shaped[-1][-1:] in ("镇", "乡")):
        return _complete(shaped, body)
    if known:
        return known.path
    return _complete(shaped, body) if shaped else ""


def _known(source: str, body: str) -> Place | None:
    """The longest gazetteer name in ``source``; the first one of those as long."""
    best = ""
    for start in range(len(source)):
        for size in range(min(11, len(source) - start), 1, -1):
            name = source[start : start + size]
            full = _SUFFIX.search(name) is not None
            if name not in _places() or size <= len(best):
                continue
            # 「示范县」 is no 范县: the character before must not make a word with the first.
            inside_word = start > 0 and source[start - 1 : start + 1] in common_words()
            if not inside_word and (full or _used_as_place(source, start + size)):
                best = name
    return lookup(best, source + body) if best else None


def _used_as_place(source: str, end: int) -> bool:
    """A short name counts only where a body or office of it follows: 「朝阳」 in 「朝阳市委」."""
    return re.match("[省市县区]|党委|政府|发展", source[end:]) is not None


def _shaped(source: str) -> list[str]:
    """Place names by shape at the first position where one stands: 「云岭省临川市」 → both."""
    for start in range(min(len(source), 24)):
        match = _SHAPES.match(source, start)
        names = [n for n in match.groups() if n] if match else []
        if names and not any(_NOT_A_NAME.search(n[:-1].removesuffix("街")) for n in names):
            return names
    return []


def _complete(names: list[str], body: str) -> str:
    """Put the places above in front, as the body most often names them."""
    path = list(names)
    for _ in range(3):
        place = lookup(path[0], body) if _SUFFIX.search(path[0]) else None
        if place:
            return place.path + "".join(path[1:])
        above = Counter(
            re.findall(rf"({_NAME}(?:省|自治区|市|州|县|区)){re.escape(path[0])}", body)
        )
        clean = [n for n, _ in above.most_common() if not _NOT_A_NAME.search(n[:-1])]
        if not clean:
            break
        # The pattern takes a character too many from 「设立桦甸市」; a known name does not.
        known = [n[i:] for n in clean for i in range(len(n) - 2) if n[i:] in _places()]
        path.insert(0, (known or clean)[0])
    return "".join(path)


def short_name(name: str) -> str:
    """A place's name without its kind: 「沈阳市」 → 「沈阳」; as it is when that leaves one character."""
    short = _SUFFIX.sub("", name)
    return short if len(short) >= 2 else name


def places_in(text: str, familiar: frozenset[str]) -> tuple[str, ...]:
    """Short names of the places a text names, in order.

    Args:
        text: a question.
        familiar: short names that count wherever they stand, e.g. those of the indexed documents.
            Of other places, provinces and cities count by short name and the rest by full name.
    """
    found: list[str] = []
    start = 0
    while start < len(text) - 1:
        size = next(
            (
                n
                for n in range(min(11, len(text) - start), 1, -1)
                if _names_place(text, start, n, familiar)
            ),
            0,
        )
        if size:
            found.append(short_name(text[start : start + size]))
        start += max(size, 1)
    return tuple(dict.fromkeys(found))


def _names_place(text: str, start: int, size: int, familiar: frozenset[str]) -> bool:
    name = text[start : start + size]
    if name in familiar or short_name(name) in familiar:
        return True
    places = _places().get(name, ())
    if not places or (start > 0 and text[start - 1 : start + 1] in common_words()):
        return False
    if any(p.name == name for p in places):
        return True
    # 「海城」 or 「朝阳」 may be words; a city's short name before another word is a place.
    return any(p.code.endswith("00") for p in places)


def region_names(region: str) -> tuple[str, ...]:
    """Short names along a region path: 「辽宁省沈阳市」 → 辽宁, 沈阳."""
    parts = re.findall(r".{2,}?(?:自治区|自治州|街道|[省市州盟县区旗镇乡])", region)
    return tuple(dict.fromkeys(short_name(p) for p in parts))
