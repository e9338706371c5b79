"""Building and updating an index, with a quick encoder in place of the model."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import IndexStateError, PolicyQAError
from indexer.build import BuildReport, build_index
from indexer.local.generations import require_current
from indexer.local.index import LocalBackend, open_index
from indexer.settings import IndexSettings, PassageSettings
from tests.conftest import SAMPLES, TinyEncoder
from tests.indexer.making import passages_of

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = IndexSettings(model="tiny", ocr=False)
PLAN = "临漪市创建工作方案\n一、总体要求\n坚持问题导向，压实工作责任。\n二、主要任务\n2024年底前完成{}个小区改造。\n"
NOTICE = "关于开展督查的通知\n各单位要于{}月10日前报送自查情况，逾期不报的予以通报。\n"

Build = Callable[..., BuildReport]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "方案.txt").write_text(PLAN.format(12), encoding="utf-8")
    (folder / "通知.txt").write_text(NOTICE.format(6), encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def build(docs: Path, index: Path, tiny_encoder: TinyEncoder) -> Build:
    """Build over ``docs`` or other paths; the encoder's record starts anew each time."""

    def run(paths: Sequence[Path] = (docs,), settings: IndexSettings = SETTINGS) -> BuildReport:
        tiny_encoder.passages.clear()
        return build_index(list(paths), index, settings, tiny_encoder, progress=False)

    return run


def _opened(index: Path) -> LocalBackend:
    return open_index(index, SETTINGS)


def _texts(index: Path) -> str:
    reader = _opened(index)
    found = passages_of(reader)
    reader.close()
    return "\n".join(p.text for p in found)


def _names(index: Path) -> list[str]:
    reader = _opened(index)
    names = [record.name for record in reader.catalogue.files().values()]
    reader.close()
    return names


def _state(index: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(index.rglob("*")) if p.is_file()}


def _one_line(error: BaseException) -> str:
    line = str(error)
    assert "\n" not in line and "；应为：" in line and "；请：" in line
    return line


class TestWhatIsBuilt:
    def test_the_report_counts(self, build: Build) -> None:
        report = build()
        assert (report.files, report.documents, report.skipped) == (2, 2, ())
        assert (report.unchanged, report.removed) == (0, 0)
        assert report.passages >= 3 and report.seconds > 0

    def test_all_parts_agree(self, build: Build, index: Path) -> None:
        report = build()
        reader = _opened(index)
        assert reader.passage_vectors.size == report.passages == reader.manifest.passages
        passages = passages_of(reader)
        assert len(passages) == reader.size == reader.facets().passages == report.passages
        sentences = reader.sentences([p.id for p in passages])
        assert len(sentences.owners) == len(sentences.vectors) == reader.manifest.sentences
        assert sorted(set(sentences.owners.tolist())) == list(range(report.passages))

    def test_vectors_belong_to_their_texts(
        self, build: Build, index: Path, tiny_encoder: TinyEncoder
    ) -> None:
        build()
        reader = _opened(index)
        for own in passages_of(reader):
            found = reader.sentences([own.id])
            for (start, end), stored in zip(found.spans.tolist(), found.vectors, strict=True):
                vector = tiny_encoder.encode_query(own.text[start:end].strip())
                assert stored @ vector == pytest.approx(1)

    def test_a_copy_costs_nothing(
        self, build: Build, docs: Path, tiny_encoder: TinyEncoder
    ) -> None:
        passages = build().passages
        shutil.copy(docs / "通知.txt", docs / "通知的副本.txt")
        assert build().passages > passages
        assert tiny_encoder.passages == []

    def test_a_single_file_can_be_indexed(self, build: Build, docs: Path, index: Path) -> None:
        assert build([docs / "通知.txt"]).files == 1
        assert _names(index) == ["通知.txt"]

    def test_an_index_among_its_documents_is_not_indexed(
        self, build: Build, docs: Path, tiny_encoder: TinyEncoder
    ) -> None:
        inside = docs / "index"
        for _ in range(2):
            report = build_index([docs], inside, SETTINGS, TinyEncoder(), progress=False)
            assert (report.files, report.skipped) == (2, ())
        assert report.unchanged == 2

    def test_documents_without_a_single_search_token_can_be_indexed(
        self, build: Build, docs: Path, index: Path
    ) -> None:
        for file in docs.iterdir():
            file.write_text("Отчёт о работе за год.\n", encoding="utf-8")
        assert build().documents == 2
        assert _opened(index).lexical("创建", 9).ids == ()


