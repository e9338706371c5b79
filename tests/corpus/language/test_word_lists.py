"""Chinese words stand in lists and patterns of ``corpus/language`` only."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LANGUAGE = ROOT / "corpus" / "language"
WORD = re.compile("[\u4e00-\u9fff]{2,8}")
MODULES = [
    *(p for p in sorted((ROOT / "corpus").rglob("*.py")) if not p.is_relative_to(LANGUAGE)),
    ROOT / "indexer" / "chunking.py",
]


def words_of(path: Path) -> Iterator[str]:
    """Runs of Chinese characters in the string constants of a module's assignments."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield from WORD.findall(part.value)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_outside_language_has_no_list_of_chinese_words(path: Path) -> None:
    assert list(words_of(path)) == []


def test_the_count_sees_the_words_of_language() -> None:
    assert "通知" in words_of(LANGUAGE / "documents.py")
