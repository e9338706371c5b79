"""What labels say of a document: lines like 「发文机关：…」 and what its format declares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.document import Block
from corpus.language.labels import FILLER, LABEL
from corpus.language.simplification import search_form
from corpus.metadata.quotation import Quotation
from corpus.raw import Declared, DeclaredField, LineKind, RawDocument, RawLine

#: How many lines of a file's head and foot are looked at.
_HEAD, _FOOT = 60, 12
#: A line as long as this with a full stop is text: the head is over.
_LONGEST_LABEL_LINE = 160
_SENTENCE = 40
#: So many labels on a line make it a head; a value that runs on into the text is cut there.
_SEVERAL = 3
_LONGEST_VALUE = 120
_LONGEST_DECLARED = 300
#: Labels that are words of texts, too, count in the head only.
_HEAD_ONLY = frozenset(("title", "source", "vague", "other"))
_MARKUP = re.compile(r"\*{1,3}|__")
_ENDS = " \t\u3000\xa0*|｜；;，,】[]【"


@dataclass(frozen=True)
class Stated:
    """What a label says.

    Attributes:
        what: name of a label of ``corpus.language.labels``; ``site`` and ``page title`` for what only
            the page's frame says.
        value: as it stands there.
        line: number from 1 of its line in the file, 0 where it stands outside the text.
        table: whether a header table or a meta tag of the article says it.
    """

    what: str
    value: str
    line: int = 0
    table: bool = False

    def quoted(self, blocks: Sequence[Block], words: str = "") -> Quotation:
        """``words`` of the value, or all of it, where a block shows them; without a place elsewhere."""
        wanted = words or self.value
        if self.line:
            near = [i for i, block in enumerate(blocks) if block.line <= self.line][-1:]
            for i in near:
                if (at := blocks[i].text.find(wanted)) >= 0:
                    return Quotation.of(i, wanted, at)
        return Quotation(wanted)


def read_labels(raw: RawDocument) -> tuple[Stated, ...]:
    """What a file says about its document by labels: what its format declares first."""
    return (*filter(None, map(_declared, raw.declared)), *_in_lines(raw.lines))


def values_of(stated: Iterable[Stated], *what: str) -> Iterator[Stated]:
    """Those of these labels, in the labels' order."""
    given = list(stated)
    for name in what:
        yield from (one for one in given if one.what == name)


def _declared(one: Declared) -> Stated | None:
    value = search_form(one.value[:_LONGEST_DECLARED]).strip()
    if not value or FILLER.fullmatch(value):
        return None
    where = f"{one.place} {one.label}".lower()
    if one.field is DeclaredField.TITLE:
        frame = one.place.lower() in ("title", "<title>", "head title", "core properties")
        return Stated("page title" if frame else "title", value, table=not frame)
    if one.field is DeclaredField.SOURCE and "site" in where:
        return Stated("site", value)
    if one.field is not DeclaredField.OTHER:
        return Stated(one.field.value, value, table=True)
    label = LABEL.match(f"{search_form(one.label)}：")
    return Stated(label.lastgroup, value, table=True) if label and label.lastgroup else None


def _in_lines(lines: Sequence[RawLine]) -> Iterator[Stated]:
    numbered = [(i, line) for i, line in enumerate(lines, start=1) if line.text.strip()]
    head: list[tuple[int, str]] = []
    for number, line in numbered[:_HEAD]:
        text = _plain(line.text)
        if _is_text(text, line.kind):
            break
        head.append((number, text))
    yield from _stated(head)
    foot = [(n, _plain(x.text)) for n, x in numbered[max(len(head), len(numbered) - _FOOT) :]]
    short = [(n, text) for n, text in foot if len(text) <= _LONGEST_LABEL_LINE]
    yield from (one for one in _stated(short) if one.what not in _HEAD_ONLY)


def _plain(text: str) -> str:
    """A line's search form without the marks of bold type."""
    return _MARKUP.sub("", search_form(text[: 4 * _LONGEST_LABEL_LINE])).strip()


def _is_text(text: str, kind: LineKind) -> bool:
    # A file that is one long line has its labels in it.
    labels = LABEL.match(text) or len(list(islice(LABEL.finditer(text), _SEVERAL))) == _SEVERAL
    if labels or kind is LineKind.TABLE_ROW:
        return False
    return len(text) > _LONGEST_LABEL_LINE or ("。" in text and len(text) >= _SENTENCE)


def _stated(lines: Sequence[tuple[int, str]]) -> Iterator[Stated]:
    """Labels with their values; a label alone on its line has its value on the next."""
    waiting = ""
    for number, text in lines:
        found = list(LABEL.finditer(text))
        if waiting and text and not (found and found[0].start() == 0):
            yield from _kept(waiting, text, number)
        waiting = ""
        for label, following in zip(found, [*found[1:], None], strict=False):
            value = text[label.end() : following.start() if following else None].strip(_ENDS)
            if value:
                yield from _kept(label.lastgroup or "", value[:_LONGEST_VALUE], number)
            elif following is None:
                waiting = label.lastgroup or ""


def _kept(what: str, value: str, line: int) -> Iterator[Stated]:
    if what and not FILLER.fullmatch(value):
        yield Stated(what, value, line)
