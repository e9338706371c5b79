"""Set phrases of found passages."""

from __future__ import annotations

from indexer.passage import Passage
from retriever.precedent.formulas import bare_form, find_phrases
from tests.qa.making import passage


def _passages(*texts: str) -> list[Passage]:
    """One passage a place."""
    return [passage(t, doc=f"{n}.txt", region=f"第{n}市") for n, t in enumerate(texts)]


def _phrases(*texts: str) -> dict[str, tuple[int, int]]:
    found = find_phrases([(p, 1.0) for p in _passages(*texts)], lambda token: 1.0)
    return {p.text: (p.documents, p.places) for p in found}


def test_a_wording_of_several_places_is_a_formula() -> None:
    found = _phrases(
        "抓好“放管服”改革，减材料。", "再谈“放管服”改革。", "推动“放管服”改革，优流程。"
    )
    assert found == {"“放管服”改革": (3, 3)}


def test_a_wording_of_one_place_is_none() -> None:
    one, two = _passages("深化“放管服”改革。", "深化“放管服”改革。")
    same_place = passage(two.text, doc="又.txt", region=one.metadata.region)
    assert find_phrases([(one, 1.0), (same_place, 1.0)], lambda token: 1.0) == ()


def test_quotation_marks_make_no_other_formula_and_the_usual_typing_is_shown() -> None:
    found = _phrases("谈“放管服”改革。", "说放管服改革。", "看“放管服”改革。")
    assert found == {"“放管服”改革": (3, 3)}


def test_a_part_of_a_longer_formula_is_left_out() -> None:
    found = _phrases("落实重大问题亲自过问。", "坚持重大问题亲自过问。")
    assert "重大问题亲自过问" in found
    assert not any(part in found for part in ("重大问题", "亲自过问", "问题亲自过问"))


def test_a_formula_does_not_begin_or_end_inside_a_word_or_on_a_joining_word() -> None:
    found = _phrases("抓全面从严治党的责任不放松。", "把全面从严治党的责任扛起来。")
    assert all(not text.endswith("的") and not text.startswith("的") for text in found)
    assert all("面从严" not in text or text.startswith("全") for text in found)


def test_a_sentence_copied_whole_gives_no_formulas() -> None:
    clause = "成立由市级领导担任组长的优化营商环境专项整改工作领导小组"
    assert _phrases(f"{clause}。", f"{clause}。") == {}


def test_half_a_phrase_is_none() -> None:
    # 「建立整改」 always goes on, with another word each time.
    found = _phrases("建立整改台账三本。", "建立整改方案两个。", "建立整改专班四支。")
    assert "建立整改" not in found


def test_numbers_and_their_units_are_no_part_of_a_formula() -> None:
    found = _phrases("每人每月补助200元运营补贴。", "每床每月补助300元运营补贴。")
    assert "运营补贴" in found and not any("元" in text for text in found)


def test_variants_of_a_better_formula_are_left_out() -> None:
    found = _phrases(
        "履行第一责任人责任。", "扛起第一责任人责任。", "落实第一责任人责任。",
        "明确第一责任人职责。", "压实第一责任人职责。",
    )  # fmt: skip
    assert [text for text in found if "第一责任人" in text] == ["第一责任人责任"]


def test_the_formula_of_most_places_comes_first() -> None:
    found = _phrases("一岗双责，挂图作战。", "一岗双责，挂图作战。", "一岗双责。", "一岗双责。")
    assert list(found) == ["一岗双责", "挂图作战"]


def test_a_formula_of_passages_that_weigh_more_comes_first() -> None:
    heavy, light = _passages("一岗双责。", "一岗双责。"), _passages("挂图作战。", "挂图作战。")
    weighed = [(p, 0.1) for p in light] + [(p, 0.9) for p in heavy]
    assert [p.text for p in find_phrases(weighed, lambda token: 1.0)] == ["一岗双责", "挂图作战"]


def test_passages_that_weigh_nothing_count_for_the_draft_s_own_formulas_only() -> None:
    weighed = [(p, 0.0) for p in _passages("一岗双责，挂图作战。", "一岗双责，挂图作战。")]
    assert find_phrases(weighed, lambda token: 1.0) == ()
    found = find_phrases(weighed, lambda token: 1.0, draft="严格落实“一岗双责”")
    assert [p.text for p in found] == ["一岗双责"]


def test_no_passages_have_no_formulas() -> None:
    assert find_phrases([], lambda token: 1.0) == ()


def test_the_bare_form_is_without_quotation_marks() -> None:
    assert bare_form("「放管服」改革") == bare_form("“放管服”改革") == "放管服改革"
