"""Ask the sixty questions over files of each format: ``python -m tests.qa.table_questions.measure``.

Prints for each format the share of right answers and of wrong cells shown as short answer, for the
questions that answers were made with and for those kept aside.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from corpus.raw import LineKind, RawDocument, RawLine
from corpus.structure.tables import Table, table_lines
from indexer.embedding.encoder import Encoder
from indexer.settings import IndexSettings
from qa.answer import Answer
from qa.facade import PolicyQA
from qa.settings import Settings
from tests.conftest import TinyEncoder
from tests.qa.table_questions.files import FORMATS
from tests.qa.table_questions.questions import QUESTIONS, TableQuestion
from tests.qa.table_questions.tables import SHEETS, Sheet

#: Every so many questions one is kept aside.
ASIDE = 3


def raw_document(sheet: Sheet, path: Path) -> RawDocument:
    """A table as a reader without a fault of its own would give it."""
    lines = [RawLine(sheet.title, kind=LineKind.TITLE), *map(RawLine, sheet.above)]
    lines += table_lines(Table(tuple(sheet.cells())))
    lines += map(RawLine, sheet.below)
    return RawDocument(path, "md", tuple(lines), paragraphs_reliable=True)


@contextmanager
def engine(form: str, folder: Path, encoder: Encoder | None = None) -> Iterator[PolicyQA]:
    """A PolicyQA over the five tables; ``form`` is one of ``FORMATS`` or ``model``.

    ``encoder`` in place of the default model.
    """
    files = folder / "资料"
    files.mkdir()
    for sheet in SHEETS.values():
        if form == "model":
            (files / f"{sheet.name}.md").write_text("-")
        else:
            suffix, write = FORMATS[form]
            write(sheet, files / f"{sheet.name}{suffix}")
    settings = Settings(index=IndexSettings())

    def read(path: Path, _: object) -> RawDocument:
        return raw_document(SHEETS[path.stem], path)

    if form == "model":
        with mock.patch("corpus.load.read_file", read):
            PolicyQA.index([files], folder / "index", settings, encoder=encoder)
    else:
        PolicyQA.index([files], folder / "index", settings, encoder=encoder)
    with PolicyQA.open(folder / "index", settings, encoder=encoder) as opened:
        yield opened


def is_right(asked: TableQuestion, answer: Answer) -> bool:
    """Whether the cell asked for is in a line of the answer that names its row; else a refusal."""
    if not asked.cell:
        return not answer.answered
    flat = (
        line.replace("-", "—").replace("”", "").replace("“", "") for line in answer.text.split("\n")
    )
    wanted = (asked.row, asked.cell.replace("-", "—"))
    return answer.answered and any(all(word in line for word in wanted) for line in flat)


def shows_wrong_cell(asked: TableQuestion, answer: Answer) -> bool:
    """Whether a short answer is shown that is not the cell asked for."""
    short = answer.short_answer.replace("-", "—")
    return bool(short) and (not asked.cell or asked.cell.replace("-", "—") not in short)


def measure(form: str, shown: str, encoder: Encoder | None = None) -> None:
    """Ask every question of one format and print the figures; ``shown``: what is printed of each."""
    right: dict[bool, list[bool]] = {False: [], True: []}
    wrong: dict[bool, list[bool]] = {False: [], True: []}
    short = 0
    with tempfile.TemporaryDirectory() as folder, engine(form, Path(folder), encoder) as qa:
        for number, asked in enumerate(QUESTIONS):
            answer = qa.ask(asked.text)
            aside = number % ASIDE == ASIDE - 1
            ok, bad = is_right(asked, answer), shows_wrong_cell(asked, answer)
            right[aside].append(ok)
            wrong[aside].append(bad)
            short += bool(answer.short_answer) and not bad
            if shown == "all" or (shown == "failed" and not aside and (bad or not ok)):
                text = answer.text.replace("\n", " ⏎ ")
                mark = "ok" if ok and not bad else "WRONG CELL" if bad else "miss"
                print(f"  [{number}] {mark}: {asked.text} → {answer.short_answer!r} | {text[:150]}")
    for aside, name in ((False, "open"), (True, "aside")):
        share, bad_share = (sum(v[aside]) / len(v[aside]) for v in (right, wrong))
        print(
            f"{form:6} {name:6} n={len(right[aside])} right {share:.3f} wrong cell {bad_share:.3f}"
        )
    every = [*right[False], *right[True]], [*wrong[False], *wrong[True]]
    print(
        f"{form:6} all    right {sum(every[0]) / 60:.3f} wrong cell {sum(every[1]) / 60:.3f} short {short}"
    )


def main() -> None:
    """Measure the formats named, all but ``scan`` without names."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "formats", nargs="*", default=["model", *(f for f in FORMATS if f != "scan")]
    )
    parser.add_argument("--show", choices=("none", "failed", "all"), default="none")
    parser.add_argument("--tiny", action="store_true", help="the tests' quick encoder")
    arguments = parser.parse_args()
    for form in arguments.formats:
        measure(form, arguments.show, TinyEncoder() if arguments.tiny else None)


if __name__ == "__main__":
    main()
