"""What each part of the search is worth: the figures behind docs/measurements.md.

    python -m eval.ablation --docs FOLDER --questions FILE.jsonl [--index DIR]

builds the index if it is not there and prints one line a variant. Retrieval only.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import PolicyQAError
from eval.baseline import Baseline, reciprocal_rank_fusion
from eval.golden import GoldenItem, load_golden
from eval.run import Ranking, run_search
from eval.runfile import read_run
from eval.score import score_run
from indexer.build import build_index
from indexer.embedding import Encoder, load_encoder
from indexer.passage import Passage
from indexer.reader import IndexReader, open_index
from indexer.tokens import tokenise
from indexer.vector_texts import search_texts
from qa.settings import load_settings
from retriever.hybrid import HybridRetriever
from retriever.settings import RetrieverSettings

_DEPTH = 100
_TYPES = ("semantic", "precedent")


@dataclass(frozen=True)
class Variant:
    """A way to search, under a name."""

    name: str
    ranking: Ranking


def weight_variants(index: IndexReader, encoder: Encoder) -> Iterator[Variant]:
    """Each part of the fused score alone, each left out, and the whole."""
    weights = {
        "passage vectors": (1.0, 0.0, 0.0),
        "sentence vectors": (0.0, 1.0, 0.0),
        "BM25, bigrams": (0.0, 0.0, 1.0),
        "passages + sentences": (1.0, 1.0, 0.0),
        "passages + BM25": (1.0, 0.0, 1.0),
        "sentences + BM25": (0.0, 1.0, 1.0),
        "all three, as shipped": (1.0, 1.0, 1.0),
    }
    for name, (passage, sentence, lexical) in weights.items():
        settings = RetrieverSettings(passage, sentence, lexical)
        yield Variant(name, _ranking_of(HybridRetriever(index, encoder, settings)))
    single = [
        HybridRetriever(index, encoder, RetrieverSettings(*w)) for w in list(weights.values())[:3]
    ]
    yield Variant("all three, reciprocal ranks", _reciprocal(single))


def token_variants(passages: Sequence[Passage]) -> Iterator[Variant]:
    """BM25 alone over other tokens than the shipped ones."""
    import jieba

    jieba.setLogLevel(60)

    def words(text: str) -> list[str]:
        return [w for w in jieba.cut_for_search(text) if re.search(r"\w", w)]

    tokenisers: dict[str, Callable[[str], list[str]]] = {
        "BM25, single characters": lambda text: re.findall(r"[\u4e00-\u9fff]|[a-z0-9]+", text),
        "BM25, jieba search mode": words,
        "BM25, bigrams + jieba": lambda text: tokenise(text) + words(text),
        "BM25, white space": str.split,
    }
    for name, cut in tokenisers.items():
        yield Variant(name, _bm25_ranking(passages, cut))


def _bm25_ranking(passages: Sequence[Passage], cut: Callable[[str], list[str]]) -> Ranking:
    import bm25s
    import numpy as np

    model = bm25s.BM25(k1=1.2, b=0.75, method="lucene")
    model.index([cut(text.lower()) for text in search_texts(passages)], show_progress=False)

    def ranking(query: str, k: int) -> list[tuple[str, str]]:
        known = [t for t in cut(query.lower()) if t in model.vocab_dict]
        scores = model.get_scores(known) if known else np.zeros(len(passages))
        best = np.argsort(-scores, kind="stable")[:k]
        return [(passages[i].doc, passages[i].text) for i in best]

    return ranking


def _ranking_of(retriever: HybridRetriever) -> Ranking:
    def ranking(query: str, k: int) -> list[tuple[str, str]]:
        return [(h.passage.doc, h.passage.text) for h in retriever.search(query, k)]

    return ranking


def _reciprocal(retrievers: Sequence[HybridRetriever]) -> Ranking:
    def ranking(query: str, k: int) -> list[tuple[str, str]]:
        found: dict[str, Passage] = {}
        numbers: dict[str, int] = {}
        lists = []
        for retriever in retrievers:
            hits = retriever.search(query, _DEPTH)
            found.update((h.passage.id, h.passage) for h in hits)
            lists.append([numbers.setdefault(h.passage.id, len(numbers)) for h in hits])
        names = {number: identifier for identifier, number in numbers.items()}
        fused = [found[names[number]] for number, _ in reciprocal_rank_fusion(lists)[:k]]
        return [(p.doc, p.text) for p in fused]

    return ranking


def measure(variant: Variant, items: Sequence[GoldenItem]) -> str:
    """One line: success@5, recall@10, nDCG@10, success@5 by type, median milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "run.jsonl"
        run_search(variant.ranking, items, run, progress=False)
        table = score_run(items, read_run(run))
    whole = table.overall.scores
    by_type = {row.name: row.scores for row in table.rows}
    cells = [whole.success_at_5, whole.recall_at_10, whole.ndcg_at_10]
    cells += [by_type[t].success_at_5 for t in _TYPES if t in by_type]
    figures = "  ".join("  -  " if c is None else f"{c:.3f}" for c in cells)
    return f"{variant.name:<30}{figures}  {table.overall.median_ms or 0:6.0f}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.ablation", description=__doc__)
    parser.add_argument("--docs", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--index", type=Path, default=None)
    parser.add_argument("--baseline", action="store_true", help="also the usual stack (slow)")
    options = parser.parse_args(argv)
    try:
        return _run(options.docs, options.questions, options.index, options.baseline)
    except PolicyQAError as error:
        sys.stderr.write(f"错误：{error}\n")
        return 1


def _run(docs: Path, questions: Path, index_dir: Path | None, baseline: bool) -> int:
    settings = load_settings()
    items = load_golden(questions)
    with tempfile.TemporaryDirectory() as scratch:
        where = index_dir or Path(scratch) / "index"
        began = time.perf_counter()
        report = build_index([docs], where, settings.index, progress=False)
        sys.stdout.write(f"{report.passages} passages, {time.perf_counter() - began:.0f} s\n")
        index = open_index(where, settings.index)
        encoder = load_encoder(settings.index)
        head = "s@5    r@10   nDCG   " + "  ".join(t[:5] for t in _TYPES)
        sys.stdout.write(f"{'':<30}{head}      ms\n")
        for variant in weight_variants(index, encoder):
            sys.stdout.write(measure(variant, items) + "\n")
        passages = index.store.passages(range(index.manifest.passages))
        for variant in token_variants(passages):
            sys.stdout.write(measure(variant, items) + "\n")
        if baseline:
            stack = Baseline(list(index.catalogue.documents()), encoder)
            sys.stdout.write(measure(Variant("usual stack", stack.search), items) + "\n")
        index.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
