"""Which sentences of a draft are looked up."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from retriever.precedent.draft import read_draft, split_draft


def test_a_paragraph_is_its_sentences() -> None:
    draft = split_draft("建立整改台账，逐项销号。对逾期未改的，予以通报。")
    assert draft.sentences == ("建立整改台账，逐项销号。", "对逾期未改的，予以通报。")


def test_headings_numbers_and_scraps_are_no_sentences() -> None:
    draft = split_draft(
        "一、组织领导\n（一）压实责任。各级书记要履行第一责任人责任。\n2.建立整改台账，逐项销号。\n"
        "一是压减会议和文件数量；二是从严。\n"
    )
    assert draft.sentences == (
        "各级书记要履行第一责任人责任。",
        "建立整改台账，逐项销号。",
        "压减会议和文件数量；",
    )


def test_a_sentence_that_stands_twice_is_looked_up_once() -> None:
    draft = split_draft("建立整改台账，逐项销号。\n建立整改台账、逐项销号！")
    assert draft.sentences == ("建立整改台账，逐项销号。",)


@pytest.mark.parametrize(
    "text", ["巡视整改", "志愿服务队伍建设", "志愿服务怎么写？队伍要建起来，登记要规范"]
)
def test_headings_and_requests_are_not_taken_for_drafts(text: str) -> None:
    assert split_draft(text).sentences == ()


def test_one_whole_sentence_is_a_draft() -> None:
    text = "建立问题清单和责任清单，整改一项、销号一项"
    assert split_draft(text).sentences == (text,)


def test_a_file_gives_its_prose_without_title_and_signature(tmp_path: Path) -> None:
    file = tmp_path / "草稿.txt"
    file.write_text(
        "河汀市关于开展夜间窗口服务的通知\n\n一、工作目标\n　　年底前建成夜间窗口二十个，方便群众下班后办事。\n\n"
        "河汀市人民政府办公室\n2024年3月18日\n",
        encoding="gb18030",
    )
    text = read_draft(file)
    assert "年底前建成夜间窗口二十个，方便群众下班后办事。" in text
    assert "通知" not in text and "3月18日" not in text


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("没有.txt", None, "找不到草稿文件"),
        ("空.txt", b"", "空.txt"),
        ("图.xyz", b"abc", "不支持的格式"),
    ],
)
def test_a_draft_that_cannot_be_read_is_one_line(
    tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(PolicyQAError, match=reason) as caught:
        read_draft(tmp_path / name)
    assert "\n" not in str(caught.value)
