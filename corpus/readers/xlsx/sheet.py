"""The rows of a sheet → titles, captions, records with their heads, and notes."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from corpus.language.documents import TABLE_NOTES, UNIT_LINE
from corpus.language.numerals import ORDINAL
from corpus.raw import LineKind, RawLine
from corpus.readers.layout import join_pieces
from corpus.structure.tables import Table, TableCell, record, table_lines

_MAX_HEADER_CHARS = 40
_MAX_TITLE_CHARS = 80
_MAX_LABEL_CHARS = 8
_MOST_TIERS = 4
_LABEL = re.compile(r"[^：:]{1,10}[：:]")
#: 「附件1」 above the title of a table.
_ATTACHMENT = re.compile(rf"附(?:件|表)\s*[\d{ORDINAL}]{{0,3}}\s*[:：]?")


@dataclass(frozen=True)
class Merge:
    """A merged range; rows and columns count from 1, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Row:
    """A row that is not empty.

    Attributes:
        number: its number in the sheet, from 1.
        cells: column from 1 → text as shown; merged cells filled.
        numeric: columns whose value is a number or a date; a year, which may head a column, is none.
        origins: column → row and column of the first cell of the merged range that fills it.
        after_gap: whether an empty row that a reader sees stands above it.
    """

    number: int
    cells: dict[int, str]
    numeric: frozenset[int] = field(default=frozenset())
    origins: dict[int, tuple[int, int]] = field(default_factory=dict)
    after_gap: bool = False

    @property
    def sources(self) -> int:
        """How many cells really hold something: a merged range counts once."""
        return len({self.origins.get(column, (0, column)) for column in self.cells})


class SheetLine(NamedTuple):
    """A line and the number of the row that it is of."""

    row: int
    line: RawLine


def fill_merged(rows: Sequence[Row], merges: Sequence[Merge]) -> None:
    """Write the value of a merged range into each of its cells, in place."""
    by_number = {row.number: row for row in rows}
    for merge in merges:
        first = by_number.get(merge.top)
        value = first.cells.get(merge.left, "") if first else ""
        if not value:
            continue
        for number in range(merge.top, merge.bottom + 1):
            row = by_number.get(number)
            for column in range(merge.left, merge.right + 1) if row else ():
                if row and (row.cells.setdefault(column, value) == value):
                    row.origins[column] = (merge.top, merge.left)


def without_hidden(
    rows: Sequence[Row], hidden_rows: frozenset[int], hidden_columns: frozenset[int]
) -> list[Row]:
    """The rows that a reader sees, their gaps noted."""
    seen: list[Row] = []
    in_order = sorted(hidden_rows)
    last = 0
    for row in rows:
        if row.number in hidden_rows:
            continue
        cells = {c: text for c, text in row.cells.items() if c not in hidden_columns}
        if not cells:
            continue
        between = row.number - last - 1
        # Rows that are there and hidden leave no gap.
        hidden = bisect(in_order, row.number) - bisect(in_order, last)
        gap = bool(seen) and between > hidden
        seen.append(Row(row.number, cells, row.numeric - hidden_columns, row.origins, gap))
        last = row.number
    return seen


def sheet_lines(rows: Sequence[Row], merges: Sequence[Merge]) -> Iterator[SheetLine]:
    """The lines of a sheet.

    The row that names the columns is the first with two or more texts and a row as wide after it;
    what stands above it alone is the title, its unit and its notes. A second table begins after an
    empty row, or where a title of its own stands over another header.
    """
    header: Sequence[Row] = ()
    body: list[Row] = []
    at = 0
    wide = _next_wide(rows)
    by_top: defaultdict[int, list[Merge]] = defaultdict(list)
    for merge in merges:
        by_top[merge.top].append(merge)
    may_be_title, is_used = len(rows) > 1, True
    while at < len(rows):
        row = rows[at]
        if _may_begin(row, header) and (found := _find_header(rows, at, wide[at], by_top)):
            start, end = found
            yield from _table(header, body, is_used)
            yield from _above(rows[at:start], first=may_be_title)
            header, body = rows[start:end], []
            may_be_title, is_used, at = False, False, end
            continue
        at += 1
        line = _beside(row, header) if header else _alone(row, is_title=may_be_title)
        if line is None:
            body.append(row)
        else:
            # Rows below a note go on under the same heads.
            yield from _table(header, body, is_used=True)
            yield SheetLine(row.number, line)
            is_used = is_used or bool(body)
            body = []
        may_be_title = may_be_title and line is not None and bool(_ATTACHMENT.fullmatch(line.text))
    yield from _table(header, body, is_used)


