"""Names of persons and the posts they hold."""

from __future__ import annotations

import re

from corpus.language.boilerplate import CONTACT_PERSON
from corpus.language.function_words import (
    ATTENDING,
    COMRADE,
    EXECUTING,
    IN_CHARGE,
    IN_DETAIL,
    LEADING,
    REPORTING,
    TEAM_POSTS,
)
from corpus.language.organisations import OFFICE

#: Posts that people hold.
POSTS = (
    f"书记|主任|{TEAM_POSTS}|[局厅省市县区镇乡州部院校队所站科股处行路街河]长|主席|总指挥|指挥长|总协调人|协调人|{CONTACT_PERSON}|{IN_CHARGE}"
    "|委员|常委|组员|董事长|总经理|理事长|会长|秘书长|专员|主编|总编"
)
#: A post as a question names it: 「办公室副主任」.
ROLE = rf"(?:常务|第一|{OFFICE}|{EXECUTING})*副?(?:{POSTS})"
POST = re.compile(ROLE)
#: To hold a post.
HOLDING = "兼任|担任|出任|任"

#: The 250 or so commonest surnames and those of the Hundred Family Surnames that are no everyday
#: word at the head of another: 「书记全面负责」 names nobody.
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷"
    "罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟"
    "徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧"
    "隗山谷车侯宓蓬郗班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍"
    "璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩厍聂晁勾敖融冷辛阚那简饶空"
    "曾沙乜养鞠须丰巢关蒯相查后荆红游竺权盖益桓公肖涂麦佟付代覃苟楼年闫邸仝逯苑樑沐宇楚"
)
DOUBLE_SURNAMES = "欧阳|司马|上官|诸葛|皇甫|令狐|尉迟|慕容|司徒|夏侯|东方|南宫|公孙|长孙|宇文|端木|乐正|闻人|钟离|轩辕|呼延"
_NAME = rf"(?:(?:{DOUBLE_SURNAMES})[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{2,3}})"
#: As short as what follows allows: 「方砚」 of 「方砚同志」.
_LAZY_NAME = rf"(?:(?:{DOUBLE_SURNAMES})[\u4e00-\u9fff]{{1,2}}?|[\u4e00-\u9fff]{{2,3}}?)"
#: What stands behind a name: a verb of which it is the subject.
_SAYS = f"{COMRADE}|{HOLDING}|表示|{REPORTING}|{ATTENDING}|带领|率|说|代表|(?:{IN_DETAIL})?(?:{LEADING})"
#: Names beside what shows them.
PERSONS = (
    # 「书记蔡洪峰表示」, 「组长：陈建国」, 「总协调人:李家军 范希征」.
    re.compile(rf"(?:{POSTS})[:： ]?(?P<name>{_LAZY_NAME})(?={_SAYS}|[，,。；;、） \n]|$)"),
    # 「郝晶 阳光社区 党委书记」, 「秘书长方砚 市发展改革委主任」 (two lines of a list run together).
    re.compile(
        rf"(?:^|[\n：: ]|{POSTS})(?P<name>{_NAME})[ \n](?=[\u4e00-\u9fff、 ]{{0,30}}(?:{POSTS}))"
    ),
    re.compile(rf"(?:由|(?<![\u4e00-\u9fff]))(?P<name>{_LAZY_NAME})(?:{COMRADE})?(?:{IN_DETAIL})?(?:{HOLDING}|{LEADING})"),
    re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>{_LAZY_NAME}){COMRADE}"),
)  # fmt: skip
#: Names listed behind one post: 「总协调人:李家军 范希征 姜立晗」.
LISTED_PERSONS = re.compile(rf"(?:{POSTS})[:：](?P<names>[^\n。；:：]*)")
#: One name of a list.
ONE_LISTED = re.compile(rf"(?:^|(?<=[ 、，])){_NAME}(?=[ 、，]|$)")
