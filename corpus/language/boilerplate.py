"""What stands in files beside the document: furniture of web pages, spam, labels, contents, styles."""

from __future__ import annotations

import re

#: Labels of how to reach somebody, and shorter ones, which stand for something else in a sentence.
CONTACT_PERSON, POST_CODE_LABELS = "联系人", "邮编|邮政编码"
POSTAL_LABELS = f"{POST_CODE_LABELS}|传真"
CONTACT_LABELS = (
    f"联系电话|通讯地址|通信地址|{POSTAL_LABELS}|电子邮箱|{CONTACT_PERSON}|举报电话|监督电话"
)
MAIL_LABEL, ADDRESS_LABEL = "邮箱", "地址"
SHORT_CONTACT_LABELS = f"电话|{MAIL_LABEL}|{ADDRESS_LABEL}"
ANY_CONTACT_LABELS = f"{CONTACT_LABELS}|{SHORT_CONTACT_LABELS}"
#: A line that says how to reach somebody: 「联系人：张三，联系电话：…」.
CONTACT = re.compile(rf"(?:{CONTACT_LABELS})[:：]")
#: What names the day of something, and where it is from; how an editor offers a text.
DATE_LABEL, TIME_LABEL, SOURCE_LABEL, EDITOR_PHRASE = "日期", "时间", "来源", "供大家参考"
TITLE_LABEL, THIS_TEXT, PRINT_BUTTON, READ_COUNT = "标题", "本文", "打印", "浏览次数"
DAY_LABELS = f"{DATE_LABEL}|{TIME_LABEL}"
# ---- labels in the head of a page: 「索引号：… 发布机构：…」
#: Labels of how a page was found and saved.
SAVING_LABELS = "原文链接 来源链接 来源网址 来源URL 检索时间 检索关键词 抓取时间 采集时间"
#: What a site calls its texts; who writes them.
NEWS = "新闻"
MESSAGES = f"信息|文章|稿件|{NEWS}"
SITE_NAMES = "门户|频道"
#: What is done with a page to keep it.
FETCHING = "检索|抓取|采集|下载|访问|保存|存档"
REPORTER = "记者"
#: The labels of a document's number.
NUMBER_LABELS = "文号|发文字号"
#: What a header table says, by the name of its field; a label may be spaced (文　　号).
HEAD_LABELS: dict[str, str] = {
    "title": "文件名称 信息名称 公文名称 政策名称 公文标题 文件标题 信息标题 文章标题 标题",
    "number": f"发文文号 公文文号 公文字号 文件编号 文件字号 发文编号 文件文号 {NUMBER_LABELS.replace('|', ' ')}",
    "issuer": (
        "发文机关 发文机构 发文单位 发文部门 发布机构 发布机关 发布单位 发布部门 制发机关 制定机关 颁布单位"
        " 颁布机构 公开机构 公开主体 公开责任部门 信息公开机构 信息发布机构 信息所属单位"
    ),
    "source": " ".join(
        (*(f"{name}{SOURCE_LABEL}" for name in MESSAGES.split("|")), "文章出处", SOURCE_LABEL)
    ),
    "written": (
        "成文日期 成文时间 印发日期 印发时间 发文日期 发文时间 制发日期 签发日期 签发时间 生成日期 生成时间 形成日期"
        " 公布日期 颁布日期 颁布时间 通过日期 落款日期"
    ),
    "published": (
        "发布日期 发布时间 发表日期 发表时间 发稿时间 更新日期 更新时间 公开日期 公开时间 上网时间 上网日期 添加时间"
        f" 添加日期 录入时间 信息时间 {DATE_LABEL} {TIME_LABEL}"
    ),
    "other": (
        "索引号 信息索引号 信息索引 统一编号 信息编号 主题分类 主题词 主题 体裁分类 体裁 信息分类 信息类别 分类"
        " 服务对象分类 服务对象 公文种类 文件类型 文档类型 文种 有效性 效力状态 文件状态 时效性 时效"
        " 生效日期 生效时间 实施日期 施行日期 失效日期 失效时间 废止日期 公开方式 公开范围 公开属性 公开类别"
        " 公开形式 公开时限 公开程序 关键词 关键字 所属栏目 组配分类 信息格式 语种 载体类型 内容概述 内容摘要"
        f" {SAVING_LABELS} 作者 {REPORTER} 编辑 责任编辑 责编"
        " 校对 报告人 信息发布人 发布人"
    ),
}
#: Labels of what the page offers or counts; they say nothing about the document.
PAGE_LABELS = (
    "浏览次数 浏览量 浏览 阅读次数 阅读量 点击次数 点击数 点击率 点击量 访问量 访问次数 字体大小 字体 字号"
    " 视力保护色 保护视力色 分享到 分享 打印 扫一扫 朗读 语音播报 下载 收藏"
)
#: Labels that other lines have, too; alone they do not make the head of a page.
WEAK_LABELS = f"{DATE_LABEL} {TIME_LABEL} 标题 主题 分类 作者 记者 编辑 浏览 下载 收藏 打印 时效 体裁 校对 报告人"
#: What stands over such a head, or between it and the text.
HEAD_CAPTION = re.compile(
    r"(?:基本信息|文件信息|信息属性|元数据|正文内容|正文|政策全文|政策正文|文件全文|文件正文|全文内容)\s*[:：]?"
)
#: A head of a Markdown file names its title like this.
FRONT_MATTER_TITLE = re.compile(r"(?:title|标题)[ \t]*[:：][ \t]*(.+?)[ \t]*$", re.IGNORECASE)

