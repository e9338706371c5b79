"""Synthetic questions: well formed, answered where they say, and never mixed with people's."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from corpus.document import Block, BlockKind, Document, Metadata
from corpus.errors import PolicyQAError
from eval.datasets.golden import GoldenItem, load_golden, write_golden
from eval.datasets.runs import RunRecord, write_run
from eval.metrics.matching import bare, covers, stands_in
from eval.metrics.score import format_table, score_run
from eval.question_sets.drafting import drafts
from eval.question_sets.synthesis import synthesize
from eval.question_sets.typos import mistyped
from retriever.hit import Filters
from tests.eval.making import build_small_index
from ui.cli.main import main

TOPICS = (
    "{c}企业开办时间压缩至{a}个工作日以内，由市政务服务局牵头落实。",
    "全市新建口袋公园{b}个，改造老旧小区管网{d}公里。",
    "应急转贷资金规模扩大到{e}万元，单户使用不收取任何费用。",
    "政务服务事项网上可办率达到{f}%以上，群众办事更加方便。",
    "新增充电桩{h}个，优先安排在老旧小区和公共停车场。",
)


def document(name: str, *texts: str, region: str = "", year: str = "2024") -> Document:
    """A document of paragraphs."""
    title = f"{name}优化营商环境工作方案"
    blocks = tuple(Block(BlockKind.PARAGRAPH, text, text) for text in texts)
    metadata = Metadata(title=title, region=region, year=year)
    return Document(f"{name}.txt#0", f"{name}.txt", f"/d/{name}.txt", 0, metadata, blocks)


def city(name: str, base: int) -> Document:
    """A city's plan: the clauses of all cities, with values of its own."""
    values = {"a": base, "b": base * 7, "d": base * 11, "e": base * 1000, "f": base + 80}
    values["h"] = base * 13
    texts = (topic.format(c="", **values) for topic in TOPICS)
    return document(name, *texts, region=name)


CITIES = (city("临漪市", 3), city("霁州市", 5), city("穗川市", 9))


def asked(*texts: str, region: str = "临漪市") -> list[tuple[str, tuple[str, ...]]]:
    """The questions and answers drafted of some paragraphs."""
    found = drafts(document("临漪市", *texts, region=region))
    return [(draft.question(), draft.answers) for draft in found]


@pytest.mark.parametrize(
    ("text", "question", "answers"),
    [
        (
            "1.企业开办时间压缩至0.5个工作日以内。",
            "临漪市企业开办时间压缩至多少个工作日以内？",
            ("0.5个工作日", "0.5个工作日以内"),
        ),
        (
            "应急转贷资金规模扩大到5000余万元。",
            "临漪市应急转贷资金规模扩大到多少元？",
            ("5000余万元",),
        ),
        ("网上可办率达到约92%，稳步提高。", "临漪市网上可办率达到百分之几？", ("92%", "约92%")),
        (
            "市政府各部门在2024年9月底前完成自查自纠。",
            "临漪市政府各部门在什么时候之前完成自查自纠？",
            ("2024年9月底前",),
        ),
        (
            "停车秩序整治由城市管理局牵头组织实施。",
            "临漪市停车秩序整治由哪个单位牵头组织实施？",
            ("城市管理局",),
        ),
        (
            "市民政局印发了《养老食堂补助办法》并抓好落实。",
            "临漪市民政局印发了哪份文件并抓好落实？",
            ("《养老食堂补助办法》",),
        ),
        ("全市新建口袋公园21个。", "临漪市新建口袋公园多少个？", ("21个",)),
    ],
)
def test_a_value_gives_way_to_its_question_word(
    text: str, question: str, answers: tuple[str, ...]
) -> None:
    whole = f"{text}各单位要高度重视，认真抓好落实。"  # quotes have at least 15 characters
    assert asked(whole) == [(question, answers)]


