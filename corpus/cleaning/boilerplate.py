"""Lines that belong to the web page or the conversion, not to the document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cleaning.report import Tally
from corpus.language.simplification import to_simplified
from corpus.raw import LineKind
from corpus.structure.lines import Line

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
#: An editor's words stand among the first lines.
_INTRO_LINES = 30
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


def drop_spam(lines: Sequence[Line], tally: Tally) -> list[Line]:
    """The lines that are no spam; what is dropped is reported."""
    kept = []
    for line in lines:
        if is_spam(to_simplified(line.text)):
            tally.drop("spam lines", line.number, line.text)
        else:
            kept.append(line)
    return kept


def drop_furniture(lines: Sequence[Line], tally: Tally) -> list[Line]:
    """The lines that are neither of the page nor an editor's words in front of the text."""
    kept = []
    seen_intro = False
    for line in lines:
        plain = to_simplified(line.text)
        intro = not seen_intro and line.number < _INTRO_LINES and _EDITOR_INTRO.search(plain)
        seen_intro = seen_intro or bool(intro)
        if intro or (line.kind is not LineKind.TABLE_ROW and _JUNK_LINE.fullmatch(plain)):
            tally.drop("boilerplate lines", line.number, line.text)
        else:
            kept.append(line)
    return kept


def cut_injections(lines: Sequence[Line], tally: Tally) -> list[Line]:
    """The lines without phrases that the page put into the middle of a sentence."""
    kept = []
    for line in lines:
        spans = [m.span() for m in _INJECTED.finditer(to_simplified(line.text))]
        for start, end in spans:
            tally.drop("injected phrases", line.number, line.text[start:end])
        cut = line.without(spans) if spans else line
        if cut.text:
            kept.append(cut)
    return kept
