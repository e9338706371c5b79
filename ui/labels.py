"""The Chinese words for what a document, a passage or a block is."""

from __future__ import annotations

from corpus.document import BlockKind, Metadata
from indexer.passage import Passage

KIND_NAMES = {
    BlockKind.TITLE: "题目",
    BlockKind.HEADING: "标题",
    BlockKind.PARAGRAPH: "段落",
    BlockKind.ITEM: "条目",
    BlockKind.TABLE_ROW: "表格行",
    BlockKind.SIGN_OFF: "落款",
    BlockKind.CONTACT: "联系方式",
}


def place_line(metadata: Metadata) -> str:
    """``地区 · 发文机关 · 2023 · 通知``, without what is not known."""
    parts = (metadata.region, metadata.issuer, metadata.year, metadata.doc_type)
    return " · ".join(part for part in parts if part)


def where_line(passage: Passage) -> str:
    """``文件名 第3页``, or the file's name alone."""
    return passage.doc if passage.page is None else f"{passage.doc} 第{passage.page}页"


def metadata_pairs(metadata: Metadata) -> list[tuple[str, str]]:
    """Names and values of the metadata that is known, the title left out."""
    pairs = (
        ("发文机关", metadata.issuer),
        ("发文字号", metadata.number),
        ("文种", metadata.doc_type),
        ("成文日期", metadata.date or metadata.year),
        ("地区", metadata.region),
    )
    return [(name, value) for name, value in pairs if value]
