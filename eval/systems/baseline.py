"""The usual stack, to compare with: split, BM25, dense vectors, reciprocal rank fusion.

Deliberately what a tutorial builds in an afternoon; nothing of policyqa's own search is in it. A
module of its own because it alone needs LangChain's splitter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.document import Document
from corpus.errors import PolicyQAError
from indexer.embedding.encoder import Encoder

CHUNK_CHARACTERS = 300
CHUNK_OVERLAP = 50
#: Ranks are damped by this constant: G. Cormack, C. Clarke and S. Büttcher, "Reciprocal rank
#: fusion outperforms Condorcet and individual rank learning methods", SIGIR 2009.
RRF_K = 60
#: How many of each ranking are fused.
DEPTH = 100

Vectors = npt.NDArray[np.float32]


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[int]], k: int = RRF_K
) -> list[tuple[int, float]]:
    """Fuse rankings of ids: score(d) = Σ 1 / (k + rank of d), ranks from 1; best first.

    Equal scores keep the order in which the ids first came. Source: see ``RRF_K``.
    """
    scores: defaultdict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, identifier in enumerate(ranking, start=1):
            scores[identifier] += 1 / (k + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])


class Baseline:
    """LangChain's splitter, rank_bm25 with jieba, FAISS and reciprocal rank fusion.

    Args:
        documents: what to search; a document's text is its blocks' texts, one a line.
        encoder: the embedding model.

    Raises:
        PolicyQAError: the documents hold no text.
    """

    def __init__(self, documents: Sequence[Document], encoder: Encoder) -> None:
        self._encoder = encoder
        self._chunks = _chunks(documents)
        if not self._chunks:
            raise PolicyQAError("文档里没有文字", "至少一份有文字的文档", "换一个文件夹再试")
        texts = [text for _, text in self._chunks]
        self._bm25 = _bm25(texts)
        self._faiss = _faiss(encoder.encode_passages(texts))

    def search(self, query: str, k: int = 10) -> list[tuple[str, str]]:
        """At most ``k`` (file name, text) pairs, best first."""
        depth = min(DEPTH, len(self._chunks))
        scores = self._bm25.get_scores(_words(query))
        lexical = np.argsort(-scores, kind="stable")[:depth].tolist()
        vector = np.ascontiguousarray(self._encoder.encode_query(query)[None], dtype=np.float32)
        dense = self._faiss.search(vector, depth)[1][0].tolist()
        fused = reciprocal_rank_fusion([lexical, dense])
        return [self._chunks[index] for index, _ in fused[:k]]


def _chunks(documents: Sequence[Document]) -> list[tuple[str, str]]:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARACTERS, chunk_overlap=CHUNK_OVERLAP
    )
    return [
        (document.file, text)
        for document in documents
        for text in splitter.split_text("\n".join(block.text for block in document.blocks))
    ]


def _words(text: str) -> list[str]:
    import jieba

    jieba.setLogLevel(60)  # it reports its dictionary at every start
    return [word for word in jieba.lcut(text) if word.strip()]


# rank_bm25 and faiss are untyped, hence Any.
def _bm25(texts: Sequence[str]) -> Any:
    from rank_bm25 import BM25Okapi

    return BM25Okapi([_words(text) for text in texts])


def _faiss(vectors: Vectors) -> Any:
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return index
