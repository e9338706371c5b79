"""What a search restricts itself to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Metadata
from corpus.errors import PolicyQAError
from indexer.local.store import PassageStore
from retriever.filters import FilterTable
from retriever.hit import Filters
from tests.indexer.making import passage

CHAOYANG = Metadata("朝阳市工作方案", "中共朝阳市委", "", "方案", "2023-04", "2023", "辽宁省朝阳市")
ZUNYI = Metadata("遵义市通知", "遵义市人民政府", "", "通知", "2022", "2022", "贵州省遵义市")
UNTITLED = Metadata()


@pytest.fixture
def table(tmp_path: Path) -> FilterTable:
    passages = [
        passage("甲", 0, CHAOYANG, "一.txt"),
        passage("乙", 1, CHAOYANG, "一.txt"),
        passage("丙", 0, ZUNYI, "二.txt"),
        passage("丁", 0, UNTITLED, "三.txt"),
        # Another text of the same file with the same particulars, as in a compilation:
        replace(passage("戊", 0, CHAOYANG, "一.txt"), id="一.txt#1/0", document_id="一.txt#1"),
    ]
    PassageStore.create(tmp_path / "p.sqlite", passages, [])
    return FilterTable(PassageStore(tmp_path / "p.sqlite"))


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
def test_rows_that_pass(table: FilterTable, filters: Filters, rows: list[int]) -> None:
    found = table.rows(filters)
    assert found is not None and found.tolist() == rows


@pytest.mark.parametrize("filters", [Filters(), Filters(region="  ")])
def test_no_filter_restricts_nothing(table: FilterTable, filters: Filters) -> None:
    assert table.rows(filters) is None


@pytest.mark.parametrize(
    "filters",
    [
        Filters(year="202"),
        Filters(doc="三"),
        Filters(region="朝阳", year="2022"),
        Filters(year="x"),
    ],
)
def test_nothing_passes_is_one_line(table: FilterTable, filters: Filters) -> None:
    with pytest.raises(PolicyQAError) as raised:
        table.rows(filters)
    line = str(raised.value)
    assert "\n" not in line and "没有文档符合" in line and "；请：" in line


@pytest.mark.parametrize("filters", [Filters(region="市"), Filters(doc_type="通知")])
def test_an_unknown_value_never_passes(table: FilterTable, filters: Filters) -> None:
    found = table.rows(filters)
    assert found is not None and 3 not in found.tolist()


def test_documents_that_are_gone_are_left_out(table: FilterTable) -> None:
    gone = frozenset({"一.txt#0", "never there"})
    found = [table.rows(filters, gone) for filters in (Filters(), Filters(region="朝阳"))]
    assert [rows.tolist() for rows in found if rows is not None] == [[2, 3, 4], [4]]
    assert table.counts("region", gone) == (("贵州省遵义市", 1), ("辽宁省朝阳市", 1))
    assert (table.size(), table.size(gone)) == ((4, 5), (3, 3))


def test_counts_are_of_documents(table: FilterTable) -> None:
    assert table.counts("region") == (("辽宁省朝阳市", 2), ("贵州省遵义市", 1))
    assert table.counts("year") == (("2023", 2), ("2022", 1))
    assert table.counts("number") == ()
