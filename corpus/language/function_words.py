"""Words that official prose is full of, whatever its subject.

Small words that bind, report, negate, or open and close a phrase; what is done with any measure; names
of attributes, documents and matters. Groups are written 「a|b|c」, so that patterns are composed of them.
"""

from __future__ import annotations

import re

from corpus.language import boilerplate
from corpus.language.dates import BEFORE_THEN, FROM_TODAY, MONTH_WORD, QUARTER, SINCE
from corpus.language.numerals import ORDINAL
from corpus.language.organisations import CENTRE, COURT, GOVERNMENT, LEADERS, NAMED_BODIES, NAMELESS
from corpus.language.quantities import ABOUT_BEFORE, EXCEEDING, ROUGHLY, TOTALS

#: Nouns of documents that lists of other modules name alone: kinds of document …
FILE = "文件"
REPORT, SPEECH, OUTLINE, STANDARD, ACTIONS = "报告", "讲话", "纲要", "标准", "措施"
ORDER, RULE, EXPLANATION, REPLY, NOTICE = "命令", "规则", "说明", "答复", "公示"
#: … and what documents are made of and speak of.
PROBLEM, STATE, CAUSE, PART = "问题", "情况", "原因", "部分"
FOCUS, DATA, CONTENT = "重点", "数据", "内容"
#: Verbs that lists of other modules name alone.
DEMAND, RULING, CHECKING, DRAFTING, STARTING = "要求", "规定", "审核", "起草", "开始"
EXECUTING, RECTIFYING, PASSING_DOWN, BRINGING_OUT = "执行", "整改", "下发", "出台"
INTRODUCING, ANSWERING, REACHING, CONDUCTING = "介绍", "回答", "达到", "进行"
RANKED, MAY = "排名", "可以"
#: Words that go with any verb; how officials are addressed.
JOINTLY, AT_ONCE, FURTHER, IN_DETAIL = "联合", "同时", "进一步", "具体"
A_BIT, AFTER_ALL, AND_ALSO, RESPECTIVELY = "一下", "到底", "以及", "分别"
COMRADE = "同志"
#: What names the ground of a thing; a limit of time; what all of some kind are called.
ACCORDING, UNTIL, RELATED = "根据|按照|依据|依照", "截至|截止", "有关|相关"
#: How documents come into being, take effect and end.
POSTING, PROMULGATING, PRINTING = "发布", "公布", "印发"
WRITING, SENDING_OUT, MAKING_OUT = "成文", "发文", "制发"
PUBLISHING, SIGNING = f"{POSTING}|{PROMULGATING}", f"{WRITING}|{SENDING_OUT}|签发"
LAYING_DOWN, IN_FORCE, PUTTING_NAMES = "制定", "生效", "签署"
ISSUING = f"{PUBLISHING}|{PRINTING}|{BRINGING_OUT}|{LAYING_DOWN}"
SENDING, IMPLEMENTING, ADOPTING = "抄送|主送", "贯彻|落实", "通过|批准"
CHANGING_WORDS = "修改"
TAKING_EFFECT, REPEALING, AMENDING = "施行|实施", "废止", f"修订|{CHANGING_WORDS}"
#: How bodies come into being, how they meet, what people do at meetings and with what they say.
FOUNDING, MEETING, ATTENDING = "成立|设立|组建", "召开|举行", "主持|出席|参加"
#: What is done with a service, and what explains it.
SERVICE_DEEDS = "办理|申请|申报|领取"
SERVICE_PARTS, ENTITLED = "条件|材料|流程|程序|步骤|手续|方式|方法|渠道|对象|范围|额度", "享受"
PERIODS, AMOUNTS = "期限|时限", "金额|数量|比例|占比"
SUBSIDY, CONFERENCE, PLANS, PROCESS, POLICY = "补贴", "会议", "规划", "流程", "政策"
#: What a number is called, and what a thing is.
NUMBER_NAMES, FULL_NAME = boilerplate.NUMBER_LABELS, "名称"
REPORTING = f"指出|强调|{INTRODUCING}|{DEMAND}|提出|明确"
#: Who answers for a thing, is asked for beside a body, works in a group; 「责任单位」, 「牵头单位」.
LEADING, IN_CHARGE = "牵头|负责|承担|主办|承办", "负责人"
RESPONSIBLE, TEAM_POSTS = "责任|牵头", "组长|成员|联络员"
#: How work is carried forward, rules are built up, a figure changes.
ADVANCING, BUILDING = "加强|推进|开展", "建立|健全|完善"
CHANGING = "缩短|压缩|压减|提高|提升|增加|扩大|扩充|上升|下降|降低|降|增长|减少|精简|调整"
#: What something is made of; what is done with money.
COMPRISING, PAYING = "包括|包含|分为|组成", "发放|拨付|支付|缴纳|收取"
#: What is done with any measure.
DOING = (
    f"{ISSUING}|{FOUNDING}|{ATTENDING}|{LEADING}|主管|组织|{STARTING}|结束|完成|{TAKING_EFFECT}|{EXECUTING}|{IN_FORCE}|失效|{REPEALING}|{SIGNING}|{ADOPTING}|{MEETING}|{SERVICE_DEEDS}|办结"
    f"|报送|报名|提交|联系|咨询|反映|投诉|{RULING}|{DEMAND}|提出|{COMPRISING}|制订|{DRAFTING}|审批|{CHECKING}|监督|检查|验收|评选"
    f"|{NOTICE}|{PAYING}|{AMENDING}|解释|处理|处罚|{ENTITLED}|满足|准备|{IMPLEMENTING}|推进|配合|参与|{PUTTING_NAMES}"
)
#: What a body has to do with a matter: 「责任单位」.
BODY_ROLES = f"{DOING}|{RESPONSIBLE}|协办|编制|填报|参会|成员|建设|举报|受理|工作|{SENDING}|评审|推荐|采购|施工|设计|监理|用人|支持|指导"

