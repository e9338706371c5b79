"""The bodies a text is addressed to (主送机关)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.document import Block, BlockKind
from corpus.headings import find_marker, is_item
from corpus.masthead import NUMBER
from corpus.quotation import Quotation

_LONGEST = 200
#: A number may have run into the line: 「霖政发〔2024〕9号 各县人民政府：」.
_NUMBER = re.compile(NUMBER)
#: Lines between the title and the addressed bodies: number, date, who issues.
_MOST_LINES_BEFORE = 8
_LONGEST_LINE_BEFORE = 60
_BRACKETS = re.compile(r"[（(〔\[][^（）()〔〕\[\]]*[）)〕\]]")
_SEPARATOR = re.compile(r"[，、；,;\s]+")
#: How the name of a body ends.
_BODY = re.compile(
    "(?:政府|部门|单位|机构|机关|组织|团体|办公室|办公厅|[委厅局署院处室科股所站队团社会办组]|(?<![干内全外局])部"
    "|中心|社区|街道|企业|公司|集团|银行|工商联|妇联|残联|侨联|文联|社联|科协|文协|政协|人大|支部|党总支|学校|院校"
    "|高校|中学|小学|大学|幼儿园|兵团|部队|指挥部|专班|机场|海关|协会|学会|基地|媒体|机制)$"
)
#: Parts of an enumeration that are bodies beside 「各县」 only: 「各省、自治区、直辖市」.
_PLACE = re.compile("(?:[省市县区州盟旗镇乡村街]|园区|开发区|功能区|自治区|直辖市|兵团)$")
#: Nouns that name one body only with more words before them.
_BARE = re.compile(
    "(?:领导|工作)?(?:政府|部门|单位|机构|机关|组织|团体|办公室|小组|中心|社区|街道|乡镇|企业|公司|学校|党委|党组|支部|专班|委员会|指挥部)"
)
_ALL_OF = re.compile("各|有关|相关")
#: People are greeted; lead-ins and labels of forms end with a colon too.
_GREETING = re.compile(
    "同志|朋友|代表|来宾|嘉宾|老师|同学|家长|女士|先生|各位|尊敬|亲爱|大家|领导[们]?$"
)
_LEAD_IN = re.compile(
    "如下|以下|下列|通知|通报|通告|公告|报告|意见|建议|问题|情况|事项|要求|措施|目标|任务|原则|内容|职责|说明|方案|附件|时间|地点|原因|方面|名单|电话|邮箱|地址|联系人|责任人|负责人"
    "|成立|设立|组建|组成|构成|包括|召开|^[由将把请从在被是]"
)
_LABEL = re.compile(
    "[省市县区镇]?级?(?:责任|牵头|配合|主办|承办|协办|主管|编制|填报|报送|联系|参会|参加|参与|发布|来源|成员|实施|申报|建设|监督|举报|受理|工作|发文|主送|抄送|审核|评审|推荐|采购|施工|设计|监理|用人|支持|指导|制定|起草)"
    "(?:单位|部门|机构|机关|小组|办公室)"
)


def read_addressees(blocks: Sequence[Block], title_end: int) -> Quotation:
    """The line below the title that names bodies and ends with a colon, without the colon.

    Args:
        blocks: the text's blocks.
        title_end: index after the last block of the title; 0 without a title.
    """
    for i in _lines_before_body(blocks, title_end):
        words = Quotation.of(i, blocks[i].text)
        if number := _NUMBER.match(words.text):
            words = words.piece(number.end())
        words = words.without_space()
        if words.text.endswith(("：", ":")):
            named = words.piece(0, len(words.text) - 1).without_space()
            if len(named.text) <= _LONGEST and names_bodies(named.text):
                return named
    return Quotation()


def _lines_before_body(blocks: Sequence[Block], title_end: int) -> Iterator[int]:
    """Blocks from the title to the first that is a sentence, item or row, or has a number."""
    for i in range(title_end, min(len(blocks), title_end + _MOST_LINES_BEFORE)):
        text = blocks[i].text
        if blocks[i].kind in (BlockKind.ITEM, BlockKind.TABLE_ROW):
            return
        # A heading without a number is mostly the title again, as web pages have it.
        if re.search("[。！？!?]", text) or find_marker(text) or is_item(text):
            return
        if len(text) > _LONGEST + _LONGEST_LINE_BEFORE:
            return
        yield i
        if len(text) > _LONGEST_LINE_BEFORE:
            return


def names_bodies(words: str) -> bool:
    """Whether an enumeration names bodies: 「各县（市、区）人民政府，市直各单位」."""
    plain = _BRACKETS.sub("", words)
    parts = [part for part in _SEPARATOR.split(plain) if part]
    if not parts or _GREETING.search(plain) or any(_LEAD_IN.search(part) for part in parts):
        return False
    if all(_BARE.fullmatch(part) for part in parts):
        return False
    all_of = _ALL_OF.search(plain) is not None
    return all(_is_body(part, all_of) for part in parts)


def _is_body(part: str, among_all: bool) -> bool:
    """``among_all``: the enumeration speaks of all bodies of some kind."""
    if _LABEL.fullmatch(part):
        return False
    if part.startswith("各") or _BODY.search(part):
        return True
    return _PLACE.search(part) is not None if among_all else False
