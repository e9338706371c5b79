"""Documents → passages: whole sentences under one heading, about 300 characters."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.document import Block, BlockKind, Document
from corpus.language.documents import COUNTED_LEAD_IN
from corpus.structure.headings import find_marker, is_item
from corpus.structure.sentences import sentence_spans
from indexer.list_units import is_one_list, kept_together, list_units
from indexer.passage import BlockSpan, Passage
from indexer.pieces import Piece, short_enough
from indexer.settings import PassageSettings
from indexer.table_rows import row_leads, row_name, row_pieces

#: Headings of fewer characters stay with the text after them, however long that is.
_SHORT_HEADINGS = 120
_LONGEST_LEAD_IN = 120
#: A section this short says nothing alone.
_SCRAP = 80
#: Characters of a lead-in.
_LONGEST_LEAD = 60


def split_passages(document: Document, settings: PassageSettings) -> tuple[Passage, ...]:
    """The passages of a document in order.

    A heading opens a new passage and stands in it as its first line. Short blocks under one heading
    share a passage, and so do short sections side by side below the first level. A row of a table is
    a passage of its own.
    """
    blocks, leads = document.blocks, leads_of(document.blocks)
    lists = kept_together(blocks, settings.longest_list)
    groups = _merged(list(_groups(blocks)), blocks, settings)
    packed = [pieces for group in groups for pieces in _pack(group, blocks, lists, settings)]
    packed += [[piece] for i in _rows(blocks) for piece in row_pieces(i, blocks[i], settings)]
    packed.sort(key=lambda pieces: (pieces[0].block, pieces[0].start))
    return tuple(
        replace(
            _passage(document, pieces, ordinal),
            lead=_lead(blocks, leads, pieces[0]),
            is_row=pieces[0].kind is BlockKind.TABLE_ROW,
        )
        for ordinal, pieces in enumerate(packed)
    )


def _rows(blocks: Sequence[Block]) -> Iterator[int]:
    return (i for i, block in enumerate(blocks) if block.kind is BlockKind.TABLE_ROW)


def _lead(blocks: Sequence[Block], leads: Sequence[str], first: Piece) -> str:
    """What introduces a passage; of a row that was cut also the cells that name it."""
    if first.kind is not BlockKind.TABLE_ROW or not first.start:
        return leads[first.block]
    return "\n".join(filter(None, (leads[first.block], row_name(blocks[first.block].text))))


def _groups(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Indices of blocks that may share a passage: the headings above a text, and the text."""
    group: list[int] = []
    has_body = False
    for i, block in enumerate(blocks):
        if block.kind is BlockKind.TABLE_ROW:
            if group:
                yield group
            group, has_body = [], False
            continue
        opens = block.kind in (BlockKind.HEADING, BlockKind.TITLE)
        new_path = bool(group) and blocks[group[-1]].heading_path != block.heading_path
        if group and has_body and (opens or new_path):
            yield group
            group, has_body = [], False
        group.append(i)
        has_body = has_body or not opens
    if group:
        yield group


def _merged(
    groups: Sequence[list[int]], blocks: Sequence[Block], settings: PassageSettings
) -> Iterator[list[int]]:
    """Groups, those of short sections side by side taken together as long as there is room.

    「7.…」 and 「8.…」 of fifty characters each say little alone; what is asked often needs both.
    """
    current: list[int] = []
    for group in groups:
        before, own = _length(current, blocks), _length(group, blocks)
        scrap = min(before, own) < _SCRAP
        room = settings.longest if scrap else settings.target
        apart = bool(current) and (
            group[0] > current[-1] + 1  # a table stands between them
            or before + own > room
            or not _side_by_side(current, group, blocks)
        )
        if apart:
            yield current
            current = []
        current = current + group
    if current:
        yield current


def _length(group: Sequence[int], blocks: Sequence[Block]) -> int:
    return sum(len(blocks[i].text) + 1 for i in group)


def _side_by_side(one: Sequence[int], other: Sequence[int], blocks: Sequence[Block]) -> bool:
    """Whether two sections stand under one heading, or the second under the first.

    Sections of the first level stay apart: they may be about different bodies.
    """
    above, below = _path(blocks[one[-1]]), _path(blocks[other[-1]])
    shared = _shared_path([blocks[i] for i in one])
    return len(below) > 1 and below[:-1] in (above[:-1], above, shared)


def _pack(
    group: Sequence[int],
    blocks: Sequence[Block],
    lists: Mapping[int, int],
    settings: PassageSettings,
) -> Iterator[list[Piece]]:
    """Fill passages with pieces, closing one where the next would make it too long; lists stay whole."""
    current: list[Piece] = []
    for unit in _units(group, blocks, lists, settings):
        size, own = _size(current), _size(unit) - 1
        # A full paragraph starts a passage of its own, unless what stands before is still short.
        half_empty = size < settings.target / 2
        room = settings.longest if half_empty or _all_headings(current) else settings.target
        if own > settings.longest and size < _SCRAP:
            room = settings.longest_list + _SCRAP
        if size + own > room:
            leads = _lead_ins(current)
            before, kept = current[: len(current) - leads], current[len(current) - leads :]
            short_headings = _all_headings(before) and size < _SHORT_HEADINGS
            if before and not short_headings:
                yield before
                current = kept
        current.extend(unit)
    if current:
        yield current


def _units(
    group: Sequence[int],
    blocks: Sequence[Block],
    lists: Mapping[int, int],
    settings: PassageSettings,
) -> Iterator[list[Piece]]:
    """What is not cut: each piece, and the lists with their lead-ins."""
    at = 0
    while at < len(group):
        i = group[at]
        end = lists.get(i, 0)
        # Rows of a table among the items are not of the group.
        if end and list(group[at : at + end - i]) == list(range(i, end)):
            yield [_whole(j, blocks[j]) for j in range(i, end)]
            at += end - i
            continue
        yield from ([piece] for piece in _pieces(i, blocks[i], settings))
        at += 1


