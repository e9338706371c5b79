"""Precedents for a heading, an intent, a sentence or a whole draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.errors import PolicyQAError
from indexer.backend import Counts, SearchBackend, ids_of
from indexer.filters import Filters
from retriever.hit import Hit
from retriever.precedent import selection
from retriever.precedent.comparison import Comparison, compare
from retriever.precedent.draft import Draft, split_draft
from retriever.precedent.formulas import FormulaUse, Timeline, bare_form, find_phrases
from retriever.precedent.likeness import Likeness, Match
from retriever.precedent.selection import Precedent
from retriever.search import HybridRetriever
from retriever.spelling.corrector import Change

#: Passages looked at for a query, and for each sentence of a draft.
_POOL, _SENTENCE_POOL = 30, 20
#: Passages of the corpus from which chance similarity is learned.
_SAMPLE = 60
#: Precedents shown for one sentence, each from another document.
_A_SENTENCE = 3
_FORMULAS = 10
#: A passage is related to what was asked from this share of the best one's likeness on.
_RELATED = 0.5
#: A sentence takes about a twentieth of a second; a longer draft is looked up in parts.
MOST_SENTENCES = 200


@dataclass(frozen=True)
class SentencePrecedents:
    """A sentence of a draft with the sentences that are precedents of it.

    Attributes:
        text: the sentence.
        matches: its precedents, one of each document, best first; empty when it has none.
        nearest: the most like sentence, precedent or not; None when nothing was found.
    """

    text: str
    matches: tuple[Match, ...]
    nearest: Match | None

    @property
    def has_precedent(self) -> bool:
        """Whether there is one."""
        return bool(self.matches)


@dataclass(frozen=True)
class PrecedentReport:
    """All that is found for a query or draft.

    Attributes:
        query: the text asked with.
        precedents: passages worth copying, places in turns, ranks from 1.
        documents: the same, grouped by document, that of the best one first.
        facets: of what the documents of all related passages are, more than are shown, by field.
        sentences: for a draft, each of its sentences; empty for a heading or an intent.
        left_over: sentences of a long draft that were not looked up.
        comparisons: clauses that several places have, word by word, in the draft's order.
        formulas: set phrases of the related passages, with their use in the whole corpus, the
            most used first.
        changes: typos that were corrected before searching.
    """

    query: str
    precedents: tuple[Precedent, ...]
    documents: tuple[tuple[Precedent, ...], ...]
    facets: Mapping[str, Counts]
    sentences: tuple[SentencePrecedents, ...] = ()
    left_over: int = 0
    comparisons: tuple[Comparison, ...] = ()
    formulas: tuple[FormulaUse, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class _LookedUp:
    """What a search found, the sentences of it by likeness, and the typos it corrected."""

    hits: tuple[Hit, ...]
    matches: tuple[Match, ...]
    changes: tuple[Change, ...]


class PrecedentFinder:
    """Finds precedents in an index."""

    def __init__(self, backend: SearchBackend, retriever: HybridRetriever) -> None:
        self._backend = backend
        self._retriever = retriever
        self._timeline = Timeline(backend, retriever.presence)

    def find(self, text: str, k: int = 10, filters: Filters = Filters()) -> PrecedentReport:
        """Everything for drafters about a text, at most ``k`` passages.

        Raises:
            PolicyQAError: the text is empty, ``k`` is not positive, or no document passes the
                filters.
        """
        draft = split_draft(text)
        asked = draft.sentences[:MOST_SENTENCES]
        pool = max(k * 2, _POOL)
        whole = self._look_up(text, pool, filters)
        alone = {sentence: whole for sentence in asked[:1]} if len(asked) < 2 else {}
        found = alone or {s: self._look_up(s, _SENTENCE_POOL, filters) for s in asked}
        looked = (whole, *found.values())
        every = {hit.passage.id: hit for one in looked for hit in one.hits}
        hits = whole.hits
        if len(found) > 1:
            served = [one.matches for one in found.values()]
            hits = selection.rank_for_draft(served, every.values(), pool) or hits
        precedents = selection.spread(hits, k)
        compared = {s: one.matches for s, one in found.items()} or {text: whole.matches}
        comparisons = [compare(sentence, group) for sentence, group in compared.items()]
        weighed = _weighed(selection.fold(list(every.values())), compared.values())
        related = [passage for one, weight in weighed if weight for passage in one.passages]
        return PrecedentReport(
            query=text,
            precedents=precedents,
            documents=selection.by_document(precedents),
            facets=selection.facets(related),
            sentences=tuple(_sentence(s, one.matches) for s, one in found.items()),
            left_over=len(draft.sentences) - len(asked),
            comparisons=tuple(one for one in comparisons if one is not None),
            formulas=self._formulas(weighed, draft),
            changes=tuple(dict.fromkeys(change for one in looked for change in one.changes)),
        )

    def _look_up(self, text: str, k: int, filters: Filters) -> _LookedUp:
        found = self._retriever.find(text, k, filters)
        # At once, while the retriever still holds the text's vector; and in the words searched with.
        matches = self._likeness.matches(found.question.text, found.hits)
        return _LookedUp(found.hits, matches, found.question.changes)

    def formula(self, text: str) -> FormulaUse:
        """Who uses a set phrase in the whole corpus, and since when.

        Raises:
            PolicyQAError: the phrase has no words.
        """
        if not any(character.isalnum() for character in text):
            raise PolicyQAError("提法是空的", "含有文字的提法", "写下要查的提法，如“放管服”改革")
        return self._timeline.use(text)

    @cached_property
    def _likeness(self) -> Likeness:
        ids = ids_of(self._backend.documents())
        places = sorted({n * len(ids) // _SAMPLE for n in range(min(len(ids), _SAMPLE))})
        sample = self._backend.passages([ids[place] for place in places])
        return Likeness(self._retriever, [Hit(0, 0.0, passage) for passage in sample])

    def _formulas(
        self, weighed: Sequence[tuple[Precedent, float]], draft: Draft
    ) -> tuple[FormulaUse, ...]:
        # Copies are left out: a text that was forwarded is one use of its wording.
        heads = [(one.hit.passage, likeness) for one, likeness in weighed]
        phrases = find_phrases(heads, self._retriever.idf, _FORMULAS, draft.text)
        own = bare_form(draft.text)
        uses = (
            replace(
                self._timeline.use(p.text), found=p.documents, in_draft=bare_form(p.text) in own
            )
            for p in phrases
        )
        return tuple(sorted(uses, key=lambda use: -use.documents))


def _weighed(
    precedents: Iterable[Precedent], matches: Iterable[Sequence[Match]]
) -> list[tuple[Precedent, float]]:
    """Each with its likeness to what was asked, 0 where that is less than half the best's."""
    best: dict[str, float] = {}
    for group in matches:
        for match in group:
            for passage in (match.passage, *match.others):
                best[passage.id] = max(best.get(passage.id, 0.0), match.likeness)
    least = _RELATED * max(best.values(), default=0.0)
    likenesses = [(one, best.get(one.hit.passage.id, 0.0)) for one in precedents]
    return [(one, likeness if likeness >= least else 0.0) for one, likeness in likenesses]


def _sentence(text: str, matches: Sequence[Match]) -> SentencePrecedents:
    best: dict[str, Match] = {}
    for match in matches:
        if match.is_precedent:
            best.setdefault(match.passage.document_id, match)
    chosen = tuple(best.values())[:_A_SENTENCE]
    return SentencePrecedents(text, chosen, matches[0] if matches else None)
