"""Joining the torn pieces of one paragraph: no space between Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CJK = re.compile("[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—]")


def join_pieces(pieces: Iterable[str]) -> str:
    """Join pieces of one paragraph in order.

    A space goes between two pieces only where neither side is Chinese, so that English words stay
    apart and 「加快」 torn into 「加」 and 「快」 becomes one word again.

    Args:
        pieces: the pieces; blank ones are ignored.
    """
    joined = ""
    for piece in filter(None, map(str.strip, pieces)):
        if joined and not _CJK.match(joined[-1]) and not _CJK.match(piece[0]):
            joined += " "
        joined += piece
    return joined
