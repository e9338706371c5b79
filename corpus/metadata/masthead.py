"""What stands around a title: number, issuing body, date, issue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.language import documents as forms
from corpus.metadata.quotation import Quotation
from corpus.metadata.signatures import ReadDate, read_date

_SENTENCE = re.compile("[。；，]")
_LONGEST_LINE = 60


def read_number(head: Sequence[Quotation]) -> Quotation:
    """The document's own number (发文字号); those of documents that a line cites are passed over."""
    lines = [h for h in head if len(h.text) <= _LONGEST_LINE and not _SENTENCE.search(h.text)]
    for line in lines:
        for match in forms.OWN_NUMBER.finditer(line.text):
            run_in = forms.BEFORE_CODE.match(match.group())
            number = line.piece(match.start() + (run_in.end() if run_in else 0), match.end())
            cited = forms.CITES.search(number.text) or forms.CITED_BEFORE.search(
                line.text[: match.start()]
            )
            if not cited and not forms.CITED_AFTER.match(line.text, match.end()):
                return number
    for line in lines:
        plain = forms.PLAIN_NUMBER.search(line.text)
        if plain and not forms.CITED_BEFORE.search(line.text[: plain.start("number")]):
            return line.piece(*plain.span("number"))
    return Quotation()


def read_masthead_issuer(head: Sequence[Quotation]) -> Quotation:
    """The body that a line of the head names."""
    for pattern in (forms.MASTHEAD_ISSUER.fullmatch, forms.LABELLED_ISSUER.search):
        for line in head:
            if match := pattern(line.text):
                return line.piece(*match.span("issuer")).without_space()
    return Quotation()


def read_masthead_date(head: Sequence[Quotation]) -> ReadDate | None:
    """The date of a line near the top that is little more than one; those to the day first."""
    months: list[ReadDate] = []
    for line in head:
        label = forms.LABELLED_DATE.search(line.text)
        found = read_date(line.piece(*label.span("date")) if label else line)
        if not found or not (label or _is_date_line(line.text)):
            continue
        if len(found.value) == len("2023-04-24"):
            return found
        months.append(found)
    return months[0] if months else None


def _is_date_line(text: str) -> bool:
    if len(text) > _LONGEST_LINE * 2 or not any(p.fullmatch(text) for p in forms.DATE_LINES):
        return False
    return text.startswith(("（", "(")) or not forms.OTHER_DATE.search(text)


def read_issue_year(head: Sequence[Quotation]) -> Quotation:
    """The year of an issue: 「（2024年第5期）」."""
    for line in head:
        if match := forms.ISSUE_YEAR.fullmatch(line.text):
            return line.piece(*match.span("year"))
    return Quotation()
