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


def test_words_in_a_pattern_are_seen_and_those_in_a_message_are_not(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        'A = re.compile("通知|决定")\ndef f():\n    return "没有"\n', encoding="utf-8"
    )
    assert list(words_of(module)) == ["通知", "决定"]
