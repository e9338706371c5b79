"""Which words of a passage match a query."""

from __future__ import annotations

from corpus.simplify import search_form
from indexer.tokens import runs, tokenise
from retriever.hit import Span

#: Two-character tokens that say nothing about the subject.
_EMPTY = frozenset(
    [
        "什么",
        "多少",
        "哪些",
        "哪个",
        "哪几",
        "几个",
        "是谁",
        "谁是",
        "怎么",
        "怎样",
        "如何",
        "为何",
        "为什",
        "是否",
        "有没",
        "没有",
        "有哪",
        "有多",
        "是多",
        "是什",
        "么时",
        "时候",
        "的是",
        "了多",
        "一共",
        "共有",
        "请问",
        "以及",
        "分别",
        "进行",
    ]
)


def highlights(query: str, text: str) -> tuple[Span, ...]:
    """Spans of ``text`` that hold tokens of the query, merged where they touch.

    Single tokens of two characters are kept only when at least two stand together or the token is
    a number or Latin word, so that chance pairs do not light up. Numbers and Latin words match
    whole ones only: a 2 is not found in 2024.
    """
    form = _lower(search_form(text))
    wanted = {t for t in tokenise(query) if t not in _EMPTY}
    spans: list[Span] = []
    for start, end in runs(form):
        run = form[start:end]
        if run.isascii():
            if run in wanted:
                spans.append((start, end))
            continue
        spans.extend(
            (start + i, start + i + size)
            for size in (1, 2)
            for i in range(len(run) - size + 1)
            if run[i : i + size] in wanted
        )
    return tuple(s for s in _merge(spans) if s[1] - s[0] > 2 or form[s[0]].isascii())


def _lower(text: str) -> str:
    """Lower case, as long as ``text``: 「İ」 would become two characters."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def _merge(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
