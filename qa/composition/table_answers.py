"""Answers out of tables: the rows that are shown, and what frames them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.passage import Passage
from qa.reading.reader import Evidence

#: Rows named alike that are shown together; rows shown where none is named.
_MOST_ALIKE, _MOST = 3, 6
_BRACKETS = re.compile(r"[（）()]")


def rows_to_show(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Where the best evidence is a row that the question names: it, and rows named as well.

    Where it is a row and none is named: rows of its table. Nothing where the best is no row.
    """
    best = evidence[0].row if evidence else None
    if best is None:
        return ()
    document = evidence[0].passage.document_id
    own = [e for e in evidence if e.row and e.passage.document_id == document]
    if best.answers:
        alike = (best.named, best.told)
        same = [e for e in own if e.row and (e.row.named, e.row.told) == alike and e.row.answers]
        return tuple(same[:1] if best.short_answer else same[:_MOST_ALIKE])
    return tuple(e for e in own if e.row and not e.row.is_other)[:_MOST]


def row_frame(passage: Passage) -> str:
    """Caption, unit and groups of a row, as they stand in front of it: 「（表1 各县区床位 单位：张）」."""
    words = " ".join(_BRACKETS.sub(" ", passage.lead).split())
    return f"（{words}）" if words else ""
