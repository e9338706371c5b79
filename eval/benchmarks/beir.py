"""A benchmark on a BEIR folder: its corpus is indexed here, its documents are ranked and judged."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from corpus.errors import PolicyQAError
from eval.benchmarks.beir_index import beir_passages, index_passages
from eval.benchmarks.result import Findings, SystemResult, parts_of, system_result
from eval.benchmarks.task import BenchTask, opened
from eval.benchmarks.vectors import VectorStore
from eval.datasets.beir import BeirSet, read_beir
from eval.datasets.judgements import Qrels, Run, judged_measures
from eval.datasets.trec import write_trec_run
from eval.systems.opening import Bench, open_ranking, retriever_settings
from eval.systems.recipes import Recipe
from retriever.search import HybridRetriever

#: What documents found are measured by; names of ``ir_measures``.
JUDGED = ("nDCG@10", "R@10", "R@100", "RR@10", "Success@5")
#: Documents that a question is answered with, and passages that they are sought among.
_DOCUMENTS, _PASSAGES = 100, 300
_WARM_UP = "预热"


def judged_findings(task: BenchTask, recipes: Sequence[Recipe]) -> Findings:
    """Index the corpus, let every system rank its documents for every question and measure.

    Raises:
        PolicyQAError: a file is bad or missing, or the work folder cannot be written.
    """
    data = read_beir(task.benchmark.documents, task.benchmark.split)
    remarks = list(data.remarks[:3])
    if task.limit is not None:
        data = limited(data, task.limit)
        remarks.append(f"只用了 {len(data.documents)} 篇文档，分数不能与别处比较")
    settings = task.settings.index
    source = str((task.benchmark.documents / "corpus.jsonl").resolve())
    passages = beir_passages(data.documents, source, settings.passages)
    with_sentences = sum(len(p.text) for p in passages) <= task.sentence_limit
    encoder = task.model()
    store = VectorStore(task.work / "vectors", encoder)
    cost = index_passages(passages, task.index_dir, store, settings, with_sentences, task.progress)
    if not with_sentences:
        remarks.append(f"正文超过 {task.sentence_limit:,} 字，没有句子向量")
    if empty := len(data.documents) - cost.documents:
        remarks.append(f"{empty} 篇文档没有文字")
    del passages
    results: list[SystemResult] = []
    with opened(task, encoder) as bench:
        for recipe in recipes:
            if reason := _unfit(recipe, bench):
                remarks.append(f"没有测 {recipe.name}：{reason}")
                continue
            results.append(_judged(recipe, bench, data, task))
    return Findings(len(data.qrels.relevance), cost, tuple(results), tuple(remarks))


def _unfit(recipe: Recipe, bench: Bench) -> str:
    """Why a recipe cannot rank the documents of a BEIR corpus; "" when it can."""
    if recipe.kind not in ("search", "bm25") or recipe.fusion != "scores":
        return "只能比较检索系统（按分数融合）"
    return "" if recipe.kind == "bm25" or parts_of(recipe, bench) else "没有句子向量"


def _judged(recipe: Recipe, bench: Bench, data: BeirSet, task: BenchTask) -> SystemResult:
    from tqdm import tqdm

    rank = document_ranking(recipe, bench)
    rank(_WARM_UP)  # the first question loads the model
    scores: dict[str, Mapping[str, float]] = {}
    times = []
    for query in tqdm(data.queries, desc=recipe.label, unit="题", disable=not task.progress):
        began = time.perf_counter()
        scores[query.id] = rank(query.text)
        times.append((time.perf_counter() - began) * 1000)
    run = Run(scores)
    types = {query.id: query.metadata.get("type", "") for query in data.queries}
    found = judged_measures(data.qrels, run, JUDGED)
    if _fits_trec(run):
        write_trec_run(run, task.run_file(recipe.name, ".trec"), recipe.name)
    return system_result(recipe, bench, found.per_query, types, times)


def _fits_trec(run: Run) -> bool:
    ids = {name for query, docs in run.scores.items() for name in (query, *docs)}
    return all(name.split() == [name] for name in ids)


def document_ranking(recipe: Recipe, bench: Bench) -> Callable[[str], dict[str, float]]:
    """A search for documents: each ranks where its best passage does, copies not folded."""
    if recipe.kind == "bm25":
        ranking = open_ranking(recipe, bench)

        def by_rank(query: str) -> dict[str, float]:
            docs = dict.fromkeys(doc for doc, _ in ranking(query, _PASSAGES))
            return _first({doc: -float(rank) for rank, doc in enumerate(docs)}.items())

        return by_rank
    retriever = HybridRetriever(
        bench.index, bench.encoder, retriever_settings(recipe, bench.settings)
    )
    return lambda query: _first(
        (passage.doc, score) for passage, score in retriever.ranked(query, _PASSAGES)
    )


def _first(ranked: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The best score of each of the first documents."""
    best: dict[str, float] = {}
    for doc, score in ranked:
        if len(best) >= _DOCUMENTS:
            break
        best.setdefault(doc, score)
    return best


def limited(data: BeirSet, documents: int) -> BeirSet:
    """A small part of a set: the first questions whose relevant documents fill at most half of it,
    these documents, and the first others of the corpus.

    Raises:
        PolicyQAError: not even the first question's documents fit.
    """
    there = {document.id for document in data.documents}
    wanted: set[str] = set()
    kept: dict[str, Mapping[str, int]] = {}
    for query in data.queries:
        gold = {d for d, grade in data.qrels.relevance[query.id].items() if grade > 0} & there
        if len(wanted | gold) > max(1, documents // 2):
            break
        wanted |= gold
        kept[query.id] = data.qrels.relevance[query.id]
    if not kept:
        raise PolicyQAError(f"--limit {documents} 太小", "至少几十篇文档", "改大再试")
    others = documents - len(wanted)
    chosen = []
    for document in data.documents:
        if document.id in wanted or others > 0:
            chosen.append(document)
            others -= document.id not in wanted
    queries = tuple(query for query in data.queries if query.id in kept)
    return replace(data, documents=tuple(chosen), queries=queries, qrels=Qrels(kept))
