"""Rows of tables: which row a question names, for which column it asks, and what the cell says.

The words of a question are set beside the cells, the heads and the frame of each row. A row is named by
cells whose words the question repeats, the column asked for by its head, its unit or the kind of its
values. Where the question's words and a name differ at one place (「东城区」, 「西城区」) another row is
meant, and of two rows the one is meant whose cells repeat more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import NamedTuple

from corpus.language import question_words
from corpus.language.documents import FORM_LABEL, UNIT_LINE
from corpus.language.function_words import ADDING_UP
from corpus.language.persons import POST
from corpus.language.quantities import FOR_EACH, MULTIPLIED_UNIT, TOTALS
from corpus.structure.table_heads import TIER, is_quantity
from corpus.structure.tables import RowCell, row_cells
from indexer.passage import Passage
from qa.reading.values import find_values, new_values
from retriever.hit import Span
from retriever.query.analysis import VALUED, AnswerKind, Question

_UNIT = re.compile(r"[^\W\d_]|\d+(?:[.,]\d+)*|[^\w“”‘’\"'「」《》\s]")
_SEPARATORS = frozenset("、，；：。/（）()—-~～·")
#: A cell of more words than this, or of several parts, describes and does not name.
_LONGEST_NAME = 14
_BRACKETED = re.compile(r"[（(]([^（）()]{1,10})[）)]\s*$")
#: Heads of columns that count, rate or rank, whatever the unit of the amounts beside them.
_OTHER_MEASURE = re.compile(r"[数率比次幅度号名位龄%％]$")
#: What a column's unit, the kind of its value and a single character of its head count beside the
#: words of the head that the question repeats; what it must reach; and how far ahead it must be.
_FITTING_UNIT, _FITTING_KIND, _COUNTED = 1.5, 0.6, 1.5
_LEAST, _AHEAD = 1.4, 0.4
#: How the head of a column ends that only numbers the rows.
_SERIAL = "号"
#: What a cell that the question repeats whole counts, beside the number of its words.
_WHOLE = 100


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
        has_column: it has a column, or several, that may be asked for.
        value: the text of the cell asked for, with its unit; "" where it cannot be told which.
        span: where that cell stands in the passage.
        missing: what the question names besides the table's own words and no row is called, or "".
    """

    named: int = 0
    told: int = 0
    is_other: bool = False
    is_clear: bool = True
    has_column: bool = False
    value: str = ""
    span: Span | None = None
    missing: str = ""

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
        end = len(question.text.rstrip("？?。 "))
        phrase = self.phrase = question_words.question_phrase(question.text) or (end, end)
        self.idle = frozenset(
            i
            for i, mark in enumerate(self.marks)
            if mark.form in question_words.FUNCTION_CHARACTERS
            or mark.form in _SEPARATORS
            or mark.form in "？?！!"
            or phrase[0] <= mark.start < phrase[1]
        )

    def runs(self, text: str) -> list[_Run]:
        """Longest runs of the question's words in a text, in the question's order."""
        own = marks(text)
        forms = [mark.form for mark in own]
        found: list[_Run] = []
        i = 0
        while i < len(self.marks):
            size, at = self._longest(i, forms)
            content = set(range(i, i + size)) - self.idle
            first = self.marks[i].form
            is_number = size == 1 and first[0].isdigit() and len(first) > 1
            if (size > 1 and content) or is_number:
                sides = ((i - 1, at - 1, -1), (i + size, at + size, 1))
                beside = [
                    n
                    for n, other, step in sides
                    if not is_number and self._differs(n, forms, other, step)
                ]
                found.append(_Run(i, i + size, tuple(beside)))
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

    def _differs(self, i: int, forms: Sequence[str], other: int, step: int) -> bool:
        """Whether both go on with another word: 「东|城区」 of 「西|城区」.

        A single word beside several (「归」 of 「…扫码入企归谁管」) is a verb, and what the text has
        elsewhere (「老人」 of 「老年人」) does not differ.
        """
        if not self._goes_on(i) or not _is_word(forms, other) or self.marks[i].form in forms:
            return False
        return self._goes_on(i + step) or not _is_word(forms, other + step)

    def _goes_on(self, i: int) -> bool:
        return 0 <= i < len(self.marks) and i not in self.idle

    def covered(self, text: str) -> frozenset[int]:
        """Words of content that a text repeats in runs."""
        runs = self.runs(text)
        return frozenset(i for run in runs for i in range(run.start, run.end)) - self.idle

    def noun_rest(self, told: frozenset[int]) -> str:
        """What of the words right before and behind those that ask nothing tells, or "".

        They name the thing asked for: of 「医疗救助金额是多少」, where only 金额 is told, 医疗救助.
        """
        # 「多少钱」, 「多少张」 name it themselves.
        counted = question_words.ASKS_COUNT_OF.search(self.question.text)
        first = 0 if counted else self.phrase[0]
        before = [i for i, mark in enumerate(self.marks) if mark.end <= first]
        behind = [i for i, mark in enumerate(self.marks) if mark.start >= self.phrase[1]]
        sides = (before[::-1], behind)
        noun = [i for side in sides for i in takewhile(lambda i: i not in self.idle, side)]
        rest = "".join(self.marks[i].form for i in sorted(noun) if i not in told | self.totals)
        rest = FOR_EACH.sub("", rest)
        return (
            "" if len(rest) < 2 or question_words.is_small(rest) or POST.fullmatch(rest) else rest
        )

    @cached_property
    def totals(self) -> frozenset[int]:
        """Words that ask for what all rows come to."""
        spans = [m.span() for m in ADDING_UP.finditer(self.question.text)]
        return frozenset(
            i for i, mark in enumerate(self.marks) if any(a <= mark.start < b for a, b in spans)
        )

    def rest(self, told: frozenset[int]) -> list[str]:
        """What it says besides, in pieces of two and more words that are no small ones."""
        pieces: list[str] = []
        at = -2
        for i, mark in enumerate(self.marks):
            if i in told or i in self.idle or i in self.totals:
                continue
            if i == at + 1:
                pieces[-1] += mark.form
            else:
                pieces.append(mark.form)
            at = i
        return [p for p in pieces if len(p) > 1 and not question_words.is_small(p)]


