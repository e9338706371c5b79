"""Nothing is shown that its citation does not hold."""

from __future__ import annotations

from qa.answer import Citation
from qa.composition.answer_text import Composed, supported_only
from retriever.query.analysis import Scope
from tests.qa.making import passage

PLAN = passage(
    "每户补助3000元，资金由市县分担。申请5日内办结。", region="云岭省河汀市", year="2024"
)
NOWHERE = Scope((), ())


def look(*lines: str, short: str = "", scope: Scope = NOWHERE) -> Composed | None:
    text = "\n".join(f"{line}[{n}]" for n, line in enumerate(lines, start=1))
    cited = tuple(Citation(n, PLAN, 0, 8) for n in range(1, len(lines) + 1))
    return supported_only(Composed(text, short, cited), scope, lambda _: PLAN.text)


def test_what_holds_stays_as_it_is() -> None:
    found = look("每户补助3000元", "申请5日内办结。", short="3000元")
    assert found is not None
    assert found.text == "每户补助3000元[1]\n申请5日内办结。[2]"
    assert found.short_answer == "3000元"


def test_a_changed_number_is_taken_out_with_its_value_and_the_rest_numbered_anew() -> None:
    found = look("每户补助8000元", "申请5日内办结。", short="8000元")
    assert found is not None
    assert found.text == "申请5日内办结。[1]"
    assert [c.n for c in found.citations] == [1]
    assert found.short_answer == ""


def test_nothing_is_left_of_another_place_or_year() -> None:
    assert look("每户补助3000元", scope=Scope(("桂林",), ())) is None
    assert look("每户补助3000元", scope=Scope((), ("2019",))) is None
    assert look("每户补助3000元", scope=Scope(("河汀",), ("2024",))) is not None


def test_nothing_is_left_where_no_sentence_holds() -> None:
    assert look("每户不补助3000元") is None
