"""What stands around a document: what it names, who names it, and its copies."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.errors import PolicyQAError
from corpus.relations.families import Difference, differences
from corpus.relations.lineage import Reference, Relation
from corpus.structure.sentences import sentence_spans

#: Differences kept of a pair; further ones are counted.
MOST_DIFFERENCES = 20
#: Links and copies of one document that are looked up for its page.
MOST_LINKS = 60
_MOST_COPIES = 5


@dataclass(frozen=True)
class DocumentName:
    """A document without its blocks: identifier, title (or file name) and file name."""

    id: str
    title: str
    file: str


@dataclass(frozen=True)
class Link:
    """One document naming another.

    Attributes:
        source: the document that names it.
        relation: what it does with it.
        title: the title inside 《》, or "".
        number: 发文字号, or "".
        block: index of the block of ``source`` where it stands.
        line: the file's line where that block begins.
        target: the document that is meant, or None when it is not here.
    """

    source: DocumentName
    relation: Relation
    title: str
    number: str
    block: int
    line: int
    target: DocumentName | None


@dataclass(frozen=True)
class Comparison:
    """How a document and its copy differ.

    Attributes:
        sentences: how many sentences stand in one of them only, or otherwise in the other.
        differences: the first of them, ``one``'s wording first.
    """

    one: DocumentName
    other: DocumentName
    sentences: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Related:
    """What is known around one document.

    Attributes:
        names: what it cites, forwards, amends or repeals.
        named_by: who does so with it.
        copies: its near-duplicates, head of the family first.
        further: how many more copies there are.
    """

    names: tuple[Link, ...] = ()
    named_by: tuple[Link, ...] = ()
    copies: tuple[Comparison, ...] = ()
    further: int = 0


def name_of(document: Document) -> DocumentName:
    """The document without its blocks."""
    return DocumentName(document.id, document.title, document.file)


def line_of(document: Document, block: int) -> int:
    """The file's line where a block begins; 0 when there is no such block."""
    return document.blocks[block].line if 0 <= block < len(document.blocks) else 0


def compare(one: Document, other: Document) -> Comparison:
    """Where two copies differ; a sentence replaced counts once."""
    found = differences(one, other)
    sentences = sum(max(len(sentence_spans(text)) for text in (d.one, d.other)) for d in found)
    return Comparison(name_of(one), name_of(other), sentences, found[:MOST_DIFFERENCES])


def related_documents(
    catalogue: Catalogue, document_id: str, without: Set[str] = frozenset()
) -> Related:
    """What a document of the catalogue names, who names it, and its copies.

    Only the first links and copies are looked up, so that a page is quick to show; documents in
    ``without`` count as not here.

    Raises:
        PolicyQAError: there is no such document.
    """
    own = catalogue.document(document_id)
    known: dict[str, Document | None] = {**dict.fromkeys(without), document_id: own}

    def find(identifier: str) -> Document | None:
        if identifier and identifier not in known:
            try:
                known[identifier] = catalogue.document(identifier)
            except PolicyQAError:
                known[identifier] = None
        return known.get(identifier)

    def links(references: Sequence[Reference]) -> tuple[Link, ...]:
        return tuple(
            link(reference, source, name_of(target) if target else None)
            for reference in references[:MOST_LINKS]
            for source, target in [(find(reference.document_id), find(reference.target_id))]
            if source is not None
        )

    families = [(family.head, *family.copies) for family in catalogue.relations.families()]
    family = [i for ids in families if document_id in ids for i in ids]
    others = [i for i in family if i != document_id and i not in without]
    copies = [copy for i in others[:_MOST_COPIES] if (copy := find(i)) is not None]
    return Related(
        names=links(catalogue.relations.references_from(document_id)),
        named_by=links(catalogue.relations.references_to(document_id)),
        copies=tuple(compare(own, copy) for copy in copies),
        further=max(len(others) - _MOST_COPIES, 0),
    )


def link(reference: Reference, source: Document, target: DocumentName | None) -> Link:
    """A reference with the names of both documents."""
    return Link(
        name_of(source), reference.relation, reference.title, reference.number,
        reference.block, line_of(source, reference.block), target,
    )  # fmt: skip
