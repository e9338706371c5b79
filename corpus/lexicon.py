"""Common words of the language, from jieba's dictionary."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import PolicyQAError

#: Rarer entries of the dictionary are mostly names and fragments.
_COMMON = 20


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words of two or more characters that jieba's dictionary counts at least 20 times."""
    # Read as a file: importing jieba takes a quarter of a second and is not needed for a word list.
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise PolicyQAError("没有安装词典 jieba", "jieba 0.42", "pip install jieba")
    source = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8")
    entries = (line.split(" ") for line in source.splitlines())
    return frozenset(e[0] for e in entries if len(e[0]) >= 2 and int(e[1]) >= _COMMON)
