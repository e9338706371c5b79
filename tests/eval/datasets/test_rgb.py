"""RGB's noise and refusal settings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from eval.datasets.rgb import REFUSAL, RgbQuestion, read_rgb, rgb_passages
from eval.metrics.measures import rgb_right

GOOD = tuple(f"好{n}" for n in range(1, 7))
NOISE = tuple(f"噪{n}" for n in range(1, 9))
PLAIN = RgbQuestion("1", "什么时候开幕？", (("2月4日", "二月四日"),), (GOOD,), NOISE)
PARTS = RgbQuestion(
    "2", "起止日期？", (("2月4日",), ("2月20日",)), (("甲1", "甲2"), ("乙1",), ("丙1",)), NOISE
)


def _kinds(passages: tuple[str, ...]) -> tuple[int, int]:
    noise = sum(passage in NOISE for passage in passages)
    return len(passages) - noise, noise


@pytest.mark.parametrize(
    ("rate", "good", "noise"),
    [
        (0.0, 5, 0),
        (0.2, 4, 1),  # ⌈0.2 × 5⌉ = 1
        (0.3, 3, 2),  # ⌈0.3 × 5⌉ = ⌈1.5⌉ = 2
        (0.8, 1, 4),
        (REFUSAL, 0, 5),
    ],
)
def test_the_rate_says_how_many_passages_are_noise(rate: float, good: int, noise: int) -> None:
    passages = rgb_passages(PLAIN, rate)
    assert _kinds(passages) == (good, noise)
    assert set(passages) == {*GOOD[:good], *NOISE[:noise]}


def test_a_rate_that_binary_cannot_write_is_not_rounded_up_twice() -> None:
    many = RgbQuestion("1", "问", (("甲",),), (GOOD * 20,), NOISE * 2)
    assert _kinds(rgb_passages(many, 0.07, count=100)) == (93, 7)  # 0.07 × 100 = 7.000…01 there


def test_where_one_kind_runs_out_the_other_fills_up() -> None:
    few_good = RgbQuestion("1", "问", (("甲",),), (GOOD[:1],), NOISE)
    assert _kinds(rgb_passages(few_good, 0.2)) == (1, 4)
    few_noise = RgbQuestion("1", "问", (("甲",),), (GOOD,), NOISE[:2])
    assert _kinds(rgb_passages(few_noise, 0.8)) == (3, 2)


def test_noise_alone_never_fills_up_with_good_passages() -> None:
    few_noise = RgbQuestion("1", "问", (("甲",),), (GOOD,), NOISE[:2])
    assert _kinds(rgb_passages(few_noise, REFUSAL)) == (0, 2)


def test_each_part_of_a_question_gets_a_passage_whatever_the_rate() -> None:
    assert set(rgb_passages(PARTS, 0.8)) == {"甲1", "乙1", "丙1", *NOISE[:2]}
    assert set(rgb_passages(PARTS, 0.2)) == {"甲1", "乙1", "丙1", "甲2", NOISE[0]}
    assert _kinds(rgb_passages(PARTS, REFUSAL)) == (0, 5)


def test_the_order_is_drawn_once_for_all() -> None:
    assert rgb_passages(PLAIN, 0.4, seed=7) == rgb_passages(PLAIN, 0.4, seed=7)
    orders = {rgb_passages(PLAIN, 0.4, seed=seed) for seed in range(20)}
    assert len(orders) > 1


@pytest.mark.parametrize(("rate", "count"), [(-0.1, 5), (1.1, 5), (0.5, 0)])
def test_rates_and_counts_that_make_no_sense_are_refused(rate: float, count: int) -> None:
    with pytest.raises(ValueError, match="noise rate"):
        rgb_passages(PLAIN, rate, count)


def test_a_right_answer_holds_one_wording_of_each_group() -> None:
    assert rgb_right(PLAIN, "二月四日开幕[1]", True, 0.4)
    assert rgb_right(PARTS, "2月4日至2月20日", True, 0.4)
    assert not rgb_right(PARTS, "2月4日", True, 0.4)
    assert not rgb_right(PLAIN, "12月4日", True, 0.4)
    assert not rgb_right(PLAIN, "2月4日", False, 0.4)


def test_with_noise_alone_only_refusing_is_right() -> None:
    assert rgb_right(PLAIN, "资料中没有", False, REFUSAL)
    assert not rgb_right(PLAIN, "2月4日", True, REFUSAL)


def test_a_file_is_read_in_every_shape_that_rgb_has(tmp_path: Path) -> None:
    path = tmp_path / "zh.json"
    lines = [
        {
            "id": 0,
            "query": "问",
            "answer": ["甲", ["乙", "丙"]],
            "positive": ["好1", "好2"],
            "negative": ["噪"],
        },
        {
            "id": 1,
            "query": "问",
            "answer": "甲",
            "positive": [["一1", "一2"], ["二1"]],
            "negative": [],
        },
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    assert read_rgb(path) == (
        RgbQuestion("0", "问", (("甲",), ("乙", "丙")), (("好1", "好2"),), ("噪",)),
        RgbQuestion("1", "问", (("甲",),), (("一1", "一2"), ("二1",)), ()),
    )


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ('{"id": 0, "query": "问", "answer": ["甲"]}', "第 2 行的 id「0」与第 1 行重复"),
        ('{"query": "问", "answer": ["甲"]}', "第 2 行缺少 id、query 或 answer"),
        ('{"id": 1, "query": "问", "answer": []}', "第 2 行缺少 id、query 或 answer"),
        ('{"id": 1, "query": "问", "answer": [3]}', "第 2 行的 answer 不是文字的列表"),
        ('{"id": 1, "query": 2, "answer": ["甲"]}', "第 2 行的 query 不是文字"),
        ("[]", "第 2 行不是 JSON 对象"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, second: str, words: str) -> None:
    path = tmp_path / "zh.json"
    path.write_text('{"id": 0, "query": "问", "answer": ["甲"]}\n' + second, "utf-8")
    with pytest.raises(PolicyQAError) as caught:
        read_rgb(path)
    assert words in str(caught.value)
