"""The kind of a document (文种): by its title, else by what it is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.document import Block, BlockKind
from corpus.language import documents as forms

#: 「（征求意见稿）」, 「（2024—2026年）」, 「《…方案》」: words there are not the title's own.
_ASIDE = re.compile(r"[（(〔\[【][^（）()〔〕\[\]【】]*[）)〕\]】]")
_SUBTITLE = re.compile(r"[—－―–]{1,3}.*$")
NAMED = re.compile("《[^《》]*》")
#: How much may follow the 文种: 「范文」, 「第7期」, 「摘要」.
_LONGEST_REST = 6
#: Blocks of a page's list of others, at least; how many of all of them end in a date.
_LISTED, _MOST = 5, 0.6
_OPENING = 3
_DAY_AT_END = 16


class KindFound(NamedTuple):
    """A 文种 and where its word stands in the title; empty when it has none."""

    value: str
    start: int = 0
    end: int = 0


def find_doc_type(title: str) -> KindFound:
    """文种 by the last such word of a title: 「关于印发××方案的通知」 → 通知.

    A subtitle counts where the title itself has none: 「政府工作报告——在…会议上」.
    """
    plain = _ASIDE.sub(_blank, title)
    main = _SUBTITLE.sub(_blank, plain)
    for form in (NAMED.sub(_blank, plain), NAMED.sub(_blank, main), plain, main):
        found = [(form.rfind(word) + len(word), len(word), word) for word in forms.KIND_WORDS]
        end, size, word = max(found)
        if end < size or len(form[end:].strip()) > _LONGEST_REST:
            continue
        for base in forms.DOCUMENT_KINDS:
            if word.endswith(base):
                return KindFound(base, end - len(base), end)
    for mark, kind in forms.INSPECTION_KINDS:
        if mark in title:
            return KindFound(kind, title.index(mark), title.index(mark) + len(mark))
    return KindFound("")


def ends_title(title: str, end: int) -> bool:
    """Whether nothing but brackets and a subtitle follows the kind that ends there."""
    return not _SUBTITLE.sub(_blank, _ASIDE.sub(_blank, title))[end:].strip()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def kind_of_page(title: str, blocks: Sequence[Block], from_media: bool) -> str:
    """What a page is that is no official document: 目录页, 新闻报道, 问答, 办事指引; "" for others.

    ``from_media`` is true where a newspaper or the like is given as its source.
    """
    if is_list_page(blocks):
        return forms.LIST_PAGE
    if forms.ASKING_TITLE.search(title):
        kind = forms.COMMON_QUESTIONS.search(title)
        return kind.group() if kind else forms.QUESTIONS
    body = [b for b in blocks if b.kind is not BlockKind.TITLE]
    opening = "".join(b.text for b in [b for b in body if "。" in b.text][:_OPENING])
    if from_media or forms.NEWS_TITLE.search(title) or forms.NEWS_OPENING.search(opening[:200]):
        return forms.NEWS
    headings = [b.text for b in body if len(b.text) <= 30]
    served = {m.group() for text in headings if (m := forms.SERVICE_HEADING.search(text))}
    return forms.SERVICE_GUIDE if len(served) >= 2 else ""


def is_list_page(blocks: Sequence[Block]) -> bool:
    """Whether most lines are titles of others, each with its day: a page of a list."""
    body = [b for b in blocks if b.kind is not BlockKind.TITLE]
    listed = sum(forms.LISTED_DAY.search(b.text[-_DAY_AT_END:]) is not None for b in body)
    return listed >= _LISTED and listed >= _MOST * len(body)
