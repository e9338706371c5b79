"""OFD: raised marks, vertical and turned text, watermarks, hidden text, annotations, attachments."""

from __future__ import annotations

import re

import pytest

from corpus.raw import LineKind
from tests.corpus.readers.ofd_writer import (
    HEAD,
    NS,
    SIZE,
    make_ofd,
    page_xml,
    text_object,
)

TITLE = "平陵市示范园区奖励办法"
BODY = ("一、每个给予一次性奖励100万元；", "二、考核优秀的，再给予50万元追加奖励。")
COLUMNS = (
    "平陵市推进园区建设的通知",
    "一、总体要求",
    "到2025年，建成园区5个，培育企业12家，新增就业人数",
    "3600人。",
)


def texts(document, kind: LineKind = LineKind.TEXT) -> list[str]:
    return [line.text for line in document.lines if line.kind is kind]


def wide(text: str, size: float = SIZE) -> float:
    return sum(size if char > "\u2e7f" else size / 2 for char in text)


def drawn(x: float, y: float, text: str, size: float = SIZE, attribute: str = "", colour: str = ""):
    made = text_object(1, x, y, text, size)
    made = made.replace("Font=", f"{attribute} Font=", 1)
    fill = f'<ofd:FillColor Value="{colour}"/>' if colour else ""
    return made.replace("<ofd:TextCode", f"{fill}<ofd:TextCode", 1)


def marked(x: float, y: float, text: str, size: float = SIZE) -> list[str]:
    """A line in which ``^{…}`` is raised and ``_{…}`` lowered."""
    objects = []
    for part in re.findall(r"[\^_]\{[^}]*\}|[^\^_]+", text):
        raised = part[0] in "^_"
        words, type_size = (part[2:-1], 0.6 * size) if raised else (part, size)
        rise = 0.4 * size if part[0] == "^" else -0.15 * size if raised else 0.0
        objects.append(drawn(x, y - rise, words, type_size))
        x += wide(words, type_size)
    return objects


def body(*more: str) -> bytes:
    lines = [
        drawn(25, 40, TITLE),
        *(drawn(25, 60 + 8 * i, line) for i, line in enumerate(BODY)),
    ]
    return make_ofd([page_xml([*lines, *more])])


@pytest.mark.parametrize("step", [1, -1])
def test_raised_marks_are_notes_or_exponents(read, step: int) -> None:
    objects = [
        *marked(25, 40, "常住人口^{1}1761.48万人，城镇352^{2}万人，"),
        *marked(25, 50, "流量3×10^{6}m^{3}，CO_{2}减排2^{①}万吨。"),
        *marked(25, 270, "^{1}含外来人员。", 3),
        *marked(25, 275, "2 按户籍统计。", 3),
        *marked(25, 280, "① 估算数。", 3),
    ]
    document = read("a.ofd", make_ofd([page_xml(objects[::step])]))
    assert "".join(texts(document)) == (
        "常住人口1761.48万人，城镇352万人，流量3×10⁶m³，CO₂减排2万吨。"
    )
    assert texts(document, LineKind.NOTE) == [
        "注1：含外来人员。",
        "注2：按户籍统计。",
        "注①：估算数。",
    ]


def vertical(how: str) -> list[str]:
    if how == "characters":
        return [
            drawn(180 - 8 * i, 30 + 4.6 * j, char)
            for j in range(40)
            for i, line in enumerate(COLUMNS)
            for char in line[j : j + 1]
        ]
    objects = []
    for i, line in enumerate(COLUMNS):
        steps = " ".join(["4.6"] * (len(line) - 1))
        down = f' DeltaY="{steps}"' if how == "steps" else ""
        turned = "" if how == "steps" else ' ReadDirection="90"'
        objects.append(
            f'<ofd:TextObject ID="1" Boundary="{180 - 8 * i} 30 5 200" Font="3" Size="4.2"{turned}>'
            f'<ofd:TextCode X="0" Y="4.2"{down}>{line}</ofd:TextCode></ofd:TextObject>'
        )
    return objects[::-1] if how == "backwards" else objects


