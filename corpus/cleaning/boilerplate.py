"""Lines that belong to the web page or the conversion, not to the document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cleaning.line import Line
from corpus.cleaning.report import Tally
from corpus.raw import LineKind
from corpus.simplify import to_simplified

_JUNK_LINE = re.compile(
    r"##\s*\w+\s*##|ID\s*[:：]\s*\w+|(?:时间|发布时间|更新时间|日期)\s*[:：]\s*[\d\-/:. ]+"
    r"|(?:上传者|上传人|作者|编辑|责任编辑|来源|浏览次数?|阅读次数?|点击数?)\s*[:：]\s*\S{0,20}"
    r"|关闭(?:窗口|本页)?|打印(?:本页)?|返回顶部|上一篇.*|下一篇.*|下载文档|免费下载|收藏|分享到?[:：]?"
    r"|下面是小编为大家整理的[，,]?供大家参考。?|.{0,20}系列\s*(?:№|No\.?)\s*\d+"
    r"|[【\[]广告[】\]][^。]*|第?\s*\d+\s*页?(?:\s*[/共]\s*\d+\s*页?)?|[-—－]\s*\d+\s*[-—－]",
    re.IGNORECASE,
)
_INJECTED = re.compile(r"[（(【\[]?当前隐藏内容免费查看[）)】\]]?|[（(]?本文来源[:：]\S{2,20}[)）]")
#: Words that hardly stand anywhere but on spam pages, and words that are plentiful there.
_SPAM_WORDS = tuple(
    "无码 人妻 性爱 偷拍 精品国产 国产精品 在线观看 一区二区 三级片 博彩 时时彩 六合彩 百家乐"
    " 娱乐城 开户送 送彩金 代开发票 薇信 刷单 裸聊 av片".split()
)
_SPAM_COMPANY = tuple("少妇 成人 欧美 激情 高潮 高清 彩票 棋牌 无抵押".split())
#: An office writes about gambling and fraud, too: 「严厉打击六合彩、百家乐等网络赌博」.
_AGAINST_SPAM = re.compile(
    "打击|整治|查处|取缔|严禁|禁止|赌博|违法|犯罪|治理|防范|诈骗|涉案|案件|整顿|清理|监管"
)
_EDITOR_INTRO = re.compile(
    r"(?:演讲稿|范文).{0,200}(?:书面材料|希望能够|供大家参考)"
    r"|(?:范文|总结|报告).{0,40}(?:欢迎.{0,6}阅读|供大家参考)"
)


def is_spam(text: str) -> bool:
    """Advertising or pornographic filler: two or more different spam words, and no full sentence.

    One of them must be a word that offices hardly use: 「成人教育、欧美市场」 is none.
    """
    if "。" in text or _AGAINST_SPAM.search(text):
        return False
    certain = sum(word in text for word in _SPAM_WORDS)
    return certain >= 1 and certain + sum(word in text for word in _SPAM_COMPANY) >= 2


def drop_boilerplate(lines: Sequence[Line], tally: Tally) -> list[Line]:
    """The lines without page furniture and spam; what is dropped is counted and spam is reported."""
    kept: list[Line] = []
    seen_intro = False
    for line in lines:
        plain = to_simplified(line.text).strip()
        if is_spam(plain):
            tally.add("spam lines")
            tally.warn(f"第{line.number}行像垃圾广告，未收录")
            continue
        if line.kind is not LineKind.TABLE_ROW and _JUNK_LINE.fullmatch(plain):
            tally.add("boilerplate lines")
            continue
        if not seen_intro and line.number < 30 and _EDITOR_INTRO.search(plain):
            seen_intro = True
            tally.add("boilerplate lines")
            continue
        kept.append(_without_injections(line, plain, tally))
    return kept


def _without_injections(line: Line, plain: str, tally: Tally) -> Line:
    """Cut phrases that the page put into the middle of a sentence."""
    spans = [m.span() for m in _INJECTED.finditer(plain)]
    # ``plain`` is stripped; lines are kept stripped, so its positions are those of the line.
    if not spans or len(plain) != len(line.text):
        return line
    text = line.text
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    tally.add("injected phrases", len(spans))
    return Line(text, line.number, line.page, line.kind, line.level, line.after_blank)
