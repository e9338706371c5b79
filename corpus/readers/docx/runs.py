"""The text of a Word paragraph as a reader sees it, and what hangs on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from corpus.readers.docx.equations import M, equation_text
from corpus.readers.docx.numbering import W
from corpus.readers.docx.styles import Look, Styles
from corpus.readers.encoding import clean_characters
from corpus.readers.raised import note_name, raised_text, subscript

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""Holds the same content once more, for old programs."""
# Not text of the paragraph: boxes (read apart), deletions, pinyin above characters, properties.
_SKIPPED = frozenset(
    (FALLBACK, *(f"{W}{name}" for name in ("txbxContent", "del", "moveFrom", "rt", "pPr", "rPr")))
)
_REFERENCES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_EQUATIONS = (f"{M}oMath", f"{M}oMathPara")
_FIELD_CHARACTER, _INSTRUCTION = f"{W}fldChar", f"{W}instrText"
#: A field that draws a circle around a number, and a fraction; neither saves a result.
_CIRCLED = re.compile(
    r"\s*EQ\s+\\o\s*\\ac\s*\([^,，;]{1,3}[,，;]\s*(\d{1,2})\s*\)\s*", re.IGNORECASE
)
_FRACTION = re.compile(
    r"\s*EQ\s+\\f\s*\(([^(),，;]{1,60})[,，;]([^(),，;]{1,60})\)\s*", re.IGNORECASE
)
#: Boxes and ticks of Wingdings and Wingdings 2, of which forms are made.
_SYMBOLS = {
    "F0FE": "☑", "F0FD": "☒", "F052": "☑", "F054": "☒", "F0A8": "□", "F06F": "□", "F0A3": "□",
    "F0FC": "✓", "F0FB": "✗", "F050": "✓", "F04F": "✗", "F06C": "●", "F06E": "■", "F0D8": "➢",
}  # fmt: skip


#: So much beside a raised mark says what it is.
_BEFORE = 40


class Reference(NamedTuple):
    """A note that the paragraph refers to: ``footnote`` or ``endnote``, and its id."""

    kind: str
    identity: str


@dataclass
class Paragraph:
    """What a paragraph says.

    Attributes:
        text: its words; line breaks are ``\\n``.
        references: the notes it refers to, in order.
        note: the name of the note that it is, where it begins with a raised mark; else "".
    """

    text: str = ""
    references: list[Reference] = field(default_factory=list)
    note: str = ""


@dataclass
class _Found:
    """What is found in a paragraph.

    Attributes:
        pieces: text and how far it is raised; neighbours of one height are one piece.
        references: the notes referred to.
        fields: the instructions of the fields that are open; None behind the instruction.
    """

    pieces: list[tuple[str, int]] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    fields: list[list[str] | None] = field(default_factory=list)

    def take(self, node: Any, look: Look) -> bool:
        """Take what an element says; False for one that may hold others."""
        if node.tag in _EQUATIONS:
            self._add(equation_text(node), 0)
        elif node.tag in _REFERENCES:
            self.references.append(Reference(_REFERENCES[node.tag], node.get(f"{W}id") or ""))
        elif node.tag in (_FIELD_CHARACTER, _INSTRUCTION):
            self._add(_field(node, self.fields), look.raised or 0)
        elif (text := _characters(node)) is not None:
            # What stands in the instruction of a field is no text.
            if all(instruction is None for instruction in self.fields):
                self._add(text, look.raised or 0)
        else:
            return False
        return True

    def _add(self, text: str, raised: int) -> None:
        if text and self.pieces and self.pieces[-1][1] == raised:
            self.pieces[-1] = (self.pieces[-1][0] + text, raised)
        elif text:
            self.pieces.append((text, raised))


