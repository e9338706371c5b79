"""How names of places are made, and which words only look like one."""

from __future__ import annotations

import re

from corpus.language import organisations
from corpus.language.characters import HAN
from corpus.language.documents import FORWARDING
from corpus.language.function_words import ABOUT, ADVANCING, FOCUS, JOINING, PUBLISHING

#: How the full name of a place from the county up ends.
PLACE_END = re.compile(
    r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|自治旗|地区|省|市|州|盟|县|区|旗)$"
)
#: The last characters of places' names, for a character class.
PLACE_KINDS = "省市县区州盟旗镇乡村街"
TOWN_ENDS = (organisations.STREET, "镇", "乡")
#: Names along a path of places: 「辽宁省沈阳市」.
PATH_PART = re.compile(rf".{{2,}}?(?:自治区|自治州|{organisations.STREET}|[省市州盟县区旗镇乡])")
#: The region of what national bodies issue.
NATIONWIDE = "全国"
#: Rows of the table that only group others: 市辖区, 县 (in 重庆), 省直辖县级行政区划.
NO_PLACE = re.compile("^(?:市辖区|县)$|直辖县级行政区划$")
_PEOPLES = (
    "朝鲜|土家|苗|藏|羌|彝|白|傣|景颇|傈僳|哈尼|壮|布依|侗|回|哈萨克|蒙古|柯尔克孜|瑶|黎|满|仡佬|畲|土|撒拉|保安|东乡|裕固"
    "|维吾尔|塔吉克|锡伯|达斡尔|鄂温克|鄂伦春|佤|拉祜|布朗|独龙|怒|普米|纳西|仫佬|毛南|水|各"
)
#: 「延边朝鲜族自治州」 is mostly called 延边州.
AUTONOMOUS = re.compile(rf"(?:(?:{_PEOPLES})族?)+自治(?P<kind>[州县旗])$")
_NAME = f"[{HAN}]{{2,3}}?"
#: 「云岭省」, 「临川市」, 「明桦街道」: names of two or three characters with their kind, one in another.
PLACE_SHAPES = re.compile(
    rf"(?P<province>{_NAME}(?:省|自治区))?(?P<city>{_NAME}(?:市(?!场)|州(?!市)|盟))?"
    rf"(?P<county>{_NAME}(?:县(?![域级])|区(?!域)|市(?!场)|旗))?"
    rf"(?P<town>{_NAME}(?:{organisations.STREET}|镇(?![村街化])|乡(?![镇村])))?"
)
NOT_A_NAME = re.compile(
    f"[的在和与及全我各本该为对把等某第届次年月日由将按请到]|{ABOUT}|创建|文明|示范|{ADVANCING}|辖区|{organisations.COMMUNITY}|城乡|园区|老旧|小区|争创"
    f"|法治|{organisations.PARTY_NAME}|{FORWARDING}|新型|{FOCUS}|特色|特区|{organisations.TOWNSHIP}|城镇"
)
#: 「办公区」, 「贫困县」: words that only look like names of places.
KIND_OF_AREA = re.compile(
    "(?:办公|开发|工业|试验|实验|保税|风景|旅游|生活|居住|高新|经开|经济|自贸|先行|合作|产业|核心|功能|保护|安全"
    "|封闭|管控|商务|[^东西南北]城|郊|库|[辖社园小片街校厂病院特产地]|度假|名胜)区$|(?:贫困|脱贫|百强|先进|卫生|文化)[县市]$|城市$"
)
#: Places of these names exist (汕尾市城区, 合作市), yet nearly always the word is meant.
ALSO_WORDS = ("城区", "郊区", "矿区", "市辖区", "合作")
#: A place's name stands after these, so that 「印发霁州市」 is not read as a place 「印发霁州」.
BEFORE_A_NAME = re.compile(
    rf"{ABOUT}|{FORWARDING}|{PUBLISHING}|[《“（(在对\s]|[{organisations.LEVELS}]委"
)
RUN_BEFORE = re.compile(rf"[{HAN}]{{2,8}}(?:省|自治区|市|州|县|区|盟)$")
#: What stands before the last kind of place in a run of several.
KIND_INSIDE = re.compile(rf"^.*[省市县区旗盟](?=[{HAN}]{{3}})")
#: Every name by shape, the longest of which the table may have: at each place five characters.
NAMES_IN_BODY = re.compile(rf"(?=([{HAN}]{{2,5}}[市县区州旗]))")
MASKED_PLACE = re.compile(r"(?:\*\*|××|xx|XX)[市县区委]")
#: A short name counts only where a body or office of it follows: 「朝阳」 in 「朝阳市委」.
BODY_AFTER = re.compile(
    f"[省县区州]|市(?!场)|{organisations.PARTY_COMMITTEE}|{organisations.GOVERNMENT}|经济(?:技术|特区)|高新技术"
)
#: 「市」 of 市委 and 「省」 of 省级 belong to what follows.
KIND_OF_PLACE = re.compile(
    rf"(?:自治区|自治州|地区|{organisations.STREET}|[省市州盟县区旗镇乡](?![委政长级场域内外直属辖办]))"
)
#: What joins two places.
JOINT = re.compile(rf"(?:[，,]|{JOINING}|跟)?")

#: The two characters before a kind of place; function words end no name.
_NO_PLACE_END = "的了和与及在从对把被让给比到向由是有为各外全本该每某几多哪这那个上下大小老新旧城乡市县区镇省州中内里跟同所"
#: What looks like a place and may be in no table.
UNKNOWN_PLACE = re.compile(
    rf"(?=(?P<name>(?![{_NO_PLACE_END}])[\u4e00-\u9fff](?![{_NO_PLACE_END}])[\u4e00-\u9fff])(?P<kind>{organisations.STREET}|[市州县区旗镇乡]))"
)
#: 「全市」, 「各县」 and 「设在市」 name no place.
_NO_PLACE_NAME = "全各本我该每两此在到由对为把向和与及是的等从至不无未设建按据并将了个位名"
#: A place that a statement names.
PLACE_STATED = re.compile(
    rf"(?![{_NO_PLACE_NAME}])[\u4e00-\u9fff](?![{_NO_PLACE_NAME}])[\u4e00-\u9fff](?:{organisations.STREET}|{organisations.COMMUNITY}|[省市州县区旗镇乡村])"
)
