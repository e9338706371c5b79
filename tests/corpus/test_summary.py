"""The summary says what an office wants to know, from files and from an index alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, FileRecord
from corpus.document import Block, BlockKind, Document, Metadata
from corpus.load import LoadResult, load_path
from corpus.relations.families import find_families
from corpus.relations.lineage import Relation, find_references, resolve
from corpus.summary import CorpusSummary, summarise_catalogue, summarise_results

CLAUSES = (
    "各社区要在每月五日前报送老旧小区改造进度，由街道城建办汇总后报区住建局。",
    "改造资金由市级财政补助320万元，其余由区级财政和产权单位共同承担，专款专用。",
    "街道成立由主任任组长的专班，每周召开一次调度会，逐项销号，限期整改到位。",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan, its copy with one other figure, a notice that repeals it, and a damaged file."""
    root = tmp_path_factory.mktemp("资料")
    plan = "\n".join(("霖川市老旧小区改造工作方案", *CLAUSES, "霖川市人民政府", "2024年3月5日"))
    (root / "方案.txt").write_text("##paidbegin##\n" + plan, encoding="utf-8")
    copies = root / "转存"
    copies.mkdir()
    (copies / "方案.txt").write_text(plan.replace("320", "48"), encoding="utf-8")
    notice = (
        "霖川市人民政府关于废止文件的通知\n各区人民政府：\n"
        "经研究，《霖川市老旧小区改造工作方案》即行废止。20xx年以来的材料\ufffd由xx局保存。\n"
    )
    (root / "通知.md").write_text(notice, encoding="utf-8")
    (root / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    return root


@pytest.fixture(scope="module")
def results(folder: Path) -> tuple[LoadResult, ...]:
    return tuple(load_path(folder))


@pytest.fixture(scope="module")
def summary(results: tuple[LoadResult, ...]) -> CorpusSummary:
    return summarise_results(results)


def test_what_was_read_is_counted(summary: CorpusSummary, results: tuple[LoadResult, ...]) -> None:
    assert (summary.files, summary.documents) == (4, 3)
    assert [(f.suffix, f.files, f.documents) for f in summary.formats] == [
        ("txt", 2, 2),
        ("md", 1, 1),
    ]
    texts = (b.display for r in results for d in r.documents for b in d.blocks)
    assert summary.characters == sum(map(len, texts))


def test_unreadable_files_are_named_from_the_folder_with_their_reason(
    summary: CorpusSummary,
) -> None:
    (note,) = summary.unreadable
    assert note.file == "坏.docx" and note.text


def test_what_was_dropped_is_shown_with_its_place(summary: CorpusSummary) -> None:
    (rule,) = summary.drops
    (line,) = summary.dropped
    assert (rule.count, line.rule) == (1, rule.rule)
    assert (line.file, line.line, line.text) == ("方案.txt", 1, "##paidbegin##")
    assert rule.rule not in {repair.rule for repair in summary.repairs}


def test_copies_are_compared_with_the_head_that_says_most(summary: CorpusSummary) -> None:
    (copy,) = summary.copies
    assert (copy.one.id, copy.other.id) == ("方案.txt#0", "转存/方案.txt#0")
    assert copy.sentences == 1 and "320万元" in copy.differences[0].one


def test_links_say_whether_the_other_document_is_here(summary: CorpusSummary) -> None:
    (link,) = summary.links
    assert (link.source.id, link.relation) == ("通知.md#0", Relation.REPEALS)
    assert link.target is not None and link.target.id == "方案.txt#0"


def test_missing_values_name_their_documents(summary: CorpusSummary) -> None:
    missing = {one.field: [name.id for name in one.documents] for one in summary.missing}
    assert missing["date"] == ["通知.md#0"]
    assert "title" not in missing


def test_damage_and_masks_are_left_for_a_person(summary: CorpusSummary) -> None:
    (damaged,) = summary.damaged
    ((line, around),) = damaged.examples
    assert (damaged.document.id, damaged.count, line) == ("通知.md#0", 1, 3)
    assert "\ufffd" in around
    assert {(m.mask, m.count, m.documents) for m in summary.masks} == {("20xx", 1, 1), ("xx", 1, 1)}


def test_an_index_gives_the_same_summary_as_its_files(
    summary: CorpusSummary, results: tuple[LoadResult, ...], folder: Path, tmp_path: Path
) -> None:
    catalogue = Catalogue(tmp_path / "c.sqlite", writable=True)
    for result in results:
        name = result.path.relative_to(folder).as_posix()
        report = result.report
        record = FileRecord(
            str(result.path), name, 1, 1, "", result.error,
            report.counts if report else (),
            report.warnings if report else (),
            report.dropped if report else (),
        )  # fmt: skip
        catalogue.put(record, result.documents)
    documents = list(catalogue.documents())
    references = resolve((r for d in documents for r in find_references(d)), documents)
    catalogue.relations.replace(references, find_families(documents))
    assert summarise_catalogue(catalogue) == summary
    catalogue.close()


def test_a_document_without_title_is_missing_one() -> None:
    block = Block(BlockKind.PARAGRAPH, "正文。", "正文。", line=1)
    document = Document("d.txt#0", "d.txt", "/x/d.txt", 0, Metadata(), (block,))
    found = summarise_results([LoadResult(Path("/x/d.txt"), (document,), None)])
    assert [one.field for one in found.missing] == ["title", "issuer", "date", "region"]


def test_nothing_read_is_a_summary_too() -> None:
    assert summarise_results([]).files == 0
