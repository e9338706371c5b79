"""What speaks for an answer, out of the hits: of the places and years asked about, else of the country."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass

from corpus.errors import PolicyQAError
from qa.answerability.scope import (
    Scope,
    is_national,
    of_document_year,
    other_year,
    scope_of,
    unknown_place,
    within_places,
    years_in,
)
from qa.reading.evidence import Evidence, passage_coverage, telling_tokens, weigh
from retriever.hit import Filters, Hit
from retriever.query.analysis import VALUED, AnswerKind, Question
from retriever.search import HybridRetriever
from retriever.settings import Weights

#: A place's own passages that hold so much less of the question than others do not speak of it.
SHARE = 0.62
#: From this share of the question's words on the others are taken to speak of its subject.
_SPEAKS = 0.28
#: A token that no text holds.
_NOWHERE = "\0"


@dataclass(frozen=True)
class EvidenceSet:
    """All that is known for and against an answer.

    Attributes:
        scope: what the evidence had to be about.
        evidence: best first.
        elsewhere: best share of the question's words, the places' own names left out, that
            passages about other places hold.
        reached: how good the best passage is (``qa.answerability.evidence_set``).
        notice: what a person should know about the evidence; mostly "".
        strange: a place or a year asked about that nothing is known of, or "".
    """

    scope: Scope
    evidence: tuple[Evidence, ...]
    elsewhere: float
    relative_score: float
    notice: str = ""
    strange: str = ""


class EvidenceCollector:
    """Reads the sentences of the hits that are about what the question is about."""

    def __init__(
        self,
        retriever: HybridRetriever,
        document_text: Callable[[str], str],
        regions: tuple[str, ...],
        searched: int,
    ) -> None:
        """``regions``: region paths of the indexed documents; ``searched``: hits of one place."""
        self._retriever = retriever
        self._document_text = document_text
        self._regions = regions
        self._searched = searched
        self._years = frozenset(year for year, _ in retriever.backend.facets().counts["year"])

    def gather(self, question: Question, hits: Sequence[Hit], filters: Filters) -> EvidenceSet:
        """Sentences of the hits, those of the places and years asked about alone when there are such.

        A place that none of the hits names is searched for on its own, in its own documents. Where
        these hardly speak of the subject and a document of the whole country does, that is taken.
        """
        scope = scope_of(question, self._regions)
        near = relative_score(question, scope, hits, self._retriever.weights)
        strange = unknown_place(question.text, self._is_written) or self._strange_year(scope, hits)
        pool = [*hits, *self._of_places(question, scope, hits, filters)]
        inside = [h for h in pool if within_places(h.passage, scope)]
        outside = [h for h in pool if h not in inside] if inside else []
        inside = [h for h in inside if self._of_year(h, scope)] or inside
        evidence = self._weighed(question, inside or pool)
        if national := self._national(question, scope, evidence, outside):
            wide = Scope((), scope.years, scope.of_document)
            notice = f"以下出自全国性文件，没有专门说到{'、'.join(scope.places)}"
            near = relative_score(question, wide, hits, self._retriever.weights)
            return EvidenceSet(wide, national, 0.0, near, notice, strange)
        elsewhere = self._coverage(question, scope, outside)
        return EvidenceSet(scope, evidence, elsewhere, near, strange=strange)

    def beside(
        self, question: Question, hits: Sequence[Hit], known: EvidenceSet
    ) -> tuple[Evidence, ...]:
        """Sentences of the hits that are not about the places asked about: facts to offer instead."""
        others = [h for h in hits if not within_places(h.passage, known.scope)]
        weighed = {e.sentence.hit.passage.id for e in known.evidence}
        return self._weighed(question, [h for h in others if h.passage.id not in weighed])

    def _strange_year(self, scope: Scope, hits: Sequence[Hit]) -> str:
        """The year asked about when no document is of it and none of those found names it, or ""."""
        if not scope.years or not self._years or self._years & set(scope.years):
            return ""
        texts = {h.passage.document_id: h.passage for h in hits}
        named = frozenset[str]().union(*(years_in(self._document_text(d)) for d in texts))
        framed = any(of_document_year(p, scope) for p in texts.values())
        return "" if framed or named & set(scope.years) else f"{'、'.join(scope.years)}年"

    def _is_written(self, token: str) -> bool:
        return self._retriever.idf(token) < self._retriever.idf(_NOWHERE)

    def _weighed(self, question: Question, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        sentences = self._retriever.sentences(question.text, hits)
        return tuple(weigh(question, sentences, self._retriever.idf))

    def _national(
        self, question: Question, scope: Scope, own: Sequence[Evidence], outside: Sequence[Hit]
    ) -> tuple[Evidence, ...]:
        """Evidence of the whole country where the place's own says far less, else nothing."""
        country = [h for h in outside if is_national(h.passage) and self._of_year(h, scope)]
        if not own or not country:
            return ()
        share = self._coverage(question, scope, country)
        if share < _SPEAKS or own[0].context_coverage >= SHARE * share:
            return ()
        return self._weighed(question, country)

    def _of_places(
        self, question: Question, scope: Scope, hits: Sequence[Hit], filters: Filters
    ) -> list[Hit]:
        """Hits in the documents of places that no hit names."""
        found: list[Hit] = []
        for place in scope.places:
            named = any(within_places(h.passage, Scope((place,), ())) for h in hits)
            if named or filters.region or not any(place in region for region in self._regions):
                continue
            narrowed = Filters(
                place, filters.year, filters.doc_type, filters.issuer, filters.title, filters.doc
            )
            try:
                found.extend(self._retriever.search(question.text, self._searched, narrowed))
            except PolicyQAError:
                continue  # the other filters leave no document of that place
        return found

    def _of_year(self, hit: Hit, scope: Scope) -> bool:
        """Whether it is of a year asked about, or of no year that is told."""
        if scope.of_document:
            return of_document_year(hit.passage, scope)
        text = self._document_text(hit.passage.document_id) if scope.years else ""
        return not other_year(hit.passage, scope, years_in(text))

    def _coverage(self, question: Question, scope: Scope, hits: Sequence[Hit]) -> float:
        """The highest share of the question's words, without its places, that a hit holds."""
        tokens = telling_tokens(question, self._retriever.idf)
        subject = {
            t: w for t, w in tokens.items() if not any(t in p or p in t for p in scope.places)
        }
        return max((passage_coverage(subject, h.passage) for h in hits), default=0.0)


