"""The place a document is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.load import LoadResult
from corpus.metadata.regions import find_region


def region_of(title: str, issuer: str = "", body: str = "") -> str:
    found = find_region(title, issuer, body)
    return found.path if found else ""


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("中共沈阳市委关于整改情况的通报", "辽宁省沈阳市"),
        ("河南省委巡视组反馈巡视情况", "河南省"),
        ("云岭省霖川市夜间经济方案", "云岭省霖川市"),
        ("霖川市文明城市创建工作简报", "霖川市"),
        ("云埠县推进乡镇便民服务标准化的方案", "云埠县"),
        ("关于印发霖州市养老服务方案的通知", "霖州市"),
        ("做好霖川市防汛工作的通知", "霖川市"),
        ("在霖川市创建全国文明城市推进会上的讲话", "霖川市"),
        ("霖川市沙岭区松涛街道2024年工作方案", "霖川市沙岭区松涛街道"),
        ("朝阳市委整改通报", "辽宁省朝阳市"),
        ("辽宁省朝阳市养老服务方案", "辽宁省朝阳市"),
        ("中共辽宁省朝阳市双塔区委关于整改情况的通报", "辽宁省朝阳市双塔区"),
        ("北京市朝阳区养老服务方案", "北京市朝阳区"),
        ("河北石家庄市场监管工作要点", "河北省石家庄市"),
        ("沈阳市沙岭区养老服务方案", "辽宁省沈阳市沙岭区"),
        ("延边州养老服务方案", "吉林省延边朝鲜族自治州"),
        ("泰州：小板凳大作用", "江苏省泰州市"),
        ("浙江经验材料", "浙江省"),
        ("宁夏：设立传染病隔离区", "宁夏回族自治区"),
        ("仙桃市养老服务方案", "湖北省仙桃市"),
        ("汕头经济特区消防条例", "广东省汕头市"),
    ],
)
def test_the_title_names_the_region(title: str, region: str) -> None:
    assert region_of(title) == region


@pytest.mark.parametrize(
    "title",
    [
        "关于加强机关办公区管理的通知", "推进新型城镇化工作要点", "全市老旧小区改造方案", "创建全国文明城市工作方案",
        "关于支持贫困县发展的意见", "改善主城区停车秩序的通知", "经济技术开发区考核办法", "法治政府建设示范市活动总结", "建材市场整治方案", "夯实城市管理基础工作要点",
    ],
)  # fmt: skip
def test_words_that_only_look_like_places_are_none(title: str) -> None:
    assert region_of(title) == ""


def test_a_citys_short_name_opens_a_title_when_the_body_names_it_in_full() -> None:
    title = "深圳数据条例"
    assert region_of(title, "", "深圳市人民政府负责本条例的实施。") == "广东省深圳市"
    assert region_of(title, "", "本条例自印发之日起施行。") == ""


def test_a_district_of_a_name_that_many_have_stays_without_a_path() -> None:
    assert region_of("鼓楼区养老服务方案") == "鼓楼区"
    assert region_of("鼓楼区养老服务方案", "", "南京市统一部署。") == "江苏省南京市鼓楼区"


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("东营市湿地城市建设条例", "山东省东营市"),
        ("宁波市旅游景区条例", "浙江省宁波市"),
        ("上海市郊区养老方案", "上海市"),
        ("彭水苗族土家族自治县城乡建设方案", "重庆市彭水苗族土家族自治县"),
    ],
)
def test_words_behind_a_place_are_no_place_below_it(title: str, path: str) -> None:
    assert region_of(title) == path


def test_a_region_knows_the_words_that_name_it() -> None:
    named = find_region("中共辽宁省朝阳市委关于整改的通报", "", "")
    assert named is not None
    assert ("中共辽宁省朝阳市委关于整改的通报"[named.start : named.end], named.named_in) == (
        "辽宁省朝阳市",
        "title",
    )
    body = "全市部署。营口市召开会议，营口市强调。"
    counted = find_region("", "", body)
    assert counted is not None
    assert (body[counted.start : counted.end], counted.start) == ("营口市", body.index("营口市"))


def test_the_issuer_names_the_region_where_the_title_does_not() -> None:
    assert region_of("养老服务方案", "云埠县民政局", "") == "云埠县"


def test_the_body_completes_a_real_place_upwards() -> None:
    body = "设立桦甸市明桦街道网格中心。"
    assert region_of("明桦街道2024年工作方案", "", body) == "吉林省吉林市桦甸市明桦街道"


@pytest.mark.parametrize(
    ("body", "region"),
    [
        ("根据沧澜省霖川市云埠县的统一部署，抓好落实。", "沧澜省霖川市云埠县"),
        ("霖川市云埠县地处山区。", "霖川市云埠县"),
        ("本县地处山区。", "云埠县"),
        ("经市政府同意设立云埠县专班。", "云埠县"),
    ],
)
def test_the_body_completes_an_invented_place_as_far_as_it_says(body: str, region: str) -> None:
    assert region_of("云埠县夜间经济方案", "", body) == region


def test_without_title_and_issuer_the_place_named_by_far_most_often_counts() -> None:
    assert region_of("", "", "营口市召开会议。营口市强调。营口市部署。") == "辽宁省营口市"
    assert region_of("", "", "营口市召开会议。盘锦市强调。营口市部署。盘锦市落实。") == ""
    assert region_of("", "", "**市召开会议。营口市强调。**市部署。营口市落实。") == ""


def test_regions_of_the_real_documents(
    seeds: dict[str, LoadResult], compilation: tuple[Document, ...]
) -> None:
    assert seeds["001"].documents[0].metadata.region == "吉林省吉林市桦甸市明桦街道"
    assert [d.metadata.region for d in compilation] == [
        "河南省", "天津市", "天津市", "辽宁省朝阳市", "山东省德州市", "辽宁省抚顺市", "辽宁省盘锦市", "辽宁省沈阳市", "辽宁省营口市",
    ]  # fmt: skip
    assert [d.metadata.region for d in seeds["004"].documents] == [
        "江苏省", "江苏省泰州市", "江苏省南通市如东县", "江苏省扬州市宝应县",
    ]  # fmt: skip


@given(st.text(alphabet="省市县区街道镇乡霖川沈阳云埠推进的“《", max_size=30), st.text(max_size=20))
def test_finding_a_region_never_raises(title: str, body: str) -> None:
    assert isinstance(region_of(title, title[:5], body + title), str)


@given(st.text(alphabet="省市县区街道镇乡霖川沈阳云埠推进的“《", max_size=30), st.text(max_size=20))
def test_the_words_of_a_region_lie_within_their_text(title: str, body: str) -> None:
    found = find_region(title, title[:5], body)
    if found:
        source = {"title": title, "issuer": title[:5], "body": body}[found.named_in]
        assert 0 <= found.start < found.end <= len(source)
