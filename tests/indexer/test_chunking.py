"""How documents are cut into passages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Block, BlockKind
from corpus.load import load_path
from corpus.structure.sentences import sentence_spans
from indexer.chunking import split_passages
from indexer.passage import Passage
from indexer.settings import PassageSettings
from tests.indexer.making import document, heading, paragraph

SETTINGS = PassageSettings()
#: Short headings (under 120 characters) or lead-ins may stand above a full text.
ABOVE = 122
TITLES = (BlockKind.HEADING, BlockKind.TITLE)


def _split(*blocks: Block) -> tuple[Passage, ...]:
    return split_passages(document(blocks), SETTINGS)


def _sentence(length: int, letter: str = "文") -> str:
    return letter * (length - 1) + "。"


def test_a_heading_is_the_first_line_of_its_text() -> None:
    (only,) = _split(heading("一、总体要求"), paragraph("坚持问题导向。", ("一、总体要求",)))
    assert only.text == "一、总体要求\n坚持问题导向。"
    assert only.heading_path == ("一、总体要求",)
    assert [span.block for span in only.blocks] == [0, 1]


def test_a_passage_ends_before_the_next_heading() -> None:
    one, two = _split(
        heading("一、总体要求"),
        paragraph("坚持问题导向。", ("一、总体要求",)),
        heading("二、主要任务"),
        paragraph("压缩办理时间。", ("二、主要任务",)),
    )
    assert "主要任务" not in one.text and "问题导向" not in two.text
    assert two.heading_path == ("二、主要任务",)


def test_short_blocks_under_one_heading_share_a_passage() -> None:
    path = ("一、任务",)
    items = [paragraph(f"{i}是做好第{i}项工作；", path, BlockKind.ITEM) for i in "一二三"]
    (only,) = _split(heading("一、任务"), *items)
    assert only.text.count("\n") == 3


def test_a_long_paragraph_is_cut_between_sentences_into_like_parts() -> None:
    text = "".join(_sentence(50, c) for c in "甲乙丙丁戊己庚辛壬癸")
    parts = _split(paragraph(text))
    assert [len(p.text) for p in parts] == [250, 250]
    assert "".join(p.text for p in parts) == text


def test_a_scrap_is_not_left_over_when_parts_must_be_short() -> None:
    """10 + 380 characters would be too long together, the last sentence alone too short."""
    text = _sentence(10) + _sentence(380) + _sentence(254) + _sentence(40)
    parts = _split(paragraph(text))
    assert max(len(p.text) for p in parts) <= SETTINGS.longest
    assert "".join(p.text for p in parts) == text


def test_a_sentence_longer_than_a_passage_is_cut_at_a_comma() -> None:
    text = "文" * 200 + "，" + "明" * 200 + "。"
    one, two = _split(paragraph(text))
    assert one.text.endswith("，") and one.text + two.text == text


def test_a_sentence_without_any_mark_is_still_cut() -> None:
    parts = _split(paragraph("文" * 1000))
    assert all(len(p.text) <= SETTINGS.longest for p in parts)
    assert sum(len(p.text) for p in parts) == 1000


def test_a_lead_in_stays_with_what_follows() -> None:
    path = ("一、整改",)
    before = paragraph(_sentence(200), path)
    lead = paragraph("整改意见：", path)
    after = paragraph(_sentence(200, "改"), path)
    one, two = _split(heading("一、整改"), before, lead, after)
    assert "整改意见" not in one.text
    assert two.text.startswith("整改意见：\n改")


def test_two_lead_ins_stay_with_what_follows() -> None:
    leads = [paragraph("存在问题："), paragraph("思想认识方面：")]
    _, two = _split(paragraph(_sentence(230)), *leads, paragraph(_sentence(240, "改")))
    assert two.text.startswith("存在问题：\n思想认识方面：\n改")


def test_a_heading_is_not_left_alone_by_a_lead_in_after_it() -> None:
    path = ("二、整改情况",)
    lead, after = paragraph("整改意见：", path), paragraph(_sentence(300), path)
    (only,) = _split(heading("二、整改情况"), lead, after)
    assert only.text.startswith("二、整改情况\n整改意见：\n文")


def test_a_run_in_heading_starts_its_own_passage() -> None:
    one, two = _split(
        paragraph("（一）统一思想。要提高认识。", ("（一）统一思想",)),
        paragraph("（二）压实责任。要明确分工。", ("（二）压实责任",)),
    )
    assert one.text.startswith("（一）") and two.text.startswith("（二）")


def test_identifiers_count_from_nought() -> None:
    passages = _split(*(paragraph(_sentence(300)) for _ in range(4)))
    assert [p.ordinal for p in passages] == [0, 1, 2, 3]
    assert passages[2].id == "测试.txt#0/2"


def test_display_is_cut_where_the_text_is() -> None:
    text = "".join(_sentence(50, c) for c in "创顾环务动关")
    display = "".join(_sentence(50, c) for c in "創顧環務動關")
    blocks = [Block(BlockKind.PARAGRAPH, text, display)] * 2
    for part in _split(*blocks):
        assert len(part.text) == len(part.display)
        assert part.display.translate(str.maketrans("創顧環務動關", "创顾环务动关")) == part.text


def test_the_page_is_that_of_the_first_block() -> None:
    (only,) = _split(
        Block(BlockKind.HEADING, "一、要求", "一、要求", (), 3, 1, 1),
        Block(BlockKind.PARAGRAPH, "落实。", "落实。", ("一、要求",), 4, 2),
    )
    assert only.page == 3


def test_a_document_without_blocks_has_no_passages() -> None:
    assert _split() == ()


_TEXT = st.text(alphabet="甲乙丙，。；：！\u300a\u300b（）12ab", min_size=1, max_size=700)
_KIND = st.sampled_from(
    [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.TABLE_ROW, BlockKind.TITLE]
)


@st.composite
def _documents(draw: st.DrawFn) -> tuple[Block, ...]:
    blocks: list[Block] = []
    path: tuple[str, ...] = ()
    for number in range(draw(st.integers(0, 12))):
        kind = draw(_KIND)
        if kind in TITLES:
            words = draw(_TEXT)[:60] + str(number)
            blocks.append(Block(kind, words, words, path, None, number, 1))
            path = () if kind is BlockKind.TITLE else (words,)
        else:
            text = draw(_TEXT)
            blocks.append(Block(kind, text, text, path, None, number))
    return tuple(blocks)


@given(_documents())
def test_nothing_is_lost_repeated_or_moved(blocks: tuple[Block, ...]) -> None:
    passages = _split(*blocks)
    assert "".join(p.text for p in passages).replace("\n", "") == "".join(b.text for b in blocks)


@given(_documents())
def test_passages_are_as_short_as_promised(blocks: tuple[Block, ...]) -> None:
    for passage in _split(*blocks):
        own = blocks[passage.first_block : passage.blocks[-1].block + 1]
        only_headings = all(b.kind in TITLES for b in own)
        assert len(passage.text) <= SETTINGS.longest_list + ABOVE or only_headings
        assert len(passage.text) == len(passage.display)
        assert passage.text.strip("\n")


@given(_documents())
def test_headings_of_the_first_level_open_passages(blocks: tuple[Block, ...]) -> None:
    for passage in _split(*blocks):
        own = blocks[passage.first_block : passage.blocks[-1].block + 1]
        body = next((i for i, b in enumerate(own) if b.kind not in TITLES), len(own))
        assert all(b.heading_path for b in own[body:] if b.kind in TITLES)


@given(_documents())
def test_all_text_of_a_passage_is_under_its_headings(blocks: tuple[Block, ...]) -> None:
    for passage in _split(*blocks):
        own = blocks[passage.first_block : passage.blocks[-1].block + 1]
        depth = len(passage.heading_path)
        paths = {b.heading_path[:depth] for b in own if b.kind not in TITLES}
        assert paths <= {passage.heading_path}


def test_short_sections_side_by_side_share_a_passage_under_the_heading_above() -> None:
    path = ("三、减轻负担",)
    (only,) = _split(
        heading("三、减轻负担"),
        paragraph("5.减免房租。免收两个月。", (*path, "5.减免房租")),
        paragraph("6.缓缴税款。可缓缴三个月。", (*path, "6.缓缴税款")),
    )
    assert only.text == "三、减轻负担\n5.减免房租。免收两个月。\n6.缓缴税款。可缓缴三个月。"
    assert only.heading_path == path


def test_full_sections_side_by_side_stay_apart() -> None:
    path = ("三、减轻负担",)
    one, two = _split(
        paragraph("5.减免房租。" + _sentence(180), (*path, "5.减免房租")),
        paragraph("6.缓缴税款。" + _sentence(180, "税"), (*path, "6.缓缴税款")),
    )
    assert one.heading_path == (*path, "5.减免房租")
    assert two.heading_path == (*path, "6.缓缴税款")


def test_short_sections_under_different_headings_stay_apart() -> None:
    one, two = _split(
        paragraph("1.减免房租。", ("一、市财政局", "1.减免房租")),
        paragraph("1.缓缴税款。", ("二、市税务局", "1.缓缴税款")),
    )
    assert "税款" not in one.text
    assert two.heading_path == ("二、市税务局", "1.缓缴税款")


@given(st.lists(st.integers(2, 310), min_size=1, max_size=12))
def test_sentences_are_whole(lengths: list[int]) -> None:
    text = "".join(
        _sentence(n, c) for n, c in zip(lengths, "甲乙丙丁戊己庚辛壬癸子丑", strict=False)
    )
    ends = {end for _, end in sentence_spans(text)}
    at = 0
    for passage in _split(paragraph(text)):
        at += len(passage.text)
        assert at in ends


@pytest.mark.parametrize("settings", [PassageSettings(60, 90), PassageSettings(500, 700)])
def test_other_sizes_are_kept_to(settings: PassageSettings, sample_docs: Path) -> None:
    (result,) = load_path(sample_docs / "01_临漪市优化营商环境工作方案.txt")
    for doc in result.documents:
        passages = split_passages(doc, settings)
        assert max(len(p.text) for p in passages) <= settings.longest_list + ABOVE
        assert "".join(p.text for p in passages).replace("\n", "") == "".join(
            b.text for b in doc.blocks
        )


def test_the_seeds_lose_nothing(seeds: Path) -> None:
    for result in load_path(seeds / "001_b403f7cb9de85e1a.txt"):
        for doc in result.documents:
            joined = "".join(p.text for p in split_passages(doc, SETTINGS))
            assert joined.replace("\n", "") == "".join(b.text for b in doc.blocks)


@given(
    st.lists(st.text("甲乙丙 。，；\u3000a1", min_size=1, max_size=60), min_size=1, max_size=8),
)
def test_every_passage_knows_which_characters_of_which_block_it_is_made_of(
    texts: list[str],
) -> None:
    blocks = [paragraph(text) for text in texts]
    for passage in split_passages(document(blocks), PassageSettings(target=20, longest=30)):
        runs = passage.blocks
        assert all(
            passage.text[run.at : run.at + run.length]
            == texts[run.block][run.start : run.start + run.length]
            for run in runs
        )
        # Nothing but the line breaks between blocks is its own.
        assert (
            len(passage.text) - sum(run.length for run in runs)
            == len({run.block for run in runs}) - 1
        )


def test_a_list_stays_with_its_lead_in_in_one_passage() -> None:
    path = ("第八条",)
    items = [
        paragraph(f"（{n}）{_sentence(60)[:-1]}；", path, BlockKind.ITEM) for n in "一二三四五六"
    ]
    lead = paragraph("第八条 不支付下列费用：", path)
    one, two, three = _split(
        paragraph(_sentence(250), path), lead, *items, paragraph(_sentence(280), path)
    )
    assert two.text.startswith(lead.text) and two.text.endswith(items[-1].text)
    assert len(two.text) > SETTINGS.longest
    assert "（" not in one.text + three.text


def test_a_list_too_long_for_a_passage_is_known_by_its_lead_in() -> None:
    items = [
        paragraph(f"（{n}）{_sentence(90)[:-1]}；", (), BlockKind.ITEM)
        for n in "一二三四五六七八九十"
    ]
    passages = _split(paragraph("不支付下列费用："), *items)
    assert len(passages) > 1
    assert all(p.lead == "不支付下列费用：" for p in passages[1:])
