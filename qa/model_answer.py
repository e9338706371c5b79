"""Answers written by a language model, shown only as far as the passages they cite hold them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

from corpus.sentences import sentence_spans
from corpus.simplify import search_form
from indexer.passage import Passage
from indexer.tokens import tokenise
from qa.answer import Answer, Citation
from qa.chat_model import ChatModel, ModelError
from qa.draft import Draft
from qa.injection import question_without_orders, without_orders
from qa.model_settings import ModelSettings
from qa.prompts import SYSTEM, user_message
from qa.scope import Scope, scope_of
from qa.short_answer import short_answer
from retriever.question import VALUED, understand

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
        """First the extractive answer, then the model's as its sentences are proved; the last is final.

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
        draft = Draft(passages, _scope(extractive), self._settings.max_tokens)
        messages = [("system", SYSTEM), ("user", user_message(question, passages))]
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
    """A passage whose orders to a model are neither told to it nor may be cited; offsets stay."""
    text = without_orders(passage.text)
    if text == passage.text:
        return passage
    pairs = zip(passage.text, text, passage.display, strict=True)
    display = "".join(shown if was == now else now for was, now, shown in pairs)
    return replace(passage, text=text, display=display)


def _scope(extractive: Answer) -> Scope:
    regions = tuple(hit.passage.metadata.region for hit in extractive.hits)
    return scope_of(understand(extractive.question), regions)


def _written(extractive: Answer, draft: Draft) -> Answer:
    """What is kept so far; each citation quotes whole sentences of the original."""
    citations = []
    for own, ground in draft.grounds:
        passage = extractive.hits[ground.n].passage
        start, end = ground.span
        touched = [s for s in sentence_spans(passage.text) if s[0] < end and start < s[1]]
        quote = passage.text[touched[0][0] : touched[-1][1]]
        start = touched[0][0] + len(quote) - len(quote.lstrip())
        citations.append(Citation(own, passage, start, start + len(quote.strip())))
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
    return short_answer(understand(extractive.question), texts)


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
    question = understand(extractive.question)
    if question.kind in VALUED and extractive.short_answer and not answer.short_answer:
        return False
    asked = set(tokenise(question.text))
    shared, wanted = (len(asked & set(tokenise(a.text))) for a in (answer, extractive))
    return shared * 2 >= wanted
