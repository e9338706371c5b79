"""Rows of tables: which row a question names, for which column it asks, and what the cell says.

The words of a question are set beside the cells, the heads and the frame of each row. A row is named by
cells whose words the question repeats, the column asked for by its head, its unit or the kind of its
values. Where the question's words and a name differ at one place (「东城区」, 「西城区」) another row is
meant, and of two rows the one is meant whose cells repeat more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from corpus.language import question_words
from corpus.language.documents import FORM_LABEL, UNIT_LINE
from corpus.language.function_words import ADDING_UP
from corpus.language.quantities import MULTIPLIED_UNIT, TOTALS
from corpus.structure.table_heads import is_quantity
from corpus.structure.tables import RowCell, row_cells
from indexer.passage import Passage
from qa.reading.values import find_values, new_values
from retriever.hit import Span
from retriever.query.analysis import VALUED, AnswerKind, Question

_UNIT = re.compile(r"[^\W\d_]|\d+(?:[.,]\d+)*|[^\w“”‘’\"'「」《》\s]")
_SEPARATORS = frozenset("、，；：。/（）()—-~～ ")
#: A cell of more words than this, or of several parts, describes and does not name.
_LONGEST_NAME = 14
_BRACKETED = re.compile(r"[（(]([^（）()]{1,10})[）)]\s*$")
#: Heads of columns that count, rate or rank, whatever the unit of the amounts beside them.
_OTHER_MEASURE = re.compile(r"[数率比次幅度号名位龄%％]$")
#: What a column's unit, the kind of its value and a single character of its head count beside the
#: words of the head that the question repeats; what it must reach; and how far ahead it must be.
_FITTING_UNIT, _FITTING_KIND, _COUNTED = 1.5, 0.6, 1.5
_LEAST, _AHEAD = 1.4, 0.4


class Mark(NamedTuple):
    """A word of a text for comparing: a character, a number, a sign.

    Attributes:
        form: what is compared.
        start, end: where it stands.
    """

    form: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def marks(text: str) -> tuple[Mark, ...]:
    """The words of a text; quotation marks and spaces are none."""
    return tuple(Mark(m.group(), *m.span()) for m in _UNIT.finditer(text))


@dataclass(frozen=True)
class RowReading:
    """What a row says to a question.

    Attributes:
        named: how much of the question its cells repeat; 0 where they name nothing of it.
        told: how much of it its cells, heads and frame repeat together.
        is_other: the question names another row.
        is_clear: no other row found is named as well and says something else.
        value: the text of the cell asked for, with its unit; "" where no column is.
        span: where that cell stands in the passage.
    """

    named: int = 0
    told: int = 0
    is_other: bool = False
    is_clear: bool = True
    value: str = ""
    span: Span | None = None

    @property
    def answers(self) -> bool:
        """Whether it is the row that the question names."""
        return self.named > 0 and not self.is_other

    @property
    def short_answer(self) -> str:
        """The value, where it is sure that it is this row's and column's."""
        return self.value if self.answers and self.is_clear else ""


class _Asked:
    """A question beside which rows are set."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.marks = marks(question.text)
        phrase = question_words.question_phrase(question.text) or (0, 0)
        self.idle = frozenset(
            i
            for i, mark in enumerate(self.marks)
            if mark.form in question_words.FUNCTION_CHARACTERS
            or mark.form in _SEPARATORS
            or mark.form in "？?！!"
            or phrase[0] <= mark.start < phrase[1]
        )

    def runs(self, text: str) -> list[tuple[int, int, bool, bool]]:
        """Longest runs of the question's words in a text: (begin, end, differs before, behind).

        It differs where both go on with another word of content.
        """
        own = marks(text)
        forms = [mark.form for mark in own]
        found: list[tuple[int, int, bool, bool]] = []
        i = 0
        while i < len(self.marks):
            size, at = self._longest(i, forms)
            content = set(range(i, i + size)) - self.idle
            is_number = (
                size == 1 and self.marks[i].form[0].isdigit() and len(self.marks[i].form) > 1
            )
            if (size > 1 and content) or is_number:
                before = self._goes_on(i - 1) and _is_word(forms, at - 1)
                behind = self._goes_on(i + size) and _is_word(forms, at + size)
                found.append((i, i + size, before, behind))
                i += size
            else:
                i += 1
        return found

    def _longest(self, i: int, forms: Sequence[str]) -> tuple[int, int]:
        best = (0, 0)
        for at in range(len(forms)):
            size = 0
            while (
                i + size < len(self.marks)
                and at + size < len(forms)
                and self.marks[i + size].form == forms[at + size]
                and forms[at + size] not in _SEPARATORS
            ):
                size += 1
            best = max(best, (size, -at))
        return best[0], -best[1]

    def _goes_on(self, i: int) -> bool:
        return 0 <= i < len(self.marks) and i not in self.idle

    def covered(self, text: str) -> frozenset[int]:
        """Words of content that a text repeats in runs."""
        runs = self.runs(text)
        return frozenset(i for a, b, *_ in runs for i in range(a, b)) - self.idle

    @cached_property
    def asks_total(self) -> bool:
        """Whether it asks for what all rows come to."""
        return ADDING_UP.search(self.question.text) is not None

    def rest(self, told: frozenset[int]) -> list[str]:
        """What it says besides, in pieces of two and more words that are no small ones."""
        pieces: list[str] = []
        at = -2
        for i, mark in enumerate(self.marks):
            if i in told or i in self.idle:
                continue
            if i == at + 1:
                pieces[-1] += mark.form
            else:
                pieces.append(mark.form)
            at = i
        return [p for p in pieces if len(p) > 1 and not question_words.is_small(p)]


