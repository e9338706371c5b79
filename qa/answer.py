"""What asking returns: an answer with its citations, or a refusal; and the turns of a conversation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from indexer.passage import Passage
from retriever.hit import Filters, Hit, Span
from retriever.query.analysis import Question

#: Shown when the documents do not answer the question; tests import it.
CANNOT_ANSWER = "资料中没有"


@dataclass(frozen=True)
class Citation:
    """Where one part of an answer stands.

    Attributes:
        n: number from 1, as in the ``[n]`` of the answer text.
        passage: the passage it is from.
        start: where the quote begins in ``passage.display``.
        end: where it ends, exclusive.
    """

    n: int
    passage: Passage
    start: int
    end: int

    @property
    def place(self) -> tuple[str, Span]:
        """The passage's id and the quote's span: the same for two citations of the same words."""
        return self.passage.id, (self.start, self.end)

    @property
    def quote(self) -> str:
        """The cited words, verbatim, in the original's characters."""
        return self.passage.display[self.start : self.end]


@dataclass(frozen=True)
class Compared:
    """One place or year of several that a question sets side by side.

    Attributes:
        name: the place, the year with 「年」, or "" for what is about none of those asked about.
        value: the exact value asked for, as the document writes it, or "".
        said: its sentences, each with its ``[n]``; "" where the documents say nothing of it.
    """

    name: str
    value: str
    said: str


@dataclass(frozen=True)
class Nearest:
    """A fact near to what the documents do not answer.

    Attributes:
        citation: where it stands.
        difference: how it differs from what was asked, one line without a full stop.
    """

    citation: Citation
    difference: str


@dataclass(frozen=True)
class Answer:
    """An answer with its citations, or a refusal.

    Attributes:
        question: as asked.
        text: the answer with ``[n]`` after each cited part; begins with ``资料中没有`` on refusal.
        short_answer: the exact value asked for (a date, number, name), or an empty string.
        answered: False on refusal.
        citations: in the order of their numbers; empty on refusal.
        hits: the passages searched, best first; on refusal, the nearest ones.
        ms: milliseconds it took.
        source: ``extractive`` or ``model``; ``reply`` for one line to a greeting or to a question
            about the system itself, which is neither an answer nor a refusal.
        notice: one line the person should see (e.g. that the language model failed), or empty.
        confidence: in [0, 1], how likely the answer is right; 0 on refusal.
        struck: how many sentences a language model wrote that were not shown, as what they cite
            does not hold them.
        comparison: a row for each place or year compared, saying what ``text`` says; mostly empty.
        nearest: on a refusal, the nearest facts with how each differs from what was asked.
        analysis: the question as it was read; None where nothing was searched for.
    """

    question: str
    text: str
    short_answer: str = ""
    answered: bool = False
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    ms: float = 0.0
    source: str = "extractive"
    notice: str = ""
    confidence: float = 0.0
    struck: int = 0
    comparison: tuple[Compared, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    analysis: Question | None = None

    @property
    def exact_value(self) -> str:
        """The short answer where it is shown above the text: not in a table, and not the same again."""
        is_same = self.comparison or self.short_answer == self.text.strip()
        return "" if is_same else self.short_answer


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
