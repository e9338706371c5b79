"""What was found, by document and by value."""

from __future__ import annotations

from retriever.precedent.selection import Precedent, by_document, facets
from tests.qa.making import hit, passage

_ONE = passage(
    "一。", doc="甲.txt", region="河汀市", year="2023", doc_type="通知", issuer="河汀市委"
)
_AGAIN = passage("二。", doc="甲.txt", ordinal=1, region="河汀市", year="2023", doc_type="通知")
_TWO = passage("三。", doc="乙.txt", region="河汀市", year="2024", doc_type="方案")
_UNKNOWN = passage("四。", doc="丙.txt")


def test_documents_stand_in_the_order_of_their_best_precedent() -> None:
    precedents = [Precedent(hit(p, n)) for n, p in enumerate((_TWO, _ONE, _UNKNOWN, _AGAIN), 1)]
    groups = by_document(precedents)
    assert [group[0].hit.passage.doc for group in groups] == ["乙.txt", "甲.txt", "丙.txt"]
    assert [[p.hit.rank for p in group] for group in groups] == [[1], [2, 4], [3]]


def test_facets_count_documents_not_passages() -> None:
    found = facets([_ONE, _AGAIN, _TWO, _UNKNOWN])
    assert found["region"] == (("河汀市", 2),)
    assert found["year"] == (("2024", 1), ("2023", 1))
    assert dict(found["doc_type"]) == {"通知": 1, "方案": 1}


def test_what_is_not_known_is_not_counted() -> None:
    found = facets([_UNKNOWN])
    assert found == {"region": (), "issuer": (), "year": (), "doc_type": ()}
