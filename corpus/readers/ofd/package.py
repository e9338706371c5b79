"""The parts of an OFD package (GB/T 33190-2016): documents, pages, templates, pictures."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from corpus.readers.package import ZIP_ERRORS, damaged, member_name, open_package, parse_xml

_MAX_PART_BYTES = 20_000_000
_MAX_PICTURE_BYTES = 100_000_000


def local(element: Any) -> str:
    """An element's name without its namespace: old files use other addresses, some none."""
    name = str(element.tag)
    return name.rpartition("}")[2].rpartition(":")[2]


def children(element: Any, *names: str) -> Iterator[Any]:
    """The children of an element that have one of the names."""
    return (child for child in element if local(child) in names)


def find(element: Any, name: str) -> Any:
    """The first element of a name anywhere below, or None."""
    return next((child for child in element.iter() if local(child) == name), None)


class OfdPackage:
    """An open OFD file.

    Args:
        path: the file, for messages.
        data: its bytes.

    Raises:
        UnreadableFileError: it is broken, encrypted, or would unpack to far too much.
    """

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        self._archive: ZipFile = open_package(path, data, "ofd")
        self._names: dict[str, str] = {}
        for entry in self._archive.infolist():
            for name in (entry.filename, member_name(entry)):
                self._names.setdefault(name.replace("\\", "/").strip("/").lower(), entry.filename)

    def locate(self, place: str, base: str) -> str | None:
        """The member that a reference, absolute or relative to member ``base``, means, or None."""
        place = place.strip().replace("\\", "/")
        folder = posixpath.dirname(base)
        root = folder.split("/")[0]
        # Absolute, relative, and what programs write by mistake: relative to the root or to the
        # document's folder, or a page's folder for its content.
        for start in (folder, "", root) if not place.startswith("/") else ("",):
            joined = posixpath.normpath(posixpath.join(start, place.lstrip("/"))).lstrip("/")
            for candidate in (joined, f"{joined}/Content.xml"):
                if found := self._names.get(candidate.lower()):
                    return found
        return None

    def xml(self, member: str) -> Any:
        """The root element of a part, or None where it is damaged."""
        from lxml.etree import LxmlError

        data = self.read(member, _MAX_PART_BYTES)
        try:
            return parse_xml(data) if data else None
        except (LxmlError, ValueError):
            return None

    def read(self, member: str, most: int = _MAX_PICTURE_BYTES) -> bytes:
        """The bytes of a part; none where it is damaged or has more than ``most``."""
        try:
            with self._archive.open(member) as stream:
                data = stream.read(most + 1)
        except ZIP_ERRORS:
            return b""
        return data if len(data) <= most else b""

    def documents(self) -> list[str]:
        """The members that hold the package's documents, in order.

        Raises:
            UnreadableFileError: the package names none.
        """
        entry = self._names.get("ofd.xml")
        root = self.xml(entry) if entry else None
        found = [
            member
            for body in (children(root, "DocBody") if root is not None else ())
            for place in children(body, "DocRoot")
            if (member := self.locate(place.text or "", ""))
        ]
        if not found and (guess := self._names.get("doc_0/document.xml")):
            found = [guess]
        if not found:
            raise damaged(self._path, "ofd")
        return found

    def is_encrypted(self) -> bool:
        """Whether the package says that parts of it are encrypted (GM/T 0099)."""
        return any(name.endswith(("encryptions.xml", "encryptentries.xml")) for name in self._names)

    def pictures(self, resources: list[str]) -> dict[str, str]:
        """Resource id → member of each picture."""
        found: dict[str, str] = {}
        for member in resources:
            root = self.xml(member)
            if root is None:
                continue
            folder = str(root.get("BaseLoc") or "").strip().replace("\\", "/")
            for media in root.iter():
                if local(media) != "MultiMedia":
                    continue
                for file in children(media, "MediaFile"):
                    name = (file.text or "").strip()
                    place = self.locate(posixpath.join(folder, name), member)
                    if place or (place := self.locate(name, member)):
                        found.setdefault(str(media.get("ID")), place)
        return found
