"""Which documents cite, forward, amend or repeal which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.document import Document
from corpus.language import documents as forms
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


def find_references(document: Document) -> tuple[Reference, ...]:
    """The documents that a document names, in order; its own title and number are left out."""
    own = bare(document.title)
    found: dict[tuple[str, str, Relation], Reference] = {}
    for index, block in enumerate(document.blocks):
        for match in forms.REFERENCE.finditer(block.text):
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
    if forms.REPEALS_BEFORE.search(before) or forms.REPEALS_BEHIND.search(behind):
        return Relation.REPEALS
    if forms.AMENDS.search(before):
        return Relation.AMENDS
    if forms.PASSES_ON.search(before):
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
    meant = [(t, i) for t, i in titles if wanted in t and i != reference.document_id]
    # Documents of that very title come first.
    return next((i for t, i in meant if t == wanted), meant[0][1] if meant else "")
