"""What Word's styles say of a paragraph (title, heading, contents, caption) and of a run's look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from corpus.language.boilerplate import (
    CAPTION_STYLES,
    CONTENTS_STYLE,
    HEADING_STYLE,
    PLACEHOLDER_STYLES,
    TITLE_STYLES,
)
from corpus.raw import LineKind
from corpus.readers.docx.numbering import W, value_of

# Styles of a damaged file may be based on each other in a circle.
_MOST_BASES = 10
_OFF = frozenset(("0", "false", "off", "none"))
_WHITE = re.compile(r"f{6}", re.IGNORECASE)
#: Half points: text of one point is there for nobody to read, text moved this far up is raised.
_SMALLEST, _RAISED_FROM = 2, 4


@dataclass(frozen=True)
class Look:
    """How a run of text looks; None is not said, which leaves it to the style.

    Attributes:
        hidden: whether nobody sees it.
        struck: whether it is struck out.
        raised: 1 raised, -1 lowered, 0 on the line.
        white: whether its letters are white, which a coloured ground makes readable.
        grounded: whether a ground is set behind it.
        placeholder: whether it is the hint of an empty field.
    """

    hidden: bool | None = None
    struck: bool | None = None
    raised: int | None = None
    white: bool | None = None
    grounded: bool | None = None
    placeholder: bool | None = None

    def over(self, below: Look) -> Look:
        """This look where it says something, else the one below."""
        pairs = zip(self._values(), below._values(), strict=True)
        return Look(*(other if own is None else own for own, other in pairs))  # type: ignore[arg-type]

    def _values(self) -> tuple[int | None, ...]:
        return (self.hidden, self.struck, self.raised, self.white, self.grounded, self.placeholder)


_NOTHING = Look()


class Styles:
    """The styles of a document by id, following 「based on」 to a built-in one."""

    def __init__(self, root: Any) -> None:
        self._known: dict[str, tuple[LineKind, int]] = {"": (LineKind.TEXT, 0)}
        self._looks: dict[str, Look] = {"": _NOTHING}
        styles = root.iterchildren(f"{W}style") if root is not None else ()
        self.elements: dict[str, Any] = {
            name: style for style in styles if (name := style.get(f"{W}styleId"))
        }

    def kind(self, p: Any) -> tuple[LineKind, int]:
        """Kind and heading level of a ``w:p`` element."""
        if (outline := value_of(p, "pPr", "outlineLvl")).isdigit():
            return _of_outline(int(outline))
        name = value_of(p, "pPr", "pStyle")
        if name not in self._known:
            self._known[name] = self._kind_of_style(name)
        return self._known[name]

    def is_contents_entry(self, p: Any) -> bool:
        """Whether a ``w:p`` is a line of a generated table of contents."""
        style = self.elements.get(value_of(p, "pPr", "pStyle"))
        return style is not None and bool(CONTENTS_STYLE.fullmatch(_style_name(style)))

    def look_of_paragraph(self, p: Any) -> Look:
        """The look that a paragraph's style gives to its text."""
        return self._look_of_style(value_of(p, "pPr", "pStyle"))

    def look(self, properties: Any, below: Look) -> Look:
        """The look of a run with these ``w:rPr`` (or None) in a paragraph of the look ``below``."""
        if properties is None:
            return below
        own = _own_look(properties)
        if style := value_of(properties, "rStyle"):
            below = self._look_of_style(style).over(below)
        return own if below == _NOTHING else below if own == _NOTHING else own.over(below)

    def _kind_of_style(self, style_id: str) -> tuple[LineKind, int]:
        for style in self._bases(style_id):
            name = _style_name(style)
            if name.lower() in TITLE_STYLES:
                return LineKind.TITLE, 0
            if name.lower() in CAPTION_STYLES:
                return LineKind.CAPTION, 0
            if found := HEADING_STYLE.fullmatch(name):
                return LineKind.HEADING, int(found.group(1))
            if (outline := value_of(style, "pPr", "outlineLvl")).isdigit():
                return _of_outline(int(outline))
        return LineKind.TEXT, 0

    def _look_of_style(self, style_id: str) -> Look:
        if style_id not in self._looks:
            look = _NOTHING
            for style in self._bases(style_id):
                properties = style.find(f"{W}rPr")
                if properties is not None:
                    look = look.over(_own_look(properties))
                if _style_name(style).lower() in PLACEHOLDER_STYLES:
                    look = look.over(Look(placeholder=True))
            self._looks[style_id] = look
        return self._looks[style_id]

    def _bases(self, style_id: str) -> list[Any]:
        chain: list[Any] = []
        while len(chain) < _MOST_BASES and (style := self.elements.get(style_id)) is not None:
            chain.append(style)
            style_id = value_of(style, "basedOn")
        return chain


def is_on(parent: Any, name: str) -> bool | None:
    """Whether a property that is on or off is set; None where nothing is said."""
    element = parent.find(f"{W}{name}")
    if element is None:
        return None
    return (element.get(f"{W}val") or "true").lower() not in _OFF


def _own_look(properties: Any) -> Look:
    hidden = is_on(properties, "vanish")
    size = _half_points(value_of(properties, "sz"))
    if size is not None and size <= _SMALLEST:
        hidden = True
    struck = is_on(properties, "strike")
    double = is_on(properties, "dstrike")
    color = value_of(properties, "color")
    ground = properties.find(f"{W}shd"), properties.find(f"{W}highlight")
    return Look(
        hidden,
        double if double is not None and not struck else struck,
        _raised(properties),
        bool(_WHITE.fullmatch(color)) if color else None,
        True if any(element is not None for element in ground) else None,
    )


def _raised(properties: Any) -> int | None:
    align = value_of(properties, "vertAlign")
    if align:
        return {"superscript": 1, "subscript": -1}.get(align, 0)
    moved = _half_points(value_of(properties, "position"))
    if moved is None:
        return None
    return (moved >= _RAISED_FROM) - (moved <= -_RAISED_FROM)


def _half_points(text: str) -> int | None:
    try:
        return int(float(text)) if text and len(text) < 10 else None
    except ValueError:  # 「12pt」 of the strict form
        return None


def _style_name(style: Any) -> str:
    return value_of(style, "name").strip()


def _of_outline(level: int) -> tuple[LineKind, int]:
    # Outline levels count from 0; 9 means body text.
    return (LineKind.HEADING, level + 1) if level < 9 else (LineKind.TEXT, 0)
