"""Who issued a document: its signatures, its title, its head, its labels, in this order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.document import Block
from corpus.language import documents as forms
from corpus.language.labels import MEDIA_NAME, NAME_NOTE, SECTION, SITE_END
from corpus.language.organisations import (
    GOVERNMENT,
    INNER,
    ISSUING_BODY,
    NATIONAL_BODY,
    OWN_GOVERNMENT,
    PEOPLES_GOVERNMENT,
    STATE_COUNCIL,
    UNNAMED,
)
from corpus.language.simplification import bare
from corpus.metadata.labels import Stated, values_of
from corpus.metadata.meetings import meeting_place
from corpus.metadata.quotation import Quotation
from corpus.metadata.signatures import Signature, same_body
from corpus.metadata.value import Value, quoted, rule_of

#: Bodies that a source may list: 「甲局、乙局」.
_LIST = re.compile(r"[、，,；;\s/]+")
_HEAD, _REPORTING = 16, 60
#: Titles of which a few characters may be misread.
_ALIKE = 0.85
_LONGEST_NAME = 40
#: How much of a name two bodies that run together have in common: their place.
_SHORTEST_PLACE = 2


@dataclass(frozen=True)
class Clues:
    """What may say who issued a document.

    Attributes:
        title: of the document.
        named: the body that the title names.
        own: its own signature.
        around: lines at its head.
        blocks: of the text.
        stated: what labels say.
        number: its number.
    """

    title: str
    named: Quotation
    own: Signature
    around: Sequence[Quotation]
    blocks: Sequence[Block]
    stated: Sequence[Stated]
    number: Value


def find_issuer(clues: Clues) -> Value:
    """The issuer, several with a space between them; empty where nothing says one."""
    of_title, own, blocks = clues.named, clues.own, clues.blocks
    signed = own.issuer.text
    # Of 「梧庭区指挥部」 below and 「芷岭市梧庭区指挥部」 above, the fuller name is the better one.
    fuller = len(of_title.text) > len(signed) and same_body(signed, of_title.text)
    # What follows a city's notice may be a ministry's, with its own signature.
    another = of_title.text and _is_national(signed) and not _is_national(of_title.text)
    if signed and not fuller and not another:
        return _apart(quoted(own.issuer, rule_of(own.issuer, blocks)))
    if of_title.text:
        words = Quotation.join([*_bodies_above(blocks, of_title.places[0][0]), of_title], " ")
        return _apart(quoted(words, rule_of(words, blocks)))
    return (
        _of_head((forms.ORDER_HEAD, forms.RED_HEAD), clues.around)
        or _of_order(clues.number)
        or _announced(clues.title, blocks)
        or _in_full(_reporting(blocks), _labelled(clues.stated, blocks))
        or _of_head((forms.MASTHEAD_ISSUER,), clues.around)
        or _source(clues.stated, blocks)
        or Value()
    )


def _is_national(name: str) -> bool:
    return NATIONAL_BODY.match(name) is not None


def _bodies_above(blocks: Sequence[Block], title: int) -> list[Quotation]:
    """Bodies on lines of their own right above a title that begins with one more."""
    first = title
    while first > 0 and forms.SIGNER.fullmatch(blocks[first - 1].text):
        first -= 1
    return [Quotation.of(i, blocks[i].text) for i in range(first, title)]


def _of_head(patterns: Iterable[re.Pattern[str]], head: Sequence[Quotation]) -> Value | None:
    """The body that a line of the head names: of an order, of a red head, alone."""
    for pattern in patterns:
        for line in head:
            if match := pattern.fullmatch(line.text):
                words = line.piece(*match.span("issuer")).without_space()
                if ISSUING_BODY.search(words.text):
                    return _apart(quoted(words, "masthead"))
    return None


def _of_order(number: Value) -> Value | None:
    """「国务院令第746号」 is the State Council's."""
    match = forms.ORDER_OF.match(number.text)
    if not match or not ISSUING_BODY.search(match["issuer"]):
        return None
    return quoted(number.words.piece(0, match.end("issuer")), number.rule)


