"""Contents pages: dropped, and what they say about the texts of a file."""

from __future__ import annotations

from hypothesis import given

from corpus.cleaning.contents import take_contents
from corpus.cleaning.report import Tally
from corpus.language.simplification import bare
from corpus.structure.lines import Line
from tests.corpus.conftest import LoadText, MakeLines
from tests.corpus.strategies import texts

COMPILATION = """
材料汇编
目　录
霖川市关于推进养老服务的实施方案\t1
云埠县关于夜间经济的情况汇报\t5
霖川市关于推进养老服务的实施方案
为让老年人安享晚年，制定本方案。
云埠县关于夜间经济的情况汇报
今年以来，我县夜间经济持续回暖。
"""

ONE_TEXT = """
目　录
一、提高站位，狠抓落实\t1
二、突出重点，逐项整改\t2
（一）关于产业层次偏低的问题\t2
（二）关于学位紧张的问题\t3
三、常抓不懈，巩固成果\t5

中共霖川市委关于巡视整改进展情况的通报

根据统一部署，现将整改情况公布如下。
一、提高站位，狠抓落实
市委召开专题会议，研究整改方案。
二、突出重点，逐项整改
（一）关于产业层次偏低的问题
新引进项目十四个，总投资八十三亿元。
（二）关于学位紧张的问题
新改扩建中小学九所。
三、常抓不懈，巩固成果
对已经完成的问题定期回访，防止反弹。
中共霖川市委2023年11月20日
"""


def contents_of(lines: list[Line]) -> tuple[list[str], frozenset[str]]:
    contents = take_contents(lines, Tally())
    return [line.text for line in contents.lines], contents.titles


def test_entries_with_page_numbers_go_and_name_the_texts(make_lines: MakeLines) -> None:
    kept, titles = contents_of(make_lines(COMPILATION))
    assert kept[0] == "材料汇编"
    assert not any("\t" in line or "目" in line[:1] for line in kept)
    assert titles == {"霖川市关于推进养老服务的实施方案", "云埠县关于夜间经济的情况汇报"}


def test_a_compilation_is_split_at_the_titles_of_its_contents(load_text: LoadText) -> None:
    titles = [d.metadata.title for d in load_text(COMPILATION).documents]
    assert titles[-2:] == ["霖川市关于推进养老服务的实施方案", "云埠县关于夜间经济的情况汇报"]


def test_entries_with_dots_before_the_number_are_entries_too(make_lines: MakeLines) -> None:
    kept, titles = contents_of(
        make_lines(
            "目录\n工作方案总则部分……1\n工作方案保障部分......12\n附表说明部分····20\n正文。"
        )
    )
    assert kept == ["正文。"]
    assert len(titles) == 3


def test_numbered_entries_are_headings_of_one_text_and_split_nothing(load_text: LoadText) -> None:
    result = load_text(ONE_TEXT)
    (document,) = result.documents
    assert document.metadata.title == "中共霖川市委关于巡视整改进展情况的通报"
    assert not any(b.text.endswith(("1", "2", "3", "5")) for b in document.blocks)
    assert ("二、突出重点，逐项整改", "（一）关于产业层次偏低的问题") in {
        b.heading_path for b in document.blocks
    }


def test_an_annex_among_numbered_entries_is_no_title(make_lines: MakeLines) -> None:
    page = "目录\n一、总体要求\t1\n二、重点任务\t2\n三、保障措施\t4\n附件任务分工表\t6\n正文。"
    assert contents_of(make_lines(page)) == (["正文。"], frozenset())


def test_titles_that_all_come_again_are_the_contents_of_a_bulletin(make_lines: MakeLines) -> None:
    bulletin = """
文明创建简报
【本期要目】
沙岭区小切口疏通背街小巷堵点
云埠县让志愿服务长在村口院坝
沙岭区小切口疏通背街小巷堵点
今年以来，全区整治小巷六十七条。
云埠县让志愿服务长在村口院坝
全县建成志愿服务站一百四十六个。
"""
    kept, titles = contents_of(make_lines(bulletin))
    assert kept[:2] == ["文明创建简报", "沙岭区小切口疏通背街小巷堵点"]
    assert titles == {"沙岭区小切口疏通背街小巷堵点", "云埠县让志愿服务长在村口院坝"}


def test_lines_that_end_in_numbers_are_no_contents_without_a_heading(make_lines: MakeLines) -> None:
    text = "霖川市人口\t12\n正文第一句。\n正文第二句。"
    assert contents_of(make_lines(text))[0] == ["霖川市人口\t12", "正文第一句。", "正文第二句。"]


def test_bare_form_compares_titles_across_spaces_marks_and_script() -> None:
    assert bare("關於“一網通辦” 的 通知（試行）") == bare("关于一网通办的通知试行")


@given(texts)
def test_taking_the_contents_only_ever_drops_lines(text: list[str]) -> None:
    lines = [Line(line, i) for i, line in enumerate(text) if line.strip()]
    kept = take_contents(lines, Tally()).lines
    assert [line for line in lines if line in kept] == list(kept)


def test_points_and_signers_that_come_twice_are_no_contents(make_lines: MakeLines) -> None:
    body = "各街道要落实责任，明确时限，确保群众满意，做到应管尽管、应查尽查。" * 4
    twice = "3.对重点物资生产企业全额退还税额\n4.纳税人提供运输收入免征增值税"
    text = f"{twice}\n{body}\n{twice}\n{body}"
    assert take_contents(make_lines(text), Tally()).titles == frozenset()
    signers = "霖川市发展和改革委员会办公室\n霖川市经济和信息化局办公室"
    lines = make_lines(f"{signers}\n{body}\n{signers}")
    assert take_contents(lines, Tally()).lines == tuple(lines)


def test_a_title_over_two_lines_that_is_printed_twice_is_no_contents(make_lines: MakeLines) -> None:
    title = "关于加强园林绿化资金管理工作\n支持做好冬季养护任务的通知"
    body = "各街道要落实责任，明确时限，确保群众满意，做到应管尽管、应查尽查。" * 4
    lines = make_lines(f"{title}\n{title}\n{body}")
    assert take_contents(lines, Tally()).lines == tuple(lines)
