"""Files that stand in other files: a workbook in a Word file, a text merged into one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from corpus.errors import UnreadableFileError
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.readers.limits import ReadLimits
from corpus.readers.open_xml import Parts
from corpus.readers.package import ZIP_ERRORS

ReadInside = Callable[[Path, bytes, ReadLimits, "Nesting"], RawDocument]
"""Reads a file inside another one, by its name, its bytes, the bounds and what may stand in it."""
_DEEPEST = 2
_MOST_FILES = 50


@dataclass(frozen=True)
class Nesting:
    """Whether and how the files inside a file are read.

    Attributes:
        read: reads one; None where none is to be read.
        depth: how many files the file itself stands in.
    """

    read: ReadInside | None = None
    depth: int = 0


ALONE = Nesting()
"""Of a file no file inside is read; each is named in a warning."""


@dataclass
class InnerFiles:
    """Reads the files inside one package.

    Attributes:
        parts: the package.
        limits: the bounds, which hold for each file inside, too.
        nesting: how they are read.
        warnings: a line for each that is not read, and those of the ones that are.
    """

    parts: Parts
    limits: ReadLimits
    nesting: Nesting
    warnings: list[str] = field(default_factory=list)
    _count: int = 0

    def lines(self, part: str, how: str) -> tuple[RawLine, ...]:
        """The lines of a part that is a file; none, with a warning, where it cannot be read.

        ``how`` says for the warning how it stands there: 并入, 嵌入.
        """
        name = PurePosixPath(part).name
        self._count += 1
        try:
            read = self.nesting.read
            if read is None or self.nesting.depth >= _DEEPEST or self._count > _MOST_FILES:
                raise UnreadableFileError(name, "", "")
            inner = replace(self.nesting, depth=self.nesting.depth + 1)
            document = read(Path(name), self.parts.data(part), self.limits, inner)
        except (UnreadableFileError, *ZIP_ERRORS):
            self.warnings.append(f"没有读取{how}的内容 {name}")
            return ()
        self.warnings += document.warnings
        return document.lines


def as_insertion(line: RawLine) -> RawLine:
    """A line of an embedded file: its title is the caption of what follows."""
    is_name = line.kind in (LineKind.TITLE, LineKind.HEADING)
    return replace(line, kind=LineKind.CAPTION if is_name else line.kind, level=0, page=None)
