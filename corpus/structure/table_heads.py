"""Which rows and columns of a table name the others: by what the format says, by shape and kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from corpus.language.function_words import ATTRIBUTES
from corpus.language.quantities import TOTALS

#: Between the names of a column from the outermost: no space, which would be taken for a stray one.
TIER = "·"
#: Characters of a name of a column, of a label of a form.
LONGEST_NAME = 40
_LONGEST_LABEL = 12
_MOST_HEAD_ROWS = 4
_QUANTITY = re.compile(r"[-+−]?[\d,，.．]+\s*[%％‰]?")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_BRACKETED = re.compile(r"[（(][^（）()]{1,10}[）)]")
#: The numbers of the columns: 「甲 | 1 | 2 | 3」, 「栏次 | 1 | 2」.
_NUMBERED = re.compile(r"[1-9]\d?")
#: Rows below a head that are looked at.
_LOOKED_AT = 40
#: A form of two columns has at least so many rows.
_FEWEST_LABELS = 3
#: So much longer than its name the values of a column are where kinds do not tell.
_LONGER = 1.4


@dataclass(frozen=True)
class TableCell:
    """A cell where it begins; rows and columns count from 0.

    Attributes:
        row: its first row.
        column: its first column.
        text: its words on one line.
        rows: how many rows it spans.
        columns: how many columns it spans.
        is_head: whether the format says that it names a row or column (``<th>``, 标题行重复).
        page: the page it stands on, from 1, or None.
        is_value: whether the format says that it is a number or a date, and so no name.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    is_head: bool = False
    page: int | None = None
    is_value: bool = False


