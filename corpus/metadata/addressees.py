"""The bodies that a document addresses (主送机关)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.document import Block, BlockKind
from corpus.language import documents as forms
from corpus.language.organisations import ADDRESSEE_END, UNNAMED
from corpus.language.place_names import PLACE_KINDS
from corpus.metadata.quotation import Quotation
from corpus.structure.headings import find_marker, is_item

#: Longest enumeration of addressed bodies.
_LONGEST_ADDRESSEES = 200
#: Lines between the title and the addressed bodies: number, date, who issues.
_MOST_LINES_BEFORE = 8
_LONGEST_LINE_BEFORE = 60
_BRACKETS = re.compile(r"[（(〔\[][^（）()〔〕\[\]]*[）)〕\]]")
_SEPARATOR = re.compile(r"[，、；,;\s]+")


def read_addressees(blocks: Sequence[Block], title_end: int) -> Quotation:
    """The line below the title that names bodies and ends with a colon, without the colon.

    ``title_end`` is the index after the last block of the title, 0 without a title.
    """
    for i in _lines_before_body(blocks, title_end):
        words = Quotation.of(i, blocks[i].text)
        if number := forms.OWN_NUMBER.match(words.text):
            words = words.piece(number.end())
        words = words.without_space()
        if words.text.endswith(("：", ":")):
            named = words.piece(0, len(words.text) - 1).without_space()
            if len(named.text) <= _LONGEST_ADDRESSEES and names_bodies(named.text):
                return named
    return Quotation()


def _lines_before_body(blocks: Sequence[Block], title_end: int) -> Iterator[int]:
    """Blocks from the title to the first that is a sentence, item or row, or has a number."""
    for i in range(title_end, min(len(blocks), title_end + _MOST_LINES_BEFORE)):
        text = blocks[i].text
        if blocks[i].kind in (BlockKind.ITEM, BlockKind.TABLE_ROW):
            return
        # A heading without a number is mostly the title again, as web pages have it.
        if re.search("[。！？!?]", text) or find_marker(text) or is_item(text):
            return
        if len(text) > _LONGEST_ADDRESSEES + _LONGEST_LINE_BEFORE:
            return
        yield i
        if len(text) > _LONGEST_LINE_BEFORE:
            return


def names_bodies(words: str) -> bool:
    """Whether an enumeration names bodies: 「各县（市、区）人民政府，市直各单位」."""
    plain = _BRACKETS.sub("", words)
    parts = [part for part in _SEPARATOR.split(plain) if part]
    if (
        not parts
        or forms.GREETED.search(plain)
        or any(forms.LEAD_IN.search(part) for part in parts)
    ):
        return False
    if all(UNNAMED.fullmatch(part) for part in parts):
        return False
    all_of = forms.ALL_OF.search(plain) is not None
    return all(_is_body(part, all_of) for part in parts)


def _is_body(part: str, among_all: bool) -> bool:
    """``among_all``: the enumeration speaks of all bodies of some kind."""
    if forms.FORM_LABEL.fullmatch(part):
        return False
    if part.startswith("各") or ADDRESSEE_END.search(part):
        return True
    return among_all and part.endswith(tuple(PLACE_KINDS))
