"""How the names of bodies end: those that issue documents, and those that documents address."""

from __future__ import annotations

import re

from corpus.language.characters import HAN
from corpus.language.numerals import ORDINAL

#: The Party, in front of the name of a body of it; other bodies by their names' last words.
PARTY_NAME, PARTY_COMMITTEE = "中共", "党委"
PARTY = re.compile(f"{PARTY_NAME}|中国共产党")
GOVERNMENT, COURT, CENTRE = "政府", "法院", "中心"
COMMITTEE, PROCURATORATE, STANDING_COMMITTEE = "委员会", "检察院", "常委会"
#: Bodies below the county that are places, too; the kinds of places that have a government.
COMMUNITY, STREET, TOWNSHIP, LEVELS = "社区", "街道", "乡镇", "省市县区"
#: Who leads, a group that does, and a body made for one task.
LEADERS, TASK_FORCE = "领导", "专班"
LEADING_GROUP = f"{LEADERS}小组"
#: What labels call a body: 「责任单位」.
OFFICE, WORKPLACE = "办公室", "单位"
OFFICES = f"小组|{OFFICE}"
NAMELESS = f"{WORKPLACE}|部门|机构|机关"
BODY_NOUNS = f"{NAMELESS}|{OFFICES}"
#: Kinds of bodies that a question asks for: 「哪家企业」; what serves the public.
NAMED_BODIES = f"公司|银行|集团|党组|{PARTY_COMMITTEE}|{COMMITTEE}"
BODIES = f"{NAMELESS}|企业|{NAMED_BODIES}"
PUBLIC_BODIES, MEDIA = "大学|学院|医院", "媒体|机场"
#: Nouns that issue documents, and that are addressed: such as name one body only with more words
#: before them, and the last words of others.
_OFFICES = f"{GOVERNMENT}|委员会|党组|公司|指挥部|{CENTRE}"
_ISSUERS = (
    f"{_OFFICES}|国务院|中央|常委会|政协|办公厅|办事处|{COURT}|检察院|总工会|妇联|残联|工商联|联合会|协会|学会|研究会|银行|集团|支队|总队"
    f"|大队|工作组|联席会议|{PUBLIC_BODIES}"
)
_GENERAL = (
    f"组织|团体|{COMMUNITY}|{STREET}|{TOWNSHIP}|企业|学校|{PARTY_COMMITTEE}|支部|{TASK_FORCE}"
)
_ADDRESSED = f"侨联|文联|社联|科协|文协|人大|党总支|院校|高校|中学|小学|幼儿园|兵团|部队|海关|基地|机制|{MEDIA}"
#: 「部」 behind these is no department: 「干部」, 「内部」, 「西部」.
_DEPARTMENT = "(?<![干内全外局各东西中南北])部"
#: 「办」 behind these is a verb or part of a word: 「主办」, 「承办」, 「举办」.
_BUREAU = "(?<![主承协督创举兴停特上通网代帮快联好难么包急交申经采应样以])办"
#: How the name of a body ends that issues documents.
ORGAN_END = f"(?:{_ISSUERS}|{OFFICES}|(?<!常)委|局|厅|署|{_BUREAU}|{_DEPARTMENT})"
ISSUING_BODY = re.compile(f"(?:{ORGAN_END}|管委会|[开新]发?区)$")
#: A government as its own report calls it; its full name behind its place.
OWN_GOVERNMENT = re.compile(f"[{HAN}]{{0,3}}?(?:人民)?{GOVERNMENT}")
STATE_COUNCIL = "国务院"
PEOPLES_GOVERNMENT = f"人民{GOVERNMENT}"
#: Sections of a body, which issue nothing of their own beside it.
INNER = re.compile("[处科室股队]$")
#: How the name of a body ends that a document addresses.
ADDRESSEE_END = re.compile(
    f"(?:{_ISSUERS}|{_GENERAL}|{_ADDRESSED}|{BODY_NOUNS}"
    f"|[委厅局署院处室科股所站队团社会办组]|{_DEPARTMENT})$"
)
#: A noun alone, which names no body.
UNNAMED = re.compile(f"(?:{LEADERS}|工作)?(?:{_OFFICES}|{_GENERAL}|{BODY_NOUNS})")
#: How the issuer may end whom a title names: 「霖川市民政局养老处关于…」.
TITLE_ISSUER_END = f"(?:{ORGAN_END}|{BODY_NOUNS}|[院处科会社])"
#: Bodies whose documents hold in every place.
NATIONAL_BODY = re.compile(
    "国务院|中共中央|中央[\u4e00-\u9fff]{2,10}(?:委|办|部)|全国人大|全国政协|最高人民|国家[\u4e00-\u9fff]{2,10}(?:委|局|署|部|办)|税务总局|海关总署|人民银行|中国科学院|中国工程院"
    f"|(?<![{LEVELS}])(?:外交|教育|科技|公安|民政|司法|财政|生态环境|交通运输|水利|农业农村|商务|应急管理|工业和信息化|住房和?城乡建设"
    "|文化和旅游|自然资源|人力资源(?:和)?社会保障|退役军人事务)部(?!门)"
)

#: What a body's name does not hold: the verb or preposition in front of it.
_NO_BODY_NAME = "的了是将并把被向对由在以及与为让请经按从于送报给或各该本其"
#: Words that end like a body: 「管大局」.
NO_BODIES = re.compile("[大全格布结开]局$|内部$|全部$")
#: A body by how its name ends.
BODY = re.compile(
    rf"(?:(?![{_NO_BODY_NAME}])[\u4e00-\u9fff（）]){{2,24}}?(?:(?:银行|集团)?(?:股份有限|有限责任|有限)公司|管理局|监督局|{LEADING_GROUP}|{OFFICES}|指挥部|工作{TASK_FORCE}|{TASK_FORCE}"
    rf"|人民政府|纪委监委|纪委|巡视[{ORDINAL}]*组|检察院|法院|协会|联合会|中心|街道办事处|{STREET}|大队|支队|股|科|{NAMED_BODIES}|[厅局委院社所站部](?![\u4e00-\u9fff]))"
)
#: A body behind the kind of its place.
LOCAL_BODY = re.compile(
    r"(?:省|市(?!场)|县|区)([\u4e00-\u9fff]{2,6}?(?:厅|局|委员会|法院|检察院|公司|银行|集团))"
)
