"""Pages that look a little like tables and hold none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.corpus.readers.tables.drawn_tables import Sheet, width_of, wrapped

PROSE = (
    "为深入贯彻落实党中央国务院决策部署进一步优化营商环境激发市场主体活力结合本市实际制定本实施方案。各县区各部门要提高政治站位"
    "切实加强组织领导明确任务分工细化工作措施确保各项任务落到实处。到2025年底前完成率达到百分之九十五以上，投入资金2.5亿元，新增就业3600人。"
) * 8
_NUMERALS = "一二三四五六七八九十"


def _text(sheet: Sheet, top: float, lines: int, size: float = 12) -> None:
    for i, line in enumerate(wrapped(PROSE, 475, size)[:lines]):
        sheet.text(60, top + i * 22, line, size)


def _box(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
    sheet.lines += [(left, top, right, top), (left, bottom, right, bottom)]
    sheet.lines += [(left, top, left, bottom), (right, top, right, bottom)]


def _columns(sheet: Sheet, count: int, width: float, gap: float, is_ruled: bool) -> None:
    lines = wrapped(PROSE * 2, width, 10.5)
    for column in range(count):
        for i in range(38):
            x = 60 + column * (width + gap)
            sheet.text(x, 100 + i * 16, lines[(column * 38 + i) % len(lines)])
    if is_ruled:
        right = 60 + count * (width + gap)
        sheet.lines += [(60, 80, right, 80), (60, 720, right, 720)]


def _letterhead(sheet: Sheet) -> None:
    sheet.text(60, 100, "平陵市发展和改革委员会", 20)
    sheet.text(60, 130, "平陵市财政局", 20)
    sheet.text(400, 115, "文件", 24)
    sheet.text(60, 155, "平发改〔2024〕26号", 12)
    sheet.text(400, 155, "签发人：张明远", 12)
    sheet.lines += [(60, 165, 535, 165), (60, 168, 535, 168)]
    _text(sheet, 200, 20)


def _notice_in_a_box(sheet: Sheet) -> None:
    _box(sheet, 55, 90, 540, 400)
    sheet.lines.append((55, 140, 540, 140))
    _text(sheet, 110, 12)


def _contents(sheet: Sheet, has_dots: bool) -> None:
    sheet.text(250, 90, "目  录", 16)
    for i in range(20):
        y, title = 120 + i * 22, f"第{_NUMERALS[i % 10]}章 关于{PROSE[i * 3 : i * 3 + 8]}"
        if has_dots:
            dots = "." * int((440 - width_of(title, 12)) / 6)
            sheet.text(60, y, f"{title}{dots} {i * 3 + 1}", 12)
        else:
            sheet.text(60, y, title, 12)
            sheet.text(520, y, str(i * 3 + 1), 12)


def _signatures(sheet: Sheet) -> None:
    _text(sheet, 100, 10)
    bodies = (
        "发展改革委",
        "财政局",
        "教育局",
        "民政局",
        "水务局",
        "住建局",
        "卫健委",
        "税务局",
        "统计局",
    )
    for i, body in enumerate(bodies):
        sheet.text(80 + i % 3 * 150, 400 + i // 3 * 22, f"平陵市{body}", 12)
    sheet.text(400, 480, "2024年5月6日", 12)


def _two_parties(sheet: Sheet) -> None:
    _text(sheet, 100, 10)
    lines = (
        "（盖章）：平陵市建工集团",
        "法定代表人：张三",
        "联系电话：0731-85201166",
        "2024年5月6日",
    )
    for i, line in enumerate(lines):
        sheet.text(80, 400 + i * 22, line, 12)
        sheet.text(320, 400 + i * 22, line, 12)


def _members(sheet: Sheet) -> None:
    sheet.text(60, 100, "领导小组组成人员名单", 16)
    rows = (
        ("组　长：", "张明远", "市长"),
        ("副组长：", "李　强", "常务副市长"),
        ("", "王晓岚", "副市长"),
        ("成　员：", "赵国栋", "市发展改革委主任"),
        ("", "陈　思", "市财政局局长"),
    )
    for i, row in enumerate(rows):
        for x, text in zip((60, 140, 220), row, strict=True):
            if text:
                sheet.text(x, 140 + i * 22, text, 12)


def _imprint(sheet: Sheet) -> None:
    _text(sheet, 100, 10)
    sheet.lines += [(60, y, 535, y) for y in (700, 722, 744)]
    sheet.text(65, 716, "抄送：市委各部门，市人大常委会办公室，市政协办公室，市法院。")
    sheet.text(65, 738, "平陵市人民政府办公室")
    sheet.text(400, 738, "2024年5月6日印发")


def _flow_chart(sheet: Sheet) -> None:
    for i, step in enumerate(
        (
            "受理申请材料",
            "审查申报条件",
            "公示审查结果",
            "作出批准决定",
            "送达批准文书",
            "归档保存材料",
        )
    ):
        x, y = 80 + i % 3 * 150, 120 + i // 3 * 100
        _box(sheet, x, y, x + 90, y + 40)
        sheet.text(x + 8, y + 24, step, 12)
        if i % 3 < 2:
            sheet.lines.append((x + 90, y + 20, x + 150, y + 20))
        if i < 3:
            sheet.lines.append((x + 45, y + 40, x + 45, y + 100))


DRAWERS: dict[str, Callable[[Sheet], None]] = {
    "two columns": partial(_columns, count=2, width=225, gap=24, is_ruled=False),
    "two near columns": partial(_columns, count=2, width=228, gap=12, is_ruled=False),
    "two columns between lines": partial(_columns, count=2, width=225, gap=24, is_ruled=True),
    "three columns": partial(_columns, count=3, width=145, gap=20, is_ruled=False),
    "letterhead": _letterhead,
    "notice in a box": _notice_in_a_box,
    "contents with dots": partial(_contents, has_dots=True),
    "contents without dots": partial(_contents, has_dots=False),
    "signatures": _signatures,
    "two parties": _two_parties,
    "members": _members,
    "imprint": _imprint,
    "flow chart": _flow_chart,
}


def page_without_table(name: str) -> list[Sheet]:
    sheet = Sheet()
    DRAWERS[name](sheet)
    return [sheet]
