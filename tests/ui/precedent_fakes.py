"""What the small engine finds for drafters."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.passage import Passage
from retriever.hit import Hit
from retriever.precedent.comparison import Comparison, Piece, Version
from retriever.precedent.finder import PrecedentReport, SentencePrecedents
from retriever.precedent.formulas import FormulaUse
from retriever.precedent.likeness import Match
from retriever.precedent.selection import Precedent, by_document, facets
from retriever.spelling.corrector import Change

LONG_ADDITION = "对整改不力、敷衍应付、弄虚作假、屡改屡犯、造成不良影响并被上级通报批评的单位和个人"


def report_of(text: str, hits: Sequence[Hit], k: int) -> PrecedentReport:
    """Two precedents, the first with a copy; a sentence with and one without a precedent."""
    precedents = (Precedent(hits[0], (hits[2],)), Precedent(hits[1]))[:k]
    passages = [hit.passage for hit in hits]
    found = Match(passages[0], 0, 17, 0.8, 0.6, others=(passages[2],))
    far = Match(passages[1], 0, 4, 0.2, 0.1)
    return PrecedentReport(
        query=text,
        precedents=precedents,
        documents=by_document(precedents),
        facets=facets(passages),
        sentences=(
            SentencePrecedents("书记要履行第一责任人责任。", (found,), found),
            SentencePrecedents("发射火星探测飞船。", (), far),
        ),
        left_over=3,
        comparisons=(
            Comparison(
                "书记要履行第一责任人责任。",
                "履行第一责任人责任",
                (
                    Version(found, (Piece("切实", False), Piece("履行第一责任人责任", True))),
                    Version(
                        far, (Piece("履行第一责任人责任，", True), Piece(LONG_ADDITION, False))
                    ),
                ),
            ),
        ),
        formulas=(use_of("第一责任人责任", passages[0]),),
        changes=(Change("责壬", "责任"),),
    )


def use_of(text: str, passage: Passage) -> FormulaUse:
    """A phrase that two documents of 2023 and one without a year have; none for 火星基地."""
    if text == "火星基地":
        return FormulaUse(text, 0, (), (), (), None, None)
    return FormulaUse(
        text=text,
        documents=3,
        years=(("2021", 1), ("2023", 1)),
        regions=(("辽宁省朝阳市", 2), ("吉林省吉林市桦甸市", 1)),
        issuers=(("中共朝阳市委", 2),),
        first=passage,
        last=passage,
        found=2,
        in_draft=True,
    )
