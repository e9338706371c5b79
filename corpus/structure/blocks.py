"""Lines of one text → blocks with their heading path."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Block, BlockKind
from corpus.language.boilerplate import CONTACT
from corpus.language.documents import FOLLOWED_BY_ITEMS, MASTHEAD, PROBLEM_HEADING, SIGN_OFF, SIGNER
from corpus.language.function_words import PROBLEM
from corpus.language.quantities import ENDS_WITH_AMOUNT
from corpus.language.simplification import search_form
from corpus.raw import LineKind
from corpus.structure.character_map import origin_of
from corpus.structure.headings import Marker, find_marker, is_item, numbering_order
from corpus.structure.items import item_lines
from corpus.structure.lines import Line
from corpus.structure.sentences import sentence_spans
from corpus.structure.titles import Text

_NO_END = re.compile(r"[^。；;，,：:！？!?、…]$")
#: Longest line that may be a heading; longest run-in heading (「（一）统一思想认识。」) before a text.
_LONGEST_HEADING = 60
_LONGEST_RUN_IN = 40
#: An unnumbered heading stands beside 「1.」 ones: in converted files it is one that lost its number.
_UNNUMBERED = 16
#: Below all numbered ones.
_POINT = 20
_MOST_SIGNERS = 12
#: What the format itself says is no heading and no sign-off.
_OWN_KIND = {
    LineKind.TABLE_ROW: BlockKind.TABLE_ROW,
    LineKind.CAPTION: BlockKind.CAPTION,
    LineKind.NOTE: BlockKind.NOTE,
}


@dataclass(frozen=True)
class _Level:
    """An open heading: ``rank`` orders kinds of numbering from the outermost."""

    rank: int
    words: str


def build_blocks(
    text: Text, file_lines: Sequence[str] = (), form: Callable[[str], str] = search_form
) -> tuple[Block, ...]:
    """The blocks of a text in order, one a line; levels of headings start anew.

    ``file_lines`` are all lines of the file, for the blocks' origins; ``form`` gives what a line
    shown is searched as.
    """
    lines = text.lines
    forms = [form(line.text) for line in lines]
    signers = _signers(forms)
    items = _items(lines, forms)
    ranks = _ranks(lines, forms, items)
    blocks: list[Block] = []
    stack: list[_Level] = []
    for i, line in enumerate(lines):
        following = forms[i + 1] if i + 1 < len(forms) else ""
        before = blocks[-1] if blocks else None
        is_title = line in text.title
        signs = i in signers and line.kind not in _OWN_KIND
        opened = None
        if not (is_title or signs or i in items):
            opened = _heading_level(line, forms[i], following, before, ranks)
        while opened and stack and stack[-1].rank >= opened.rank:
            stack.pop()
        path = () if is_title else tuple(level.words for level in stack)
        depth = line.level if line.kind is LineKind.CAPTION else 0
        if opened:
            stack.append(opened)
            if len(opened.words) >= len(forms[i]) - 1 and not _carries_value(line, forms[i]):
                kind, depth = BlockKind.HEADING, len(stack)
            else:
                kind, path = BlockKind.PARAGRAPH, (*path, opened.words)
        elif is_title:
            kind = BlockKind.TITLE
        else:
            kind = BlockKind.SIGN_OFF if signs else _body_kind(line, forms[i], i in items)
        origin = origin_of(line.text, line.traced, file_lines)
        place = (line.page, line.number, depth)
        blocks.append(Block(kind, forms[i], line.text, path, *place, origin))
    return tuple(blocks)


def _signers(forms: Sequence[str]) -> set[int]:
    """Lines that name who signs: above a line with the date alone, or at the very end."""
    found: set[int] = set()
    for i in range(1, len(forms) + 1):
        at_end = i == len(forms)
        if not at_end and not (len(forms[i]) <= 60 and SIGN_OFF.fullmatch(forms[i])):
            continue
        most = 1 if at_end else _MOST_SIGNERS
        above = i - 1
        while above > 0 and i - above <= most and SIGNER.fullmatch(forms[above]):
            found.add(above)
            above -= 1
    return found


def _items(lines: Sequence[Line], forms: Sequence[str]) -> frozenset[int]:
    """Lines that are items of a list: what the format calls a note or a row stands in none."""
    pairs = list(zip(lines, forms, strict=True))
    listed = item_lines(["" if line.kind in _OWN_KIND else form for line, form in pairs])
    return frozenset(i for i in listed if lines[i].kind is LineKind.TEXT)


def _ranks(lines: Sequence[Line], forms: Sequence[str], items: frozenset[int]) -> dict[str, int]:
    markers = (
        find_marker(form)
        for i, (line, form) in enumerate(zip(lines, forms, strict=True))
        if i not in items and line.kind not in _OWN_KIND
    )
    return numbering_order(marker for marker in markers if marker)


def _carries_value(line: Line, form: str) -> bool:
    """「1.低保标准 1309元/人·月」 heads what follows and says something itself."""
    return line.kind is LineKind.TEXT and ENDS_WITH_AMOUNT.search(form) is not None


def _body_kind(line: Line, form: str, is_listed: bool) -> BlockKind:
    if own := _OWN_KIND.get(line.kind):
        return own
    if len(form) <= 60 and SIGN_OFF.fullmatch(form):
        return BlockKind.SIGN_OFF
    if len(form) <= 200 and CONTACT.search(form):
        return BlockKind.CONTACT
    if is_listed or is_item(form) or find_marker(form):
        return BlockKind.ITEM
    return BlockKind.PARAGRAPH


def _heading_level(
    line: Line, form: str, following: str, before: Block | None, ranks: Mapping[str, int]
) -> _Level | None:
    """The level a line opens, or None when it is body text."""
    if MASTHEAD.fullmatch(form) or line.kind in _OWN_KIND:
        return None
    if line.kind in (LineKind.HEADING, LineKind.TITLE):
        return _Level(max(line.level, 1) - 1, form)
    marker = find_marker(form)
    if marker:
        words = _numbered_heading(form, marker)
        return _Level(10 + ranks[marker.kind], words) if words else None
    if _heads_a_point(form, following):
        return _Level(_POINT, form.rstrip("。：:"))
    if _is_unnumbered(form, following, before):
        return _Level(_UNNUMBERED + (1 if form.startswith(PROBLEM) else 0), form)
    return None


def _heads_a_point(form: str, following: str) -> bool:
    """「第一个是抓好政府决策。」 on a line of its own, with the text about it in the next."""
    if not is_item(form) or len(form) > _LONGEST_RUN_IN or len(sentence_spans(form)) != 1:
        return False
    if is_item(following) or find_marker(following) or "：" in form[:-1]:
        return False
    return form[0].isalnum() and len(following) > 2 * _LONGEST_RUN_IN


def _numbered_heading(form: str, marker: Marker) -> str:
    """The heading's words: the whole line, its run-in first sentence, or nothing for an item."""
    if marker.kind == "article":
        return form[: marker.end]
    spans = sentence_spans(form)
    first = form[: spans[0][1]]
    if first.endswith(("；", ";")):
        return ""
    if len(spans) == 1:
        if len(form) <= _LONGEST_HEADING and (_NO_END.search(form) or len(form) <= _LONGEST_RUN_IN):
            return form.rstrip("。：:")
        return ""
    is_deep = marker.kind in ("digit", "bracketed digit")
    short = len(first) <= _LONGEST_RUN_IN - 10 * is_deep
    return first.rstrip("。") if short and first.endswith("。") else ""


def _is_unnumbered(form: str, following: str, before: Block | None) -> bool:
    """A heading by its shape alone: short, unfinished, after a finished line and before a longer one."""
    if not 5 <= len(form) <= _LONGEST_HEADING or is_item(form) or not following:
        return False
    if PROBLEM_HEADING.fullmatch(form):
        return True
    if CONTACT.search(form) or SIGN_OFF.fullmatch(form) or "\t" in form or "：" in form[:8]:
        return False
    unfinished = before is not None and len(before.text) > 20 and _NO_END.search(before.text)
    if before is not None and unfinished and before.kind is BlockKind.PARAGRAPH:
        return False
    if FOLLOWED_BY_ITEMS.match(following) and form.endswith("。") and form.count("，") <= 2:
        return len(form) <= _LONGEST_RUN_IN and len(sentence_spans(form)) == 1
    return bool(_NO_END.search(form)) and len(following) > len(form) and " " not in form
