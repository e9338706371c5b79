"""Reading-comprehension files in their three forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import PolicyQAError
from eval.datasets.beir import BeirText
from eval.datasets.golden import Evidence, GoldenItem
from eval.datasets.mrc import read_mrc

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
CONTEXT = "本办法自2024年5月1日起施行。补贴标准为每户3000元。由市商务局解释。"
START = CONTEXT.index("每户3000元")
SENTENCE = "补贴标准为每户3000元。"

SQUAD: dict[str, Any] = {
    "version": "1",
    "data": [
        {
            "title": "补贴办法",
            "paragraphs": [
                {
                    "context": CONTEXT,
                    "qas": [
                        {
                            "id": "Q1",
                            "question": "补贴多少？",
                            "answers": [
                                {"text": "每户3000元", "answer_start": START},
                                {"text": "3000元", "answer_start": START + 2},
                                {"text": "每户3000元", "answer_start": START},
                            ],
                        },
                        {"id": "Q2", "question": "补贴谁？", "answers": [], "is_impossible": True},
                    ],
                },
                {"context": "另一段。", "qas": []},
            ],
        }
    ],
}
CMRC: list[dict[str, Any]] = [
    {
        "context_id": "TRIAL_1",
        "context_text": CONTEXT,
        "title": "补贴办法",
        "qas": [
            {"query_id": "Q1", "query_text": "补贴多少？", "answers": ["每户3000元", "3000元"]}
        ],
    }
]
FLAT: dict[str, Any] = {
    "id": "Q1",
    "question": "补贴多少？",
    "context": CONTEXT,
    "answers": [{"text": "每户3000元", "start": START}, {"text": "3000元", "start": START + 2}],
    "is_impossible": False,
    "doc_id": "doc-7",
    "title": "补贴办法",
}


def _item(passage: str) -> GoldenItem:
    evidence = (Evidence(passage, SENTENCE),)
    return GoldenItem("Q1", "fact", "补贴多少？", ("每户3000元", "3000元"), evidence=evidence)


def _file(folder: Path, text: str, name: str = "data.json", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def _written(folder: Path, value: object, encoding: str = "utf-8") -> Path:
    return _file(folder, json.dumps(value, ensure_ascii=False, indent=1), encoding=encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_squads_form_gives_questions_with_the_sentence_of_the_answer(
    tmp_path: Path, encoding: str
) -> None:
    found = read_mrc(_written(tmp_path, SQUAD, encoding))
    assert found.passages == (BeirText("1-1", CONTEXT, "补贴办法"),)
    assert found.items == (_item("1-1"), GoldenItem("Q2", "noans", "补贴谁？"))
    assert found.passage_of == {"Q1": "1-1", "Q2": "1-1"}


def test_cmrcs_own_form_has_answers_without_places(tmp_path: Path) -> None:
    found = read_mrc(_written(tmp_path, CMRC))
    assert found.passages == (BeirText("TRIAL_1", CONTEXT, "补贴办法"),)
    assert found.items == (_item("TRIAL_1"),)


@pytest.mark.parametrize("name", ["data.jsonl", "data.json"])
def test_one_question_a_line_is_read_whatever_the_name(tmp_path: Path, name: str) -> None:
    second = FLAT | {"id": "Q2", "is_impossible": True, "answers": []}
    lines = "\n".join(json.dumps(entry, ensure_ascii=False) for entry in (FLAT, second))
    found = read_mrc(_file(tmp_path, lines, name))
    assert found.passages == (BeirText("doc-7", CONTEXT, "补贴办法"),)
    assert found.items == (_item("doc-7"), GoldenItem("Q2", "noans", "补贴多少？"))


def test_two_contexts_of_one_document_get_ids_of_their_own(tmp_path: Path) -> None:
    entries = [
        FLAT,
        FLAT | {"id": "Q2", "context": "每户3000元。", "answers": []},
        FLAT | {"id": "Q3"},
    ]
    lines = "\n".join(map(json.dumps, entries))
    found = read_mrc(_file(tmp_path, lines, "data.jsonl"))
    assert [passage.id for passage in found.passages] == ["doc-7", "doc-7#2"]
    assert found.passage_of == {"Q1": "doc-7", "Q2": "doc-7#2", "Q3": "doc-7"}


def test_an_answer_over_two_sentences_has_both_as_evidence(tmp_path: Path) -> None:
    answers = [{"text": "3000元。由市商务局", "start": CONTEXT.index("3000元")}]
    found = read_mrc(_file(tmp_path, json.dumps(FLAT | {"answers": answers}), "one.jsonl"))
    assert found.items[0].evidence == (Evidence("doc-7", SENTENCE + "由市商务局解释。"),)


def test_of_a_text_without_full_stops_the_words_around_the_answer_are_evidence(
    tmp_path: Path,
) -> None:
    context = "前" * 300 + "每户3000元" + "后" * 300
    entry = FLAT | {"context": context, "answers": [{"text": "每户3000元", "start": 300}]}
    found = read_mrc(_file(tmp_path, json.dumps(entry), "one.jsonl"))
    room = (120 - len("每户3000元")) // 2
    quote = "前" * room + "每户3000元" + "后" * room
    assert found.items[0].evidence == (Evidence("doc-7", quote),)


def test_a_wrong_start_is_looked_up_and_a_foreign_answer_remarked(tmp_path: Path) -> None:
    answers = [{"text": "3000元", "start": 0}, {"text": "五千元", "start": 3}]
    found = read_mrc(_file(tmp_path, json.dumps(FLAT | {"answers": answers}), "one.jsonl"))
    assert found.items[0].answers == ("3000元", "五千元")
    assert found.items[0].evidence == (Evidence("doc-7", SENTENCE),)
    assert found.remarks == ("one.jsonl 第 1 行的答案「五千元」不在原文里",)


def test_yes_before_the_beginning_is_no_span(tmp_path: Path) -> None:
    asked = {"id": "Q1", "question": "施行了吗？", "is_impossible": "false"}
    asked["answers"] = [{"text": "YES", "answer_start": -1}]  # type: ignore[assignment]
    data = {"data": [{"paragraphs": [{"context": CONTEXT, "qas": [asked]}]}]}
    found = read_mrc(_written(tmp_path, data))
    assert found.items == (GoldenItem("Q1", "fact", "施行了吗？"),)
    asked["is_impossible"] = "true"
    assert read_mrc(_written(tmp_path, data)).items[0].type == "noans"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "data.json 第 1 行不是合法的 JSON"),
        ('{\n"data": [\n}', "data.json 第 3 行不是合法的 JSON"),
        ('{"a": 1}', "data.json 不是阅读理解数据"),
        ("3", "data.json 不是阅读理解数据"),
        ('{"data": []}', "data.json 里没有题"),
        ("[]", "data.json 里没有题"),
        ('{"data": [3]}', "data.json的 data 不是对象的列表"),
        ('{"data": [{"paragraphs": 1}]}', "data.json 第 1 篇的 paragraphs 不是对象的列表"),
        (
            '{"data": [{"paragraphs": [{"context": "文", "qas": [{"question": "问"}]}]}]}',
            "data.json 第 1 篇第 1 段第 1 题的 id、问题或原文是空的",
        ),
        (json.dumps(FLAT) + "\n" + json.dumps(FLAT), "data.json 第 2 行的 id「Q1」重复"),
        (json.dumps(FLAT) + "\n{", "data.json 第 2 行不是合法的 JSON"),
    ],
)
def test_a_bad_file_is_named_with_the_place(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(PolicyQAError) as caught:
        read_mrc(_file(tmp_path, text))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_public_sets_are_read_whole() -> None:
    if not DATA.is_dir():
        pytest.skip("the public data sets are not beside this checkout (../shared/data)")
    found = read_mrc(DATA / "cmrc2018" / "mrc.dev.jsonl.gz")
    assert (len(found.passages), len(found.items), found.remarks) == (848, 3219, ())
    assert all(item.evidence for item in found.items)
