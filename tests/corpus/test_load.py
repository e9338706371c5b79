"""From files to clean documents; every bad file gives its reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from corpus.document import BlockKind
from corpus.errors import PolicyQAError, UnreadableFileError
from corpus.load import LoadResult, clean, find_files, load_file, load_path
from corpus.raw import RawDocument, RawLine
from tests.corpus.conftest import LoadText
from tests.corpus.strategies import texts

NOTICE = "关于做好排水防涝工作的通知\n\n各街道要落实责任，确保安全度汛。\n霖川市防汛指挥部\n2024年5月6日\n"


def test_a_file_becomes_a_document_with_its_place_in_it(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, encoding="utf-8")
    result = load_file(path, "子文件夹/通知.txt")
    (document,) = result.documents
    assert (document.id, document.file, document.path) == (
        "子文件夹/通知.txt#0", "通知.txt", str(path),
    )  # fmt: skip
    assert document.title == "关于做好排水防涝工作的通知"
    assert [b.line for b in document.blocks] == [1, 3, 4, 5]
    assert result.error == ""


def test_a_document_without_a_title_is_called_by_its_file(load_text: LoadText) -> None:
    (document,) = load_text("各街道要落实责任，确保安全度汛。", name="乙.txt").documents
    assert document.title == "乙.txt"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("a.xyz", b"text", "不支持的格式 .xyz"), ("b", b"text", "无扩展名"), ("c.txt", b"", "c.txt"), ("d.pdf", b"%PDF-1.4", "d.pdf")],
)  # fmt: skip
def test_a_bad_file_gives_one_line_and_no_exception(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    result = load_file(path, name)
    assert (result.documents, result.report) == ((), None)
    assert reason in result.error
    assert "\n" not in result.error


def test_a_bad_file_does_not_stop_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(NOTICE, encoding="utf-8")
    assert [bool(r.documents) for r in load_path(tmp_path)] == [False, True]


def test_a_file_of_nothing_but_spam_is_refused() -> None:
    raw = RawDocument(
        Path("a.txt"), "txt", (RawLine("人妻少妇无码在线观看"), RawLine("关闭")), False
    )
    with pytest.raises(UnreadableFileError, match="清理后没有剩下文字"):
        clean(raw, "a.txt")


def test_files_are_found_in_order_without_hidden_ones_and_loops(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", ".git/x.txt", "a/.hidden.txt", "a/~$锁.docx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("文", encoding="utf-8")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert [name for _, name in find_files([tmp_path])] == ["a/1.txt", "b/2.txt"]


def test_a_file_given_twice_is_found_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("文", encoding="utf-8")
    assert find_files([path, tmp_path]) == [(path.resolve(), "a.txt")]


def test_a_missing_path_is_an_error_a_person_can_mend(tmp_path: Path) -> None:
    with pytest.raises(PolicyQAError, match="找不到"):
        find_files([tmp_path / "没有"])


def test_what_cleaning_did_is_reported(load_text: LoadText) -> None:
    report = load_text("關於創(chuàng )建的通知\n\nID:123\n各街道要落實，確保 安全。").report
    assert report is not None
    assert dict(report.counts)["pinyin notes"] == 1
    assert dict(report.counts)["boilerplate lines"] == 1


@settings(max_examples=60, deadline=None)
@given(texts)
def test_any_text_is_loaded_or_refused_with_a_reason(text: list[str]) -> None:
    raw = RawDocument(Path("a.txt"), "txt", tuple(map(RawLine, text)), False)
    try:
        result = clean(raw, "a.txt")
    except UnreadableFileError:
        return
    for document in result.documents:
        assert all(len(b.text) == len(b.display) for b in document.blocks)


def test_no_pinyin_note_reaches_a_block(seeds: dict[str, LoadResult]) -> None:
    toned = set("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")
    text = "".join(b.display for d in seeds["003"].documents for b in d.blocks)
    assert not toned & set(text)
    assert "关于开展" in "".join(b.text for d in seeds["003"].documents for b in d.blocks)


def test_junk_of_the_real_compilation_is_gone(seeds: dict[str, LoadResult]) -> None:
    text = "\n".join(b.text for d in seeds["002"].documents for b in d.blocks)
    for junk in ("paidbegin", "paidend", "系列№"):
        assert junk not in text


def test_a_bulletins_articles_inherit_its_head(seeds: dict[str, LoadResult]) -> None:
    documents = seeds["004"].documents
    assert [d.metadata.title[:4] for d in documents] == [
        "江苏精神",
        "泰州市：",
        "如东县：",
        "宝应县：",
    ]
    assert {(d.metadata.issuer, d.metadata.date) for d in documents} == {
        ("江苏省文明办", "2022-05-23")
    }


SAMPLES = {
    "01": ("临漪市人民政府办公室", "2024-03-18", "临漪市"),
    "04": ("中共临漪市霁溪区澄柳街道工作委员会", "2023-02-20", "临漪市霁溪区澄柳街道"),
    "06": ("汐阳市精神文明建设指导委员会办公室", "2023-08-14", "汐阳市"),
    "11": ("苍平市人民政府办公室", "2023-10-12", "苍平市"),
    "13": ("中共霁州市委", "2023-11-20", "霁州市"),
    "17": ("霁州市人民政府", "2024-09-11", "霁州市"),
    "19": ("岚浦县枫汀街道办事处", "2024-02-23", "岚浦县枫汀街道"),
}


@pytest.mark.parametrize("number", SAMPLES)
def test_samples_are_one_text_each_with_issuer_date_and_region(samples: Path, number: str) -> None:
    (path,) = samples.glob(f"{number}_*")
    (document,) = load_file(path, path.name).documents
    metadata = document.metadata
    assert (metadata.issuer, metadata.date, metadata.region) == SAMPLES[number]
    assert metadata.title


def test_the_sample_compilation_has_three_texts_of_three_places(samples: Path) -> None:
    (path,) = samples.glob("16_*")
    cover, *texts_of = load_file(path, path.name).documents
    assert cover.metadata.title == "政务服务改革经验材料汇编"
    assert [(d.metadata.issuer, d.metadata.region) for d in texts_of] == [
        ("穗川市政务服务中心", "穗川市"),
        ("岚浦县人民政府办公室", "岚浦县"),
        ("澄屏县政务服务局", "澄屏县"),
    ]


def test_the_lines_of_a_sample_page_run_on_into_whole_sentences(samples: Path) -> None:
    (path,) = samples.glob("10_*")
    (document,) = load_file(path, path.name).documents
    prose = [b.text for b in document.blocks if b.kind is BlockKind.PARAGRAPH and len(b.text) > 25]
    assert prose
    assert all(text.endswith(("。", "：", "）")) for text in prose)
