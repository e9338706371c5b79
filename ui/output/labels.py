"""The Chinese words for what a document, a passage or a block is, and how far lines are indented."""

from __future__ import annotations

from corpus.document import BlockKind, DateKind, Metadata
from corpus.relations.lineage import Relation
from corpus.relations.related import Link
from indexer.passage import Passage

INDENT = "    "
KIND_NAMES = {
    BlockKind.TITLE: "题目",
    BlockKind.HEADING: "标题",
    BlockKind.PARAGRAPH: "段落",
    BlockKind.ITEM: "条目",
    BlockKind.TABLE_ROW: "表格行",
    BlockKind.CAPTION: "表题",
    BlockKind.NOTE: "注",
    BlockKind.SIGN_OFF: "落款",
    BlockKind.CONTACT: "联系方式",
}
#: Names of the metadata fields.
FIELD_NAMES = {
    "title": "题目",
    "issuer": "发文机关",
    "number": "发文字号",
    "doc_type": "文种",
    "date": "成文日期",
    "year": "年份",
    "region": "地区",
    "addressees": "主送机关",
    "date_kind": "日期是",
}
#: What happened on a document's date.
DATE_NAMES = {
    DateKind.WRITTEN: "成文日期",
    DateKind.PROMULGATED: "公布日期",
    DateKind.DELIVERED: "作报告日期",
    DateKind.ADOPTED: "通过日期",
    DateKind.PRINTED: "印发日期",
    DateKind.PUBLISHED: "发布日期",
    DateKind.EFFECTIVE: "施行日期",
    DateKind.SAVED: "保存日期",
}
#: How a metadata value was found, by the rule of its ``FieldSource``.
RULE_NAMES = {
    "title": "从题目读出",
    "sign-off": "从落款读出",
    "masthead": "从版头读出",
    "body": "从正文读出",
    "gazetteer": "按地名表推定",
    "label": "从标注读出",
    "declared": "取自网页或文件属性",
    "bulletin": "取自所在简报的刊头",
    "person": "人工改正",
}
RELATION_NAMES = {
    Relation.CITES: "引用",
    Relation.FORWARDS: "转发",
    Relation.AMENDS: "修改",
    Relation.REPEALS: "废止",
}


def place_line(metadata: Metadata) -> str:
    """``地区 · 发文机关 · 2023 · 通知``, without what is not known."""
    parts = (metadata.region, metadata.issuer, metadata.year, metadata.doc_type)
    return " · ".join(part for part in parts if part)


def where_line(passage: Passage) -> str:
    """``文件名 第3页``, or the file's name alone."""
    return passage.doc if passage.page is None else f"{passage.doc} 第{passage.page}页"


def link_name(link: Link) -> str:
    """``《题目》（文号）`` of a document that another names, or what is known of the two."""
    title = f"《{link.title}》" if link.title else ""
    return f"{title}（{link.number}）" if title and link.number else title + link.number


def metadata_fields(metadata: Metadata) -> list[tuple[str, str, str]]:
    """(field, Chinese name, value) of the metadata that is known, the title left out.

    The year stands for the date where no date is known.
    """
    date = "date" if metadata.date else "year"
    fields = ("issuer", "number", "doc_type", date, "region", "addressees")
    values = [(field, str(getattr(metadata, field))) for field in fields]
    names = {**FIELD_NAMES, **_date_name(metadata)}
    return [(field, names[field], value) for field, value in values if value]


def _date_name(metadata: Metadata) -> dict[str, str]:
    """What the date is called: 「发布日期」 of what only its page dates."""
    kind = next((k for k in DateKind if k.value == metadata.date_kind), None)
    return {"date": DATE_NAMES[kind]} if kind else {}
