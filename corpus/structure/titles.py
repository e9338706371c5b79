"""Where a text begins and what it is called."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.language.documents import BANNER, GREETING, MASTHEAD, TITLE_END
from corpus.language.function_words import ABOUT
from corpus.language.organisations import ORGAN_END
from corpus.language.simplification import bare, search_form
from corpus.raw import LineKind
from corpus.structure.headings import find_marker, is_item
from corpus.structure.lines import Line

_ENDS_SENTENCE = re.compile(r"[。；;，,：:！？!?、]$")
_ISSUER_END = re.compile(f"{ORGAN_END}$")
_LONGEST_TITLE = 60
#: At the head of a file: 「…转发…关于…的通知」 may be long.
_LONGEST_OPENING = 120
_OPENING_LINES = 15
#: Characters of a text before the next one may begin.
_SHORTEST_TEXT = 300

#: Kinds of line that are never a title and end the search for one.
NOT_TITLE = (LineKind.TABLE_ROW, LineKind.CAPTION, LineKind.NOTE)


def is_masthead(text: str) -> bool:
    """Number, issue, date, secrecy or red head: what stands around a title and is none."""
    return (BANNER.fullmatch(text) or MASTHEAD.fullmatch(text)) is not None


def looks_like_title(text: str) -> bool:
    """A line on its own that names a document: 「××关于印发××方案的通知」, 「…会议上的讲话」."""
    if not 6 <= len(text) <= _LONGEST_TITLE or _ENDS_SENTENCE.search(text):
        return False
    if find_marker(text) or is_item(text) or "。" in text:
        return False
    return TITLE_END.search(text) is not None


def names_document(text: str) -> bool:
    """Whether a line, however long, ends in a 文种 and is no sentence."""
    return "。" not in text and TITLE_END.search(text) is not None


@dataclass(frozen=True)
class Text:
    """One text of a file.

    Attributes:
        title: lines that make up its title, possibly empty.
        lines: all its lines in order, the title's included.
    """

    title: tuple[Line, ...]
    lines: tuple[Line, ...]


def split_texts(
    lines: Sequence[Line], contents_titles: frozenset[str], may_split: bool
) -> tuple[Text, ...]:
    """Cut a file's cleaned lines into its texts.

    Where there are ``contents_titles`` (in bare form), a text begins exactly where one of them
    stands; ``may_split`` is false for formats whose own headings already say what is a title.
    """
    starts = _starts(lines, contents_titles) if may_split else {}
    if 0 not in starts:
        starts[0] = _opening_title(lines[: min(starts, default=len(lines))])
    bounds = [*sorted(starts), len(lines)]
    texts = [
        Text(tuple(lines[i] for i in starts[begin]), tuple(lines[begin:end]))
        for begin, end in itertools.pairwise(bounds)
        if begin < end
    ]
    # A cover line before the first text (「2023年6月」) is no text of its own: it joins that one.
    if len(texts) > 1 and not texts[0].title and sum(len(x.text) for x in texts[0].lines) < 60:
        return (Text(texts[1].title, texts[0].lines + texts[1].lines), *texts[2:])
    return tuple(texts)


def _starts(lines: Sequence[Line], contents_titles: frozenset[str]) -> dict[int, list[int]]:
    """Line index where a text begins → indices of its title lines."""
    starts: dict[int, list[int]] = {}
    body = 0
    for i, line in enumerate(lines):
        form = search_form(line.text)
        if contents_titles:
            for size in (1, 2):
                if bare("".join(x.text for x in lines[i : i + size])) in contents_titles:
                    starts[i] = list(range(i, i + size))
                    break
            continue
        if body > _SHORTEST_TEXT and looks_like_title(form) and _closed_before(lines, i):
            starts[i] = [i]
            body = 0
        elif body > _SHORTEST_TEXT and GREETING.fullmatch(form):
            starts[i] = []  # a speech whose title the page left out
            body = 0
        body += len(form)
    return starts


def _closed_before(lines: Sequence[Line], i: int) -> bool:
    """The line before ends a sentence and this one stands apart, as a new text's title does."""
    before = lines[i - 1].text
    follows = search_form(lines[i + 1].text) if i + 1 < len(lines) else ""
    is_apart = lines[i].after_blank or lines[i].kind is LineKind.TITLE
    if not follows or not is_apart:
        return False
    return (
        GREETING.fullmatch(follows) is not None
        or re.search(r"[。！？!?日)）”]$", before) is not None
    )


def _opening_title(lines: Sequence[Line]) -> list[int]:
    """Indices of the title lines near the top of a file; empty when there is no title."""
    marked = [
        i
        for i, line in enumerate(lines[:_OPENING_LINES])
        # 「霖川市民政局文件」 at the head of a page says who writes, not about what.
        if line.kind is LineKind.TITLE and not MASTHEAD.fullmatch(search_form(line.text))
    ]
    if marked:
        return [marked[0]]
    head = []
    for i, line in enumerate(lines[:_OPENING_LINES]):
        form = search_form(line.text)
        if line.kind in NOT_TITLE or find_marker(form) or is_item(form):
            break
        longest = _LONGEST_OPENING if names_document(form) else _LONGEST_TITLE
        if len(form) > longest or form.endswith("。"):
            break
        head.append((i, form))
    for i, form in head:
        if looks_like_title(form) or len(form) > _LONGEST_TITLE:
            return _with_lines_above(head, i)
    for i, form in head:
        if not is_masthead(form) and not _ENDS_SENTENCE.search(form) and len(form) >= 4:
            return [i]
    return []


def _with_lines_above(head: Sequence[tuple[int, str]], at: int) -> list[int]:
    """A title set over several lines: 「临川市人民政府办公室 / 关于印发… / …方案的通知」."""
    chosen = [at]
    forms = dict(head)
    while chosen[0] - 1 in forms:
        above = forms[chosen[0] - 1]
        first = forms[chosen[0]]
        torn = not first.startswith(ABOUT) and ABOUT in above and not looks_like_title(above)
        issuer = first.startswith(ABOUT) and _ISSUER_END.search(above) is not None
        if not (torn or issuer) or is_masthead(above):
            break
        chosen.insert(0, chosen[0] - 1)
    return chosen
