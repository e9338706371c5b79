"""From feedback to candidates, and from accepted candidates to a golden set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from eval.datasets.golden import Evidence, GoldenItem, golden_record, load_golden
from eval.datasets.runs import Extract
from eval.question_sets.candidates import (
    LONGEST,
    SHORTEST,
    accept_candidates,
    collect,
    quote_around,
    quote_near,
    write_candidates,
)
from eval.question_sets.feedback import FEEDBACK_FILE, Feedback, append_feedback
from retriever.hit import Filters
from ui.cli.main import main

QUOTE = "每个养老食堂一次性补助3万元，由县财政承担"
PASSAGE = Extract(
    "槐荫镇方案.txt",
    "一、道路\n全镇修补道路12条，六月底前完工，由镇建设办牵头。\n二、督查\n每月通报一次进展，年底考核。",
)


def said(question: str = "养老食堂补助多少？", rating: str = "good", **changes: object) -> Feedback:
    """Feedback on an answer about canteens."""
    given: dict[str, object] = {
        "time": "2026-01-02T08:00:00+00:00",
        "answer_id": "a1",
        "question": question,
        "answer": f"{QUOTE}[1]",
        "short_answer": "3万元",
        "answered": True,
        "rating": rating,
        "citations": (Evidence("云溪县通知.txt", QUOTE),),
    }
    return Feedback(**(given | changes))  # type: ignore[arg-type]


REFUSED = {"answer": "资料中没有", "short_answer": "", "answered": False, "citations": ()}


def only(*feedback: Feedback) -> GoldenItem:
    """The one candidate that these make."""
    (candidate,) = collect(feedback).candidates
    return candidate.item


def test_a_good_answer_becomes_a_fact_with_what_it_cites() -> None:
    item = only(said())
    assert (item.type, item.answers) == ("fact", ("3万元",))
    assert item.evidence == (Evidence("云溪县通知.txt", QUOTE),)
    assert item.note == "来自网页评价（有用 1；2026-01-02）；题型是猜的。"


def test_the_passage_that_somebody_chose_is_the_evidence_of_a_bad_answer() -> None:
    item = only(said("修补道路多少条？", "bad", chosen=(PASSAGE,)))
    assert item.evidence == (
        Evidence("槐荫镇方案.txt", "全镇修补道路12条，六月底前完工，由镇建设办牵头。"),
    )
    assert item.answers == (), "the value of a bad answer is not to be trusted"


def test_of_a_chosen_passage_that_was_cited_the_cited_words_count() -> None:
    cited = Evidence(PASSAGE.doc, "每月通报一次进展，年底考核。")
    item = only(said("修补道路多少条？", "", chosen=(PASSAGE,), citations=(cited,)))
    assert item.evidence[0].quote.endswith(cited.quote) and len(item.evidence[0].quote) >= 15


def test_a_bad_answer_without_a_passage_waits_for_a_person() -> None:
    item = only(said(rating="bad"))
    assert item.evidence == () and item.answers == () and item.answerable
    assert "没用 1" in item.note and "还没有依据" in item.note


@pytest.mark.parametrize(("rating", "kind"), [("good", "noans"), ("bad", "fact")])
def test_a_refusal_called_good_means_no_answer_and_called_bad_that_there_is_one(
    rating: str, kind: str
) -> None:
    item = only(said(rating=rating, **REFUSED))
    assert (item.type, item.evidence, item.answers) == (kind, (), ())


def test_the_same_question_in_bare_form_counts_once() -> None:
    collected = collect(
        [
            said(answer_id="1"),
            said("養老食堂，補助多少?", "bad", answer_id="2", time="2026-02-03T08:00:00+00:00"),
            said("养老食堂补助多少", "bad", answer_id="3", chosen=(PASSAGE,)),
            said("修补道路多少条？", answer_id="4"),
        ]
    )
    first, second = collected.candidates
    assert (first.ratings, second.ratings, collected.ratings, collected.known) == (3, 1, 4, 0)
    assert [each.doc for each in first.item.evidence] == [PASSAGE.doc], "a person pointed at it"
    assert first.item.answers == (), "3万元 does not stand there"
    assert "有用 1、没用 2、指出段落 1；2026-01-02 至 2026-02-03" in first.item.note
    assert "评价不一" in first.item.note and "评价不一" not in second.item.note


def test_the_same_words_under_other_filters_are_another_question() -> None:
    narrowed = said(answer_id="2", filters=Filters(region="云溪县"))
    plain, filtered = (each.item for each in collect([said(), narrowed]).candidates)
    assert (plain.type, filtered.type) == ("fact", "filter")
    assert filtered.filters.region == "云溪县" and "题面没有写出来的请补上" in filtered.note


def test_what_a_golden_set_has_already_is_counted_and_left_out() -> None:
    known = GoldenItem("1", "fact", "养老食堂补助多少")
    collected = collect([said(), said("修补道路多少条？")], [known])
    assert (len(collected.candidates), collected.ratings, collected.known) == (1, 2, 1)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("养老食堂补助多少？", "fact"),
        ("老人吃饭县里给几个钱？", "semantic"),  # no two characters of it stand in the quote
        ("養老食堂補助多少？", "noisy"),
        ("养老食堂有哪些补助？", "list"),
    ],
)
def test_the_type_is_guessed_from_how_it_is_asked(question: str, kind: str) -> None:
    assert only(said(question)).type == kind


def test_long_citations_are_cut_to_a_quote_and_short_ones_are_pointed_out() -> None:
    long = "".join(f"第{i}项工作要抓紧抓好抓出成效。" for i in range(20)) + f"{QUOTE}。"
    item = only(said(citations=(Evidence("a.txt", long),)))
    assert QUOTE in item.evidence[0].quote and len(item.evidence[0].quote) <= LONGEST
    assert f"不足 {SHORTEST} 字" in only(said(citations=(Evidence("a.txt", "补助3万元"),))).note


def test_a_quote_has_15_to_120_characters() -> None:
    text = "前言。" + "甲乙丙丁，" * 60 + "补助3万元。短句。"
    for words in ("补助3万元", "短句", "前言", "甲乙"):
        at = text.index(words)
        quote = quote_around(text, (at, at + len(words)))
        assert SHORTEST <= len(quote) <= LONGEST and words in quote and quote in text
    endless = "字" * 500
    assert len(quote_around(endless, (300, 301))) == LONGEST
    assert quote_near("问什么？", "太短。") == "太短。" and quote_near("问什么？", "") == ""


def candidates(folder: Path, *lines: dict[str, object]) -> Path:
    """A file of candidates, as a person leaves it."""
    file = folder / "candidates.jsonl"
    items = [golden_record(GoldenItem("", "fact", "问？")) | line for line in lines]
    file.write_text("".join(json.dumps(i, ensure_ascii=False) + "\n" for i in items), "utf-8")
    return file


EVIDENCE = [{"doc": "云溪县通知.txt", "quote": QUOTE}]
OLD = '{"id": "S007", "type": "noans", "question": "旧题？", "evidence": []}'


def test_accepted_candidates_are_appended_with_fresh_ids_and_read_back(tmp_path: Path) -> None:
    file = candidates(
        tmp_path,
        {"id": "c1", "question": "甲？", "evidence": EVIDENCE, "status": "accepted"},
        {"id": "c2", "question": "乙？", "type": "noans", "status": "candidate"},
        {"id": "c3", "question": "丙？", "evidence": EVIDENCE, "status": "candidate"},
    )
    golden = tmp_path / "golden.jsonl"
    golden.write_text(OLD, "utf-8")  # without a newline at the end
    accepted = accept_candidates(file, golden, ["c2"])
    assert [item.id for item in accepted.items] == ["S008", "S009"]
    assert golden.read_text("utf-8").startswith(OLD + "\n")
    assert load_golden(golden)[1:] == accepted.items
    assert [item.question for item in accepted.items] == ["甲？", "乙？"]


def test_a_new_set_is_begun_and_taking_twice_adds_nothing(tmp_path: Path) -> None:
    file = candidates(tmp_path, {"id": "c1", "evidence": EVIDENCE, "status": "accepted"})
    golden = tmp_path / "new" / "golden.jsonl"
    assert [item.id for item in accept_candidates(file, golden).items] == ["A001"]
    again = accept_candidates(file, golden)
    assert (again.items, again.known) == ((), ("c1",))
    assert len(load_golden(golden)) == 1


@pytest.mark.parametrize(
    ("line", "ids", "words"),
    [
        ({"id": "c1", "status": "accepted"}, [], "候选题 c1 没有依据"),
        ({"id": "c1", "status": "candidate", "evidence": EVIDENCE}, [], "没有接受的候选题"),
        ({"id": "c1", "evidence": EVIDENCE}, ["c9"], "没有候选题 c9"),
        ({"id": "c1", "evidence": EVIDENCE, "synthetic": True}, ["c1"], "混在一起"),
    ],
)
def test_what_cannot_be_taken_is_one_line_and_the_set_stays(
    tmp_path: Path, line: dict[str, object], ids: list[str], words: str
) -> None:
    golden = tmp_path / "golden.jsonl"
    golden.write_text(OLD + "\n", "utf-8")
    with pytest.raises(PolicyQAError, match=words):
        accept_candidates(candidates(tmp_path, line), golden, ids)
    assert golden.read_text("utf-8") == OLD + "\n"


def test_lines_are_not_added_in_another_encoding_than_the_set_has(tmp_path: Path) -> None:
    file = candidates(tmp_path, {"id": "c1", "evidence": EVIDENCE, "status": "accepted"})
    golden = tmp_path / "golden.jsonl"
    golden.write_bytes(OLD.encode("gb18030"))
    with pytest.raises(PolicyQAError, match="不是 UTF-8"):
        accept_candidates(file, golden)


def test_quotes_of_unusual_length_are_taken_and_reported(tmp_path: Path) -> None:
    short = [{"doc": "a.txt", "quote": "补助3万元"}]
    file = candidates(tmp_path, {"id": "c1", "evidence": short, "status": "accepted"})
    assert accept_candidates(file, tmp_path / "g.jsonl").odd_quotes == ("A001",)


def test_candidates_are_never_written_over(tmp_path: Path) -> None:
    out = tmp_path / "c.jsonl"
    found = collect([said(), said("修补道路多少条？", "bad")]).candidates
    assert write_candidates(found, out) == 2
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(line["status"], line["count"]) for line in lines] == [("candidate", 1)] * 2
    assert [item.question for item in load_golden(out)] == [
        "养老食堂补助多少？",
        "修补道路多少条？",
    ]
    with pytest.raises(PolicyQAError, match="已经有了"):
        write_candidates(found, out)


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index, out, golden = tmp_path / "index", tmp_path / "c.jsonl", tmp_path / "g.jsonl"
    collecting = ["eval", "collect", "--index", str(index), "--out", str(out)]
    assert main(collecting) == 1
    assert "没有索引文件夹" in capsys.readouterr().err
    index.mkdir()
    assert main(collecting) == 1
    assert "还没有评价" in capsys.readouterr().err
    append_feedback(index, said())
    assert main(collecting) == 0
    assert "1 道候选题写在" in capsys.readouterr().out

    taking = ["eval", "accept", str(out), "--golden", str(golden), "--id", "c001"]
    assert main(taking) == 0
    assert "1 题收进" in capsys.readouterr().out
    out.unlink()
    assert main([*collecting, "--golden", str(golden)]) == 0
    assert "没有新的候选题：1 条评价，其中 1 条" in capsys.readouterr().out
    assert not out.exists()


@pytest.mark.parametrize(
    "line",
    [
        '{"question": "问？", "answered": true, "rating": "fine"}',
        '{"question": "", "answered": true, "rating": "good"}',
        '{"question": "问？", "answered": "yes", "rating": "good"}',
        '{"question": "问？", "answered": true, "filters": {"planet": "火星"}}',
        '{"question": "问？", "answered": true, "citations": [1]}',
    ],
)
def test_a_damaged_line_of_feedback_is_named(
    tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    append_feedback(tmp_path, said())
    with (tmp_path / FEEDBACK_FILE).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    out = str(tmp_path / "c.jsonl")
    assert main(["eval", "collect", "--index", str(tmp_path), "--out", out]) == 1
    assert "feedback.jsonl 第 2 行" in capsys.readouterr().err
