"""The JSON shapes that other programs rely on; DESIGN.md, "Contracts"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from indexer.passage import Passage
from qa.answer import Answer, Citation
from retriever.duplicates import differences
from retriever.hit import Hit
from ui.output.places import Quoted

if TYPE_CHECKING:
    from indexer.build import BuildReport

JsonObject = dict[str, object]


def hit_json(hit: Hit) -> JsonObject:
    """One ranked passage, and where else the same words stand."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        **_passage_json(hit.passage),
        "highlights": [list(span) for span in hit.highlights],
        "copies": [
            {**_passage_json(copy), "differences": differences(hit.passage, copy)}
            for copy in hit.copies
        ],
    }


def source_json(passage: Passage) -> JsonObject:
    """Where a passage stands."""
    return {
        "doc": passage.doc,
        "path": passage.path,
        "title": passage.title,
        "heading_path": list(passage.heading_path),
        "page": passage.page,
        "metadata": asdict(passage.metadata),
    }


def _passage_json(passage: Passage) -> JsonObject:
    return {**source_json(passage), "text": passage.text}


def search_json(query: str, hits: Iterable[Hit]) -> JsonObject:
    """The result of ``search``."""
    return {"query": query, "hits": [hit_json(hit) for hit in hits]}


def answer_json(answer: Answer, places: Mapping[int, Quoted]) -> JsonObject:
    """The result of ``ask``; ``places`` are those of the citations in their files, by number."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "short_answer": answer.short_answer,
        "answered": answer.answered,
        "citations": [_citation_json(c, places.get(c.n)) for c in answer.citations],
        "passages": [hit_json(hit) for hit in answer.hits],
        "ms": round(answer.ms, 1),
    }


def _citation_json(citation: Citation, place: Quoted | None) -> JsonObject:
    source = source_json(citation.passage)
    return {
        "n": citation.n,
        **{name: source[name] for name in ("doc", "title", "heading_path")},
        "quote": citation.quote,
        "text": citation.passage.text,
        "page": citation.passage.page,
        "place": asdict(place) if place else None,
    }


def build_json(report: BuildReport) -> JsonObject:
    """The result of ``index``."""
    skipped = [{"path": str(one.path), "reason": one.reason} for one in report.skipped]
    return asdict(report) | {"skipped": skipped, "seconds": round(report.seconds, 2)}