#: What begins the name of a matter in a title, and a clause.
ABOUT, AIMED_AT = "关于", "针对"
#: The kind whose articles take what they do not say from its head; a special issue; what a
#: document calls itself where its words are reported.
BULLETIN, SPECIAL_ISSUE, SOURCE = "简报", "专刊", "资料"
#: Documents that are named by their title, other documents, and what else is written.
ANNOUNCEMENTS = "公告|通报"
KINDS = f"方案|意见|{PLANS}|通知|条例|指南|{RULING}|制度|计划"
TITLED = f"{FILE}|{KINDS}"
OTHER_DOCUMENTS = f"{ANNOUNCEMENTS}|办法|{REPORT}|{SPEECH}|汇报|细则|决定|要点|{BULLETIN}"
ALL_KINDS = f"{KINDS}|{OTHER_DOCUMENTS}"
ALL_TITLED = f"{FILE}|{ALL_KINDS}"
DOCUMENTS = f"{ALL_TITLED}|{OUTLINE}|材料|{POLICY}"
SPEAKING = f"{FILE}|方案|通知|通报|办法|意见|{REPORT}|{RULING}|{SOURCE}"
#: What a document is made of.
AIMS = f"目标|任务|原则|{CONTENT}|{DEMAND}|{PROBLEM}"
POINTS = f"意见|建议|{STATE}|{ACTIONS}|方面|{AIMS}"
#: What a document counts: 「七个阶段」, 「四项工作」.
PIECES = "方面|阶段|环节"
COUNTED_NOUNS = f"{POINTS}|{PIECES}|步骤|工作|行动|工程|{FOCUS}|机制|制度|体系|做法|{PART}"

#: What was named before; what is due; what else there is; a former state.
AFORESAID, MUST = "上述", "应该|应当|需要|必须"
BESIDES, EARLIER = "还有|另外", "此前|原来"
#: Words that join two things, and what follows each of them.
JOINING = f"、|和|与|及|{AND_ALSO}"
SEVERALLY = f"{RESPECTIVELY}|各自|各"
OF_EACH = f"{SEVERALLY}(?=[是有为做怎如在用把列排])"
#: Words for all of something; what asks for a sum.
IN_ALL = "一共|总共|共"
ADDING_UP = re.compile(f"{IN_ALL}|{'|'.join(TOTALS)}|全[市县省区]|总(?=[额量人户])")
#: Of what binds, the words that stand in questions about anything.
IDLE = f"没有|一共|{AND_ALSO}|{RESPECTIVELY}"