#: Keys of a front matter in English, by the name of the field.
FRONT_MATTER_KEYS = {
    **dict.fromkeys(("title",), "title"),
    **dict.fromkeys(("number", "doc_number", "document_number"), "number"),
    **dict.fromkeys(("issuer", "agency", "organization", "organisation", "department"), "issuer"),
    **dict.fromkeys(("source", "site", "publisher"), "source"),
    **dict.fromkeys(("date", "published", "publish_date", "pub_date", "pubdate"), "published"),
    **dict.fromkeys(("url", "link", "author", "tags", "keywords", "category"), "other"),
}

# ---- furniture of a page
_TOOLS = (
    "一键分享 分享到微信好友 分享到朋友圈 分享到微信 分享到微博 分享到 分享至 分享 微信好友 微信扫一扫 新浪微博 腾讯微博 QQ好友"
    " QQ空间 朋友圈 人人网 复制链接 取消 打印本页 打印本文 打印本稿 打印页面 打印文章 打印 我要收藏 收藏本页 收藏本文 加入收藏"
    " 收藏 下载本文 下载全文 下载文档 下载打印版 免费下载 下载 全屏 关闭窗口 关闭本页 关闭页面 关闭 返回顶部 返回上一页 返回首页"
    " 返回列表 返回 回到顶部 推荐朋友 扫码浏览 扫码查看 扫码阅读 手机浏览 手机版 收听全文 听全文 朗读全文 语音播报 大声朗读"
    " 无障碍阅读 无障碍浏览 长者模式 长者助手 关怀版 关爱版 适老版 繁体版 繁体中文 简体版 简体中文 保护视力色 智能问答 内容纠错"
    " 我要纠错 网上纠错 设为首页 登录 注册 搜索"
).split()
_TOOL = (
    r"微信扫一扫[，,]?分享[到至]朋友圈|用微信扫描.{0,20}|(?:微信扫|扫)[一码描](?:扫|二维码)?[，,]?[在用]?(?:手机)?[上端]?"
    r"(?:打开|浏览|查看|访问)?(?:当前页面?|本页面?|本文)?|"
    + "|".join(sorted(_TOOLS, key=len, reverse=True))
    + "|微[信博]|QQ"
)
_FONT = r"(?:页面字号|字体大小|字号大小|字[体号])\s*[:：]?|[Aa][+\-－＋]?|[特超]?大|中|小|[加放减缩][大小]|还原|默认"
_COUNT = r"[-—\d,次万人 ]{0,12}"
#: A word of a row of what the page offers: 「【字体：大 中 小】 打印 关闭」; and what stands between them.
TOOL_WORD = re.compile(rf"{_TOOL}|{_FONT}", re.IGNORECASE)
TOOL_SIGNS = " \t\u3000\xa0|｜丨/／·•>»×✕X↺:：,，、+-—－_【】[]［］〖〗「」()（）《》<"
FONT_ROW_START = re.compile(r"[【\[［(（]?\s*(?:字[体号](?:大小)?|页面字号)\s*[:：]?")
FONT_WORD = re.compile(_FONT, re.IGNORECASE)
#: 「当前位置：首页 > 政务公开」, also one piece a line.
POSITION = re.compile(r"[您你]?[现目当]?[在前]?所?在?的?当?前?位置[是为]?\s*[:：]?")
HOME_PAGE = re.compile(r"(?:网站首|本站首|首)\s*页")
BREADCRUMBS = re.compile(
    rf"(?:{POSITION.pattern})?\s*(?:{HOME_PAGE.pattern})\s*(?:[>＞»›→/／\\|｜]|-{{1,2}}>?|&gt;).{{0,200}}"
    r"|[您你现目当][^。]{0,8}位置[是为]?\s*[:：].{0,200}"
)
CRUMB_SIGN = re.compile(r"[>＞»›→]{1,3}")
_RELATED = "|".join(
    "相关链接 相关新闻 相关报道 相关阅读 相关文章 相关推荐 相关稿件 相关资讯 相关图片 相关视频 相关专题 相关评论 热门新闻 热门文章"
    " 热门推荐 热点新闻 热点推荐 热点专题 最新新闻 最新文章 最新资讯 最新推荐 推荐阅读 推荐新闻 推荐文章 推荐链接 延伸阅读 更多新闻"
    " 更多报道 更多阅读 友情链接 快速导航 快速链接 栏目导航 栏目推荐 猜你喜欢 大家都在看 网友评论 发表评论 我要评论".split()
)
#: What names a list of other pages; behind it no text of a document follows.
RELATED = re.compile(
    rf"[【\[■▌◆●]*\s*(?:{_RELATED}|[上下前后]一[篇条页])\s*[】\]]*\s*(?:[:：>＞].*|[>＞»]{{0,3}})"
)
#: Labels of such lists that documents have, too; of a page where nothing follows.
EMPTY_LABEL = re.compile(
    r"[【\[■▌◆●]*\s*(?:相关附件|相关文档|相关文件|相关政策|相关解读|相关信息|相关内容|附件下载|政策解读|图解|标签|关键词)"
    r"\s*[】\]]*\s*[:：>＞»]*"
)
#: The number under which a site is registered.
_REGISTERED = r"ICP[备证](?:案号)?\s*[:：]?[\w-]*\d|公网安备\s*\d|网站标识码\s*[:：]?\s*\w"
#: The foot of a site, and what stands in it but may stand elsewhere, too.
SITE_FOOT = re.compile(
    rf".{{0,60}}(?:{_REGISTERED}|公安备案|公安机关备案|版权所有|Copyright|All Rights? Reserved|网站地图|站点地图).{{0,160}}"
    r"|.{0,10}即将离开.{0,40}门户网站|©.{0,100}|.{0,20}位访客|.{0,8}访问量[:：].{0,20}",
    re.IGNORECASE,
)
MAYBE_FOOT = re.compile(
    r"(?:技术支持|法律声明|关于本站|关于我们|联系我们|隐私声明|网站声明|免责声明|版权声明|使用帮助|网站帮助)\s*[:：|｜]?.{0,60}"
    r"|(?:[主承协]办|运维|维护)(?:单\s?位)?\s*[:：].{0,120}"
)
#: Lines of the page or the conversion.
FURNITURE = re.compile(
    rf"##\s*\w+\s*##|ID\s*[:：]\s*\w+|(?:{DAY_LABELS}|发布时间|更新时间)\s*[:：]\s*[\d\-/:. ]+"
    rf"|[（(]?(?:上传者|上传人|作者|记者|编辑|责任编辑|责编|编审|校对|监制|{SOURCE_LABEL}|信息{SOURCE_LABEL}|浏览(?:次数|量)?|阅读次数|阅读量|点击[数率]?|访问量)\s*[:：]\s*\S{{0,20}}[)）]?"
    rf"|.{{0,20}}(?:{_REGISTERED}).{{0,40}}|(?:添加时间|录入时间|发布时间|更新时间)\s*[:：]?\s*[\d\-/:. ]+(?:浏览次数\s*[:：]?\s*\d*\s*次?)?"
    rf"|[下上]一[篇条].*|[-—–]?\s*{_COUNT}次"
    rf"|下面是小编为大家整理的[，,]?{EDITOR_PHRASE}。?|.{{0,20}}系列\s*(?:№|No\.?)\s*\d+"
    r"|[【\[]广告[】\]][^。]*|第?\s*\d+\s*页?(?:\s*[/共]\s*\d+\s*页?)?|[-—－]\s*\d+\s*[-—－]",
    re.IGNORECASE,
)
#: A day or moment of the page: 「2025-10-17 09:00:00」.
PAGE_MOMENT = re.compile(
    r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}[:：时]\d{2}(?:[:：分]\d{2}秒?)?分?)?"
)
#: With the time of the day, which no document has in its head.
PAGE_CLOCK = re.compile(
    r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}[:：时]\d{2}(?:[:：分]\d{2}秒?)?分?"
)
#: What a name of a site ends in, and what a page's title may be beside the document's.
SITE_NAME_END = re.compile(rf"(?:[站网]|{SITE_NAMES})$")
#: What hangs on a page to be taken along.
ATTACHMENT = re.compile(r"附\s*[件表图录]")
#: The heading of notes at the end of a page.
NOTES_HEADING = re.compile(r"[【\[]?(?:注释|脚注|尾注|注解|附注|参考文献|注)[】\]]?[:：]?")
#: What a page puts into the middle of a sentence.
INJECTED = re.compile(
    rf"[（(【\[]?当前隐藏内容免费查看[）)】\]]?|[（(]?本文{SOURCE_LABEL}[:：]\S{{2,20}}[)）]"
)
#: Words that hardly stand anywhere but on spam pages.
SPAM_WORDS = tuple(
    "无码 人妻 性爱 偷拍 精品国产 国产精品 在线观看 一区二区 三级片 博彩 时时彩 六合彩 百家乐"
    " 娱乐城 开户送 送彩金 代开发票 薇信 刷单 裸聊 av片".split()
)
#: Words that are plentiful on spam pages and stand in documents, too.
SPAM_COMPANY = tuple("少妇 成人 欧美 激情 高潮 高清 彩票 棋牌 无抵押".split())
#: An office writes about gambling and fraud, too: 「严厉打击六合彩、百家乐等网络赌博」.
AGAINST_SPAM = re.compile(
    "打击|整治|查处|取缔|严禁|禁止|赌博|违法|犯罪|治理|防范|诈骗|涉案|案件|整顿|清理|监管"
)
#: The heading of a contents page, in a text and as a style of Word.
CONTENTS_HEADING = re.compile(r"[【\[]?(?:目\s*[录次]|(?:本期)?(?:要目|目录|导读))[】\]]?[:：]?")
CONTENTS_STYLE = re.compile(r"(?:toc|目录)\s*[1-9]", re.IGNORECASE)
#: Names of Word's styles for headings and titles.
HEADING_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
TITLE_STYLES = frozenset(("title", "标题", "文档标题", "公文标题"))
#: Those of a caption, and of the hint in an empty field: 「单击此处输入文字。」.
CAPTION_STYLES = frozenset(("caption", "题注"))
PLACEHOLDER_STYLES = frozenset(("placeholder text", "占位符文本"))
#: How a spreadsheet program names a sheet that nobody named.
DEFAULT_SHEET = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
