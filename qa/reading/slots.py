"""The words that stand where a question has its question word: the answer slot and span candidates."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.language import function_words, question_words
from corpus.language.lexicon import word_boundaries
from retriever.hit import Span


class SlotKind(StrEnum):
    """What fills an answer slot."""

    NOUN = "noun"  # 什么制度, 哪家企业: a phrase
    SEVERAL = "several"  # 哪两个平台, 哪些物资: phrases side by side
    CLAUSE = "clause"  # 如何处理, 什么要求: what is done
    VERDICT = "verdict"  # 是不是, 能否: the words that decide


@dataclass(frozen=True)
class AnswerSlot:
    """A question around its answer slot.

    Attributes:
        kind: what would fill it.
        left: the question's words in front.
        right: the words behind; they begin with the noun asked for, if one is named (「制度」).
        count: how many things are asked for, 0 when that is not said.
        final: the question ends with it, behind 「是」, 「叫」 or the like: 「主办方是谁」.
    """

    kind: SlotKind
    left: str
    right: str
    count: int = 0
    final: bool = False

    @property
    def asked(self) -> str:
        """The words that may name what is asked for: those behind the answer slot, at its end those before."""
        return self.right or (self.left[-4:] if self.final else "")


def answer_slot(question: str) -> AnswerSlot | None:
    """The answer slot of a question, or None when it has no question word.

    Of several question words the first counts: the value of a later one mostly stands beside its.
    """
    if verdict := question_words.VERDICTS.search(question):
        return AnswerSlot(SlotKind.VERDICT, question[: verdict.start()], question[verdict.end() :])
    patterns = (
        (SlotKind.SEVERAL, question_words.SEVERAL),
        (SlotKind.CLAUSE, question_words.HOW),
        (SlotKind.NOUN, question_words.WHAT),
    )
    found = [(m, kind) for kind, pattern in patterns if (m := pattern.search(question))]
    if not found:
        asks = question_words.ASKING_ENDS.search(question)
        return AnswerSlot(SlotKind.VERDICT, question.rstrip("？?。 吗么不"), "") if asks else None
    match, kind = min(found, key=lambda f: (f[0].start(), -f[0].end()))
    n = (match["n"] or "") if kind is SlotKind.SEVERAL else ""
    left = question[: match.start()].rstrip(question_words.QUESTION_EDGE)
    right = question[match.end() :].strip(question_words.QUESTION_EDGE)
    count = int(n) if n.isdigit() else question_words.HOW_MANY_PARTS.get(n, 0)
    final = not right and question_words.COPULA_END.search(left) is not None
    return AnswerSlot(kind, left, right, count, final)


Features = dict[str, float]
CLAUSE_MARKS = frozenset("，。；：！？,;:!?\n")
#: Marks that come in twos.
PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("「", "」"), ("【", "】"))
#: Learned on the dev questions by making the expected F1 of a softmax over the span candidates large.
WEIGHTS = {
    "ahead": 0.2, "asked": -2.89, "before_deng": 1.96, "before_pause": -1.0, "begins_s": -0.66,
    "behind": -3.12, "behind_pause": -0.64, "body": 5.8, "count": 3.17, "digits": 0.7,
    "ends_c": 2.03, "ends_n": 0.58, "ends_s": 1.11, "ends_v": 3.68, "final": 4.82, "head": 1.05,
    "heading": 5.2, "heading_end": -4.86, "heading_size": 2.96, "joint": 1.13, "lead": 0.8,
    "left": 1.27, "left_behind": -0.55, "marks_c": -0.25, "marks_n": -0.7, "marks_s": -0.33,
    "not_first": -1.46, "nothing_new": -0.86, "opens_quote": 2.42, "parts": 1.04, "pause_n": 0.1,
    "pause_s": 0.78, "quote_c": 4.58, "quote_n": 5.01, "quote_s": 2.52, "rank": -0.5,
    "right": 0.49, "size2_n": -0.71, "size_c": 0.98, "size_n": 0.39, "size_s": 0.47,
    "size_v": 1.62, "tail": 0.37, "text_size": -1.41, "time": 11.51, "title": 4.54,
    "unshown": -0.59,
}  # fmt: skip
_PAIR = re.compile(r"\w\w")
#: Distances are in characters; at this one nearness has halved.
_HALF = 8
_USUAL_SIZE = 10


@dataclass(frozen=True)
class SideBySide:
    """A text beside a question.

    Attributes:
        text: the text.
        asked: how many of its first n characters stand in a pair that the question has too.
        left: for each place how near in front of it the words left of the answer slot stand.
        left_behind: how near behind it.
        right: how near behind it the words right of the answer slot stand.
    """

    text: str
    asked: tuple[int, ...]
    left: tuple[float, ...]
    left_behind: tuple[float, ...]
    right: tuple[float, ...]

    @classmethod
    def of(cls, slot: AnswerSlot, text: str) -> SideBySide:
        """Set a text beside a question."""
        pairs = {p for side in (slot.left, slot.right) for _, p in _pairs(side)}
        flags = [False] * len(text)
        for i in range(len(text) - 1):
            if text[i : i + 2] in pairs:
                flags[i] = flags[i + 1] = True
        sums = [0]
        for flag in flags:
            sums.append(sums[-1] + flag)
        left, left_behind = _nearness(slot.left, text, at_end=True)
        _, right = _nearness(slot.right, text, at_end=False)
        return cls(text, tuple(sums), left, left_behind, right)

    def is_asked(self, i: int) -> bool:
        """Whether the character stands in a pair that the question has too."""
        return self.asked[i + 1] > self.asked[i]


def names_body(slot: AnswerSlot, words: str | None) -> bool:
    """Whether the answer slot asks for a body and, unless they are None, the words look like one's name."""
    asks, looks = question_words.SLOT_CLASSES["body"]
    return asks.search(slot.asked) is not None and (
        words is None or looks.search(words) is not None
    )


