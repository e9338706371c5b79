"""The head that somebody saved with a text: it tells about the document, and is no part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.structure.lines import Line
from corpus.structure.titles import Text

#: A line longer than it stands in the file by more is joined with one of the text.
_MOST_ADDED = 8


def without_head(
    texts: Sequence[Text], numbers: frozenset[int], file_lines: Sequence[str]
) -> tuple[Text, ...]:
    """The texts without the lines of the head, except those that became the title.

    Args:
        texts: the texts of a file; the head stands in the first.
        numbers: numbers of the head's lines in the file, from 1.
        file_lines: the file's lines.
    """
    if not texts or not numbers:
        return tuple(texts)
    first = texts[0]

    def is_kept(line: Line) -> bool:
        if line.number not in numbers or any(line is of_title for of_title in first.title):
            return True
        return len(line.text) > len(file_lines[line.number - 1].strip()) + _MOST_ADDED

    kept = tuple(line for line in first.lines if is_kept(line))
    return (replace(first, lines=kept), *texts[1:]) if kept else tuple(texts)
