"""What a folder or an index holds, as an office wants to know it: read, repaired, dropped, related,
missing, and what needs a person's eye.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from corpus.catalogue import Catalogue
from corpus.cleaning.pipeline import RULES
from corpus.cleaning.report import CleaningReport
from corpus.document import Document
from corpus.language.characters import HAN, MASK, MISREAD
from corpus.relations.families import Family, find_families
from corpus.relations.lineage import Reference, find_references, resolve
from corpus.relations.related import Comparison, DocumentName, Link, compare, link, name_of

if TYPE_CHECKING:
    from corpus.load import LoadResult

#: Metadata without which a document is found by fewer filters.
WANTED = ("title", "issuer", "date", "region")
#: Examples kept of the lines one rule dropped, and of the damaged places of one document.
_EXAMPLES = 5
#: Characters shown before and behind a damaged place.
_AROUND = 12
#: A year with its end masked, or a mask that no Latin letter or digit touches but Chinese does
#: (7×24小时 and a Latin word's x are none).
_MASK = re.compile(
    rf"(?<![0-9])(?:20[{MASK}]{{1,2}}|20[012][{MASK}])(?![0-9A-Za-z])"
    rf"|(?<=[{HAN}“”《〔、，,。（(])[{MASK}]{{1,4}}(?![0-9A-Za-z{MASK}-])"
    rf"|(?<![0-9A-Za-z{MASK}])[{MASK}]{{1,4}}(?=[{HAN}])"
)
_SAME = str.maketrans("XｘＸ＊", "xxx*")


@dataclass(frozen=True)
class FormatCount:
    """Files of one ending (those inside archives by their own), and the documents in them."""

    suffix: str
    files: int
    documents: int
    characters: int


@dataclass(frozen=True)
class FileNote:
    """One line about a file: why it could not be read, or what to check in it."""

    file: str
    text: str


@dataclass(frozen=True)
class RuleCount:
    """A cleaning rule: its name, its label for people, and how often it changed something."""

    rule: str
    label: str
    count: int


@dataclass(frozen=True)
class DroppedLine:
    """The beginning of a line that was left out, with its rule, file and line number from 1."""

    rule: str
    file: str
    line: int
    text: str


@dataclass(frozen=True)
class DamagedDocument:
    """A document with so many characters that look wrongly decoded.

    ``examples`` are (line number, text around the place) of the first ones.
    """

    document: DocumentName
    count: int
    examples: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class MaskCount:
    """A mask such as ``20xx``, how often it stands, and in how many documents."""

    mask: str
    count: int
    documents: int


@dataclass(frozen=True)
class MissingValue:
    """The documents that do not say a metadata field."""

    field: str
    documents: tuple[DocumentName, ...]


@dataclass(frozen=True)
class CorpusSummary:
    """What was read, and what became of it.

    Attributes:
        files: files found, readable or not.
        documents: texts in them.
        characters: of all texts, as shown.
        formats: by ending, most files first.
        unreadable: files that gave no text, and why.
        warnings: what readers say a person should check, e.g. pages with unsure recognition.
        repairs: rules that changed characters or lines, most frequent first.
        drops: rules that left something out, likewise.
        dropped: up to five examples a rule.
        links: documents named in documents.
        copies: each family's head with one of its copies.
        missing: fields of ``WANTED`` that some documents do not say.
        damaged: documents with characters that look wrongly decoded.
        masks: masks kept as they stand, most frequent first.
    """

    files: int
    documents: int
    characters: int
    formats: tuple[FormatCount, ...]
    unreadable: tuple[FileNote, ...]
    warnings: tuple[FileNote, ...]
    repairs: tuple[RuleCount, ...]
    drops: tuple[RuleCount, ...]
    dropped: tuple[DroppedLine, ...]
    links: tuple[Link, ...]
    copies: tuple[Comparison, ...]
    missing: tuple[MissingValue, ...]
    damaged: tuple[DamagedDocument, ...]
    masks: tuple[MaskCount, ...]


@dataclass(frozen=True)
class _FileState:
    """What is known of one file."""

    name: str
    error: str
    report: CleaningReport


@dataclass(frozen=True)
class _DocumentState:
    """What is counted of one document, without its blocks; links with their targets' ids."""

    name: DocumentName
    characters: int
    missing: tuple[str, ...]
    damage: DamagedDocument
    masks: Counter[str]
    links: tuple[tuple[Link, str], ...]


def summarise_results(results: Sequence[LoadResult]) -> CorpusSummary:
    """The summary of files just read; lineage and families among them only."""
    documents = {d.id: d for r in results for d in r.documents}
    references: dict[str, list[Reference]] = defaultdict(list)
    every = list(documents.values())
    for reference in resolve((r for d in every for r in find_references(d)), every):
        references[reference.document_id].append(reference)
    states = [_document_state(d, references[d.id]) for d in every]
    files = [
        _FileState(name, r.error, r.report or CleaningReport())
        for name, r in zip(file_names(results), results, strict=True)
    ]
    return _summary(files, states, find_families(every), documents.__getitem__)


