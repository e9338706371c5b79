"""Chinese words stand in lists and patterns of ``corpus/language``, and there in one module each."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LANGUAGE = "corpus/language/"
WORD = re.compile("[\u4e00-\u9fff]{2,8}")
#: Words that two modules may hold by chance: 「组织」 is a body and what one does.
IN_TWO_MODULES = 30
#: Words of messages that the program says stand where they are said.
OUTSIDE_LANGUAGE = 80
#: These hold no word at all.
WITHOUT_WORDS = [
    *(p for p in sorted((ROOT / "corpus").rglob("*.py")) if LANGUAGE not in p.as_posix()),
    ROOT / "indexer" / "chunking.py",
]


def words_of(path: Path) -> Iterator[str]:
    """Runs of Chinese characters in the string constants of a module's assignments."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield from WORD.findall(part.value)


@pytest.fixture(scope="module")
def modules_of_words() -> dict[str, set[str]]:
    """Every word of the stages that read, index, search and answer → the modules that hold it."""
    found: dict[str, set[str]] = defaultdict(set)
    for stage in ("corpus", "indexer", "retriever", "qa"):
        for path in (ROOT / stage).rglob("*.py"):
            for word in words_of(path):
                found[word].add(path.relative_to(ROOT).as_posix())
    return found


def test_few_words_stand_in_two_modules(modules_of_words: dict[str, set[str]]) -> None:
    twice = {word: sorted(in_) for word, in_ in modules_of_words.items() if len(in_) > 1}
    assert len(modules_of_words) > 1_000
    assert len(twice) <= IN_TWO_MODULES, twice


def test_few_words_stand_outside_the_language(modules_of_words: dict[str, set[str]]) -> None:
    outside = {
        word: sorted(in_)
        for word, in_ in modules_of_words.items()
        if any(not module.startswith(LANGUAGE) for module in in_)
    }
    assert len(outside) <= OUTSIDE_LANGUAGE, outside


@pytest.mark.parametrize("path", WITHOUT_WORDS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_outside_language_has_no_list_of_chinese_words(path: Path) -> None:
    assert list(words_of(path)) == []


def test_words_in_a_pattern_are_seen_and_those_in_a_message_are_not(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        'A = re.compile("通知|决定")\ndef f():\n    return "没有"\n', encoding="utf-8"
    )
    assert list(words_of(module)) == ["通知", "决定"]
