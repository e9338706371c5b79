"""The parts of an Open XML package (docx, xlsx, pptx) and how they relate to each other.

Read tolerantly, as Word does: a relation that leads nowhere is no reason to refuse a file, names of
parts differ in case and slashes, and the strict form of the standard (ISO/IEC 29500-1) only has
other namespaces.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from corpus.readers.package import ZIP_ERRORS, parse_xml

_SCHEMAS = "http://schemas.openxmlformats.org/"
#: Namespaces of the strict form → those of the transitional one, which everybody writes.
_STRICT = tuple(
    (f"http://purl.oclc.org/ooxml/{strict}".encode(), f"{_SCHEMAS}{usual}".encode())
    for strict, usual in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("spreadsheetml/main", "spreadsheetml/2006/main"),
        ("presentationml/main", "presentationml/2006/main"),
        ("drawingml/wordprocessingDrawing", "drawingml/2006/wordprocessingDrawing"),
        ("drawingml/spreadsheetDrawing", "drawingml/2006/spreadsheetDrawing"),
        ("drawingml/chartDrawing", "drawingml/2006/chartDrawing"),
        ("drawingml/diagram", "drawingml/2006/diagram"),
        ("drawingml/picture", "drawingml/2006/picture"),
        ("drawingml/chart", "drawingml/2006/chart"),
        ("drawingml/main", "drawingml/2006/main"),
        ("officeDocument/relationships/metadata/thumbnail",
         "package/2006/relationships/metadata/thumbnail"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
        ("officeDocument/math", "officeDocument/2006/math"),
        ("officeDocument/sharedTypes", "officeDocument/2006/sharedTypes"),
        ("officeDocument/extendedProperties", "officeDocument/2006/extended-properties"),
        ("officeDocument/customProperties", "officeDocument/2006/custom-properties"),
        ("officeDocument/docPropsVTypes", "officeDocument/2006/docPropsVTypes"),
    )
)  # fmt: skip
_STRICT_MARK = b"http://purl.oclc.org/ooxml/"
R = f"{{{_SCHEMAS}officeDocument/2006/relationships}}"
"""The namespace of references to relations (``r:id``)."""
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")


@dataclass(frozen=True)
class Relation:
    """What a part refers to.

    Attributes:
        kind: the last word of its type: ``footnotes``, ``image``, ``hyperlink``.
        target: the name of the part it leads to; the address where it leads out of the package.
        external: whether it leads out of the package.
    """

    kind: str
    target: str
    external: bool


class Parts:
    """The parts of an open package by name, without a leading ``/``."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._entries: dict[str, ZipInfo] = {}
        for entry in archive.infolist():
            self._entries.setdefault(_key(entry.filename), entry)
        self._relations: dict[str, Mapping[str, Relation]] = {}

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    @cached_property
    def main(self) -> str:
        """The name of the main part (``word/document.xml``), "" where there is none."""
        return next(iter(self.related("", "officeDocument")), "")

    def entry(self, name: str) -> ZipInfo:
        """The member of the archive that holds a part.

        Raises:
            KeyError: there is none of that name.
        """
        return self._entries[_key(name)]

    def data(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            KeyError: there is none of that name.
            Exception: one of ``ZIP_ERRORS``, where it cannot be unpacked.
        """
        return self._archive.read(self.entry(name))

    def xml(self, name: str) -> Any:
        """The root element of a part in the namespaces of the transitional form.

        Raises:
            lxml.etree.LxmlError: it is no XML.
            Exception: as ``data``.
        """
        return parse_xml(usual_namespaces(self.data(name)), entities=True)

    def xml_or_none(self, name: str) -> Any:
        """As ``xml``; None for a part that is missing or damaged, without which the file reads."""
        from lxml.etree import LxmlError

        try:
            return self.xml(name) if name else None
        except (*ZIP_ERRORS, LxmlError):
            return None

    def relations(self, name: str) -> Mapping[str, Relation]:
        """The relations of a part by id, those left out whose target is not in the package."""
        if name not in self._relations:
            self._relations[name] = self._read_relations(name)
        return self._relations[name]

    def related(self, name: str, kind: str) -> list[str]:
        """Names of the parts that a part relates to in one way."""
        return [
            relation.target
            for relation in self.relations(name).values()
            if relation.kind == kind and not relation.external
        ]

    def _read_relations(self, name: str) -> dict[str, Relation]:
        root = self.xml_or_none(relations_name(name))
        found: dict[str, Relation] = {}
        for element in root if root is not None else ():
            identity, target = element.get("Id"), element.get("Target") or ""
            if not identity:
                continue
            kind = (element.get("Type") or "").rpartition("/")[2]
            external = (element.get("TargetMode") or "").lower() == "external"
            resolved = target if external else resolve(name, target)
            if external or resolved in self:
                found[identity] = Relation(kind, resolved, external)
        return found


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def relations_name(name: str) -> str:
    """Where the relations of a part stand; "" is the package itself."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def resolve(name: str, target: str) -> str:
    """The name of the part that ``target`` means in the relations of the part ``name``."""
    target = unquote(target.replace("\\", "/"))
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target)).lstrip("/")


def usual_namespaces(data: bytes) -> bytes:
    """XML of the strict form in the namespaces of the transitional one."""
    if _STRICT_MARK in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return data


def repaired(data: bytes) -> bytes:
    """A package that libraries open: strict form made transitional, relations to nothing dropped.

    The same bytes where nothing is to be repaired, or where it cannot be unpacked.
    """
    changed: dict[str, bytes] = {}
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = {_key(name) for name in archive.namelist()}
            for entry in archive.infolist():
                if entry.filename.lower().endswith((".xml", ".rels")):
                    old = archive.read(entry)
                    new = usual_namespaces(old)
                    if entry.filename.lower().endswith(".rels"):
                        new = _without_dangling(entry.filename, new, names)
                    if new != old:
                        changed[entry.filename] = new
            if not changed:
                return data
            buffer = io.BytesIO()
            with ZipFile(buffer, "w", ZIP_DEFLATED) as made:
                for entry in archive.infolist():
                    content = changed.get(entry.filename)
                    made.writestr(
                        entry.filename, archive.read(entry) if content is None else content
                    )
            return buffer.getvalue()
    except ZIP_ERRORS:
        return data


def _without_dangling(rels: str, xml: bytes, names: set[str]) -> bytes:
    folder, _, file = _key(rels).rpartition("/")
    part = posixpath.join(folder.removesuffix("_rels"), file.removesuffix(".rels"))

    def kept(found: re.Match[bytes]) -> bytes:
        tag = found.group()
        target = re.search(rb"\sTarget=[\"']([^\"']*)[\"']", tag)
        if target is None or re.search(rb"TargetMode=[\"']External", tag):
            return tag
        name = resolve(part, target.group(1).decode("utf-8", "replace"))
        return tag if _key(name) in names else b""

    return _RELATION.sub(kept, xml)
