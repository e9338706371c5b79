"""The small words of questions: those that ask, those that only bind, and names of attributes.

A question made of nothing else has no subject: 「什么时候开始？」, 「申请条件是什么？」.
"""

from __future__ import annotations

import re

#: What asks. 「多少」 takes a measure word behind it.
_MEASURES = "个|人|名|位|次|家|件|条|项|起|份|篇|场|户|公里|所|处|种|类|倍|万元|亿元|元|钱|岁|支|辆|亩|套|台|张|天|年|个月|月|个工作日|工作日|日|小时|分钟|米|分|字|页|栋|座|轮|批|期|对"
_ASKING = re.compile(
    r"什么时[候间]|啥时候?|多会儿|何时|哪一?天|哪一?年|哪个?月|几月几[日号]|几[月号日点时]"
    r"|多长时间|多久|多大|多高|多远"
    rf"|多少(?:{_MEASURES})?|几(?:{_MEASURES})"
    r"|百分之(?:多少|几)|第几"
    r"|哪[两三四五六七八九十几](?:个方面|个阶段|个环节|个部分|个|项|种|类|方面|件|样|条|大|份|步|阶段|环节)?|哪些|有啥"
    r"|哪(?:个|家|一家|一个)(?:单位|部门|机构|公司|银行|企业|局|办|文件)?|哪位|哪里|哪儿|在哪|哪份(?:文件)?"
    r"|什么文件|是谁|由谁|谁|为什么|为啥|为何|怎么样|怎样|怎么办?|如何|什么样|什么|啥|是否|能不能|可不可以|有没有|是不是|(?<!任)何"
)  # fmt: skip
#: What only binds words together, and what is done with any measure.
_BINDING = re.compile(
    r"的|了|吗|呢|啊|呀|吧|嘛|么|是|为|在|由|从|自|到|至|向|给|对|把|被|让|以|用|按|和|与|及|或|也|都|又|还|再|就|才|要|会|能|可以?|应该|应当|需要|须|必须|得|有|共|一共|总共|分别|各|具体|大概|大约|究竟|到底|最终|最多|最少|至少|最迟|不|没有?"
    r"|负责|牵头|主管|承担|组织|开始|结束|完成|施行|实施|执行|生效|失效|废止|发布|印发|公布|出台|签发|成立|通过|召开|举行|办理|办结|申请|申报|报送|报名|提交|领取|联系|咨询|反映|投诉|规定|要求|包括|包含|分为|组成|达到|做|办|去|来|找|问|打|说|写|起|前|后|内|以前|之前|以后|一下|多|个|项|条|次|些"
    r"|主持|参加|出席|提出|制定|制订|起草|批准|审批|审核|监督|检查|验收|评选|公示|发放|拨付|支付|缴纳|收取|修订|修改|解释|处理|处罚|享受|满足|准备|落实|推进|配合|参与|签署|设立|排名?|占|增长|增加|提高|下降|减少"
    r"|第[一二三四五六七八九十\d]{1,3}(?:个?阶段|个|项|条|步|部分|点|类|种|批|期|名)?|阶段"
)  # fmt: skip
#: What something has: its date, its money, its people. 「标准」 asks nothing without a subject.
_ATTRIBUTES = re.compile(
    r"(?:施行|实施|执行|生效|发布|印发|公布|成文|截止|开始|结束|完成|召开|申请|申报|办理|报名|报送|成立|服务|工作|有效)?(?:时间|日期|期限|时限|有效期|年限)"
    r"|(?:联系|咨询|监督|投诉|举报|办公)?(?:电话|号码|地址|邮箱|联系人|联系方式)"
    r"|(?:补助|补贴|奖励|奖补|资助|收费|申请|申报|办理|认定|评定|考核|建设|验收)?(?:标准|条件|材料|流程|程序|步骤|手续|方式|方法|渠道|对象|范围|金额|比例|额度)"
    r"|(?:责任|牵头|主管|配合|负责|主办|承办|发文|印发|办理)?(?:单位|部门|机关|机构|负责人|领导|主体|人)"
    r"|(?:主要|总体|工作|重点|具体|基本|阶段)?(?:目标|任务|措施|举措|内容|原则|要求|思路|做法|安排|步骤|依据|理由|原因|成效|效果|问题|重点|亮点)"
    r"|(?:资金|经费|钱)(?:来源|渠道|数额)?|总额|数量|总数|数额|文号|发文字号|名称|全称|出处|来源|结果|意义|目的|作用|背景"
)  # fmt: skip
#: Longest words that the patterns above match.
_LONGEST = 8


def asks(text: str) -> bool:
    """Whether it has a word that asks, or the name of an attribute."""
    return bool(_ASKING.search(text) or _ATTRIBUTES.search(text))


def has_question_word(text: str) -> bool:
    """Whether it has a word that asks."""
    return _ASKING.search(text) is not None


def names_attribute(text: str) -> bool:
    """Whether it names an attribute of something."""
    return _ATTRIBUTES.search(text) is not None


def is_small(text: str) -> bool:
    """Whether a text can be read as small words one after another; in time linear in its length."""
    reached = {0}
    for start in range(len(text)):
        if start in reached:
            for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
                if any(p.fullmatch(text, start, end) for p in (_ASKING, _BINDING, _ATTRIBUTES)):
                    reached.add(end)
    return len(text) in reached


_COPULA = r"(?:(?:分别|各自?|一共|总共|共|大概|大约|约|究竟|到底|具体|最终|应当|应该|应|需要?|要|能|可以)*(?:规定|安排|定)?(?:是|为|有|达到?|在|于|由|从|自|给|到|占|分为)*(?:不(?:得|应|能)?(?:低于|少于|超过|高于|多于|大于|小于|晚于|早于))?)"
#: Question words with the copula in front and what closes them behind.
_PHRASE = re.compile(rf"{_COPULA}(?:{_ASKING.pattern})(?:起|开始)?(?:的|吗|呢|啊|呀|吧)*")
_EDGE = "，,、；;：:。.！!？? 　"
_TRAILING = re.compile(r"(?:的|是|有|为|在|由|于|了|要|被|吗|呢|啊)+$")


def question_phrase(text: str) -> tuple[int, int] | None:
    """Where the words that ask stand: in 「甲市建成多少条街」 those of 「多少条」."""
    match = _PHRASE.search(text)
    return match.span() if match else None


def subject_of(text: str) -> str:
    """A question without the words that ask: what it is about.

    「甲市夜市补助是多少元？」 → 「甲市夜市补助」; "" where nothing is left.
    """
    clauses = [c for c in re.split(r"[，,？?；;。！!]", text) if c.strip(_EDGE)]
    while len(clauses) > 1 and is_small(clauses[-1].strip(_EDGE)):
        clauses.pop()
    kept = [_PHRASE.sub("", clause).strip(_EDGE) for clause in clauses]
    subject = _TRAILING.sub("", "，".join(clause for clause in kept if clause))
    named = subject.rfind("》") + 1
    if named and is_small(subject[named:]):
        subject = subject[:named]
    return "" if is_small(subject) else subject


def without_attribute(subject: str) -> str:
    """A subject without the attribute at its end: 「甲市夜市补助标准」 → 「甲市夜市」."""
    for start in range(max(1, len(subject) - _LONGEST), len(subject)):
        if _ATTRIBUTES.fullmatch(subject, start):
            rest = _TRAILING.sub("", subject[:start]).strip(_EDGE)
            # A subject that is little more than its attribute would lose what it is about.
            return rest if len(rest) >= 4 and not is_small(rest) else subject
    return subject
