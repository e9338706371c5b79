"""``PolicyQA``: the one object that programs, the user interface and the evaluation call."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Self

from corpus.document import Document
from corpus.errors import PolicyQAError
from corpus.relations.related import Related, related_documents
from indexer.build import BuildReport, build_index
from indexer.embedding.encoder import Encoder, load_encoder
from indexer.filters import Selection
from indexer.local.generations import current_stamp
from indexer.local.index import LocalBackend, open_index
from qa.answer import Answer, Conversation, Turn
from qa.conversation.dialogue import converse
from qa.conversation.export import ExportForm, exported
from qa.generation.answering import ModelAnswerer
from qa.generation.chat_model import ChatModel
from qa.generation.follow_up import ModelFollowUp
from qa.pipeline import Answerer
from qa.reading.reader import Reader
from qa.settings import Settings, load_settings
from retriever.hit import Filters, Hit
from retriever.precedent.finder import PrecedentFinder, PrecedentReport
from retriever.precedent.formulas import FormulaUse
from retriever.rerank.reranker import Reranker, load_reranker
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

    When the index on disk has been updated, the next call works on the new generation. In a ``with``
    block the files are released at its end.

        with PolicyQA.open("索引") as policies:
            print(policies.ask("企业开办要几天？").text)
    """

    def __init__(
        self,
        index_dir: str | Path,
        encoder: Encoder | None = None,
        settings: Settings | None = None,
        reranker: Reranker | None = None,
        reader: Reader | None = None,
    ) -> None:
        """As ``open``. The index comes first: a missing one is reported before any model's load."""
        self._index_dir = Path(index_dir)
        self._settings = settings = settings or load_settings()
        self._reader = reader
        self._lock = threading.Lock()
        index = open_index(self._index_dir, settings.index)
        try:
            self._encoder = load_encoder(settings.index) if encoder is None else encoder
            self._reranker = load_reranker(settings.reranker) if reranker is None else reranker
            self._opened = self._working(index)
        except BaseException:
            index.close()
            raise
        self._model = self._follow_up = None
        if (model := settings.model).name:
            self._model = ModelAnswerer(model)
            self._follow_up = ModelFollowUp(ChatModel(model), model.first_seconds)

    @classmethod
    def open(
        cls,
        index_dir: str | Path,
        settings: Settings | None = None,
        *,
        encoder: Encoder | None = None,
        reranker: Reranker | None = None,
        reader: Reader | None = None,
    ) -> Self:
        """Open an index.

        Args:
            index_dir: the folder that ``index`` or ``policyqa index`` has made.
            settings: those of the environment when left out.
            encoder: the model that made the index's vectors, instead of loading the settings' one.
            reranker: reads the best passages once more, instead of the settings' one.
            reader: says what passages answer, instead of the rules.

        Raises:
            PolicyQAError: there is no index, it is damaged or of another model, or a model cannot
                be loaded.
        """
        return cls(index_dir, encoder, settings, reranker, reader)

    @staticmethod
    def index(
        paths: str | Path | Iterable[str | Path],
        index_dir: str | Path,
        settings: Settings | None = None,
        *,
        encoder: Encoder | None = None,
        progress: bool = False,
    ) -> BuildReport:
        """Build an index of files and folders, or bring it up to date.

        The report is returned, and no opened ``PolicyQA``: which files were skipped and why must be
        seen, and building is often another program's work than asking.

        Args:
            paths: one or several.
            index_dir: the folder of the index, made where there is none.
            settings: those of the environment when left out.
            encoder: makes the vectors, instead of the settings' model.
            progress: show bars.

        Raises:
            PolicyQAError: a path is missing or empty, the index is locked, damaged or of another
                model. A file that cannot be read is in the report.
        """
        given = (paths,) if isinstance(paths, str | Path) else paths
        files = [Path(path) for path in given]
        settings = settings or load_settings()
        return build_index(files, Path(index_dir), settings.index, encoder, progress)

    def close(self) -> None:
        """Release the files."""
        self._opened.index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

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

    def converse(
        self, question: str, conversation: Conversation = Conversation()
    ) -> Iterator[Turn]:
        """Growing turns of a conversation, the last of which is final.

        A follow-up (「那沈阳呢？」) is asked as it is meant, which ``Turn.asked_as`` and the notice say;
        ``conversation.after(turn)`` is the conversation of the next question.

        Raises:
            PolicyQAError: the question is empty or too long, or nothing passes the filters.
        """
        places = self._fresh().retriever.known_places
        follow_up = self._follow_up
        complete = partial(follow_up.completed, known_places=places) if follow_up else None
        return converse(question, conversation, self._ask_one, places, complete)

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

    def _working(self, index: LocalBackend) -> _Opened:
        """What works on an index that is open."""
        settings = self._settings
        retriever = HybridRetriever(
            index, self._encoder, settings.retriever, self._reranker, settings.reranker
        )

        @lru_cache(maxsize=64)
        def document_text(document_id: str) -> str:
            return "\n".join(b.text for b in index.catalogue.document(document_id).blocks)

        answerer = Answerer(retriever, document_text, settings.answer, self._reader)
        finder = PrecedentFinder(index, retriever)
        return _Opened(index, retriever, answerer, finder)

    def _fresh(self) -> _Opened:
        """The current generation, reopened when ``policyqa index`` has published a new one."""
        with self._lock:
            if current_stamp(self._index_dir) != self._opened.index.generation():
                # Requests still running keep the old generation's open files until they end.
                self._opened = self._working(open_index(self._index_dir, self._settings.index))
            return self._opened
