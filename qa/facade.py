"""``PolicyQA``: the one object that the user interface and the evaluation call."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from corpus.document import Document
from corpus.errors import PolicyQAError
from corpus.relations.related import Related, related_documents
from indexer.embedding.encoder import Encoder, load_encoder
from indexer.filters import Selection
from indexer.local.generations import require_current
from indexer.local.index import LocalBackend, open_index
from qa.answer import Answer
from qa.conversation.conversation import Conversation, Turn
from qa.conversation.dialogue import converse
from qa.conversation.export import ExportForm, exported
from qa.generation.answering import ModelAnswerer
from qa.generation.chat_model import ChatModel
from qa.generation.follow_up import ModelFollowUp
from qa.pipeline import Answerer
from qa.settings import Settings, load_settings
from retriever.hit import Filters, Hit
from retriever.precedent.finder import PrecedentFinder, PrecedentReport
from retriever.precedent.formulas import FormulaUse
from retriever.rerank.reranker import load_reranker
from retriever.search import HybridRetriever


@dataclass(frozen=True)
class Facets:
    """What the index holds, for filters.

    Attributes:
        regions: (region path, documents), most frequent first; the others alike.
        years: by year.
        doc_types: by 文种.
        issuers: by 发文机关.
        documents: number of documents.
        passages: number of passages.
    """

    regions: tuple[tuple[str, int], ...]
    years: tuple[tuple[str, int], ...]
    doc_types: tuple[tuple[str, int], ...]
    issuers: tuple[tuple[str, int], ...]
    documents: int
    passages: int


@dataclass(frozen=True)
class _Opened:
    """One generation of the index with what works on it."""

    index: LocalBackend
    retriever: HybridRetriever
    answerer: Answerer
    precedents: PrecedentFinder


class PolicyQA:
    """Search, answers and precedents over one index; may be called from several threads.

    When the index on disk has been updated, the next call works on the new generation.
    """

    def __init__(self, index_dir: Path, encoder: Encoder, settings: Settings) -> None:
        self._index_dir = index_dir
        self._encoder = encoder
        self._settings = settings
        self._lock = threading.Lock()
        self._reranker = load_reranker(settings.reranker)
        self._opened = self._open()
        model = settings.model
        self._model = ModelAnswerer(model) if model.name else None
        self._follow_up = (
            ModelFollowUp(ChatModel(model), model.first_seconds) if model.name else None
        )

    @classmethod
    def open(cls, index_dir: Path, settings: Settings | None = None) -> PolicyQA:
        """Open an index and load its embedding model.

        Raises:
            PolicyQAError: there is no index, it is damaged or of another model, or the model cannot
                be loaded.
        """
        settings = settings or load_settings()
        # The index is opened first: a missing one is reported at once, not after the model's load.
        open_index(index_dir, settings.index).close()
        return cls(index_dir, load_encoder(settings.index), settings)

    def close(self) -> None:
        """Release the files."""
        self._opened.index.close()

    def search(self, query: str, k: int = 10, filters: Filters = Filters()) -> tuple[Hit, ...]:
        """The ``k`` best passages.

        Raises:
            PolicyQAError: the query is empty or nothing passes the filters.
        """
        return self._fresh().retriever.search(query, k, filters)

    def ask(self, question: str, filters: Filters = Filters()) -> Answer:
        """The final answer to a question.

        Raises:
            PolicyQAError: the question is empty or too long, or nothing passes the filters.
        """
        *_, last = self.ask_stream(question, filters)
        return last

    def ask_stream(self, question: str, filters: Filters = Filters()) -> Iterator[Answer]:
        """Growing answers, the last of which is final.

        With a language model its words come as they are written; the final answer is the model's
        only when its citations exist, else the extractive one.
        """
        for turn in self.converse(question, Conversation(filters=filters)):
            yield turn.answer

    def converse(self, question: str, conversation: Conversation) -> Iterator[Turn]:
        """Growing turns of a conversation, the last of which is final.

        A follow-up (「那沈阳呢？」) is asked as it is meant, which ``Turn.asked_as`` and the notice say;
        ``conversation.after(turn)`` is the conversation of the next question.

        Raises:
            PolicyQAError: the question is empty or too long, or nothing passes the filters.
        """
        familiar = self._fresh().retriever.known_places
        complete = partial(self._completed, familiar=familiar) if self._follow_up else None
        return converse(question, conversation, self._ask_one, familiar, complete)

    def _completed(
        self, question: str, conversation: Conversation, familiar: frozenset[str]
    ) -> str:
        return (
            self._follow_up.completed(question, conversation, familiar)
            if self._follow_up
            else question
        )

    def export(self, conversation: Conversation, form: ExportForm) -> bytes:
        """A conversation with its sources as the bytes of a Markdown or Word file.

        Raises:
            PolicyQAError: nothing was asked in it.
        """
        return exported(conversation, form)

    def _ask_one(self, question: str, filters: Filters) -> Iterator[Answer]:
        extractive = self._fresh().answerer.ask(question, filters)
        if self._model is None or not extractive.answered:
            yield extractive
            return
        yield from self._model.answer(extractive)

    def precedent(self, text: str, k: int = 10, filters: Filters = Filters()) -> PrecedentReport:
        """What other places wrote, for a heading, an intent, a sentence or a whole draft.

        Raises:
            PolicyQAError: the text is empty or nothing passes the filters.
        """
        return self._fresh().precedents.find(text, k, filters)

    def formula(self, text: str) -> FormulaUse:
        """Who uses a set phrase, and since when, in the whole index.

        Raises:
            PolicyQAError: the phrase has no words.
        """
        return self._fresh().precedents.formula(text)

    def document(self, document_id: str) -> Document:
        """One document.

        Raises:
            PolicyQAError: there is none of that identifier, or its file has been deleted since.
        """
        opened = self._fresh()
        document = opened.index.catalogue.document(document_id)
        if opened.retriever.presence.gone([document.path]):
            raise PolicyQAError(
                f"{document.file} 已经从资料文件夹里删除或移走",
                "文件夹里还有的文件",
                "重新检索；只是移动过的，先重新运行 policyqa index",
            )
        return document

    def related(self, document_id: str) -> Related:
        """What a document names, who names it, and its copies, as far as their files are there.

        Raises:
            PolicyQAError: there is none of that identifier.
        """
        opened = self._fresh()
        gone = opened.retriever.presence.gone()
        return related_documents(opened.index.catalogue, document_id, gone)

    def facets(self) -> Facets:
        """What can be filtered by, with counts of documents; deleted files' are left out."""
        retriever = self._fresh().retriever
        found = retriever.backend.facets(Selection(without=retriever.presence.gone()))
        return Facets(
            regions=found.counts["region"],
            years=tuple(sorted(found.counts["year"], reverse=True)),
            doc_types=found.counts["doc_type"],
            issuers=found.counts["issuer"],
            documents=found.documents,
            passages=found.passages,
        )

    def _open(self) -> _Opened:
        index = open_index(self._index_dir, self._settings.index)
        settings = self._settings
        retriever = HybridRetriever(
            index, self._encoder, settings.retriever, self._reranker, settings.reranker
        )

        @lru_cache(maxsize=64)
        def document_text(document_id: str) -> str:
            return "\n".join(b.text for b in index.catalogue.document(document_id).blocks)

        answerer = Answerer(retriever, document_text, self._settings.answer)
        finder = PrecedentFinder(index, retriever)
        return _Opened(index, retriever, answerer, finder)

    def _fresh(self) -> _Opened:
        """The current generation, reopened when ``policyqa index`` has published a new one."""
        with self._lock:
            now = require_current(self._index_dir)
            # An index that was deleted and built again counts from 1 again.
            if now.stamp() != self._opened.index.generation():
                # Requests still running keep the old generation's open files until they end.
                self._opened = self._open()
            return self._opened
