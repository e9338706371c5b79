"""Whether a PDF file has layers that are not shown."""

from __future__ import annotations

import contextlib
import io
import logging

#: Without one of these there is no list of layers, not even in a compressed part.
_SIGNS = (b"/OCProperties", b"/ObjStm")
_HIDING = ("/OFF", "/AS")


def has_hidden_layers(data: bytes) -> bool:
    """Whether some layers of a file are switched off, or may be; True where that cannot be read.

    What hides in them is found by drawing the pages, which takes time.
    """
    if not any(sign in data for sign in _SIGNS):
        return False
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    with contextlib.suppress(Exception):
        root = PdfReader(io.BytesIO(data), strict=False).trailer["/Root"].get_object()
        if not isinstance(root, DictionaryObject) or "/OCProperties" not in root:
            return False
        layers = root["/OCProperties"].get_object()
        if not isinstance(layers, DictionaryObject) or "/D" not in layers:
            return False
        shown = layers["/D"].get_object()
        if isinstance(shown, DictionaryObject):
            return any(shown.get(key) for key in _HIDING) or shown.get("/BaseState") == "/OFF"
    return _SIGNS[0] in data
