"""BEIR folders, read and written."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from eval.datasets.beir import BeirText, read_beir, read_qrels, write_beir
from eval.datasets.trec import Qrels

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"

DOCUMENTS = (
    BeirText("d1", "第一条 为了规范秩序。", "某条例", {"region": "某省", "year": "2020"}),
    BeirText("d 2", "第二条 本条例适用于本省。", "某条例"),
)
QUERIES = (BeirText("q1", "为什么制定？"), BeirText("q2", "适用于哪里？", metadata={"type": "lay"}))
QRELS = Qrels({"q1": {"d1": 1, "d 2": 0}, "q2": {"d 2": 2}})

CORPUS = '{"_id": "d1", "title": "题", "text": "文"}\n{"_id": "d2", "text": "文二"}\n'
ASKED = '{"_id": "q1", "text": "问一"}\n{"_id": "q2", "text": "问二"}\n'
TABLE = "query-id\tcorpus-id\tscore\nq1\td1\t1\n"


def _folder(place: Path, **files: str) -> Path:
    """A folder of the three files, with some of them changed."""
    texts = {"corpus.jsonl": CORPUS, "queries.jsonl": ASKED, "qrels/test.tsv": TABLE}
    names = {"corpus": "corpus.jsonl", "queries": "queries.jsonl", "qrels": "qrels/test.tsv"}
    texts.update({names[name]: text for name, text in files.items()})
    for name, text in texts.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, "utf-8")
    return place


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_beir(tmp_path / "set", DOCUMENTS, QUERIES, QRELS)
    found = read_beir(tmp_path / "set")
    assert (found.documents, found.queries) == (DOCUMENTS, QUERIES)
    assert found.qrels == QRELS
    assert found.remarks == ()
    table = (tmp_path / "set" / "qrels" / "test.tsv").read_text("utf-8").splitlines()
    assert table[:2] == ["query-id\tcorpus-id\tscore", "q1\td1\t1"]


def test_gzipped_files_and_gb18030_are_read(tmp_path: Path) -> None:
    place = _folder(tmp_path)
    (place / "corpus.jsonl").unlink()
    (place / "corpus.jsonl.gz").write_bytes(gzip.compress(CORPUS.encode("gb18030")))
    assert [document.text for document in read_beir(place).documents] == ["文", "文二"]


def test_numbers_and_nested_metadata_become_text_and_lists_are_left(tmp_path: Path) -> None:
    line = '{"_id": "d1", "text": "文", "year": 2020, "metadata": {"url": "u"}, "tags": ["甲"]}'
    (document,) = read_beir(_folder(tmp_path, corpus=line)).documents
    assert document.metadata == {"year": "2020", "url": "u"}


def test_only_the_questions_of_the_split_are_kept(tmp_path: Path) -> None:
    found = read_beir(_folder(tmp_path))
    assert [query.id for query in found.queries] == ["q1"]


@pytest.mark.parametrize("name", ["qrels/dev.tsv", "qrels.dev.tsv"])
def test_a_split_has_its_own_questions_and_judgements(tmp_path: Path, name: str) -> None:
    place = _folder(tmp_path)
    (place / name).write_text("query-id\tcorpus-id\tscore\nv1\td2\t1", "utf-8")
    (place / "queries.dev.jsonl").write_text('{"_id": "v1", "text": "问"}', "utf-8")
    found = read_beir(place, "dev")
    assert [query.id for query in found.queries] == ["v1"]
    assert found.qrels == Qrels({"v1": {"d2": 1}})
    with pytest.raises(PolicyQAError, match=r"没有 qrels/train\.tsv 或 qrels\.train\.tsv"):
        read_beir(place, "train")


def test_judgements_of_unknown_documents_and_questions_are_reported_with_their_line(
    tmp_path: Path,
) -> None:
    found = read_beir(_folder(tmp_path, qrels=TABLE + "q1\td9\t1\nq8\td2\t1\n"))
    assert found.remarks == (
        "test.tsv 第 3 行的文档「d9」不在 corpus 里",
        "test.tsv 第 4 行的题目「q8」不在 queries 里",
    )
    # They stay in the judgements: what cannot be found counts as not found.
    assert found.qrels == Qrels({"q1": {"d1": 1, "d9": 1}, "q8": {"d2": 1}})


def test_judgements_of_another_corpus_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyQAError, match=r"文档没有一个在 corpus\.jsonl 里"):
        read_beir(_folder(tmp_path, qrels=TABLE.replace("d1", "x1")))


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("corpus", "", "corpus.jsonl 是空的"),
        ("corpus", "\n", "corpus.jsonl 是空的"),
        ("corpus", CORPUS + '{"text": "文"}', "corpus.jsonl 第 3 行缺少 _id"),
        ("corpus", CORPUS + '{"_id": "d1", "text": ""}', "第 3 行的 _id「d1」与第 1 行重复"),
        ("corpus", CORPUS + '{"_id": 3, "text": ""}', "第 3 行的 _id 不是文字"),
        ("corpus", CORPUS + "{", "corpus.jsonl 第 3 行不是合法的 JSON"),
        ("queries", ASKED + '{"_id": "q1", "text": ""}', "queries.jsonl 第 3 行的 _id「q1」"),
        ("qrels", "q1\td1\t1\nq2\td2\t1", "test.tsv 第 1 行不是表头"),
        ("qrels", "query-id\tcorpus-id\tscore\n", "test.tsv 只有表头"),
        ("qrels", TABLE + "q1 d2 1", "test.tsv 第 3 行有 1 列"),
        ("qrels", TABLE + "q1\t\t1", "第 3 行有 3 列或有空的一列"),
        ("qrels", TABLE + "q1\td2\t1\t9", "第 3 行有 4 列"),
        ("qrels", TABLE + "q1\td2\t好", "第 3 行的相关度是「好」"),
        ("qrels", TABLE + "q1\td1\t0", "第 3 行的题目「q1」和文档「d1」与第 2 行重复"),
    ],
)
def test_a_bad_file_is_named_with_its_line(
    tmp_path: Path, file: str, text: str, words: str
) -> None:
    with pytest.raises(PolicyQAError) as caught:
        read_beir(_folder(tmp_path, **{file: text}))
    assert words in str(caught.value)


def test_a_folder_without_a_corpus_is_refused(tmp_path: Path) -> None:
    (_folder(tmp_path) / "corpus.jsonl").unlink()
    with pytest.raises(PolicyQAError, match=r"没有 corpus\.jsonl"):
        read_beir(tmp_path)


@pytest.mark.parametrize("identifier", ["a\tb", "a\nb", " "])
def test_an_id_that_would_break_the_table_is_not_written(tmp_path: Path, identifier: str) -> None:
    with pytest.raises(PolicyQAError, match="写不进 qrels 表"):
        write_beir(tmp_path, DOCUMENTS, QUERIES, Qrels({"q1": {identifier: 1}}))


def test_judgements_are_read_in_either_form(tmp_path: Path) -> None:
    path = tmp_path / "qrels"
    for text in (TABLE, "q1 0 d1 1\n", "q1\t0\td1\t1\r\n"):
        path.write_text(text, "utf-8")
        assert read_qrels(path) == Qrels({"q1": {"d1": 1}})


@pytest.mark.parametrize(
    ("name", "split", "documents", "queries"),
    [("gov_reports", "test", 4132, 600), ("zhengwu_reply", "train", 2597, 1265)],
)
def test_public_sets_are_read_whole(name: str, split: str, documents: int, queries: int) -> None:
    if not DATA.is_dir():
        pytest.skip("the public data sets are not beside this checkout (../shared/data)")
    found = read_beir(DATA / name, split)
    assert (len(found.documents), len(found.queries), found.remarks) == (documents, queries, ())
