"""The summary of a folder or an index as an office reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corpus.relations.lineage import Relation
from ui.output.labels import FIELD_NAMES, RELATION_NAMES

if TYPE_CHECKING:
    from corpus.relations.related import Comparison, DocumentName, Link
    from corpus.summary import CorpusSummary, DroppedLine

INDENT = "    "
#: Lines shown of any list; the JSON has all.
SHOWN = 10
_EXAMPLES = 3
_NAMES = 5
_LONGEST_TITLE = 40
_NOTHING = f"{INDENT}没有"


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
        lines += [f"{INDENT * 2}{_example(line)}" for line in examples]
        if rule.count > len(examples):
            lines.append(f"{INDENT * 2}……")
    return lines


def _example(line: DroppedLine) -> str:
    return f"{line.file} 第 {line.line} 行：{_short(line.text)}"


def _copies(copies: Sequence[Comparison]) -> list[str]:
    lines = []
    for one in copies:
        differ = f"{one.sentences} 句不同" if one.sentences else "文字完全相同"
        lines.append(f"{_name(one.other)}与{_name(one.one)}：{differ}")
    return _listed(lines)


def _links(links: Sequence[Link]) -> list[str]:
    if not links:
        return []
    lines = []
    for relation in Relation:
        own = [link for link in links if link.relation is relation]
        found = sum(1 for link in own if link.target)
        if own:
            lines.append(
                f"{INDENT}{RELATION_NAMES[relation]} {len(own)} 处："
                f"资料里有的 {found} 处，没有的 {len(own) - found} 处"
            )
    # What is forwarded, amended or repealed matters even where it is not among the files.
    told = [k for k in links if k.target or k.relation is not Relation.CITES]
    told.sort(key=lambda k: (k.target is None, k.relation is Relation.CITES))
    return lines + _listed([_link(link) for link in told]) + _wanted(links)


def _link(link: Link) -> str:
    named = f"《{_short(link.title)}》" if link.title else ""
    number = f"（{link.number}）" if named and link.number else link.number
    missing = "" if link.target else "（资料里没有）"
    relation = RELATION_NAMES[link.relation]
    return f"{_name(link.source)}{relation}{named}{number}{missing}"


def _wanted(links: Iterable[Link]) -> list[str]:
    """What several documents cite and is not here: a person may want to add it."""
    naming: dict[str, set[str]] = {}
    for link in links:
        if link.target is None:
            name = f"《{_short(link.title)}》" if link.title else link.number
            naming.setdefault(name, set()).add(link.source.id)
    often = sorted(((len(who), name) for name, who in naming.items() if len(who) > 1), reverse=True)
    if not often:
        return []
    return [
        f"{INDENT}资料里没有、被多篇提到的：",
        *(f"{INDENT * 2}{name}：{count} 篇" for count, name in often[:SHOWN]),
    ]


def _missing(summary: CorpusSummary) -> list[str]:
    return [
        f"{INDENT}没有{FIELD_NAMES[one.field]} {len(one.documents)} 篇：{_names(one.documents)}"
        for one in summary.missing
    ]


def _attention(summary: CorpusSummary) -> list[str]:
    lines = _under(
        "读不了的文件", [f"{note.file}：{note.text}" for note in summary.unreadable]
    ) + _under("读取时的提醒", [f"{note.file}：{note.text}" for note in summary.warnings])
    damaged = []
    for one in summary.damaged:
        line, text = one.examples[0]
        damaged.append(f"{_name(one.document)} {one.count} 处，如第 {line} 行：{text}")
    lines += _under("可能还有没修好的乱码", damaged)
    untitled = [
        one for missing in summary.missing if missing.field == "title" for one in missing.documents
    ]
    lines += _under("没有题目的文档", [_name(one) for one in untitled])
    if summary.masks:
        masks = "、".join(f"{m.mask} {m.count:,} 处" for m in summary.masks[:SHOWN])
        lines.append(f"{INDENT}原文用来隐去内容的符号，照样保留：{masks}")
    return lines


def _under(title: str, lines: Sequence[str]) -> list[str]:
    """A list under its title with the count; nothing where it is empty."""
    if not lines:
        return []
    return [f"{INDENT}{title}（{len(lines)}）：", *(INDENT + line for line in _listed(lines))]


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
