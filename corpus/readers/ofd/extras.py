"""What an OFD document holds beside its pages: annotations drawn on them, and attached files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.raw import Attached
from corpus.readers.ofd.package import OfdPackage, children, local

_MOST_ATTACHMENTS = 50
#: Kinds of annotations that hold no text of their own.
_NO_TEXT = ("watermark", "link")


def page_annotations(package: OfdPackage, root: Any, member: str) -> dict[str, list[Any]]:
    """What annotations draw, by the id of their page: stamps, text boxes, comments.

    Those that are watermarks or not shown are left out.
    """
    found: dict[str, list[Any]] = {}
    for place in _parts(package, root, member, "Annotations"):
        index = package.xml(place)
        for page in children(index, "Page") if index is not None else ():
            for file in children(page, "FileLoc"):
                drawn = _appearances(package, package.locate(file.text or "", place))
                found.setdefault(str(page.get("PageID")), []).extend(drawn)
    return found


def _appearances(package: OfdPackage, member: str | None) -> Iterator[Any]:
    root = package.xml(member) if member else None
    for annotation in children(root, "Annot") if root is not None else ():
        shown = str(annotation.get("Visible", "true")).lower() != "false"
        if shown and str(annotation.get("Type", "")).lower() not in _NO_TEXT:
            yield from children(annotation, "Appearance")


def attached_files(package: OfdPackage, root: Any, member: str) -> list[Attached]:
    """The files attached to a document."""
    found: list[Attached] = []
    for place in _parts(package, root, member, "Attachments"):
        index = package.xml(place)
        for item in children(index, "Attachment") if index is not None else ():
            if len(found) >= _MOST_ATTACHMENTS:
                return found
            file = next(children(item, "FileLoc"), None)
            where = (file.text or "").strip() if file is not None else ""
            inside = package.locate(where, place)
            name = str(item.get("Name") or "") or where
            if "." not in name:
                name += where[where.rfind(".") :] if "." in where else ""
            found.append(Attached(name, package.read(inside) if inside else b""))
    return found


def _parts(package: OfdPackage, root: Any, member: str, name: str) -> Iterator[str]:
    for element in root:
        if local(element) == name and (place := package.locate(element.text or "", member)):
            yield place
