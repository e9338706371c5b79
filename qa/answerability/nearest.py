"""What a refusal offers instead: the nearest facts, each with how it differs from what was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from corpus.language.gazetteer import region_names
from corpus.language.lexicon import common_words, word_boundaries
from corpus.language.question_words import has_question_word
from indexer.tokens import tokenise
from qa.answer import Citation, Nearest
from qa.answerability.decision import OFFERED, OFFERED_SIMILARITY, EvidenceSet
from qa.answerability.scope import DocumentText, other_year, within_places
from qa.reading.reader import Evidence, passage_coverage, telling_tokens
from qa.reading.values import VALUE_NAMES
from retriever.hit import trimmed
from retriever.query.analysis import VALUED, Question

#: More would be a second list of results.
_MOST = 3
#: Looked through for sentences of other passages.
_LOOKED_AT = 40
#: Words of the question that a passage lacks are shown, up to this many.
_WORDS = 2


def nearest_facts(
    question: Question,
    known: EvidenceSet,
    beside: Sequence[Evidence],
    document_text: DocumentText,
    idf: Callable[[str], float],
) -> tuple[Nearest, ...]:
    """The best sentence of each of the nearest passages, labelled; nothing where nothing is near.

    Args:
        question: that is refused.
        known: what was found for it.
        beside: what other places' documents say.
        document_text: the text of a document by its identifier.
        idf: how telling a token is.
    """
    tokens = telling_tokens(question, idf)
    found: list[Nearest] = []
    candidates = sorted((*known.evidence, *beside), key=lambda e: -e.score)
    for one in candidates[:_LOOKED_AT]:
        passage = one.passage
        shown = {near.citation.passage.id for near in found}
        is_near = one.context_coverage >= OFFERED or one.sentence.similarity >= OFFERED_SIMILARITY
        if len(found) == _MOST or passage.id in shown or not is_near:
            continue
        span = trimmed(passage.text, (one.sentence.start, one.sentence.end))
        citation = Citation(len(found) + 1, passage, *span)
        found.append(Nearest(citation, _difference(question, known, one, document_text, tokens)))
    return tuple(found)


def _difference(
    question: Question,
    known: EvidenceSet,
    one: Evidence,
    document_text: DocumentText,
    tokens: dict[str, float],
) -> str:
    """In what it differs: place, year, a word in quotation marks, the kind of value, words; plainest first."""
    passage, scope = one.passage, known.scope
    if not within_places(passage, scope):
        own = region_names(passage.metadata.region)
        named = "、".join(scope.places)
        return f"{own[-1]}的，不是{named}的" if own else f"没有说到{named}"
    if known.unknown and known.unknown not in passage.text:
        return f"没有说到{known.unknown}"
    asked = "、".join(scope.years)
    if year := other_year(passage, scope, document_text(passage.document_id)):
        return f"{year}年的，不是{asked}年的"
    around = passage.full_text
    if quoted := next((q for q in question.quoted if q not in around), ""):
        return f"没有提到“{quoted}”"
    missing = _missing_words(question, tokens, around)
    if question.kind in VALUED and not one.has_value:
        return f"没有{VALUE_NAMES[question.kind]}"
    if missing:
        return f"没有提到{'、'.join(f'“{word}”' for word in missing)}"
    share = passage_coverage(tokens, passage)
    return "字面相近，说的是另一件事" if share >= OFFERED else "意思相近，没有说到所问的事"


def _missing_words(question: Question, tokens: dict[str, float], around: str) -> Sequence[str]:
    """The most telling words of the question that a passage with its headings lacks."""
    edges = word_boundaries(question.text)
    words = dict.fromkeys(question.text[a:b] for a, b in pairwise(edges))
    lacking = [w for w in words if len(w) > 1 and w in common_words() and w not in around]
    telling = {w: max(tokens.get(t, 0.0) for t in tokenise(w)) for w in lacking}
    asked = [w for w in lacking if telling[w] > 0 and not has_question_word(w)]
    return sorted(asked, key=lambda w: -telling[w])[:_WORDS]
