"""What speaks for an answer, out of the hits: of the places and years asked about, else of the country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, replace
from functools import cached_property

from corpus.errors import PolicyQAError
from corpus.language.equivalents import NamedNumber, numbers_in
from qa.answerability import scope as scopes
from qa.answerability.decision import NATIONAL, OWN_SHARE, EvidenceSet
from qa.answerability.scope import DocumentText, other_year, within_places
from qa.reading.reader import Evidence, Reader, passage_coverage, telling_tokens
from retriever.hit import Filters, Hit
from retriever.query.analysis import VALUED, AnswerKind, Question, Scope
from retriever.search import HybridRetriever
from retriever.settings import Weights

#: A token that no text holds.
_NOWHERE = "\0"
#: Numbers of other documents named in a refusal.
_NUMBERS_OFFERED = 3


class EvidenceCollector:
    """Reads the sentences of the hits that are about what the question is about."""

    def __init__(
        self,
        retriever: HybridRetriever,
        reader: Reader,
        document_text: DocumentText,
        searched: int,
    ) -> None:
        """``searched``: hits of one place."""
        self._retriever = retriever
        self._reader = reader
        self._document_text = document_text
        self._searched = searched
        self._weights = retriever.weights
        self._years = frozenset(year for year, _ in retriever.backend.facets().counts["year"])

    def gather(self, question: Question, hits: Sequence[Hit], filters: Filters) -> EvidenceSet:
        """Sentences of the hits, those of the places and years asked about alone when there are such.

        A place that none of the hits names is searched for on its own, in its own documents. Where
        these hardly speak of the subject and a document of the whole country does, that is taken.
        """
        scope = question.scope
        near = relative_score(question, scope, hits, self._weights)
        unknown = scopes.unknown_place(question.text, self._is_written) or self._unknown_year(
            scope, hits
        )
        instead = ""
        if number := self._unknown_number(question, hits):
            unknown, instead = number, self._numbers_near(question)
        pool = [*hits, *self._of_places(question, scope, hits, filters)]
        inside = [h for h in pool if within_places(h.passage, scope)]
        outside = [h for h in pool if h not in inside] if inside else []
        inside = [h for h in inside if self._of_year(h, scope)] or inside
        evidence = self._weighed(question, inside or pool)
        if national := self._national(question, scope, evidence, outside):
            wide = Scope((), scope.years, scope.of_document)
            notice = f"以下出自全国性文件，没有专门说到{'、'.join(scope.places)}"
            near = relative_score(question, wide, hits, self._weights)
            return EvidenceSet(wide, national, 0.0, near, notice, unknown, instead)
        coverage_elsewhere = self._coverage(question, scope, outside)
        return EvidenceSet(
            scope, evidence, coverage_elsewhere, near, unknown=unknown, instead=instead
        )

    def beside(
        self, question: Question, hits: Sequence[Hit], known: EvidenceSet
    ) -> tuple[Evidence, ...]:
        """Sentences of the hits that are not about the places asked about: facts to offer instead."""
        others = [h for h in hits if not within_places(h.passage, known.scope)]
        weighed = {e.passage.id for e in known.evidence}
        return self._weighed(question, [h for h in others if h.passage.id not in weighed])

    def _unknown_year(self, scope: Scope, hits: Sequence[Hit]) -> str:
        """The year asked about when no document is of it and none of those found names it, or ""."""
        if not scope.years or not self._years or self._years & set(scope.years):
            return ""
        texts = {h.passage.document_id: h.passage for h in hits}
        named = frozenset[str]().union(*(scopes.years_in(self._document_text(d)) for d in texts))
        framed = any(scopes.of_document_year(p, scope) for p in texts.values())
        return "" if framed or named & set(scope.years) else f"{'、'.join(scope.years)}年"

    def _unknown_number(self, question: Question, hits: Sequence[Hit]) -> str:
        """The document number asked about when no document has it and none found names it, or ""."""
        if not question.numbers:
            return ""
        known = [number for own in self._own_numbers for number in own]
        texts = {h.passage.document_id for h in hits}
        named = [n for d in texts for n in numbers_in(self._document_text(d))]
        missing = [n for n in question.numbers if not any(n.same(k) for k in (*known, *named))]
        return missing[0].text if len(missing) == len(question.numbers) else ""

    def _numbers_near(self, question: Question) -> str:
        """Numbers of the same series that documents have, nearest first: 「，只有…」."""
        asked = question.numbers[0]
        own = [n for numbers in self._own_numbers for n in numbers if n.same_code(asked)]
        own.sort(key=lambda n: (n.year != asked.year, abs(int(n.count) - int(asked.count))))
        listed = dict.fromkeys(n.text for n in own[:_NUMBERS_OFFERED])
        return f"，只有{'、'.join(listed)}的" if listed else ""

    @cached_property
    def _own_numbers(self) -> tuple[tuple[NamedNumber, ...], ...]:
        entries = self._retriever.backend.documents()
        return tuple(numbers_in(e.metadata.number) for e in entries if e.metadata.number)

    def _is_written(self, token: str) -> bool:
        return self._retriever.idf(token) < self._retriever.idf(_NOWHERE)

    def _weighed(self, question: Question, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        return self._reader.read(question, hits).evidence

    def _national(
        self, question: Question, scope: Scope, own: Sequence[Evidence], outside: Sequence[Hit]
    ) -> tuple[Evidence, ...]:
        """Evidence of the whole country where the place's own says far less, else nothing."""
        country = [h for h in outside if scopes.is_national(h.passage) and self._of_year(h, scope)]
        if not own or not country:
            return ()
        share = self._coverage(question, scope, country)
        if share < NATIONAL or own[0].context_coverage >= OWN_SHARE * share:
            return ()
        return self._weighed(question, country)

    def _of_places(
        self, question: Question, scope: Scope, hits: Sequence[Hit], filters: Filters
    ) -> list[Hit]:
        """Hits in the documents of places that no hit names."""
        found: list[Hit] = []
        for place in scope.places:
            named = any(within_places(h.passage, Scope((place,), ())) for h in hits)
            if named or filters.region or not self._retriever.has_documents_of(place):
                continue
            try:
                narrowed = replace(filters, region=place)
                found.extend(self._retriever.search(question, self._searched, narrowed))
            except PolicyQAError:
                continue  # the other filters leave no document of that place
        return found

    def _of_year(self, hit: Hit, scope: Scope) -> bool:
        """Whether it is of a year asked about, or of no year that is named."""
        if scope.of_document:
            return scopes.of_document_year(hit.passage, scope)
        text = self._document_text(hit.passage.document_id) if scope.years else ""
        return not other_year(hit.passage, scope, text)

    def _coverage(self, question: Question, scope: Scope, hits: Sequence[Hit]) -> float:
        """The highest share of the question's words, without its places, that a hit holds."""
        tokens = telling_tokens(question, self._retriever.idf)
        for token in [t for t in tokens if any(t in p or p in t for p in scope.places)]:
            del tokens[token]
        return max((passage_coverage(tokens, h.passage) for h in hits), default=0.0)


def relative_score(
    question: Question, scope: Scope, hits: Sequence[Hit], weights: Weights
) -> float:
    """The best score of the hits over the highest that the question allows; 0 without hits.

    A score is the weighted mean of features (``retriever.ranking``), some of which a question can leave
    at 0 whatever is found: that of the place when it names none, that of the value when it asks for
    none. So far such a question is measured by the others alone.
    """
    best = max((hit.score for hit in hits), default=0.0)
    total = sum(astuple(weights))
    attainable = total
    if not scope.places:
        attainable -= weights.scope
    if question.kind not in VALUED and question.kind is not AnswerKind.LIST:
        attainable -= weights.value
    return best * total / attainable if attainable > 0 else best
