"""Raised and lowered type of marked-up text: exponents stay, the marks of notes go apart from it.

While a text is read, the mark of a note stands in it between two signs that no decoded text holds;
``place_notes`` takes them out at the end and puts each note behind the line that refers to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.language.boilerplate import NOTES_HEADING
from corpus.raw import LineKind, RawLine
from corpus.readers.raised import is_exponent, superscript

# Noncharacters of Unicode, which no text holds.
_OPEN, _CLOSE, _TARGET = "\ufdd0", "\ufdd1", "\ufdd2"
_MARK = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_NAME = r"\d{1,3}|[a-zA-Z]|[ivx]{2,4}|[\u2460-\u249b\u24d0-\u24e9\u2776-\u277f]|[*＊†‡§※#]{1,3}"
_OPENING, _CLOSING = r"[\[［(（〔【〖]", r"[\]］)）〕】〗]"
_BRACKETED = re.compile(rf"{_OPENING}\s*注?\s*({_NAME})\s*{_CLOSING}|注\s*({_NAME})?")
_PLAIN = re.compile(rf"({_NAME})")
_SEVERAL = re.compile(r"(?<=[\]］)）〕】〗])\s*(?=[\[［(（〔【〖])|[,，、;；]\s*")
_DIGITS = re.compile(r"\d{1,3}")
#: How a note at a page's end begins.
_NOTE_START = re.compile(
    rf"(?:{_OPENING}\s*注?\s*({_NAME})\s*{_CLOSING}|注\s*({_NAME})|([\u2460-\u249b]))\s*[:：.．、]?\s*(?=\S)"
)
_NUMBERED = re.compile(rf"({_NAME})\s*[:：.．、\s]\s*(?=\S)")


def raised(text: str, before: str, linked: str | None = None) -> str:
    """What stands in the line for raised ``text``: an exponent, marks of notes, or the text itself.

    Args:
        text: the raised characters.
        before: what stands before them in the line, at least a dozen characters where there are so
            many.
        linked: the place in the file that it is a link to, None where it is no link.
    """
    plain = text.strip()
    names = [_bracketed_name(part) for part in _SEVERAL.split(plain)]
    if plain and all(names):
        return "".join(note_mark(name or "", linked) for name in names)
    if linked is None and is_exponent(plain, before, ""):
        return superscript(re.sub(r"\s", "", plain))
    parts = _SEVERAL.split(plain)
    if all(_PLAIN.fullmatch(part) for part in parts) and (
        linked is not None or _annotates(plain, before)
    ):
        return "".join(note_mark(part, linked) for part in parts)
    return text


def note_mark(name: str, target: str | None = None) -> str:
    """The mark of a note as it stands in a text until ``place_notes``."""
    return f"{_OPEN}{name}{_TARGET}{target or ''}{_CLOSE}"


def without_marks(text: str) -> str:
    """The text without marks of notes."""
    return _MARK.sub("", text)


def _bracketed_name(text: str) -> str | None:
    match = _BRACKETED.fullmatch(text.strip())
    return match[1] or match[2] if match else None


def _annotates(text: str, before: str) -> bool:
    """Whether plain raised characters are the mark of a note: 「352¹万人」, 「总产值*」, 「人口a」."""
    if _DIGITS.fullmatch(text) or not text[:1].isalpha() or not text.isascii():
        return True
    # 「1st」, 「25℃」 written 25°C: a letter behind a Latin word or number belongs to it.
    return len(text) == 1 and before != "" and not before[-1].isascii()


def place_notes(lines: Sequence[RawLine], bodies: Mapping[str, str]) -> list[RawLine]:
    """The lines without marks, each followed by the notes it refers to for the first time.

    ``bodies`` are notes by the place they stand at or by their name; more are found among the lines
    behind the first mark. A note without a mark in the text comes last.
    """
    marks = [[_parts(found) for found in _MARK.findall(line.text)] for line in lines]
    names = {name for found in marks for name, _ in found}
    notes = dict(bodies)
    taken = _notes_among(lines, marks, names, notes)
    placed: list[RawLine] = []
    given: set[str] = set()
    for i, line in enumerate(lines):
        if i in taken:
            continue
        plain = without_marks(line.text) if marks[i] else line.text
        placed.append(replace(line, text=plain.strip() if marks[i] else plain))
        for name, target in marks[i]:
            key = target if target in notes else name
            if key in notes and key not in given:
                given.add(key)
                placed.append(note_line(name, notes[key]))
    rest = [key for key in notes if key not in given]
    return [*placed, *(note_line(key if _PLAIN.fullmatch(key) else "", notes[key]) for key in rest)]


def note_line(name: str, text: str) -> RawLine:
    """A note by its name (「1」, 「①」) and its words: 「注1：…」."""
    return RawLine(f"注{name}：{text.lstrip('：:、.． ')}", kind=LineKind.NOTE)


def _parts(mark: str) -> tuple[str, str]:
    name, _, target = mark.partition(_TARGET)
    return name, target


def _notes_among(
    lines: Sequence[RawLine],
    marks: Sequence[Sequence[tuple[str, str]]],
    names: set[str],
    notes: dict[str, str],
) -> set[int]:
    """Which lines are notes, by a mark of the text that they begin with; added to ``notes``."""
    first = next((i for i, found in enumerate(marks) if found), len(lines))
    taken: set[int] = set()
    headings: set[int] = set()
    for i in range(first + 1, len(lines)):
        text = lines[i].text
        if NOTES_HEADING.fullmatch(text):
            headings.add(i)
        own = _MARK.match(text)
        start = own or _NOTE_START.match(text) or (_NUMBERED.match(text) if headings else None)
        if start is None or lines[i].kind is LineKind.TABLE_ROW:
            continue
        name = marks[i][0][0] if own else next(filter(None, start.groups()), "")
        body = without_marks(text[start.end() :]).strip()
        if name in names and name not in notes and body:
            notes[name] = body
            taken.add(i)
    return taken | headings if taken else taken
