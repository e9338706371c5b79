"""Who uses a set phrase, and since when, in the whole corpus (提法时间线)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.simplify import search_form
from indexer.passage import Passage
from indexer.reader import IndexReader
from indexer.tokens import tokenise
from retriever.precedent.formulas import bare_form
from retriever.presence import Presence

Counts = tuple[tuple[str, int], ...]
#: Passages read from the store at a time.
_PIECE = 500


@dataclass(frozen=True)
class FormulaUse:
    """A set phrase in the corpus.

    Attributes:
        text: the phrase.
        documents: how many documents have it.
        undated: how many of these have no year.
        years: (year, documents), oldest first.
        regions: (region, documents), most first; documents without one are not counted.
        issuers: (issuer, documents) alike.
        first: a passage of the oldest dated document that has it, or None without one.
        last: a passage of the newest.
        found: how many of the documents found for the query have it; 0 when asked for by itself.
        in_draft: whether the query or draft has it already.
    """

    text: str
    documents: int
    undated: int
    years: Counts
    regions: Counts
    issuers: Counts
    first: Passage | None
    last: Passage | None
    found: int = 0
    in_draft: bool = False

    @property
    def first_year(self) -> str:
        """The year first seen, or ""."""
        return self.years[0][0] if self.years else ""

    @property
    def last_year(self) -> str:
        """The year last seen, or ""."""
        return self.years[-1][0] if self.years else ""


class Timeline:
    """Counts set phrases over a whole index; files that are gone do not count."""

    def __init__(self, index: IndexReader, presence: Presence) -> None:
        self._index = index
        self._presence = presence

    def use(self, formula: str) -> FormulaUse:
        """Where a phrase stands, with or without quotation marks in it.

        The words' index gives the passages that have all of its character pairs as it is typed, or
        all but two without the marks (a quotation inside it breaks two); these are read.
        """
        typed = search_form(formula.strip())
        bare = bare_form(typed)
        holding = [p for p in self._passages(typed) if bare in bare_form(p.text)]
        gone = self._presence.gone({p.path for p in holding})
        first: dict[str, Passage] = {}
        for passage in holding:
            if passage.document_id not in gone:
                first.setdefault(passage.document_id, passage)
        one_each = list(first.values())
        dated = sorted((p for p in one_each if p.metadata.year), key=lambda p: p.metadata.year)
        return FormulaUse(
            text=formula.strip(),
            documents=len(one_each),
            undated=len(one_each) - len(dated),
            years=tuple(sorted(_counts(one_each, "year"))),
            regions=_counts(one_each, "region"),
            issuers=_counts(one_each, "issuer"),
            first=dated[0] if dated else None,
            last=dated[-1] if dated else None,
        )

    def _passages(self, typed: str) -> list[Passage]:
        as_typed, unmarked = tokenise(typed), tokenise(bare_form(typed))
        likely = self._rows(as_typed, 0) | self._rows(unmarked, _broken(unmarked))
        rows = sorted(likely)
        return [
            passage
            for start in range(0, len(rows), _PIECE)
            for passage in self._index.store.passages(rows[start : start + _PIECE])
        ]

    def _rows(self, tokens: Sequence[str], missing: int) -> set[int]:
        """Rows of the passages that have all different tokens but so many."""
        import numpy as np

        different = sorted(set(tokens))
        if not different:
            return set()
        postings = [self._index.lexical.rows_of(token) for token in different]
        rows, times = np.unique(np.concatenate(postings), return_counts=True)
        return set(rows[times >= len(different) - missing].tolist())


def _broken(tokens: Sequence[str]) -> int:
    """How many character pairs marks may break, a short phrase being quoted whole or at one end."""
    return min(2, max(0, (len(set(tokens)) - 1) // 2))


def _counts(passages: Sequence[Passage], field: str) -> Counts:
    totals = Counter(str(getattr(p.metadata, field)) for p in passages)
    del totals[""]
    return tuple(sorted(totals.items(), key=lambda item: (-item[1], item[0])))
