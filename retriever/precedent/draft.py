"""A draft: the sentences that someone has written and wants precedents for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from corpus.document import BlockKind
from corpus.errors import PolicyQAError
from corpus.language.function_words import ENUMERATION
from corpus.language.question_words import ASKS_FOR_PASSAGE
from corpus.load import load_file
from corpus.structure.headings import find_marker, is_item
from corpus.structure.sentences import sentence_spans
from retriever.precedent.likeness import without_marks

_END = "。；;！!？?"
#: 「（一）加强组织领导。」 is a heading though it ends like a sentence.
_INNER = re.compile("[，,；;：:、。]")
#: Fewer characters say too little to look for.
_SHORTEST = 8
#: A single line without an end mark is a sentence from this length on, else a heading or an intent.
_SENTENCE = 15
_LONGEST_HEADING = 30
_PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.TABLE_ROW)


@dataclass(frozen=True)
class Draft:
    """What a drafter asks with.

    Attributes:
        text: all of it.
        sentences: those to be looked up one by one; none for a heading or an intent.
    """

    text: str
    sentences: tuple[str, ...]


def split_draft(text: str) -> Draft:
    """The sentences of a pasted text, without headings, numbers of headings and repetitions."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if ASKS_FOR_PASSAGE.search(text) and len(lines) <= 1:
        return Draft(text, ())
    found: dict[str, str] = {}
    for line in lines:
        if len(lines) > 1 and _is_heading(line):
            continue
        for start, end in sentence_spans(line):
            sentence = _without_number(line[start:end])
            key = without_marks(sentence)
            if len(key) >= _SHORTEST:
                found.setdefault(key, sentence)
    if len(found) == 1 and len(next(iter(found))) < _SENTENCE and text.strip()[-1] not in _END:
        return Draft(text, ())
    return Draft(text, tuple(found.values()))


def read_draft(path: Path) -> str:
    """The prose of a file in any format that can be indexed, a paragraph a line.

    Titles, headings, signatures and contact lines are left out.

    Raises:
        PolicyQAError: it does not exist, cannot be read, or holds no prose.
    """
    if not path.is_file():
        raise PolicyQAError(f"找不到草稿文件 {path}", "存在的文件", "检查路径有没有写错")
    loaded = load_file(path, path.name)
    if loaded.error:
        raise PolicyQAError(
            f"草稿 {path.name} 读不了：{loaded.error}", "能读的文件", "换一个文件再试"
        )
    blocks = [block for document in loaded.documents for block in document.blocks]
    prose = [block.text for block in blocks if block.kind in _PROSE]
    if not prose:
        raise PolicyQAError(f"草稿 {path.name} 里没有正文", "有句子的文件", "换一个文件再试")
    return "\n".join(prose)


def _is_heading(line: str) -> bool:
    marker = find_marker(line)
    words = line[marker.end :] if marker else line
    if len(words) > _LONGEST_HEADING:
        return False
    return line[-1] not in _END or (marker is not None and not _INNER.search(words[:-1]))


def _without_number(sentence: str) -> str:
    words = sentence.strip()
    marker = find_marker(words)
    if marker:
        return words[marker.end :].strip()
    return ENUMERATION.sub("", words) if is_item(words) else words
