"""Documents that a query names by title or 文号, and the articles of theirs that it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.language.simplification import to_simplified
from indexer.backend import DocumentEntry, SearchBackend
from indexer.filters import Selection
from indexer.passage import Passage, passage_place
from retriever.query.analysis import Question

#: Shorter titles (「通知」, 「工作方案」) are words that any query may hold.
_SHORTEST = 6
_LONGEST = 80
#: Passages of named documents that are looked at in any case.
_MOST = 200
_BARE = re.compile(r"[^\w]|_")


@dataclass(frozen=True)
class Named:
    """Passages that a query names, by id and in order.

    Attributes:
        documents: of the documents that it names.
        articles: those among them that hold an article it asks for.
    """

    documents: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    def candidates(self, backend: SearchBackend, selection: Selection) -> list[str]:
        """What should be looked at of what passes: the articles, or else the documents; the first
        ``_MOST``.
        """
        first = (self.articles or self.documents)[:_MOST]
        if not first or selection == Selection():
            return list(first)
        passing = {document.id for document in backend.documents(selection)}
        return [each for each in first if passage_place(each)[0] in passing]


class NamedDocuments:
    """Titles and numbers of all documents of an index."""

    def __init__(self, backend: SearchBackend) -> None:
        self._backend = backend
        self._named: dict[str, list[DocumentEntry]] = {}
        for document in backend.documents():
            own = document.metadata
            # A title that was corrected by hand may be in traditional characters.
            for name in {_bare(to_simplified(own.title)), _bare(own.number)}:
                if len(name) >= _SHORTEST:
                    self._named.setdefault(name, []).append(document)

    def find(self, query: Question) -> Named:
        """The documents whose whole title or number stands in the query."""
        named = [d for name in self._names_in(_bare(query.text)) for d in self._named[name]]
        documents = tuple(dict.fromkeys(i for d in named for i in d.passage_ids))
        if not documents or not query.articles:
            return Named(documents)
        passages = self._backend.passages(documents)
        return Named(documents, tuple(p.id for p in passages if _holds(p, query.articles)))

    def _names_in(self, text: str) -> list[str]:
        """Names that stand in a text, none within another."""
        found: list[str] = []
        start = 0
        while start <= len(text) - _SHORTEST:
            for end in range(min(len(text), start + _LONGEST), start + _SHORTEST - 1, -1):
                if text[start:end] in self._named:
                    found.append(text[start:end])
                    start = end - 1
                    break
            start += 1
        return found


def _bare(name: str) -> str:
    return _BARE.sub("", name).lower()


def _holds(passage: Passage, articles: Iterable[str]) -> bool:
    """Whether an article begins somewhere in it: a line, or behind a heading or a sentence."""
    text = " ".join((*passage.heading_path, passage.text))
    written = (article.replace("零", "[零〇]") for article in articles)
    return any(re.search(rf"(?:^|[\s。；:：]){each}(?![之\d])", text) for each in written)
