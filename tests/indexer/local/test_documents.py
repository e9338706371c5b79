"""What a search restricts itself to."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.document import Metadata
from corpus.errors import PolicyQAError
from indexer.backend import DocumentEntry, counted
from indexer.filters import Filters, Selection
from indexer.local.documents import DocumentTable

CHAOYANG = Metadata("朝阳市工作方案", "中共朝阳市委", "", "方案", "2023-04", "2023", "辽宁省朝阳市")
ZUNYI = Metadata("遵义市通知", "遵义市人民政府", "", "通知", "2022", "2022", "贵州省遵义市")
UNTITLED = Metadata()


@pytest.fixture
def table() -> DocumentTable:
    return DocumentTable(
        [
            DocumentEntry("一.txt#0", "一.txt", "/一.txt", 2, CHAOYANG),
            DocumentEntry("二.txt#0", "二.txt", "/二.txt", 1, ZUNYI),
            DocumentEntry("三.txt#0", "三.txt", "/三.txt", 1, UNTITLED),
            # Another text of the same file with the same particulars, as in a compilation:
            DocumentEntry("一.txt#1", "一.txt", "/一.txt", 1, CHAOYANG),
        ]
    )


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        (Filters(region="朝阳"), [0, 1, 4]),
        (Filters(region="辽宁省"), [0, 1, 4]),
        (Filters(region="遼寧"), [0, 1, 4]),  # traditional
        (Filters(year="2022"), [2]),
        (Filters(doc="三.txt"), [3]),
        (Filters(doc_type="方案", issuer="市委"), [0, 1, 4]),
        (Filters(title="通知"), [2]),
        (Filters(title="三.txt"), [3]),  # shown under its file's name
        (Filters(region=" 朝阳 ", year=" 2023 "), [0, 1, 4]),
        (Filters(region="省", year=" "), [0, 1, 2, 4]),
    ],
)
def test_rows_that_pass(table: DocumentTable, filters: Filters, rows: list[int]) -> None:
    found = table.rows(Selection(filters))
    assert found is not None and found.tolist() == rows


@pytest.mark.parametrize("filters", [Filters(), Filters(region="  ")])
def test_no_filter_restricts_nothing(table: DocumentTable, filters: Filters) -> None:
    assert table.rows(Selection(filters)) is None


@pytest.mark.parametrize(
    "filters",
    [
        Filters(year="202"),
        Filters(doc="三"),
        Filters(region="朝阳", year="2022"),
        Filters(year="x"),
    ],
)
def test_nothing_passes_is_one_line(table: DocumentTable, filters: Filters) -> None:
    with pytest.raises(PolicyQAError) as raised:
        table.rows(Selection(filters))
    line = str(raised.value)
    assert "\n" not in line and "没有文档符合" in line and "；请：" in line


@pytest.mark.parametrize("filters", [Filters(region="市"), Filters(doc_type="通知")])
def test_an_unknown_value_never_passes(table: DocumentTable, filters: Filters) -> None:
    found = table.rows(Selection(filters))
    assert found is not None and 3 not in found.tolist()


def test_documents_that_are_gone_are_left_out(table: DocumentTable) -> None:
    gone = frozenset({"一.txt#0", "never there"})
    found = [
        table.rows(Selection(filters, gone)) for filters in (Filters(), Filters(region="朝阳"))
    ]
    assert [rows.tolist() for rows in found if rows is not None] == [[2, 3, 4], [4]]
    left = table.entries(Selection(without=gone))
    assert [(entry.id, entry.passages) for entry in left] == [
        ("二.txt#0", 1),
        ("三.txt#0", 1),
        ("一.txt#1", 1),
    ]


def test_counts_are_of_documents(table: DocumentTable) -> None:
    metadata = [entry.metadata for entry in table.entries(Selection())]
    assert counted(metadata, "region") == (("辽宁省朝阳市", 2), ("贵州省遵义市", 1))
    assert counted(metadata, "year") == (("2023", 2), ("2022", 1))


def test_a_passage_is_named_by_its_row_and_found_by_its_name(table: DocumentTable) -> None:
    ids = ["一.txt#0/0", "一.txt#0/1", "二.txt#0/0", "三.txt#0/0", "一.txt#1/0"]
    assert table.ids(np.arange(5)) == ids
    assert table.rows_of(ids).tolist() == list(range(5))


@pytest.mark.parametrize(
    "unknown", ["一.txt#0/2", "一.txt#0/-1", "一.txt#2/0", "一.txt#0", "x", ""]
)
def test_an_unknown_name_has_no_row(table: DocumentTable, unknown: str) -> None:
    assert table.rows_of(["二.txt#0/0", unknown]).tolist() == [2, -1]
