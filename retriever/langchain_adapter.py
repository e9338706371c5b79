"""policyqa's search as a LangChain retriever, for use in other people's chains."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from indexer.backend import FACETS
from retriever.hit import Filters, Hit
from retriever.search import HybridRetriever


class PolicyRetriever(BaseRetriever):
    """A LangChain ``BaseRetriever`` over a policyqa index.

    Import it only where LangChain is used: this module is the one place of the retriever that
    loads it.

    Attributes:
        hybrid: the search to ask.
        k: how many passages.
        filters: what it restricts itself to.
    """

    hybrid: Any
    k: int = 10
    filters: Filters = Filters()

    @classmethod
    def of(
        cls, hybrid: HybridRetriever, k: int = 10, filters: Filters = Filters()
    ) -> PolicyRetriever:
        """Wrap an opened search."""
        return cls(hybrid=hybrid, k=k, filters=filters)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        return [_document(hit) for hit in self.hybrid.search(query, self.k, self.filters)]


def _document(hit: Hit) -> LangChainDocument:
    passage = hit.passage
    return LangChainDocument(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "doc": passage.doc,
            "path": passage.path,
            "title": passage.title,
            "heading_path": list(passage.heading_path),
            "page": passage.page,
            "score": hit.score,
            **{name: getattr(passage.metadata, name) for name in FACETS},
        },
    )
