"""What ``policyqa corpus`` shows: documents with their places in the files, and the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from corpus.cleaning.pipeline import RULES
from corpus.document import Block, Document, FieldSource
from corpus.relations.lineage import Relation
from ui.output.json_output import JsonObject
from ui.output.labels import FIELD_NAMES, INDENT, RELATION_NAMES, link_name

if TYPE_CHECKING:
    from corpus.load import LoadResult
    from corpus.relations.related import Comparison, DocumentName, Link
    from corpus.summary import CorpusSummary

#: Lines shown of any list; the JSON has all.
SHOWN = 10
_EXAMPLES = 3
_NAMES = 5
_LONGEST_TITLE = 40
_NOTHING = f"{INDENT}没有"


def inspect_json(results: Sequence[LoadResult], summary: CorpusSummary) -> JsonObject:
    """The result of ``corpus inspect``."""
    return {
        "documents": [document_json(one) for result in results for one in result.documents],
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
        "dates": [
            {"date": one.value, "kind": one.kind.value, "sure": one.sure} for one in document.dates
        ],
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
    if not 0 <= source.block < len(document.blocks):
        return {"rule": source.rule, "sure": source.sure, "block": None, "line": None, "text": ""}
    block = document.blocks[source.block]
    line, text = block.position(source.start).line, block.display[source.start : source.end]
    return {
        "rule": source.rule,
        "sure": source.sure,
        "block": source.block,
        "line": line,
        "text": text,
    }


def _report_json(results: Sequence[LoadResult]) -> JsonObject:
    """What cleaning did to all files; unlike the summary's, nothing is left out."""
    from corpus.summary import dropped_lines, file_names

    counts: Counter[str] = Counter()
    warnings: list[str] = []
    dropped: list[JsonObject] = []
    for name, result in zip(file_names(results), results, strict=True):
        if result.report is None:
            continue
        warnings.extend(result.report.warnings)
        dropped.extend(asdict(line) for line in dropped_lines(name, result.report))
        counts.update(dict(result.report.counts))
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
    copies = summary.copies
    links = Counter((link.relation, link.target is not None) for link in summary.links)
    lineage = {
        relation.value: {"found": links[relation, True], "not_found": links[relation, False]}
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
        "families": {"families": len({k.one.id for k in copies}), "copies": len(copies)},
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


def summary_lines(summary: CorpusSummary) -> list[str]:
    """Seven sections, each with its counts first."""
    sections = (
        ("一、读了什么", _read(summary)),
        ("二、修复了什么（显示和引用仍可对照原文件）", _repaired(summary)),
        ("三、剔除了什么（原文件没有改动）", _dropped(summary)),
        ("四、内容基本相同的文件", _copies(summary.copies)),
        ("五、文件之间的引用、转发、修改、废止", _links(summary.links)),
        ("六、没有读出的信息（可用 policyqa corpus correct 补上）", _missing(summary)),
        ("七、需要人看一看", _attention(summary)),
    )
    lines: list[str] = []
    for title, body in sections:
        lines += [title, *(body or [_NOTHING]), ""]
    return lines[:-1]


def _read(summary: CorpusSummary) -> list[str]:
    unread = f"，读不了 {len(summary.unreadable)} 个" if summary.unreadable else ""
    formats = "、".join(f"{f.suffix or '无扩展名'} {f.files}" for f in summary.formats)
    lines = [
        f"{INDENT}文件 {summary.files} 个{unread}；"
        f"文档 {summary.documents} 篇，共 {summary.characters:,} 字"
    ]
    return [*lines, f"{INDENT}格式：{formats}"] if formats else lines


def _repaired(summary: CorpusSummary) -> list[str]:
    return [f"{INDENT}{rule.label}：{rule.count:,} 处" for rule in summary.repairs]


def _dropped(summary: CorpusSummary) -> list[str]:
    lines = []
    for rule in summary.drops:
        examples = [line for line in summary.dropped if line.rule == rule.rule][:_EXAMPLES]
        lines.append(f"{INDENT}{rule.label}：{rule.count:,} 处")
        lines += [
            f"{INDENT * 2}{line.file} 第 {line.line} 行：{_short(line.text)}" for line in examples
        ]
        if rule.count > len(examples):
            lines.append(f"{INDENT * 2}……")
    return lines


def _copies(copies: Sequence[Comparison]) -> list[str]:
    how = (f"{one.sentences} 句不同" if one.sentences else "文字完全相同" for one in copies)
    pairs = zip(copies, how, strict=True)
    return _listed([f"{_name(k.other)}与{_name(k.one)}：{differ}" for k, differ in pairs])


def _links(links: Sequence[Link]) -> list[str]:
    lines = []
    counts = Counter((link.relation, link.target is not None) for link in links)
    for relation in Relation:
        found, lacking = counts[relation, True], counts[relation, False]
        if found or lacking:
            lines.append(
                f"{INDENT}{RELATION_NAMES[relation]} {found + lacking} 处："
                f"资料里有的 {found} 处，没有的 {lacking} 处"
            )
    # What is forwarded, amended or repealed matters even where it is not among the files.
    shown = [k for k in links if k.target or k.relation is not Relation.CITES]
    shown.sort(key=lambda k: (k.target is None, k.relation is Relation.CITES))
    return lines + _listed([_link(link) for link in shown]) + _wanted(links)


def _link(link: Link) -> str:
    named = link_name(replace(link, title=_short(link.title)))
    missing = "" if link.target else "（资料里没有）"
    return f"{_name(link.source)}{RELATION_NAMES[link.relation]}{named}{missing}"


def _wanted(links: Iterable[Link]) -> list[str]:
    """What several documents cite and is not here: a person may want to add it."""
    naming: dict[str, set[str]] = {}
    for link in links:
        if link.target is None:
            name = f"《{_short(link.title)}》" if link.title else link.number
            naming.setdefault(name, set()).add(link.source.id)
    often = sorted(((len(who), name) for name, who in naming.items() if len(who) > 1), reverse=True)
    lines = [f"{INDENT * 2}{name}：{count} 篇" for count, name in often[:SHOWN]]
    return [f"{INDENT}资料里没有、被多篇提到的：", *lines] if lines else []


def _missing(summary: CorpusSummary) -> list[str]:
    return [
        f"{INDENT}没有{FIELD_NAMES[one.field]} {len(one.documents)} 篇：{_names(one.documents)}"
        for one in summary.missing
    ]


def _attention(summary: CorpusSummary) -> list[str]:
    lines, damaged = [], []
    for title, notes in (("读不了的文件", summary.unreadable), ("读取时的提醒", summary.warnings)):
        lines += _under(title, [f"{note.file}：{note.text}" for note in notes])
    for one in summary.damaged:
        line, text = one.examples[0]
        damaged.append(f"{_name(one.document)} {one.count} 处，如第 {line} 行：{text}")
    lines += _under("可能还有没修好的乱码", damaged)
    untitled = (missing.documents for missing in summary.missing if missing.field == "title")
    lines += _under("没有题目的文档", [_name(one) for some in untitled for one in some])
    if summary.masks:
        masks = "、".join(f"{m.mask} {m.count:,} 处" for m in summary.masks[:SHOWN])
        lines.append(f"{INDENT}原文用来隐去内容的符号，照样保留：{masks}")
    return lines


def _under(title: str, lines: Sequence[str]) -> list[str]:
    """A list under its title with the count; nothing where it is empty."""
    listed = [INDENT + line for line in _listed(lines)]
    return [f"{INDENT}{title}（{len(lines)}）：", *listed] if lines else []


def _listed(lines: Sequence[str]) -> list[str]:
    shown = [INDENT + line for line in lines[:SHOWN]]
    if len(lines) > SHOWN:
        shown.append(f"{INDENT}……另有 {len(lines) - SHOWN} 条，加 --json 看全部")
    return shown


def _names(documents: Sequence[DocumentName]) -> str:
    more = "……等" if len(documents) > _NAMES else ""
    return "、".join(_name(one) for one in documents[:_NAMES]) + more


def _name(document: DocumentName) -> str:
    """The title, or the identifier of a document that has none."""
    if document.title == document.file:
        return document.id.removesuffix("#0")
    return f"《{_short(document.title)}》"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_TITLE else f"{text[:_LONGEST_TITLE]}……"
