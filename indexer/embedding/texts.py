"""What is encoded: each passage behind its title and headings, and each sentence on its own.

Both were measured (docs/measurements.md): passages with their context find what the question is
about, bare sentences find wording; their sum finds most.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from corpus.structure.sentences import sentence_spans
from indexer.passage import Passage

Keys = np.ndarray[Any, np.dtype[np.uint64]]

#: A sentence shorter than this says too little on its own and stays with the one before.
_SHORTEST = 8
_OPENING = 40


def search_texts(passages: Sequence[Passage]) -> list[str]:
    """The text to encode and to index for each passage, in order."""
    openings: dict[str, str] = {}
    for passage in passages:
        if not passage.metadata.title:
            opening = passage.text.replace("\n", " ")[:_OPENING]
            openings.setdefault(passage.document_id, opening)
    return [p.in_context(openings.get(p.document_id, "")) for p in passages]


def sentence_units(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences to encode; very short ones are taken together with a neighbour."""
    units: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        words = text[start:end].strip()
        short = len(words) < _SHORTEST or (units and _length(text, units[-1]) < _SHORTEST + 4)
        if units and short:
            units[-1] = (units[-1][0], end)
        elif words:
            units.append((start, end))
    return units


def sentences_of(passages: Sequence[Passage]) -> list[tuple[int, int, int]]:
    """The sentences to encode: position of the passage, and the span of its text.

    A row of a table is one: its fields say nothing without each other.
    """
    return [
        (i, a, b)
        for i, p in enumerate(passages)
        for a, b in ([(0, len(p.text))] if p.is_row else sentence_units(p.text))
    ]


def sentence_texts(passages: Sequence[Passage], units: Sequence[Sequence[int]]) -> list[str]:
    """The words of each of ``sentences_of(passages)``."""
    return [passages[i].text[a:b].strip() for i, a, b in units]


def _length(text: str, span: tuple[int, int]) -> int:
    return len(text[span[0] : span[1]].strip())


def keys_of(texts: Sequence[str]) -> Keys:
    """128-bit digests of texts, shape (n, 2): equal texts need encoding once."""
    digests = b"".join(hashlib.blake2b(t.encode(), digest_size=16).digest() for t in texts)
    return np.frombuffer(digests, dtype="<u8").reshape(-1, 2)
