"""As of when a number is told, where its sentence does not say so itself."""

from __future__ import annotations

import re

from indexer.passage import Passage
from qa.values import find_values
from retriever.hit import Span
from retriever.question import AnswerKind

_YEAR = r"(?:19|20)\d{2}年"
#: 「截至目前」 says no more than the document's date does.
_UNTIL = r"截[至止](?!到?(?:目前|现在|此|当前))[^，。；：！？\n]{2,24}"
_PERIOD = rf"{_YEAR}(?:上半年|下半年|前[一二三四]季度|第?[一二三四]季度|\d{{1,2}}\s*[-—－~～至]\s*\d{{1,2}}月|以来|全年|度)"
#: 「2022年，」 at the beginning of a sentence; elsewhere a year is as often a plan's.
_OPENING = rf"(?:^|(?<=[，。；\n])){_YEAR}(?=，)"
_BASIS = re.compile(f"{_UNTIL}|{_PERIOD}|{_OPENING}")


def basis_of(passage: Passage, shown: Span) -> Span | None:
    """Where the cut-off date or period stands that governs a number; None where none is told.

    It is the last one told before what is shown, in its sentence or where its paragraph begins, with no
    other date between: 「截至2023年6月底，建成12条。引进小店86家。」 → 「截至2023年6月底」 for the second.

    Args:
        passage: where the number stands.
        shown: characters of the passage that are shown.
    """
    text = passage.text
    if _BASIS.search(text[slice(*shown)]) or find_values(AnswerKind.DATE, text[slice(*shown)]):
        return None
    paragraph = text.rfind("\n", 0, shown[0]) + 1
    before = text[paragraph : shown[0]]
    sentence = max(before.rfind(mark) for mark in "。；！？") + 1
    # What opens a paragraph governs all of it; what stands in an earlier sentence only that one.
    told = [m.span() for m in _BASIS.finditer(before) if m.start() >= sentence or not m.start()]
    if not told:
        return None
    start, end = told[-1]
    if any(a >= end for a, _ in find_values(AnswerKind.DATE, before)):
        return None
    return paragraph + start, paragraph + end