@pytest.mark.parametrize(
    "text",
    [
        "其中新建口袋公园21个，改造老旧公园。",  # 其中 of what?
        "对连续三年入住率低于20%的公办养老机构，改为委托运营。",  # half a sentence
        "新建口袋公园21个和街头绿地35处。",  # two values
        "由每平方米30元提高到每平方米更多。",  # the old value
        "印发《关于2024年6月底前完成整改的通知》到各单位。",  # inside a title
        "目前仍有13个未完成整改销号任务的。",  # of what?
        "每个县（市、区）至少建有1所供养服务机构。",  # asks for nothing
        "提供24小时自助政务服务，群众随到随办。",  # a manner of speaking
        "我市新建口袋公园和街头绿地共21个。",  # whose?
        "满意度为97%**，排名全省前列并保持。",  # masked
    ],
)
def test_clauses_that_do_not_stand_alone_are_left_alone(text: str) -> None:
    assert asked(f"{text}各单位要高度重视，认真抓好落实。") == []


def test_the_document_is_named_by_place_or_else_by_title() -> None:
    text = "新建口袋公园和街头绿地21个，各单位要认真抓好落实。"
    assert asked(text, region="云岭省临漪市")[0][0].startswith("临漪市新建")
    assert asked(text, region="")[0][0].startswith("《临漪市优化营商环境工作方案》里，新建")


def test_every_question_is_marked_and_its_evidence_holds_the_answer() -> None:
    items = synthesize(CITIES, 20)
    texts = {d.file: d.blocks for d in CITIES}
    assert items and all(item.synthetic and item.note.startswith("合成：") for item in items)
    for item in items:
        if item.answerable:
            (evidence,) = item.evidence
            assert 15 <= len(evidence.quote) <= 120
            assert any(covers(block.text, evidence.quote) for block in texts[evidence.doc])
            assert any(stands_in(answer, evidence.quote) for answer in item.answers)
        else:
            assert item.evidence == () and item.answers == ()


def test_the_same_seed_gives_the_same_questions_and_another_others() -> None:
    assert synthesize(CITIES, 12, 4) == synthesize(CITIES, 12, 4)
    assert synthesize(CITIES, 12, 4) != synthesize(CITIES, 12, 5)


def test_a_fifth_each_is_noisy_look_alike_and_without_answer() -> None:
    counts = Counter(item.type for item in synthesize(CITIES, 10))
    assert counts == {"fact": 10 - 3 * 2, "filter": 2, "noisy": 2, "noans": 2}


def test_fewer_come_where_the_documents_do_not_give_as_many() -> None:
    assert 0 < len(synthesize(CITIES, 1000)) < 100
    assert synthesize((), 10) == ()


def test_a_look_alike_asks_for_one_place_and_only_its_words_count() -> None:
    found = [item for item in synthesize(CITIES, 10) if item.type == "filter"]
    assert len(found) == 2
    for item in found:
        place = item.filters.region
        assert item.filters == Filters(region=place) and item.question.startswith(place)
        assert [evidence.doc for evidence in item.evidence] == [f"{place}.txt"]
        others = {d.metadata.region for d in CITIES} - {place}
        assert all(other in item.note for other in others)


def test_what_has_no_answer_names_a_place_or_year_that_no_document_names() -> None:
    everything = "".join(b.text for d in CITIES for b in d.blocks) + "2024"
    found = [item for item in synthesize(CITIES, 10) if item.type == "noans"]
    assert len(found) == 2
    for item in found:
        lacking = item.note.split("没有")[1].split("；")[0]
        assert lacking.removesuffix("年") in item.question
        assert lacking.removesuffix("年").removesuffix("市") not in everything


def test_what_two_documents_answer_is_not_asked() -> None:
    copy = document("转发件", *(b.text for b in CITIES[0].blocks), region="苍平市")
    asked_of = {e.doc for i in synthesize((*CITIES, copy), 100) for e in i.evidence}
    assert asked_of == {"霁州市.txt", "穗川市.txt"}


def test_a_place_with_documents_of_two_years_is_asked_with_the_year() -> None:
    text = "应急转贷资金规模扩大到{}万元，单户使用不收取任何费用。"
    first = document("旧", text.format(3000), region="临漪市", year="2023")
    second = document("新", text.format(5000), region="临漪市", year="2024")
    facts = {i.question: i.answers[0] for i in synthesize((first, second), 2)}
    assert facts == {
        "临漪市2023年应急转贷资金规模扩大到多少元？": "3000万元",
        "临漪市2024年应急转贷资金规模扩大到多少元？": "5000万元",
    }


