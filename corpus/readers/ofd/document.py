"""OFD files (GB/T 33190-2016), the national fixed-layout format: text page by page.

A small reader of the package's XML. The libraries for it are either heavy (easyofd wants PyMuPDF
and reportlab) or days old; the text needs the geometry of one kind of object.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UnreadableFileError
from corpus.raw import Attached, RawDocument
from corpus.readers.encoding import empty_file_error, plausibility
from corpus.readers.image import IMAGE_ERRORS, open_image, page_pictures
from corpus.readers.layout import Piece
from corpus.readers.limits import ReadLimits
from corpus.readers.ofd.extras import attached_files, page_annotations
from corpus.readers.ofd.package import OfdPackage, children, find, local
from corpus.readers.ofd.page import Drawing, Shared
from corpus.readers.ofd.text import IDENTITY, numbers, placed
from corpus.readers.package import encrypted
from corpus.readers.pages import (
    NotRecognised,
    Page,
    document_of_pages,
    page_of_pieces,
    read_pages,
    recognise_page,
)
from corpus.readers.readability import READABLE, readability, reads_better
from corpus.readers.tables.finder import TableFinder

if TYPE_CHECKING:
    import numpy as np

_MAX_PICTURES = 4
_FEW_CHARACTERS = 30
_MIN_PICTURE_SHARE = 0.3
_A4 = (210.0, 297.0)
#: Headers and footers lie within this part of a page's height from its edges.
_EDGE = 0.1
_MIN_PLAUSIBILITY = 0.1


@dataclass(frozen=True)
class _Document:
    """What the pages of one document share: templates, drawings and pictures by their id."""

    member: str
    pages: tuple[tuple[str, str | None], ...]
    size: tuple[float, float] = _A4
    templates: dict[str, str] = field(default_factory=dict)
    shared: Shared = field(default_factory=Shared)
    pictures: dict[str, str] = field(default_factory=dict)
    annotations: dict[str, list[Any]] = field(default_factory=dict)
    attached: tuple[Attached, ...] = ()


def read_ofd(path: Path, data: bytes, limits: ReadLimits) -> RawDocument:
    """Read an OFD file as format ``ofd``, or ``ofd-scan`` where most pages were recognised.

    What a template used by several pages has at their top and bottom is a header and dropped; so are
    repeated headers, footers, page numbers and watermarks. Annotations are text of their page but
    for watermarks; text that nobody sees is left out. A page that is one picture (png, jpg, bmp,
    tif) is recognised. A line may be a torn piece of a sentence. Attached files come with it.
    """
    package = OfdPackage(path, data)
    documents = [_open_document(package, member) for member in package.documents()]
    places = [(document, *page) for document in documents for page in document.pages]
    if not places:
        raise encrypted(path, "ofd") if package.is_encrypted() else empty_file_error(path)
    reader = _PageReader(path, package, places, limits)
    try:
        pages = read_pages(path, len(places), reader.read, limits)
        read = document_of_pages(path, pages, ("ofd", "ofd-scan"), tuple(reader.dropped))
    except UnreadableFileError:
        if package.is_encrypted():
            raise encrypted(path, "ofd") from None
        raise
    attached = (file for document in documents for file in document.attached)
    return replace(read, attached=tuple(attached))


def _open_document(package: OfdPackage, member: str) -> _Document:
    root = package.xml(member)
    if root is None:
        return _Document(member, ())
    common = next(children(root, "CommonData"), root)
    templates = {
        str(template.get("ID")): place
        for template in children(common, "TemplatePage")
        if (place := package.locate(str(template.get("BaseLoc", "")), member))
    }
    resources = _resources(package, common, member)
    pages = tuple(
        (str(page.get("ID")), package.locate(str(page.get("BaseLoc", "")), member))
        for tree in children(root, "Pages")
        for page in children(tree, "Page")
    )
    return _Document(
        member,
        pages,
        _size(common) or _A4,
        templates,
        Shared(
            _by_id(package, resources, "CompositeGraphicUnit"),
            _by_id(package, resources, "DrawParam"),
        ),
        package.pictures(resources),
        page_annotations(package, root, member),
        tuple(attached_files(package, root, member)),
    )


def _size(element: Any) -> tuple[float, float] | None:
    """Width and height in mm of the page area that an element states."""
    box = find(element, "PhysicalBox")
    sides = numbers(box.text, 4) if box is not None else []
    return (abs(sides[2]), abs(sides[3])) if sides and sides[2] and sides[3] else None


def _resources(package: OfdPackage, element: Any, member: str) -> list[str]:
    names = ("PublicRes", "DocumentRes", "PageRes")
    places = (package.locate(res.text or "", member) for res in children(element, *names))
    return [place for place in places if place]


def _by_id(package: OfdPackage, resources: list[str], name: str) -> dict[str, Any]:
    """Resources of one kind that pages use by their id."""
    roots = (root for member in resources if (root := package.xml(member)) is not None)
    elements = (element for root in roots for element in root.iter())
    return {str(e.get("ID")): e for e in elements if local(e) == name}


@dataclass
class _PageReader:
    """Reads the pages of a package; ``dropped`` collects the texts of shared templates."""

    path: Path
    package: OfdPackage
    places: Sequence[tuple[_Document, str, str | None]]
    limits: ReadLimits
    dropped: dict[str, None] = field(default_factory=dict)
    finder: TableFinder = field(default_factory=TableFinder)

    def read(self, number: int, may_recognise: bool) -> Page:
        """Read the page of a number from 1."""
        document, identity, member = self.places[number - 1]
        root = self.package.xml(member) if member else None
        if root is None:
            return Page((), skipped="页面缺失或已损坏")
        size = _size(root) or document.size
        drawing = Drawing(size, document.shared)
        heads = self._add_templates(drawing, document, root)
        drawing.add(root)
        for appearance in document.annotations.get(identity, ()):
            drawing.add(appearance, placed(appearance, IDENTITY))
        text = drawing.text(self.finder)
        pieces = [piece for piece in text.pieces if not _is_head(piece, text.height, heads)]
        page = replace(
            page_of_pieces(pieces, number, text.height),
            hidden=text.hidden,
            watermarks=text.watermarks,
        )
        letters = "\n".join(piece.text for piece in pieces)
        area = size[0] * size[1]
        large = [item for item in drawing.pictures if item[1] >= _MIN_PICTURE_SHARE * area]
        garbled = bool(large) and readability(letters) < READABLE
        is_long = len(letters) > _FEW_CHARACTERS
        if not large or (is_long and not garbled):
            wrong = is_long and plausibility(letters) < _MIN_PLAUSIBILITY
            return replace(page, skipped="字体的编码无法判断" if wrong else "")
        if not may_recognise:
            return replace(page, skipped=NotRecognised.OVER_BUDGET)
        read = self._recognised(number, large)
        if is_long and read.lines and not reads_better(read.lines, page.lines):
            return page
        return read if read.lines else replace(page, skipped=read.skipped)

    def _add_templates(self, drawing: Drawing, document: _Document, root: Any) -> set[str]:
        """Draw the templates of a page; the texts of those that other pages use too."""
        heads: set[str] = set()
        for place in _templates_of(document, root):
            content = self.package.xml(place)
            if content is None:
                continue
            drawing.add(content)
            if self._template_uses[place] > 1:
                alone = Drawing(document.size, document.shared)
                alone.add(content)
                text = alone.text()
                edge = [p.text for p in text.pieces if _is_at_edge(p, text.height)]
                heads.update(edge)
                self.dropped.update(dict.fromkeys(edge))
        return heads

    def _recognised(self, number: int, large: Sequence[tuple[float, float, str]]) -> Page:
        document, _, member = self.places[number - 1]
        root = self.package.xml(member or "")
        own = self.package.pictures(_resources(self.package, root, member or ""))
        known = document.pictures | own
        images = [
            band
            for _, _, resource in sorted(large)[:_MAX_PICTURES]
            for band in self._picture(known.get(resource))
        ]
        if not images:
            return Page((), skipped="图片缺失、已损坏或不是 png、jpg")
        return recognise_page(images, number)

    @cached_property
    def _template_uses(self) -> Counter[str]:
        """How many pages use each template; their XML is read twice rather than kept."""
        uses: Counter[str] = Counter()
        for document, _, member in self.places:
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


def _is_at_edge(piece: Piece, height: float) -> bool:
    """Whether a line stands where pages have their header and footer."""
    return piece.bottom < _EDGE * height or piece.top > (1 - _EDGE) * height


def _is_head(piece: Piece, height: float, heads: set[str]) -> bool:
    return piece.text in heads and _is_at_edge(piece, height)
