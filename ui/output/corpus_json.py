"""The JSON of ``policyqa corpus``: documents with their places in the files, and the summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from corpus.cleaning.pipeline import RULES
from corpus.document import Block, Document, FieldSource
from corpus.relations.lineage import Relation
from ui.output.json_output import JsonObject

if TYPE_CHECKING:
    from corpus.load import LoadResult
    from corpus.relations.related import Comparison, Link
    from corpus.summary import CorpusSummary


def inspect_json(results: Sequence[LoadResult], summary: CorpusSummary) -> JsonObject:
    """The result of ``corpus inspect``."""
    return {
        "documents": [
            document_json(document) for result in results for document in result.documents
        ],
        "report": _report_json(results),
        **report_json(summary),
    }


def report_json(summary: CorpusSummary) -> JsonObject:
    """The result of ``corpus report``: the summary, and what is known between documents."""
    return {
        "lineage": [_link_json(link) for link in summary.links],
        "families": _families_json(summary.copies),
        "summary": _summary_json(summary),
    }


def document_json(document: Document) -> JsonObject:
    """One document of ``corpus inspect``."""
    return {
        "id": document.id,
        "title": document.title,
        "metadata": asdict(document.metadata),
        "sources": {one.field: _source_json(one, document) for one in document.sources},
        "blocks": [_block_json(block) for block in document.blocks],
    }


def _block_json(block: Block) -> JsonObject:
    line, column = block.position()
    original = block.original()
    return {
        "kind": block.kind.value,
        "text": block.text,
        "heading_path": list(block.heading_path),
        "page": block.page,
        "line": line,
        "column": column,
        **({"original": original} if original != block.text else {}),
    }


def _source_json(source: FieldSource, document: Document) -> JsonObject:
    found: JsonObject = {"rule": source.rule, "block": None, "line": None, "text": ""}
    if 0 <= source.block < len(document.blocks):
        block = document.blocks[source.block]
        words = block.display[source.start : source.end]
        found |= {
            "block": source.block,
            "line": block.position(source.start).line,
            "text": words,
        }
    return found


def _report_json(results: Sequence[LoadResult]) -> JsonObject:
    """What cleaning did to all files; unlike the summary's, nothing is left out."""
    from corpus.summary import dropped_lines, file_names

    counts: dict[str, int] = {}
    warnings: list[str] = []
    dropped: list[JsonObject] = []
    for name, result in zip(file_names(results), results, strict=True):
        if result.report is None:
            continue
        warnings.extend(result.report.warnings)
        dropped.extend(asdict(line) for line in dropped_lines(name, result.report))
        for rule, count in result.report.counts:
            counts[rule] = counts.get(rule, 0) + count
    return {
        "counts": counts,
        "labels": {rule: RULES.get(rule, rule) for rule in counts},
        "dropped": dropped,
        "warnings": warnings,
        "errors": [{"path": str(r.path), "reason": r.error} for r in results if r.error],
    }


def _link_json(link: Link) -> JsonObject:
    return {
        "document": link.source.id,
        "relation": link.relation.value,
        "title": link.title,
        "number": link.number,
        "line": link.line,
        "target": link.target.id if link.target else None,
        "target_title": link.target.title if link.target else None,
    }


def _families_json(copies: Sequence[Comparison]) -> list[JsonObject]:
    families: dict[str, list[Comparison]] = {}
    for one in copies:
        families.setdefault(one.one.id, []).append(one)
    return [
        {
            "head": head,
            "copies": [one.other.id for one in group],
            "differences": [
                {
                    "copy": one.other.id,
                    "sentences": one.sentences,
                    "wordings": [{"head": d.one, "copy": d.other} for d in one.differences],
                }
                for one in group
            ],
        }
        for head, group in families.items()
    ]


def _summary_json(summary: CorpusSummary) -> JsonObject:
    lineage = {
        relation.value: {
            "found": sum(1 for k in summary.links if k.relation is relation and k.target),
            "not_found": sum(1 for k in summary.links if k.relation is relation and not k.target),
        }
        for relation in Relation
    }
    return {
        "files": summary.files,
        "documents": summary.documents,
        "characters": summary.characters,
        "formats": [asdict(one) for one in summary.formats],
        "unreadable": [asdict(one) for one in summary.unreadable],
        "repairs": [asdict(one) for one in summary.repairs],
        "drops": [
            asdict(rule) | {"examples": [asdict(d) for d in summary.dropped if d.rule == rule.rule]}
            for rule in summary.drops
        ],
        "lineage": lineage,
        "families": {
            "families": len({one.one.id for one in summary.copies}),
            "copies": len(summary.copies),
        },
        "missing": {one.field: [name.id for name in one.documents] for one in summary.missing},
        "warnings": [asdict(one) for one in summary.warnings],
        "damaged": [
            {
                "document": one.document.id,
                "count": one.count,
                "examples": [{"line": line, "text": text} for line, text in one.examples],
            }
            for one in summary.damaged
        ],
        "masks": [asdict(one) for one in summary.masks],
    }
