"""A document's title as one line, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Block
from corpus.language import documents as forms
from corpus.language.characters import LETTER_SPACED
from corpus.language.labels import SITE_TAIL, TITLE_LEAD, TITLE_TAIL
from corpus.language.simplification import search_form
from corpus.metadata.labels import Stated, values_of
from corpus.metadata.quotation import Quotation
from corpus.metadata.value import Value, quoted
from corpus.structure.titles import Text

_SPACE_AFTER_COLON = re.compile(r"(?<=[:：])\s+")
#: What is longer is no title, and the patterns below look back.
_LONGEST_TITLE = 500
_SPACE = re.compile(r"\s+")


def read_title(text: Text, stated: Sequence[Stated], blocks: Sequence[Block]) -> Value:
    """The title's lines as one, else what a label or the page's tag calls the document."""
    title = clean_title(_of_lines(text))
    if title.text:
        return quoted(title, "title")
    for one in values_of(stated, "title", "page title"):
        name = clean_title(Quotation(one.value)).text
        if one.what == "page title":
            name = SITE_TAIL.sub("", name)
        if name:
            rule = "label" if one.line else "declared"
            return Value(name, one.quoted(blocks, name), rule, one.what == "title")
    return Value()


def _of_lines(text: Text) -> Quotation:
    lines = [
        Quotation.of(i, line.text)
        for i, line in enumerate(text.lines)
        if any(line is of_title for of_title in text.title)
    ]
    shown = Quotation.join(lines)
    return Quotation(search_form(shown.text), shown.places)


def clean_title(whole: Quotation) -> Quotation:
    """Without 「附件3：」 and 「【转载】」 in front, note marks behind, spaces set between characters,
    the same once more, and what collections of samples add."""
    if len(whole.text) > _LONGEST_TITLE:
        return whole.without_space()
    if lead := TITLE_LEAD.match(whole.text):
        whole = whole.piece(lead.end()) if lead.end() < len(whole.text) else whole
    if tail := TITLE_TAIL.search(whole.text):
        whole = whole.piece(0, tail.start())
    gaps = [match.span() for match in _SPACE_AFTER_COLON.finditer(whole.text)]
    if LETTER_SPACED.search(whole.text):
        gaps = [match.span() for match in _SPACE.finditer(whole.text)]
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), None]
    title = Quotation.join(whole.piece(a, b) for a, b in zip(starts, ends, strict=True))
    trash = forms.COLLECTION_MARK.search(title.text)
    title = title.piece(0, trash.start() if trash else None).without_space()
    return _once(title)


def _once(title: Quotation) -> Quotation:
    """A title that is printed twice on its line."""
    half, odd = divmod(len(title.text), 2)
    if half >= 6 and title.text[:half].strip() == title.text[half + odd :].strip():
        return title.piece(0, half).without_space()
    return title
