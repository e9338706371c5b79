"""A conversation: what was asked, how it was read, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qa.answer import Answer
from retriever.hit import Filters

#: Turns that are kept; of an endless conversation the oldest are forgotten.
KEPT = 20
#: Turns that a follow-up may refer to: people mean what was just said.
RECALLED = 3


@dataclass(frozen=True)
class Turn:
    """A question with its answer.

    Attributes:
        question: as the person typed it.
        asked_as: the question that stands on its own, which was answered; ``question`` unless it
            was a follow-up.
        answer: its answer or refusal; while it is being written, as far as it is.
    """

    question: str
    asked_as: str
    answer: Answer


@dataclass(frozen=True)
class Conversation:
    """Turns in their order, and what the search is restricted to meanwhile.

    Attributes:
        turns: at most ``KEPT``, oldest first.
        filters: those of the next question.
    """

    turns: tuple[Turn, ...] = ()
    filters: Filters = field(default_factory=Filters)

    def after(self, turn: Turn) -> Conversation:
        """This conversation with one more turn, the oldest one gone where there are too many."""
        return replace(self, turns=(*self.turns, turn)[-KEPT:])

    def within(self, filters: Filters) -> Conversation:
        """This conversation with other filters for the next question."""
        return replace(self, filters=filters)

    @property
    def recalled(self) -> tuple[Turn, ...]:
        """The turns that a follow-up may refer to, the last one first; greetings are none."""
        asked = [turn for turn in self.turns if turn.answer.source != "reply"]
        return tuple(reversed(asked[-RECALLED:]))
