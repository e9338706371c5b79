"""Damaged characters and masks that cleaning leaves are seen, honest text is not."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.load import LoadResult
from corpus.summary import count_masks, find_damage


def damaged(text: str) -> list[str]:
    return [text[start:end] for start, end in find_damage(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("完成了\ufffd\ufffd任务", ["\ufffd\ufffd"]),
        ("符号\ue02e不能显示", ["\ue02e"]),
        ("抓好落实?!稖刂抓紧", ["?!"]),
        ("氛围不够浓厚?,F在创建", ["?,"]),
        ("做到?jìng)Q策公开", ["?jìng)"]),
        ("锟斤拷锟斤拷任务", ["锟斤拷锟斤拷"]),
        ("中国".encode().decode("latin-1"), ["中国".encode().decode("latin-1")]),
    ],
)
def test_marks_of_a_wrong_encoding_are_seen(text: str, found: list[str]) -> None:
    assert damaged(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "这样行吗?!我们要反思。", "怎么办？怎么干？", "共扣了多少分?处理了多少人?", "café、naïve、25℃±2",
        "7×24小时服务，实行“一窗”通办。", "投资3.5亿元（GDP增长6%）", "",
    ],
)  # fmt: skip
def test_honest_text_is_not_damaged(text: str) -> None:
    assert damaged(text) == []


@pytest.mark.parametrize(
    ("text", "masks"),
    [
        ("20xx年x月，xx市", {"20xx": 1, "x": 1, "xx": 1}),
        ("**市委、**区委", {"**": 2}),
        ("ＸＸ市委", {"xx": 1}),
        ("第XX次会议，××同志", {"xx": 1, "××": 1}),
        ("7×24小时、text、x-ray、2×3、Excel表", {}),
        ("201x年建成", {"201x": 1}),
    ],
)
def test_masks_are_counted_by_their_form(text: str, masks: dict[str, int]) -> None:
    assert count_masks(text) == Counter(masks)


def test_the_real_documents_keep_their_masks_and_what_cannot_be_repaired(
    seeds: dict[str, LoadResult],
) -> None:
    texts = [b.display for r in seeds.values() for d in r.documents for b in d.blocks]
    masks = sum((count_masks(text) for text in texts), Counter[str]())
    assert masks["20xx"] == 37 and masks["201x"] == 6  # counted by hand in the file
    # What the bytes do not tell is not guessed: these stay, and the report names them.
    assert [found for text in texts for found in damaged(text)] == ["?,", "?,", "?!"]
