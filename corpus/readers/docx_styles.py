"""What the style of a Word paragraph says the paragraph is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from corpus.raw import LineKind

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CONTENTS_STYLE = re.compile(r"(?:toc|目录)\s*[1-9]", re.IGNORECASE)
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE_STYLES = frozenset(("title", "标题", "文档标题", "公文标题"))


class StyleLevels:
    """What a paragraph's style says it is, following 「based on」 to a built-in style."""

    def __init__(self, word: WordDocument) -> None:
        self._known: dict[str, tuple[LineKind, int]] = {}
        self._elements: dict[str, Any] = {
            style.get(f"{_W}styleId", ""): style
            for style in word.styles.element.iterchildren(f"{_W}style")
        }

    def of(self, p: Any) -> tuple[LineKind, int]:
        """Kind and heading level of a ``w:p`` element."""
        outline = p.find(f"{_W}pPr/{_W}outlineLvl")
        if outline is not None and (outline.get(f"{_W}val") or "").isdigit():
            return _of_outline(int(outline.get(f"{_W}val")))
        style = p.find(f"{_W}pPr/{_W}pStyle")
        if style is None:
            return LineKind.TEXT, 0
        name = style.get(f"{_W}val", "")
        if name not in self._known:
            self._known[name] = self._look_up(name)
        return self._known[name]

    def is_contents_entry(self, p: Any) -> bool:
        """Whether a ``w:p`` is a line of a generated table of contents."""
        style = p.find(f"{_W}pPr/{_W}pStyle")
        element = self._elements.get(style.get(f"{_W}val", "")) if style is not None else None
        return element is not None and bool(_CONTENTS_STYLE.fullmatch(_style_name(element)))

    def _look_up(self, style_id: str) -> tuple[LineKind, int]:
        for _ in range(10):  # styles of a damaged file may be based on each other in a circle
            style = self._elements.get(style_id)
            if style is None:
                break
            name = _style_name(style)
            if name.lower() in _TITLE_STYLES:
                return LineKind.TITLE, 0
            if found := _HEADING_STYLE.fullmatch(name):
                return LineKind.HEADING, int(found.group(1))
            outline = style.find(f"{_W}pPr/{_W}outlineLvl")
            if outline is not None and (outline.get(f"{_W}val") or "").isdigit():
                return _of_outline(int(outline.get(f"{_W}val")))
            base = style.find(f"{_W}basedOn")
            style_id = base.get(f"{_W}val", "") if base is not None else ""
        return LineKind.TEXT, 0


def _style_name(style: Any) -> str:
    name = style.find(f"{_W}name")
    return str(name.get(f"{_W}val", "")).strip() if name is not None else ""


def _of_outline(level: int) -> tuple[LineKind, int]:
    # Outline levels count from 0; 9 means body text.
    return (LineKind.HEADING, level + 1) if level < 9 else (LineKind.TEXT, 0)
