"""Results of benchmarks as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from eval.benchmarks.cleaning import CleaningSpeed
from eval.benchmarks.metadata import FIELDS, MetadataScores
from eval.benchmarks.result import BenchResult
from eval.benchmarks.scale import ScaleResult
from eval.metrics.layout import aligned, share, whole

_MEASURES = {
    "golden": ("success@5", "recall@10", "nDCG@10", "success@1500", "answer"),
    "beir": ("nDCG@10", "R@10", "R@100", "RR@10", "Success@5"),
}
_TITLES = {"golden": "证据 · evidence found", "beir": "文档 · documents ranked"}
_MAIN = "nDCG@10"


def bench_text(results: Sequence[BenchResult]) -> str:
    """Tables of measures, of costs and of types, with remarks; no final newline."""
    parts: list[str] = []
    for kind, title in _TITLES.items():
        chosen = [result for result in results if result.kind == kind]
        if chosen:
            parts += [title, aligned(_measures(chosen, _MEASURES[kind])), ""]
    parts += ["代价 · cost", aligned(_costs(results)), ""]
    parts += [line for result in results for line in _types(result)]
    parts += [f"注：{r.benchmark}：{remark}" for r in results for remark in r.remarks]
    return "\n".join(parts).rstrip()


def _measures(results: Sequence[BenchResult], measures: Sequence[str]) -> list[list[str]]:
    rows = [["评测", "系统", *measures, "95% 区间 nDCG@10", "中位ms", "p95 ms"]]
    for result, system in [(one, each) for one in results for each in one.systems]:
        low, high = system.intervals.get(_MAIN, (None, None))
        shares = (share(system.measures.get(name)) for name in measures)
        times = (whole(system.median_ms), whole(system.p95_ms))
        rows.append([result.benchmark, system.name, *shares, f"{share(low)}–{share(high)}", *times])
    return rows


def _costs(results: Sequence[BenchResult]) -> list[list[str]]:
    rows = [
        ["评测", "题", "文档", "段落", "句子", "编码字", "字/秒", "建索引s", "索引MB", "内存MB"]
    ]
    for result in results:
        index = result.index
        counts = _counts(result.questions, index.documents, index.passages)
        sentences = f"{index.sentences:,}" if index.sentences else "无"
        encoded = _counts(index.encoded_characters, index.characters_per_second, index.seconds)
        size, memory = f"{index.index_bytes / 1e6:.1f}", _counts(result.peak_memory_mb)
        rows.append([result.benchmark, *counts, sentences, *encoded, size, *memory])
    return rows


def _counts(*values: float | None) -> list[str]:
    return [whole(value, ",.0f") for value in values]


def _types(result: BenchResult) -> list[str]:
    """Lines of the main measure by type of question."""
    lines = []
    for system in result.systems:
        cells = [
            f"{kind} {share(means[_MAIN])}"
            for kind, means in system.by_type.items()
            if _MAIN in means
        ]
        if cells:
            lines.append(f"{result.benchmark} {system.name} {_MAIN}：{'，'.join(cells)}")
    return [*lines, ""] if lines else []


def scale_text(results: Sequence[ScaleResult]) -> str:
    """One table of indexes and one of searches; no final newline."""
    indexes = [
        ["段落", "句子", "已编码段", "已编码句", "字/秒", "建索引s", "推算", "索引MB", "内存MB"]
    ]
    searches = [["段落", "系统", "中位ms", "p95 ms", "内存MB", "打开s"]]
    for result in results:
        cost = result.cost
        counts = (result.passages, cost.sentences, cost.embedded_passages, cost.embedded_sentences)
        speed = (whole(cost.characters_per_second), whole(result.index_seconds))
        guessed = "是" if result.extrapolated else "否"
        size = f"{cost.index_bytes / 1e6:.1f}"
        memory = _counts(cost.peak_memory_mb)
        indexes.append([*_counts(*counts), *speed, guessed, size, *memory])
        for each in result.systems:
            times = (f"{each.median_ms:.1f}", f"{each.p95_ms:.1f}", *_counts(each.memory_mb))
            named = (*_counts(result.passages), each.system)
            searches.append([*named, *times, f"{each.open_seconds:.1f}"])
    parts = ["索引 · index", aligned(indexes), "", "检索 · search", aligned(searches)]
    if any(result.extrapolated for result in results):
        parts += [
            "",
            "注：推算的建索引时间由已编码部分的速度算出；没有编码的向量由已编码的加噪声而成，只用于时间和内存。",
        ]
    return "\n".join(parts)


def cleaning_text(speed: CleaningSpeed) -> str:
    """Two lines; no final newline."""
    rounds = "、".join(f"{seconds:.2f}" for seconds in speed.seconds)
    lines = [
        f"{speed.megabytes_per_second:.2f} MB/s（{speed.files} 个 txt，{speed.size / 1e6:.2f} MB，"
        f"得 {speed.characters:,} 字，取最快一遍）",
        f"各遍秒数：{rounds}",
    ]
    if speed.skipped:
        lines.append(f"{speed.skipped} 个文件读不了，未计")
    return "\n".join(lines)


def metadata_text(scores: MetadataScores) -> str:
    """Shares of right values, and what is wrong, a line each; no final newline."""
    rows: list[tuple[str, ...]] = [("文件 · files", *FIELDS)]
    for name, half in (("全部 · all", None), ("奇数行 · odd lines", 0), ("偶数行 · even lines", 1)):
        shares = scores.shares(half)
        rows.append((name, *(f"{shares[field]:.3f}" for field in FIELDS)))
    lines = [aligned(rows)]
    for one in scores.files:
        lines += [
            f"{one.file} {field}：{got or '∅'} ≠ {wanted or '∅'}"
            for field, (got, wanted) in one.wrong.items()
        ]
    return "\n".join([*lines, *scores.skipped])
