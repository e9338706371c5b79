"""What commands print for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corpus.cleaning.pipeline import RULES
from corpus.document import BlockKind, Document
from indexer.passage import Passage
from qa.answer import Answer
from retriever.duplicates import differences
from retriever.hit import Hit
from ui.output.labels import INDENT, KIND_NAMES, metadata_fields, place_line, where_line

if TYPE_CHECKING:
    from corpus.load import LoadResult
    from indexer.build import BuildReport

#: On a refusal a person wants the nearest facts, not a second result list.
NEAREST = 3


def answer_lines(answer: Answer) -> list[str]:
    """The answer, its numbered citations with their quotes, or the nearest passages."""
    lines = [answer.text]
    if answer.notice:
        lines += ["", f"提示：{answer.notice}"]
    if answer.citations:
        lines += ["", "依据："]
    for citation in answer.citations:
        lines.append(f"[{citation.n}] {citation_line(citation.passage)}")
        lines += _indented(f"“{citation.quote.strip()}”")
    if not answer.answered and answer.hits:
        lines += ["", "最接近的内容（不能作为答案）："]
        for near in answer.nearest:
            where = citation_line(near.citation.passage)
            lines += [f"{near.citation.n}. 【{near.difference}】{where}"]
            lines += _indented(f"“{near.citation.quote.strip()}”")
        for hit in () if answer.nearest else answer.hits[:NEAREST]:
            lines += _hit_lines(hit)
    return lines


def citation_line(passage: Passage) -> str:
    """``《题目》 › 一、… › （二）… — 文件名 第3页``."""
    headings = " › ".join((f"《{passage.title}》", *passage.heading_path))
    return f"{headings} — {where_line(passage)}"


def hits_lines(hits: Sequence[Hit]) -> list[str]:
    """Ranked passages."""
    if not hits:
        return ["没有找到相关内容。"]
    return [line for hit in hits for line in (*_hit_lines(hit), "")][:-1]


def _hit_lines(hit: Hit) -> list[str]:
    passage = hit.passage
    lines = [f"{hit.rank}. {citation_line(passage)}"]
    frame = f"（{' '.join(passage.lead.split())}）\n" if passage.is_row and passage.lead else ""
    lines += _indented(f"{place_line(passage.metadata)}\n{frame}{passage.display}")
    return lines + [f"{INDENT}同文另见：{line}" for line in copies_lines(hit)]


def copies_lines(hit: Hit) -> list[str]:
    """Where else a passage's words stand, and what is worded otherwise there."""
    lines = []
    for copy in hit.copies:
        other = "；".join(f"“{a}”作“{b}”" for a, b in differences(hit.passage, copy)[:3])
        lines.append(f"{where_line(copy)}《{copy.title}》{f'（{other}）' if other else ''}")
    return lines


def build_lines(report: BuildReport) -> list[str]:
    """The summary of ``index``, with the reason for every skipped file."""
    lines = [
        f"文件 {report.files} 个，文档 {report.documents} 篇，段落 {report.passages} 段；"
        f"未变 {report.unchanged} 个，移除 {report.removed} 个，"
        f"跳过 {len(report.skipped)} 个；用时 {report.seconds:.1f} 秒"
    ]
    return lines + [f"跳过 {skipped.path}：{skipped.reason}" for skipped in report.skipped]


def outline_lines(results: Iterable[LoadResult]) -> list[str]:
    """An outline of each document and what cleaning did."""
    lines: list[str] = []
    for result in results:
        lines.append(f"文件：{result.path}")
        if result.error:
            lines.append(f"{INDENT}读不了：{result.error}")
        for document in result.documents:
            lines += _document_lines(document)
        if result.report is not None:
            lines += [f"{INDENT}{RULES.get(r, r)}：{n} 处" for r, n in result.report.counts]
            lines += [f"{INDENT}注意：{warning}" for warning in result.report.warnings]
        lines.append("")
    return lines[:-1]


def _document_lines(document: Document) -> list[str]:
    lines = [f"《{document.title}》"]
    lines += [f"{INDENT}{name}：{value}" for _, name, value in metadata_fields(document.metadata)]
    counts = Counter(block.kind for block in document.blocks)
    summary = "，".join(f"{KIND_NAMES[kind]} {count}" for kind, count in counts.items())
    lines.append(f"{INDENT}内容：{summary or '空'}")
    headings = (block for block in document.blocks if block.kind is BlockKind.HEADING)
    return lines + [f"{INDENT}{'  ' * block.level}{block.display}" for block in headings]


def _indented(text: str) -> list[str]:
    return [INDENT + line for line in text.splitlines() if line.strip()]
