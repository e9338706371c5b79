"""The words of a sentence that stand where the question word of a question is: its gap filled.

「实施的是什么警告制度」 and 「…，实施流动黄旗警告制度，…」 run alongside each other but for the gap. Spans
between boundaries of a sentence are weighed by signs (``qa.slot_signs``) whose weights were learned
(docs/measurements.md); the best one fills the gap.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.lexicon import common_words
from qa.gap import Gap, GapKind
from qa.slot_signs import (
    CLAUSE_MARKS,
    PAIRS,
    WEIGHTS,
    Side,
    Signs,
    heading_signs,
    names_body,
    span_signs,
)
from retriever.hit import Span

#: Of a longer sentence only so much is looked at: the time is bounded.
_LONGEST_TEXT = 400
_LONGEST = {GapKind.NOUN: 40, GapKind.SEVERAL: 90, GapKind.CLAUSE: 90, GapKind.VERDICT: 50}
#: Words in front of a phrase, or behind one.
_LEAD = tuple(
    "由 对 对于 将 把 通过 按照 根据 依据 为 是 以 用 与 和 向 给 给予 在 到 至 从 于 并 开展 实施 实行 建立 健全"
    " 完善 落实 执行 推行 推进 推动 采取 采用 利用 运用 打造 建设 发布 印发 制定 出台 开通 启动 成立 设立 组建"
    " 达到 包括 即 如 等 的 了 要 存在 坚持 变 叫 叫做 称为 名为 分为 获得 被 进行".split()
)
_TAIL = tuple(
    "等 的 为 是 对 将 把 在 由 与 和 向 以 来 作用 制度 工作 行为 现象 管理 建设 方式 形式 原则 要求 标准 情况"
    " 牵头 主办 承办 负责 组织 起草 发布 开展 实施 实行 进行 提高 加强 开通 纳入 推出".split()
)
#: Of the probability that the softmax of the scores spreads over the fillings, so much must lie at
#: the place of the best one: the words around it say too little otherwise.
_SURE = 0.5
_NAME_END = tuple(
    "公司 集团 银行 局 厅 委 区 县 市 省 法院 政府 党组 党委 中心 平台 制度 机制 办法".split()
)
_BAD_START = frozenset("的了和与及等们是在、，。；：也都并而且或”》）)")
_BAD_END = frozenset("的和与及、，。；：在对把将由以并或“《（(")


@dataclass(frozen=True)
class Source:
    """A sentence in which the gap may be filled.

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
class Filling:
    """What may fill a gap.

    Attributes:
        source: index of the sentence.
        heading: index of its heading in which the words stand, or -1 for the sentence itself.
        span: where they stand in it.
        signs: what speaks for and against them.
        sure: the share of probability at their place, in [0, 1]; 0 before it is known.
    """

    source: int
    heading: int
    span: Span
    signs: Signs
    sure: float = 0.0

    def overlaps(self, other: Filling) -> bool:
        """Whether both stand, at least in part, at the same place."""
        here, there = (self.source, self.heading), (other.source, other.heading)
        return here == there and self.span[0] < other.span[1] and other.span[0] < self.span[1]

    @property
    def score(self) -> float:
        """The signs weighed; comparable within a question."""
        return sum(WEIGHTS.get(name, 0.0) * value for name, value in self.signs.items())


def fill(gap: Gap, sources: Sequence[Source]) -> Filling | None:
    """The best filling, or None when there is none or its place is too uncertain."""
    found = [(filling, filling.score) for filling in fillings(gap, sources)]
    if not found:
        return None
    best, score = max(found, key=lambda f: f[1])
    weights = [(f.overlaps(best), math.exp(s - score)) for f, s in found]
    sure = sum(w for at_place, w in weights if at_place) / sum(w for _, w in weights)
    return replace(best, sure=sure) if sure >= _SURE else None


def fillings(gap: Gap, sources: Sequence[Source]) -> Iterator[Filling]:
    """Everything that may fill the gap, in the order of the sentences."""
    for n, source in enumerate(sources):
        place: Signs = {
            "rank": float(n),
            "not_first": float(n > 0),
            "unshown": float(not source.shown),
            "behind": source.behind,
        }
        # A question in the text is no answer.
        if not source.text.rstrip(" ”").endswith(("？", "?")):
            for span, signs in _spans_of(gap, source.text[:_LONGEST_TEXT]):
                yield Filling(n, -1, span, signs | place)
        if names_body(gap, None):
            for h, heading in enumerate(source.headings):
                for span, signs in _spans_of(gap, heading[:_LONGEST_TEXT]):
                    if names_body(gap, heading[span[0] : span[1]]):
                        yield Filling(n, h, span, heading_signs(signs, heading, span) | place)


def _spans_of(gap: Gap, text: str) -> Iterator[tuple[Span, Signs]]:
    side = Side.of(gap, text)
    starts, ends = _edges(text, side)
    for a in starts:
        for b in ends:
            if a + 1 < b <= a + _LONGEST[gap.kind] and _is_whole(text[a:b]):
                lead, tail = text[:a].endswith(_LEAD), text[b:].startswith(_TAIL)
                yield (a, b), span_signs(gap, side, (a, b)) | {"lead": lead, "tail": tail}


def _edges(text: str, side: Side) -> tuple[list[int], list[int]]:
    """Where a phrase may begin and where it may end: at boundaries between words that show it."""
    starts, ends = [], []
    for i in word_boundaries(text):
        turns = 0 < i < len(text) and side.is_asked(i - 1) != side.is_asked(i)
        before, behind = text[i - 1 : i], text[i : i + 1]
        if behind and behind not in _BAD_START:
            opens = not before or before in CLAUSE_MARKS or before in "、（” " or behind in "“《"
            if opens or turns or text[:i].endswith(_LEAD):
                starts.append(i)
        if before and before not in _BAD_END:
            closes = not behind or behind in CLAUSE_MARKS or behind in "、）“ " or before in "”》"
            if closes or turns or text[i:].startswith(_TAIL) or text[:i].endswith(_NAME_END):
                ends.append(i)
    return starts, ends


def word_boundaries(text: str) -> list[int]:
    """Boundaries between words, of the split into the fewest words of the dictionary."""
    words = common_words()
    cost, back = [0.0, *(float("inf") for _ in text)], [0] * (len(text) + 1)
    for i in range(len(text)):
        for n in range(1, min(5, len(text) - i) + 1):
            if n > 1 and text[i : i + n] not in words:
                continue
            # Between equally many words, fewer of one character.
            through = cost[i] + (1.1 if n == 1 else 1.0)
            if through < cost[i + n]:
                cost[i + n], back[i + n] = through, i
    cuts, i = [len(text)], len(text)
    while i:
        i = back[i]
        cuts.append(i)
    return cuts[::-1]


def _is_whole(words: str) -> bool:
    """Whether every quotation mark and bracket has its partner."""
    return all(
        words.count(a) == words.count(b) and words.find(a) <= words.find(b) for a, b in PAIRS
    )