class TestUpdating:
    def test_unchanged_files_cost_nothing(
        self, build: Build, index: Path, tiny_encoder: TinyEncoder
    ) -> None:
        first = build()
        before = _state(index)
        second = build()
        assert tiny_encoder.passages == []
        assert _state(index) == before
        assert second.unchanged == 2
        assert (second.files, second.passages) == (first.files, first.passages)

    def test_only_new_texts_of_a_changed_file_are_encoded(
        self, build: Build, docs: Path, index: Path, tiny_encoder: TinyEncoder
    ) -> None:
        build()
        (docs / "方案.txt").write_text(PLAN.format(15), encoding="utf-8")
        report = build()
        assert report.unchanged == 1
        assert tiny_encoder.passages and all("15个小区" in t for t in tiny_encoder.passages)
        assert "15个" in _texts(index) and "12个" not in _texts(index)

    def test_the_same_size_and_another_content_is_seen(
        self, build: Build, docs: Path, index: Path
    ) -> None:
        build()
        (docs / "方案.txt").write_text(PLAN.format(13), encoding="utf-8")
        os.utime(docs / "方案.txt", (1, 1))
        build()
        assert "13个" in _texts(index)

    def test_a_touched_file_is_not_read_again(
        self, build: Build, docs: Path, index: Path, tiny_encoder: TinyEncoder
    ) -> None:
        build()
        os.utime(docs / "方案.txt", (1_700_000_000, 1_700_000_000))
        assert build().unchanged == 2
        assert tiny_encoder.passages == []
        before = _state(index)
        build()
        assert _state(index) == before

    def test_a_deleted_file_is_gone(self, build: Build, docs: Path, index: Path) -> None:
        build()
        (docs / "通知.txt").unlink()
        report = build()
        assert (report.files, report.removed) == (1, 1)
        assert "督查" not in _texts(index)

    def test_a_new_file_is_added(
        self, build: Build, docs: Path, index: Path, tiny_encoder: TinyEncoder
    ) -> None:
        build()
        (docs / "新.md").write_text("# 讲话\n\n同志们要深入学习。\n", encoding="utf-8")
        assert build().unchanged == 2
        assert all("讲话" in t or "同志" in t for t in tiny_encoder.passages)
        assert "同志们" in _texts(index)

    def test_a_second_folder_keeps_the_first(
        self, build: Build, docs: Path, index: Path, tmp_path: Path, tiny_encoder: TinyEncoder
    ) -> None:
        build()
        other = tmp_path / "other"
        other.mkdir()
        (other / "简报.txt").write_text("创建简报\n本期编发三个街道的做法。\n", encoding="utf-8")
        assert build([other]).files == 3
        assert not any("督查" in t for t in tiny_encoder.passages)
        assert {"方案.txt", "通知.txt", "简报.txt"} == set(_names(index))
        (other / "简报.txt").unlink()
        (other / "短.txt").write_text("只有一句话的文件。", encoding="utf-8")
        assert build([other]).removed == 1
        assert "督查" in _texts(index)

    def test_files_of_one_name_in_two_folders_are_both_kept(
        self, build: Build, docs: Path, index: Path, tmp_path: Path
    ) -> None:
        other = tmp_path / "other"
        shutil.copytree(docs, other)
        (other / "方案.txt").write_text(PLAN.format(99), encoding="utf-8")
        assert build([docs, other]).files == 4
        assert sorted(_names(index)) == ["方案.txt", "方案.txt~2", "通知.txt", "通知.txt~2"]
        assert "12个" in _texts(index) and "99个" in _texts(index)
        assert build([other, docs]).unchanged == 4
        reader = _opened(index)
        assert {p.doc for p in passages_of(reader)} == {"方案.txt", "通知.txt"}

    def test_a_moved_file_keeps_its_name(self, build: Build, docs: Path, index: Path) -> None:
        for folder in ("一", "二"):
            (docs / folder).mkdir()
        shutil.move(docs / "通知.txt", docs / "一" / "通知.txt")
        build([docs / "一", docs / "二"])
        shutil.move(docs / "一" / "通知.txt", docs / "二" / "通知.txt")
        assert build([docs / "一", docs / "二"]).removed == 1
        assert _names(index) == ["通知.txt"]

    def test_a_file_written_while_it_is_read_is_read_again(
        self, build: Build, docs: Path, index: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from corpus.load import load_file

        def load_and_write(path: Path, *args: object) -> object:
            result = load_file(path, *args)  # type: ignore[arg-type]
            if path.name == "方案.txt":
                path.write_text(PLAN.format(777), encoding="utf-8")
            return result

        monkeypatch.setattr("indexer.build.load_file", load_and_write)
        build()
        monkeypatch.undo()
        build()
        assert "777个" in _texts(index)

    def test_a_file_deleted_while_we_work_is_left_out(
        self, build: Build, docs: Path, index: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from corpus.load import load_file

        def load_and_delete(path: Path, *args: object) -> object:
            (docs / "通知.txt").unlink(missing_ok=True)
            return load_file(path, *args)  # type: ignore[arg-type]

        monkeypatch.setattr("indexer.build.load_file", load_and_delete)
        assert build().files == 1
        assert _names(index) == ["方案.txt"]

    def test_an_open_reader_keeps_its_generation(
        self, build: Build, docs: Path, index: Path
    ) -> None:
        build()
        reader = _opened(index)
        words = [p.text for p in passages_of(reader)]
        found = reader.lexical("小区改造", 9)
        vectors = reader.passage_vectors.vectors(0, reader.passage_vectors.size)
        (docs / "方案.txt").write_text("全新的方案\n另外的内容。\n", encoding="utf-8")
        (docs / "通知.txt").unlink()
        build()
        assert [p.text for p in passages_of(reader)] == words
        again = reader.lexical("小区改造", 9)
        assert again.ids == found.ids and (again.scores == found.scores).all()
        assert (reader.passage_vectors.vectors(0, len(vectors)) == vectors).all()
        assert len(reader.catalogue.files()) == 2
        assert "全新" in _texts(index)


class TestBadFiles:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("空.txt", b""),
            ("只有空白.txt", b" \n\t\n\r\n"),
            ("程序.txt", bytes(range(256)) * 40),
            ("坏.pdf", b"%PDF-1.7 cut off"),
            ("坏.docx", (SAMPLES / "03_穗川市优化营商环境实施意见.docx").read_bytes()[:3000]),
            ("表.xlsx", b"PK\x03\x04"),
            ("无扩展名", "文字".encode()),
        ],
    )
    def test_one_is_skipped_with_its_reason(
        self, build: Build, docs: Path, index: Path, name: str, content: bytes
    ) -> None:
        (docs / name).write_bytes(content)
        for _ in range(2):  # the second time nothing is read, and it is still reported
            report = build()
            assert report.files == 2
            (skipped,) = report.skipped
            assert skipped.path.name == name
            assert skipped.reason and "\n" not in skipped.reason

    def test_a_name_that_is_no_utf8_is_reported(self, build: Build, docs: Path) -> None:
        """As unpacked from an archive made on Chinese Windows."""
        path = os.fsencode(docs) + b"/" + "方案二".encode("gbk") + b".txt"
        with open(path, "wb") as file:
            file.write("正文。".encode())
        for _ in range(2):
            report = build()
            assert report.files == 2
            (skipped,) = report.skipped
            assert "UTF-8" in skipped.reason
            str(skipped.path).encode()
        os.unlink(path)
        assert build().removed == 1

    def test_links_in_a_circle_end(self, build: Build, docs: Path) -> None:
        (docs / "回到自己").symlink_to(docs)
        (docs / "甲.txt").symlink_to(docs / "乙.txt")
        (docs / "乙.txt").symlink_to(docs / "甲.txt")
        (docs / "断.txt").symlink_to(docs / "没有.txt")
        report = build()
        assert (report.files, report.skipped) == (2, ())

    def test_a_pipe_is_passed_over(self, build: Build, docs: Path) -> None:
        os.mkfifo(docs / "管道.txt")
        assert build().files == 2

    def test_a_file_over_the_limit_is_read_when_the_limit_is_raised(
        self, build: Build, docs: Path, index: Path
    ) -> None:
        small = replace(SETTINGS, max_file_mb=0)
        assert build(settings=small).documents == 0
        build()
        page = f"<html><body><!--{'x' * 1_200_000}--><p>政策文件的正文。</p></body></html>"
        (docs / "长.html").write_text(page, encoding="utf-8")
        report = build(settings=replace(SETTINGS, max_file_mb=1))
        assert [s.path.name for s in report.skipped] == ["长.html"]
        assert build(settings=replace(SETTINGS, max_file_mb=2)).files == 3

    def test_recognition_turned_on_tries_scans_again(
        self, build: Build, sample_docs: Path, docs: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried: list[str] = []
        from corpus.load import load_file

        def load(path: Path, name: str, limits: object, switches: object) -> object:
            tried.append(path.name)
            return load_file(path, name, replace(limits, ocr=False), switches)  # type: ignore

        monkeypatch.setattr("indexer.build.load_file", load)
        (docs / "坏.pdf").write_bytes(b"%PDF-1.7 cut off")
        build()
        tried.clear()
        build(settings=replace(SETTINGS, ocr=True))
        assert tried == ["坏.pdf"]
        tried.clear()
        build(settings=replace(SETTINGS, ocr=True))
        assert tried == []

    def test_a_file_without_permission_is_read_once_it_is_given(
        self, build: Build, docs: Path, index: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        refused = docs / "通知.txt"
        plain_open = Path.open

        def open_file(path: Path, *args: object, **kwargs: object) -> object:
            if path == refused:
                raise PermissionError(13, "Permission denied", str(path))
            return plain_open(path, *args, **kwargs)  # type: ignore[call-overload]

        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", open_file)
            for _ in range(2):
                report = build()
                assert "权限" in report.skipped[0].reason
        assert build().files == 2
        assert "督查" in _texts(index)


class TestNothingToIndex:
    def test_a_missing_path_is_one_line(self, build: Build, tmp_path: Path, index: Path) -> None:
        with pytest.raises(PolicyQAError) as raised:
            build([tmp_path / "没有"])
        assert "找不到" in _one_line(raised.value)
        assert not index.exists()

    def test_an_empty_folder_is_one_line(self, build: Build, tmp_path: Path, index: Path) -> None:
        (tmp_path / "empty").mkdir()
        with pytest.raises(PolicyQAError) as raised:
            build([tmp_path / "empty"])
        assert "没有文件" in _one_line(raised.value)
        assert not index.exists()

    def test_nothing_readable_gives_no_documents_and_no_index(
        self, build: Build, docs: Path, index: Path
    ) -> None:
        for file in docs.iterdir():
            file.write_bytes(b"")
        report = build()
        assert (report.files, report.documents, report.passages) == (0, 0, 0)
        assert len(report.skipped) == 2
        with pytest.raises(IndexStateError):
            require_current(index)

    def test_nothing_readable_leaves_the_old_index(
        self, build: Build, docs: Path, index: Path
    ) -> None:
        build()
        before = _state(index)
        for file in docs.iterdir():
            file.write_bytes(b"")
        assert build().documents == 0
        assert _state(index) == before


class TestIndexesThatDoNotFit:
    def test_another_model_is_refused(self, build: Build, index: Path) -> None:
        build()
        before = _state(index)
        with pytest.raises(IndexStateError) as raised:
            build(settings=replace(SETTINGS, model="other"))
        assert "tiny" in _one_line(raised.value) and "other" in str(raised.value)
        assert _state(index) == before
        with pytest.raises(IndexStateError):
            open_index(index, replace(SETTINGS, model="other"))

    def test_other_passage_sizes_are_refused(self, build: Build) -> None:
        build()
        with pytest.raises(IndexStateError) as raised:
            build(settings=replace(SETTINGS, passages=PassageSettings(target=100)))
        assert "100" in _one_line(raised.value)

    def test_a_model_that_now_gives_longer_vectors_is_refused(
        self, build: Build, docs: Path, tiny_encoder: TinyEncoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        build()
        (docs / "方案.txt").write_text(PLAN.format(15), encoding="utf-8")
        monkeypatch.setattr(tiny_encoder, "dimension", 96)
        with pytest.raises(IndexStateError) as raised:
            build()
        assert "96" in _one_line(raised.value)

    @pytest.mark.parametrize(
        "file",
        [
            "catalogue.sqlite",
            "passages.sqlite",
            "passages.faiss",
            "sentences.faiss",
            "sentence_owners.npy",
            "bm25/vocab.index.json",
            "bm25/data.csc.index.npy",
            "bm25/params.index.json",
            "manifest.json",
        ],
    )
    @pytest.mark.parametrize("damage", ["missing", "empty", "cut"])
    def test_a_damaged_file_is_one_line_on_opening(
        self, build: Build, index: Path, file: str, damage: str
    ) -> None:
        build()
        _damage(require_current(index).folder / file, damage)
        with pytest.raises(IndexStateError) as raised:
            _opened(index)
        assert "不完整" in _one_line(raised.value)

    @pytest.mark.parametrize(
        "file", ["catalogue.sqlite", "vector_keys.npz", "passages.faiss", "sentences.faiss"]
    )
    @pytest.mark.parametrize("damage", ["missing", "empty", "cut", "garbled"])
    def test_a_damaged_file_is_one_line_on_updating(
        self, build: Build, docs: Path, index: Path, file: str, damage: str
    ) -> None:
        build()
        _damage(require_current(index).folder / file, damage)
        (docs / "新.txt").write_text("新的文件，内容不同。", encoding="utf-8")
        if (file, damage) == ("catalogue.sqlite", "empty"):
            build()  # an empty file is an empty catalogue to SQLite: all is read anew
            assert "新的文件" in _texts(index)
            return
        if damage == "garbled" and file.endswith(".faiss"):
            return  # the bytes of the vectors carry no checksum
        with pytest.raises(IndexStateError) as raised:
            build()
        assert "不完整" in _one_line(raised.value)

    def test_an_index_of_another_build_is_not_mixed_in(
        self, build: Build, docs: Path, index: Path, tmp_path: Path
    ) -> None:
        build()
        kept = tmp_path / "kept.faiss"
        shutil.copy(require_current(index).passage_vectors, kept)
        (docs / "新.txt").write_text("新的文件，内容不同。", encoding="utf-8")
        build()
        shutil.copy(kept, require_current(index).passage_vectors)
        with pytest.raises(IndexStateError):
            _opened(index)


def _damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "missing":
        path.unlink()
    elif how == "garbled":
        path.write_bytes(data[:200] + bytes(255 - b for b in data[200:]))
    else:
        path.write_bytes(b"" if how == "empty" else data[: len(data) // 2])


class TestDisk:
    def test_a_full_disk_is_one_line_and_leaves_the_old_index(
        self, build: Build, docs: Path, index: Path
    ) -> None:
        build()
        before = _state(index)
        (docs / "新.txt").write_text("".join(NOTICE.format(i) for i in range(400)), "utf-8")
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        for limit in (2_000, 40_000, 60_000, 90_000, 120_000):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
            try:
                with pytest.raises(PolicyQAError) as raised:
                    build()
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            assert "不能写入" in _one_line(raised.value) or "打不开" in str(raised.value)
            assert _state(index) == before
        assert build().files == 3

    def test_a_folder_without_write_permission_is_one_line(self, build: Build, index: Path) -> None:
        if os.geteuid() == 0:
            pytest.skip("root may write everywhere")
        index.mkdir(mode=0o500)
        with pytest.raises(PolicyQAError) as raised:
            build()
        assert "不能写入" in _one_line(raised.value)

    def test_an_index_path_that_is_a_file_is_one_line(self, build: Build, index: Path) -> None:
        index.write_text("x")
        with pytest.raises(PolicyQAError) as raised:
            build()
        _one_line(raised.value)

    def test_a_killed_build_leaves_the_old_index(
        self, build: Build, docs: Path, index: Path
    ) -> None:
        build()
        before = require_current(index)
        (docs / "方案.txt").write_text(PLAN.format(15), encoding="utf-8")
        script = (
            "import os, sys\nfrom pathlib import Path\n"
            "from indexer.build import build_index\nfrom indexer.settings import IndexSettings\n"
            "class Killer:\n"
            "    def encode_passages(self, texts, progress=False):\n        os._exit(9)\n"
            "build_index([Path(sys.argv[1])], Path(sys.argv[2]),"
            " IndexSettings(model='tiny', ocr=False), Killer(), progress=False)\n"
        )
        ran = subprocess.run([sys.executable, "-c", script, docs, index], cwd=ROOT, check=False)
        assert ran.returncode == 9
        assert require_current(index) == before and "12个" in _texts(index)
        build()
        assert "15个" in _texts(index)
        assert not [p for p in index.iterdir() if p.name.startswith(".building")]

    def test_the_catalogue_is_whole(self, build: Build, docs: Path, index: Path) -> None:
        build()
        (docs / "通知.txt").unlink()
        build()
        db = sqlite3.connect(require_current(index).catalogue)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (documents,) = db.execute("SELECT count(*) FROM documents").fetchone()
        assert documents == 1


@pytest.mark.slow
def test_fifty_megabytes_in_one_file(build: Build, docs: Path, index: Path) -> None:
    lines = (
        f"第{i}条 各县（市、区）人民政府要在年底前完成辖区内全部居民的入户走访，建立台账，逐项销号，"
        "对走访中发现的困难群众要及时纳入帮扶范围，对反映集中的问题要明确责任单位和完成时限。"
        for i in range(205_000)
    )
    (docs / "长.txt").write_text("\n".join(lines), encoding="utf-8")
    assert (docs / "长.txt").stat().st_size > 50_000_000
    report = build()
    assert report.files == 3
    reader = _opened(index)
    (found,) = reader.passages(reader.lexical("第204321条", 1).ids)
    assert "第204321条" in found.text


@pytest.mark.slow
def test_more_text_than_a_reader_takes_is_refused_with_a_reason(build: Build, docs: Path) -> None:
    (docs / "长.txt").write_text("各部门要压实责任。\n" * 2_100_000, encoding="utf-8")
    report = build()
    assert report.files == 2
    assert "超过 20000000 字" in report.skipped[0].reason
