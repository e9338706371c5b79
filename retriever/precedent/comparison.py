"""Which found sentences are versions of one clause, and what they have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from corpus.language.characters import HAN
from corpus.language.lexicon import words
from retriever.precedent.likeness import LEAST, Match, without_marks
from retriever.precedent.selection import place_of

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

    The number is how much is shared, by how like the sentence looked for it is.
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
    cuts = pairwise(accumulate((len(piece.text) for piece in pieces), initial=0))
    shown = zip(cuts, pieces, strict=True)
    return tuple(Piece(match.display[start:end], piece.shared) for (start, end), piece in shown)


def _first_of_each(matches: Iterable[Match]) -> list[Match]:
    """The most like precedent of each place and year."""
    first: dict[tuple[str, str], Match] = {}
    for match in matches:
        if match.is_precedent:
            first.setdefault(_source(match), match)
    return list(first.values())


def _source(match: Match) -> tuple[str, str]:
    return place_of(match.passage), match.passage.metadata.year


#: Between two words of the shared wording, where some place has other words or more.
GAP = "…"
_QUOTES = re.compile('[“”「」‘’"\\s]')
_NOT_HAN = re.compile(f"[^{HAN}]+")
_EDGES = "，。、；：,;: "
#: What a mark weighs in the alignment against a character.
_MARK_WEIGHT = 0.05
#: How much more a word counts for each version that already has it.
_AGREEMENT = 0.1
#: A single character common to all, between other words, is chance (的, 、对).
_CHANCE = 2
#: Shorter pieces are words that any text of the kind has.
_PHRASE = 5


@dataclass(frozen=True)
class Piece:
    """A part of one version; ``shared`` when more than half of the versions have it."""

    text: str
    shared: bool


@dataclass(frozen=True)
class Wording:
    """What several versions of a clause have in common.

    Attributes:
        shared: the common words in order, ``GAP`` where some version has more or others.
        versions: the pieces of each version, in the order given; joined they are its text.
    """

    shared: str
    versions: tuple[tuple[Piece, ...], ...]


@dataclass
class _Column:
    """A word and the versions that have it there, each in its own typing."""

    word: str
    typed: dict[int, str] = field(default_factory=dict)


def align(texts: Sequence[str]) -> Wording:
    """Align versions of a clause; best when the first is the one most like the others.

    Each is merged in turn into a growing sequence of words along their heaviest common subsequence
    (progressive alignment, Feng & Doolittle 1987, without mismatches), in which a word that several
    versions have weighs more. Quotation marks make no difference.
    """
    columns: list[_Column] = []
    for version, text in enumerate(texts):
        columns = _merge(columns, words(text), version)
    majority = len(texts) // 2 + 1
    common = [len(column.typed) >= majority for column in columns]
    pieces = tuple(_pieces(columns, common, version) for version in range(len(texts)))
    return Wording(_shared(columns, common), pieces)


def common_phrases(one: str, other: str) -> int:
    """Chinese characters in the phrases of at least five that two texts have in the same order."""
    columns = _merge(_merge([], words(one), 0), words(other), 1)
    runs = [""]
    for column in columns:
        if len(column.typed) == 2:
            runs[-1] += column.word
        elif runs[-1]:
            runs.append("")
    lengths = [len(_NOT_HAN.sub("", run)) for run in runs]
    return sum(length for length in lengths if length >= _PHRASE)


def _merge(columns: list[_Column], tokens: Sequence[str], version: int) -> list[_Column]:
    keys = [_key(token) for token in tokens]
    best = _heaviest(columns, keys)
    merged: list[_Column] = []
    i = j = 0
    while i < len(columns) or j < len(keys):
        # A word is met as early as it can be: 「处罚清单62项、减轻处罚清单19项」 shares its first 处罚.
        if (
            i < len(columns)
            and j < len(keys)
            and columns[i].word == keys[j]
            and best[i][j] == best[i + 1][j + 1] + _gain(columns[i])
        ):
            columns[i].typed[version] = tokens[j]
            merged.append(columns[i])
            i, j = i + 1, j + 1
        elif i < len(columns) and (j == len(keys) or best[i][j] == best[i + 1][j]):
            merged.append(columns[i])
            i += 1
        else:
            merged.append(_Column(keys[j], {version: tokens[j]}))
            j += 1
    return merged


def _heaviest(columns: Sequence[_Column], keys: Sequence[str]) -> list[list[float]]:
    """Weight of the heaviest common subsequence of columns from i on and words from j on."""
    rows = [[0.0] * (len(keys) + 1) for _ in range(len(columns) + 1)]
    for i in range(len(columns) - 1, -1, -1):
        word, gain, below, row = columns[i].word, _gain(columns[i]), rows[i + 1], rows[i]
        for j in range(len(keys) - 1, -1, -1):
            skipped = max(below[j], row[j + 1])
            row[j] = max(skipped, below[j + 1] + gain) if keys[j] == word else skipped
    return rows


def _gain(column: _Column) -> float:
    return (_bare_length(column.word) or _MARK_WEIGHT) * (1 + _AGREEMENT * len(column.typed))


def _pieces(columns: Sequence[_Column], common: Sequence[bool], version: int) -> tuple[Piece, ...]:
    own = [
        Piece(column.typed[version], shared)
        for column, shared in zip(columns, common, strict=True)
        if version in column.typed
    ]
    runs = _joined(own)
    chance = [0 < n < len(runs) - 1 and _bare_length(r.text) < _CHANCE for n, r in enumerate(runs)]
    return _joined(Piece(r.text, r.shared and not c) for r, c in zip(runs, chance, strict=True))


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one kind made one."""
    runs: list[Piece] = []
    for piece in pieces:
        if runs and runs[-1].shared == piece.shared:
            runs[-1] = Piece(runs[-1].text + piece.text, piece.shared)
        else:
            runs.append(piece)
    return tuple(runs)


def _shared(columns: Sequence[_Column], common: Sequence[bool]) -> str:
    """The common words; single characters between gaps are left out."""
    runs: list[str] = [""]
    for column, shared in zip(columns, common, strict=True):
        if shared:
            runs[-1] += max(column.typed.values(), key=list(column.typed.values()).count)
        elif runs[-1]:
            runs.append("")
    kept = [run.strip() for run in runs if _bare_length(run) >= _CHANCE]
    return GAP.join(kept).strip(_EDGES)


def _key(token: str) -> str:
    return _QUOTES.sub("", token)


def _bare_length(text: str) -> int:
    return len(without_marks(text))
