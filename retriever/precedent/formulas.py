"""Set phrases (提法): wordings of 4 to 16 characters that several places have in the same form."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from corpus.language.characters import HAN_RUN, has_han
from corpus.language.function_words import NO_PHRASE_END, NO_PHRASE_START
from corpus.language.lexicon import words
from corpus.language.simplification import search_form
from indexer.backend import Counts, SearchBackend, counted
from indexer.changes import Presence
from indexer.passage import Passage, passage_place
from indexer.tokens import tokenise
from retriever.precedent.selection import place_of

_SHORTEST, _LONGEST = 4, 16
#: Longer repeats are passages copied whole; their parts are no formulas.
_COPIED = 24
#: A part is left out when a longer one has this share of its documents.
_SAME_SUPPORT = 0.75
#: Formulas with this share of the shorter one's character pairs are variants of each other.
_MUCH = 0.4
#: What a place weighs at least for a formula that the draft itself has.
_OWN = 0.15
#: Least share of its occurrences that a mark or a joining word follows: 「建立整改」 goes on with 台账,
#: 方案, 机制 and is half a phrase.
_CLOSED = 0.3
_CLOSING = "”」’"
_END = "\n"
_QUOTES = re.compile("[“”「」‘’]")


@dataclass
class _Seen:
    """Where a word sequence stands: its documents, its places with the weight of their best passage,
    its typings with counts, and how often it ends where a phrase may end.
    """

    first: str
    last: str
    documents: set[str] = field(default_factory=set)
    places: dict[str, float] = field(default_factory=dict)
    typed: Counter[str] = field(default_factory=Counter)
    closed: int = 0


@dataclass(frozen=True)
class Phrase:
    """A formula among found passages.

    Attributes:
        text: as most of them type it, quotation marks included.
        documents: how many of the documents found have it.
        places: how many places.
    """

    text: str
    documents: int
    places: int


def find_phrases(
    passages: Iterable[tuple[Passage, float]],
    idf: Callable[[str], float],
    k: int = 10,
    draft: str = "",
) -> tuple[Phrase, ...]:
    """The ``k`` formulas that most places use and that say most.

    Maximal repeats between word boundaries: a part counts only where it has documents that the
    longer ones have not. Ranked by places (each with the weight of its best passage) × mean idf of
    the character pairs × √length; of formulas that are much the same only the best is kept.

    Args:
        passages: with what each weighs, e.g. how like it is to what was asked; those of weight 0
            count for the draft's own formulas only.
        idf: how telling a search token is.
        k: how many.
        draft: the text that was asked with.
    """
    own = bare_form(draft)
    seen = {bare: one for bare, one in _sequences(passages).items() if _is_shared(bare, one, own)}
    good = [bare for bare, one in seen.items() if _is_formula(bare, one)]
    longer = [bare for bare in seen if len(bare) > _LONGEST] + good
    maximal = [bare for bare in good if not _is_part(bare, longer, seen)]

    def value(bare: str) -> float:
        pairs = tokenise(bare)
        telling = sum(map(idf, pairs)) / len(pairs)
        least = _OWN if bare in own else 0.0
        places = sum(max(weight, least) for weight in seen[bare].places.values())
        return places * telling * math.sqrt(len(bare))

    chosen: list[str] = []
    for bare in sorted(maximal, key=lambda b: (-value(b), b)):
        if not any(_much_the_same(bare, one) for one in chosen):
            chosen.append(bare)
        if len(chosen) == k:
            break
    found = [seen[bare] for bare in chosen]
    return tuple(
        Phrase(one.typed.most_common(1)[0][0], len(one.documents), len(one.places)) for one in found
    )


def _is_shared(bare: str, one: _Seen, draft: str) -> bool:
    """Whether two places have it, in passages that weigh something or because the draft has it."""
    weighing = sum(weight > 0 for weight in one.places.values())
    return weighing >= 2 or (len(one.places) >= 2 and bare in draft)


def bare_form(text: str) -> str:
    """A formula without quotation marks, which some write and others do not."""
    return _QUOTES.sub("", text)


def _sequences(passages: Iterable[tuple[Passage, float]]) -> dict[str, _Seen]:
    seen: dict[str, _Seen] = {}
    for passage, weight in passages:
        place = place_of(passage)
        for run, by_mark in _runs(words(passage.text)):
            for start, end in _windows(run):
                typed = "".join(run[start:end])
                one = seen.setdefault(bare_form(typed), _Seen(run[start], run[end - 1]))
                one.documents.add(passage.document_id)
                one.places[place] = max(one.places.get(place, 0.0), weight)
                one.typed[typed] += 1
                one.closed += _closed(run, end, by_mark)
    return seen


def _runs(tokens: Sequence[str]) -> Iterator[tuple[list[str], bool]]:
    """Runs of Chinese words, quotations among them, and whether a mark ends them (not a number).

    A number takes along the word after it, which is its unit.
    """
    run: list[str] = []
    unit = False
    for token in (*tokens, _END):
        if HAN_RUN.fullmatch(token) or (len(token) > 2 and has_han(token)):
            if not unit:
                run.append(token)
            unit = False
            continue
        unit = token[0].isdigit()
        yield run, not unit
        run = []


def _windows(run: Sequence[str]) -> Iterator[tuple[int, int]]:
    lengths = [len(bare_form(token)) for token in run]
    for start in range(len(run)):
        length = 0
        for end in range(start, len(run)):
            length += lengths[end]
            if length > _COPIED:
                break
            if length >= _SHORTEST:
                yield start, end + 1


def _closed(run: Sequence[str], end: int, by_mark: bool) -> bool:
    """Whether a phrase may end before word ``end`` of the run."""
    if end == len(run):
        return by_mark or run[-1][-1] in _CLOSING
    return run[end] in NO_PHRASE_START or run[end - 1][-1] in _CLOSING


def _is_formula(bare: str, one: _Seen) -> bool:
    fits = _SHORTEST <= len(bare) <= _LONGEST
    whole = one.closed >= _CLOSED * one.typed.total()
    return fits and whole and one.first not in NO_PHRASE_START and one.last not in NO_PHRASE_END


def _is_part(bare: str, longer: Iterable[str], seen: dict[str, _Seen]) -> bool:
    support = _SAME_SUPPORT * len(seen[bare].documents)
    return any(
        bare in other and bare != other and len(seen[other].documents) >= support
        for other in longer
    )


def _much_the_same(one: str, other: str) -> bool:
    ours, theirs = set(tokenise(one)), set(tokenise(other))
    return len(ours & theirs) >= _MUCH * min(len(ours), len(theirs))


@dataclass(frozen=True)
class FormulaUse:
    """A set phrase in the corpus.

    Attributes:
        text: the phrase.
        documents: how many documents have it.
        years: (year, documents), oldest first.
        regions: (region, documents), most first; documents without one are not counted.
        issuers: (issuer, documents) alike.
        first: a passage of the oldest dated document that has it, or None without one.
        last: a passage of the newest.
        found: how many of the documents found for the query have it; 0 when asked for by itself.
        in_draft: whether the query or draft has it already.
    """

    text: str
    documents: int
    years: Counts
    regions: Counts
    issuers: Counts
    first: Passage | None
    last: Passage | None
    found: int = 0
    in_draft: bool = False

    @property
    def undated(self) -> int:
        """How many of the documents have no year."""
        return self.documents - sum(documents for _, documents in self.years)

    @property
    def first_year(self) -> str:
        """The year first seen, or ""."""
        return self.years[0][0] if self.years else ""

    @property
    def last_year(self) -> str:
        """The year last seen, or ""."""
        return self.years[-1][0] if self.years else ""


class Timeline:
    """Counts set phrases over a whole index; files that are gone do not count."""

    def __init__(self, backend: SearchBackend, presence: Presence) -> None:
        self._backend = backend
        self._presence = presence

    def use(self, formula: str) -> FormulaUse:
        """Where a phrase stands, with or without quotation marks in it.

        The words' index gives the passages that have all of its character pairs as it is typed, or
        all but two without the marks (a quotation inside it breaks two); these are read.
        """
        typed = search_form(formula.strip())
        bare = bare_form(typed)
        holding = [p for p in self._passages(typed) if bare in bare_form(p.text)]
        gone = self._presence.gone({p.path for p in holding})
        first: dict[str, Passage] = {}
        for passage in holding:
            if passage.document_id not in gone:
                first.setdefault(passage.document_id, passage)
        known = [p.metadata for p in first.values()]
        dated = sorted(
            (p for p in first.values() if p.metadata.year), key=lambda p: p.metadata.year
        )
        return FormulaUse(
            text=formula.strip(),
            documents=len(known),
            years=tuple(sorted(counted(known, "year"))),
            regions=counted(known, "region"),
            issuers=counted(known, "issuer"),
            first=dated[0] if dated else None,
            last=dated[-1] if dated else None,
        )

    def _passages(self, typed: str) -> list[Passage]:
        as_typed, unmarked = tokenise(typed), tokenise(bare_form(typed))
        holding = self._backend.holding
        # Of a short phrase, quoted whole or at one end, marks break fewer pairs.
        broken = min(2, max(0, (len(set(unmarked)) - 1) // 2))
        likely = {*holding(as_typed), *holding(unmarked, broken)}
        return self._backend.passages(sorted(likely, key=passage_place))
