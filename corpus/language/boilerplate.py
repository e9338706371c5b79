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
#: Lines of the page or the conversion.
FURNITURE = re.compile(
    rf"##\s*\w+\s*##|ID\s*[:：]\s*\w+|(?:{DAY_LABELS}|发布时间|更新时间)\s*[:：]\s*[\d\-/:. ]+"
    rf"|(?:上传者|上传人|作者|编辑|责任编辑|{SOURCE_LABEL}|浏览次数?|阅读次数?|点击数?)\s*[:：]\s*\S{{0,20}}"
    r"|关闭(?:窗口|本页)?|打印(?:本页)?|返回顶部|上一篇.*|下一篇.*|下载文档|免费下载|收藏|分享到?[:：]?"
    rf"|下面是小编为大家整理的[，,]?{EDITOR_PHRASE}。?|.{{0,20}}系列\s*(?:№|No\.?)\s*\d+"
    r"|[【\[]广告[】\]][^。]*|第?\s*\d+\s*页?(?:\s*[/共]\s*\d+\s*页?)?|[-—－]\s*\d+\s*[-—－]",
    re.IGNORECASE,
)
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
#: The title in the head of a Markdown file.
FRONT_MATTER_TITLE = re.compile(r"(?:title|标题)[ \t]*[:：][ \t]*(.+?)[ \t]*$", re.IGNORECASE)
#: How a spreadsheet program names a sheet that nobody named.
DEFAULT_SHEET = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
