"""Writing and reading runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from eval.datasets.runs import Extract, RunRecord, read_run, write_run

FULL = RunRecord(
    id="A1",
    passages=(Extract("a.txt", "好书记6人、好干部97人"), Extract("b.txt", "另一段\n两行")),
    answer="97人[1]",
    short_answer="97人",
    answered=True,
    citations=(Extract("a.txt", "好干部97人"),),
    ms=12.5,
    confidence=0.75,
)
REFUSED = RunRecord("A2", answer="资料中没有", ms=3.0)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "新文件夹" / "run.jsonl"
    assert write_run([FULL, REFUSED], path) == 2
    assert read_run(path) == (FULL, REFUSED)
    assert path.read_text("utf-8").splitlines()[1] == (
        '{"id": "A2", "passages": [], "answer": "资料中没有", "short_answer": "", '
        '"answered": false, "citations": [], "ms": 3.0, "confidence": null}'
    )


def test_a_failure_midway_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    write_run([FULL], path)

    def failing() -> Iterator[RunRecord]:
        yield REFUSED
        raise RuntimeError("系统坏了")

    with pytest.raises(RuntimeError, match="系统坏了"):
        write_run(failing(), path)
    assert read_run(path) == (FULL,)
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.jsonl"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "run.jsonl", tmp_path):
        with pytest.raises(PolicyQAError, match="写不了文件"):
            write_run([FULL], path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ("{", "第 2 行不是合法的 JSON"),
        ('{"id": "A2"}', "第 2 行缺少 passages"),
        ('{"id": "A1", "passages": []}', "第 2 行的 id「A1」与第 1 行重复"),
        ('{"id": "", "passages": []}', "第 2 行的 id 是空的"),
        ('{"id": "A2", "passages": ["段"]}', "第 2 行的 passages 不是对象的列表"),
        ('{"id": "A2", "passages": [{"doc": 1, "text": ""}]}', "第 2 行的 doc 不是文字"),
        ('{"id": "A2", "passages": [], "answered": "yes"}', "第 2 行的 answered 不是真假值"),
        ('{"id": "A2", "passages": [], "ms": -1}', "第 2 行的 ms 不是毫秒数"),
        ('{"id": "A2", "passages": [], "ms": NaN}', "第 2 行的 ms 不是毫秒数"),
        ('{"id": "A2", "passages": [], "ms": true}', "第 2 行的 ms 不是毫秒数"),
        ('{"id": "A2", "passages": [], "ms": "快"}', "第 2 行的 ms 不是毫秒数"),
        ('{"id": "A2", "passages": [], "confidence": 1.1}', "第 2 行的 confidence 不是把握"),
        ('{"id": "A2", "passages": [], "confidence": true}', "第 2 行的 confidence 不是把握"),
    ],
)
def test_a_bad_line_is_named_in_one_line(tmp_path: Path, second: str, words: str) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text('{"id": "A1", "passages": []}\n' + second, "utf-8")
    with pytest.raises(PolicyQAError) as caught:
        read_run(path)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
