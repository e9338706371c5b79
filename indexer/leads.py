"""What introduces a passage but stands in another: the lead-in of its list, the head of its table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Block, BlockKind
from corpus.headings import find_marker, is_item
from corpus.sentences import sentence_spans

#: 「共分为七个阶段：」, 「要抓好以下四项工作：」: says of how many things a list is made.
_COUNTED = re.compile(
    r"(?:[一二三四五六七八九十两几]{1,3}|\d{1,2})(?:个|项|类|条|点|种|大|步|件)?"
    r"(?:方面|阶段|环节|步骤|问题|任务|工作|措施|要求|原则|目标|行动|工程|内容|重点|意见|建议|机制|制度|体系|做法|情况|部分)?"
    r"[^，。；]{0,10}[：:]$"
)
#: Characters of a lead-in, and of a table's head row.
_LONGEST_LEAD, _LONGEST_HEAD = 60, 120


def leads_of(blocks: Sequence[Block]) -> list[str]:
    """For each block what introduces it from outside its own heading path, or ""."""
    leads = [""] * len(blocks)
    for i, block in enumerate(blocks):
        lead = _lead_in(block)
        if lead:
            for j in _introduced(blocks, i):
                leads[j] = lead
    head = -1
    for i, block in enumerate(blocks):
        if block.kind is not BlockKind.TABLE_ROW:
            head = -1
        elif head < 0:
            head = i
        else:
            leads[i] = blocks[head].text[:_LONGEST_HEAD]
    return leads


def _lead_in(block: Block) -> str:
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return ""
    start, end = sentence_spans(block.text)[-1] if block.text else (0, 0)
    last = block.text[start:end].strip()
    return last[-_LONGEST_LEAD:] if _COUNTED.search(last) else ""


def _introduced(blocks: Sequence[Block], lead: int) -> list[int]:
    """The blocks of the list behind a lead-in: its section, up to another kind of numbering."""
    path = blocks[lead].heading_path
    depth = len(path)
    found: list[int] = []
    numbering = ""
    for j in range(lead + 1, len(blocks)):
        block = blocks[j]
        if block.heading_path[:depth] != path or block.kind is BlockKind.TITLE:
            break
        # The list's members are headings right below, or items beside the lead-in.
        member = block.heading_path[depth] if len(block.heading_path) > depth else block.text
        own = _numbering(member)
        if not own or (numbering and own != numbering):
            break
        numbering = own
        found.append(j)
    return found


def _numbering(text: str) -> str:
    marker = find_marker(text)
    if marker:
        return marker.kind
    return "item" if is_item(text) else ""