class _Run(NamedTuple):
    """Words of a question that a text repeats in one piece.

    Attributes:
        start, end: indices of the question's words.
        beside: those before or behind it where the text goes on with another word.
    """

    start: int
    end: int
    beside: tuple[int, ...]


def _is_word(forms: Sequence[str], i: int) -> bool:
    return 0 <= i < len(forms) and forms[i] not in _SEPARATORS


@dataclass(frozen=True)
class _Row:
    """A row beside a question.

    Attributes:
        passage: the row.
        keys: words of the question that its cells repeat.
        told: those that its cells, heads and frame repeat.
        differs: a name of it and the question differ at one place.
        column: the cell asked for.
    """

    passage: Passage
    keys: frozenset[int]
    told: frozenset[int]
    differs: bool
    column: _Column


def read_rows(question: Question, passages: Sequence[Passage]) -> dict[str, RowReading]:
    """What each row of a table among passages says to a question, by the passage's id."""
    asked = _Asked(question)
    rows = [_row(asked, passage) for passage in passages if passage.is_row]
    return {row.passage.id: _reading(asked, row, rows) for row in rows}


def _row(asked: _Asked, passage: Passage) -> _Row:
    cells = row_cells(passage.text)
    naming = [c for c in cells if not is_quantity(c.text) and (not c.head or _names(c.text))]
    runs = {cell: asked.runs(cell.text) for cell in naming}
    repeated = frozenset(i for own in runs.values() for run in own for i in range(*run[:2]))
    frame = asked.covered(" ".join((passage.title, *passage.heading_path, passage.lead)))
    keys: set[int] = set()
    own_of: dict[RowCell, int] = {}
    differs = same = False
    for cell, found in runs.items():
        own = frozenset(i for run in found for i in range(*run[:2])) - asked.idle
        is_whole = _is_whole(cell.text, found)
        # What describes a row in several words may say more than the question does.
        is_name = len(marks(cell.text)) <= _LONGEST_NAME and not set(cell.text) & set("、，；。")
        apart = is_name and not is_whole and any(set(run.beside) - repeated for run in found)
        if cell.text in TOTALS and asked.totals:
            own, is_whole, apart = frozenset({-1}), True, False
        if not own:
            continue
        differs = differs or (apart and bool(own - frame))
        same = same or is_whole or (bool(own - frame) and not apart)
        if not apart:
            keys |= own
            own_of[cell] = len(own) + _WHOLE * is_whole
    heads = frozenset().union(*(asked.covered(cell.head) for cell in cells))
    told = frozenset(keys) | heads | frame
    column = _column(asked, cells, own_of, frozenset(keys), passage.lead, told)
    # A word of a name is no name: 「建设局」 of a question about 「建设工程消防验收」.
    weak = not any(n >= _WHOLE for n in own_of.values()) and (
        sum(map(len, asked.rest(told))) > 2 * len(keys) > 0
    )
    return _Row(passage, frozenset(keys), told, (differs and not same) or weak, column)


