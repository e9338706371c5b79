"""Where the values of the metadata were read from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

import pytest

from corpus.document import Block, Document, FieldSource, Metadata
from corpus.language.dates import locate_date
from corpus.language.simplification import search_form
from corpus.load import LoadResult, load_path
from tests.corpus.conftest import LoadText

FIELDS = [field.name for field in fields(Metadata)]
RULES = {"title", "sign-off", "masthead", "body", "gazetteer", "bulletin", "label"}


def words_at(source: FieldSource, blocks: tuple[Block, ...]) -> str:
    """What is shown at a source, in search form."""
    return search_form(blocks[source.block].display[source.start : source.end])


def unfounded(document: Document) -> list[str]:
    """Names of fields whose source is missing, superfluous, of no known rule or no evidence."""
    of_field = {source.field: source for source in document.sources}
    filled = {name: value for name in FIELDS if (value := getattr(document.metadata, name))}
    wrong = of_field.keys() ^ filled.keys()
    for name in of_field.keys() & filled.keys():
        source = of_field[name]
        inherited = source.rule == "bulletin" and source.block == -1
        if not inherited and not (
            source.rule in RULES and shows(name, filled[name], source, document.blocks)
        ):
            wrong.add(name)
    return sorted(wrong)


def shows(name: str, value: str, source: FieldSource, blocks: tuple[Block, ...]) -> bool:
    """Whether the words at a source say the value."""
    words = words_at(source, blocks)
    bare = re.sub(r"\s", "", words)
    assert source.block >= 0
    return {
        "title": bool(bare) and re.sub(r"\s", "", value).startswith(bare),
        "issuer": value.startswith(words.strip()) and bool(bare),
        "number": bare == value,
        "doc_type": words == value or {"反馈": "巡视反馈", "整改": "整改情况"}.get(words) == value,
        "date": _date(words) == value,
        "date_kind": bool(_date(words)),
        "year": len(words) == 4 and _date(f"{words}年") == value,
        "region": bool(bare) and not bare.isascii(),
        "addressees": words == value,
    }[name]


def _date(text: str) -> str:
    found = locate_date(text)
    return found.value if found else ""


def documents_of(results: Iterable[LoadResult]) -> list[Document]:
    return [document for result in results for document in result.documents]


def test_every_value_of_the_samples_shows_where_it_was_read(samples: Path) -> None:
    # Not the scan: recognising its characters takes half a minute.
    files = [path for path in sorted(samples.iterdir()) if not path.name.startswith("20_")]
    documents = documents_of(result for path in files for result in load_path(path))
    assert {d.id: unfounded(d) for d in documents} == {d.id: [] for d in documents}
    assert sum(len(d.sources) for d in documents) > 100


def test_every_value_of_the_real_documents_shows_where_it_was_read(
    seeds: dict[str, LoadResult],
) -> None:
    documents = documents_of(seeds.values())
    assert {d.id: unfounded(d) for d in documents} == {d.id: [] for d in documents}
    assert sum(len(d.sources) for d in documents) > 80


NOTICE = """霖川市民政局文件
霖民发〔 2024 〕9号
霖川市民政局關於養老服務的通知
各縣民政局：
    請認真貫徹執行，於3月底前完成任務，並及時報告進展情況。
霖川市民政局
二〇二四年三月一日"""


@pytest.mark.parametrize(
    ("name", "rule", "words"),
    [
        ("title", "title", "霖川市民政局關於養老服務的通知"),
        ("issuer", "sign-off", "霖川市民政局"),
        ("number", "masthead", "霖民发〔2024〕9号"),
        ("doc_type", "title", "通知"),
        ("date", "sign-off", "二〇二四年三月一日"),
        ("year", "sign-off", "二〇二四"),
        ("region", "title", "霖川市"),
        ("addressees", "body", "各縣民政局"),
    ],
)
def test_a_source_shows_the_words_of_the_original(
    load_text: LoadText, name: str, rule: str, words: str
) -> None:
    document = load_text(NOTICE).documents[0]
    (source,) = (s for s in document.sources if s.field == name)
    shown = document.blocks[source.block].display[source.start : source.end]
    assert (source.rule, shown) == (rule, words)


def test_the_region_of_a_known_place_comes_from_the_gazetteer(load_text: LoadText) -> None:
    document = load_text("沈阳市养老服务方案\n\n请各街道落实，于3月底前完成任务。").documents[0]
    rules = {source.field: source.rule for source in document.sources}
    assert rules == {"title": "title", "doc_type": "title", "region": "gazetteer"}


def test_a_title_in_two_lines_is_found_at_its_first(load_text: LoadText) -> None:
    document = load_text(
        "霖川市人民政府办公室\n关于印发养老服务方案的通知\n\n请各街道落实，于3月底前完成任务。"
    ).documents[0]
    source = document.sources[0]
    assert document.metadata.title == "霖川市人民政府办公室关于印发养老服务方案的通知"
    assert words_at(source, document.blocks) == "霖川市人民政府办公室"
