"""Make ``assets/shapes.txt``: which characters look alike, measured on their pictures.

Run once, with a font that has all of them (Noto Sans CJK):

    python -m retriever.spelling.shape_table /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from retriever.spelling.similarity import TABLE

Pictures = np.ndarray[Any, np.dtype[np.float32]]

#: Least correlation of two pictures, and how many of a character's nearest are kept.
_LEAST, _MOST = 0.55, 10
_SIZE, _BLUR = 48, 2.0
#: Which face of a font collection has the forms of mainland China.
_FACE = 2
#: Empty frames that handwriting and OCR give for 口, beside the characters of GB 2312.
_MORE = "囗"


def usual_characters() -> tuple[str, ...]:
    """The 6,763 characters of GB 2312, and a few more."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    found = (pair.decode("gb2312", "ignore") for pair in cells)
    return tuple(dict.fromkeys((*(c for c in found if c), *_MORE)))


def look_alikes(characters: Sequence[str], font: Path) -> dict[str, str]:
    """Of each character those that look most like it, the most alike first; itself not among them.

    Alike is the correlation of slightly blurred pictures, less what all characters have in common.
    """
    pictures = _pictures(characters, font)
    alike = pictures @ pictures.T
    np.fill_diagonal(alike, -1)
    nearest = np.argsort(-alike, axis=1, kind="stable")[:, :_MOST]
    return {
        character: "".join(characters[j] for j in nearest[i] if alike[i, j] >= _LEAST)
        for i, character in enumerate(characters)
    }


def _pictures(characters: Sequence[str], font: Path) -> Pictures:
    """Shape (characters, pixels); each row of length 1, the mean picture taken off."""
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    face = ImageFont.truetype(str(font), _SIZE, index=_FACE)
    box = (_SIZE + 8, _SIZE + 24)
    rows = []
    for character in characters:
        picture = Image.new("L", box, 0)
        ImageDraw.Draw(picture).text((4, 0), character, font=face, fill=255)
        small = picture.filter(ImageFilter.GaussianBlur(_BLUR)).resize((box[0] // 2, box[1] // 2))
        rows.append(np.asarray(small, dtype=np.float32).ravel())
    table: Pictures = np.array(rows)
    table -= table.mean(axis=0)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    return table


def write_table(font: Path, path: Path = TABLE) -> None:
    """One line a character: it and those of its look-alikes that no line before has it for."""
    lines = []
    written: set[tuple[str, str]] = set()
    for character, others in look_alikes(usual_characters(), font).items():
        new = [other for other in others if (other, character) not in written]
        written.update((character, other) for other in new)
        if new:
            lines.append(f"{character}{''.join(new)}\n")
    path.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write_table(Path(sys.argv[1]))
