"""OFD files (GB/T 33190-2016), the national fixed-layout format: text page by page.

A small reader of the package's XML. The libraries for it are either heavy (easyofd wants PyMuPDF
and reportlab) or days old; the text needs the geometry of one kind of object.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UnreadableFileError
from corpus.raw import RawDocument, RawLine
from corpus.readers.encoding import empty_file_error, plausibility
from corpus.readers.image import IMAGE_ERRORS, open_image, page_pictures
from corpus.readers.layout import halve_doubled, reading_order
from corpus.readers.limits import ReadLimits
from corpus.readers.ofd.package import OfdPackage, children, find, local
from corpus.readers.ofd.text import (
    IDENTITY,
    Glyph,
    Matrix,
    glyph_lines,
    numbers,
    placed,
    text_glyphs,
    visible_objects,
)
from corpus.readers.package import encrypted
from corpus.readers.pages import NotRecognised, Page, document_of_pages, read_pages, recognise_page

if TYPE_CHECKING:
    import numpy as np

_MAX_NESTING = 5
_MAX_OBJECTS = 200_000
_MAX_PICTURES = 4
_FEW_CHARACTERS = 30
_MIN_PICTURE_SHARE = 0.3
_A4_AREA = 210.0 * 297.0
_MIN_PLAUSIBILITY = 0.1


@dataclass(frozen=True)
class _Document:
    """What the pages of one document share: templates, drawings and pictures by their id."""

    member: str
    pages: tuple[str | None, ...]
    area: float
    templates: dict[str, str] = field(default_factory=dict)
    units: dict[str, Any] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)


@dataclass
class _Drawn:
    """What is drawn on a page: characters, and pictures as (y, area in mm², resource id)."""

    glyphs: list[Glyph] = field(default_factory=list)
    pictures: list[tuple[float, float, str]] = field(default_factory=list)
    objects: int = 0


def read_ofd(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read an OFD file as format ``ofd``, or ``ofd-scan`` where most pages were recognised.

    A template used by several pages holds their header and is dropped; so are repeated headers,
    footers and page numbers. Seals, notes and other annotations are not text. A page that is one
    picture (png, jpg, bmp, tif) is recognised. A line may be a torn piece of a sentence.
    """
    package = OfdPackage(path, data)
    documents = [_open_document(package, member) for member in package.documents()]
    places = [(document, page) for document in documents for page in document.pages]
    if not places:
        raise encrypted(path, "ofd") if package.is_encrypted() else empty_file_error(path)
    reader = _PageReader(path, package, places, limits)
    try:
        pages = read_pages(path, len(places), reader.read, limits)
        return document_of_pages(path, pages, ("ofd", "ofd-scan"), tuple(reader.dropped))
    except UnreadableFileError:
        if package.is_encrypted():
            raise encrypted(path, "ofd") from None
        raise


def _open_document(package: OfdPackage, member: str) -> _Document:
    root = package.xml(member)
    if root is None:
        return _Document(member, (), _A4_AREA)
    common = next(children(root, "CommonData"), root)
    templates = {
        str(template.get("ID")): place
        for template in children(common, "TemplatePage")
        if (place := package.locate(str(template.get("BaseLoc", "")), member))
    }
    box = find(common, "PhysicalBox")
    sides = numbers(box.text, 4) if box is not None else []
    resources = _resources(package, common, member)
    pages = tuple(
        package.locate(str(page.get("BaseLoc", "")), member)
        for tree in children(root, "Pages")
        for page in children(tree, "Page")
    )
    return _Document(
        member,
        pages,
        abs(sides[2] * sides[3]) or _A4_AREA if sides else _A4_AREA,
        templates,
        _units(package, resources),
        package.pictures(resources),
    )


def _resources(package: OfdPackage, element: Any, member: str) -> list[str]:
    names = ("PublicRes", "DocumentRes", "PageRes")
    places = (package.locate(res.text or "", member) for res in children(element, *names))
    return [place for place in places if place]


