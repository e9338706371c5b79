"""Equations of Word (OMML) → readable text on one line: 补贴额=投资额/10."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from corpus.readers.raised import subscript, superscript

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
"""The namespace of equations."""
_W_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_DEEPEST = 60
_OPERATORS = frozenset("+-−–±×÷*/·=＝<>≤≥,，、;； \u00a0")
_INTEGRAL, _RADICAL = "∫", "√"


def equation_text(element: Any, depth: int = 0) -> str:
    """The text of an ``m:oMath`` or of any element in one."""
    if depth > _DEEPEST:
        return ""
    if not isinstance(element.tag, str):
        return ""
    if element.tag in (f"{M}t", _W_TEXT):
        return element.text or ""
    name = element.tag.removeprefix(M) if element.tag.startswith(M) else ""
    if name.endswith("Pr"):
        return ""
    write = _WRITERS.get(name)
    if write is not None:
        return write(element, depth + 1)
    return "".join(equation_text(child, depth + 1) for child in element)


def _part(element: Any, name: str, depth: int) -> str:
    child = element.find(f"{M}{name}")
    return "" if child is None else equation_text(child, depth).strip()


def _grouped(text: str) -> str:
    """In brackets where it is more than one number or word."""
    inside = text[1:-1]
    closed = (
        text.startswith(("(", "（"))
        and text.endswith((")", "）"))
        and not set(inside) & set("()（）")
    )
    return text if closed or not set(text) & _OPERATORS else f"({text})"


def _fraction(element: Any, depth: int) -> str:
    above, below = (_grouped(_part(element, name, depth)) for name in ("num", "den"))
    return f"{above}/{below}"


def _power(element: Any, depth: int) -> str:
    return _grouped(_part(element, "e", depth)) + superscript(_part(element, "sup", depth))


def _index(element: Any, depth: int) -> str:
    return _part(element, "e", depth) + _lowered(_part(element, "sub", depth))


def _both(element: Any, depth: int) -> str:
    return _index(element, depth) + superscript(_part(element, "sup", depth))


def _before(element: Any, depth: int) -> str:
    lowered = _lowered(_part(element, "sub", depth))
    return lowered + superscript(_part(element, "sup", depth)) + _part(element, "e", depth)


def _lowered(text: str) -> str:
    """「1」 → 「₁」; a word below a letter is set apart: 「P_总」."""
    made = subscript(text)
    return f"_{made}" if made and made == text else made


def _root(element: Any, depth: int) -> str:
    degree = _part(element, "deg", depth)
    return superscript(degree) + _RADICAL + _grouped(_part(element, "e", depth))


def _large(element: Any, depth: int) -> str:
    """A sum, product or integral with its bounds: 「∑(i=1→n)xᵢ」."""
    sign = element.find(f"{M}naryPr/{M}chr")
    mark = (sign.get(f"{M}val") or "") if sign is not None else _INTEGRAL
    below, above = (_part(element, name, depth) for name in ("sub", "sup"))
    bounds = (
        f"({below}→{above})" if below and above else f"({below or above})" if below or above else ""
    )
    return f"{mark}{bounds}{_part(element, 'e', depth)}"


def _in_brackets(element: Any, depth: int) -> str:
    properties = element.find(f"{M}dPr")

    def mark(name: str, usual: str) -> str:
        found = properties.find(f"{M}{name}") if properties is not None else None
        return usual if found is None else found.get(f"{M}val") or ""

    inner = (equation_text(child, depth) for child in element.iterchildren(f"{M}e"))
    return mark("begChr", "(") + mark("sepChr", ",").join(inner) + mark("endChr", ")")


def _function(element: Any, depth: int) -> str:
    return _part(element, "fName", depth) + _grouped(_part(element, "e", depth))


def _limit(element: Any, depth: int) -> str:
    return f"{_part(element, 'e', depth)}({_part(element, 'lim', depth)})"


def _rows(element: Any, depth: int) -> str:
    """Equations below each other, the rows of a matrix."""
    rows = (
        equation_text(child, depth).strip() for child in element if child.tag in (f"{M}e", f"{M}mr")
    )
    return "；".join(filter(None, rows))


def _matrix_row(element: Any, depth: int) -> str:
    return "，".join(equation_text(child, depth).strip() for child in element.iterchildren(f"{M}e"))


_WRITERS: dict[str, Callable[[Any, int], str]] = {
    "f": _fraction,
    "sSup": _power,
    "sSub": _index,
    "sSubSup": _both,
    "sPre": _before,
    "rad": _root,
    "nary": _large,
    "d": _in_brackets,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
    "eqArr": _rows,
    "m": _rows,
    "mr": _matrix_row,
}
