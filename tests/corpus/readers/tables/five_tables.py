"""Five tables as they are met, and what their cells are: (head, value), row by row."""

from __future__ import annotations

from tests.corpus.readers.tables.drawn_tables import LEFT, TOP, Cell, Sheet, Style, draw

Rows = list[list[tuple[str, str]]]

_BUDGET = [
    ("一、税收收入", "1,204,500", "1,310,000", "1,298,764", "99.1%"),
    ("其中：增值税", "486,200", "520,000", "531,408", "102.2%"),
    ("企业所得税", "213,050", "230,000", "219,377", "95.4%"),
    ("个人所得税", "58,310", "60,000", "61,992", "103.3%"),
    ("二、非税收入", "402,118", "390,000", "411,250", "105.4%"),
    ("专项收入", "97,640", "95,000", "99,031", "104.2%"),
    ("罚没收入", "31,205", "30,000", "28,876", "96.3%"),
    ("收入合计", "1,606,618", "1,700,000", "1,710,014", "100.6%"),
]
_TASKS = [
    (
        "1",
        "推进企业开办“一网通办”，将开办时间压缩至0.5个工作日以内，首套印章刻制费用由财政承担",
        "市市场监管局、市公安局、市税务局",
        "2025年3月底",
    ),
    (
        "2",
        "工程建设项目审批时限压减至60个工作日以内，推行并联审批和告知承诺制",
        "市住房城乡建设局",
        "2025年9月底",
    ),
    (
        "3",
        "不动产登记一般业务1个工作日办结，抵押登记当日办结；存量房转移登记与水电气过户联动办理",
        "市自然资源局、市水务局、市供电公司",
        "2025年6月底",
    ),
    ("4", "清理拖欠中小企业账款，建立台账，逐笔销号", "市工业和信息化局", "持续推进"),
]
_CONTACTS = [
    ("东城区政务服务中心", "李明远", "0731-85201166", "08:30-17:30"),
    ("西郊区政务服务中心", "王晓岚", "0731-85203377", "09:00-17:00"),
    ("北山县便民服务站", "赵国栋", "0731-85205588", "08:30-17:00"),
    ("南湖县便民服务站", "陈思齐", "0731-85207799", "09:00-17:30"),
    ("柳林县便民服务站", "周海燕", "0731-85209900", "08:00-17:00"),
]
_BEDS = [
    ("东城区", "12", "1800", "260", "82.5"),
    ("西郊区", "9", "1250", "190", "79.3"),
    ("北山县", "15", "2100", "310", "90.1"),
    ("南湖县", "7", "860", "120", "66.0"),
    ("柳林县", "11", "1430", "205", "71.8"),
    ("合计", "54", "7440", "1085", "79.6"),
]
_PLACES = ("滨河路", "城南大道", "青石街", "文昌巷", "柳林路", "和平街", "新华路", "解放西路")
_WORKS = ("雨污分流改造", "老旧小区整治", "道路提升", "停车场建设", "公园绿化", "供热管网更新")
_LONG = [
    (
        str(i + 1),
        f"{_PLACES[i % 8]}{_WORKS[i % 6]}工程"
        + ("（含沿线架空线缆入地、路灯更换和无障碍设施改造）" if i % 7 == 3 else ""),
        ("市住建局", "市城管局", "市水务局、市住建局")[i % 3],
        f"{800 + 37 * i}",
        f"2025年{i % 12 + 1}月",
    )
    for i in range(80)
]


def _records(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Rows:
    return [list(zip(heads, row, strict=True)) for row in rows]


def budget(style: Style) -> tuple[list[Sheet], Rows]:
    """Two head rows, caption, unit line."""
    sheet = Sheet()
    sheet.text(LEFT, TOP, "2024年，全市财政收支执行情况总体良好，收入完成预算，具体情况如下。")
    sheet.text(LEFT + 120, TOP + 30, "表1 2024年全市一般公共预算收入执行情况")
    sheet.text(LEFT + 390, TOP + 48, "单位：万元")
    head = [
        [Cell("项目", 2), Cell("2023年决算数", 2), Cell("2024年", 1, 2), Cell("完成预算的比例", 2)],
        [Cell("预算数"), Cell("执行数")],
    ]
    rows = [*head, *([Cell(text) for text in row] for row in _BUDGET)]
    end = draw([sheet], rows, (130, 85, 85, 85, 85), style, 2, y=TOP + 58)
    sheet.text(LEFT, end + 24, "从支出看，教育、卫生健康和社会保障支出得到较好保障，占比继续提高。")
    heads = ("项目", "2023年决算数", "2024年预算数", "2024年执行数", "完成预算的比例")
    return [sheet], _records(heads, _BUDGET)


def tasks(style: Style) -> tuple[list[Sheet], Rows]:
    """Wrapped cells, and a cell over two rows."""
    sheet = Sheet()
    sheet.text(LEFT + 150, TOP, "平陵市优化营商环境任务分工表", 14)
    heads = ("类别", "序号", "任务", "责任单位", "完成时限")
    kinds = ("市场准入", "市场准入", "要素保障", "要素保障")
    rows: list[list[Cell | str]] = [list(heads)]
    for i, row in enumerate(_TASKS):
        rows.append([*([Cell(kinds[i], 2)] if i % 2 == 0 else []), *row])
    draw([sheet], rows, (60, 35, 190, 110, 80), style, 1, y=TOP + 20)
    full = [(kind, *row) for kind, row in zip(kinds, _TASKS, strict=True)]
    return [sheet], _records(heads, full)


def contacts(style: Style) -> tuple[list[Sheet], Rows]:
    """Telephone numbers and hours."""
    sheet = Sheet()
    sheet.text(LEFT + 130, TOP, "全市政务服务中心联系方式", 14)
    heads = ("单位名称", "联系人", "联系电话", "办公时间")
    end = draw([sheet], [heads, *_CONTACTS], (160, 90, 120, 100), style, 1, y=TOP + 24)
    sheet.text(
        LEFT, end + 30, "群众可以在办公时间内拨打上述电话咨询，也可以通过政务服务网预约办理。"
    )
    return [sheet], _records(heads, _CONTACTS)


def beds(style: Style) -> tuple[list[Sheet], Rows]:
    """Numbers."""
    sheet = Sheet()
    sheet.text(LEFT, TOP, "各县区养老机构运行情况见表2，护理床位的使用率总体上升。")
    sheet.text(LEFT + 150, TOP + 30, "表2 2024年各县区养老机构情况")
    heads = ("县区", "机构数（家）", "床位数（张）", "护理员（人）", "使用率（%）")
    end = draw([sheet], [heads, *_BEDS], (90, 95, 95, 95, 95), style, 1, y=TOP + 40)
    sheet.text(LEFT, end + 16, "注：使用率为年末在住老人数与床位数之比。", 9)
    sheet.text(LEFT, end + 40, "下一步，要继续优化布局，加强农村养老服务设施建设和运营管理。")
    return [sheet], _records(heads, _BEDS)


def projects(style: Style, repeat: bool) -> tuple[list[Sheet], Rows]:
    """Eighty rows over three pages."""
    sheets = [Sheet()]
    sheets[0].text(LEFT + 140, TOP, "平陵市2025年重点建设项目清单", 14)
    heads = ("序号", "项目名称", "责任单位", "投资额（万元）", "完成时限")
    draw(sheets, [heads, *_LONG], (40, 190, 100, 85, 75), style, 1, y=TOP + 20, repeat=repeat)
    return sheets, _records(heads, _LONG)