def heading_features(features: Features, heading: str, span: Span) -> Features:
    """Features of a body's name in a heading above the sentence, out of those of any span."""
    kept = {name: features[name] for name in ("head", "asked", "nothing_new")}
    return kept | {
        "heading": 1.0,
        "heading_size": (span[1] - span[0]) / _USUAL_SIZE,
        "heading_end": float(span[1] == len(heading)),
    }


def span_features(slot: AnswerSlot, side: SideBySide, span: Span) -> Features:
    """Features of a span of a sentence; ``_n``, ``_s``, ``_c`` and ``_v`` are those of a kind of slot."""
    a, b = span
    text, words = side.text, side.text[a:b]
    kind = slot.kind.value[0]
    head = _head(slot, words)
    asked = side.asked[b] - side.asked[a]
    size = math.log(len(words) / _USUAL_SIZE)
    joint = _shared(
        function_words.LOOSE_END.sub("", slot.left)[::-1],
        function_words.LOOSE_END.sub("", text[:a])[::-1],
    )
    ahead = _shared(
        function_words.LOOSE_START.sub("", slot.right[head:]),
        function_words.LOOSE_START.sub("", text[b:]),
    )
    features: Features = {
        "left": side.left[a],
        "left_behind": side.left_behind[b],
        "right": side.right[b],
        "joint": min(joint, 4),
        "ahead": min(ahead, 4),
        "head": min(head, 3),
        "asked": max(0, asked - head) / len(words),
        "nothing_new": len(words) - asked < 2,
        f"size_{kind}": size,
        f"marks_{kind}": sum(character in CLAUSE_MARKS for character in words),
        f"begins_{kind}": a == 0 or text[a - 1] in CLAUSE_MARKS,
        f"ends_{kind}": b == len(text) or text[b] in CLAUSE_MARKS,
        f"quote_{kind}": words[0] in "“《" and words[-1] in "”》",
        f"pause_{kind}": "、" in words,
        "opens_quote": words[0] in "“《",
        "behind_pause": text[a - 1 : a] == "、",
        "before_pause": text[b : b + 1] == "、",
        "before_deng": text[b : b + 1] == "等",
        "final": slot.final and joint > 1,
        "digits": re.search(r"\d", words) is not None,
        "text_size": len(text) / 100,
    }
    if slot.kind is SlotKind.NOUN:
        features["size2_n"] = size * size
    for name, (asks, looks) in question_words.SLOT_CLASSES.items():
        if asks.search(slot.asked):
            features[name] = looks.search(words) is not None
    if slot.kind is SlotKind.SEVERAL:
        parts = sum(bool(part) for part in function_words.PARTS.split(words))
        features["count"] = slot.count > 0 and parts == slot.count
        features["parts"] = not slot.count and parts > 1
    return features


def _pairs(words: str) -> list[tuple[int, str]]:
    """Neighbouring letters with their places."""
    pairs = ((i, words[i : i + 2]) for i in range(len(words) - 1))
    return [(i, pair) for i, pair in pairs if _PAIR.match(pair)]


