"""Which found sentences are versions of one clause, and what they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retriever.precedent.alignment import Piece, align, common_phrases
from retriever.precedent.likeness import LEAST, Match
from retriever.precedent.spread import place_of

#: More columns than a person can hold side by side.
_MOST = 6
#: Longer sentences are tables and lists that lost their ends; aligning takes time with the square.
_LONGEST = 300
#: Matches tried as the one that the others are compared with.
_CENTRES = 4
#: Characters in common phrases that make a sentence another version of a clause (``common_phrases``).
_LEAST_COMMON = 8
#: They must be this share of the shorter sentence.
_LEAST_SHARE = 0.15
#: What a version needs, once it has those phrases: this share of the likeness of a precedent …
_NEARLY = 0.8
#: … where they are less than this of the shorter sentence, a centre that is clearly meant …
_MOSTLY, _MEANT = 0.4, 0.4
#: … and this share of the centre's own likeness, so that a loose relative does not thin the wording.
_LIKE_CENTRE = 0.55


@dataclass(frozen=True)
class Version:
    """How one place puts a clause.

    Attributes:
        match: where it stands.
        pieces: its words, shared or its own; joined they are ``match.display``.
    """

    match: Match
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Comparison:
    """One clause in the words of several places.

    Attributes:
        sentence: the draft's sentence or the query that it belongs to.
        shared: the wording that more than half of them have, 「…」 where they differ.
        versions: at least two, the one most like the sentence first.
    """

    sentence: str
    shared: str
    versions: tuple[Version, ...]


def compare(sentence: str, matches: Sequence[Match]) -> Comparison | None:
    """The versions of the clause that most places have, aligned; None when no two are alike.

    Args:
        sentence: what was looked for.
        matches: sentences found for it, the most like first.
    """
    clauses = [match for match in matches if len(match.text) <= _LONGEST]
    groups = [_versions(centre, clauses) for centre in _first_of_each(clauses)[:_CENTRES]]
    _, best = max(groups, key=lambda group: group[0], default=(0.0, []))
    if len(best) < 2:
        return None
    wording = align([m.text for m in best])
    versions = [Version(m, _shown(m, p)) for m, p in zip(best, wording.versions, strict=True)]
    versions.sort(key=lambda version: -version.match.likeness)
    return Comparison(sentence, wording.shared, tuple(versions))


def _versions(centre: Match, matches: Sequence[Match]) -> tuple[float, list[Match]]:
    """The centre and of every other place and year the sentence that shares most phrases with it.

    The number tells how much is shared, by how like the sentence looked for it is.
    """
    least = max(_NEARLY * LEAST, _LIKE_CENTRE * centre.likeness)
    shared: dict[tuple[str, str], tuple[int, Match]] = {}
    for match in matches:
        if match.likeness < least or _source(match) == _source(centre):
            continue
        common = common_phrases(centre.text, match.text)
        share = common / min(len(centre.text), len(match.text))
        if share < _LEAST_SHARE or (share < _MOSTLY and centre.likeness < _MEANT):
            continue
        if common > shared.get(_source(match), (_LEAST_COMMON - 1, match))[0]:
            shared[_source(match)] = (common, match)
    nearest = sorted(shared.values(), key=lambda pair: -pair[0])[: _MOST - 1]
    worth = sum(common * match.likeness for common, match in nearest)
    return worth * centre.likeness, [centre, *(match for _, match in nearest)]


def _shown(match: Match, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces in the file's own characters, which are as many."""
    shown, at = [], 0
    for piece in pieces:
        end = at + len(piece.text)
        shown.append(Piece(match.display[at:end], piece.shared))
        at = end
    return tuple(shown)


def _first_of_each(matches: Iterable[Match]) -> list[Match]:
    """The most like precedent of each place and year."""
    first: dict[tuple[str, str], Match] = {}
    for match in matches:
        if match.is_precedent:
            first.setdefault(_source(match), match)
    return list(first.values())


def _source(match: Match) -> tuple[str, str]:
    return place_of(match.passage), match.passage.metadata.year
