"""Opening a recipe on an index, and letting it search or answer a set of questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np

from corpus.errors import PolicyQAError
from eval.datasets.golden import GoldenItem
from eval.systems.asking import Ranking, run_questions, run_search, shown_passages
from eval.systems.baseline import Baseline, reciprocal_rank_fusion
from eval.systems.external import haystack_ranking, require, txtai_ranking
from eval.systems.recipes import Recipe
from indexer.backend import ids_of
from indexer.embedding.encoder import Encoder, load_encoder
from indexer.embedding.texts import search_texts
from indexer.local.index import LocalBackend, open_index
from indexer.passage import Passage
from indexer.tokens import tokenise
from qa.facade import PolicyQA
from qa.settings import Settings
from retriever.rerank.reranker import load_reranker
from retriever.search import HybridRetriever
from retriever.settings import RerankSettings, RetrieverSettings, Weights

#: How many of each part's passages are fused by their ranks: folding copies in more takes seconds.
_DEPTH = 50
#: Asked once before the clock runs: the first question loads the model.
_WARM_UP = "预热"


@dataclass(frozen=True)
class Bench:
    """What every system is opened on.

    Attributes:
        index_dir: the index's folder.
        index: the same, opened.
        encoder: the model that made its vectors.
        settings: what the recipes change.
    """

    index_dir: Path
    index: LocalBackend
    encoder: Encoder
    settings: Settings

    def passages(self) -> list[Passage]:
        """Every passage, in the order of ``index.passage_vectors``."""
        return self.index.passages(ids_of(self.index.documents()))


@contextmanager
def open_bench(
    index_dir: Path, settings: Settings, encoder: Encoder | None = None
) -> Iterator[Bench]:
    """Open an index for the length of a comparison, and its model unless one is given.

    Raises:
        PolicyQAError: there is no index, or it is damaged or of another model.
    """
    index = open_index(index_dir, settings.index)
    try:
        yield Bench(index_dir, index, encoder or load_encoder(settings.index), settings)
    finally:
        index.close()


def run_recipe(
    recipe: Recipe, bench: Bench, items: Sequence[GoldenItem], out: Path, progress: bool = True
) -> int:
    """Ask a system every question and write its run file; returns the number of questions.

    Raises:
        PolicyQAError: the system cannot be opened (a library is missing) or the file not written.
    """
    if recipe.kind == "answers":
        settings = replace(
            bench.settings,
            retriever=retriever_settings(recipe, bench.settings),
            reranker=rerank_settings(recipe, bench.settings),
        )
        engine = PolicyQA(bench.index_dir, bench.encoder, settings)
        try:
            engine.ask(_WARM_UP)
            return run_questions(engine, items, out, progress=progress)
        finally:
            engine.close()
    ranking = open_ranking(recipe, bench)
    ranking(_WARM_UP, 1)
    return run_search(ranking, items, out, progress=progress)


def require_parts(recipe: Recipe, settings: Settings) -> None:
    """Find out at once, and not after other systems have run for minutes.

    Raises:
        PolicyQAError: a library that the recipe needs is not installed, or it reranks and no model
            is set.
    """
    if recipe.kind in ("txtai", "haystack"):
        require(recipe.kind)
    # Otherwise two systems would be compared that are one and the same.
    named = "model" in dict(recipe.reranker)
    if recipe.reranker and not (named or settings.reranker.model):
        raise PolicyQAError(
            f"{recipe.name} 要重排，而没有重排模型",
            "设置文件里 [reranker] 的 model",
            "写上模型再加 --settings，或设 POLICYQA_RERANKER__MODEL",
        )


def open_ranking(recipe: Recipe, bench: Bench) -> Ranking:
    """A system that searches only.

    Raises:
        PolicyQAError: a library or the reranker's model is missing, or the index holds no text.
    """
    if recipe.kind == "baseline":
        return Baseline(list(bench.index.catalogue.documents()), bench.encoder).search
    if recipe.kind == "bm25":
        return _bm25(bench.passages(), _tokeniser(recipe.tokens))
    if recipe.kind in ("txtai", "haystack"):
        make = txtai_ranking if recipe.kind == "txtai" else haystack_ranking
        vectors = bench.index.passage_vectors
        return make(bench.passages(), vectors.vectors(0, vectors.size), bench.encoder)
    settings = retriever_settings(recipe, bench.settings)
    if recipe.fusion == "ranks":
        parts = [HybridRetriever(bench.index, bench.encoder, s) for s in _single_parts(settings)]
        return _by_ranks(parts)
    second = rerank_settings(recipe, bench.settings)
    reranker = load_reranker(second)
    retriever = HybridRetriever(bench.index, bench.encoder, settings, reranker, second)
    return lambda query, k: [
        (p.doc, p.text) for p in shown_passages(retriever.search(query, k))[:k]
    ]


def retriever_settings(recipe: Recipe, settings: Settings) -> RetrieverSettings:
    """The retriever's settings as configured, with the recipe's changes."""
    # The recipe file is checked against these very fields.
    weights = replace(settings.retriever.weights, **dict(recipe.weights))  # type: ignore[arg-type]
    return replace(settings.retriever, weights=weights, **dict(recipe.retriever))  # type: ignore[arg-type]


def rerank_settings(recipe: Recipe, settings: Settings) -> RerankSettings:
    """The reranker's settings as configured, with the recipe's changes."""
    return replace(settings.reranker, **dict(recipe.reranker))  # type: ignore[arg-type]


def _single_parts(settings: RetrieverSettings) -> Iterator[RetrieverSettings]:
    """One setting for each part that has a weight, with the other weights at 0."""
    nothing = Weights(**{f.name: 0.0 for f in fields(Weights)})
    for name in ("passage", "sentence", "lexical"):
        if getattr(settings.weights, name) > 0:
            yield replace(settings, weights=replace(nothing, **{name: 1.0}))


def _by_ranks(parts: Sequence[HybridRetriever]) -> Ranking:
    def ranking(query: str, k: int) -> list[tuple[str, str]]:
        found: dict[str, Passage] = {}
        numbers: dict[str, int] = {}
        lists = []
        for part in parts:
            hits = part.search(query, _DEPTH)
            found.update((h.passage.id, h.passage) for h in hits)
            lists.append([numbers.setdefault(h.passage.id, len(numbers)) for h in hits])
        names = list(numbers)
        fused = [found[names[number]] for number, _ in reciprocal_rank_fusion(lists)[:k]]
        return [(p.doc, p.text) for p in fused]

    return ranking


def _tokeniser(name: str) -> Callable[[str], list[str]]:
    if name == "characters":
        return lambda text: re.findall(r"[\u4e00-\u9fff]|[a-z0-9]+", text)
    if name == "spaces":
        return str.split
    import jieba

    jieba.setLogLevel(60)

    def words(text: str) -> list[str]:
        return [w for w in jieba.cut_for_search(text) if re.search(r"\w", w)]

    return words if name == "words" else lambda text: tokenise(text) + words(text)


def _bm25(passages: Sequence[Passage], cut: Callable[[str], list[str]]) -> Ranking:
    import bm25s

    model = bm25s.BM25(k1=1.2, b=0.75, method="lucene")
    model.index([cut(text.lower()) for text in search_texts(passages)], show_progress=False)

    def ranking(query: str, k: int) -> list[tuple[str, str]]:
        known = [t for t in cut(query.lower()) if t in model.vocab_dict]
        scores = model.get_scores(known) if known else np.zeros(len(passages))
        best = np.argsort(-scores, kind="stable")[:k]
        return [(passages[i].doc, passages[i].text) for i in best]

    return ranking
