"""Holding a comparison: systems by name or run file, asked and scored on one set of questions."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import PolicyQAError
from eval.benchmarks.scale import ScalePoint, read_scale
from eval.comparison.comparison import compare
from eval.comparison.scored_systems import (
    GOLDEN_MEASURES,
    Contestant,
    golden_contestant,
    judged_contestant,
    judged_measure,
)
from eval.datasets.beir import read_qrels
from eval.datasets.golden import GoldenItem, load_golden, require_one_make
from eval.datasets.judgements import Run
from eval.datasets.lines import numbered_lines
from eval.datasets.runs import RunRecord, read_run
from eval.datasets.trec import read_trec_run
from eval.report.report import Report
from eval.systems.opening import open_bench, require_parts, run_recipe
from eval.systems.recipes import Recipe, RecipeBook, load_recipes
from indexer.embedding.encoder import Encoder
from qa.settings import Settings

#: What is measured against judgements of documents; names of ``ir_measures``.
JUDGED_MEASURES = ("nDCG@10", "R@10", "R@100", "RR@10", "AP", "Success@5")


@dataclass(frozen=True)
class Contest:
    """What is compared, on what.

    Attributes:
        systems: recipe names, groups of them and run files; the first is what the others are
            tested against.
        questions: golden questions; or
        qrels: judgements of documents, TREC or BEIR, for run files only.
        index: the index that recipes are opened on; None for run files only.
        docs: documents to bring the index up to date with first; None to take it as it is.
        recipes: a file of recipes in place of those that come with the program.
        runs: where the run files of the recipes are kept; None for nowhere.
        scale: costs against corpus size, for the report.
        encoder: the model of the settings, where it is loaded already.
    """

    systems: tuple[str, ...]
    questions: Path | None = None
    qrels: Path | None = None
    index: Path | None = None
    docs: Path | None = None
    recipes: Path | None = None
    runs: Path | None = None
    scale: Path | None = None
    encoder: Encoder | None = None


@dataclass(frozen=True)
class _Entry:
    """One system: a recipe to be run, or a run file."""

    name: str
    label: str
    recipe: Recipe | None
    file: Path


def hold(contest: Contest, settings: Settings, progress: bool = True) -> Report:
    """Run what is to be run, score everything and compare.

    Whatever can be wrong with names and files is found before the first question is asked.

    Raises:
        PolicyQAError: a name, file or index does not fit, see the readers, or the questions are
            partly synthetic.
    """
    if (contest.questions is None) == (contest.qrels is None):
        raise PolicyQAError(
            "没有题集" if contest.questions is None else "--questions 和 --qrels 都写了",
            "--questions 题集 或 --qrels 判断，二者之一",
            "改正命令",
        )
    scale = read_scale(contest.scale) if contest.scale else ()
    if contest.qrels:
        return _judged(contest, contest.qrels, scale)
    items = load_golden(contest.questions or "")
    made = "题，全是合成题，不代表人提的问题" if require_one_make(items) else "题"
    with _kept(contest.runs) as folder:
        entries = _entries(contest.systems, load_recipes(contest.recipes), folder)
        # Files first: a run of another set is told before recipes are run for minutes.
        scored = {e.name: _scored(e, items) for e in entries if e.recipe is None}
        conditions = [("题集", f"{(contest.questions or Path()).name}，{len(items)} {made}")]
        if len(scored) < len(entries):
            conditions += _run_recipes(contest, entries, items, settings, progress)
        contestants = tuple(scored.get(e.name) or _scored(e, items) for e in entries)
    comparison = compare({item.id: item.type for item in items}, GOLDEN_MEASURES, contestants)
    return Report(comparison, contestants, items, (*conditions, *_circumstances()), scale)


def _scored(entry: _Entry, items: Sequence[GoldenItem]) -> Contestant:
    return golden_contestant(entry.name, entry.label, items, read_run(_jsonl(entry.file)))


def _judged(contest: Contest, qrels_file: Path, scale: tuple[ScalePoint, ...]) -> Report:
    entries = _entries(contest.systems, load_recipes(contest.recipes), Path())
    for entry in entries:
        if entry.recipe:
            raise PolicyQAError(
                f"--qrels 不能用来评 {entry.name}",
                "运行结果文件（TREC 或 JSONL）",
                "改用 --questions",
            )
    qrels = read_qrels(qrels_file)
    contestants = tuple(
        judged_contestant(e.name, e.label, qrels, _document_run(e.file), JUDGED_MEASURES)
        for e in entries
    )
    measures = [judged_measure(name) for name in JUDGED_MEASURES]
    questions = dict.fromkeys(qrels.relevance, "all")
    comparison = compare(questions, measures, contestants)
    conditions = (("相关性判断", f"{qrels_file.name}，{len(questions)} 题"), *_circumstances())
    return Report(comparison, contestants, (), conditions, scale)


def _entries(names: Sequence[str], book: RecipeBook, folder: Path) -> list[_Entry]:
    """What the names stand for; a recipe goes before a file of the same name."""
    recipes = {recipe.name: recipe for recipe in book.recipes}
    groups = dict(book.groups)
    found: list[_Entry] = []
    for name in names:
        path = Path(name)
        if name in recipes or name in groups or not (path.is_file() or path.suffix):
            chosen = [r for r in book.chosen([name]) if r.name not in [e.name for e in found]]
            found += [_Entry(r.name, r.label, r, folder / f"{r.name}.jsonl") for r in chosen]
            continue
        if name in [entry.name for entry in found]:
            raise PolicyQAError(f"{name} 写了两次", "各不相同的系统", "去掉一个再试")
        if not path.is_file():
            raise PolicyQAError(f"没有运行结果文件 {name}", "已有的文件或系统的名字", "检查路径")
        # A kept run goes by the label of its recipe.
        stem = path.stem
        label = recipes[stem].label if stem in recipes else stem
        labels = [entry.label for entry in found]
        found.append(_Entry(name, name if label in labels else label, None, path))
    return found


def _run_recipes(
    contest: Contest,
    entries: Sequence[_Entry],
    items: Sequence[GoldenItem],
    settings: Settings,
    progress: bool,
) -> list[tuple[str, str]]:
    """Ask every recipe; returns what the index is."""
    for entry in entries:
        if entry.recipe:
            require_parts(entry.recipe, settings)
    with _index(contest, settings, progress) as index_dir:
        with open_bench(index_dir, settings, contest.encoder) as bench:
            manifest = bench.index.manifest
            for entry in entries:
                if entry.recipe:
                    run_recipe(entry.recipe, bench, items, entry.file, progress)
    size = f"{manifest.documents} 篇文档，{manifest.passages} 段，模型 {manifest.model}"
    return [("索引", size)]


@contextmanager
def _index(contest: Contest, settings: Settings, progress: bool) -> Iterator[Path]:
    """The index, brought up to date where documents are given; one for this once without a folder."""
    if contest.docs is None:
        if contest.index is None:
            raise PolicyQAError(
                "没有写索引", "--index 索引文件夹", "加上 --index，或 --docs 资料文件夹"
            )
        yield contest.index
        return
    from indexer.build import build_index

    with TemporaryDirectory() as scratch:
        index_dir = contest.index or Path(scratch) / "index"
        build_index([contest.docs], index_dir, settings.index, contest.encoder, progress)
        yield index_dir


@contextmanager
def _kept(folder: Path | None) -> Iterator[Path]:
    if folder:
        yield folder
        return
    with TemporaryDirectory() as scratch:
        yield Path(scratch)


def _is_jsonl(file: Path) -> bool:
    return next(numbered_lines(file))[1].lstrip().startswith("{")


def _jsonl(file: Path) -> Path:
    if not _is_jsonl(file):
        raise PolicyQAError(
            f"{file.name} 不是 JSONL 运行结果，没有段落的文字可以对照证据",
            "policyqa eval run 写出的文件",
            "换一个文件，或用 --qrels 评 TREC 运行结果",
        )
    return file


def _document_run(file: Path) -> Run:
    """A run as scores of documents; of a JSONL run, a document ranks where its first passage does."""
    if not _is_jsonl(file):
        return read_trec_run(file)
    return Run({record.id: _document_scores(record) for record in read_run(file)})


def _document_scores(record: RunRecord) -> dict[str, float]:
    docs = dict.fromkeys(passage.doc for passage in record.passages)
    return {doc: -float(rank) for rank, doc in enumerate(docs, start=1)}


def _circumstances() -> list[tuple[str, str]]:
    try:
        ours = version("policyqa")
    except PackageNotFoundError:
        ours = "未安装"
    return [
        ("版本", ours),
        ("机器", f"{os.cpu_count()} 核 {platform.machine()}"),
        ("日期", time.strftime("%Y-%m-%d")),
    ]