def _is_word(forms: Sequence[str], i: int) -> bool:
    return 0 <= i < len(forms) and forms[i] not in _SEPARATORS


@dataclass(frozen=True)
class _Row:
    """A row beside a question.

    Attributes:
        passage: the row.
        cells: its cells.
        keys: words of the question that its cells repeat, the cell asked for left out.
        told: those that its cells, heads and frame repeat.
        differs: a name of it and the question differ at one place.
        asked: the cell asked for.
    """

    passage: Passage
    cells: tuple[RowCell, ...]
    keys: frozenset[int]
    told: frozenset[int]
    differs: bool
    asked: RowCell | None


def read_rows(question: Question, passages: Sequence[Passage]) -> dict[str, RowReading]:
    """What each row of a table among passages says to a question, by the passage's id."""
    asked = _Asked(question)
    rows = [_row(asked, passage) for passage in passages if passage.is_row]
    return {row.passage.id: _reading(asked, row, rows) for row in rows}


def _row(asked: _Asked, passage: Passage) -> _Row:
    cells = row_cells(passage.text)
    frame = asked.covered(" ".join((passage.title, *passage.heading_path, passage.lead)))
    keys: set[int] = set()
    differs = same = False
    main: tuple[int, RowCell | None] = (0, None)
    for cell in cells:
        if is_quantity(cell.text) or (cell.head and not _names(cell.text)):
            continue
        runs = asked.runs(cell.text)
        own = frozenset(i for a, b, *_ in runs for i in range(a, b)) - asked.idle
        is_whole = _is_whole(cell.text, runs)
        is_name = len(marks(cell.text)) <= _LONGEST_NAME and not set(cell.text) & set("、，；。")
        apart = is_name and not is_whole and any(c or d for _, _, c, d in runs)
        if cell.text in TOTALS and asked.asks_total:
            own, is_whole = frozenset({-1}), True
        differs = differs or (apart and bool(own - frame))
        same = same or is_whole or (bool(own - frame) and not apart)
        keys |= own if not apart else own & frozenset()
        if len(own) > main[0]:
            main = len(own), cell
    heads = frozenset().union(*(asked.covered(cell.head) for cell in cells))
    told = frozenset(keys) | heads | frame
    target = _column(asked, [c for c in cells if c is not main[1]], passage, told)
    return _Row(passage, cells, frozenset(keys), told, differs and not same, target)


