"""Who signed a text, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Block, BlockKind
from corpus.language.characters import HAN, MASK
from corpus.language.dates import DAY, DAY_OR_MONTH, locate_date
from corpus.language.documents import NO_SIGNER, PRINTED, SEAL, SIGNER
from corpus.language.numerals import YEAR_DIGIT
from corpus.metadata.quotation import Quotation
from corpus.metadata.regions import find_region

#: 「霖川市民政局 2023年」: what stands before the year; years may be masked.
_BEFORE_YEAR = re.compile(rf"(?P<issuer>.*?)\s*[\d{YEAR_DIGIT}{MASK}]{{4,5}}\s*年")
#: A date alone, also in brackets or without its day, which signs only below a name.
_DATE_ALONE = re.compile(
    rf"[（(]?\s*(?:{DAY_OR_MONTH}|\d{{4}}\s*[.．/-]\s?\d{{1,2}}[.．/-]\s?\d{{1,2}})\s*[）)]?"
)
#: 「霖川市民政局养老处（代章）2023年4月24日」: near the end, words without punctuation before a date.
_NAME_AND_DATE = re.compile(rf"(?P<name>[{HAN}（）()、\s]{{4,50}}?)\s*{DAY}")
#: 「联系人：张三，电话0641-5550126霖川市民政局」: what ran into the line before the name.
_RUN_IN = re.compile(r".*(?:[：:，,；;。@!]|\d{5,}|[a-wyz])[\s）)]*")
#: 「霖川市疫情」 over 「防控指挥部」: a name in two lines begins with its place.
_UPPER_HALF = re.compile(f"[{HAN}]{{4,40}}")
_MOST_NAMES = 12
#: How many blocks from the end a printer's note, and a signature of unknown shape, may stand.
_FOOT = 4
_END = 10


@dataclass(frozen=True)
class ReadDate:
    """A date, the words it was read from, and the digits of its year."""

    value: str
    words: Quotation
    year: Quotation


@dataclass(frozen=True)
class Signature:
    """Who signed a text, and when; either may be missing."""

    issuer: Quotation
    date: ReadDate | None = None


def read_date(words: Quotation) -> ReadDate | None:
    """The first date of some words."""
    found = locate_date(words.text)
    if not found:
        return None
    whole = words.piece(found.start, found.end)
    return ReadDate(found.value, whole, words.piece(found.start, found.year_end))


def read_signatures(blocks: Sequence[Block]) -> list[Signature]:
    """The sign-offs in order; names on lines of their own belong to the date below them."""
    signing = _signing(blocks)
    found: list[Signature] = []
    names: list[Quotation] = []
    for i, block in enumerate(blocks):
        if i not in signing:
            if names:
                found.append(Signature(Quotation.join(names, " ")))
            names = []
            continue
        words = Quotation.of(i, block.text)
        dated = _BEFORE_YEAR.match(block.text)
        name = words.piece(0, dated.end("issuer")) if dated else words
        if _DATE_ALONE.fullmatch(block.text):
            name = Quotation()
        elif run_in := _RUN_IN.match(name.text):
            name = name.piece(run_in.end())
        if name.text.strip():
            seal = SEAL.search(name.text)
            name = name.piece(0, seal.start() if seal else None).without_space()
            upper = [] if names else _upper_half(blocks, i)
            names.append(Quotation.join([*upper, name]))
        if dated or len(name.text) < len(words.text):
            found.append(Signature(Quotation.join(names, " "), read_date(words)))
            names = []
    return [*found, Signature(Quotation.join(names, " "))] if names else found


def _upper_half(blocks: Sequence[Block], below: int) -> list[Quotation]:
    """The line above a signature when the name is torn over both: only the upper names its place."""
    above = blocks[below - 1] if below else None
    if above is None or above.kind in (BlockKind.TITLE, BlockKind.SIGN_OFF):
        return []
    if not _UPPER_HALF.fullmatch(above.text) or _begins_with_place(blocks[below].text):
        return []
    return [Quotation.of(below - 1, above.text)] if _begins_with_place(above.text) else []


def _begins_with_place(name: str) -> bool:
    region = find_region(name, "", "")
    return region is not None and name[: region.start] in ("", "中共")


def _signing(blocks: Sequence[Block]) -> set[int]:
    """Blocks that sign: the sign-offs, and names above a date that is no sign-off on its own."""
    signing = {i for i, block in enumerate(blocks) if block.kind is BlockKind.SIGN_OFF}
    for i, block in enumerate(blocks):
        if i in signing or len(block.text) > 16 or not _DATE_ALONE.fullmatch(block.text):
            continue
        above = i - 1
        while above >= 0 and i - above <= _MOST_NAMES and _names_body(blocks[above]):
            above -= 1
        if above < i - 1:
            signing.update(range(above + 1, i + 1))
    return signing | {
        i
        for i in range(max(1, len(blocks) - _END), len(blocks))
        if _ends_like_signature(blocks[i]) and any("。" in b.text for b in blocks[:i])
    }


def _ends_like_signature(block: Block) -> bool:
    if block.kind is BlockKind.TITLE or len(block.text) > 70:
        return False
    signed = _NAME_AND_DATE.fullmatch(block.text)
    return signed is not None and not NO_SIGNER.search(signed["name"])


def _names_body(block: Block) -> bool:
    return block.kind is not BlockKind.TITLE and SIGNER.fullmatch(block.text) is not None


def own_signature(signatures: Sequence[Signature], named: str, forwards: bool) -> Signature:
    """The signature of the text itself: a notice may be followed by a document with one of its own.

    ``named`` is the issuer that the title names, or ""; ``forwards`` is true where the title says
    that another document follows.
    """
    if not signatures:
        return Signature(Quotation())
    signers = ((s.issuer.text, s) for s in signatures)
    same = (s for signer, s in signers if named and signer and same_body(signer, named))
    return next(same, signatures[0 if forwards else -1])


def same_body(one: str, other: str) -> bool:
    """Whether two names are of one body, one of them perhaps without the places above it."""
    return one.endswith(other) or other.endswith(one)


def printing_date(blocks: Sequence[Block]) -> ReadDate | None:
    """When the last page says that the document was printed."""
    for i in range(len(blocks) - 1, max(-1, len(blocks) - 1 - _FOOT), -1):
        if len(blocks[i].text) <= 60 and PRINTED.fullmatch(blocks[i].text):
            return read_date(Quotation.of(i, blocks[i].text))
    return None
