"""Exact values out of invented sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.values import find_values
from retriever.query.analysis import AnswerKind

K = AnswerKind


def values(kind: AnswerKind, text: str) -> list[str]:
    return [text[a:b] for a, b in find_values(kind, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本办法自二〇二四年三月十八日起施行", ["二〇二四年三月十八日"]),
        ("每月5日前报送进展", ["每月5日前"]),
        ("每季度末月25日前报送总结", ["每季度末月25日前"]),
        ("每年1月15日前向省厅报告", ["每年1月15日前"]),
        ("于2022年6月23日至8月22日驻点", ["2022年6月23日至8月22日"]),
        ("每月1日至20日为企业安静期", ["每月1日至20日"]),
        ("每周二、周四为无会日", ["每周二、周四"]),
        ("每月第一个星期一接访", ["每月第一个星期一"]),
        ("在2023年11月30日前出台", ["2023年11月30日前"]),
        ("统筹2018—2020年的创建", ["2018—2020年"]),
        ("动员阶段（2024年2月上旬）", ["2024年2月上旬"]),
        ("年底前完成57个小区", ["年底前"]),
        ("早市5时30分至8时开放", ["5时30分至8时"]),
        ("夜间21时至次日6时30分禁止施工", ["21时至次日6时30分"]),
        ("20xx年完成验收", ["20xx年"]),
        ("有效期2年", []),
        ("按70:30的比例分担", []),
    ],
)
def test_dates_are_found_whole(text: str, expected: list[str]) -> None:
    assert values(K.DATE, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每人联系2-3条道路", ["2-3条"]),
        ("吞吐量由50万标准箱增至80万标准箱", ["50万标准箱", "80万标准箱"]),
        ("群众满意率达97.2%", ["97.2%"]),
        ("筹措1800余万元", ["1800余万元"]),
        ("涉及100多亿元", ["100多亿元"]),
        ("价值7万多元", ["7万多元"]),
        ("服务9000余次", ["9000余次"]),
        ("涉及1.96万户、6.6万农村居民", ["1.96万户", "6.6万"]),
        ("得分不低于92分", ["不低于92分"]),
        ("流失率控制在10%以内", ["10%以内"]),
        ("80周岁以上每餐补助3元", ["80周岁以上", "3元"]),
        ("每户补助5000元至1万元", ["5000元至1万元"]),
        ("成立3-5人的专班", ["3-5人"]),
        ("提高0.5个百分点", ["0.5个百分点"]),
        ("综合得分84.6", ["84.6"]),
        ("占比百分之三十", ["百分之三十"]),
        ("全省排名第三", ["第三"]),
        ("50个工作日以内办结", ["50个工作日以内"]),
    ],
)
def test_numbers_keep_their_units_and_bounds(text: str, expected: list[str]) -> None:
    assert values(K.NUMBER, text) == expected


def test_a_date_is_no_number() -> None:
    assert values(K.NUMBER, "2022年底前新建66处") == ["66处"]


def test_a_share_is_no_number_of_points() -> None:
    assert values(K.NUMBER, "按照3:7分担") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("压缩至0.5个工作日以内", ["0.5个工作日以内"]),
        ("连续三个月零报告", ["连续三个月"]),
        ("水表连续12小时无读数", ["连续12小时"]),
        ("单户使用最长不超过10天", ["不超过10天"]),
        ("2个工作日内响应", ["2个工作日内"]),
        ("工作1-2年后提拔", ["1-2年"]),
        ("每半年一次，累计最多3年", ["每半年一次", "最多3年"]),
        ("2024年3月起，第三季度", []),
        ("80周岁老人", []),
    ],
)
def test_durations_are_no_dates_and_keep_their_bounds(text: str, expected: list[str]) -> None:
    assert values(K.DURATION, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("方砚同志兼任办公室主任", ["方砚"]),
        (
            "组长：韩小岳 市委副书记、市长\n杜若水 副市长、市公安局局长",
            ["韩小岳", "杜若水"],
        ),
        ("秘书长方砚 市发展改革委主任\n曲海棠 市审批局局长", ["方砚", "曲海棠"]),
        ("总协调人:李向军 范小征 姜立晗", ["李向军", "范小征", "姜立晗"]),
        ("组长由市长楼听泉担任，副组长由副市长邢若谷担任", ["楼听泉", "邢若谷"]),
        ("由城建办主任乐正凡具体负责", ["乐正凡"]),
        ("区委书记蔡小峰表示，将坚决整改", ["蔡小峰"]),
        ("联系人：陶晚晴 联系电话：0641-5550126", ["陶晚晴"]),
        ("由欧阳若雪担任组长", ["欧阳若雪"]),
        ("党委书记负责全面工作", []),
        ("各责任单位牵头，明确完成时限", []),
        ("推广优质、高产、多抗品种", []),
    ],
)
def test_persons_are_found_beside_their_posts_only(text: str, expected: list[str]) -> None:
    assert values(K.PERSON, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("牵头单位：市政务服务和大数据管理局", ["市政务服务和大数据管理局"]),
        ("向津澜银行股份有限公司党委反馈", ["津澜银行股份有限公司"]),
        ("办公室设在局法规股，具体办理", ["局法规股"]),
        ("充分发挥城市商业银行职能", ["城市商业银行"]),
        ("把方向、管大局、保落实", []),
        ("党的领导全面融入公司治理", []),
    ],
)
def test_organisations_are_names_without_verbs(text: str, expected: list[str]) -> None:
    assert values(K.ORGANISATION, text) == expected


def test_titles_stand_in_title_marks_or_quotation_marks() -> None:
    text = "印发《夜市管理办法》，开展“随手拍”活动"
    assert values(K.TITLE, text) == ["《夜市管理办法》", "“随手拍”活动"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("联系电话：0421—3398903", ["0421—3398903"]),
        ("拨打0421—12388举报", ["0421—12388"]),
        ("邮编：122000", ["122000"]),
        ("邮箱：zwfw@heting.example。", ["zwfw@heting.example"]),
        ("寄至河汀市兴隆区中心街16号", ["寄至河汀市兴隆区中心街16号"]),
        ("公布政府信息75227条", []),
        ("安排12000万元", []),
    ],
)
def test_contacts_are_no_counts(text: str, expected: list[str]) -> None:
    assert values(K.CONTACT, text) == expected


@given(
    st.text(
        alphabet="0123456789年月日至前一二三第每周个万元%.-—余多以内组长：李明 同志市局\n",
        max_size=60,
    )
)
def test_spans_are_in_order_within_the_text_and_do_not_overlap(text: str) -> None:
    for kind in AnswerKind:
        spans = find_values(kind, text)
        assert all(0 <= a < b <= len(text) for a, b in spans)
        assert all(x[1] <= y[0] for x, y in pairwise(spans))


def test_a_long_text_is_searched_in_bounded_time() -> None:
    # Runs that a careless expression would try over and over.
    for piece in ("市" * 5000, "1" * 5000, "每" * 5000, "一二三" * 2000, "李明 " * 2000):
        for kind in AnswerKind:
            find_values(kind, piece)