def _names(text: str) -> bool:
    """Whether a cell has words, which may name its row; a telephone number or an amount does not."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _is_whole(text: str, runs: Sequence[tuple[int, int, bool, bool]]) -> bool:
    own = sum(mark.form not in _SEPARATORS for mark in marks(text))
    return own > 1 and max((b - a for a, b, *_ in runs), default=0) >= own


def _reading(asked: _Asked, row: _Row, rows: Sequence[_Row]) -> RowReading:
    table = [other for other in rows if other.passage.document_id == row.passage.document_id]
    behind = any(row.keys < other.keys for other in table)
    # The table is spoken of, none of its rows is, and something is named besides.
    all_told = frozenset().union(*(other.told for other in rows))
    unnamed = not any(other.keys for other in table) and bool(row.told)
    is_other = behind or row.differs or (unnamed and bool(asked.rest(all_told)))
    value = _value(row) if row.asked else ""
    alike = [r for r in table if r is not row and r.keys == row.keys and r.asked]
    clear = all(r.asked and r.asked.text == row.asked.text for r in alike) if row.asked else True
    span = (row.asked.start, row.asked.end) if row.asked else None
    return RowReading(len(row.keys), len(row.told), is_other, clear, value, span)


def _column(
    asked: _Asked, cells: Sequence[RowCell], passage: Passage, told: frozenset[int]
) -> RowCell | None:
    """The cell whose column is asked for, or None where none is or it cannot be told which."""
    question = asked.question
    fitting = [cell for cell in cells if _fits_kind(question, cell)]
    named = [cell for cell in cells if _head_words(asked, cell)]
    pool = fitting or named if question.kind in VALUED else named or fitting
    scores = sorted(
        ((_column_score(asked, cell, passage), -n) for n, cell in enumerate(pool)), reverse=True
    )
    if not scores or (len(scores) > 1 and scores[0][0] - scores[1][0] < _AHEAD):
        return None
    best = pool[-scores[0][1]]
    if scores[0][0] >= _LEAST:
        return best
    # The only one of its kind is meant where nothing else is spoken of.
    only = len(fitting) == 1 and best is fitting[0] and question.kind in _TYPED
    return best if only and not asked.rest(told) else None


_TYPED = VALUED | {AnswerKind.ORGANISATION}


def _head_words(asked: _Asked, cell: RowCell) -> float:
    """How many words of the question a head repeats; what differs from it at one place is none."""
    total = 0.0
    for tier in cell.head.split():
        name = _BRACKETED.sub("", tier)
        for a, b, before, behind in asked.runs(name):
            if not before and not behind:
                total += sum(2 if asked.marks[i].form[0].isdigit() else 1 for i in range(a, b))
    return total


def _column_score(asked: _Asked, cell: RowCell, passage: Passage) -> float:
    question = asked.question
    unit = unit_of(cell, passage.lead)
    score = _head_words(asked, cell)
    counted = question_words.ASKS_COUNT_OF.search(question.text)
    if counted and (counted[1][0] in cell.head or unit.startswith(counted[1][0])):
        score += _COUNTED
    shown = cell.text + unit
    if any(
        a.search(question.text) and e.search(shown.split("/")[0])
        for a, e in question_words.MEASURES[:2]
    ):
        score += _FITTING_UNIT
    if _fits_kind(question, cell):
        score += _FITTING_KIND
    return score


def _fits_kind(question: Question, cell: RowCell) -> bool:
    kind, text = question.kind, cell.text
    if kind is AnswerKind.NUMBER:
        return any(character.isdigit() for character in text) and not find_values(
            AnswerKind.DATE, text
        )
    if kind in (AnswerKind.DATE, AnswerKind.DURATION):
        dated = find_values(AnswerKind.DATE, text) or find_values(AnswerKind.DURATION, text)
        return bool(dated) and len(text) <= 2 * _LONGEST_NAME
    if kind is AnswerKind.ORGANISATION:
        return bool(find_values(kind, text)) or FORM_LABEL.search(cell.head) is not None
    if kind is AnswerKind.PERSON:
        return bool(find_values(kind, f"{cell.head}：{text}"))
    if kind is AnswerKind.CONTACT:
        return bool(new_values(question, text))
    return False


def unit_of(cell: RowCell, frame: str) -> str:
    """The unit of a bare number: of its head 「金额（万元）」, else of the table's unit line; or ""."""
    if not is_quantity(cell.text) or cell.text.endswith(("%", "％", "‰")):
        return ""
    for tier in reversed(cell.head.split()):
        bracket = _BRACKETED.search(tier)
        if bracket and MULTIPLIED_UNIT.fullmatch(bracket[1]):
            return bracket[1]
    if _OTHER_MEASURE.search(_BRACKETED.sub("", cell.head)):
        return ""
    lines = (UNIT_LINE.search(line) for line in frame.split("\n"))
    units = [match["unit"] for match in lines if match]
    return units[-1] if units and MULTIPLIED_UNIT.fullmatch(units[-1]) else ""


def _value(row: _Row) -> str:
    if row.asked is None:
        return ""
    own = row.passage.display[row.asked.start : row.asked.end].replace("\n", " ").strip()
    return own + unit_of(row.asked, row.passage.lead)