#: What documents are about.
MATTERS = f"工作|项目|工程|活动|制度|{ACTIONS}|任务|补助|{SUBSIDY}|事情?|{PROBLEM}|{CONTENT}|机制|行动|比赛|{CONFERENCE}|会|{STANDARD}|数字|{DATA}|指标"
#: Parts of a plan, and of a year.
STAGES = f"{QUARTER}|{MONTH_WORD}|届|期|批|轮|阶段"
#: Measures that texts use for each other.
SYNONYMS = (
    ("补贴", "补助", "奖补", "奖励", "资助"),
    ("资金", "投资", "经费", "费用", "成本"),
    ("比例", "占比", "率"),
    ("总分", "得分"),
)
#: How to reach somebody, and what such a line of a document begins with.
CONTACTS = f"{boilerplate.SHORT_CONTACT_LABELS}|{boilerplate.POSTAL_LABELS}|号码"
CONTACT_LINE = re.compile(rf"^(?:{boilerplate.ANY_CONTACT_LABELS})[：:]")
#: Words that change nothing wherever they are put in.
BINDING_WORDS = frozenset(
    "的 是 为 在 于 和 与 及 以及 等 也 并 且 其 该 即 : 、 这 这个 个 达 达到 共 共计 有 中".split()
)
#: Of these, such as make a statement of what they are put before or behind: 「有…意愿」 of 「意愿占30分」.
PREDICATES = frozenset("是 为 在 于 达 达到 有".split())
#: At the head of a clause they say where it is from, or that more is to come.
REPORTING_WORDS = frozenset(
    "据 依 照 文中 显示 提到 中 里 内容 "
    "其中 此外 同时 另 还 而 因此 所以 总之 综上 综上所述 主要 具体 具体来说 对 把 要 可知 答 回答 如下 方面".split()
) | frozenset(f"{REPORTING}|{SPEAKING}|{ACCORDING}|{ABOUT}|{AFORESAID}|{BESIDES}".split("|"))
#: May stand between a number and what it counts, or be left out there.
NUMBER_LINKS = frozenset("为是达到至共有计了:")
#: Characters that deny.
NEGATIONS = frozenset("不未无非没勿莫禁免拒否")
#: Dropped, these change what is said as a negation does.
LIMITS = NEGATIONS | frozenset("或除仅只拟可暂约近超逾余原")
#: Negations that are part of a word of another sense.
NO_NEGATIONS = tuple(
    "不断 不仅 不但 不动产 不锈钢 不同 无障碍 无人机 无线 无偿 非常 非遗 非物质 非公 未来 未成年 免费 可持续 可行 可靠 许可 认可 超市 "
    "附近 最近 节约 集约 原则 原有 中原 草原".split()
)
#: Words that may be left out, as nothing depends on them.
IDLE_WORDS = tuple(
    "进一步 大力 积极 切实 全面 认真 扎实 着力 持续 不断 充分 有效 稳步 深入 加快 同志 "
    "全市 全省 全县 全区 全镇 我市 我省 我县 我区 本市 本省".split()
)
#: Clauses that begin so say when, where or for what: 「到2024年底前，…」, 「对失分点位，…」.
CIRCUMSTANCES = frozenset("到截自从在对为按经当")
#: Characters between which a filling and its surroundings may differ from the question.
LOOSE_END = re.compile(r"[的了过是为有要由在“《：: ]+$")
LOOSE_START = re.compile(r"^[的了来去等”》，]+")
PARTS = re.compile("、|和|及|(?<=”)(?=“)|(?<=》)(?=《)")
#: Words in front of a phrase, or behind one.
PHRASE_LEADS = tuple(
    "由 对 对于 将 把 通过 为 是 以 用 与 和 向 给 给予 在 到 至 从 于 并 开展 实施 实行 落实 执行 推行 推进 推动 采取 采用 利用 运用 打造 建设 开通 启动 达到 包括 即 如 等 的 了 要 存在 坚持 变 叫 叫做 称为 名为 分为 获得 被 进行".split()
) + tuple(f"{ISSUING}|{FOUNDING}|{ACCORDING}|{BUILDING}".split("|"))
#: Words behind a phrase.
PHRASE_TAILS = tuple(
    "等 的 为 是 对 将 把 在 由 与 和 向 以 来 作用 制度 工作 行为 现象 管理 建设 方式 形式 原则 要求 标准 情况"
    " 牵头 主办 承办 负责 组织 起草 发布 开展 实施 实行 进行 提高 加强 开通 纳入 推出".split()
)
#: How a name ends that a phrase may end with.
NAME_ENDS = (
    *"局 厅 委 区 县 市 省 平台 制度 机制 办法".split(),
    *f"{COURT}|{GOVERNMENT}|{CENTRE}|{NAMED_BODIES}".split("|"),
)
#: What no phrase begins with, and what none ends with.
BAD_PHRASE_STARTS = frozenset("的了和与及等们是在、，。；：也都并而且或”》）)")
BAD_PHRASE_ENDS = frozenset("的和与及、，。；：在对把将由以并或“《（(")
#: How a point of an enumeration begins.
ENUMERATION = re.compile(rf"^(?:[{ORDINAL}]{{1,3}}|\d{{1,2}})(?:是|要)")
#: Words that begin no formula …
NO_PHRASE_START = frozenset(
    "的 和 与 及 等 在 对 了 要 是 各 把 将 为 以 并 从 就 也 都 到 由 向 让 使 被 给 其 该 本 这 那 有 中 内 后 前 "
    "个 项 条 家 名 次 种 我 你 他 我们 他们 以及 或 或者 而 但 于 年 月 日 再 又 还 所 之 着 地 得 "
    "通过 进行 做到 一是 二是 三是 四是 五是 等等 已 已经 会 能 可 可以 应 应当 必须 需要 不断 进一步 更 更加 "
    "其他 市 县 区 省 局 我市 我县 我区 我省 我局 由 因 因为 如 用".split()
) | frozenset(f"{ISSUING}|{FOUNDING}|{ACCORDING}|{ABOUT}|{AIMED_AT}|{RELATED}|{MEETING}".split("|"))
#: … and such as end none: a verb without its object, a word that joins.
NO_PHRASE_END = (
    NO_PHRASE_START
    | frozenset(
        "强化 落实 推动 深化 提升 坚持 严格 全面 切实 积极 深入 加快 加大 持续 不 上 下 "
        "组织 认真 严肃 实行 实施 做好 抓好 提高 促进 优化 创新 推行 时 情况下 各项 大力 突出 围绕 聚焦 注重 着力 "
        "同比 达到 控制 至 超 降 努力 给予 提出 坚决 充分 主动 及时 准确 有效 确保 实现 履行 贯彻 打造 构建 压实 扛起".split()
    )
    | {SINCE, *ABOUT_BEFORE, *f"{CHANGING}|{BUILDING}|{ADVANCING}".split("|")}
)
#: What stands between two values of one answer.
SIDE_BY_SIDE = ("、", "，", ",", "和", "或", "或者", "；", " ")
OLD_VALUE = re.compile(r"(?:由|从)(?:原来?|过去的?|平均)?[^，。；]{0,6}$")
JOINED = re.compile(JOINING)
APART = re.compile(RESPECTIVELY)
#: 「抚顺的综合排名、盘锦的项目数」: what is asked of one stands between it and the next.
COMPARISON_JOINT = re.compile(
    rf"(?P<own>[^，。；？?、]{{0,24}}?)(?:{JOINING}|跟|{BESIDES}|(?<=[市县区省州镇乡年道])[，,])\s*"
)
#: Said of all together; of one alone 「分别是哪天」 would ask for several.
EACH = re.compile(OF_EACH)
#: What is asked of the last one ends where all are spoken of again.
LAST_SIDE = re.compile(rf"[^，。；？?]{{0,24}}?(?=，|{OF_EACH}|这[两几三四五]|两[市地省县区]|都)")
#: A verb that is no part of the name of the body behind it.
LEADING_VERB = re.compile(
    f"^.*(?:发挥|委托|{FOUNDING}|调整|融入|会同|{JOINTLY}(?!会)|协调|督促|{DEMAND}|推动|引导|支持|开展|落实|全面|报请|抄送)"
)
#: How a sentence ends that only announces what follows.
LEAD_IN = re.compile(r"[：:]$|如下[。：:]?$")
#: 「结束后办理」 and 「自发布之日起」 say when without a date.
EVENT = re.compile(
    rf"(?:结束|解除|届满|期满|到期|恢复|复工|开学|完成|{PUBLISHING}|{PRINTING}|批准|受理|收到)[^，。；]{{0,4}}[后起内前]|之日起|{AT_ONCE}|随时|全天|{FROM_TODAY}"
)
#: What only binds words together, and what is done with any measure.
BINDING = re.compile(
    rf"的|了|吗|呢|啊|呀|吧|嘛|么|是|为|在|由|从|自|到|至|向|给|对|把|被|让|以|用|按|也|都|又|还|再|就|才|要|会|能|可以?|{MUST}|须|得|有"
    rf"|和|与|及|或|{IN_ALL}|{RESPECTIVELY}|各|{IN_DETAIL}|{'|'.join(ABOUT_BEFORE)}|究竟|{AFTER_ALL}|最终|最少|最迟|不|没有?|{REACHING}|做|办|去|来|找|问|打|说|写|起|前|后|内|以前|{BEFORE_THEN}|以后"
    rf"|{A_BIT}|多|个|项|条|次|些|{RANKED}|排|占|增长|增加|提高|下降|减少|{DOING}"
    rf"|第[{ORDINAL}\d]{{1,3}}(?:个?阶段|个|项|条|步|部分|点|类|种|批|期|名)?|阶段"
)  # fmt: skip
#: What something is called.
NAMES = f"{FULL_NAME}|全称"
#: What something has: its date, its money, its people. 「标准」 asks nothing without a subject.
ATTRIBUTES = re.compile(
    rf"(?:{DOING}|{UNTIL}|服务|工作|有效)?(?:{boilerplate.DAY_LABELS}|{PERIODS}|有效期|年限)"
    rf"|(?:{DOING}|举报|办公)?(?:{CONTACTS}|{boilerplate.CONTACT_PERSON}|联系方式)"
    rf"|(?:{DOING}|补助|补贴|奖励|奖补|资助|收费|认定|评定|考核|建设)?(?:{AMOUNTS}|{STANDARD}|{SERVICE_PARTS})"
    rf"|(?:{BODY_ROLES})?(?:{NAMELESS}|{IN_CHARGE}|{LEADERS}|主体|人)"
    rf"|(?:主要|总体|工作|{FOCUS}|{IN_DETAIL}|基本|阶段)?(?:目标|任务|{ACTIONS}|举措|{CONTENT}|原则|{DEMAND}|思路|做法|安排|步骤|依据|理由|{CAUSE}|成效|效果|{PROBLEM}|{FOCUS}|亮点)"
    rf"|(?:资金|经费|钱)(?:{boilerplate.SOURCE_LABEL}|渠道|数额)?|总额|总数|数额|{NUMBER_NAMES}|{NAMES}|出处|{boilerplate.SOURCE_LABEL}|结果|意义|目的|作用|背景"
)  # fmt: skip
#: Nouns whose 「什么…」 asks what is done: 「什么要求」.
OPEN_MATTERS = f"{DEMAND}|{RULING}|政策"
DEEDS = (
    f"(?:优惠|{IN_DETAIL}|应对|新|支持|防控|保障)?(?:{OPEN_MATTERS}|{ACTIONS}|工作|做法|准备|行动|{STATE}|作用|用处|意义"
    f"|安排|影响|变化|补助|{CONTENT}|优势|{STANDARD}|条件|方式|办法|手段|活动|服务)"
)
#: Only nouns that measure something: what else stands before 多少 is as often a verb.
MEASURE_NOUN = re.compile(
    rf"(?:率|额|量|{'|'.join(SYNONYMS[1])}|比例|占比|补贴|产值|收入|面积|总分|得分)$"
)
#: What qualifies a measure in front of its verb.
ADVERBS = f"{SEVERALLY}|{IN_ALL}|{ROUGHLY}|究竟|{AFTER_ALL}|{IN_DETAIL}|最终"
#: What stands between a subject and the words that ask.
COPULA = rf"(?:(?:{ADVERBS}|应当|应该|应|需要?|要|能|{MAY})*(?:{RULING}|安排|定)?(?:是|为|有|达到?|在|于|由|从|自|给|到|占|分为)*(?:不(?:得|应|能)?(?:低于|少于|{EXCEEDING}|高于|多于|大于|小于|晚于|早于))?)"
#: In front of a figure: what it has become, what it was.
NEW_VALUE = re.compile(rf"(?:{CHANGING})?(?:到了?|至|为|达到?)\D{{0,3}}$")