def _nearness(
    words: str, text: str, *, at_end: bool
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """For each place of a text how near in front of it, and how near behind, the words stand.

    A pair of letters d characters from the answer slot and e from the place counts
    1 / ((1 + d / 8) (1 + e / 8)); of several occurrences the nearest counts.
    """
    size = len(text) + 1
    before, behind = [0.0] * size, [0.0] * size
    for at, pair in _pairs(words):
        weight = 1 / (1 + (len(words) - at - 2 if at_end else at) / _HALF)
        places = [m.start() for m in re.finditer(re.escape(pair), text)]
        if not places:
            continue
        for first, after in zip(places, [*places[1:], size], strict=True):
            for i in range(first + 2, min(after + 2, size)):
                before[i] += weight / (1 + (i - first - 2) / _HALF)
        for first, last in zip([-1, *places[:-1]], places, strict=True):
            for i in range(first + 1, last + 1):
                behind[i] += weight / (1 + (last - i) / _HALF)
    return tuple(before), tuple(behind)


def _head(slot: AnswerSlot, words: str) -> int:
    """How many characters of those behind the question word the words end with: 制度."""
    bare = words.rstrip("”》")
    sizes = range(min(8, len(slot.right)), 0, -1)
    return next((n for n in sizes if bare.endswith(slot.right[:n])), 0)


def _shared(one: str, two: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = zip(one, two, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(two)))


#: Of a longer sentence only so much is looked at: the time is bounded.
_LONGEST_TEXT = 400
_LONGEST = {SlotKind.NOUN: 40, SlotKind.SEVERAL: 90, SlotKind.CLAUSE: 90, SlotKind.VERDICT: 50}
#: Of the probability that the softmax of the scores spreads over the span candidates, so much must lie at
#: the place of the best one: the words around it say too little otherwise.
_SURE = 0.5


@dataclass(frozen=True)
class Source:
    """A sentence in which the answer slot may be filled.

    Attributes:
        text: its words in simplified characters.
        headings: headings and title above it, where the name of a body may stand.
        behind: how much its score is below the best sentence's.
        shown: it is shown in the answer anyway.
    """

    text: str
    headings: tuple[str, ...] = ()
    behind: float = 0.0
    shown: bool = True


@dataclass(frozen=True)
class SpanCandidate:
    """What may fill an answer slot.

    Attributes:
        source: index of the sentence.
        heading: index of its heading in which the words stand, or -1 for the sentence itself.
        span: where they stand in it.
        features: what speaks for and against them.
        sure: the share of probability at their place, in [0, 1]; 0 before it is known.
    """

    source: int
    heading: int
    span: Span
    features: Features
    sure: float = 0.0

    def overlaps(self, other: SpanCandidate) -> bool:
        """Whether both stand, at least in part, at the same place."""
        here, there = (self.source, self.heading), (other.source, other.heading)
        return here == there and self.span[0] < other.span[1] and other.span[0] < self.span[1]

    @property
    def score(self) -> float:
        """The features weighed; comparable within a question."""
        return sum(WEIGHTS.get(name, 0.0) * value for name, value in self.features.items())


def best_span(slot: AnswerSlot, sources: Sequence[Source]) -> SpanCandidate | None:
    """The best span candidate, or None when there is none or its place is too uncertain."""
    found = [(candidate, candidate.score) for candidate in span_candidates(slot, sources)]
    if not found:
        return None
    best, score = max(found, key=lambda f: f[1])
    weights = [(f.overlaps(best), math.exp(s - score)) for f, s in found]
    sure = sum(w for at_place, w in weights if at_place) / sum(w for _, w in weights)
    return replace(best, sure=sure) if sure >= _SURE else None


def span_candidates(slot: AnswerSlot, sources: Sequence[Source]) -> Iterator[SpanCandidate]:
    """Everything that may fill the answer slot, in the order of the sentences."""
    for n, source in enumerate(sources):
        place: Features = {
            "rank": float(n),
            "not_first": float(n > 0),
            "unshown": float(not source.shown),
            "behind": source.behind,
        }
        # A question in the text is no answer.
        if not source.text.rstrip(" ”").endswith(("？", "?")):
            for span, features in _spans_of(slot, source.text[:_LONGEST_TEXT]):
                yield SpanCandidate(n, -1, span, features | place)
        if names_body(slot, None):
            for h, heading in enumerate(source.headings):
                for span, features in _spans_of(slot, heading[:_LONGEST_TEXT]):
                    if names_body(slot, heading[span[0] : span[1]]):
                        named = heading_features(features, heading, span)
                        yield SpanCandidate(n, h, span, named | place)


def _spans_of(slot: AnswerSlot, text: str) -> Iterator[tuple[Span, Features]]:
    side = SideBySide.of(slot, text)
    starts, ends = _edges(text, side)
    for a in starts:
        for b in ends:
            if a + 1 < b <= a + _LONGEST[slot.kind] and _is_whole(text[a:b]):
                lead = text[:a].endswith(function_words.PHRASE_LEADS)
                tail = text[b:].startswith(function_words.PHRASE_TAILS)
                yield (a, b), span_features(slot, side, (a, b)) | {"lead": lead, "tail": tail}


def _edges(text: str, side: SideBySide) -> tuple[list[int], list[int]]:
    """Where a phrase may begin and where it may end: at boundaries between words that show it."""
    starts, ends = [], []
    for i in word_boundaries(text):
        turns = 0 < i < len(text) and side.is_asked(i - 1) != side.is_asked(i)
        before, behind = text[i - 1 : i], text[i : i + 1]
        if behind and behind not in function_words.BAD_PHRASE_STARTS:
            opens = not before or before in CLAUSE_MARKS or before in "、（” " or behind in "“《"
            if opens or turns or text[:i].endswith(function_words.PHRASE_LEADS):
                starts.append(i)
        if before and before not in function_words.BAD_PHRASE_ENDS:
            closes = not behind or behind in CLAUSE_MARKS or behind in "、）“ " or before in "”》"
            tail = text[i:].startswith(function_words.PHRASE_TAILS)
            if closes or turns or tail or text[:i].endswith(function_words.NAME_ENDS):
                ends.append(i)
    return starts, ends


def _is_whole(words: str) -> bool:
    """Whether every quotation mark and bracket has its partner."""
    return all(
        words.count(a) == words.count(b) and words.find(a) <= words.find(b) for a, b in PAIRS
    )
