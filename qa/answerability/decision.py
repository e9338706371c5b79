"""Every reason to refuse, every threshold, and how sure an answer is."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.language import question_words
from corpus.language.answer_values import COUNT, DATE_RANGE, NTH, SAME_DAY
from corpus.language.function_words import EVENT, MEASURE_NOUN, SYNONYMS
from corpus.language.gazetteer import region_names
from corpus.language.lexicon import common_words
from corpus.language.numerals import read_count
from corpus.language.organisations import LOCAL_BODY
from corpus.language.simplification import search_form
from indexer.tokens import tokenise
from qa.answer import CANNOT_ANSWER
from qa.answerability.scope import DocumentText, of_own_place, other_year, within_places
from qa.reading.reader import Evidence, like_best
from qa.reading.values import VALUE_NAMES, find_values
from retriever.query.analysis import VALUED, AnswerKind, Question, Scope


@dataclass(frozen=True)
class AnswerabilitySettings:
    """Every threshold of answering or refusing, chosen on the dev questions (docs/measurements.md).

    Similarities are measured by what the question has with any sentence of the index, in standard
    deviations above their mean (``SentenceHit.similarity``), so that they fit any embedding model.

    Attributes:
        similarity: the nearest sentence's similarity below which it must share words with the
            question.
        similarity_unshared: the same for a question that shares no word at all with what was found.
        coverage: share of the question's words that it must then share.
        quoting: share of the question's words in the passage from which on words in quotation
            marks must stand in the document.
        worded: share of the question's words in the passage from which on the question is taken
            to use the document's own wording.
        known: share of the question's words that the best passage of any place must hold for the
            documents to be taken to speak of its subject in its own words.
        relative_score: what the best passage must reach then, with ``context`` times its share of the
            question's words.
        context: see ``relative_score``.
    """

    similarity: float = 0.45
    similarity_unshared: float = 1.1
    coverage: float = 0.12
    quoting: float = 0.12
    worded: float = 0.28
    known: float = 0.12
    relative_score: float = 0.64
    context: float = 0.2


@dataclass(frozen=True)
class EvidenceSet:
    """All that is known for and against an answer.

    Attributes:
        scope: what the evidence had to be about.
        evidence: best first.
        coverage_elsewhere: best share of the question's words, the places' own names left out, that
            passages about other places hold.
        relative_score: how good the best passage is, by what its question allows.
        notice: what a person should know about the evidence; mostly "".
        unknown: a place, a year or a document number asked about that nothing is known of, or "".
        instead: what is known beside it, as it follows in a refusal, or "".
    """

    scope: Scope
    evidence: tuple[Evidence, ...]
    coverage_elsewhere: float
    relative_score: float
    notice: str = ""
    unknown: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Decision:
    """Whether the documents answer a question.

    Attributes:
        probability: in [0, 1], how likely an answer is right; 0 where there is a reason to refuse.
        reasons: what is missing in the documents, each as it follows 「资料中没有」, the plainest first.
    """

    probability: float
    reasons: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether nothing speaks against an answer."""
        return not self.reasons

    @property
    def message(self) -> str:
        """The plainest reason for a person, one sentence; "" where there is none."""
        return f"{CANNOT_ANSWER}{self.reasons[0]}。" if self.reasons else ""


#: Nothing of an answer was found in what it cites.
UNSUPPORTED = Decision(0.0, ("能够逐字核对的答案",))


#: A place's own passages that hold less than this share of the question's words that others hold do
#: not speak of it.
OWN_SHARE = 0.62
#: From this share of the question's words on a document of the whole country speaks of its subject.
NATIONAL = 0.28
#: A fact offered with a refusal holds this share of the question's words, or is as similar as this.
OFFERED, OFFERED_SIMILARITY = 0.1, 0.35
#: The nearest sentence may rank a little behind the best one.
_LOOKED_AT = 6


