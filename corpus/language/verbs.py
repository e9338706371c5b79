"""What bodies and people do in official prose, in groups that patterns are composed of: 「a|b|c」."""

from __future__ import annotations

#: What names the ground of a thing.
ACCORDING = "根据|按照|依据|依照"
#: How documents come into being, take effect and end.
PUBLISHING = "发布|公布"
ISSUING = f"{PUBLISHING}|印发|出台|制定"
ADOPTING = "通过|批准"
TAKING_EFFECT = "施行|实施"
REPEALING = "废止"
AMENDING = "修订|修改"
#: How bodies come into being, and how they meet.
FOUNDING = "成立|设立|组建"
MEETING = "召开|举行"
#: What people do at meetings, and with what they say there.
ATTENDING = "主持|出席|参加"
REPORTING = "指出|强调|介绍|要求|提出|明确"
#: Who answers for a thing.
LEADING = "牵头|负责|承担|主办|承办"
#: How a figure changes.
CHANGING = "缩短|压缩|压减|提高|提升|增加|扩大|扩充|上升|下降|降低|降|增长|减少|精简|调整"
#: What is done with any measure.
DOING = (
    f"{ISSUING}|{FOUNDING}|{ATTENDING}|{LEADING}|主管|组织|开始|结束|完成|{TAKING_EFFECT}|执行|生效|失效|{REPEALING}|签发|{ADOPTING}|{MEETING}|办理|办结"
    "|申请|申报|报送|报名|提交|领取|联系|咨询|反映|投诉|规定|要求|提出|包括|包含|分为|组成|制订|起草|审批|审核|监督|检查|验收|评选"
    f"|公示|发放|拨付|支付|缴纳|收取|{AMENDING}|解释|处理|处罚|享受|满足|准备|落实|推进|配合|参与|签署"
)
#: What a body has to do with a matter: 「责任单位」.
BODY_ROLES = f"{DOING}|责任|发文|协办|编制|填报|参会|成员|建设|举报|受理|工作|主送|抄送|评审|推荐|采购|施工|设计|监理|用人|支持|指导"
