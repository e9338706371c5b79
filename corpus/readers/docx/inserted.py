"""What a Word file holds of other files: text merged into it, workbooks, charts, diagrams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from corpus.raw import LineKind, RawLine
from corpus.readers.charts import chart_lines, diagram_lines
from corpus.readers.nesting import InnerFiles, as_insertion
from corpus.readers.open_xml import Parts, R

_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"


@dataclass
class Inserted:
    """Reads what a part of the package holds of other parts."""

    parts: Parts
    files: InnerFiles

    def merged(self, part: str, element: Any) -> Iterator[RawLine]:
        """The lines of a file that ``w:altChunk`` merges into the text."""
        for line in self._lines(part, element.get(f"{R}id") or "", "并入"):
            kind = LineKind.TEXT if line.kind is LineKind.TITLE else line.kind
            yield replace(line, kind=kind, page=None)

    def objects(self, part: str, p: Any) -> Iterator[RawLine]:
        """The lines of the workbooks and documents embedded in a paragraph, of charts and diagrams."""
        for node in p.iter(f"{_OFFICE}OLEObject", _CHART, _DIAGRAM):
            if node.tag == _CHART:
                yield from self._drawn(part, node.get(f"{R}id") or "")
            elif node.tag == _DIAGRAM:
                yield from self._drawn(part, node.get(f"{R}dm") or "")
            elif (node.get("Type") or "Embed") == "Embed":
                yield from map(as_insertion, self._lines(part, node.get(f"{R}id") or "", "嵌入"))

    def _drawn(self, part: str, identity: str) -> Iterable[RawLine]:
        relation = self.parts.relations(part).get(identity)
        root = self.parts.xml_or_none(relation.target) if relation else None
        if root is None:
            return ()
        return chart_lines(root) if root.tag == f"{_CHART}Space" else diagram_lines(root)

    def _lines(self, part: str, identity: str, how: str) -> tuple[RawLine, ...]:
        relation = self.parts.relations(part).get(identity)
        if relation is None or relation.external:
            self.files.warnings.append(f"没有读取{how}的内容：文件里没有它")
            return ()
        return self.files.lines(relation.target, how)