class Answerability:
    """Decides whether evidence answers a question."""

    def __init__(self, settings: AnswerabilitySettings, document_text: DocumentText) -> None:
        """``document_text`` gives the whole search text of a document by its identifier."""
        self._settings = settings
        self._document_text = document_text

    def decide(self, question: Question, known: EvidenceSet) -> Decision:
        """The probability of an answer, with every reason against one."""
        reasons = tuple(self._reasons(question, known))
        return Decision(0.0 if reasons else confidence(question, known.evidence[0]), reasons)

    def _reasons(self, question: Question, known: EvidenceSet) -> Iterator[str]:
        if known.unknown:
            yield f"关于{known.unknown}的相关内容{known.instead}"
        if not known.evidence:
            yield "与这个问题有关的内容"
            return
        yield from self._elsewhere(known)
        best, s = known.evidence[0], self._settings
        yield from _of_table(question, known.evidence)
        # A row that the question names by its cells is near enough, whatever the model says.
        if not (best.row and best.row.short_answer) and self._is_weak(question, known):
            yield "与这个问题足够接近的内容"
        if best.context_coverage >= s.quoting:
            documents = {e.passage.document_id for e in known.evidence}
            for quoted in question.quoted:
                if not any(_nearly_in(quoted, self._document_text(d)) for d in documents):
                    yield f"“{quoted}”的相关内容"
        if question.kind is AnswerKind.CONTACT and (owner := _other_owner(question, best)):
            yield f"{owner}的{VALUE_NAMES[question.kind]}"
        if lacks_each(question, known.evidence):
            yield f"所问的{VALUE_NAMES[question.kind]}，只提到了有关的事"
        elif best.context_coverage >= s.worded:
            text = self._document_text(best.passage.document_id)
            yield from _missing_words(question, known.evidence, text)
            if lacks_value(question, known.evidence):
                yield f"所问的{VALUE_NAMES[question.kind]}，只提到了有关的事"

    def _elsewhere(self, known: EvidenceSet) -> Iterator[str]:
        """The evidence speaks of nothing near, of another place or of another year."""
        scope, evidence, s = known.scope, known.evidence, self._settings
        best = evidence[0]
        nearest = max(e.sentence.similarity for e in evidence[:_LOOKED_AT])
        shared = max(e.context_coverage for e in evidence)
        near = s.similarity if shared > 0 else s.similarity_unshared
        if nearest < near and best.context_coverage < s.coverage:
            yield "与这个问题有关的内容"
        passage, places = best.passage, "、".join(scope.places)
        text = self._document_text(passage.document_id)
        if not within_places(passage, scope, text):
            yield f"关于{places}的相关内容{_only(best, s.known)}"
        if year := other_year(passage, scope, text):
            yield f"{'、'.join(scope.years)}年的相关内容，只有{year}年的"
        less = best.context_coverage < OWN_SHARE * known.coverage_elsewhere
        if known.coverage_elsewhere >= s.worded and less and of_own_place(passage, scope):
            yield f"{places}的这项内容，只有其他地方的"

    def _is_weak(self, question: Question, known: EvidenceSet) -> bool:
        """Whether the documents use the question's words and still nothing comes near it.

        Of a question in other words than theirs nobody can tell that, and who asks for a wording
        takes what is nearest.
        """
        s, share = self._settings, known.evidence[0].context_coverage
        if max(share, known.coverage_elsewhere) < s.known or asks_wording(question):
            return False
        return known.relative_score + s.context * share < s.relative_score


def _of_table(question: Question, evidence: Sequence[Evidence]) -> Iterator[str]:
    """The question names a row or a column that the table does not have."""
    best = evidence[0]
    same = (e for e in evidence if e.row and e.passage.document_id == best.passage.document_id)
    missing = next((e.row.missing for e in same if e.row and e.row.missing), "")
    if missing and not _nearly_in(missing, search_form(best.passage.full_text)):
        yield f"“{missing}”的这一项，表格里只有别的"
    elif best.row and best.row.is_other:
        yield "所问的这一项，表格里只有别的"
    elif best.row and best.row.answers and question.kind in VALUED and not best.row.has_column:
        yield f"所问的{VALUE_NAMES[question.kind]}，表格里没有这一栏"


def _missing_words(question: Question, evidence: Sequence[Evidence], text: str) -> Iterator[str]:
    """A body, an ordinal or the thing measured that the document never mentions."""
    for ordinal in NTH.findall(question.text):
        if not any(form in text for form in _both_numerals(ordinal)):
            yield f"{ordinal}的相关内容"
    for body in LOCAL_BODY.findall(question.text):
        if body[-3:] not in text and not _nearly_in(body, text):
            yield f"关于{body}的相关内容"
    focus = focus_of(question) if question.kind is AnswerKind.NUMBER else ""
    around = search_form("\n".join(e.passage.full_text for e in evidence[:6])) if focus else ""
    if focus and not holds_focus(focus, around):
        yield f"“{shown_focus(focus)}”的{VALUE_NAMES[question.kind]}"


def _both_numerals(ordinal: str) -> tuple[str, ...]:
    """「第3季度」 and 「第三季度」 are the same."""
    digits = re.sub(r"[一二三四五六七八九十]+", lambda m: str(read_count(m.group())), ordinal)
    words = re.sub(r"[1-9]", lambda m: "零一二三四五六七八九"[int(m.group())], ordinal)
    return ordinal, digits, words


def _other_owner(question: Question, best: Evidence) -> str:
    """The body whose number is asked for, when the number found is another's, else "".

    Whose it is stands beside it; elsewhere in the document other bodies are named.
    """
    beside = search_form(best.passage.full_text) + best.passage.metadata.issuer
    bodies = LOCAL_BODY.findall(question.text)
    return next((b for b in bodies if b not in beside and not _nearly_in(b, beside)), "")


def _nearly_in(words: str, text: str) -> bool:
    """Whether the words, or most of their character pairs, stand in the text."""
    pairs = [t for t in tokenise(words) if len(t) > 1]
    return words in text or (bool(pairs) and sum(p in text for p in pairs) >= 0.7 * len(pairs))


