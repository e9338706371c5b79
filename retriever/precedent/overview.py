"""What was found, by document and by place, issuer, year and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.document import Metadata
from indexer.passage import Passage
from retriever.precedent.spread import Precedent

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class DocumentGroup:
    """The precedents of one document.

    Attributes:
        document_id: the document.
        doc: its file's name.
        title: its title, or the file's name.
        metadata: what is known about it.
        precedents: best first.
    """

    document_id: str
    doc: str
    title: str
    metadata: Metadata
    precedents: tuple[Precedent, ...]


@dataclass(frozen=True)
class FoundFacets:
    """How many of the documents found have each value.

    Attributes:
        regions: (region path, documents), most frequent first; the others alike.
        issuers: by 发文机关.
        years: by year, newest first.
        doc_types: by 文种.
    """

    regions: Counts
    issuers: Counts
    years: Counts
    doc_types: Counts


def by_document(precedents: Sequence[Precedent]) -> tuple[DocumentGroup, ...]:
    """Precedents grouped, the document of the best one first."""
    groups: dict[str, list[Precedent]] = {}
    for one in precedents:
        groups.setdefault(one.hit.passage.document_id, []).append(one)
    return tuple(_group(group) for group in groups.values())


def facets(passages: Iterable[Passage]) -> FoundFacets:
    """Counts of the documents that the passages are from."""
    documents = {passage.document_id: passage.metadata for passage in passages}
    known = list(documents.values())
    return FoundFacets(
        regions=_counts(metadata.region for metadata in known),
        issuers=_counts(metadata.issuer for metadata in known),
        years=tuple(sorted(_counts(metadata.year for metadata in known), reverse=True)),
        doc_types=_counts(metadata.doc_type for metadata in known),
    )


def _group(precedents: Sequence[Precedent]) -> DocumentGroup:
    passage = precedents[0].hit.passage
    return DocumentGroup(
        passage.document_id, passage.doc, passage.title, passage.metadata, tuple(precedents)
    )


def _counts(values: Iterable[str]) -> Counts:
    totals = Counter(value for value in values if value)
    return tuple(sorted(totals.items(), key=lambda item: (-item[1], item[0])))
