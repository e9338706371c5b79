"""A document's own number (发文字号)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from corpus.document import Block, BlockKind
from corpus.language import documents as forms
from corpus.metadata.labels import Stated, values_of
from corpus.metadata.quotation import Quotation
from corpus.metadata.value import Value, rule_of

_LONGEST_HEAD_LINE = 60
_SENTENCE = re.compile("[。；，]")
_SPACE = re.compile(r"\s")
#: Rows of a letterhead set as a table, above the text.
_ROWS = 6
_LONGEST_ROW = 400


def find_number(
    head: Sequence[Quotation], blocks: Sequence[Block], stated: Sequence[Stated]
) -> Value:
    """The number that the head, a letterhead's table or a label gives; those cited are passed over."""
    rows = [
        Quotation.of(i, block.text[:_LONGEST_ROW])
        for i, block in enumerate(blocks[:_ROWS])
        if block.kind is BlockKind.TABLE_ROW
    ]
    lines = [h for h in head if len(h.text) <= _LONGEST_HEAD_LINE and not _SENTENCE.search(h.text)]
    found = _of_code(lines) or _of_order(lines) or _of_code(rows) or _alone(lines)
    if found:
        return Value(_SPACE.sub("", found.text), found, rule_of(found, blocks))
    for one in values_of(stated, "number"):
        if match := forms.OWN_NUMBER.search(one.value):
            words = one.quoted(blocks, match.group())
            rule = "label" if one.line else "declared"
            return Value(_SPACE.sub("", words.text), words, rule)
    return Value()


def _of_code(lines: Sequence[Quotation]) -> Quotation | None:
    """「霖政发〔2024〕9号」 that is not another document's."""
    for line in lines:
        for match in forms.OWN_NUMBER.finditer(line.text):
            run_in = forms.BEFORE_CODE.match(match.group())
            number = line.piece(match.start() + (run_in.end() if run_in else 0), match.end())
            before = line.text[: match.end() - len(number.text)]
            cited = forms.CITES.search(number.text) or forms.CITED_BEFORE.search(before)
            if not cited and not forms.CITED_AFTER.match(line.text, match.end()):
                return number
    return None


def _of_order(lines: Sequence[Quotation]) -> Quotation | None:
    """「霖川市人民政府令」 over 「第179号」."""
    for upper, lower in itertools.pairwise(lines):
        if forms.COUNTED_HEAD.fullmatch(upper.text) and forms.PLAIN_COUNT.fullmatch(lower.text):
            return Quotation.join([upper, lower])
    return None


def _alone(lines: Sequence[Quotation]) -> Quotation | None:
    """「（第8号）」 on a line of the head."""
    for line in lines:
        plain = forms.PLAIN_NUMBER.search(line.text)
        if plain and not forms.CITED_BEFORE.search(line.text[: plain.start("number")]):
            return line.piece(*plain.span("number"))
    return None
