"""Follow-ups that rules leave alone, completed by a language model and checked word by word."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise

from corpus.language.conversation_words import LEANING_WORDS
from corpus.language.gazetteer import place_spans
from corpus.language.lexicon import word_boundaries
from corpus.language.question_words import has_question_word, is_small
from corpus.language.simplification import search_form
from qa.answer import Conversation, Turn
from qa.conversation.small_talk import question_without_orders
from qa.generation.chat_model import ChatModel, ModelError
from qa.generation.prompts import follow_up_message, prompt
from retriever.query.places import year_spans

#: Whoever writes more has said what it is about; a longer rewrite is an answer.
_LONGEST, _LONGEST_REWRITE = 40, 120
#: A question without a pronoun, of so many characters, may lean on what was said before.
_BARE = 12
_WORD = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+")
_QUOTED = re.compile(r"[“《「][^”》」]{1,60}[”》」]")
_ENDS = ("？", "?", "吗", "呢")


class ModelFollowUp:
    """Asks a language model what a question means after those before it."""

    def __init__(self, model: ChatModel, seconds: float) -> None:
        """``seconds``: how long its whole reply may take."""
        self._model = model
        self._seconds = seconds

    def completed(
        self, question: str, conversation: Conversation, known_places: frozenset[str]
    ) -> str:
        """The question as it stands on its own, or as it is.

        Nothing that is in neither the question nor the turns it may refer to is put into it, and
        nothing that the question says is left out; where the model fails or writes otherwise, the
        question stays.
        """
        turns = conversation.recalled
        plain = question_without_orders(question)
        if not turns or plain != question or not leans_on_others(question, known_places):
            return question
        message = follow_up_message([turn.asked_as for turn in reversed(turns)], question)
        try:
            written = self._written([("system", prompt("follow_up")), ("user", message)])
        except ModelError:
            return question
        return written if is_faithful(written, question, turns) else question

    def _written(self, messages: list[tuple[str, str]]) -> str:
        began = time.monotonic()
        reply = ""
        with closing(self._model.stream(messages)) as pieces:
            for piece in pieces:
                reply += piece
                late = time.monotonic() - began > self._seconds
                if late or len(reply) > 2 * _LONGEST_REWRITE:
                    return ""
        return reply.strip()


def leans_on_others(question: str, known_places: frozenset[str]) -> bool:
    """Whether a question may mean something that only the turns before it name."""
    text = search_form(question)
    if len(text) > _LONGEST or "《" in text:
        return False
    if LEANING_WORDS.search(text):
        return True
    named = place_spans(text, known_places) or year_spans(text)
    return len(text) <= _BARE and not named


def is_faithful(written: str, question: str, turns: tuple[Turn, ...]) -> bool:
    """Whether a rewrite is one question with the words of the question and of the turns alone."""
    new, old = search_form(written), search_form(question)
    said = search_form("\n".join((question, *(_said(turn) for turn in turns))))
    if not new or new == old or "\n" in new or len(new) > _LONGEST_REWRITE:
        return False
    if not (has_question_word(new) or new.endswith(_ENDS)):
        return False
    if any(quoted not in said for quoted in _QUOTED.findall(new)):
        return False
    added = (w for w in _words(new) if not has_question_word(w))
    kept = (w for w in _words(old) if not (is_small(w) or LEANING_WORDS.search(w)))
    return all(w in said for w in added) and all(w in new for w in kept)


def _said(turn: Turn) -> str:
    titles = {citation.passage.title for citation in turn.answer.citations}
    return "\n".join((turn.asked_as, turn.answer.short_answer, *sorted(titles)))


def _words(text: str) -> Iterator[str]:
    """Numbers, Latin words, words of the dictionary, and single characters that bind nothing."""
    yield from _WORD.findall(text)
    for a, b in pairwise(word_boundaries(text)):
        word = text[a:b]
        if b - a > 1 or ("\u4e00" <= word <= "\u9fff" and not is_small(word)):
            yield word