def _next_wide(rows: Sequence[Row]) -> list[int]:
    """For each row the first from it on that holds two cells or more."""
    found = [len(rows)] * (len(rows) + 1)
    for at in range(len(rows) - 1, -1, -1):
        found[at] = at if rows[at].sources > 1 else found[at + 1]
    return found


def _may_begin(row: Row, header: Sequence[Row]) -> bool:
    """Whether a table may begin with a row: there is none yet, or it stands apart from it."""
    return not header or (row.after_gap and (row.sources == 1 or _is_other(row, header)))


def _table(
    header: Sequence[Row], body: Sequence[Row], is_used: bool = False
) -> Iterator[SheetLine]:
    """The records of rows under their heads; heads that no row is under are lines of text.

    ``is_used`` says that rows above had these heads. The number of a row travels as the page of its cells, of which a sheet has none.
    """
    if not body:
        for row in header if not is_used else ():
            texts = list(dict.fromkeys(row.cells[column] for column in sorted(row.cells)))
            is_note = texts[0].startswith(TABLE_NOTES)
            yield SheetLine(
                row.number,
                RawLine(" ".join(texts), kind=LineKind.NOTE if is_note else LineKind.TEXT),
            )
        return
    header, body = _side_by_side(header, body)
    is_head = len(header) > 1 or not _may_be_form([*header, *body])
    cells = [cell for at, row in enumerate(header) for cell in _cells(row, at, is_head)]
    for at, row in enumerate(body, start=len(header)):
        cells += _cells(row, at, is_head=False)
    for line in table_lines(Table(tuple(cells))):
        yield SheetLine(line.page or body[0].number, replace(line, page=None))


def _may_be_form(rows: Sequence[Row]) -> bool:
    """Whether labels and values may alternate in rows of four cells or more: 「姓名 | 张三 | 性别 | 男」.

    The names of columns are then told by all that the model of tables knows.
    """
    columns = sorted({column for row in rows for column in row.cells})
    labels = columns[::2]
    return (
        len(columns) >= 4
        and len(columns) % 2 == 0
        and all(
            len(row.cells.get(column, "")) <= _MAX_LABEL_CHARS for row in rows for column in labels
        )
        and not any(row.numeric & set(labels) for row in rows)
    )


