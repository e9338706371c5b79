"""Documents that a query names by title or 文号, and the articles of theirs that it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.language.simplification import to_simplified
from indexer.local.store import PassageStore
from retriever.query.analysis import Question

#: Shorter titles (「通知」, 「工作方案」) are words that any query may hold.
_SHORTEST = 6
_LONGEST = 80
#: Passages of named documents that are looked at in any case.
_MOST = 200
_BARE = re.compile(r"[^\w]|_")


@dataclass(frozen=True)
class Named:
    """Rows that a query names.

    Attributes:
        documents: rows of the documents that it names.
        articles: those among them that hold an article it asks for.
    """

    documents: frozenset[int] = frozenset()
    articles: frozenset[int] = frozenset()

    @property
    def rows(self) -> list[int]:
        """What should be looked at: the articles, or else the documents; the first ``_MOST``."""
        return sorted(self.articles or self.documents)[:_MOST]


class NamedDocuments:
    """Titles and numbers of all documents of an index."""

    def __init__(self, store: PassageStore) -> None:
        self._store = store
        self._rows: dict[str, list[tuple[int, int]]] = {}
        for document in store.document_rows():
            own = document.metadata
            # A title that was corrected by hand may be in traditional characters.
            for name in {_bare(to_simplified(own.title)), _bare(own.number)}:
                if len(name) >= _SHORTEST:
                    self._rows.setdefault(name, []).append((document.first, document.last))

    def find(self, query: Question) -> Named:
        """The documents whose whole title or number stands in the query."""
        spans = [span for name in self._names_in(_bare(query.text)) for span in self._rows[name]]
        documents = frozenset(row for first, last in spans for row in range(first, last + 1))
        if not documents or not query.articles:
            return Named(documents)
        heads = self._store.openings(sorted(documents))
        return Named(
            documents,
            frozenset(row for row, text in heads if any(_heads(a, text) for a in query.articles)),
        )

    def _names_in(self, text: str) -> list[str]:
        """Names that stand in a text, none within another."""
        found: list[str] = []
        start = 0
        while start <= len(text) - _SHORTEST:
            for end in range(min(len(text), start + _LONGEST), start + _SHORTEST - 1, -1):
                if text[start:end] in self._rows:
                    found.append(text[start:end])
                    start = end - 1
                    break
            start += 1
        return found


def _bare(name: str) -> str:
    return _BARE.sub("", name).lower()


def _heads(article: str, text: str) -> bool:
    """Whether an article begins somewhere in a text: a line, or behind a heading or a sentence."""
    written = article.replace("零", "[零〇]")
    return re.search(rf"(?:^|[\s。；:：]){written}(?![之\d])", text) is not None