@pytest.mark.parametrize("how", ["steps", "direction", "backwards", "characters"])
def test_vertical_text_is_read_from_the_right(read, how: str) -> None:
    document = read("a.ofd", make_ofd([page_xml(vertical(how))]))
    assert texts(document) == [*COLUMNS[:2], COLUMNS[2] + COLUMNS[3]]


@pytest.mark.parametrize(
    "matrix",
    ["0 1 -1 0 210 0", "-1 0 0 -1 210 297", "0 -1 1 0 0 297"],
    ids=["right", "over", "left"],
)
def test_turned_text_is_read_as_it_runs(read, matrix: str) -> None:
    lines = ("平陵市通知标题", "一、总体要求", "到2025年建成5个。")
    objects = [
        f'<ofd:TextObject ID="1" Boundary="0 0 210 297" CTM="{matrix}" Font="3" Size="4.2">'
        f'<ofd:TextCode X="30" Y="{40 + 10 * i}" DeltaX="g {len(line) - 1} 4.2">{line}'
        "</ofd:TextCode></ofd:TextObject>"
        for i, line in enumerate(lines)
    ]
    assert texts(read("a.ofd", make_ofd([page_xml(objects)]))) == list(lines)


@pytest.mark.parametrize(
    "hidden",
    [
        drawn(25, 100, "白色888万元", colour="255 255 255"),
        drawn(25, -50, "页外777万元"),
        drawn(25, 110, "透明666万元", attribute='Alpha="0"'),
        drawn(25, 120, "无填充555万元", attribute='Fill="false"'),
        drawn(25, 130, "隐藏444万元", attribute='Visible="false"'),
        drawn(25, 140, "零号333万元", size=0.01),
    ],
)
def test_text_nobody_sees_is_left_out_and_reported(read, hidden: str) -> None:
    document = read("a.ofd", body(hidden))
    assert texts(document) == [TITLE, *BODY]
    assert document.warnings[0].startswith("第 1 页有看不见的文字")


@pytest.mark.parametrize(
    "mark",
    [
        drawn(40, 64, "平陵市政府内部资料", colour="217 217 217"),
        drawn(40, 70, "内部资料", 20, colour="190 190 190"),
        drawn(40, 150, "仅供参考", attribute='Alpha="40"'),
    ],
    ids=["between lines", "large", "transparent"],
)
def test_watermarks_go(read, mark: str) -> None:
    document = read("a.ofd", body(mark))
    assert texts(document) == [TITLE, *BODY]
    assert document.warnings == ("已略去水印文字",)


def test_grey_words_and_white_ones_on_a_dark_ground_stay(read) -> None:
    ground = (
        '<ofd:PathObject ID="9" Boundary="20 195 100 10" Fill="true"><ofd:FillColor '
        'Value="200 0 0"/><ofd:AbbreviatedData>M 0 0 L 9 9</ofd:AbbreviatedData></ofd:PathObject>'
    )
    words = (
        drawn(25, 90, "其中"),
        drawn(25 + wide("其中"), 90, "重点园区", colour="150 150 150"),
        drawn(25 + wide("其中重点园区"), 90, "上浮20%。"),
    )
    document = read("a.ofd", body(*words, ground, drawn(25, 202, "栏目", colour="255 255 255")))
    assert texts(document) == [TITLE, *BODY, "其中重点园区上浮20%。", "栏目"]
    assert document.warnings == ()


def test_characters_drawn_three_times_are_read_once(read) -> None:
    text = "高高兴兴11家，2.5亿元……"
    document = read("a.ofd", body(*(drawn(25 + x, 100, text) for x in (0, 0.25, 0.5))))
    assert texts(document) == [TITLE, *BODY, text]


def test_radicals_are_read_as_characters(read) -> None:
    document = read("a.ofd", make_ofd([[(25, 40, "⻄⻢市⼈⺠政府⻋辆检验")]]))
    assert texts(document) == ["西马市人民政府车辆检验"]


