"""Passages for drafters: copies folded, places in turns."""

from __future__ import annotations

from dataclasses import replace

from retriever.hit import Hit
from retriever.precedent.selection import spread
from tests.qa.making import hit, passage

_CLAUSE = "对拖欠民营企业账款的，由市级领导包案，逐笔清偿，清偿率按月通报。"


def _hits(*rows: tuple[str, str, float]) -> list[Hit]:
    return [
        hit(passage(text, doc=f"{n}.txt", region=region), n, score)
        for n, (text, region, score) in enumerate(rows, start=1)
    ]


def test_nothing_found_is_nothing_shown() -> None:
    assert spread([], 5) == ()


def test_near_copies_are_folded_below_the_best_of_them() -> None:
    found = _hits(
        (_CLAUSE, "河汀市", 1.0),
        (_CLAUSE.replace("逐笔", "逐项"), "槐岭市", 0.9),
        ("推行延时服务和夜间窗口。", "槐岭市", 0.8),
    )
    groups = spread(found, 5)
    assert [g.hit.passage.doc for g in groups] == ["1.txt", "3.txt"]
    assert [h.passage.doc for h in groups[0].copies] == ["2.txt"]
    assert groups[1].copies == ()


def test_copies_that_the_search_folded_are_shown_too() -> None:
    reprint = passage(_CLAUSE, doc="转发.txt", region="槐岭市")
    best, near = _hits((_CLAUSE, "河汀市", 1.0), (_CLAUSE.replace("逐笔", "逐项"), "槐岭市", 0.9))
    [group] = spread([replace(best, copies=(reprint,)), near], 5)
    assert [p.doc for p in group.passages] == ["1.txt", "转发.txt", "2.txt"]


def test_places_take_turns() -> None:
    # The span of scores is 1, so a place already shown costs a fifth: .99 falls behind .95.
    found = _hits(
        ("河汀推行夜间窗口。", "河汀市", 1.0),
        ("建立红黑榜并张榜公布。", "河汀市", 0.99),
        ("组建志愿服务总队三支。", "槐岭市", 0.95),
        ("错时开放机关停车泊位。", "沙柳市", 0.0),
    )
    order = [g.hit.passage.metadata.region for g in spread(found, 4)]
    assert order == ["河汀市", "槐岭市", "河汀市", "沙柳市"]


def test_a_far_better_passage_goes_before_another_place() -> None:
    found = _hits(
        ("河汀推行夜间窗口。", "河汀市", 1.0),
        ("建立红黑榜并张榜公布。", "河汀市", 0.99),
        ("组建志愿服务总队三支。", "槐岭市", 0.3),
    )
    assert [g.hit.passage.doc for g in spread(found, 3)] == ["1.txt", "2.txt", "3.txt"]


def test_turns_change_the_order_and_never_what_is_chosen() -> None:
    found = _hits(
        ("河汀推行夜间窗口。", "河汀市", 1.0),
        ("建立红黑榜并张榜公布。", "河汀市", 0.99),
        ("组建志愿服务总队三支。", "槐岭市", 0.98),
    )
    assert {g.hit.passage.doc for g in spread(found, 2)} == {"1.txt", "2.txt"}


def test_documents_without_a_place_take_turns_as_documents() -> None:
    found = _hits(
        ("推行夜间窗口。", "", 1.0), ("建立红黑榜并公布。", "", 0.99), ("组建志愿总队。", "", 0.98)
    )
    assert [g.hit.passage.doc for g in spread(found, 3)] == ["1.txt", "2.txt", "3.txt"]


def test_ranks_run_from_one_and_no_more_than_asked_are_shown() -> None:
    words = ("夜间窗口", "红黑榜单", "志愿总队", "包联制度", "停车泊位", "充电车棚")
    found = _hits(*((f"推行{w}。", "河汀市", 1 - n / 10) for n, w in enumerate(words)))
    assert [g.hit.rank for g in spread(found, 4)] == [1, 2, 3, 4]
