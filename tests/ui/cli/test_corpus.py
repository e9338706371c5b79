"""``corpus inspect`` and ``corpus report``: what a person and a program are shown of files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.catalogue import Catalogue, FileRecord
from corpus.cleaning.report import Dropped
from corpus.document import Block, BlockKind, Document, FieldSource, Metadata
from corpus.relations.families import Family
from corpus.relations.lineage import Reference, Relation
from indexer.local.generations import FORMAT, Generation, Manifest
from tests.ui.conftest import Capture
from ui.cli.main import main
from ui.output.corpus_output import document_json

SECTIONS = "一二三四五六七"
PLAN = (
    "霖川市政务服务大厅建设方案",
    "一、总体要求",
    "坚持问题导向，全年办结企业诉求320件，群众满意度达到98%以上。",
    "二、主要任务",
    "2024年6月底前，市政务服务局牵头完成大厅改造，增设综合窗口12个。",
    "各县（市、区）同步推进，按月报送进度，年底前全部完成验收。",
)
FORWARD = (
    "现将《霖川市政务服务大厅建设方案》转发给你们，请认真贯彻执行。",
    "霖川市人民政府办公室",
    "2024年3月5日",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan in traditional characters with spam, the same forwarded, and a file of no format."""
    root = tmp_path / "资料"
    root.mkdir()
    plan = "\n".join(PLAN).replace("务", "務")
    (root / "方案.txt").write_text(f"##paidbegin##\n　　{plan}\n", encoding="utf-8")
    forwarded = "\n".join(("关于转发建设方案的通知", FORWARD[0], *PLAN, *FORWARD[1:]))
    (root / "转发.txt").write_text(forwarded.replace("320件", "32件"), encoding="utf-8")
    (root / "程序.exe").write_bytes(b"MZ")
    return root


