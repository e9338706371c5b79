"""The JSON shapes that other programs rely on; DESIGN.md, "Contracts"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from corpus.document import Document
from indexer.passage import Passage
from qa.answer import Answer, Citation
from retriever.hit import Hit

if TYPE_CHECKING:
    from corpus.load import LoadResult
    from indexer.build import BuildReport
    from qa.precedent import Precedent

JsonObject = dict[str, object]


def hit_json(hit: Hit) -> JsonObject:
    """One ranked passage."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        **_passage_json(hit.passage),
        "highlights": [list(span) for span in hit.highlights],
    }


def _passage_json(passage: Passage) -> JsonObject:
    return {
        "doc": passage.doc,
        "path": passage.path,
        "title": passage.title,
        "heading_path": list(passage.heading_path),
        "text": passage.text,
        "page": passage.page,
        "metadata": asdict(passage.metadata),
    }


def search_json(query: str, hits: Iterable[Hit]) -> JsonObject:
    """The result of ``search``."""
    return {"query": query, "hits": [hit_json(hit) for hit in hits]}


def precedent_json(query: str, precedents: Iterable[Precedent]) -> JsonObject:
    """The result of ``precedent``: each hit with the near-duplicates folded into it."""
    hits = [
        {**hit_json(one.hit), "copies": [hit_json(copy) for copy in one.copies]}
        for one in precedents
    ]
    return {"query": query, "hits": hits}


def answer_json(answer: Answer) -> JsonObject:
    """The result of ``ask``."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "short_answer": answer.short_answer,
        "answered": answer.answered,
        "citations": [_citation_json(citation) for citation in answer.citations],
        "passages": [hit_json(hit) for hit in answer.hits],
        "ms": round(answer.ms, 1),
    }


def _citation_json(citation: Citation) -> JsonObject:
    passage = citation.passage
    return {
        "n": citation.n,
        "doc": passage.doc,
        "title": passage.title,
        "heading_path": list(passage.heading_path),
        "quote": citation.quote,
        "text": passage.text,
        "page": passage.page,
    }


def document_json(document: Document) -> JsonObject:
    """One document of ``corpus inspect``."""
    return {
        "title": document.title,
        "metadata": asdict(document.metadata),
        "blocks": [
            {
                "kind": block.kind.value,
                "text": block.text,
                "heading_path": list(block.heading_path),
                "page": block.page,
            }
            for block in document.blocks
        ],
    }


def inspect_json(results: Sequence[LoadResult]) -> JsonObject:
    """The result of ``corpus inspect``: the documents, and what cleaning did to all of them."""
    counts: dict[str, int] = {}
    warnings: list[str] = []
    for result in results:
        if result.report is not None:
            warnings.extend(result.report.warnings)
            for name, count in result.report.counts:
                counts[name] = counts.get(name, 0) + count
    return {
        "documents": [
            document_json(document) for result in results for document in result.documents
        ],
        "report": {
            "counts": counts,
            "warnings": warnings,
            "errors": [
                {"path": str(result.path), "reason": result.error}
                for result in results
                if result.error
            ],
        },
    }


def build_json(report: BuildReport) -> JsonObject:
    """The result of ``index``."""
    return {
        "files": report.files,
        "documents": report.documents,
        "passages": report.passages,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "skipped": [
            {"path": str(skipped.path), "reason": skipped.reason} for skipped in report.skipped
        ],
        "seconds": round(report.seconds, 2),
    }
