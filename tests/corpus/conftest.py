"""Lines and documents from literal text, and the real files where this checkout has them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.load import LoadResult, clean, load_path
from corpus.raw import LineKind, RawDocument, RawLine
from corpus.structure.lines import Line

REPOSITORY = Path(__file__).resolve().parents[2]
SEEDS = REPOSITORY.parent / "shared" / "seeds"
DEV_SETS = REPOSITORY.parent / "shared" / "eval"

MakeLines = Callable[[str], list[Line]]
LoadText = Callable[..., LoadResult]


@pytest.fixture
def make_lines() -> MakeLines:
    """Lines of a text as cleaning sees them: blank ones leave a mark on the next."""

    def make(text: str) -> list[Line]:
        lines: list[Line] = []
        after_blank = False
        for number, words in enumerate(text.strip("\n").split("\n"), start=1):
            if words.strip():
                lines.append(Line(words.strip(), number, after_blank=after_blank))
            after_blank = not words.strip()
        return lines

    return make


@pytest.fixture
def load_text() -> LoadText:
    """Clean a text as if it were read from a file.

    Each line may be a string or a (kind, string); ``reliable`` says that lines are paragraphs.
    """

    def load(
        text: str | list[str | tuple[LineKind, str]], reliable: bool = False, name: str = "甲.txt"
    ) -> LoadResult:
        source = text.strip("\n").split("\n") if isinstance(text, str) else text
        lines = tuple(
            RawLine(line) if isinstance(line, str) else RawLine(line[1], kind=line[0], level=1)
            for line in source
        )
        return clean(RawDocument(Path(name), "txt", lines, reliable), name)

    return load


@pytest.fixture(scope="session")
def seeds() -> dict[str, LoadResult]:
    """The five real documents by the first three characters of their file's name."""
    if not SEEDS.is_dir():
        pytest.skip("the real documents are not beside this checkout (../shared/seeds)")
    return {result.path.name[:3]: result for result in load_path(SEEDS)}


@pytest.fixture(scope="session")
def compilation(seeds: dict[str, LoadResult]) -> tuple[Document, ...]:
    """The texts of the real compilation, document 002."""
    return seeds["002"].documents


@pytest.fixture(scope="session")
def dev_set() -> Callable[[str], list[str]]:
    """Lines of a hand-checked set, by file name."""

    def read(name: str) -> list[str]:
        path = DEV_SETS / name
        if not path.is_file():
            pytest.skip(f"the set {name} is not beside this checkout (../shared/eval)")
        return path.read_text(encoding="utf-8").splitlines()

    return read


@pytest.fixture
def samples() -> Path:
    """The folder of the invented documents that come with the program."""
    return REPOSITORY / "corpus" / "samples" / "docs"
