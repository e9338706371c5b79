"""Notes at the foot of a page, in smaller type or below a rule, told from the text above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.language.characters import HAN
from corpus.raw import LineKind
from corpus.readers.furniture import PlacedLine
from corpus.readers.layout import usual_size

#: Type of a note is smaller than that of the page by this part at least.
_SMALLER = 0.93
_MOST_NOTE_LINES = 60
#: A note begins with its mark; the first kinds are no numbers of anything else.
_OWN_MARK = (
    r"[（(]\s*注\s*\d{1,3}\s*[）)]|[①-⑳㉑-㉟❶-❿]|[\[［〔【]\s*注?\s*\d{1,3}\s*[\]］〕】]"
    r"|注\s*\d{1,3}(?=\s*[：:.．、\s])|[*＊※†‡]{1,3}"
)
_MARK = re.compile(
    rf"(?P<own>{_OWN_MARK})|(?P<number>\d{{1,3}})(?![\d%％.．]|年|月|日)\s*[.．、：:]?"
)
_BRACKETS = re.compile(r"[\[\]［］〔〕【】（）()注\s]")
_WORDS = re.compile(r"[\s：:.．、]*(?P<words>\S.*)", re.DOTALL)
#: A note's mark standing in the line, not raised: behind a word, and no number of a list.
_IN_LINE = re.compile(rf"(?<=[{HAN}\d％%”》）)])(?P<mark>{_OWN_MARK})")


def mark_notes(pages: Sequence[Sequence[PlacedLine]]) -> list[list[PlacedLine]]:
    """The pages with the notes at their foot as lines of kind note, 「注1：…」.

    Marks of notes that stand level in the text are taken out of it. Lines without a known place
    stay as they are.
    """
    named = {m for page in pages for p in page if p.piece for m in p.piece.marks}
    in_line = {_name(m["mark"]) for page in pages for p in page for m in _marks_in(p)}
    usual = usual_size([placed.piece for placed in page if placed.piece] for page in pages)
    return [_with_notes(page, usual, named, in_line) for page in pages]


def _with_notes(
    page: Sequence[PlacedLine], usual: float, named: set[str], in_line: set[str]
) -> list[PlacedLine]:
    """A page with its notes as such; ``named`` are raised marks, ``in_line`` level ones."""
    start = _first_note(page, usual, named | in_line)
    if start is None:
        return list(page)
    notes: list[PlacedLine] = []
    for placed in page[start:]:
        found = _begins_note(placed)
        if found:
            name, words, _ = found
            line = replace(placed.line, text=f"注{name}：{words}", kind=LineKind.NOTE)
            notes.append(replace(placed, line=line))
        else:
            last = notes[-1]
            text = last.line.text + placed.line.text.strip()
            notes[-1] = replace(last, line=replace(last.line, text=text))
    names = {_name_of(note) for note in notes}
    return [_without_marks(placed, names) for placed in page[:start]] + notes


def _first_note(page: Sequence[PlacedLine], usual: float, marked: set[str]) -> int | None:
    """Where the notes at the foot of a page begin: the topmost of the small lines at its end."""
    start: int | None = None
    for at in range(len(page) - 1, max(-1, len(page) - 1 - _MOST_NOTE_LINES), -1):
        placed = page[at]
        if placed.piece is None or placed.line.kind is not LineKind.TEXT:
            break
        size = placed.piece.type_size
        found = _begins_note(placed)
        if size > _SMALLER * usual and not (
            found and _is_below_gap(page, at) and found[0] in marked
        ):
            break
        if found and (found[0] in marked or found[2]):
            start = at
    return start if start is not None and _are_notes(page, start, usual, marked) else None


def _are_notes(page: Sequence[PlacedLine], start: int, usual: float, marked: set[str]) -> bool:
    """Whether lines that begin like notes are some: the text marks them, or they stand below it."""
    if any(found[0] in marked for placed in page[start:] if (found := _begins_note(placed))):
        return True
    above = page[start - 1].piece if start else None
    return above is not None and above.type_size > _SMALLER * usual and _is_far_below(page, start)


def _is_below_gap(page: Sequence[PlacedLine], at: int) -> bool:
    """Whether a line stands far below the one above it, or below another note."""
    above, piece = page[at - 1].piece if at else None, page[at].piece
    if above is None or piece is None:
        return at == 0
    return _is_far_below(page, at) or _begins_note(page[at - 1]) is not None


def _is_far_below(page: Sequence[PlacedLine], at: int) -> bool:
    above, piece = page[at - 1].piece, page[at].piece
    return bool(above and piece and piece.top - above.bottom > 1.5 * piece.height)


def _begins_note(placed: PlacedLine) -> tuple[str, str, bool] | None:
    """The name of the note that a line begins, its words, and whether the mark is of notes only."""
    text = placed.line.text.strip()
    if placed.piece and placed.piece.label:
        return _name(placed.piece.label), _words(text), True
    found = _MARK.match(text)
    words = _words(text[found.end() :]) if found else ""
    if found is None or not words:
        return None
    return _name(found.group().rstrip(" .．、：:")), words, found["own"] is not None


def _words(text: str) -> str:
    found = _WORDS.match(text)
    return found["words"].strip() if found else ""


def _name(mark: str) -> str:
    return _BRACKETS.sub("", mark)


def _name_of(note: PlacedLine) -> str:
    return note.line.text[1 : note.line.text.index("：")]


def _marks_in(placed: PlacedLine) -> list[re.Match[str]]:
    return list(_IN_LINE.finditer(placed.line.text)) if placed.piece else []


def _without_marks(placed: PlacedLine, names: set[str]) -> PlacedLine:
    """A line without the level marks of the page's notes."""
    text = placed.line.text
    for found in reversed(_marks_in(placed)):
        if _name(found["mark"]) in names:
            text = text[: found.start()] + text[found.end() :]
    return replace(placed, line=replace(placed.line, text=text))