#: 「…怎么写」, and what asks nothing at all: a heading or a sentence to find the like of.
_WORDING = re.compile(
    "怎么写|如何写|怎样写|写法|[写拟]一段|想写|起草|怎么表述|如何表述|：[^？?]{8,}$"
)
_ASKS = re.compile(
    "[？?吗呢]|什么|哪|谁|多少|几[^乎]|如何|怎么|怎样|是否|何时|何地|多久|多长|多大|为何|为什么|啥|有无|有没有|[能会要可是]不"
)


def asks_wording(question: Question) -> bool:
    """Whether it asks for passages to copy from rather than for an answer."""
    return _WORDING.search(question.text) is not None or not _ASKS.search(question.text)


def relative_score(
    question: Question, scope: Scope, hits: Sequence[Hit], weights: Weights
) -> float:
    """The best score of the hits over the highest that the question allows; 0 without hits.

    A score is the weighted mean of signs (``retriever.ranking``), some of which a question can leave
    at 0 whatever is found: that of the place when it names none, that of the value when it asks for
    none. So far such a question is measured by the others alone.
    """
    best = max((hit.score for hit in hits), default=0.0)
    total = sum(astuple(weights))
    open_signs = total
    if not scope.places:
        open_signs -= weights.scope
    if question.kind not in VALUED and question.kind is not AnswerKind.LIST:
        open_signs -= weights.value
    return best * total / open_signs if open_signs > 0 else best
