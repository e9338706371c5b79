"""Which passages a search may return."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from corpus.document import Metadata
from corpus.errors import PolicyQAError
from corpus.simplify import to_simplified
from indexer.store import PassageStore
from retriever.hit import Filters

if TYPE_CHECKING:
    import numpy as np

    Rows = np.ndarray[Any, np.dtype[np.int64]]

_EXACT = ("year", "doc")


def allows(filters: Filters, doc: str, metadata: Metadata) -> bool:
    """Whether a passage of this file and document meets every filter that is set."""
    own = {**asdict(metadata), "doc": doc, "title": metadata.title or doc}
    for name, given in asdict(filters).items():
        wanted = given.strip()
        if name in _EXACT:
            passes = wanted in ("", own[name])
        else:
            passes = to_simplified(wanted) in to_simplified(own[name])
        if not passes:
            return False
    return True


class FilterTable:
    """Metadata of all passages, read once."""

    def __init__(self, store: PassageStore) -> None:
        self._rows = store.metadata_rows()

    def rows(self, filters: Filters, without: Set[str] = frozenset()) -> Rows | None:
        """Rows that pass and are of no document in ``without``, or None when all are.

        Raises:
            PolicyQAError: filters are set and no passage at all passes.
        """
        import numpy as np

        asked = {k: v for k, v in asdict(filters).items() if v.strip()}
        if not asked and not without:
            return None
        known: dict[tuple[str, Metadata], bool] = {}
        passed = []
        for row, doc, identifier, metadata in self._rows:
            key = (doc, metadata)
            if key not in known:
                known[key] = allows(filters, doc, metadata)
            if known[key] and identifier not in without:
                passed.append(row)
        if asked and not passed:
            listed = "，".join(f"{k}={v}" for k, v in asked.items())
            raise PolicyQAError(
                f"没有文档符合筛选条件 {listed}", "索引里有的值", "放宽或去掉筛选条件"
            )
        return np.array(passed, dtype=np.int64)

    def counts(self, field: str, without: Set[str] = frozenset()) -> tuple[tuple[str, int], ...]:
        """(value, number of documents) of a metadata field, most frequent first."""
        documents = {i: metadata for _, _, i, metadata in self._rows if i not in without}
        totals: dict[str, int] = {}
        for metadata in documents.values():
            value = getattr(metadata, field)
            if value:
                totals[value] = totals.get(value, 0) + 1
        return tuple(sorted(totals.items(), key=lambda item: (-item[1], item[0])))

    def size(self, without: Set[str] = frozenset()) -> tuple[int, int]:
        """Number of documents and of passages."""
        kept = [identifier for _, _, identifier, _ in self._rows if identifier not in without]
        return len(set(kept)), len(kept)
