"""What the command line and the web chat need of ``PolicyQA``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Protocol, Self

from corpus.document import Document
from corpus.errors import PolicyQAError
from corpus.relations.related import Related
from qa.answer import Answer, Conversation, Turn
from retriever.hit import Filters, Hit

if TYPE_CHECKING:
    from qa.facade import Facets
    from retriever.precedent.finder import PrecedentReport
    from retriever.precedent.formulas import FormulaUse


class Engine(Protocol):
    """The methods of ``PolicyQA`` that ui calls, so that its tests can use a small fake.

    The web chat calls them from several worker threads at once.
    """

    def search(self, query: str, k: int = 10, filters: Filters = Filters()) -> tuple[Hit, ...]: ...

    def ask(self, question: str, filters: Filters = Filters()) -> Answer: ...

    def converse(
        self, question: str, conversation: Conversation = Conversation()
    ) -> Iterator[Turn]: ...

    def precedent(
        self, text: str, k: int = 10, filters: Filters = Filters()
    ) -> PrecedentReport: ...

    def formula(self, text: str) -> FormulaUse: ...

    def document(self, document_id: str) -> Document: ...

    def related(self, document_id: str) -> Related: ...

    def facets(self) -> Facets: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def document_reader(engine: Engine) -> Callable[[str], Document | None]:
    """Reads documents by their identifiers, each once; None for one that is gone meanwhile."""

    @cache
    def document_of(document_id: str) -> Document | None:
        try:
            return engine.document(document_id)
        except PolicyQAError:
            return None

    return document_of
