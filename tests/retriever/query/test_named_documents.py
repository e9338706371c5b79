"""Documents and articles that a query names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from corpus.document import Metadata
from indexer.filters import Filters, Selection
from indexer.memory import MemoryBackend
from indexer.passage import Passage
from retriever.query.analysis import analyse
from retriever.query.named_documents import Named, NamedDocuments
from tests.conftest import TinyEncoder
from tests.indexer.making import encoded, passage

RULES = "青禾市物业管理条例"
DETAILS = "青禾市物业管理条例实施细则"
NOTICE = "关于做好食堂补助工作的通知"
#: Rows 0–3, 4–5, 6–7, 8, 9.
PASSAGES: tuple[Passage, ...] = tuple(
    passage(text, ordinal, Metadata(title=title, number=number), doc)
    for doc, title, number, texts in (
        (
            "条例.txt",
            RULES,
            "",
            (
                "第一条　为了规范物业管理，制定本条例。\n第二条　本市适用本条例。",
                "第十五条　物业费每年公示一次。第一百〇五条　本条例自公布之日起施行。",
                "违反第十五条的，处一千元罚款。",
                "第十五条之一　公示不少于三十日。",
            ),
        ),
        ("细则.txt", DETAILS, "", ("第一条　根据条例制定本细则。", "第十五条　公示贴在门口。")),
        ("通知.txt", NOTICE, "青政办发〔2023〕5号", ("食堂补助3万元。", "每月通报。")),
        ("短.txt", "补助通知", "", ("补助2万元。",)),
        ("無題.txt", "關於整頓市容的決定", "", ("即日起整頓。",)),
    )
    for ordinal, text in enumerate(texts)
)


IDS = [each.id for each in PASSAGES]


@pytest.fixture(scope="module")
def documents() -> NamedDocuments:
    return NamedDocuments(MemoryBackend(encoded(PASSAGES, TinyEncoder())))


def _rows(ids: Iterable[str]) -> list[int]:
    return [IDS.index(each) for each in ids]


def _named(documents: NamedDocuments, query: str) -> Named:
    return documents.find(analyse(query, frozenset()))


def test_a_title_within_the_query_names_its_document(documents: NamedDocuments) -> None:
    named = _named(documents, f"{RULES}对物业费怎么规定？")
    assert _rows(named.documents) == [0, 1, 2, 3] and not named.articles


@pytest.mark.parametrize("query", [f"《{RULES}》", "青禾市 物业管理条例", "青禾市物業管理條例"])
def test_brackets_spaces_and_script_do_not_matter(documents: NamedDocuments, query: str) -> None:
    assert _rows(_named(documents, query).documents) == [0, 1, 2, 3]


def test_the_longest_title_counts_and_none_within_it(documents: NamedDocuments) -> None:
    assert _rows(_named(documents, f"{DETAILS}里公示贴在哪").documents) == [4, 5]


def test_two_titles_name_two_documents(documents: NamedDocuments) -> None:
    assert _rows(_named(documents, f"{RULES}和{NOTICE}").documents) == [0, 1, 2, 3, 6, 7]


@pytest.mark.parametrize(
    "number", ["青政办发〔2023〕5号", "青政办发[2023]5号", "青政办发（2023）5号"]
)
def test_a_number_names_its_document_in_whatever_brackets(
    documents: NamedDocuments, number: str
) -> None:
    assert _rows(_named(documents, f"{number}的补助是多少").documents) == [6, 7]


def test_a_title_in_traditional_characters_is_found_in_either(documents: NamedDocuments) -> None:
    for query in ("關於整頓市容的決定", "关于整顿市容的决定"):
        assert _rows(_named(documents, query).documents) == [9]


@pytest.mark.parametrize("query", ["补助通知", "物业管理条例", "青禾市物业", "青政办发", "？"])
def test_short_titles_and_pieces_of_titles_name_nothing(
    documents: NamedDocuments, query: str
) -> None:
    assert _named(documents, query) == Named()


@pytest.mark.parametrize(
    ("asked", "row"),
    [("第十五条", 1), ("15条", 1), ("第二条", 0), ("第一百零五条", 1), ("第十五条之一", 3)],
)
def test_the_passage_that_heads_the_article_is_found(
    documents: NamedDocuments, asked: str, row: int
) -> None:
    # Row 2 mentions article 15 in the middle of a sentence, and row 3 holds 15 之一.
    named = _named(documents, f"{RULES}{asked}怎么说")
    assert _rows(named.articles) == [row] and _rows(named.documents) == [0, 1, 2, 3]


def test_an_article_that_is_not_there_leaves_the_document(documents: NamedDocuments) -> None:
    named = _named(documents, f"{RULES}第九十九条")
    assert named.articles == () and _rows(named.documents) == [0, 1, 2, 3]


def test_an_article_of_no_named_document_is_not_looked_for(documents: NamedDocuments) -> None:
    assert _named(documents, "第十五条怎么说") == Named()


def test_articles_are_looked_at_or_else_documents_so_far_as_they_pass() -> None:
    backend = MemoryBackend(encoded(PASSAGES, TinyEncoder()))
    whole = Named(documents=tuple(IDS[:6]))
    assert _rows(whole.candidates(backend, Selection())) == [0, 1, 2, 3, 4, 5]
    details = Selection(Filters(doc="细则.txt"))
    assert _rows(whole.candidates(backend, details)) == [4, 5]
    assert _rows(replace(whole, articles=(IDS[5],)).candidates(backend, details)) == [5]


def test_a_long_document_is_looked_at_in_part() -> None:
    many = Named(documents=tuple(f"d#0/{n}" for n in range(1000)))
    backend = MemoryBackend(encoded(PASSAGES, TinyEncoder()))
    assert many.candidates(backend, Selection()) == [f"d#0/{n}" for n in range(200)]
