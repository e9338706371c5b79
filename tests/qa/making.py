"""Passages, hits and sentences out of invented words."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Metadata
from indexer.passage import Passage
from qa.reading.reader import Evidence
from retriever.hit import Hit, SentenceHit


def passage(
    text: str,
    display: str | None = None,
    doc: str = "甲.txt",
    headings: Sequence[str] = (),
    ordinal: int = 0,
    **metadata: str,
) -> Passage:
    return Passage(
        id=f"{doc}#0/{ordinal}",
        document_id=f"{doc}#0",
        ordinal=ordinal,
        doc=doc,
        path=f"/资料/{doc}",
        heading_path=tuple(headings),
        text=text,
        display=text if display is None else display,
        page=None,
        blocks=(),
        metadata=Metadata(**metadata),
    )


def hit(of: Passage, rank: int = 1, score: float = 1.0) -> Hit:
    return Hit(rank, score, of)


def sentence(of: Passage, words: str = "", similarity: float = 2.0) -> SentenceHit:
    """The words in their passage, or all of it."""
    start = of.text.index(words)
    return SentenceHit(hit(of), start, start + len(words or of.text), 0.9, similarity)


def evidence(
    of: Passage,
    words: str = "",
    *,
    score: float = 2.0,
    similarity: float = 2.0,
    coverage: float = 0.5,
    context: float = 0.5,
    has_value: bool = False,
) -> Evidence:
    return Evidence(sentence(of, words, similarity), coverage, context, has_value, score)