def _names(text: str) -> bool:
    """Whether a cell has words, which may name its row; a telephone number or an amount does not."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _is_whole(text: str, runs: Sequence[_Run]) -> bool:
    own = sum(mark.form not in _SEPARATORS for mark in marks(text))
    return own > 1 and max((run.end - run.start for run in runs), default=0) >= own


def _reading(asked: _Asked, row: _Row, rows: Sequence[_Row]) -> RowReading:
    table = [other for other in rows if other.passage.document_id == row.passage.document_id]
    behind = any(row.keys < other.keys for other in table)
    # The table is spoken of, none of its rows is, and something is named besides.
    all_told = frozenset().union(*(other.told for other in rows))
    rest = asked.rest(all_told)
    unnamed = not any(other.keys for other in table) and bool(row.told)
    missing = max(rest, key=len) if unnamed and rest else ""
    is_other = behind or row.differs or bool(missing)
    alike = [r for r in table if r is not row and r.keys == row.keys and r.column.cell]
    cell = row.column.cell
    clear = cell is None or all(r.column.cell and r.column.cell.text == cell.text for r in alike)
    return RowReading(
        len(row.keys),
        len(row.told),
        is_other,
        clear,
        row.column.exists,
        _value(row) if cell else "",
        (cell.start, cell.end) if cell else None,
        missing,
    )


class _Column(NamedTuple):
    """The cell asked for, None where it cannot be told which; whether there is any such column."""

    cell: RowCell | None
    exists: bool


def _column(
    asked: _Asked,
    cells: Sequence[RowCell],
    keys: Mapping[RowCell, int],
    named: frozenset[int],
    frame: str,
    told: frozenset[int],
) -> _Column:
    """The cell whose column is asked for: by its head, its unit, or the only one of its kind."""
    question = asked.question
    typed = question.kind in _TYPED
    if question.kind is AnswerKind.NUMBER and asked.noun_rest(told):
        return _Column(None, False)
    # What names the row is not asked for, unless its head is.
    main = max(keys, key=lambda c: keys[c], default=None)
    headed = {c: _head_words(asked, c, named) for c in cells}
    pool = [c for c in cells if c is not main and (keys.get(c, 0) < _WHOLE or headed[c])]
    fitting = [c for c in pool if _fits_kind(question, c)]
    by_head = [c for c in pool if headed[c]]
    pool = (fitting or by_head) if typed else (by_head or fitting)
    scored = sorted(
        ((headed[c] + _fit(asked.question, c, frame), -n) for n, c in enumerate(pool)), reverse=True
    )
    if scored and scored[0][0] >= _LEAST:
        is_sure = len(scored) < 2 or scored[0][0] - scored[1][0] >= _AHEAD
        return _Column(pool[-scored[0][1]] if is_sure else None, True)
    if question.kind is AnswerKind.CONTACT and not _names_contact(question, fitting):
        return _Column(None, bool(fitting))
    countable = [c for c in fitting if not c.head.endswith(_SERIAL)]
    if typed and len(countable) == 1:
        return _Column(countable[0], True)
    if typed and main is not None and (inside := _inside(question, main)):
        return _Column(inside, True)
    return _Column(None, bool(countable) or not typed)


def _names_contact(question: Question, cells: Sequence[RowCell]) -> bool:
    """Whether a head speaks of what is asked for: a telephone number is no number of a fax."""
    asked = question_words.ASKS_CONTACT.search(question.text)
    wanted = asked.group()[-2:] if asked else ""
    return any(wanted in cell.head for cell in cells)


def _inside(question: Question, cell: RowCell) -> RowCell | None:
    """The only value of the kind asked for within a cell that names the row: 「压缩至0.5个工作日」."""
    values = new_values(question, cell.text) if question.kind in VALUED else ()
    if len(values) != 1:
        return None
    (start, end), at = values[0], cell.start
    return RowCell(cell.head, cell.text[start:end], at + start, at + end)


_TYPED = VALUED | {AnswerKind.ORGANISATION}


def _head_words(asked: _Asked, cell: RowCell, named: Set[int]) -> float:
    """How many words of the question a head repeats; none where other words qualify them.

    「医疗救助」 is no 「临时救助」; what stands behind (「低保安排」, 「低保金额」) may differ. Words that are
    all ``named`` by the row's cells ask for no column.
    """
    total = 0.0
    for tier in cell.head.split(TIER):
        runs = asked.runs(_BRACKETED.sub("", tier))
        repeated = {i for run in runs for i in range(run.start, run.end)}
        for run in runs:
            words = range(run.start, run.end)
            if not named >= set(words) and not {i for i in run.beside if i < run.start} - repeated:
                total += sum(2 if asked.marks[i].form[0].isdigit() else 1 for i in words)
    return total


def _fit(question: Question, cell: RowCell, frame: str) -> float:
    """How well a cell's unit and the kind of its value are those asked for."""
    if question.kind is not AnswerKind.NUMBER:
        return _FITTING_KIND * _fits_kind(question, cell)
    unit = unit_of(cell, frame)
    score = 0.0
    counted = question_words.ASKS_COUNT_OF.search(question.text)
    if counted:
        # Of 「人次」 more than of 「人数」 where 「多少人次」 is asked.
        sizes = [n for n in (1, 2, 3) if counted[1][:n] in cell.head + unit]
        score += _COUNTED * bool(sizes) + _AHEAD * len(sizes)
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
        return bool(find_values(kind, text)) and len(text) <= 2 * _LONGEST_NAME
    if kind is AnswerKind.ORGANISATION:
        return bool(find_values(kind, text)) or FORM_LABEL.search(cell.head) is not None
    if kind is AnswerKind.PERSON:
        # Who does a thing may be a body, who holds a post is a person.
        is_body = not POST.search(question.text) and (
            find_values(AnswerKind.ORGANISATION, text) or FORM_LABEL.search(cell.head)
        )
        return bool(find_values(kind, f"{cell.head}：{text}") or is_body)
    if kind is AnswerKind.CONTACT:
        return bool(new_values(question, text))
    return False


def unit_of(cell: RowCell, frame: str) -> str:
    """The unit of a bare number: of its head 「金额（万元）」, else of the table's unit line; or ""."""
    if not is_quantity(cell.text) or cell.text.endswith(("%", "％", "‰")):
        return ""
    for tier in reversed(cell.head.split(TIER)):
        bracket = _BRACKETED.search(tier)
        if bracket and MULTIPLIED_UNIT.fullmatch(bracket[1]):
            return bracket[1]
    if _OTHER_MEASURE.search(_BRACKETED.sub("", cell.head)):
        return ""
    lines = (UNIT_LINE.search(line) for line in frame.split("\n"))
    units = [match["unit"] for match in lines if match]
    return units[-1] if units and MULTIPLIED_UNIT.fullmatch(units[-1]) else ""


def _value(row: _Row) -> str:
    """The cell as the document shows it, with its unit."""
    cell = row.column.cell
    if cell is None:
        return ""
    own = row.passage.display[cell.start : cell.end].replace("\n", " ").strip()
    return own + unit_of(cell, row.passage.lead)