def _whole(index: int, block: Block) -> Piece:
    return Piece(block.text, block.display, index, block.kind)


def _size(pieces: Sequence[Piece]) -> int:
    return sum(len(p.text) + 1 for p in pieces)


def _all_headings(pieces: Sequence[Piece]) -> bool:
    return all(p.kind in (BlockKind.HEADING, BlockKind.TITLE) for p in pieces)


def _lead_ins(pieces: Sequence[Piece]) -> int:
    """How many of the last two pieces are like 「整改意见：」 and belong to what follows."""
    leads = itertools.takewhile(
        lambda p: p.text.endswith(("：", ":")) and len(p.text) < _LONGEST_LEAD_IN,
        reversed(pieces[-2:]),
    )
    return len(list(leads))


def _pieces(index: int, block: Block, settings: PassageSettings) -> Iterator[Piece]:
    """A block as it is, or in parts of equal length cut between sentences when it is too long."""
    size = len(block.text)
    if size <= settings.longest or (size <= settings.longest_list and is_one_list(block.text)):
        yield _whole(index, block)
        return
    sentences = list(short_enough(block.text, settings.longest))
    parts = max(2, round(len(block.text) / settings.target))
    spans = _parts(sentences, len(block.text) / parts)
    while max(b - a for a, b in spans) > settings.longest:
        # Rather another part, all about as long, than a scrap at the end.
        parts += 1
        spans = _parts(sentences, len(block.text) / parts)
    for a, b in spans:
        yield Piece(block.text[a:b], block.display[a:b], index, block.kind, a)


def _parts(sentences: Sequence[tuple[int, int]], goal: float) -> list[tuple[int, int]]:
    """Spans of whole sentences of about ``goal`` characters each."""
    spans: list[tuple[int, int]] = []
    start = 0
    for a, b in sentences:
        # Close before a sentence that would overshoot the goal by more than it is short of it.
        if a > start and (b - start) - goal > goal - (a - start):
            spans.append((start, a))
            start = a
    spans.append((start, sentences[-1][1]))
    return spans


def _passage(document: Document, pieces: Sequence[Piece], ordinal: int) -> Passage:
    first, last = pieces[0].block, pieces[-1].block
    # A new line stands between blocks, not between the parts of one.
    breaks = ["", *("\n" if a.block != b.block else "" for a, b in itertools.pairwise(pieces))]
    ends = itertools.accumulate(len(m + p.text) for m, p in zip(breaks, pieces, strict=True))
    spans = (
        BlockSpan(piece.block, end - len(piece.text), piece.start, len(piece.text))
        for piece, end in zip(pieces, ends, strict=True)
    )
    return Passage(
        id=f"{document.id}/{ordinal}",
        document_id=document.id,
        ordinal=ordinal,
        doc=document.file,
        path=document.path,
        heading_path=_shared_path(document.blocks[first : last + 1]),
        text="".join(mark + p.text for mark, p in zip(breaks, pieces, strict=True)),
        display="".join(mark + p.display for mark, p in zip(breaks, pieces, strict=True)),
        page=document.blocks[first].page,
        blocks=tuple(spans),
        metadata=document.metadata,
    )


def _shared_path(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The headings that all text among the blocks stands under; of headings alone, the last's."""
    paths = [b.heading_path for b in blocks if b.kind not in (BlockKind.HEADING, BlockKind.TITLE)]
    if not paths:
        return _path(blocks[-1])
    shared = itertools.takewhile(lambda names: len(set(names)) == 1, zip(*paths, strict=False))
    return tuple(names[0] for names in shared)


def _path(block: Block) -> tuple[str, ...]:
    own = (block.text,) if block.kind is BlockKind.HEADING else ()
    return block.heading_path + own


def leads_of(blocks: Sequence[Block]) -> list[str]:
    """For each block what introduces it from outside its own heading path, or ""."""
    leads = [""] * len(blocks)
    for unit in list_units(blocks):
        if unit.lead:
            leads[unit.first + 1 : unit.end] = [unit.lead[-_LONGEST_LEAD:]] * (
                unit.end - unit.first - 1
            )
    for i, block in enumerate(blocks):
        if lead := _lead_in(block):
            for j in _introduced(blocks, i):
                leads[j] = lead
    for i, lead in row_leads(blocks):
        leads[i] = lead
    return leads


def _lead_in(block: Block) -> str:
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return ""
    start, end = sentence_spans(block.text)[-1] if block.text else (0, 0)
    last = block.text[start:end].strip()
    return last[-_LONGEST_LEAD:] if COUNTED_LEAD_IN.search(last) else ""


def _introduced(blocks: Sequence[Block], lead: int) -> Iterator[int]:
    """The blocks of the list behind a lead-in: its section, up to another kind of numbering."""
    path = blocks[lead].heading_path
    depth = len(path)
    numbering = ""
    for j in range(lead + 1, len(blocks)):
        block = blocks[j]
        if block.heading_path[:depth] != path or block.kind is BlockKind.TITLE:
            return
        # The list's members are headings right below, or items beside the lead-in.
        own = _numbering((*block.heading_path, block.text)[depth])
        if not own or numbering not in ("", own):
            return
        numbering = own
        yield j


def _numbering(text: str) -> str:
    marker = find_marker(text)
    if marker:
        return marker.kind
    return "item" if is_item(text) else ""
