"""How the names of bodies end: those that issue documents, and those that documents address."""

from __future__ import annotations

import re

#: The Party, in front of the name of a body of it.
PARTY_NAME = "中共"
PARTY = re.compile(f"{PARTY_NAME}|中国共产党")
GOVERNMENT, PARTY_COMMITTEE = "政府", "党委"
#: Bodies below the county that are places, too.
COMMUNITY, STREET, TOWNSHIP = "社区", "街道", "乡镇"
#: What labels call a body: 「责任单位」.
OFFICES = "小组|办公室"
BODY_NOUNS = f"单位|部门|机构|机关|{OFFICES}"
#: Nouns that issue documents and name one body only with more words before them.
_OFFICES = f"{GOVERNMENT} 委员会 党组 公司 指挥部 中心"
#: The last words of other bodies that issue documents.
_ISSUING = (
    "国务院 中央 常委会 政协 办公厅 办事处 法院 检察院 总工会 妇联 残联 工商联 联合会 协会 学会 研究会 银行 集团 大学 学院 医院 支队 总队 "
    "大队 工作组 联席会议"
)
#: Nouns that are addressed and name one body only with more words before them.
_GENERAL = f"组织 团体 {COMMUNITY} {STREET} {TOWNSHIP} 企业 学校 {PARTY_COMMITTEE} 支部 专班"
_ADDRESSED = "侨联 文联 社联 科协 文协 人大 党总支 院校 高校 中学 小学 幼儿园 兵团 部队 机场 海关 基地 媒体 机制"


def _any_of(*lists: str) -> str:
    return "|".join(" ".join(lists).split())


#: 「部」 behind these is no department: 「干部」, 「内部」, 「西部」.
_DEPARTMENT = "(?<![干内全外局各东西中南北])部"
#: 「办」 behind these is a verb or part of a word: 「主办」, 「承办」, 「举办」.
_BUREAU = "(?<![主承协督创举兴停特上通网代帮快联好难么包急交申经采应样以])办"
_ISSUERS = _any_of(_OFFICES, _ISSUING)
#: How the name of a body ends that issues documents.
ORGAN_END = f"(?:{_ISSUERS}|{OFFICES}|(?<!常)委|局|厅|署|{_BUREAU}|{_DEPARTMENT})"
#: How the name of a body ends that a document addresses.
ADDRESSEE_END = re.compile(
    f"(?:{_ISSUERS}|{_any_of(_GENERAL, _ADDRESSED)}|{BODY_NOUNS}"
    f"|[委厅局署院处室科股所站队团社会办组]|{_DEPARTMENT})$"
)
#: A noun alone, which names no body.
UNNAMED = re.compile(f"(?:领导|工作)?(?:{_any_of(_OFFICES, _GENERAL)}|{BODY_NOUNS})")
#: How the issuer may end whom a title names: 「霖川市民政局养老处关于…」.
TITLE_ISSUER_END = f"(?:{ORGAN_END}|{BODY_NOUNS}|[院处科会社])"
