"""Lines of the page, not of the document; and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given

from corpus.cleaning.boilerplate import cut_injections, drop_furniture, drop_spam, is_spam
from corpus.cleaning.report import Dropped, Tally
from corpus.language.simplification import to_simplified
from corpus.load import LoadResult
from corpus.raw import LineKind
from corpus.structure.lines import Line
from tests.corpus.conftest import LoadText
from tests.corpus.strategies import han_of, lines


def kept(*texts: str, kind: LineKind = LineKind.TEXT) -> list[str]:
    numbered = [Line(text, i, kind=kind) for i, text in enumerate(texts, start=1)]
    for rule in (drop_spam, drop_furniture, cut_injections):
        numbered = rule(numbered, Tally())
    return [line.text for line in numbered]


@pytest.mark.parametrize(
    "junk",
    [
        "##paidbegin##", "ID:1234567", "時間:2024-02-01 08:15", "上传者：小李", "关闭", "关闭窗口", "打印本页",
        "“ 你知道的” 系列№ 31", "— 12 —", "第 3 页 共 20 页", "上一篇：某市召开会议", "【广告】海景公寓首付八万起",
    ],
)  # fmt: skip
def test_furniture_of_the_page_goes(junk: str) -> None:
    assert kept("正文一句。", junk) == ["正文一句。"]


@pytest.mark.parametrize(
    "real",
    [
        "时间：2024年3月底前完成", "关闭不达标企业12家", "来源于群众的意见有31条，已办结。", "一、时间安排",
        "第3页表格由各街道填写。", "公益广告占比不低于30%",
    ],
)  # fmt: skip
def test_lines_that_begin_like_furniture_stay(real: str) -> None:
    assert kept(real) == [real]


def test_a_number_alone_is_a_page_number_in_text_and_a_value_in_a_table() -> None:
    assert kept("12") == []
    assert kept("12", kind=LineKind.TABLE_ROW) == ["12"]


@pytest.mark.parametrize(
    "spam",
    [
        "人妻少妇无码在线观看", "澳门娱乐城注册即送彩金，高清棋牌下载", "代开发票加薇信，无抵押放款", "六合彩时时彩开户送388",
    ],
)  # fmt: skip
def test_spam_goes_and_is_reported(spam: str) -> None:
    tally = Tally()
    assert drop_spam([Line(spam, 7)], tally) == []
    assert tally.report().dropped == (Dropped("spam lines", 7, spam),)


@pytest.mark.parametrize(
    "real",
    [
        "严厉打击六合彩、百家乐等网络赌博活动", "防范刷单、裸聊等电信网络诈骗", "发展成人教育，开拓欧美市场", "福利彩票和棋牌室管理",
        "掀起高潮，点燃激情",
    ],
)  # fmt: skip
def test_an_office_may_write_about_gambling_and_fraud(real: str) -> None:
    assert not is_spam(real)


def test_an_injected_phrase_is_cut_out_of_the_sentence() -> None:
    tally = Tally()
    line = Line("各街道要當前隱藏內容免費查看落實網格化管理。", 1)
    assert [x.text for x in cut_injections([line], tally)] == ["各街道要落實網格化管理。"]
    assert dict(tally.report().counts) == {"injected phrases": 1}


def test_an_editors_introduction_goes_and_a_speakers_wish_stays() -> None:
    intro = "演讲稿范文是演讲者表达观点的一种书面材料，希望能够给大家启发。"
    wish = "刚才听取了各单位的工作报告，讲得都很好，希望能够坚持下去。"
    assert kept(intro, wish) == [wish]


@given(lines)
def test_dropping_boilerplate_never_raises_and_only_cuts(text: str) -> None:
    result = kept(text)
    assert len(result) <= 1
    assert all(set(han_of(line)) <= set(han_of(text)) for line in result)


def test_no_spam_of_the_real_page_reaches_a_block(seeds: dict[str, LoadResult]) -> None:
    result = seeds["003"]
    text = "\n".join(b.text for d in result.documents for b in d.blocks)
    for trace in ("人妻", "无码", "在线观看", "上传者", "ID:", "免费查看"):
        assert trace not in to_simplified(text), trace
    assert result.report is not None
    assert [d.line for d in result.report.dropped if d.rule == "spam lines"] == [1]


def test_an_advertisement_between_two_paragraphs_heads_nothing(load_text: LoadText) -> None:
    result = load_text(
        "全县建成站点一百四十六个。\n【广告】海景公寓首付八万起，点击咨询\n一是建好队伍。\n"
    )
    (document,) = result.documents
    assert [b.text for b in document.blocks] == ["全县建成站点一百四十六个。", "一是建好队伍。"]


SENTENCE = "各位代表：现在，我代表市人民政府报告工作，请予审议。"


@pytest.mark.parametrize(
    "head",
    [
        ["下载", "打印", "全屏", "收藏", "【字号：", "加大", "还原", "减小", "】"],
        ["您的位置:", "首页", ">", "政务公开", ">", "要闻"],
        ["当前位置：首页 > 政务公开 > 要闻", "分享到：微信 微博", "听全文"],
        ["首页", "领导之窗", "互动交流", "当前位置：", "首页", ">>", "领导之窗", ">>", "工作报告"],
        ["【字体：大 中 小】 打印 关闭", "来源URL：http://www.example.gov.cn/1.html"],
        ["2026年02月10日 07时41分", "【", "打印本页", "】"],
    ],
)
def test_the_head_of_a_page_goes_and_the_text_stays(head: list[str]) -> None:
    assert kept(*head, "江源市政府工作报告", SENTENCE) == ["江源市政府工作报告", SENTENCE]


@pytest.mark.parametrize(
    "foot",
    [
        ["相关报道："],
        ["相关附件：", "标签：", "浏览次数： -", "分享", "扫码浏览", "返回顶部打印关闭"],
        ["延伸阅读", "某省明年工作思路", "某部回应热点", "商务进行时"],
        ["冀ICP备05019657号-1", "网站标识码:1306280002", "公安机关备案号：13062802000047"],
        ["友情链接：", "中国科技网", "河北大学", "主办单位：江源市科技局", "冀ICP备05019637号-2"],
        ["您访问的链接即将离开“江源市”门户网站", "是否继续？", "放弃"],
    ],
)
def test_the_foot_of_a_page_goes_and_the_text_stays(foot: list[str]) -> None:
    assert kept("江源市政府工作报告", SENTENCE, *foot) == ["江源市政府工作报告", SENTENCE]


@pytest.mark.parametrize(
    "lines_of_text",
    [
        ["企业规模", "大", "中", "小", "微型"],
        [SENTENCE, "联系我们：江源市民政局", "电话：0312-3312066"],
        [SENTENCE, "附件：1.补贴标准表", "江源市民政局", "2024年3月5日"],
        [SENTENCE, "主办单位：江源市科技局", "承办单位：江源市图书馆"],
        [SENTENCE, "一、登录网站", "二、注册账号"],
        [SENTENCE, "相关政策", "江人社规〔2020〕1号"],
        ["首页设计方案", SENTENCE],
    ],
)
def test_words_that_pages_have_too_stay_in_a_text(lines_of_text: list[str]) -> None:
    assert kept(*lines_of_text) == lines_of_text


def test_a_head_of_labels_saved_with_a_text_is_in_no_block(load_text: LoadText) -> None:
    result = load_text(
        "标题：江源市2024年政府工作报告\n发文单位：江源市人民政府\n发文时间：2024-01-08\n"
        "来源URL：http://www.example.gov.cn/1.html\n正文：\n各位代表：\n"
        "现在，我代表市人民政府报告工作，请予审议。\n成文日期：2024年1月8日\n"
    )
    (document,) = result.documents
    shown = [block.display for block in document.blocks[1:]]
    assert shown[0] == "各位代表："
    assert not [text for text in shown if "发文" in text or "http" in text]
    assert any("2024年1月8日" in text for text in shown)
