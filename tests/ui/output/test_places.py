"""A citation leads to its very words, whatever way the passage was cut."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Block, BlockKind, Document, Metadata
from corpus.structure.character_map import Origin
from indexer.chunking import split_passages
from indexer.settings import PassageSettings
from tests.ui.fakes import CITED, PLAN, PLAN_ID, QUOTE, TABLE, passage_of
from ui.output.places import Place, Quoted, document_address, document_url, locate, quoted


def words_at(document: Document, place: Place) -> str:
    """The characters that a place names."""
    text = "".join(block.display for block in document.blocks[place.block :])
    return text[place.start : place.end]


def test_a_quote_is_found_in_its_block() -> None:
    start = CITED.display.index(QUOTE)
    place = locate(PLAN, CITED, (start, start + len(QUOTE)))
    assert place.block == 10 and words_at(PLAN, place) == QUOTE


def test_words_that_stand_twice_are_told_apart() -> None:
    text = "甲应报送。乙应报送。"
    document = Document("d#0", "d", "d", 0, Metadata(), (Block(BlockKind.PARAGRAPH, text, text),))
    place = locate(document, passage_of(document, 0, 0), (6, 9))
    assert place == Place(0, 6, 9)


def test_a_quote_over_two_blocks_ends_in_the_second() -> None:
    place = locate(PLAN, TABLE, (0, len(TABLE.display)))
    assert place.block == 5
    assert words_at(PLAN, place) == TABLE.display.replace("\n", "")


def test_words_that_are_gone_lead_to_the_passage() -> None:
    other = Document(PLAN.id, PLAN.file, PLAN.path, 0, Metadata(), PLAN.blocks[:3])
    assert locate(other, CITED, (0, 5)) == Place(2)


def test_the_address_survives_any_id() -> None:
    parts = urlsplit(document_url(CITED, Place(10, 3, 9)))
    assert unquote(parts.path) == f"/document/{PLAN_ID}"
    assert parts.query == "block=10&start=3&end=9&passage=4" and parts.fragment == "cited"


def test_an_address_without_a_passage_opens_a_block_or_the_whole() -> None:
    assert document_address("甲/乙.txt#1").endswith("%231")
    assert document_address("甲#0", 5).endswith("%230?block=5&start=0&end=0#cited")


def test_quoted_words_are_those_of_the_file_over_lines_and_blocks() -> None:
    # In the file: line 7 「　　报送整(zhěng)」, line 8 「改情况。」, line 9 「市委抄送。」
    torn = Origin("报送整(zhěng)\n改情况。", 2, ((0, 3, 0, 3), (3, 4, 11, 4)))
    blocks = (
        Block(BlockKind.PARAGRAPH, "报送整改情况。", "报送整改情况。", line=7, origin=torn),
        Block(BlockKind.PARAGRAPH, "市委抄送。", "市委抄送。", line=9),
    )
    document = Document("d#0", "d", "d", 0, Metadata(), blocks)
    assert quoted(document, Place(0, 2, 4)) == Quoted(7, 5, "整(zhěng)\n改")
    assert quoted(document, Place(0, 5, 9)) == Quoted(8, 3, "况。\n市委")
    assert quoted(document, Place(9, 0, 1)) is None


@given(
    st.lists(st.text("甲乙丙 。，；\u3000a1", min_size=1, max_size=60), min_size=1, max_size=8),
    st.data(),
)
def test_any_span_of_any_passage_is_found(texts: list[str], data: st.DataObject) -> None:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text, text) for text in texts)
    document = Document("d#0", "d", "d", 0, Metadata(), blocks)
    for passage in split_passages(document, PassageSettings(target=20, longest=30)):
        start = data.draw(st.integers(0, len(passage.display)))
        end = data.draw(st.integers(start, len(passage.display)))
        quote = "".join(passage.display[start:end].split())
        place = locate(document, passage, (start, end))
        assert "".join(words_at(document, place).split()) == quote
        assert passage.first_block <= place.block <= passage.blocks[-1].block
