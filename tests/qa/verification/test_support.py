"""A sentence is shown only if the passages it cites hold it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.structure.sentences import sentence_spans
from qa.verification.support import Support, check_support
from retriever.query.analysis import Scope
from tests.qa.making import passage

LINES = (
    "企业开办时间由3个工作日压缩至0.5个工作日以内，新开办企业首套四枚印章费用由财政承担。"
    "社会投资项目审批时间控制在40个工作日以内，不得收取任何费用。组长：卢向晚 市委常委、副市长。\n"
    "到2024年底前，全市建成夜间消费街区12条，引进小店、餐饮企业86家，占比98.5%，"
    "资金1800余万元。《夜市管理办法》由市商务局印发。"
)
HETING = passage(
    LINES, title="河汀市2024年优化营商环境方案", region="河汀市", year="2024", headings=("三、支持措施",)
)  # fmt: skip
HUAILING = passage(
    "企业开办时间压缩至4小时，审批时间控制在35个工作日。",
    doc="乙.txt", title="槐岭市优化营商环境方案", region="槐岭市", year="2023",
)  # fmt: skip


def quoted(found: Support) -> list[str]:
    return [(HETING, HUAILING)[g.n].text[slice(*g.span)] for g in found.spans]


@pytest.mark.parametrize("span", [s for s in sentence_spans(LINES) if LINES[slice(*s)].strip()])
def test_a_sentence_of_the_passage_holds(span: tuple[int, int]) -> None:
    found = check_support(LINES[slice(*span)], [HETING])
    assert (found.is_supported, found.reason) == (True, "")
    assert quoted(found)[0] in LINES[slice(*span)]


@pytest.mark.parametrize(
    "sentence",
    [
        "企业开办时间压缩至0.5个工作日以内",
        "企业开办时间压缩至０.50个工作日以内",
        "河汀市企业开办时间压缩至0.5个工作日以内",
        "河汀市将企业开办时间由三个工作日压缩至0.5个工作日",
        "新开办企业的首套四枚印章费用由财政承担",
        "根据方案，社会投资项目审批时间控制在四十个工作日以内，不得收取任何费用",
        "组长是卢向晚",
        "其中，引进小店和餐饮企业86家",
        "占比98.5％",
        "资金0.18余亿元",
        "《夜市管理办法》由市商务局印发",
        "（三、支持措施）新开办企业首套四枚印章费用由财政承担",
        "河汀市2024年优化营商环境方案规定，社会投资项目审批时间控制在40个工作日以内",
        "河汀市到2024年底前建成夜间消费街区12条",
        "到2024年底前，引进小店、餐饮企业86家",
        "到二〇二四年底前，全市建成夜间消费街区12条",
    ],
)
def test_the_same_in_nearly_the_same_words_holds(sentence: str) -> None:
    assert check_support(sentence, [HETING]) == Support(
        True, "", check_support(sentence, [HETING]).spans
    )


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("企业开办时间压缩至35个工作日以内", "数字 35 不在引用的段落里"),
        ("企业开办时间压缩至5个工作日以内", "数字 5 不在引用的段落里"),
        ("企业开办时间压缩至0.5个月以内", "数字 0.5个月 的单位与引用的段落不一致"),
        ("资金1800万元", "数字 1800万元 的单位与引用的段落不一致"),
        ("占比98", "数字 98 不在引用的段落里"),
        ("到2023年底前，全市建成夜间消费街区12条", "数字 2023 不在引用的段落里"),
        ("槐岭市企业开办时间压缩至0.5个工作日以内", "“槐岭市”不在引用的段落里"),
        ("组长是卢向早", "“早”不在引用的段落里"),
        ("全市建成教育消费街区12条", "“教育”不在引用的段落里"),
        ("《夜市办法》由市商务局印发", "“夜市办法”不在引用的段落里"),
        ("未引进小店、餐饮企业86家", "“未”与引用的段落不一致"),
    ],
)
def test_what_the_passage_does_not_say_is_named(sentence: str, reason: str) -> None:
    assert check_support(sentence, [HETING]) == Support(False, reason)


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("企业开办时间压缩至3个工作日", id="the old value as the new one"),
        pytest.param("企业开办时间3个工作日", id="the old value, its 由 left out"),
        pytest.param("企业开办时间压缩至40个工作日", id="another thing's value"),
        pytest.param("首套四枚印章费用由企业承担", id="a word from elsewhere in the sentence"),
        pytest.param("收取任何费用", id="cut behind a negation"),
        pytest.param("得收取任何费用", id="cut inside a negation"),
        pytest.param("社会投资项目审批时间控制在40个工作日以内，可以收取费用", id="turned round"),
        pytest.param("企业开办时间压缩至0.5个工作日以内，不得收取任何费用", id="another's predicate"),
        pytest.param("引进餐饮企业86家", id="an item of a sum left out"),
        pytest.param("引进小店、餐饮企业86家，全市建成夜间消费街区12条", id="clauses changed about"),
        pytest.param("全市建成夜间消费街区12条，占比98.5%", id="a clause between left out"),
        pytest.param("组长：卢向晚 市委副市长", id="an item left out"),
        pytest.param("到底前，全市建成夜间消费街区12条", id="a number's unit alone"),
        pytest.param("新开办企业首套印章费用由财政承担", id="a modifier left out"),
        pytest.param("为社会投资项目审批时间", id="a statement made of a piece"),
        pytest.param("个工作日以内", id="cut behind a number"),
        pytest.param("占比98.5", id="a number without its unit"),
        pytest.param("全市建成了夜间消费街区12条", id="a plan as done"),
        pytest.param("财政由新开办企业承担", id="turned about"),
        pytest.param("好。", id="an order obeyed"),
        pytest.param("👍", id="a picture"),
        pytest.param("привет", id="another script"),
        pytest.param("。", id="no words"),
        pytest.param("", id="nothing"),
    ],
)  # fmt: skip
def test_what_twists_the_passage_does_not_hold(sentence: str) -> None:
    found = check_support(sentence, [HETING])
    assert not found.is_supported
    assert found.reason
    assert found.spans == ()


def test_a_year_from_the_title_is_not_put_before_another_years_figure() -> None:
    of = passage("2023年建成8条，建成12条。", title="2024年方案")
    assert not check_support("2024年建成8条", [of]).is_supported
    assert check_support("2024年建成8条", [passage("建成8条。", title="2024年方案")]).is_supported


def test_the_documents_place_is_not_put_before_another_places_figure() -> None:
    of = passage("学习槐岭市经验，开办时间压缩至4小时。", title="方案", region="河汀市")
    assert not check_support("河汀市开办时间压缩至4小时", [of]).is_supported


def test_a_comparison_holds_where_each_part_names_its_place() -> None:
    both = [HETING, HUAILING]
    right = "河汀市企业开办时间压缩至0.5个工作日以内，槐岭市企业开办时间压缩至4小时"
    found = check_support(right, both)
    assert quoted(found) == [
        "企业开办时间由3个工作日压缩至0.5个工作日以内",
        "企业开办时间压缩至4小时",
    ]
    assert not check_support(
        "槐岭市企业开办时间压缩至0.5个工作日以内，河汀市压缩至4小时", both
    ).is_supported
    assert not check_support(
        "企业开办时间压缩至0.5个工作日以内，审批时间控制在35个工作日", both
    ).is_supported


def test_only_the_passage_that_holds_a_sentence_is_its_ground() -> None:
    found = check_support("审批时间控制在35个工作日", [HETING, HUAILING])
    assert [span.n for span in found.spans] == [1]


def test_a_passage_of_another_place_or_year_holds_nothing() -> None:
    sentence = "企业开办时间压缩至4小时"
    assert (
        check_support(sentence, [HUAILING], Scope(("河汀",), ())).reason
        == "问的是河汀，引用的段落不是"
    )
    assert (
        check_support(sentence, [HUAILING], Scope((), ("2024",))).reason
        == "问的是2024年，引用的段落是2023年的"
    )
    assert check_support(sentence, [HUAILING], Scope(("槐岭",), ("2023",))).is_supported
    other = check_support(sentence, [HUAILING], Scope((), ("2024",)), lambda _: "2024年工作总结")
    assert other.is_supported


def test_the_numbers_of_articles_and_points_are_no_words_of_them() -> None:
    of = passage("第十条 既有住宅加装电梯，每部补助20万元。\n三是选聘巷长90名。", region="河汀市")
    assert check_support("河汀市既有住宅加装电梯，每部补助20万元", [of]).is_supported
    assert check_support("河汀市选聘巷长90名", [of]).is_supported


def test_what_stands_in_brackets_may_be_left_out_whole() -> None:
    of = passage("由市商务局（市市场监督管理局配合）负责发放补助，补助（不含税）3000元。")
    assert check_support("由市商务局负责发放补助", [of]).is_supported
    assert not check_support("由市商务局（市市场管理局配合）负责发放补助", [of]).is_supported
    assert not check_support("补助3000元", [of]).is_supported


def test_nothing_cited_holds_nothing() -> None:
    assert check_support("企业开办时间压缩至4小时", []) == Support(False, "没有引用段落")


def test_traditional_characters_are_those_of_the_original() -> None:
    text, display = "围绕着“灯火”工程，新增车位430个。", "圍繞著「燈火」工程，新增車位430個。"
    of = passage(text, display)
    assert all(check_support(words, [of]).is_supported for words in (text, display))


CHARACTERS = st.text(alphabet="市县补助夜街区建成引进资金办理公示监督审批", min_size=2, max_size=6)
CLAUSE = st.tuples(CHARACTERS, st.integers(1, 99999), st.sampled_from("天元家条%人"), CHARACTERS)
TEXT = st.lists(
    st.lists(CLAUSE.map(lambda c: f"{c[0]}{c[1]}{c[2]}{c[3]}"), min_size=1, max_size=3).map(
        lambda clauses: "，".join(clauses) + "。"
    ),
    min_size=1,
    max_size=4,
)


@given(TEXT, st.data())
def test_any_sentence_holds_and_with_any_digit_changed_does_not(
    sentences: list[str], data: st.DataObject
) -> None:
    of = passage("".join(sentences))
    sentence = data.draw(st.sampled_from(sentences))
    assert check_support(sentence, [of]).is_supported
    places = [i for i, c in enumerate(sentence) if c.isdigit()]
    at = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != sentence[at]]))
    changed = sentence[:at] + digit + sentence[at + 1 :]
    # 「3天」 with 「23天」 in the passage, or another clause of the same words, is said after all.
    clause = next(c for c in changed.split("，") if c not in sentence.split("，"))
    assume(clause.strip("。") not in of.text)
    assert not check_support(changed, [of]).is_supported


@given(TEXT, st.sampled_from(["不", "未", "无", "禁止"]), st.data())
def test_a_negation_put_in_anywhere_does_not_hold(
    sentences: list[str], negation: str, data: st.DataObject
) -> None:
    sentence = data.draw(st.sampled_from(sentences))
    at = data.draw(st.integers(0, len(sentence) - 1))
    assert not check_support(
        sentence[:at] + negation + sentence[at:], [passage("".join(sentences))]
    ).is_supported


@given(st.text(max_size=80), st.text(max_size=80))
def test_proving_never_raises(sentence: str, text: str) -> None:
    check_support(sentence, [passage(text)])


@pytest.mark.timeout(60)  # trying every place for every word would take hours
@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("又" * 5000, "又" * 20000),
        ("又，" * 2000, "又，" * 5000),
        ("又有" * 60, ("又有" * 140 + "，") * 30),
        ("甲1，" * 12, "甲1，" * 3000),
        ("甲" * 100 + "又" * 20, "又甲" * 5000),
    ],
)
def test_whatever_a_model_babbles_is_checked(sentence: str, text: str) -> None:
    assert check_support(sentence + "丙", [passage(text)]).reason, "丙 stands nowhere in it"
