"""Every character of a cleaned text leads back to the file."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given

from corpus.document import Block
from corpus.errors import UnreadableFileError
from corpus.load import LoadResult, clean
from corpus.raw import RawDocument, RawLine
from corpus.structure.character_map import Position, trace
from corpus.structure.lines import Line
from tests.corpus.conftest import LoadText
from tests.corpus.strategies import lines, texts


def blocks_of(result: LoadResult) -> list[Block]:
    return [block for document in result.documents for block in document.blocks]


def only_block(result: LoadResult) -> Block:
    (block,) = blocks_of(result)
    return block


def test_a_line_as_it_stands_in_the_file_needs_no_map(load_text: LoadText) -> None:
    block = only_block(load_text("各街道要落实网格化管理。"))
    assert block.origin is None
    assert block.original(3, 6) == "要落实"
    assert block.position(3) == Position(1, 4)


def test_a_citation_shows_the_pronunciations_that_stand_in_the_file(load_text: LoadText) -> None:
    block = only_block(load_text("推進文明創(chuàng )建工作。"))
    assert block.text == "推进文明创建工作。"
    at = block.text.index("创建")
    assert block.original(at, at + 2) == "創(chuàng )建"
    # 推進文明創 are five characters and the note has nine: 建 stands in column 15.
    assert block.position(at + 1) == Position(1, 15)


def test_a_joined_sentence_knows_both_of_its_lines(load_text: LoadText) -> None:
    text = (
        "第一句在这里结束。\n各单位要严格落实城市管理精细化的各项制\n\n度，做到应管尽管、应查尽查。"
    )
    block = blocks_of(load_text(text))[-1]
    assert block.text == "各单位要严格落实城市管理精细化的各项制度，做到应管尽管、应查尽查。"
    at = block.text.index("度，")
    assert block.position(at) == Position(4, 1)
    assert block.original(at - 3, at + 1) == "各项制\n\n度"


def test_a_glued_heading_begins_inside_its_line(load_text: LoadText) -> None:
    text = "（一）主体责任落实不够有差距1.贯彻落实上级部署有差距。"
    first, second = blocks_of(load_text(text))
    assert second.position(0) == Position(1, text.index("1.") + 1)
    assert first.original() + second.original() == text


def test_a_repaired_run_leads_to_the_damage(seeds: dict[str, LoadResult]) -> None:
    law = "《温州市楠溪江保护管理条例》"
    blocks = [b for r in seeds.values() for b in blocks_of(r) if law in b.text]
    shown = [b.original(b.text.index(law), b.text.index(law) + len(law)) for b in blocks]
    assert shown
    assert any("稖刂菔虚" in words for words in shown), shown


def test_every_character_of_the_seeds_is_found_where_its_block_says(
    seeds: dict[str, LoadResult],
) -> None:
    wrong = []
    for result in seeds.values():
        raw = result.path.read_text(encoding="utf-8-sig").split("\n")
        for block in blocks_of(result):
            wrong += [
                (result.path.name, block.position(at))
                for at, character in enumerate(block.display)
                if block.original(at, at + 1) == character
                and raw[block.position(at).line - 1][block.position(at).column - 1] != character
            ]
    assert wrong == []


def test_most_characters_of_the_seeds_stand_in_the_file_as_they_are_shown(
    seeds: dict[str, LoadResult],
) -> None:
    blocks = [b for r in seeds.values() for b in blocks_of(r)]
    total = sum(len(b.display) for b in blocks)
    same = sum(b.original(i, i + 1) == c for b in blocks for i, c in enumerate(b.display))
    assert same / total > 0.995


@given(lines, lines)
def test_a_trace_covers_the_cleaned_line_in_order(original: str, cleaned: str) -> None:
    runs = trace(original, cleaned, 1)
    at = column = 0
    for run in runs:
        assert run.start == at
        assert run.column >= column
        at, column = run.start + run.length, run.column + run.taken
        if run.length == run.taken and run.length > 1 and original != cleaned:
            assert run.column + run.taken <= len(original)
    assert at == len(cleaned)
    assert column <= len(original)


@given(lines, lines)
def test_pieces_and_joins_keep_every_character_traced(one: str, other: str) -> None:
    joined = Line("甲" + one, 1).followed_by(Line("乙" + other, 2), "丙")
    assert joined.text == f"甲{one}丙乙{other}"
    cut = joined.without([(1, 1 + len(one) // 2)])
    for line in (joined, cut, joined.piece(1, len(joined.text) - 1)):
        traced = [(r, i) for r in line.runs for i in range(r.length)]
        for run, i in traced:
            source = ("甲" + one, "乙" + other)[run.line - 1]
            assert line.text[run.start + i] == source[run.column + i]


@given(texts)
def test_no_text_breaks_its_map(raw: list[str]) -> None:
    source = RawDocument(Path("甲.txt"), "txt", tuple(RawLine(line) for line in raw), False)
    try:
        documents = clean(source, "甲.txt").documents
    except UnreadableFileError:
        return
    for document in documents:
        for block in document.blocks:
            position = block.position(len(block.display) - 1)
            assert 1 <= position.line <= len(raw)
            assert block.original() or not block.display
