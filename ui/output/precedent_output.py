"""Precedents as text for a terminal and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from indexer.passage import Passage
from qa.pipeline import correction_notice
from ui.output.json_output import JsonObject, hit_json, source_json
from ui.output.labels import FIELD_NAMES, INDENT, place_line, where_line
from ui.output.text_output import citation_line

if TYPE_CHECKING:
    from indexer.backend import Counts
    from retriever.precedent.comparison import Comparison, Piece
    from retriever.precedent.finder import PrecedentReport, SentencePrecedents
    from retriever.precedent.formulas import FormulaUse
    from retriever.precedent.likeness import Match
    from retriever.precedent.selection import Precedent

#: Longer words of one place alone are shortened in a terminal.
_LONGEST_OWN = 36
#: Values of a facet, places of a formula shown in a terminal.
_VALUES = 6
#: Places that have the very same sentence.
_SAME = 2


def report_json(report: PrecedentReport) -> JsonObject:
    """The result of ``precedent``; ``mended``, the former name of ``corrected``, goes next release."""
    corrected = [asdict(change) for change in report.changes]
    return {
        "query": report.query,
        "corrected": corrected,
        "mended": corrected,
        "hits": [
            {**hit_json(one.hit), "copies": [hit_json(copy) for copy in one.copies]}
            for one in report.precedents
        ],
        "documents": [_group_json(group) for group in report.documents],
        "facets": {name: _counts_json(counts) for name, counts in report.facets.items()},
        "sentences": [_sentence_json(one) for one in report.sentences],
        "left_over": report.left_over,
        "comparison": [_comparison_json(one) for one in report.comparisons],
        "formulas": [formula_json(one) for one in report.formulas],
    }


def formula_json(use: FormulaUse) -> JsonObject:
    """One set phrase with its use in the corpus."""
    plain = ("text", "documents", "found", "in_draft", "first_year", "last_year", "undated")
    counted = ("years", "regions", "issuers")
    return {
        **{name: getattr(use, name) for name in plain},
        **{name: _counts_json(getattr(use, name)) for name in counted},
        "first": source_json(use.first) if use.first else None,
        "last": source_json(use.last) if use.last else None,
    }


def report_lines(report: PrecedentReport) -> list[str]:
    """Verdicts on the sentences, passages by document, wordings side by side, set phrases."""
    if not report.precedents:
        return ["没有找到可以参考的先例。"]
    notice = correction_notice(report.changes)
    parts = (
        [f"提示：{notice}"] if notice else [],
        _sentence_lines(report.sentences, report.left_over),
        _found_lines(report),
        *(_group_lines(group) for group in report.documents),
        _comparison_lines(report.comparisons),
        _formulas_lines(report.formulas),
    )
    return [line for part in parts if part for line in (*part, "")][:-1]


def formula_lines(use: FormulaUse) -> list[str]:
    """One set phrase: who uses it, year by year."""
    if not use.documents:
        return [f"资料里没有“{use.text}”。"]
    lines = [_formula_line(use)]
    for name, counts in (("年份", use.years), ("地区", use.regions), ("发文机关", use.issuers)):
        if counts:
            lines.append(f"{INDENT}{name}：{_listed(counts, len(counts))}")
    for name, passage in (("最早", use.first), ("最近", use.last)):
        if passage:
            lines.append(f"{INDENT}{name}：{passage.metadata.year}年 {citation_line(passage)}")
    return lines


def _group_json(group: Sequence[Precedent]) -> JsonObject:
    document = group[0].hit.passage
    return {
        "doc": document.doc,
        "title": document.title,
        "metadata": asdict(document.metadata),
        "hits": [one.hit.rank for one in group],
    }


def _counts_json(counts: Counts) -> list[JsonObject]:
    return [{"value": value, "documents": documents} for value, documents in counts]


def _sentence_json(one: SentencePrecedents) -> JsonObject:
    return {
        "text": one.text,
        "has_precedent": one.has_precedent,
        "precedents": [_match_json(match) for match in one.matches],
        "nearest": _match_json(one.nearest) if one.nearest else None,
    }


def _match_json(match: Match) -> JsonObject:
    return {
        "text": match.text,
        "likeness": round(match.likeness, 3),
        "meaning": round(match.meaning, 3),
        "wording": round(match.wording, 3),
        **source_json(match.passage),
        "others": [source_json(passage) for passage in match.others],
    }


def _comparison_json(one: Comparison) -> JsonObject:
    return {
        "sentence": one.sentence,
        "shared": one.shared,
        "versions": [
            {**_match_json(version.match), "pieces": [asdict(piece) for piece in version.pieces]}
            for version in one.versions
        ],
    }


def _sentence_lines(sentences: Sequence[SentencePrecedents], left_over: int) -> list[str]:
    if not sentences:
        return []
    having = sum(one.has_precedent for one in sentences)
    lines = [f"草稿 {len(sentences)} 句：{having} 句有先例，{len(sentences) - having} 句没有"]
    for n, one in enumerate(sentences, start=1):
        lines.append(f"{'[有]' if one.has_precedent else '[无]'} {n}. {one.text}")
        lines += [f"{INDENT}  {_match_line(match)}" for match in one.matches]
        if not one.has_precedent and one.nearest:
            lines.append(f"{INDENT}  最接近的（不够像）：{_match_line(one.nearest)}")
    if left_over:
        lines.append(f"后面还有 {left_over} 句没有查，请分段再查。")
    return lines


def _match_line(match: Match) -> str:
    words = " ".join(match.display.split())
    return f"{match.likeness:.2f} {_source(match.passage)}：“{words}”{_same(match)}"


def _same(match: Match) -> str:
    """``（辽宁省沈阳市 2023 等 3 处相同）``: where the very same sentence stands too."""
    if not match.others:
        return ""
    places = list(dict.fromkeys(_source(passage) for passage in match.others))
    shown = "、".join(places[:_SAME])
    more = f" 等 {len(match.others)} 处" if len(places) > _SAME else ""
    return f"（{shown}{more}相同）"


def _source(passage: Passage) -> str:
    """``辽宁省沈阳市 2023``, or the title where the place is not known."""
    place = passage.metadata.region or f"《{passage.title}》"
    return f"{place} {passage.metadata.year}".strip()


def _found_lines(report: PrecedentReport) -> list[str]:
    copies = sum(len(one.copies) for one in report.precedents)
    folded = f"，另有 {copies} 处文字基本相同" if copies else ""
    lines = [
        f"可以参考的 {len(report.precedents)} 段，来自 {len(report.documents)} 篇文件{folded}；"
        "相关文件的分布："
    ]
    return lines + [
        f"{INDENT}{FIELD_NAMES[name]}：{_listed(counts, _VALUES)}"
        for name, counts in report.facets.items()
        if counts
    ]


def _listed(counts: Counts, most: int) -> str:
    shown = " · ".join(f"{value} {documents}" for value, documents in counts[:most])
    return f"{shown} 等 {len(counts)} 个" if len(counts) > most else shown


def _group_lines(group: Sequence[Precedent]) -> list[str]:
    document = group[0].hit.passage
    place = place_line(document.metadata)
    lines = [f"《{document.title}》{f' {place}' if place else ''}"]
    for one in group:
        passage = one.hit.passage
        where = " › ".join(passage.heading_path)
        lines.append(f"{one.hit.rank}. {where}{' — ' if where else ''}{where_line(passage)}")
        lines += [INDENT + line for line in passage.display.splitlines() if line.strip()]
        if one.copies:
            lines.append(f"{INDENT}另有 {len(one.copies)} 处文字基本相同：")
        lines += [f"{INDENT}  · {citation_line(copy.passage)}" for copy in one.copies]
    return lines


def _comparison_lines(comparisons: Iterable[Comparison]) -> list[str]:
    lines: list[str] = []
    for one in comparisons:
        lines += [f"“{' '.join(one.sentence.split())}”", f"{INDENT}共同的措辞：{one.shared}"]
        lines += [
            f"{INDENT}{_source(version.match.passage)}：{_marked(version.pieces)}{_same(version.match)}"
            for version in one.versions
        ]
    return ["措辞比较（【+…】里是这一处多出或不同的话）：", *lines] if lines else []


def _marked(pieces: Iterable[Piece]) -> str:
    marked = (piece.text if piece.shared else f"【+{_shortened(piece.text)}】" for piece in pieces)
    return " ".join("".join(marked).split())


def _shortened(text: str) -> str:
    half = _LONGEST_OWN // 2
    return text if len(text) <= _LONGEST_OWN else f"{text[:half]}……{text[-half:]}"


def _formulas_lines(formulas: Sequence[FormulaUse]) -> list[str]:
    lines = [INDENT + _formula_line(use) for use in formulas]
    return ["常用提法（在全部资料里）：", *lines] if lines else []


def _formula_line(use: FormulaUse) -> str:
    parts = [f"{use.documents} 篇"]
    if use.regions:
        parts.append(f"{len(use.regions)} 地（{_listed(use.regions, 3)}）")
    if use.first_year:
        same = use.first_year == use.last_year
        parts.append(f"{use.first_year}年" if same else f"{use.first_year}—{use.last_year}年")
    if use.undated:
        parts.append(f"{use.undated} 篇年份不详")
    if use.in_draft:
        parts.append("草稿里已有")
    return f"{use.text}：{'，'.join(parts)}"
