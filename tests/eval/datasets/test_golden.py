"""Reading question sets, good and bad."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from eval.datasets.golden import Evidence, GoldenItem, load_golden
from retriever.hit import Filters

LINE = (
    '{"id": "A1", "type": "fact", "question": "表彰了多少人？", "answers": ["97人", "97"], '
    '"must_include": [], "evidence": [{"doc": "a.txt", "quote": "好书记6人、好干部97人"}], '
    '"filters": {"region": "朝阳市", "year": 2023}, "note": "三个相邻数字"}'
)


def _file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "题集.jsonl"
    path.write_bytes(text.encode(encoding))
    return path


def _line(**changes: object) -> str:
    return json.dumps(json.loads(LINE) | changes, ensure_ascii=False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_set_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    assert load_golden(_file(tmp_path, LINE + "\r\n\r\n", encoding)) == (
        GoldenItem(
            id="A1",
            type="fact",
            question="表彰了多少人？",
            answers=("97人", "97"),
            evidence=(Evidence("a.txt", "好书记6人、好干部97人"),),
            filters=Filters(region="朝阳市", year="2023"),
            note="三个相邻数字",
        ),
    )


def test_only_four_keys_are_needed(tmp_path: Path) -> None:
    line = '{"id": "N1", "type": "noans", "question": "盘锦的满意率？", "evidence": []}'
    (item,) = load_golden(_file(tmp_path, line))
    assert item == GoldenItem("N1", "noans", "盘锦的满意率？")
    assert not item.answerable


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ("{坏了", "第 2 行不是合法的 JSON"),
        ("[" * 100_000, "第 2 行不是合法的 JSON"),
        ("[1]", "第 2 行不是 JSON 对象"),
        ('{"id": "A2", "type": "fact"}', "第 2 行缺少 question、evidence"),
        (LINE, "第 2 行的 id「A1」与第 1 行重复"),
        (_line(id="A2", type="谜语"), "第 2 行的 type 是「谜语」"),
        (_line(id=2), "第 2 行的 id 不是文字"),
        (_line(id=""), "第 2 行的 id 或 question 是空的"),
        (_line(id="A2", answers="97"), "第 2 行的 answers 不是文字的列表"),
        (_line(id="A2", evidence=["引文"]), "第 2 行的 evidence 不是对象的列表"),
        (_line(id="A2", evidence=[{"doc": "a.txt", "quote": "，"}]), "空的 doc 或 quote"),
        (_line(id="A2", filters={"省": "辽宁"}), "filters 有不认识的「省」"),
        (_line(id="A2", filters=["辽宁"]), "filters 不是对象"),
    ],
)
def test_a_bad_line_is_named_in_one_line(tmp_path: Path, second: str, words: str) -> None:
    with pytest.raises(PolicyQAError) as caught:
        load_golden(_file(tmp_path, LINE + "\n" + second))
    assert words in str(caught.value)
    assert "题集.jsonl" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(PolicyQAError, match=r"题集\.jsonl 是空的"):
        load_golden(_file(tmp_path, text))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.jsonl", tmp_path):
        with pytest.raises(PolicyQAError, match="读不到文件"):
            load_golden(path)


def test_bytes_in_no_known_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "题集.jsonl"
    path.write_bytes(b"\xff\xff\xff")
    with pytest.raises(PolicyQAError, match="编码认不出"):
        load_golden(path)