def _announced(title: str, blocks: Sequence[Block]) -> Value | None:
    """Whom a newspaper names that prints a document: 「近日，中共中央、国务院印发了《…》」."""
    for i, block in enumerate(blocks[:_HEAD]):
        match = forms.ANNOUNCED.search(block.text[:400])
        if match and SequenceMatcher(None, bare(match["title"]), bare(title)).ratio() > _ALIKE:
            bodies = _bodies(match["issuers"])
            if bodies:
                words = Quotation.of(i, match["issuers"], match.start("issuers"))
                return Value(" ".join(bodies), words, "body", sure=False)
    return None


def _reporting(blocks: Sequence[Block]) -> Value | None:
    """The body for which somebody reports: 「我代表市人民政府，向大会报告工作」.

    A government's place is put in front where its name leaves it out and the head says it.
    """
    for i, block in enumerate(blocks[:_REPORTING]):
        match = forms.REPORTS_FOR.search(block.text[:400])
        if not match:
            continue
        words = Quotation.of(i, match["issuer"], match.start("issuer"))
        place = meeting_place(blocks) if OWN_GOVERNMENT.fullmatch(words.text) else ""
        return Value(place + PEOPLES_GOVERNMENT if place else words.text, words, "body")
    return None


def _in_full(reporting: Value | None, labelled: Value | None) -> Value | None:
    """Of 「省人民政府」 in a report and 「霖川省人民政府」 in its head, the fuller name."""
    if reporting and labelled and labelled.text.endswith(reporting.text):
        return labelled
    return reporting or labelled


def _labelled(stated: Sequence[Stated], blocks: Sequence[Block]) -> Value | None:
    """What a label names as issuer, where it names a body."""
    for one in values_of(stated, "issuer"):
        bodies = _bodies(one.value)
        if bodies:
            words = one.quoted(blocks, bodies[0])
            rule = "label" if one.line else "declared"
            return Value(" ".join(bodies), words, rule, sure=one.table)
    return None


def _source(stated: Sequence[Stated], blocks: Sequence[Block]) -> Value | None:
    """The bodies that a page gives as its source; a newspaper or a government's site is none."""
    for one in values_of(stated, "source"):
        site = SITE_END.search(one.value)
        plain = SITE_END.sub("", one.value)
        if MEDIA_NAME.search(one.value) or (site and plain.endswith(GOVERNMENT)):
            continue
        if bodies := _bodies(plain):
            words = one.quoted(blocks, bodies[0])
            return Value(" ".join(bodies), words, "label" if one.line else "declared", sure=False)
    return None


def _bodies(value: str) -> list[str]:
    """The bodies that a value lists; none where a part of it is something else."""
    found: list[str] = []
    for part in filter(None, _LIST.split(NAME_NOTE.sub("", value.strip()))):
        name = NAME_NOTE.sub("", part)
        if found and INNER.search(name) and not ISSUING_BODY.search(name):
            continue
        section = SECTION.fullmatch(name)
        name = section["body"] if section else name
        if not (ISSUING_BODY.search(name) and len(name) <= _LONGEST_NAME) or UNNAMED.fullmatch(
            name
        ):
            return []
        found += [text for text in name_pieces(name)]
    return list(dict.fromkeys(found))


def _apart(value: Value) -> Value:
    """Bodies that run together, or stand several to a line, with a space between them."""
    words = value.words
    parts: list[Quotation] = []
    at = 0
    for run in words.text.split(" "):
        for piece in name_pieces(run):
            parts.append(words.piece(at, at + len(piece)))
            at += len(piece)
        at += 1
    joined = Quotation.join([part for part in parts if part.text], " ")
    return quoted(joined, value.rule, value.sure)


def name_pieces(run: str) -> Iterator[str]:
    """「霖川市民政局霖川市财政局」 → both: where one ends and the next begins like the first.

    「中共中央国务院」 are two as well.
    """
    start = 0
    for end in range(4, len(run) - 3):
        same = run.startswith(run[start : start + _SHORTEST_PLACE], end)
        state = run.startswith(STATE_COUNCIL, end)
        if (same or state) and end - start >= 4 and ISSUING_BODY.search(run[start:end]):
            yield run[start:end]
            start = end
    yield run[start:]