def _side_by_side(
    header: Sequence[Row], body: Sequence[Row]
) -> tuple[Sequence[Row], Sequence[Row]]:
    """A table that was set in two parts beside each other to save room, its parts one below the other.

    Its heads are the same names over and over: 县区 床位 县区 床位.
    """
    columns = sorted({column for row in header for column in row.cells})
    names = [tuple(row.cells.get(column, "") for row in header) for column in columns]
    count = next((n for n in range(2, len(names) // 2 + 1) if _repeats(names, n)), 0)
    if not count:
        return header, body
    parts = [
        dict(zip(columns[i : i + count], columns, strict=False))
        for i in range(0, len(columns), count)
    ]
    moved = [_moved(row, part) for part in parts for row in body]
    return [_moved(row, parts[0]) for row in header], [row for row in moved if row.cells]


def _repeats(names: Sequence[tuple[str, ...]], count: int) -> bool:
    times, rest = divmod(len(names), count)
    return not rest and list(names) == list(names[:count]) * times


def _moved(row: Row, places: Mapping[int, int]) -> Row:
    """The cells of some columns, set into others."""
    cells = {places[column]: text for column, text in row.cells.items() if column in places}
    origins = {places[column]: at for column, at in row.origins.items() if column in places}
    return Row(row.number, cells, row.numeric, origins)


def _cells(row: Row, at: int, is_head: bool) -> Iterator[TableCell]:
    """The cells of a row; one merged downwards stands in each of its rows."""
    columns = sorted(row.cells)
    for i, column in enumerate(columns):
        origin = row.origins.get(column)
        if origin and i and row.origins.get(columns[i - 1]) == origin:
            continue
        last = column
        for other in columns[i + 1 :] if origin else ():
            if row.origins.get(other) != origin:
                break
            last = other
        text = row.cells[column]
        name = join_pieces(text.split()) if is_head else text
        yield TableCell(
            at, column, name, columns=last - column + 1, is_head=is_head, page=row.number
        )


def _is_other(row: Row, header: Sequence[Row]) -> bool:
    """Whether a row behind a gap names other columns than the table above."""
    names = set(row.cells.values())
    return _names_columns(row) and all(names != set(head.cells.values()) for head in header)


def _find_header(
    rows: Sequence[Row], at: int, start: int, merges: Mapping[int, Sequence[Merge]]
) -> tuple[int, int] | None:
    """Where the header begins and ends, at ``at`` or below rows of one cell; None without one.

    ``start`` is the first row from ``at`` on with more cells, ``merges`` are by their first row.
    """
    if start >= len(rows) or not _names_columns(rows[start]):
        return None
    end = min(start + _tiers(rows[start : start + 10], merges), len(rows))
    if start > at and _is_upper_tier(rows[start - 1], rows[start], merges):
        start -= 1
    if end >= len(rows):
        return None
    header_columns = {column for row in rows[start:end] for column in row.cells}
    # A form's 「姓名 | 张三」 is followed by rows of other widths; a table's header is not.
    following = [row for row in rows[end : end + 5] if row.sources > 1]
    fits = sum(set(row.cells) <= header_columns for row in following)
    if not fits or 2 * fits < len(following):
        return None
    _fill_upper_tier(rows[start:end])
    return start, end


def _names_columns(row: Row) -> bool:
    texts = list(row.cells.values())
    return (
        row.sources >= 2
        and not row.numeric
        and all(len(text) <= _MAX_HEADER_CHARS for text in texts)
        and len(set(texts)) > 1
    )


def _tiers(rows: Sequence[Row], merges: Mapping[int, Sequence[Merge]]) -> int:
    """Rows of the header: 2 where 「2023年」 spans 「收入」 and 「支出」."""
    row, below = rows[0], rows[1:2]
    starting = [m for m in merges.get(row.number, ()) if m.left in row.cells]
    tallest = max((m.bottom - m.top + 1 for m in starting), default=1)
    spans = any(m.right > m.left for m in starting) and any(map(_names_columns, below))
    if tallest == 1 and not spans:
        return 2 if _is_split_by(rows) else 1
    tiers = min(max(tallest, 2 if spans else 1), _MOST_TIERS)
    while tiers < min(_MOST_TIERS, len(rows) - 1) and _spans_in(
        rows[tiers - 1], rows[tiers], merges
    ):
        tiers += 1
    return tiers


def _spans_in(row: Row, below: Row, merges: Mapping[int, Sequence[Merge]]) -> bool:
    """Whether a lower tier has names of its own that span names below."""
    spanning = any(m.right > m.left for m in merges.get(row.number, ()))
    return spanning and _names_columns(below)


def _is_split_by(rows: Sequence[Row]) -> bool:
    """Whether the row below splits names that were written over columns without merging these.

    Its columns that have no name above stand behind one that has, and hold numbers further down.
    """
    if len(rows) < 3 or rows[1].after_gap or not _names_columns(rows[1]):
        return False
    above, below = rows[0].cells, rows[1].cells
    unnamed = [column for column in below if column not in above]
    numbers = {column for row in rows[2:7] for column in row.numeric}
    return (
        bool(unnamed)
        and len(set(below.values())) < len(below)
        and all(column - 1 in below for column in unnamed)
        and numbers >= set(unnamed)
    )


def _fill_upper_tier(rows: Sequence[Row]) -> None:
    """Write a name over columns that were not merged into each of them, in place."""
    if len(rows) != 2 or any(rows[0].origins):
        return
    name = ""
    for column in range(min(rows[0].cells), max(rows[1].cells, default=0) + 1):
        name = rows[0].cells.get(column, name if column in rows[1].cells else "")
        if name and column in rows[1].cells:
            rows[0].cells[column] = name


def _is_upper_tier(above: Row, row: Row, merges: Mapping[int, Sequence[Merge]]) -> bool:
    """Whether the only cell above spans some of the columns but the first, which a title does."""
    left = min(above.cells)
    spans = any(m.left == left < m.right for m in merges.get(above.number, ()))
    return spans and left > min(row.cells) and above.number == row.number - 1


def _above(rows: Sequence[Row], first: bool) -> Iterator[SheetLine]:
    """Title, unit and notes over a table."""
    for row in rows:
        texts = list(dict.fromkeys(row.cells[column] for column in sorted(row.cells)))
        if row.sources > 1 and any(map(UNIT_LINE.match, texts)):
            # 「填报单位：民政局」 and 「单位：万元」 side by side.
            line = RawLine(" ".join(texts), kind=LineKind.CAPTION)
        elif row.sources > 1:
            line = RawLine(record([("", text) for text in texts]), kind=LineKind.TABLE_ROW)
        elif _ATTACHMENT.fullmatch(texts[0]):
            line = RawLine(texts[0])
        else:
            line = RawLine(texts[0], kind=_kind_above(texts[0], is_title=first))
            first = first and line.kind is not LineKind.TITLE
        yield SheetLine(row.number, line)


def _alone(row: Row, is_title: bool) -> RawLine | None:
    """A row without heads that is a line of text; None for cells of a table."""
    if row.sources > 1 and not any(map(UNIT_LINE.match, row.cells.values())):
        return None
    line = next(_above([row], first=is_title)).line
    is_name = line.kind is LineKind.CAPTION and not UNIT_LINE.match(line.text) and row.sources == 1
    return replace(line, kind=LineKind.TEXT) if is_name else line


def _kind_above(text: str, is_title: bool) -> LineKind:
    if UNIT_LINE.match(text):
        return LineKind.CAPTION
    if text.startswith(TABLE_NOTES):
        return LineKind.NOTE
    if len(text) > _MAX_TITLE_CHARS:
        return LineKind.TEXT
    return LineKind.TITLE if is_title else LineKind.CAPTION


def _beside(row: Row, header: Sequence[Row]) -> RawLine | None:
    """A row among those of a table that is none of them: a note, its unit, who made it."""
    texts = list(dict.fromkeys(row.cells[column] for column in sorted(row.cells)))
    width = max(len(head.cells) for head in header)
    if row.sources == 1 and width > 2 and UNIT_LINE.match(texts[0]):
        return RawLine(texts[0], kind=LineKind.CAPTION)
    if row.sources == 1 and width > 2 and texts[0].startswith(TABLE_NOTES):
        return RawLine(texts[0], kind=LineKind.NOTE)
    if row.sources == 1 and width > 2 and len(texts[0]) > _MAX_HEADER_CHARS:
        return RawLine(texts[0])
    if texts[0].startswith(TABLE_NOTES) and all(map(_LABEL.match, texts)):
        # 「制表：张三」 and 「审核：李四」 below a table.
        return RawLine(" ".join(texts), kind=LineKind.NOTE)
    return None