@dataclass(frozen=True)
class Row:
    """A row with the cells that cover it, None where there is none; spans are expanded.

    Attributes:
        cells: a cell or None a column; a cell over several columns stands in each.
        number: its number in the table as the reader gave it.
    """

    cells: tuple[TableCell | None, ...]
    number: int

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The text in each column."""
        return tuple(cell.text if cell else "" for cell in self.cells)

    @cached_property
    def distinct(self) -> tuple[TableCell, ...]:
        """Its different cells with text, from the left."""
        different: dict[int, TableCell] = {}
        for cell in self.cells:
            if cell and cell.text:
                different.setdefault(id(cell), cell)
        return tuple(different.values())

    @property
    def is_across(self) -> bool:
        """Whether one cell covers it, or the same words stand in every column."""
        return len(set(self.texts)) == 1

    @property
    def is_head(self) -> bool:
        """Whether the format calls all of it a head."""
        return all(cell.is_head for cell in self.distinct)

    @property
    def page(self) -> int | None:
        """The page of its first cell that begins in it, else of its first."""
        own = (cell for cell in self.cells if cell and cell.row == self.number)
        first = next(own, self.distinct[0])
        return first.page

    def fields(self, names: Sequence[str], texts: Sequence[str]) -> list[tuple[str, str]]:
        """(name, value) for each of its texts; a cell over several columns bears all their names."""
        made: list[tuple[list[str], str, TableCell | None]] = []
        for cell, name, text in zip(self.cells, names, texts, strict=True):
            if made and cell is not None and made[-1][2] is cell and made[-1][1] == text:
                made[-1][0].append(name)
            else:
                made.append(([name], text, cell))
        return [(_together(own), text) for own, text, _ in made]

    def labelled(self, labels: int) -> list[tuple[str, str]]:
        """(label, value) of a form's row whose labels stand in every second cell.

        ``labels``: cells in front of the first label, plus one.
        """
        texts = [cell.text for cell in self.distinct]
        before = [("", text) for text in texts[: labels - 1]]
        pairs = texts[labels - 1 :]
        # A label without a value is kept: it is a word of the table too.
        made = [
            (label.rstrip("：: "), value) if value else ("", label)
            for label, value in zip(pairs[::2], [*pairs[1::2], ""], strict=False)
        ]
        return before + made


@dataclass(frozen=True)
class Grid:
    """A table with its spans expanded, empty rows and columns left out.

    Attributes:
        rows: its rows.
        width: its columns.
    """

    rows: tuple[Row, ...]
    width: int


def expanded(cells: Sequence[TableCell], largest: int) -> Grid | None:
    """The grid of a table; None where it has no words or more than ``largest`` places.

    A span reaches no further than the last row and column in which a cell with words begins.
    """
    filled = _one_a_place(cells)
    numbers = sorted({cell.row for cell in filled})
    lefts = sorted({cell.column for cell in filled})
    if not filled or len(numbers) * len(lefts) > largest:
        return None
    rows = {number: i for i, number in enumerate(numbers)}
    columns = {number: i for i, number in enumerate(lefts)}
    grid: list[list[TableCell | None]] = [[None] * len(columns) for _ in rows]
    for cell in filled:
        grid[rows[cell.row]][columns[cell.column]] = cell
    for cell in filled:
        left = columns[cell.column]
        right = max(bisect_left(lefts, cell.column + cell.columns), left + 1)
        for row in range(rows[cell.row], bisect_left(numbers, cell.row + cell.rows)):
            own = grid[row]
            if own[left] is not None and own[left] is not cell:
                break  # another cell stands there
            for column in range(left, right):
                if own[column] is not None and own[column] is not cell:
                    break
                own[column] = cell
    made = (Row(tuple(own), number) for own, number in zip(grid, numbers, strict=True))
    return Grid(tuple(made), len(columns))


def _one_a_place(cells: Sequence[TableCell]) -> list[TableCell]:
    """Cells with words from the first row on; what claims the place of another is joined to it."""
    places: dict[tuple[int, int], list[TableCell]] = {}
    for cell in sorted(cells, key=lambda one: (one.row, one.column)):
        if cell.text:
            places.setdefault((cell.row, cell.column), []).append(cell)
    return [
        own[0] if len(own) == 1 else replace(own[0], text=" ".join(cell.text for cell in own))
        for own in places.values()
    ]


def is_quantity(text: str) -> bool:
    """Whether it is a bare number and no year, which may name a column."""
    return _QUANTITY.fullmatch(text) is not None and not _YEAR.fullmatch(text)


def head_rows(grid: Grid, start: int) -> int:
    """How many rows from ``start`` on name the columns: those the format says, else found by kind."""
    rows = grid.rows[start:]
    said = next((i for i, row in enumerate(rows) if not row.is_head), len(rows))
    if 0 < said < len(rows):
        return _grown(rows, min(said, _MOST_HEAD_ROWS))
    if len(rows) < 2 or (not _names_columns(rows[0]) and not _is_upper(rows[0])):
        return 0
    count = _grown(rows, 1)
    if not _names_columns(rows[count - 1]) or looks_headless(rows, count):
        return 0
    return count


def _grown(rows: Sequence[Row], count: int) -> int:
    """Head rows with those that go on below: a cell reaches down, or columns share one name."""
    while count < min(len(rows) - 1, _MOST_HEAD_ROWS) and _goes_on(rows, count):
        count += 1
    return count


def _goes_on(rows: Sequence[Row], count: int) -> bool:
    last, below = rows[count - 1], rows[count]
    texts = [text for text in below.texts if text]
    if texts and all(_BRACKETED.fullmatch(text) for text in texts):
        return True  # a row of units
    if not _names_columns(below) and not below.is_head:
        return False
    reaches = any(a is b for a, b in zip(last.cells, below.cells, strict=True) if a)
    wide = [cell for cell in last.distinct if last.cells.count(cell) > 1]
    # Of columns under one name the row below has names of their own.
    split = any(
        len({b.text for a, b in zip(last.cells, below.cells, strict=True) if a is cell and b}) > 1
        for cell in wide
    )
    return (
        (reaches and bool(wide or count > 1 or below.is_head)) or split or _fills_gaps(last, below)
    )


def _fills_gaps(last: Row, below: Row) -> bool:
    """「县区 | 2023年 | | 2024年 | 」 over 「 | 户数 | 金额 | 户数 | 金额」, as a csv has it."""
    upper, lower = last.texts, below.texts
    gaps = [i for i, text in enumerate(upper) if i and not text]
    named = {lower[i] for i in gaps}
    return (
        bool(gaps)
        and "" not in named
        and any(a and not b for a, b in zip(upper, lower, strict=True))
    )


def _is_upper(row: Row) -> bool:
    """Whether its only cell names several columns but the first."""
    return len(row.distinct) == 1 and not row.texts[0] and not is_quantity(row.distinct[0].text)


def _names_columns(row: Row) -> bool:
    texts = [cell.text for cell in row.distinct]
    return (
        len(set(texts)) > 1
        and all(len(text) <= LONGEST_NAME for text in texts)
        and not any(map(is_quantity, texts))
        and not any(cell.is_value for cell in row.distinct)
    )


def _is_figure(text: str) -> bool:
    """Whether figures are most of it: a number with a unit, a date, a telephone number."""
    digits = sum(character.isdigit() for character in text)
    return 0 < len(text) <= 2.5 * digits and not _YEAR.fullmatch(text)


def looks_headless(rows: Sequence[Row], count: int) -> bool:
    """Whether the first rows are like all others, in kind and in length: a list of names."""
    above = column_names(rows[:count], len(rows[0].cells))
    below = rows[count : count + _LOOKED_AT]
    figures = names = 0
    for column, name in enumerate(above):
        values = [text for row in below if (text := row.texts[column])]
        if not values or _is_figure(name):
            continue
        if sum(map(_is_figure, values)) * 2 >= len(values):
            figures += 1
        elif sum(map(len, values)) >= _LONGER * max(len(name), 1) * len(values):
            names += 1
        elif len(set(values)) * 2 <= len(values) and name not in values:
            names += 1  # the same few values again and again
    return figures + names == 0


def column_names(rows: Sequence[Row], width: int) -> list[str]:
    """The names of each column from the outermost, each named once; empty without head rows."""
    if not rows:
        return [""] * width
    tiers = [list(row.texts) for row in rows]
    for upper, lower in pairwise(rows):
        if _fills_gaps(upper, lower):
            tier = tiers[rows.index(upper)]
            for i in range(1, width):
                tier[i] = tier[i] or tier[i - 1]
    return [TIER.join(dict.fromkeys(filter(None, names))) for names in zip(*tiers, strict=True)]


def _together(names: Sequence[str]) -> str:
    """The names of columns that share a cell: 「序号、县区」, too many of them not at all."""
    different = list(dict.fromkeys(filter(None, names)))
    joined = "、".join(different)
    return joined if len(joined) <= LONGEST_NAME else different[0]


def counts_columns(row: Row) -> bool:
    """Whether a row numbers the columns, as forms of statistics have it below their heads."""
    texts = [text for text in row.texts if text]
    numbers = [int(text) for text in texts if _NUMBERED.fullmatch(text)]
    others = len(texts) - len(numbers)
    is_run = numbers == list(range(1, len(numbers) + 1))
    return len(numbers) > 2 and is_run and others <= 2 and all(len(t) <= 2 for t in texts)


def leading_columns(rows: Sequence[Row]) -> int:
    """How many columns at the left name groups of rows once, blank in the rows below.

    0 where none does, and where a blank may as well mean that there is nothing.
    """
    keys = 0
    width = len(rows[0].cells) if rows else 0
    body = [row for row in rows if len(row.distinct) > 1 and not set(row.texts) & set(TOTALS)]
    for column in range(width - 1):
        values = [row.texts[column] for row in body]
        filled = [value for value in values if value]
        words = [v for v in filled if not _is_figure(v)]
        is_group = bool(values) and bool(values[0]) and len(filled) < len(values)
        if not is_group or len(words) < len(filled) or len(set(filled)) < len(filled):
            break
        keys = column + 1
    # The next column must be full where the keys are blank.
    behind = [row.texts[keys] for row in body if keys and not row.texts[keys - 1]]
    return keys if keys and all(behind) else 0


def form_labels(grid: Grid, start: int) -> int:
    """Where the labels of a form begin, plus one: 「姓名 | 张三 | 性别 | 男」 has them in every second cell.

    0 for a table that is none.
    """
    rows = [row for row in grid.rows[start:] if not row.is_across]
    if not rows:
        return 0
    pairs = [[cell for cell in row.distinct] for row in rows]
    if any(len(cells) % 2 for cells in pairs) or grid.width < 2:
        return 0
    labels = [cell for cells in pairs for cell in cells[::2]]
    values = [cell for cells in pairs for cell in cells[1::2]]
    names = [label.text for label in labels]
    if len(set(names)) < len(names) or any(len(n) > _LONGEST_LABEL for n in names):
        return 0
    if any(map(is_quantity, names)) or any(label.is_value for label in labels):
        return 0
    if all(label.is_head for label in labels) and not any(value.is_head for value in values):
        return 1
    if all(name.endswith(("：", ":")) for name in names):
        return 1
    return int(_like_a_form(pairs, values))


def _like_a_form(pairs: Sequence[Sequence[TableCell]], values: Sequence[TableCell]) -> bool:
    """Whether rows of different widths, or the kinds of the values, say that it is no table of data."""
    if any(cell.is_head for cells in pairs for cell in cells):
        return False
    widths = {len(cells) for cells in pairs}
    figures = [_is_figure(value.text) or is_quantity(value.text) for value in values]
    if widths == {2}:
        # 「办理时限」, 「收费标准」 are labels; below a head row stand names of what the rows are about.
        names = [cells[0].text.rstrip("：: ") for cells in pairs]
        labels = sum(ATTRIBUTES.fullmatch(name) is not None for name in names)
        is_named = ATTRIBUTES.fullmatch(values[0].text) is not None
        of_labels = 2 * labels >= len(names) and not is_named
        return len(pairs) >= _FEWEST_LABELS and not all(figures) and (of_labels or figures[0])
    return widths == {2, 4} or (widths == {4} and any(figures[:2]) and not all(figures))