def _only(best: Evidence, known: float) -> str:
    """Of which place the nearest passage is, where it speaks of the subject and has one: 「，只有沈阳的」."""
    names = region_names(best.passage.metadata.region)
    return f"，只有{names[-1]}的" if names and best.context_coverage >= known else ""


_SITES = re.compile(r"https?://|www\.|[A-Za-z0-9-]+\.(?:cn|com|org|net)")
#: Contacts stand on lines of their own beside what they belong to.
_LOOKED_BESIDE = 3


def lacks_each(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether a sum for each of several is asked for, and nothing found says what each gets."""
    if not question_words.ASKS_FOR_EACH.search(search_form(question.text)):
        return False
    texts = (e.passage.full_text for e in evidence[:_LOOKED_AT])
    return not any(question_words.FOR_EACH.search(text) for text in texts)


def lacks_value(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether none of the sentences nearly as good as the best has what the question asks for."""
    if question.kind not in VALUED or question_words.CHOICE.search(question.text):
        return False
    near = like_best(evidence)
    if any(e.has_value or (not e.row and _says_otherwise(question, e.text)) for e in near):
        return False
    return not _beside(question, evidence)


def _says_otherwise(question: Question, text: str) -> bool:
    """Whether a sentence answers without a value of the usual shape."""
    if question.kind is AnswerKind.NUMBER:
        return COUNT.search(text) is not None
    if question.kind is AnswerKind.PERSON:
        return question_words.ANY_DOER.search(question.text) is not None
    if question.kind is AnswerKind.DATE:
        return not question.asks_day and EVENT.search(text) is not None
    return question.kind is AnswerKind.DURATION and DATE_RANGE.search(text) is not None


def _beside(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether it stands in the lines beside the best sentence, where such things stand."""
    best, passage = evidence[0].sentence, evidence[0].passage
    if question.kind is AnswerKind.CONTACT:
        if question_words.ASKS_SITE.search(question.text):
            return _SITES.search(passage.text) is not None
        near = (e.passage for e in evidence[:_LOOKED_BESIDE])
        return any(find_values(question.kind, p.text) for p in near)
    if question.kind is AnswerKind.DATE and SAME_DAY.search(best.text):
        return bool(find_values(question.kind, passage.text[: best.start]))
    return False


#: Of a long noun the end is the head: 「行政诉讼一审败诉率」 → 审败诉率.
_LONGEST = 4


def focus_of(question: Question) -> str:
    """The noun next to the question word, or "" when it cannot be made out or measures nothing."""
    text = question.text.rstrip("？?。 呀啊呢吗")
    match = question_words.MEASURE_AFTER.search(text) or question_words.MEASURE_BEFORE.search(text)
    noun = question_words.WEAK_ENDS.sub("", match["noun"])[-_LONGEST:] if match else ""
    return noun if MEASURE_NOUN.search(noun) else ""


def holds_focus(focus: str, text: str) -> bool:
    """Whether a text has the thing measured (half of its character pairs), or the bare measure."""
    measure = MEASURE_NOUN.search(focus)
    word = measure.group() if measure else ""
    synonyms = next((s for s in SYNONYMS if word in s), (word,))
    thing = focus.removesuffix(word)
    pairs = [t for t in tokenise(thing) if len(t) > 1]
    if not pairs:
        return any(s in text for s in synonyms)
    return sum(p in text for p in pairs) * 2 >= len(pairs)


def shown_focus(focus: str) -> str:
    """The focus from its first whole word on: of 「项目总投资」 cut to 「目总投资」, 投资."""
    words = common_words()
    start = next((i for i in range(len(focus) - 1) if focus[i : i + 2] in words), 0)
    return focus[start:]


#: A logistic function's weights of the best sentence's score, of a question that asks how or for what
#: measures (many sentences would be right, one is shown), of one that asks for an exact value, and of
#: one that asks for a wording; and its constant. Chosen on the answers to both dev sets and the samples
#: together and rounded (docs/measurements.md).
_SCORE, _OPEN, _VALUED, _WORDING_WEIGHT, _CONSTANT = 1.07, -0.8, 0.75, 2.25, -1.58


def asks_wording(question: Question) -> bool:
    """Whether it asks for passages to copy from rather than for an answer."""
    like = question_words.ASKS_FOR_THE_LIKE.search(question.text) is not None
    return like or not question_words.ASKS_ANYTHING.search(question.text)


def confidence(question: Question, best: Evidence) -> float:
    """How likely, in [0, 1], an answer that begins with ``best`` is right.

    Source: J. Platt, "Probabilistic outputs for support vector machines", 1999.
    """
    sum_ = (
        _CONSTANT
        + _SCORE * best.score
        + _OPEN * (question_words.ASKS_OPENLY.search(question.text) is not None)
        + _VALUED * (question.kind in VALUED)
        + _WORDING_WEIGHT * asks_wording(question)
    )
    return 1 / (1 + math.exp(-sum_))