class RunReader:
    """Reads paragraphs, and counts what it leaves out by what it is.

    Attributes:
        left_out: ``hidden``, ``struck``, ``placeholder``, ``comment`` → how often.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.left_out: Counter[str] = Counter()

    def read(self, p: Any) -> Paragraph:
        """The words of a ``w:p`` element without text boxes and deletions."""
        found = _Found()
        on_paper = not any(parent.tag in _COLOURED for parent in p.iterancestors())
        # Runs are not nested but for pinyin, so that one look at a time is enough.
        below = self._styles.look_of_paragraph(p)
        stack: list[tuple[Iterator[Any], Look]] = [(iter(p), below)]
        while stack:
            nodes, look = stack[-1]
            node = next(nodes, None)
            if node is None:
                stack.pop()
            elif not isinstance(node.tag, str) or node.tag in _SKIPPED or found.take(node, look):
                continue
            elif node.tag == f"{W}r":
                own = self._styles.look(node.find(f"{W}rPr"), below)
                if not self._is_left_out(node, own, on_paper):
                    stack.append((iter(node), own))
            elif node.tag == f"{W}sdt" and is_placeholder(node):
                self.left_out["placeholder"] += 1
            elif node.tag == f"{W}commentReference":
                self.left_out["comment"] += 1
            else:
                stack.append((iter(node), look))
        text, note = _joined(found.pieces)
        return Paragraph(text, found.references, note)

    def _is_left_out(self, run: Any, look: Look, on_paper: bool) -> bool:
        white = look.white and not look.grounded and on_paper
        why = (
            "hidden" if look.hidden or white
            else "struck" if look.struck
            else "placeholder" if look.placeholder
            else ""
        )  # fmt: skip
        if why and run.find(f"{W}t") is not None:
            self.left_out[why] += 1
            return True
        return False


#: What may have a coloured ground of its own, on which white letters are read.
_COLOURED = frozenset((f"{W}tbl", f"{W}txbxContent"))


def is_placeholder(control: Any) -> bool:
    """Whether a ``w:sdt`` shows the hint of an empty field: 「单击此处输入文字。」."""
    shown = control.find(f"{W}sdtPr/{W}showingPlcHdr")
    return shown is not None and (shown.get(f"{W}val") or "1") not in ("0", "false", "off")


def _characters(node: Any) -> str | None:
    """What an element without content writes; None for one that may hold others."""
    name = node.tag.removeprefix(W)
    if name == "t":
        return node.text or ""
    if name in ("tab", "ptab"):
        return "\t"
    if name == "cr" or (name == "br" and node.get(f"{W}type", "textWrapping") == "textWrapping"):
        return "\n"
    if name == "noBreakHyphen":
        return "-"
    if name == "sym":
        return _SYMBOLS.get((node.get(f"{W}char") or "").upper(), "")
    return None


def _field(node: Any, fields: list[list[str] | None]) -> str:
    """Follow a field; what it draws itself, where its result is saved nowhere.

    ``fields`` are the instructions of the fields that are open; None behind the instruction.
    """
    if node.tag == _INSTRUCTION:
        if fields and fields[-1] is not None:
            fields[-1].append(node.text or "")
        return ""
    kind = node.get(f"{W}fldCharType")
    if kind == "begin" and len(fields) < 100:
        fields.append([])
    elif kind == "separate" and fields:
        fields[-1] = None
    elif kind == "end" and fields and (instruction := fields.pop()) is not None:
        return _drawn("".join(instruction))
    return ""


def _drawn(instruction: str) -> str:
    if (found := _CIRCLED.fullmatch(instruction)) and 1 <= int(found.group(1)) <= 20:
        return chr(ord("①") + int(found.group(1)) - 1)
    if found := _FRACTION.fullmatch(instruction):
        return f"{found.group(1).strip()}/{found.group(2).strip()}"
    return ""


def _joined(pieces: list[tuple[str, int]]) -> tuple[str, str]:
    """The text with exponents written as such and marks of notes left out; the mark in front."""
    text, name = "", ""
    for i, (piece, raised) in enumerate(pieces):
        if raised > 0:
            after = pieces[i + 1][0] if i + 1 < len(pieces) else ""
            kept = raised_text(piece, text[-_BEFORE:], after[:_BEFORE])
            if kept is None and (not text or text.isspace()) and after.strip():
                name = note_name(piece)
            text += kept or ""
        else:
            text += subscript(piece) if raised < 0 else piece
    return clean_characters(text), name
