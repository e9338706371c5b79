"""Other people's search libraries on our passages and vectors; each an optional extra.

Both get the very texts that our own index holds and the vectors made of them, so that only their
search is compared. Settings are their own defaults for hybrid search.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from typing import Any

import numpy as np

from corpus.errors import PolicyQAError
from eval.systems.asking import Ranking
from indexer.embedding.encoder import Encoder
from indexer.embedding.texts import search_texts
from indexer.passage import Passage

Vectors = np.ndarray[Any, np.dtype[np.float32]]

#: Module → the package that holds it.
_PACKAGES = {"txtai": "txtai", "haystack": "haystack-ai"}


def txtai_ranking(passages: Sequence[Passage], vectors: Vectors, encoder: Encoder) -> Ranking:
    """txtai's hybrid index: its BM25 and its dense search, weighed half and half.

    Args:
        passages: by row.
        vectors: of the passages, shape (n, d).
        encoder: the model that made them.

    Raises:
        PolicyQAError: txtai is not installed.
    """
    txtai = _imported("txtai")
    texts = search_texts(passages)
    rows = {text: row for row, text in enumerate(texts)}

    # txtai calls plain functions only. It encodes passages and questions alike.
    def transform(given: Sequence[str]) -> list[Any]:
        return [vectors[rows[t]] if t in rows else encoder.encode_query(t) for t in given]

    index = txtai.Embeddings(method="external", transform=transform, hybrid=True)
    index.index([(row, text, None) for row, text in enumerate(texts)])

    def ranking(query: str, k: int) -> list[tuple[str, str]]:
        return [(passages[row].doc, passages[row].text) for row, _ in index.search(query, k)]

    return ranking


def haystack_ranking(passages: Sequence[Passage], vectors: Vectors, encoder: Encoder) -> Ranking:
    """Haystack's in-memory BM25 and dense retrievers, joined by reciprocal ranks; else as txtai's.

    Raises:
        PolicyQAError: Haystack is not installed.
    """
    haystack = _imported("haystack")
    # It reports its use to its makers unless it is forbidden to; nothing here may leave the machine.
    _imported("haystack.telemetry._telemetry").telemetry = None
    memory = _imported("haystack.document_stores.in_memory")
    retrievers = _imported("haystack.components.retrievers.in_memory")
    joiners = _imported("haystack.components.joiners")
    store = memory.InMemoryDocumentStore(shared=False, return_embedding=False)
    store.write_documents(
        [
            haystack.Document(id=str(row), content=text, embedding=vectors[row].tolist())
            for row, text in enumerate(search_texts(passages))
        ]
    )
    lexical = retrievers.InMemoryBM25Retriever(store)
    dense = retrievers.InMemoryEmbeddingRetriever(store)
    joiner = joiners.DocumentJoiner(join_mode="reciprocal_rank_fusion")

    def ranking(query: str, k: int) -> list[tuple[str, str]]:
        vector = encoder.encode_query(query).tolist()
        lists = [
            lexical.run(query=query, top_k=10 * k)["documents"],
            dense.run(query_embedding=vector, top_k=10 * k)["documents"],
        ]
        joined = joiner.run(documents=lists, top_k=k)["documents"]
        return [(passages[int(d.id)].doc, passages[int(d.id)].text) for d in joined]

    return ranking


def require(module: str) -> None:
    """Look for a library without loading it.

    Raises:
        PolicyQAError: it is not installed.
    """
    if importlib.util.find_spec(module) is None:
        raise _missing(_PACKAGES[module])


# These libraries are not there when the project's types are checked, hence Any.
def _imported(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = _PACKAGES[module.partition(".")[0]]
        raise _missing(f"{package}（{error.name}）") from None


def _missing(package: str) -> PolicyQAError:
    return PolicyQAError(
        f"没有安装 {package}",
        "装有 eval-extras 的环境",
        "运行 pip install 'policyqa[eval-extras]'，或不比这个系统",
    )