def test_slips_leave_place_numbers_and_question_word_alone() -> None:
    question = "临漪市2024年应急转贷资金的规模将扩大到多少元？"
    seen: set[str] = set()
    for seed in range(60):
        slipped = mistyped(question, "临漪市", random.Random(seed))
        assert slipped is not None
        typed, slips = slipped
        seen |= set(slips.split("、"))
        assert typed != question
        if "繁体" in slips:
            assert bare(typed).startswith("临漪市2024年") and bare(typed).endswith("多少元")
        else:
            assert typed.startswith("临漪市2024年") and typed.endswith("多少元？")
    assert seen == {"同音字", "形近字", "漏字", "繁体"}


def test_a_homophone_is_a_common_word_that_sounds_the_same() -> None:
    from pypinyin import lazy_pinyin

    for seed in range(40):
        slipped = mistyped("保障群众权利多少项？", "", random.Random(seed))
        if slipped and slipped[1] == "同音字":
            assert lazy_pinyin(slipped[0]) == lazy_pinyin("保障群众权利多少项？")


PERSONS = GoldenItem("A1", "noans", "水库什么时候完工？")
DRAFTED = GoldenItem("s1", "noans", "柳州市水库什么时候完工？", synthetic=True)
RUN = (RunRecord("A1", answer="资料中没有"), RunRecord("s1", answer="资料中没有"))


def test_synthetic_questions_and_those_of_people_are_never_scored_together() -> None:
    with pytest.raises(PolicyQAError, match="1 道合成题和 1 道人写的题混在一起"):
        score_run([PERSONS, DRAFTED], RUN)


def test_a_synthetic_set_is_scored_under_its_own_name() -> None:
    table = score_run([DRAFTED], RUN[1:])
    assert table.overall.name == "synthetic"
    shown = format_table(table)
    assert "合成题" in shown and "合计" not in shown and "不能代表人提的问题" in shown
    assert score_run([PERSONS], RUN[:1]).overall.name == "all"


def test_a_report_refuses_a_mixed_set_and_names_a_synthetic_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, mixed, drafted = (tmp_path / name for name in ("run.jsonl", "mixed.jsonl", "syn.jsonl"))
    write_run(RUN, run)
    write_golden([PERSONS, DRAFTED], mixed)
    write_golden([DRAFTED], drafted)
    making = ["eval", "report", str(run), "--out", str(tmp_path / "report"), "--questions"]
    assert main([*making, str(mixed)]) == 1
    assert "混在一起" in capsys.readouterr().err
    assert main([*making, str(drafted)]) == 0
    assert "全是合成题" in (tmp_path / "report" / "report.md").read_text("utf-8")


def test_the_mark_is_read_back_and_must_be_true_or_false(tmp_path: Path) -> None:
    file = tmp_path / "s.jsonl"
    write_golden([PERSONS, DRAFTED], file)
    assert load_golden(file) == (PERSONS, DRAFTED)
    assert ["synthetic" in json.loads(x) for x in file.read_text("utf-8").splitlines()] == [
        False,
        True,
    ]
    file.write_text(
        '{"id":"1","type":"noans","question":"问？","evidence":[],"synthetic":1}', "utf-8"
    )
    with pytest.raises(PolicyQAError, match="第 1 行的 synthetic 不是真假值"):
        load_golden(file)


def test_from_an_index_without_a_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The model that the index names does not exist, so none can have been loaded."""
    index, out = build_small_index(tmp_path), tmp_path / "syn.jsonl"
    asking = ["eval", "synthesize", "--index", str(index), "--out", str(out)]
    assert main([*asking, "--count", "3"]) == 0
    items = load_golden(out)
    assert all(item.synthetic for item in items)
    # 「全镇修补道路12条」 says too little without its value.
    assert [item.answers for item in items] == [("3万元",)]
    captured = capsys.readouterr()
    assert "1 道合成题写在" in captured.out and "只够起草 1 题" in captured.err
    assert main([*asking, "--count", "0"]) == 2
    assert main([*asking[:3], str(tmp_path / "none"), *asking[4:]]) == 1
    assert capsys.readouterr().err.count("错误：") == 2