def _units(package: OfdPackage, resources: list[str]) -> dict[str, Any]:
    """Drawings that pages use by their id."""
    roots = (root for member in resources if (root := package.xml(member)) is not None)
    elements = (element for root in roots for element in root.iter())
    return {str(e.get("ID")): e for e in elements if local(e) == "CompositeGraphicUnit"}


@dataclass
class _PageReader:
    """Reads the pages of a package; ``dropped`` collects the texts of shared templates."""

    path: Path
    package: OfdPackage
    places: Sequence[tuple[_Document, str | None]]
    limits: ReadLimits
    dropped: dict[str, None] = field(default_factory=dict)

    def read(self, number: int, may_recognise: bool) -> Page:
        """Read the page of a number from 1."""
        document, member = self.places[number - 1]
        root = self.package.xml(member) if member else None
        if root is None:
            return Page((), skipped="页面缺失或已损坏")
        drawn = _Drawn()
        for place in _templates_of(document, root):
            content = self.package.xml(place)
            if content is None:
                continue
            shared = self._template_uses[place] > 1
            target = _Drawn() if shared else drawn
            _draw(content, document, target)
            if shared:
                self.dropped.update(dict.fromkeys(p.text for p in glyph_lines(target.glyphs)))
        _draw(root, document, drawn)
        pieces = reading_order(glyph_lines(drawn.glyphs))
        texts = halve_doubled([piece.text for piece in pieces])
        lines = tuple(RawLine(text, page=number) for text in texts if text.strip())
        text = "".join(line.text for line in lines)
        large = [item for item in drawn.pictures if item[1] >= _MIN_PICTURE_SHARE * document.area]
        if len(text) > _FEW_CHARACTERS or not large:
            wrong = len(text) > _FEW_CHARACTERS and plausibility(text) < _MIN_PLAUSIBILITY
            return Page(lines, skipped="字体的编码无法判断" if wrong else "")
        if not may_recognise:
            return Page(lines, skipped=NotRecognised.OVER_BUDGET)
        own = self.package.pictures(_resources(self.package, root, member or ""))
        known = document.pictures | own
        images = [
            band
            for _, _, resource in sorted(large)[:_MAX_PICTURES]
            for band in self._picture(known.get(resource))
        ]
        if not images:
            return Page(lines, skipped="图片缺失、已损坏或不是 png、jpg")
        page = recognise_page(images, number)
        return page if page.lines else Page(lines, skipped=page.skipped)

    @cached_property
    def _template_uses(self) -> Counter[str]:
        """How many pages use each template; their XML is read twice rather than kept."""
        uses: Counter[str] = Counter()
        for document, member in self.places:
            root = self.package.xml(member) if member and document.templates else None
            if root is not None:
                uses.update(_templates_of(document, root))
        return uses

    def _picture(self, member: str | None) -> list[np.ndarray]:
        data = self.package.read(member) if member else b""
        try:
            with open_image(self.path, data, self.limits) as image:
                return page_pictures(image)
        except (UnreadableFileError, *IMAGE_ERRORS):
            return []


def _templates_of(document: _Document, root: Any) -> list[str]:
    """The members of the templates that a page uses."""
    found = (document.templates.get(str(t.get("TemplateID"))) for t in children(root, "Template"))
    return [place for place in found if place]


def _draw(
    element: Any, document: _Document, drawn: _Drawn, outer: Matrix = IDENTITY, depth: int = 0
) -> None:
    """Collect what a page, a template or a drawing used by them shows."""
    for item in visible_objects(element):
        drawn.objects += 1
        if drawn.objects > _MAX_OBJECTS:
            return
        name = local(item)
        if name == "TextObject":
            drawn.glyphs += text_glyphs(item, outer)
        elif name == "ImageObject":
            matrix = placed(item, outer)
            box = numbers(item.get("Boundary"), 4) or [0.0] * 4
            drawn.pictures.append((matrix[5], abs(box[2] * box[3]), str(item.get("ResourceID"))))
        elif depth < _MAX_NESTING:
            unit = document.units.get(str(item.get("ResourceID")))
            if unit is not None:
                _draw(unit, document, drawn, placed(item, outer), depth + 1)
