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
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from corpus.language.dates import SHORT_DATE
from corpus.language.numerals import read_numeral
from corpus.language.simplification import search_form

#: Words that change nothing wherever they are put in.
_SMALL = frozenset(
    "的 是 为 在 于 和 与 及 以及 等 也 并 且 其 该 即 : 、 这 这个 个 达 达到 共 共计 有 中".split()
)
#: Of these, such as make a statement of what they are put before or behind: 「有…意愿」 of 「意愿占30分」.
_PREDICATES = frozenset("是 为 在 于 达 达到 有".split())
#: At the head of a clause they say where it is from, or that more is to come.
_REPORTING = frozenset(
    "根据 按照 依据 据 依 照 资料 文件 文中 方案 通知 通报 办法 意见 报告 规定 明确 提出 要求 指出 强调 显示 提到 介绍 中 里 内容 "
    "其中 此外 同时 另外 另 还 而 因此 所以 总之 综上 综上所述 主要 具体 具体来说 对 把 要 上述 可知 答 回答 关于 如下 方面".split()
)
_HEAD = (_SMALL | _REPORTING) - _PREDICATES
_LONGEST_SMALL = 4
#: Words in which 「压缩至」 has its 「至」.
_VERB = 6
#: May stand between a number and what it counts, or be left out there.
_LINKS = frozenset("为是达到至共有计了:")
NEGATIONS = frozenset("不未无非没勿莫禁免拒否")
#: Dropped, these change what is said as a negation does.
_LIMITS = NEGATIONS | frozenset("或除仅只拟可暂约近超逾余原")
#: Negations that are part of a word of another sense.
_NO_NEGATION = tuple(
    "不断 不仅 不但 不动产 不锈钢 不同 无障碍 无人机 无线 无偿 非常 非遗 非物质 非公 未来 未成年 免费 可持续 可行 可靠 许可 认可 超市 "
    "附近 最近 节约 集约 原则 原有 中原 草原".split()
)
#: Words that may be left out, as nothing depends on them.
_IDLE = tuple(
    "进一步 大力 积极 切实 全面 认真 扎实 着力 持续 不断 充分 有效 稳步 深入 加快 同志 "
    "全市 全省 全县 全区 全镇 我市 我省 我县 我区 本市 本省".split()
)
#: What counts the articles and points of a document says nothing.
_ENUMERATOR = re.compile(r"第?(?:\d+|[一二三四五六七八九十]+)[条款项是、.]?")
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
        stray: the first words of it that stand nowhere, where it does not fit; else "".
        bent: whether it does not fit although all its words are there.
        kept: how many words it takes over.
    """

    start: int = 0
    end: int = 0
    framing: tuple[str, ...] = ()
    stray: str = ""
    bent: bool = False
    kept: int = 0

    @property
    def holds(self) -> bool:
        """Whether the document says it."""
        return not self.stray and not self.bent


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
    for word in _NO_NEGATION:
        text = text.replace(word, "")
    return any(c in _LIMITS for c in text)


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


def _stray(forms: Sequence[str]) -> str:
    """The first run of words that are not small, or ""."""
    i = 0
    while i < len(forms):
        small = _small_run(forms, i, _SMALL)
        if not small:
            end = i + 1
            while end < len(forms) and not _small_run(forms, end, _SMALL):
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
        return Fit(stray=_stray(claim) or "".join(claim))
    kept = sum(size for _, _, size in blocks)
    head = claim[: blocks[0][0]]
    if head and head[-1] == "将" and set("至到为") & set(claim):
        head = head[:-1]  # 「将…压缩至」 marks an object, not the future
    taken = framed(head, framing)
    put = [claim[a + n : c] for (a, _, n), (c, _, _) in pairwise(blocks)]
    tail = claim[blocks[-1][0] + blocks[-1][2] :]
    put.append(tail)
    stray = _stray(head) if taken is None else next((s for w in put if (s := _stray(w))), "")
    span = blocks[0][1], blocks[-1][1] + blocks[-1][2]
    if stray or taken is None:
        return Fit(*span, stray=stray or "".join(head), kept=kept)
    bent = (
        _cut_short(forms, span, headed or len(head) > 0)
        or any(word in _PREDICATES for word in tail)
        or any(_wrongly_dropped(claim, source, one, two) for one, two in pairwise(blocks))
        or any(
            _number_bent(claim, source, blocks, a + i, b + i)
            for a, b, n in blocks
            for i in range(n)
            if source[b + i].is_number
        )
        or _neighbours(claim[len(head) :], forms) < _NEIGHBOURS
    )
    return Fit(*span, framing=taken, bent=bent, kept=kept)


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
    if _ENUMERATOR.fullmatch("".join(before)):
        return negated(behind)
    return negated(before) or negated(behind) or (headed and any(w not in _SMALL for w in before))


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
    for word in _IDLE:
        text = text.replace(word, "")
    return any(character not in _SMALL for character in text)


def _number_bent(
    claim: Sequence[str], source: Sequence[Word], blocks: Sequence[_Block], a: int, b: int
) -> bool:
    """Whether a number stands beside another word than in the document: 35天 for 35%, 由3 for 至3."""
    partner = {x + i: y + i for x, y, n in blocks for i in range(n)}
    before = max((x for x in partner if x < a), default=-1)
    if before >= 0 and any(word.form not in _LINKS for word in source[partner[before] + 1 : b]):
        return True
    if b + 1 == len(source):
        return False
    unit = source[b + 1]
    return partner.get(a + 1) != b + 1 and unit.start <= source[b].end and unit.form not in "、:"


def _neighbours(claim: Sequence[str], forms: Sequence[str]) -> float:
    """Share in [0, 1] of a clause's neighbouring words that are neighbours in the document.

    Small words count on neither side.
    """
    held = set(pairwise(f for f in forms if f not in _SMALL))
    own = list(pairwise(c for c in claim if c not in _SMALL))
    return sum(pair in held for pair in own) / len(own) if own else 1.0


#: What a sentence or clause ends with.
MARK = "，"
_NUMERALS = "〇○零一二两三四五六七八九十百千万亿"
#: A single Chinese numeral counts only in front of one of these: 三项, not 三农.
_COUNTED = frozenset("个人名位次家件条项起份篇期场户所处种类倍元岁支辆亩天日年月周层轮批季")
_MORE = "[余多]"
#: 3千克 are no 3000克.
_TIMES = "[十百千]?[万亿]{1,2}|[百千](?![克米瓦分帕])"
#: 35个工作日 = 35工作日; but 35个月 is not the month 35.
_MEASURE = "(?:个(?=工作日|小时|百分点|季度|星期))?"
_WORD = re.compile(
    rf"(?P<date>{SHORT_DATE})"
    r"|(?<![\d.:：])(?P<hour>[01]?\d|2[0-4])[:：](?P<minute>[0-5]\d)(?![\d:：])"
    rf"|百分之(?P<share>\d+(?:\.\d+)?|[{_NUMERALS}]{{1,16}})"
    rf"|(?P<number>\d{{1,3}}(?:,\d{{3}})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<more>{_MORE}?)(?P<times>{_TIMES})?(?P<over>{_MORE}?){_MEASURE}"
    rf"|(?P<numeral>[{_NUMERALS}]{{1,16}})(?P<beyond>{_MORE}?){_MEASURE}"
    r"|(?P<latin>[a-z]+)"
    r"|(?P<range>(?<=[^\W_%％])[-—－–―~～]+(?=\s?\d)|(?<=[%％])[-—－–―~～]+(?=\s?\d))"
    r"|(?P<minus>[-−－](?=\d))"
    r"|(?P<stop>[，,；;。！？!?…]+)"
    r"|(?P<colon>[:：])"
    r"|(?P<percent>[%％])"
    r"|(?P<character>\S)"
)  # fmt: skip
_BREAK = re.compile(r"\n")
_SPACE = re.compile(r"\s+")
_BRACKETS = {"（": 1, "(": 1, "）": -1, ")": -1}
_FACTORS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
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
    for match in _WORD.finditer(form):
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
    kind = match.lastgroup
    if kind == "latin":
        yield match.group()
    elif kind == "range":
        yield "至"
    elif kind == "minus":
        yield "-"
    elif kind == "stop":
        yield MARK
    elif kind == "colon":
        yield ":"
    elif kind == "percent":
        yield "%"
    elif match.group() in "、‰" or not _says_nothing(match.group()):
        yield match.group()


def _says_nothing(character: str) -> bool:
    """Whether it is punctuation, white space or invisible; a symbol (≥, ℃) is none of these."""
    category = unicodedata.category(character)
    return category[0] in "PZ" or category in ("Cc", "Cf")


def _numeral(written: str, behind: str | None = None) -> str:
    """The number that numerals write, or "" where they are characters like others: 十四五, 三农."""
    if written[0].isdecimal():
        return _amount(written)
    # Two digits side by side mostly count both: 二三季度.
    alone = behind is not None and len(written) == 1 and behind[:1] not in _COUNTED
    by_digits = len(written) == 2 and not set(written) & set("十百千万亿")
    value = None if alone or by_digits else read_numeral(written)
    return "" if value is None else str(value)


def _amount(digits: str, times: str = "") -> str:
    plain = digits.replace(",", "")
    whole, _, fraction = plain.partition(".")
    # 「0411」 is part of a telephone number.
    if len(whole) > _LONGEST_AMOUNT or len(fraction) > _LONGEST_AMOUNT or re.match(r"0\d\d", whole):
        return plain + times
    value = Decimal(plain)
    for factor in times:
        value *= _FACTORS[factor]
    return format(value.normalize(), "f") if value else "0"
