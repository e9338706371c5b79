"""Answers written by a language model, shown only as far as the passages they cite hold them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from corpus.language.gazetteer import region_names
from corpus.language.numerals import ORDINAL
from corpus.language.simplification import search_form
from corpus.structure.sentences import sentence_spans
from indexer.passage import Passage
from indexer.tokens import tokenise
from qa.answer import Answer, Citation
from qa.conversation.small_talk import question_without_orders, without_order_lines
from qa.generation.chat_model import ChatModel, ModelError, ModelSettings
from qa.generation.citation_marks import CitedSentence, SentenceStream
from qa.generation.prompts import prompt, user_message
from qa.reading.short_answer import short_answer
from qa.verification.alignment import words
from qa.verification.support import SupportingSpan, check_support
from retriever.hit import Span, trimmed
from retriever.query.analysis import VALUED, Question, Scope, analyse

_PASSAGES = 6
_EXTRACT = "，以下是原文摘录。"
WRITING = "语言模型正在作答，先看原文摘录。"
SILENT = f"语言模型没有从原文里找到答案{_EXTRACT}"
BESIDE = f"语言模型没有写出所问的内容{_EXTRACT}"
ORDERED = "问题里有写给语言模型的指令，没有交给它，以下是原文摘录。"


def ungrounded(struck: int) -> str:
    """The notice that too little of what the model wrote is held by the documents."""
    return f"语言模型写的话大多在所引原文里找不到依据（删去 {struck} 句）{_EXTRACT}"


def partly_struck(struck: int) -> str:
    """The notice under an answer of which some sentences were struck, or ""."""
    return f"语言模型另有 {struck} 句在所引原文里找不到依据，没有显示。" if struck else ""


class ModelAnswerer:
    """Asks any LangChain chat model and keeps what its citations hold."""

    def __init__(self, settings: ModelSettings, chat_model: Any | None = None) -> None:
        """``chat_model`` is used as it is; else one is made of the settings at the first question."""
        self._settings = settings
        self._model = ChatModel(settings, chat_model)

    def answer(self, extractive: Answer) -> Iterator[Answer]:
        """First the extractive answer, then the model's as its sentences are found supported; the last is final.

        That is the extractive one, with a notice, where the model fails or is too slow, and where
        too little of what it writes is held by what it cites. Closing the iterator breaks the
        request off.
        """
        began = time.perf_counter()

        def timed(answer: Answer, **changes: Any) -> Answer:
            ms = extractive.ms + (time.perf_counter() - began) * 1000
            return replace(answer, ms=ms, **changes)

        question = question_without_orders(extractive.question)
        if not question:
            yield timed(extractive, notice=ORDERED)
            return
        yield timed(extractive, notice=WRITING)
        passages = [_without_orders(hit.passage) for hit in extractive.hits[:_PASSAGES]]
        draft = Draft(passages, _analysis(extractive).scope, self._settings.max_tokens)
        messages = [("system", prompt("system")), ("user", user_message(question, passages))]
        try:
            with closing(self._model.stream(messages)) as pieces:
                for piece in pieces:
                    if draft.add(piece):
                        yield timed(_written(extractive, draft))
                    if draft.is_over:
                        break
            draft.close()
        except ModelError as error:
            yield timed(extractive, notice=f"{error.fault}{_EXTRACT}", struck=draft.struck)
            return
        yield timed(_final(extractive, draft))


def _without_orders(passage: Passage) -> Passage:
    """A passage whose orders to a model are neither shown to it nor may be cited; offsets stay."""
    text = without_order_lines(passage.text)
    if text == passage.text:
        return passage
    pairs = zip(passage.text, text, passage.display, strict=True)
    display = "".join(shown if was == now else now for was, now, shown in pairs)
    return replace(passage, text=text, display=display)


def _analysis(extractive: Answer) -> Question:
    """The question as it was read for the search."""
    regions = (hit.passage.metadata.region for hit in extractive.hits)
    known_places = frozenset(name for region in regions for name in region_names(region))
    return extractive.analysis or analyse(extractive.question, known_places)


def _written(extractive: Answer, draft: Draft) -> Answer:
    """What is kept so far; each citation quotes whole sentences of the original."""
    citations = []
    for own, span in draft.supporting_spans:
        passage = extractive.hits[span.n].passage
        start, end = span.span
        touched = [s for s in sentence_spans(passage.text) if s[0] < end and start < s[1]]
        quote = trimmed(passage.text, (touched[0][0], touched[-1][1]))
        citations.append(Citation(own, passage, *quote))
    return replace(
        extractive,
        text=draft.text,
        short_answer=_value(extractive, draft),
        citations=tuple(citations),
        source="model",
        notice="",
        struck=draft.struck,
        comparison=(),
    )


def _value(extractive: Answer, draft: Draft) -> str:
    """The exact value in what was kept: the extractive one where it stands there too."""
    if extractive.short_answer and extractive.short_answer in draft.text:
        return extractive.short_answer
    texts = [(search_form(sentence), sentence) for sentence in draft.sentences]
    return short_answer(_analysis(extractive), texts)


def _final(extractive: Answer, draft: Draft) -> Answer:
    struck = draft.struck
    if not draft.is_grounded:
        silent = not draft.text and struck <= 1
        return replace(extractive, notice=SILENT if silent else ungrounded(struck), struck=struck)
    answer = _written(extractive, draft)
    if not _is_to_the_point(extractive, answer):
        return replace(extractive, notice=BESIDE, struck=struck)
    return replace(answer, notice=partly_struck(struck))


def _is_to_the_point(extractive: Answer, answer: Answer) -> bool:
    """Whether true sentences answer as well: with a value where one is asked for and was found, and
    with half as many of the question's words as the extract has.
    """
    question = _analysis(extractive)
    if question.kind in VALUED and extractive.short_answer and not answer.short_answer:
        return False
    asked = set(tokenise(question.text))
    shared, wanted = (len(asked & set(tokenise(a.text))) for a in (answer, extractive))
    return shared * 2 >= wanted


#: What a reasoning model thinks aloud is no answer; the end is missing while it is being written.
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
#: May become 「<think>」 with the next piece.
_OPENING = re.compile(r"<(?:t(?:h(?:i(?:n(?:k)?)?)?)?)?\Z")
#: A list's own marks and a text's decoration are not said by any document.
_BULLET = re.compile(r"^(?:[#>\s]+|[-*•·]\s+|\d{1,2}[.、)）](?!\d)\s*|[（(]\d{1,2}[)）]\s*|\*\*)+")
#: Sentences, or characters, struck before the first is kept, after which nothing is hoped for.
_HOPELESS, _HOPELESS_SIZE = 12, 1500
#: How often a model may say what it has said already.
_REPEATS = 4
#: Characters of thinking and writing for each token that was allowed.
_CHARACTERS_A_TOKEN = 8
#: Share of what was written, by characters, that must be kept.
_GROUNDED = 0.5


class Draft:
    """Sentences kept with their citations numbered anew, and a count of those struck."""

    def __init__(self, passages: Sequence[Passage], scope: Scope, max_tokens: int) -> None:
        self._passages = tuple(passages)
        self._scope = scope
        self._longest = max_tokens * _CHARACTERS_A_TOKEN
        self._stream = SentenceStream()
        self._written = ""
        self._read = 0
        self._said: dict[tuple[str, ...], int] = {}
        self._kept: set[tuple[str, ...]] = set()
        self._checked: set[tuple[tuple[str, ...], tuple[int, ...]]] = set()
        self._lines: list[tuple[str, str]] = []
        self._numbers: dict[int, int] = {}
        self._spans: dict[int, Span] = {}
        self._kept_size = 0
        self._struck_size = 0
        self.struck = 0

    @property
    def text(self) -> str:
        """The kept sentences, one a line, each with its ``[n]``."""
        return "\n".join(f"{sentence}{marks}" for sentence, marks in self._lines)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The kept sentences without marks."""
        return tuple(sentence for sentence, _ in self._lines)

    @property
    def supporting_spans(self) -> tuple[tuple[int, SupportingSpan], ...]:
        """(number in the text, where in which passage the sentences that bear it stand), in order."""
        return tuple((own, SupportingSpan(n, self._spans[n])) for n, own in self._numbers.items())

    @property
    def is_grounded(self) -> bool:
        """Whether something is kept and it is at least half of what was written."""
        written = self._kept_size + self._struck_size
        return bool(self._lines) and self._kept_size >= _GROUNDED * written

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be hoped for: it repeats itself, never ends or is all struck."""
        return (
            self._repeats_itself
            or len(self._written) > self._longest
            or (not self._lines and self.struck >= _HOPELESS)
            or (not self._lines and self._struck_size >= _HOPELESS_SIZE)
        )

    def add(self, piece: str) -> bool:
        """Read a piece; whether a sentence was kept with it."""
        self._written += piece
        shown = _THOUGHT.sub("", self._written)
        opening = _OPENING.search(shown)
        end = opening.start() if opening else len(shown)
        new, self._read = shown[self._read : end], max(end, self._read)
        return self._check(self._stream.add(new))

    def close(self) -> bool:
        """Read what is left when no more is written; whether a sentence was kept."""
        shown = _THOUGHT.sub("", self._written)
        new, self._read = shown[self._read :], len(shown)
        return self._check((*self._stream.add(new), *self._stream.close()))

    def _check(self, sentences: Sequence[CitedSentence]) -> bool:
        return any([self._keep(sentence) for sentence in sentences if not self._repeats_itself])

    @property
    def _repeats_itself(self) -> bool:
        return max(self._said.values(), default=0) > _REPEATS

    def _keep(self, sentence: CitedSentence) -> bool:
        text = _BULLET.sub("", sentence.text).replace("**", "").rstrip("。 ")
        form = tuple(word.form for word in words(text))
        if all(word.isdecimal() or word in ORDINAL for word in form):
            return False  # 「（一）」 says nothing
        self._said[form] = self._said.get(form, 0) + 1
        # Said again with other citations, a sentence that was struck gets another chance.
        if form in self._kept or (form, sentence.numbers) in self._checked:
            return False
        self._checked.add((form, sentence.numbers))
        cited = [n - 1 for n in sentence.numbers if 1 <= n <= len(self._passages)]
        found = check_support(text, [self._passages[n] for n in cited], self._scope)
        if not found.is_supported:
            self.struck += 1
            self._struck_size += len(text)
            return False
        marks = ""
        for span in found.spans:
            n = cited[span.n]
            marks += f"[{self._numbers.setdefault(n, len(self._numbers) + 1)}]"
            start, end = self._spans.get(n, span.span)
            self._spans[n] = min(start, span.span[0]), max(end, span.span[1])
        self._kept.add(form)
        self._lines.append((text, marks))
        self._kept_size += len(text)
        return True