def asked(capsys: Capture, *argv: str) -> Any:
    """What a command prints as JSON."""
    assert main([*argv, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_inspect_json_has_the_shape_that_others_rely_on(folder: Path, capsys: Capture) -> None:
    out = asked(capsys, "corpus", "inspect", str(folder))
    assert set(out) == {"documents", "report", "lineage", "families", "summary"}
    assert set(out["documents"][0]) == {*("id", "title", "metadata", "dates", "sources", "blocks")}
    for block in out["documents"][0]["blocks"]:
        needed = {"kind", "text", "heading_path", "page", "line", "column"}
        assert set(block) - {"original"} == needed
    assert set(out["report"]) == {"counts", "labels", "dropped", "warnings", "errors"}


def test_a_block_says_where_it_stands_and_its_own_words_where_they_differ(
    folder: Path, capsys: Capture
) -> None:
    document = asked(capsys, "corpus", "inspect", str(folder / "方案.txt"))["documents"][0]
    title, heading = document["blocks"][:2]
    # Line 1 of the file is the paid mark; two full-width spaces stand in front of the title.
    assert (title["line"], title["column"]) == (2, 3)
    assert (title["text"], title["original"]) == (PLAN[0], PLAN[0].replace("务", "務"))
    assert (heading["line"], heading["column"]) == (3, 1)
    assert "original" not in heading


def test_a_source_names_rule_block_line_and_words() -> None:
    block = Block(BlockKind.SIGN_OFF, "霖川市 2024年", "霖川市 2024年", line=8)
    sources = (FieldSource("issuer", "sign-off", 0, 0, 3), FieldSource("region", "person"))
    document = Document("d#0", "d.txt", "d.txt", 0, Metadata("题"), (block,), sources)
    assert document_json(document)["sources"] == {
        "issuer": {"rule": "sign-off", "sure": True, "block": 0, "line": 8, "text": "霖川市"},
        "region": {"rule": "person", "sure": True, "block": None, "line": None, "text": ""},
    }


def test_the_report_names_rules_in_chinese_and_every_dropped_line(
    folder: Path, capsys: Capture
) -> None:
    report = asked(capsys, "corpus", "inspect", str(folder))["report"]
    assert set(report["labels"]) == set(report["counts"])
    assert report["labels"]["traditional characters"].startswith("繁体转简体")
    assert report["dropped"] == [
        {"rule": "boilerplate lines", "file": "方案.txt", "line": 1, "text": "##paidbegin##"}
    ]
    (error,) = report["errors"]
    assert error["path"] == str(folder / "程序.exe") and "不支持的格式" in error["reason"]


def test_lineage_and_families_are_found_among_the_files(folder: Path, capsys: Capture) -> None:
    out = asked(capsys, "corpus", "inspect", str(folder))
    forwards = next(one for one in out["lineage"] if one["relation"] == "forwards")
    assert (forwards["document"], forwards["target"]) == ("转发.txt#0", "方案.txt#0")
    assert (forwards["title"], forwards["target_title"]) == (PLAN[0], PLAN[0])
    (family,) = out["families"]
    assert {family["head"], *family["copies"]} == {"方案.txt#0", "转发.txt#0"}
    (difference,) = family["differences"]
    assert difference["copy"] == family["copies"][0]
    assert any("320件" in str(wording.values()) for wording in difference["wordings"])
    assert out["summary"]["families"] == {"families": 1, "copies": 1}
    assert out["summary"]["lineage"]["forwards"] == {"found": 1, "not_found": 0}


def test_a_folder_is_shown_as_a_summary(folder: Path, capsys: Capture) -> None:
    assert main(["corpus", "inspect", str(folder)]) == 0
    out = capsys.readouterr().out
    heads = [line[0] for line in out.splitlines() if line[1:2] == "、"]
    assert "".join(heads) == SECTIONS
    assert "文件 3 个，读不了 1 个；文档 2 篇" in out
    assert "方案.txt 第 1 行：##paidbegin##" in out
    assert f"《关于转发建设方案的通知》转发《{PLAN[0]}》" in out
    assert f"没有发文机关 1 篇：《{PLAN[0]}》" in out
    assert "程序.exe：不支持的格式 .exe" in out
    assert "一、总体要求" not in out, "headings are for --outline"


def test_an_outline_is_given_for_a_file_and_when_asked_for(folder: Path, capsys: Capture) -> None:
    assert main(["corpus", "inspect", str(folder / "转发.txt")]) == 0
    of_file = capsys.readouterr().out
    assert main(["corpus", "inspect", str(folder), "--outline"]) == 0
    of_folder = capsys.readouterr().out
    for out in (of_file, of_folder):
        assert "一、总体要求" in out and "七、需要人看一看" in out
    assert "读不了：不支持的格式" in of_folder


def test_an_unreadable_file_is_reported_and_exits_1(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "坏.docx"
    file.write_bytes(b"PK\x03\x04 broken")
    assert main(["corpus", "inspect", str(file), "--json"]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["report"]["errors"][0]["path"] == str(file)
    assert captured.err.startswith("错误：坏.docx") and captured.err.count("\n") == 1
    assert main(["corpus", "inspect", str(file)]) == 1
    assert capsys.readouterr() == ("", captured.err), "for a person the reason is all"


def test_a_folder_of_unreadable_files_is_summed_up_all_the_same(
    tmp_path: Path, capsys: Capture
) -> None:
    for name in ("甲.docx", "乙.docx"):
        (tmp_path / name).write_bytes(b"PK\x03\x04 broken")
    assert main(["corpus", "inspect", str(tmp_path)]) == 1
    captured = capsys.readouterr()
    assert "读不了的文件（2）" in captured.out and captured.err.count("\n") == 1


def test_an_empty_folder_is_one_line(tmp_path: Path, capsys: Capture) -> None:
    assert main(["corpus", "inspect", str(tmp_path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == "" and "里没有文件" in captured.err and captured.err.count("\n") == 1


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index as far as the report looks at it: pointer, manifest and catalogue."""
    folder = tmp_path / "索引"
    generation = Generation(folder / "generation-000001")
    generation.folder.mkdir(parents=True)
    (folder / "CURRENT").write_text("generation-000001\n", encoding="utf-8")
    generation.write_manifest(Manifest(FORMAT, "m", 1, 1, 1, 1, 1, 1))
    catalogue = Catalogue(generation.catalogue, writable=True)
    block = Block(
        BlockKind.PARAGRAPH,
        "根据《供热条例》，20xx年完成。",
        "根据《供热条例》，20xx年完成。",
        line=4,
    )
    document = Document("甲.txt#0", "甲.txt", "/d/甲.txt", 0, Metadata("霖川市供热办法"), (block,))
    copy = Document("乙.txt#0", "乙.txt", "/d/乙.txt", 0, Metadata("供热办法转发稿"), (block,))
    spam = Dropped("spam lines", 1, "垃圾广告一行")
    counts = (("mojibake runs", 5), ("spam lines", 1))
    warnings = ("第 3 页文字识别把握不大，请核对原件",)
    record = FileRecord("/d/甲.txt", "甲.txt", 1, 1, "a", "", counts, warnings, (spam,))
    catalogue.put(record, [document])
    catalogue.put(FileRecord("/d/乙.txt", "乙.txt", 1, 1, "b"), [copy])
    catalogue.put(FileRecord("/d/密.pdf", "密.pdf", 1, 1, "c", "文件有密码"), [])
    catalogue.relations.replace(
        [Reference(document.id, Relation.CITES, "供热条例", "", 0)],
        [Family(document.id, (copy.id,))],
    )
    catalogue.commit()
    catalogue.close()
    return folder


def test_a_report_needs_only_the_index(index: Path, capsys: Capture) -> None:
    assert main(["corpus", "report", "--index", str(index)]) == 0
    out = capsys.readouterr().out
    assert "文件 3 个，读不了 1 个；文档 2 篇" in out
    assert "修复乱码：5 处" in out
    assert "甲.txt 第 1 行：垃圾广告一行" in out
    assert "《供热办法转发稿》与《霖川市供热办法》：文字完全相同" in out
    assert "引用 1 处：资料里有的 0 处，没有的 1 处" in out
    assert "密.pdf：文件有密码" in out
    assert "甲.txt：第 3 页文字识别把握不大，请核对原件" in out
    assert "20xx 2 处" in out


def test_a_report_as_json_has_the_summary_lineage_and_families(
    index: Path, capsys: Capture
) -> None:
    out = asked(capsys, "corpus", "report", "--index", str(index))
    assert set(out) == {"summary", "lineage", "families"}
    assert out["lineage"][0]["line"] == 4 and out["lineage"][0]["target"] is None
    assert out["families"][0]["copies"] == ["乙.txt#0"]
    assert out["summary"]["unreadable"] == [{"file": "密.pdf", "text": "文件有密码"}]


def test_a_report_of_a_damaged_index_is_one_line(index: Path, capsys: Capture) -> None:
    Generation(index / "generation-000001").catalogue.write_bytes(b"no catalogue at all" * 99)
    assert main(["corpus", "report", "--index", str(index)]) == 1
    captured = capsys.readouterr()
    assert captured.out == "" and "不完整" in captured.err and captured.err.count("\n") == 1
