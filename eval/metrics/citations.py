"""Do an answer's citations carry it? Recall and precision in ALCE's sense, without a model.

T. Gao, H. Yen, J. Yu and D. Chen, "Enabling large language models to generate text with citations",
EMNLP 2023, asks a language model whether the cited texts entail a sentence. Here the answers are
made of the documents' own words, so a rule decides (``supported``). Sentences are those of
``corpus.structure.sentences``, because ALCE's splitter does not know 「。」.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.structure.sentences import sentence_spans
from eval.datasets.runs import RunRecord
from eval.metrics.matching import plain, units
from qa.generation.citation_marks import cited_numbers

#: A shorter run of words than this stands in any text by chance.
RUN_UNITS = 4
#: Tenths of a sentence that must stand in what it cites.
_COVERED_TENTHS = 9

_NUMBER = r"(?:资料\s?)?\d{1,3}"
_MARK = re.compile(rf"\s*[\[［【]\s?{_NUMBER}(?:\s?[,，、\-–—~～]\s?{_NUMBER})*\s?[\]］】]")
#: These turn a sentence round, as a wrong number does, so they must stand in the text cited.
_NEGATIONS = frozenset("不没未无非勿禁")
_COUNT = re.compile(r"[0-9〇零二三四五六七八九十百千万亿两].*|一.+")
_CLAUSE_END = re.compile(r"[；;][”’』」）)》】]*\s*$")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class AnswerSentence:
    """A sentence of an answer.

    Attributes:
        text: its words without marks.
        cited: the numbers in its marks, each once, in order.
    """

    text: str
    cited: tuple[int, ...]


@dataclass(frozen=True)
class CitationScores:
    """How well one answer is cited.

    Attributes:
        recall: share of the sentences that what they cite supports.
        precision: share of the citations that are needed.
        sentences: how many sentences the answer has.
        citations: how many citations its sentences make.
        out_of_range: how many of these name a number that no citation has.
    """

    recall: float
    precision: float
    sentences: int
    citations: int
    out_of_range: int


def citation_scores(record: RunRecord) -> CitationScores | None:
    """Score the ``[n]`` marks of an answer; None on refusal.

    A sentence is supported when the texts it cites together support it; without a mark it is not.
    A citation is needed when it supports its sentence alone, or when the others do not support the
    sentence without it. Citations of an unsupported sentence are not. A number out of range makes
    its sentence unsupported, so all of that sentence's citations count 0 (ALCE's program leaves
    them out of the precision instead). An answer without a sentence or a citation scores 0.
    """
    if not record.answered:
        return None
    texts = [citation.text for citation in record.citations]
    sentences = answer_sentences(record.answer)
    supported_sentences = needed = citations = out_of_range = 0
    for sentence in sentences:
        citations += len(sentence.cited)
        outside = sum(not 1 <= n <= len(texts) for n in sentence.cited)
        out_of_range += outside
        if outside or not supported(sentence.text, [texts[n - 1] for n in sentence.cited]):
            continue
        supported_sentences += 1
        needed += sum(_needed(n, sentence, texts) for n in sentence.cited)
    return CitationScores(
        recall=supported_sentences / len(sentences) if sentences else 0.0,
        precision=needed / citations if citations else 0.0,
        sentences=len(sentences),
        citations=citations,
        out_of_range=out_of_range,
    )


def _needed(n: int, sentence: AnswerSentence, texts: Sequence[str]) -> bool:
    others = [texts[other - 1] for other in sentence.cited if other != n]
    return supported(sentence.text, [texts[n - 1]]) or not supported(sentence.text, others)


def supported(sentence: str, texts: Sequence[str]) -> bool:
    """Whether texts hold the words of a sentence, which bears no marks.

    Both are compared as ``eval.metrics.matching.units``. A word of the sentence is covered when it lies in
    a run of at least 4 units (the whole sentence, where it is shorter) that stands in one of the
    texts. Covered must be 90 % of the sentence's characters, every number, written in digits or
    in characters, and every negation. What a sentence leaves out is not noticed.
    """
    own = units(sentence)
    length = min(RUN_UNITS, len(own))
    if not length:
        return False
    held = {run for text in texts for run in _runs(units(text), length)}
    covered = [False] * len(own)
    for start, run in enumerate(_runs(own, length)):
        if run in held:
            covered[start : start + length] = [True] * length
    pairs = list(zip(own, covered, strict=True))
    found = sum(len(unit) for unit, inside in pairs if inside)
    return found * 10 >= sum(map(len, own)) * _COVERED_TENTHS and all(
        inside for unit, inside in pairs if unit in _NEGATIONS or _COUNT.fullmatch(unit)
    )


def _runs(own: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(own[i : i + length]) for i in range(len(own) - length + 1))


def answer_sentences(answer: str) -> tuple[AnswerSentence, ...]:
    """The sentences of an answer with what each cites.

    A mark belongs to the sentence of the character before it, so it may stand before or behind the
    full stop. Clauses that end in 「；」 are one sentence with what follows; a piece without a
    character or digit is none.
    """
    words, marks = _without_marks(answer)
    spans: list[tuple[int, int]] = []
    for start, end in sentence_spans(words):
        last = words[slice(*spans[-1])] if spans else ""
        if spans and (_CLAUSE_END.search(last) or not units(words[start:end]) or not units(last)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(
        AnswerSentence(words[a:b].strip(), _cited(marks, a, b))
        for a, b in spans
        if units(words[a:b])
    )


def _without_marks(answer: str) -> tuple[str, list[tuple[int, tuple[int, ...]]]]:
    """The words of an answer, and where in them a mark stood behind which character."""
    words = ""
    marks: list[tuple[int, tuple[int, ...]]] = []
    end = 0
    for mark in _MARK.finditer(answer):
        words += answer[end : mark.start()]
        end = mark.end()
        marks.append((max(len(words) - 1, 0), cited_numbers(mark.group())))
    return words + answer[end:], marks


def _cited(marks: Sequence[tuple[int, tuple[int, ...]]], start: int, end: int) -> tuple[int, ...]:
    numbers = [n for at, cited in marks if start <= at < end for n in cited]
    return tuple(dict.fromkeys(numbers))


def quote_exactness(
    record: RunRecord, texts: Mapping[str, Sequence[str]] | None = None
) -> float | None:
    """Share of the citations whose words stand verbatim in their document; None without any.

    Traditional and simplified characters, full and half width and white space count as the same,
    because a run holds its passages in the form in which they are searched.

    Args:
        record: an answer with its citations.
        texts: file name → texts to look in; by default the passages of the record, so that words
            from elsewhere in the document do not count.
    """
    if not record.citations:
        return None
    if texts is None:
        texts = {
            doc: [p.text for p in record.passages if p.doc == doc]
            for doc in {p.doc for p in record.passages}
        }
    exact = sum(_verbatim(c.text, texts.get(c.doc, ())) for c in record.citations)
    return exact / len(record.citations)


def _verbatim(words: str, texts: Sequence[str]) -> bool:
    looked_for = _SPACE.sub("", words)
    if not looked_for:
        return False
    # Simplifying 著 looks at its neighbours, so a cut may convert otherwise than its source.
    return any(
        looked_for in _SPACE.sub("", text)
        or _SPACE.sub("", plain(words)) in _SPACE.sub("", plain(text))
        for text in texts
    )
