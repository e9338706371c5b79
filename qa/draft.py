"""What a language model has written so far, each sentence proved before it is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.passage import Passage
from qa.citation_marks import CitedSentence, SentenceStream
from qa.paraphrase import Ground
from qa.proof import proof
from qa.scope import Scope
from qa.wording import words
from retriever.hit import Span

#: What a reasoning model thinks aloud is no answer; the end is missing while it is being written.
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
#: May become 「<think>」 with the next piece.
_OPENING = re.compile(r"<(?:t(?:h(?:i(?:n(?:k)?)?)?)?)?\Z")
#: A list's own marks and a text's decoration are not said by any document.
_BULLET = re.compile(r"^(?:[#>\s]+|[-*•·]\s+|\d{1,2}[.、)）](?!\d)\s*|[（(]\d{1,2}[)）]\s*|\*\*)+")
_NUMERALS = "一二三四五六七八九十"
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
        self._judged: set[tuple[tuple[str, ...], tuple[int, ...]]] = set()
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
    def grounds(self) -> tuple[tuple[int, Ground], ...]:
        """(number in the text, where in which passage the sentences that bear it stand), in order."""
        return tuple((own, Ground(n, self._spans[n])) for n, own in self._numbers.items())

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
        return self._judge(self._stream.add(new))

    def close(self) -> bool:
        """Read what is left when no more is written; whether a sentence was kept."""
        shown = _THOUGHT.sub("", self._written)
        new, self._read = shown[self._read :], len(shown)
        return self._judge((*self._stream.add(new), *self._stream.close()))

    def _judge(self, sentences: Sequence[CitedSentence]) -> bool:
        return any([self._keep(sentence) for sentence in sentences if not self._repeats_itself])

    @property
    def _repeats_itself(self) -> bool:
        return max(self._said.values(), default=0) > _REPEATS

    def _keep(self, sentence: CitedSentence) -> bool:
        text = _BULLET.sub("", sentence.text).replace("**", "").rstrip("。 ")
        form = tuple(word.form for word in words(text))
        if all(word.isdecimal() or word in _NUMERALS for word in form):
            return False  # 「（一）」 says nothing
        self._said[form] = self._said.get(form, 0) + 1
        # Said again with other citations, a sentence that was struck gets another chance.
        if form in self._kept or (form, sentence.numbers) in self._judged:
            return False
        self._judged.add((form, sentence.numbers))
        cited = [n - 1 for n in sentence.numbers if 1 <= n <= len(self._passages)]
        found = proof(text, [self._passages[n] for n in cited], self._scope)
        if not found.holds:
            self.struck += 1
            self._struck_size += len(text)
            return False
        marks = ""
        for ground in found.grounds:
            n = cited[ground.n]
            marks += f"[{self._numbers.setdefault(n, len(self._numbers) + 1)}]"
            start, end = self._spans.get(n, ground.span)
            self._spans[n] = min(start, ground.span[0]), max(end, ground.span[1])
        self._kept.add(form)
        self._lines.append((text, marks))
        self._kept_size += len(text)
        return True
