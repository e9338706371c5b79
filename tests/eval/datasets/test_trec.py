"""TREC columns, read and written."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from eval.datasets.trec import (
    Qrels,
    Run,
    read_trec_qrels,
    read_trec_run,
    write_trec_qrels,
    write_trec_run,
)

RUN = Run({"题1": {"甲#0/1": 0.1 + 0.2, "乙#0/2": 7.0}, "题2": {"甲#0/1": -1e-9}})
QRELS = Qrels({"题1": {"甲#0/1": 2, "乙#0/2": 0}, "题2": {"丙#0": -1}})


def _file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "结果.trec"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_run_is_written_best_first_and_read_back_exactly(tmp_path: Path) -> None:
    path = tmp_path / "新" / "run.trec"
    assert write_trec_run(RUN, path, tag="我们的") == 3
    assert path.read_text("utf-8").splitlines() == [
        "题1 Q0 乙#0/2 1 7.0 我们的",
        "题1 Q0 甲#0/1 2 0.30000000000000004 我们的",
        "题2 Q0 甲#0/1 1 -1e-09 我们的",
    ]
    assert read_trec_run(path) == RUN


def test_judgements_are_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "qrels.txt"
    assert write_trec_qrels(QRELS, path) == 3
    assert path.read_text("utf-8").splitlines()[0] == "题1 0 甲#0/1 2"
    assert read_trec_qrels(path) == QRELS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_any_usual_encoding_tabs_and_line_ends_are_read(tmp_path: Path, encoding: str) -> None:
    path = _file(tmp_path, "题1\tQ0\t甲\t1\t2.5\tx\r\n\r\n题1 Q0 乙  2 1e-3 x", encoding)
    assert read_trec_run(path) == Run({"题1": {"甲": 2.5, "乙": 0.001}})


def test_a_gzipped_run_is_read(tmp_path: Path) -> None:
    path = tmp_path / "run.trec.gz"
    path.write_bytes(gzip.compress(b"q Q0 d 1 2 x\n"))
    assert read_trec_run(path) == Run({"q": {"d": 2.0}})
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(PolicyQAError, match="解压不了"):
        read_trec_run(path)


def test_ranks_of_the_file_mean_nothing(tmp_path: Path) -> None:
    path = _file(tmp_path, "q Q0 a 0 1 x\nq Q0 b 0 2 x")
    assert read_trec_run(path).ranking("q") == ["b", "a"]


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ("q Q0 b 2 1.0 x 多", "第 2 行有 7 列；应为：六列"),
        (
            "q Q0 通 知.txt 2 1.0 x",
            "第 2 行有 7 列；应为：六列，空格或制表符分隔：题号 Q0 文档号 名次 得分 系统名；文档号和题号里不能有空格",
        ),
        ("q Q0 b 2 1.0", "第 2 行有 5 列"),
        ("q Q0 b 2 NaN x", "第 2 行的得分是「NaN」"),
        ("q Q0 b 2 高 x", "第 2 行的得分是「高」"),
        ("q Q0 a 2 0.5 x", "第 2 行的题目「q」和文档「a」与第 1 行重复"),
    ],
)
def test_a_bad_line_of_a_run_is_named(tmp_path: Path, second: str, words: str) -> None:
    with pytest.raises(PolicyQAError) as caught:
        read_trec_run(_file(tmp_path, "q Q0 a 1 2.0 x\n" + second))
    assert words in str(caught.value)
    assert "结果.trec" in str(caught.value)


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ("q 0 b", "第 2 行有 3 列；应为：四列"),
        ("q 0 b 1 1", "第 2 行有 5 列"),
        ("q 0 b 1.0", "第 2 行的相关度是「1.0」"),
        ("q 0 a 0", "第 2 行的题目「q」和文档「a」与第 1 行重复"),
    ],
)
def test_a_bad_line_of_judgements_is_named(tmp_path: Path, second: str, words: str) -> None:
    with pytest.raises(PolicyQAError) as caught:
        read_trec_qrels(_file(tmp_path, "q 0 a 1\n" + second))
    assert words in str(caught.value)


def test_empty_and_missing_files_are_refused(tmp_path: Path) -> None:
    for read in (read_trec_run, read_trec_qrels):
        with pytest.raises(PolicyQAError, match=r"结果\.trec 是空的"):
            read(_file(tmp_path, " \n"))
        with pytest.raises(PolicyQAError, match="读不到文件"):
            read(tmp_path / "没有")


@pytest.mark.parametrize("identifier", ["通 知", "甲\u3000乙", "甲\t乙", "a\nb", " a", ""])
def test_an_id_that_could_not_be_read_back_is_not_written(tmp_path: Path, identifier: str) -> None:
    path = tmp_path / "out"
    for write in (
        lambda: write_trec_run(Run({"q": {identifier: 1.0}}), path),
        lambda: write_trec_run(Run({identifier: {"d": 1.0}}), path),
        lambda: write_trec_run(RUN, path, tag=identifier),
        lambda: write_trec_qrels(Qrels({"q": {identifier: 1}}), path),
    ):
        with pytest.raises(PolicyQAError, match="写不进 TREC 格式"):
            write()
    assert not list(tmp_path.iterdir())
