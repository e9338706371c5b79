"""Which documents cite, forward, amend or repeal which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.document import Document
from corpus.language.simplification import bare


class Relation(StrEnum):
    """What one document does with another."""

    CITES = "cites"
    FORWARDS = "forwards"
    AMENDS = "amends"
    REPEALS = "repeals"


@dataclass(frozen=True)
class Reference:
    """One document named in another.

    Attributes:
        document_id: the document that names it.
        relation: what it does with it.
        title: the title inside 《》, or "" when only a number stands there.
        number: 发文字号 behind or instead of the title, or "".
        block: index of the block where it stands.
        target_id: the indexed document that is meant, or "" when it is not in the index.
    """

    document_id: str
    relation: Relation
    title: str
    number: str
    block: int
    target_id: str = ""


_NUMBER = r"[\u4e00-\u9fffA-Z]{1,12}[〔\[（(]\s*(?:19|20)\d{2}\s*[〕\]）)]\s*(?:第)?\d{1,5}号"
#: 《印发《方案》的通知》: a title may hold another one.
_TITLE = r"《(?P<title>(?:[^《》]|《[^《》]*》){2,120})》"
_REFERENCE = re.compile(
    rf"{_TITLE}(?:的(?:通知|决定|意见))?\s*(?:[（(](?P<behind>{_NUMBER})[）)])?|(?P<alone>{_NUMBER})"
)
_REPEALS_BEFORE = re.compile(r"(?:废止|废除|不再执行)[^。；]{0,12}$")
_REPEALS_BEHIND = re.compile(r"^[^。；《]{0,20}(?:同时|即行|予以)?(?:废止|不再执行|停止执行)")
#: 「新修订的《反垄断法》」 was amended by somebody else.
_AMENDS = re.compile(r"(?<!新)(?:修订|修改|修正)(?!完善|建立)[^。；，、的后]{0,6}$")
_FORWARDS = re.compile(r"(?:转发|现将|批转)[^。；]{0,30}$")


def find_references(document: Document) -> tuple[Reference, ...]:
    """The documents that a document names, in order; its own title and number are left out."""
    own = bare(document.title)
    found: dict[tuple[str, str, Relation], Reference] = {}
    for index, block in enumerate(document.blocks):
        for match in _REFERENCE.finditer(block.text):
            title = match["title"] or ""
            number = re.sub(r"\s", "", match["behind"] or match["alone"] or "")
            names_itself = bare(title) in own if title else number == document.metadata.number
            if names_itself and block.text != document.title:
                continue
            relation = _relation(block.text[: match.start()], block.text[match.end() :])
            key = (bare(title), number, relation)
            found.setdefault(key, Reference(document.id, relation, title, number, index))
    return tuple(found.values())


def _relation(before: str, behind: str) -> Relation:
    if _REPEALS_BEFORE.search(before) or _REPEALS_BEHIND.search(behind):
        return Relation.REPEALS
    if _AMENDS.search(before):
        return Relation.AMENDS
    if _FORWARDS.search(before):
        return Relation.FORWARDS
    return Relation.CITES


def resolve(references: Iterable[Reference], documents: Sequence[Document]) -> list[Reference]:
    """The references with the indexed document each one means, by number, else by title.

    A title is met by a document whose own title is the same or contains it as what it issues
    (「关于印发《方案》的通知」 for 《方案》).
    """
    by_number = {d.metadata.number: d.id for d in documents if d.metadata.number}
    titles = [(bare(d.metadata.title), d.id) for d in documents if d.metadata.title]
    return [replace(r, target_id=_target(r, by_number, titles)) for r in references]


def _target(
    reference: Reference, by_number: dict[str, str], titles: Sequence[tuple[str, str]]
) -> str:
    for number, identifier in by_number.items():
        # Of 「严格执行青政办发〔2022〕3号」 the end is the number.
        if reference.number.endswith(number) and identifier != reference.document_id:
            return identifier
    wanted = bare(reference.title)
    if len(wanted) < 6:
        return ""
    return next(_named(wanted, titles, reference.document_id), "")


def _named(wanted: str, titles: Sequence[tuple[str, str]], asking: str) -> Iterator[str]:
    """Documents of that title, exact ones first."""
    yield from (i for title, i in titles if title == wanted and i != asking)
    yield from (i for title, i in titles if wanted in title and i != asking)
