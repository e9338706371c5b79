"""The place a document is about: from its title or issuer, completed upwards from its body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpus.gazetteer import Place, has_kind, inside_word, is_known, lookup

#: 「云岭省」, 「临川市」, 「明桦街道」: a name of two or three characters and what kind of place it is.
_NAME = "[\u4e00-\u9fff]{2,3}?"
_SHAPES = re.compile(
    rf"(?P<province>{_NAME}(?:省|自治区))?(?P<city>{_NAME}(?:市(?!场)|州(?!市)|盟))?"
    rf"(?P<county>{_NAME}(?:县|区(?!域)|市(?!场)|旗))?"
    rf"(?P<town>{_NAME}(?:街道|镇(?![村街化])|乡(?![镇村])))?"
)
_TOWN = ("街道", "镇", "乡")
_NOT_A_NAME = re.compile(
    "[的在和与及全我各本该为对把等某第届次年月日由将按请到]|关于|创建|文明|示范|推进|加强|辖区|社区|城乡|园区|老旧|小区|争创|法治|开展|中共"
    "|印发|转发|新型|重点|特色|特区|乡镇|城镇"
)
#: 「办公区」, 「贫困县」: words that only look like names of places.
_KIND_OF_AREA = re.compile(
    "(?:办公|开发|工业|试验|实验|保税|风景|旅游|生活|居住|高新|经开|自贸|先行|合作|产业|核心|功能|保护|安全"
    "|封闭|管控|商务|[^东西南北]城|郊|库|[辖社园小片街校厂病院特产]|度假|名胜)区$|(?:贫困|脱贫|百强|先进|卫生|文化)[县市]$"
)
#: Places of these names exist (汕尾市城区, 合作市), yet nearly always the word is meant.
_ALSO_WORDS = ("城区", "郊区", "矿区", "市辖区", "合作")
#: A place's name stands after these, so that 「印发霁州市」 is not read as a place 「印发霁州」.
_BEFORE_A_NAME = re.compile(r"关于|印发|转发|批转|发布|[《“（(在对\s]|[省市县区]委")
_RUN_BEFORE = re.compile(r"[\u4e00-\u9fff]{2,8}(?:省|自治区|市|州|县|区|盟)$")
_KIND_INSIDE = re.compile(r"^.*[省市县区旗盟](?=[\u4e00-\u9fff]{3})")
_MASKED_PLACE = re.compile(r"(?:\*\*|××|xx|XX)[市县区委]")
#: How far into a title or issuer a place by shape alone is looked for.
_REACH = 24


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
            if len(name) == size and name != "市辖区" and is_known(name) and has_kind(name):
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
    if shaped and shaped[-1].endswith(_TOWN):
        return _complete(shaped, body)
    known = _known(source, body)
    if known:
        return known.path
    return _complete(shaped, body) if shaped else _opening_city(source, body)


def _known(source: str, body: str) -> Place | None:
    """The longest gazetteer name in ``source``; the first one of those as long."""
    best = ""
    for start in range(len(source)):
        for size in range(min(11, len(source) - start), 1, -1):
            name = source[start : start + size]
            if not is_known(name) or size <= len(best) or inside_word(source, start):
                continue
            if name in _ALSO_WORDS:
                continue
            if has_kind(name) or _used_as_place(source, start + size):
                best = name
    return lookup(best, source + body) if best else None


def _opening_city(source: str, body: str) -> str:
    """A city's short name at the very start, when the body names it in full: 「深圳经济特区条例」."""
    for size in (4, 3, 2):
        place = lookup(source[:size], body)
        if place and place.code.endswith("00") and place.name in body:
            return place.path
    return ""


def _used_as_place(source: str, end: int) -> bool:
    """A short name counts only where a body or office of it follows: 「朝阳」 in 「朝阳市委」."""
    return re.match("[省市县区]|党委|政府|发展", source[end:]) is not None


def _shaped(source: str) -> list[str]:
    """Place names by shape at the first position where one stands: 「云岭省临川市」 → both."""
    for start in _positions(source):
        match = _SHAPES.match(source, start)
        names: list[str] = []
        for name in match.groups() if match else ():
            if name and not _could_be_name(name):
                break  # 「汐阳市」 of 「汐阳市文明城市」 is one all the same
            if name:
                names.append(name)
        if names:
            return names
    return []


def _positions(source: str) -> Iterator[int]:
    """Where a name may begin: first after words that stand before names, then inside no word."""
    likely = [0, *(m.end() for m in _BEFORE_A_NAME.finditer(source))]
    yield from (at for at in likely if at < _REACH)
    for at in range(1, min(len(source), _REACH)):
        if at not in likely and not inside_word(source, at):
            yield at


def _could_be_name(name: str) -> bool:
    if name.endswith(_TOWN):
        return not _NOT_A_NAME.search(name[:-1].removesuffix("街"))
    return is_known(name) or not (_NOT_A_NAME.search(name[:-1]) or _KIND_OF_AREA.search(name))


def _complete(names: list[str], body: str) -> str:
    """Put the places above in front, as the body most often names them."""
    path = list(names)
    for _ in range(3):
        place = lookup(path[0], body) if has_kind(path[0]) else None
        if place:
            return place.path + "".join(path[1:])
        above = _above(path[0], body)
        if not above:
            break
        path.insert(0, above)
    return "".join(path)


def _above(name: str, body: str) -> str:
    """What the body most often names right before ``name``: 「霁州市」 in 「沧澜省霁州市岚浦县」."""
    known: Counter[str] = Counter()
    shaped: Counter[str] = Counter()
    for match in re.finditer(f"(?<=[省区市州县盟]){re.escape(name)}", body):
        run = _RUN_BEFORE.search(body[max(0, match.start() - 9) : match.start()])
        if not run:
            continue
        words = run.group()
        suffixes = (words[i:] for i in range(len(words) - 1))
        if in_table := next((s for s in suffixes if is_known(s) and has_kind(s)), ""):
            known[in_table] += 1
            continue
        # Of 「根据沧澜省」 and 「沧澜省霁州市」 only the last two characters are certain; three
        # are when punctuation or the place above stands before them.
        own = _KIND_INSIDE.sub("", words)
        found = own if len(own) == 4 else own[-3:]
        if len(found) >= 3 and _could_be_name(found):
            shaped[found] += 1
    counts = known or shaped
    return counts.most_common(1)[0][0] if counts else ""