def summarise_catalogue(catalogue: Catalogue) -> CorpusSummary:
    """The summary of an index, without reading its files again."""
    files = [
        _FileState(r.name, r.error, CleaningReport(r.counts, r.warnings, r.dropped))
        for r in catalogue.files().values()
    ]
    relations = catalogue.relations
    states = [_document_state(d, relations.references_from(d.id)) for d in catalogue.documents()]
    return _summary(files, states, relations.families(), catalogue.document)


def file_names(results: Sequence[LoadResult]) -> list[str]:
    """Names of the files read, from the folder that holds them all."""
    if not results:
        return []
    folder = os.path.commonpath([str(result.path.parent) for result in results])
    return [os.path.relpath(result.path, folder) for result in results]


def dropped_lines(name: str, report: CleaningReport) -> list[DroppedLine]:
    """What was left out of the file ``name``; in an archive, with the file inside it."""
    return [
        DroppedLine(d.rule, f"{name}/{d.file}" if d.file else name, d.line, d.text)
        for d in report.dropped
    ]


def _document_state(document: Document, references: Sequence[Reference]) -> _DocumentState:
    damage = [(b, start, end) for b in document.blocks for start, end in find_damage(b.display)]
    examples = tuple(
        (block.position(start).line, " ".join(around.split()))
        for block, start, end in damage[:_EXAMPLES]
        for around in [block.display[max(start - _AROUND, 0) : end + _AROUND]]
    )
    name = name_of(document)
    return _DocumentState(
        name=name,
        characters=sum(len(block.display) for block in document.blocks),
        missing=tuple(field for field in WANTED if not getattr(document.metadata, field)),
        damage=DamagedDocument(name, len(damage), examples),
        masks=sum((count_masks(block.display) for block in document.blocks), Counter[str]()),
        links=tuple((link(r, document, None), r.target_id) for r in references),
    )


def _summary(
    files: Sequence[_FileState],
    states: Sequence[_DocumentState],
    families: Iterable[Family],
    find: Callable[[str], Document],
) -> CorpusSummary:
    names = {state.name.id: state.name for state in states}
    counts: Counter[str] = Counter()
    dropped: dict[str, list[DroppedLine]] = defaultdict(list)
    for file in files:
        counts.update(dict(file.report.counts))
        for line in dropped_lines(file.name, file.report):
            dropped[line.rule].append(line)
    masks = sum((state.masks for state in states), Counter[str]())
    in_documents = Counter(mask for state in states for mask in state.masks)
    rules = [RuleCount(r, RULES.get(r, r), n) for r, n in counts.most_common()]
    return CorpusSummary(
        files=len(files),
        documents=len(states),
        characters=sum(state.characters for state in states),
        formats=_formats(states),
        unreadable=tuple(FileNote(f.name, f.error) for f in files if f.error),
        warnings=tuple(FileNote(f.name, w) for f in files for w in f.report.warnings),
        repairs=tuple(r for r in rules if r.rule not in dropped),
        drops=tuple(r for r in rules if r.rule in dropped),
        dropped=tuple(line for r in rules for line in dropped.get(r.rule, ())[:_EXAMPLES]),
        links=tuple(replace(one, target=names.get(to)) for s in states for one, to in s.links),
        copies=tuple(compare(find(f.head), find(copy)) for f in families for copy in f.copies),
        missing=tuple(
            MissingValue(field, without)
            for field in WANTED
            if (without := tuple(state.name for state in states if field in state.missing))
        ),
        damaged=tuple(s.damage for s in states if s.damage.count),
        masks=tuple(MaskCount(m, n, in_documents[m]) for m, n in masks.most_common()),
    )


def _formats(states: Sequence[_DocumentState]) -> tuple[FormatCount, ...]:
    groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for state in states:
        file = state.name.id.rpartition("#")[0]
        groups[PurePath(file).suffix.lower().lstrip(".")].append((file, state.characters))
    counts = [
        FormatCount(suffix, len({f for f, _ in group}), len(group), sum(n for _, n in group))
        for suffix, group in groups.items()
    ]
    return tuple(sorted(counts, key=lambda c: (-c.files, c.suffix)))


def find_damage(text: str) -> Iterator[tuple[int, int]]:
    """Spans of characters that look like text read in a wrong encoding and not repaired."""
    return (match.span() for match in MISREAD.finditer(text))


def count_masks(text: str) -> Counter[str]:
    """How often each mask stands in a text, e.g. ``20xx`` or ``**``; they are kept on purpose."""
    return Counter(match.group().translate(_SAME) for match in _MASK.finditer(text))
