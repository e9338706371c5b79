"""Families of near-duplicate documents: reprints, forwarded copies, speeches that stand twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.language.simplification import bare
from corpus.structure.sentences import sentence_spans

#: Characters of a shingle: longer than set phrases, shorter than sentences.
_SHINGLE = 8
#: Jaccard similarity at which MinHash proposes a pair, low because a forwarded copy has a cover.
_PROPOSED = 0.3
#: Share of the smaller document's shingles that must stand in the larger one.
_CONTAINED = 0.75
_PERMUTATIONS = 128
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True)
class Family:
    """Identifiers of documents that are copies of each other.

    ``head`` is the copy that says most: most digits left unmasked, then longest.
    """

    head: str
    copies: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """A sentence that one copy has and the other has not; the other side is "" or its wording."""

    one: str
    other: str


def find_families(documents: Sequence[Document]) -> tuple[Family, ...]:
    """Group near-duplicates (MinHash LSH of 8-character shingles, Broder 1997; then exact counts).

    Look-alike documents of different places share phrases but not three quarters of their shingles.
    """
    from datasketch import MinHash, MinHashLSH

    shingles = {d.id: _shingles(d) for d in documents}
    index = MinHashLSH(threshold=_PROPOSED, num_perm=_PERMUTATIONS)
    hashes = {}
    for identifier, own in shingles.items():
        if own:
            sketch = MinHash(num_perm=_PERMUTATIONS)
            sketch.update_batch([s.encode() for s in own])
            index.insert(identifier, sketch)
            hashes[identifier] = sketch
    parents = {d.id: d.id for d in documents}
    for identifier, sketch in hashes.items():
        for other in index.query(sketch):
            if other < identifier and _contained(shingles[identifier], shingles[other]):
                parents[_root(parents, identifier)] = _root(parents, other)
    groups: dict[str, list[Document]] = {}
    for document in documents:
        groups.setdefault(_root(parents, document.id), []).append(document)
    return tuple(_family(group) for group in groups.values() if len(group) > 1)


def differences(one: Document, other: Document) -> tuple[Difference, ...]:
    """Sentences in which two copies differ, in the order of the first."""
    from difflib import SequenceMatcher

    left, right = _sentences(one), _sentences(other)
    matcher = SequenceMatcher(None, [*map(bare, left)], [*map(bare, right)], autojunk=False)
    return tuple(
        Difference("".join(left[a:b]), "".join(right[c:d]))
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    )


def _shingles(document: Document) -> frozenset[str]:
    text = bare("".join(b.text for b in document.blocks))
    return frozenset(text[i : i + _SHINGLE] for i in range(len(text) - _SHINGLE + 1))


def _contained(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _CONTAINED * min(len(one), len(other))


def _root(parents: dict[str, str], identifier: str) -> str:
    while parents[identifier] != identifier:
        identifier = parents[identifier]
    return identifier


def _family(group: Sequence[Document]) -> Family:
    def says(document: Document) -> tuple[int, int]:
        text = "".join(b.text for b in document.blocks)
        return len(_DIGITS.findall(text)), len(text)

    head = max(group, key=says)
    return Family(head.id, tuple(d.id for d in group if d.id != head.id))


def _sentences(document: Document) -> list[str]:
    return [b.text[s:e] for b in document.blocks for s, e in sentence_spans(b.text)]