def test_columns_near_each_other_are_read_one_after_the_other(read) -> None:
    articles = (
        "第{n}条 为了加强公共数据资源管理，促进开放和开发利用，根据有关法律法规制定本办法。",
        "第{n}条 市数据局负责公共数据的统筹管理，每季度通报一次归集情况。",
        "第{n}条 各部门应当在二十个工作日内完成目录编制工作。",
    )
    whole = [articles[i % 3].format(n="一二三四五六"[i]) for i in range(6)]
    placed = []
    for side in range(2):
        lines = [
            text[i : i + 18] for text in whole[3 * side :][:3] for i in range(0, len(text), 18)
        ]
        x = 25 + side * (18 * SIZE + 5)
        placed += [(x, 50 + 7 * row, line) for row, line in enumerate(lines)]
    by_row = sorted(placed, key=lambda item: item[1])
    document = read("a.ofd", make_ofd([[(60, 30, TITLE), *by_row]]))
    assert texts(document) == [TITLE, *whole]


def with_extras(annotations: str, attachments: str, **parts: bytes | str) -> bytes:
    """One page with annotations and attachments; ``parts`` by name under Doc_0."""
    document = (
        f"{HEAD}<ofd:Document {NS}><ofd:CommonData/><ofd:Pages>"
        '<ofd:Page ID="100" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
        "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
        "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>"
    )
    listed = (
        f'{HEAD}<ofd:Annotations {NS}><ofd:Page PageID="100"><ofd:FileLoc>a.xml</ofd:FileLoc>'
        "</ofd:Page></ofd:Annotations>"
    )
    return make_ofd(
        [[(25, 40, TITLE)]],
        parts={
            "Doc_0/Document.xml": document,
            "Doc_0/Annots/Annotations.xml": listed,
            "Doc_0/Annots/a.xml": f"{HEAD}<ofd:PageAnnot {NS}>{annotations}</ofd:PageAnnot>",
            "Doc_0/Attachs/Attachments.xml": f"{HEAD}<ofd:Attachments {NS}>{attachments}"
            "</ofd:Attachments>",
            **{f"Doc_0/Attachs/{name}": content for name, content in parts.items()},
        },
    )


def test_annotations_and_attachments_are_read_or_named(read) -> None:
    def annotation(kind: str, text: str, y: float, more: str = "") -> str:
        return (
            f'<ofd:Annot ID="1" Type="{kind}"{more}><ofd:Appearance Boundary="10 {y} 100 20">'
            f"{text_object(2, 5, 10, text)}</ofd:Appearance></ofd:Annot>"
        )

    def attachment(name: str, place: str) -> str:
        return (
            f'<ofd:Attachment ID="1" Name="{name}"><ofd:FileLoc>{place}</ofd:FileLoc>'
            "</ofd:Attachment>"
        )

    data = with_extras(
        annotation("Stamp", "更正：资金3.5亿元", 60)
        + annotation("Watermark", "内部资料", 90)
        + annotation("Highlight", "看不见的批注", 120, ' Visible="false"'),
        attachment("补贴标准", "f.txt") + attachment("程序.exe", "g.exe"),
        **{"f.txt": "上限5000元。", "g.exe": b"MZ"},
    )
    document = read("a.ofd", data)
    assert [text for text in texts(document) if text] == [
        TITLE,
        "更正：资金3.5亿元",
        "上限5000元。",
    ]
    assert document.warnings == (
        "附件“补贴标准.txt”的内容接在正文后面",
        "附件“程序.exe”没有读入：不支持的格式 .exe",
    )


def test_a_shared_template_gives_its_labels_on_every_page_but_no_header(read) -> None:
    pages = [[(25, 100, "第一页内容。")], [(25, 100, "第二页内容。")]]
    data = make_ofd(pages, template=[(80, 15, "平陵市公报"), (25, 80, "申报单位：")])
    document = read("a.ofd", data)
    assert texts(document) == ["申报单位：", "第一页内容。", "申报单位：", "第二页内容。"]
    assert document.warnings == ("已略去页眉页脚：平陵市公报",)
