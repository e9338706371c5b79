"""Five tables as offices write them: a budget, tasks, contacts, standards of subsidies, statistics."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.structure.tables import TableCell

#: A text, a text over (columns, rows), or None where an upper cell reaches down.
Given = str | tuple[str, int, int] | None


@dataclass(frozen=True)
class Sheet:
    """A table with the title and the line above it, and a note below.

    Attributes:
        name: of its files.
        title: of the document.
        above: lines between the title and the table.
        rows: its rows.
        heads: rows that name the columns.
        below: lines below the table.
    """

    name: str
    title: str
    above: tuple[str, ...]
    rows: tuple[tuple[Given, ...], ...]
    heads: int
    below: tuple[str, ...] = ()

    def cells(self) -> list[TableCell]:
        """Its cells with their spans."""
        made = []
        for number, row in enumerate(self.rows):
            column = 0
            for one in row:
                text, columns, rows = (one, 1, 1) if isinstance(one, str) else (one or ("", 1, 1))
                if text:
                    head = number < self.heads
                    made.append(TableCell(number, column, text, rows, columns, head))
                column += columns
        return made

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max(cell.column + cell.columns for cell in self.cells())


BUDGET = Sheet(
    "budget",
    "青澜市2024年困难群众救助资金分配表",
    ("单位：万元",),
    (
        (("县区", 1, 2), ("城市低保", 2, 1), ("农村低保", 2, 1), ("临时救助", 2, 1)),
        (None, "人数", "金额", "人数", "金额", "人次", "金额"),
        ("东城区", "3120", "1860", "415", "162", "870", "96"),
        ("西城区", "2875", "1714", "388", "151", "802", "88"),
        ("北山县", "1042", "583", "6210", "2360", "1315", "141"),
        ("南河县", "968", "541", "5874", "2232", "1290", "137"),
        ("高新区", "356", "213", "58", "23", "104", "12"),
        ("合计", "8361", "4911", "12945", "4928", "4381", "474"),
    ),
    2,
    ("注：城市低保月人均补助水平为720元。",),
)
TASKS = Sheet(
    "tasks",
    "青澜市2025年优化营商环境重点任务分工表",
    (),
    (
        ("序号", "重点任务", "责任单位", "完成时限"),
        ("1", "推进企业开办“一网通办”，将开办时间压缩至0.5个工作日以内", "市市场监管局、市公安局、市税务局", "2025年3月底"),
        ("2", "不动产登记一般业务1个工作日办结", "市自然资源局", "2025年6月底"),
        ("3", "用水用气报装实行联合踏勘", "市住房城乡建设局、市水务集团", "2025年4月底"),
        ("4", "推广电子营业执照在招投标中应用", "市公共资源交易中心", "2025年9月底"),
        ("5", "建立涉企行政检查“扫码入企”制度", "市司法局", "2025年5月底"),
        ("6", "清理拖欠中小企业账款", "市工业和信息化局、市财政局", "长期推进"),
        ("7", "开通惠企政策“免申即享”专区", "市政务服务局", "2025年10月底"),
    ),
    1,
)  # fmt: skip
CONTACTS = Sheet(
    "contacts",
    "青澜市民政局各科室联系方式",
    ("现将各科室联系方式公布如下：",),
    (
        ("科室", "主要职责", "负责人", "办公电话", "办公地点"),
        ("社会救助科", "城乡低保、特困供养、临时救助", "韩松岳", "0427-2836101", "3楼305室"),
        ("养老服务科", "养老机构备案和监管、高龄津贴", "范希征", "0427-2836112", "3楼308室"),
        ("儿童福利科", "孤儿和困境儿童保障、收养登记", "李家敏", "0427-2836125", "4楼402室"),
        ("区划地名科", "行政区划调整、地名命名更名", "邵文博", "0427-2836133", "4楼406室"),
        ("社会事务科", "婚姻登记、殡葬管理、残疾人两项补贴", "田雨禾", "0427-2836140", "2楼210室"),
        ("办公室", "文电、信访、后勤保障", "顾长风", "0427-2836100", "5楼501室"),
    ),
    1,
)  # fmt: skip
SUBSIDY = Sheet(
    "subsidy",
    "青澜市社会救助和福利补贴标准一览表",
    ("执行时间：2024年7月1日起",),
    (
        ("类别", "对象", "补贴标准（元/月）", "申请地点"),
        (("高龄津贴", 1, 3), "80—89周岁老年人", "60", "户籍所在地社区"),
        (None, "90—99周岁老年人", "150", "户籍所在地社区"),
        (None, "100周岁以上老年人", "600", "户籍所在地社区"),
        (("残疾人补贴", 1, 2), "困难残疾人生活补贴", "95", "乡镇（街道）残联"),
        (None, "重度残疾人护理补贴", "120", "乡镇（街道）残联"),
        (("孤儿养育", 1, 2), "机构集中养育孤儿", "2350", "市儿童福利院"),
        (None, "社会散居孤儿", "1780", "县（区）民政局"),
        (("特困供养", 1, 2), "城市特困人员", "1160", "乡镇人民政府"),
        (None, "农村特困人员", "845", "乡镇人民政府"),
    ),
    1,
)
STATISTICS = Sheet(
    "statistics",
    "青澜市养老床位发展情况统计",
    ("表1 各县区养老床位数（2021—2024年）", "单位：张"),
    (
        ("县区", "2021年", "2022年", "2023年", "2024年"),
        ("东城区", "1480", "1525", "1610", "1702"),
        ("西城区", "1216", "1290", "1344", "1420"),
        ("北山县", "1875", "1960", "2044", "2100"),
        ("南河县", "1690", "1731", "1788", "1835"),
        ("高新区", "310", "360", "425", "480"),
        ("全市", "6571", "6866", "7211", "7537"),
    ),
    1,
)
SHEETS = {s.name: s for s in (BUDGET, TASKS, CONTACTS, SUBSIDY, STATISTICS)}
