"""Questions with their place, year or number swapped for another: does an answer notice?"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.simplify import search_form
from indexer.passage import Passage
from qa.answer import Answer
from qa.place_swap import place_spans

#: Places that there are, and places that there are not.
REAL = ("桂林市", "张家口市", "湛江市", "佳木斯市", "绵阳市", "宝鸡市", "日照市", "莆田市")
INVENTED = ("云潭市", "苔溪县", "鹿洲市", "枕河区", "雁浦镇", "霜原市", "柚岭县", "棠口街道")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
_ORDINAL = re.compile(
    r"(?:第(?=.{1,4}[轮届批次期])|(?=[一二三四五六七八九十]{2,3}届))([一二三四五六七八九十]{1,3}|\d{1,4})(?=[轮届批次期])"
)
_OTHER_ORDINALS = ("十七", "十九", "二十三", "三十一")


@dataclass(frozen=True)
class Swap:
    """A question that asks for something else than it did.

    Attributes:
        kind: ``place``, ``year`` or ``number``.
        question: as it is asked now.
        original: as it was.
        asked: the place without its kind, the year or the number that it names now.
    """

    kind: str
    question: str
    original: str
    asked: str


def swaps(questions: Sequence[str], familiar: frozenset[str], rng: random.Random) -> list[Swap]:
    """Every question's place, year and number swapped in turn; those without any give nothing.

    Args:
        questions: that the documents answer.
        familiar: short names of the places that the documents are about; some are swapped in.
        rng: chooses among places and years.
    """
    found: list[Swap] = []
    for question in questions:
        text = search_form(question)
        found += _places(text, familiar, rng)
        found += _years(text, rng)
        found += _numbers(text, rng)
    return found


def _places(text: str, familiar: frozenset[str], rng: random.Random) -> list[Swap]:
    spans = place_spans(text, familiar)
    if len(spans) != 1:
        return []
    start, end = spans[0]
    others = sorted(name for name in familiar if name not in text)
    chosen = [rng.choice(REAL), rng.choice(INVENTED), *rng.sample(others, min(1, len(others)))]
    return [
        Swap("place", f"{text[:start]}{name}{text[end:]}", text, _KIND.sub("", name))
        for name in chosen
    ]


_KIND = re.compile("(?:市|县|区|镇)$")


def _years(text: str, rng: random.Random) -> list[Swap]:
    match = _YEAR.search(text)
    if match is None:
        return []
    others = [str(int(match.group()) - years) for years in rng.sample((6, 8, 11, 14), 3)]
    return [
        Swap("year", f"{text[: match.start()]}{other}{text[match.end() :]}", text, other)
        for other in others
    ]


def _numbers(text: str, rng: random.Random) -> list[Swap]:
    match = _ORDINAL.search(text)
    if match is None:
        return []
    other = rng.choice([n for n in _OTHER_ORDINALS if n != match[1]])
    return [Swap("number", f"{text[: match.start(1)]}{other}{text[match.end(1) :]}", text, other)]


def overlooks(swap: Swap, answer: Answer, document_text: Callable[[str], str]) -> bool:
    """Whether an answer was given from passages none of which is about what is asked now, unsaid.

    A passage is about a place or year by its document's region, year, date or title, its headings or
    its words; a document without a region is also about the places, and any about the years and
    numbers, that it names anywhere.
    """
    if not answer.answered or swap.asked in answer.notice:
        return False
    if any(swap.asked in row.name and not row.said for row in answer.comparison):
        return False  # its row says that nothing is known of it
    return not any(_is_about(swap, one.passage, document_text) for one in answer.citations)


def _is_about(swap: Swap, passage: Passage, document_text: Callable[[str], str]) -> bool:
    metadata = passage.metadata
    own = (metadata.region, metadata.year, metadata.date, passage.title, *passage.heading_path)
    if any(swap.asked in search_form(text) for text in (*own, passage.text)):
        return True
    anywhere = swap.kind == "number" or not metadata.region
    return anywhere and swap.asked in document_text(passage.document_id)
