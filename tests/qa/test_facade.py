"""The one object that ui and eval call, over a small index."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from corpus.errors import IndexStateError, PolicyQAError
from indexer.settings import IndexSettings
from qa.answer import CANNOT_ANSWER, Answer
from qa.facade import PolicyQA
from qa.generation.chat_model import Fault, ModelSettings
from qa.settings import Settings
from retriever.hit import Filters
from tests.conftest import TinyEncoder
from tests.qa.conftest import SECOND, index_of, write_notices

STREETS = "河汀市夜间消费街区建成多少条？"


def line_of(caught: pytest.ExceptionInfo[PolicyQAError]) -> str:
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_question_is_answered_with_its_place_in_the_documents(engine: PolicyQA) -> None:
    answer = engine.ask(STREETS)
    assert answer.answered
    assert answer.short_answer == "12条"
    assert "[1]" in answer.text
    citation = answer.citations[0]
    assert citation.passage.doc == "河汀市夜间经济方案.txt"
    assert "12条" in citation.quote
    assert answer.hits
    assert answer.ms > 0
    assert (answer.source, answer.notice) == ("extractive", "")


def test_the_same_question_about_the_other_city_finds_the_other_value(engine: PolicyQA) -> None:
    answer = engine.ask("槐岭市夜间消费街区建成多少条？")
    assert answer.short_answer == "7条"
    assert answer.citations[0].passage.doc == "槐岭市夜间经济方案.txt"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("槐岭市新开办的夜市给予每户多少元补助", "2000元"),
        ("河汀市新开办的夜市补助申请几个工作日办结", "5个工作日内"),
        ("河汀市夜间经济工作领导小组办公室主任是谁", "方小砚"),
        ("芝溪镇新增停车泊位多少个", "430個"),
        ("芝溪镇各村在什么时候前组建巡查小组", "9月底前"),
    ],
)
def test_values_are_found_exactly(engine: PolicyQA, question: str, value: str) -> None:
    assert engine.ask(question).short_answer == value


@pytest.mark.parametrize(
    "question",
    [
        "上海市夜间消费街区建成多少条？",
        "河汀市2021年夜间经济工作方案里夜市每户补助多少元",
        "河汀市水利局给予夜市每户多少元补助",
        "今天天气怎么样",
    ],
)
def test_what_the_documents_do_not_say_is_refused_with_the_nearest_passages(
    engine: PolicyQA, question: str
) -> None:
    answer = engine.ask(question)
    assert not answer.answered
    assert answer.text.startswith(CANNOT_ANSWER)
    assert answer.citations == ()
    assert answer.short_answer == ""
    assert answer.hits


def test_filters_narrow_an_answer(engine: PolicyQA) -> None:
    answer = engine.ask("夜市给予每户多少元补助", Filters(year="2023"))
    assert answer.short_answer == "2000元"
    assert {h.passage.metadata.year for h in answer.hits} == {"2023"}
    with pytest.raises(PolicyQAError) as caught:
        engine.ask("夜市补助", Filters(region="火星"))
    assert "火星" in line_of(caught)


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "😀🎉", "？！。", "\0", "夜" * 5000])
def test_a_question_that_is_none_is_one_line(engine: PolicyQA, question: str) -> None:
    with pytest.raises(PolicyQAError) as caught:
        engine.ask(question)
    assert "问题" in line_of(caught)


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script>河汀市夜间消费街区建成多少条？",
        "河汀市夜间消费街区\0建成多少条？",
        "河汀市　夜间消费街区  建成多少条",
        "'; DROP TABLE passages; -- 夜间消费街区",
        "河汀市夜间消费街区建成多少条😀",
        "夜",
        "a" * 1000,
        "\ud800 夜间消费街区",
        "(((((河汀市*夜市[",
    ],
)
def test_an_odd_question_is_answered_or_refused(engine: PolicyQA, question: str) -> None:
    assert engine.ask(question).text


def test_a_stream_ends_with_the_final_answer(engine: PolicyQA) -> None:
    *_, last = engine.ask_stream(STREETS)
    assert replace(last, ms=0) == replace(engine.ask(STREETS), ms=0)


def test_search_ranks_from_one_and_finds_the_named_place(engine: PolicyQA) -> None:
    hits = engine.search("槐岭市夜间消费街区", 5)
    assert [h.rank for h in hits] == list(range(1, len(hits) + 1))
    assert hits[0].passage.doc.startswith("槐岭市")
    assert len(engine.search("夜市", 2)) == 2
    for bad in ({"query": " "}, {"query": "夜市", "k": 0}):
        with pytest.raises(PolicyQAError):
            engine.search(**bad)  # type: ignore[arg-type]


def test_precedents_are_numbered_and_their_copies_folded(engine: PolicyQA) -> None:
    groups = engine.precedent("给予夜市每户补助，几个工作日内办结", 4).precedents
    assert [g.hit.rank for g in groups] == list(range(1, len(groups) + 1))
    shown = [h.passage.id for g in groups for h in (g.hit, *g.copies)]
    assert len(shown) == len(set(shown))
    assert len({g.hit.passage.metadata.region for g in groups}) == 2


def test_a_document_is_read_by_its_identifier(engine: PolicyQA) -> None:
    hit = engine.search("槐岭市夜间消费街区", 1)[0]
    document = engine.document(hit.passage.document_id)
    assert document.file == hit.passage.doc
    with pytest.raises(PolicyQAError) as caught:
        engine.document("没有#0")
    assert "没有#0" in line_of(caught)


def test_facets_count_documents(engine: PolicyQA) -> None:
    facets = engine.facets()
    assert facets.documents == 3
    assert facets.years == (("2024", 1), ("2023", 1))
    assert dict(facets.doc_types)["讲话"] == 1
    assert sum(n for _, n in facets.regions) == 3
    assert facets.passages >= 3


def test_an_update_on_disk_is_seen_by_the_next_question(tmp_path: Path) -> None:
    folder = tmp_path / "资料"
    write_notices(folder)
    index_of(folder, tmp_path / "index")
    engine = PolicyQA(tmp_path / "index", TinyEncoder(), Settings())
    assert engine.facets().documents == 3
    text = (folder / "槐岭市夜间经济方案.txt").read_text(encoding="utf-8")
    text = text.replace(SECOND["place"], "兰栅市").replace("7条", "9条")
    (folder / "兰栅市夜间经济方案.txt").write_text(text, encoding="utf-8")
    index_of(folder, tmp_path / "index")
    assert engine.ask("兰栅市夜间消费街区建成多少条？").short_answer == "9条"
    assert engine.facets().documents == 4
    engine.close()


def test_four_threads_at_once_get_what_one_gets_alone(engine: PolicyQA) -> None:
    questions = [STREETS, "槐岭市夜市给予每户多少元补助", "芝溪镇新增停车泊位多少个", "上海市夜市"]
    alone = [replace(engine.ask(q), ms=0) for q in questions]

    def ask(n: int) -> Answer:
        return replace(engine.ask(questions[n % 4]), ms=0)

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(ask, range(48)))
    assert all(answer == alone[n % 4] for n, answer in enumerate(together))


def test_a_missing_index_is_one_line_before_any_model_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(IndexStateError) as caught:
        PolicyQA.open(tmp_path / "fehlt", Settings(index=IndexSettings(model="不存在的模型")))
    assert "policyqa index" in line_of(caught)


def test_an_index_of_another_model_is_one_line_before_it_is_loaded(notices_index: Path) -> None:
    with pytest.raises(IndexStateError) as caught:
        PolicyQA.open(notices_index, Settings(index=IndexSettings(model="BAAI/bge-m3")))
    assert "bge-m3" in line_of(caught)


def test_a_damaged_index_is_one_line(notices_index: Path, tmp_path: Path) -> None:
    shutil.copytree(notices_index, tmp_path / "index")
    for path in (tmp_path / "index").rglob("*.faiss"):
        path.write_bytes(b"nonsense")
    with pytest.raises(IndexStateError) as caught:
        PolicyQA.open(tmp_path / "index", Settings())
    assert "重新运行 policyqa index" in line_of(caught)


def test_a_language_model_is_asked_when_one_is_set(
    notices_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = "河汀市到2024年底前建成夜间消费街区12条[1]。"
    fake = FakeListChatModel(responses=[reply])
    monkeypatch.setattr("qa.generation.chat_model.load_chat_model", lambda settings: fake)
    engine = PolicyQA(notices_index, TinyEncoder(), Settings(model=ModelSettings(name="x:y")))
    answers = list(engine.ask_stream(STREETS))
    assert [a.source for a in answers] == ["extractive", "model"]
    assert answers[-1].text == reply.rstrip("。")
    refused = engine.ask("上海市夜间消费街区建成多少条？")
    assert (refused.answered, refused.source) == (False, "extractive")
    engine.close()


def test_a_language_model_that_fails_leaves_the_extract(
    notices_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(settings: Any) -> Any:
        raise RuntimeError("no such model")

    monkeypatch.setattr("qa.generation.chat_model.load_chat_model", load)
    engine = PolicyQA(notices_index, TinyEncoder(), Settings(model=ModelSettings(name="x:y")))
    answer = engine.ask(STREETS)
    assert (answer.short_answer, answer.notice) == ("12条", f"{Fault.SETUP}，以下是原文摘录。")
    engine.close()
