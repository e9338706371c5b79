"""What stands around a title: number, issuing body, date, issue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.metadata.quotation import Quotation
from corpus.metadata.signatures import ReadDate, read_date
from corpus.structure.headings import ORGAN_END

_YEAR_IN_BRACKETS = r"[〔\[［（(【]\s*(?:19|20)\d{2}\s*[〕\]］）)】]"
#: A document's number by its code, year and count: 「霖政办发〔2024〕9号」.
NUMBER = rf"[\u4e00-\u9fffA-Z]{{1,12}}\s?{_YEAR_IN_BRACKETS}\s*第?\s*\d{{1,5}}\s*号"
_NUMBER = re.compile(
    # Announcements and orders count without brackets: 「霖川市民政局公告2023年第4号」.
    rf"{NUMBER}|[\u4e00-\u9fff]{{2,40}}(?:公告|通告|令)\s*(?:(?:19|20)\d{{2}}年)?\s*第\s*\d{{1,5}}\s*号"
)
#: 「（第8号）」 behind or below the title of an announcement.
_PLAIN_NUMBER = re.compile(
    r"(?:^|[（(])\s*(?P<number>(?:(?:19|20)\d{2}年)?\s*第\s*\d{1,5}\s*号)\s*[）)]?$"
)
#: 「发文字号霖政发…」, 「…的通知霖政发…」: what ran into a number before its code.
_BEFORE_CODE = re.compile(
    r"[\u4e00-\u9fff]*(?:文号|字号|通知|意见|方案|办法|决定|通报|批复|文件|的)(?=[\u4e00-\u9fffA-Z]+\s?[〔\[［（(【])"
)
#: Around another document's number: 「《…意见》（霖政发〔2023〕5号）」, 「贯彻霖政发〔2023〕5号文件」.
_CITES = re.compile("关于|根据|按照|依据|依照|贯彻|落实|转发")
_CITED_BEFORE = re.compile(r"》\s*[（(]?$")
_CITED_AFTER = re.compile(r"\s*[）)]?(?:文件|精神|要求|的)")
_SENTENCE = re.compile("[。；，]")
_LONGEST_LINE = 60

#: 「霖川市民政局文件」, 「霖川市文明办编 2023年8月14日」.
_ISSUER = re.compile(
    rf"(?P<issuer>[\u4e00-\u9fff]{{2,28}}{ORGAN_END})"
    r"(?:文件|\s*(?:编|编印|编发|主办|印发)(?:\s*\d{4}年\d{1,2}月(?:\d{1,2}日)?)?)?"
)
_LABELLED_ISSUER = re.compile(
    r"【?(?:发文|发布|制定|印发)(?:单位|机关|机构)[】:：]\s*(?P<issuer>[\u4e00-\u9fff、 ]{2,40}?)(?=\s*(?:$|【))"
)
_DATED = r"(?:\d{4}|[二一][〇○零一二三四五六七八九]{3})\s*年\s*.{1,2}\s*月(?:\s*.{1,3}\s*日)?"
#: A line that is little more than a date: in brackets, after who wrote or compiled it, or before
#: who adopted it.
_DATE_LINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[（(【]?\s*{_DATED}\s*[）)】]?(?:\s*[印发]{{1,2}})?",
        rf"[（(]?[^：:，。；]{{2,40}}?\s*(?:编|编印|编发|主办|印发)?\s*[（(]?{_DATED}\s*[）)]?",
        rf"[（(]{_DATED}[^。；]{{2,60}}(?:通过|批准|公布|发布|印发)[^。；]{{0,80}}[）)]",
        r"[（(]?\s*(?:19|20)\d{2}([.．/-])\s?\d{1,2}\1\s?\d{1,2}\s*[）)]?",
    )
)
_LABELLED_DATE = re.compile(
    r"【?(?:成文|发文|签发|印发)(?:日期|时间)[】:：]\s*(?P<date>(?:19|20)\d{2}\s*[年.．/-]\s?\d{1,2}[月.．/-]\s?\d{1,2})"
)
#: 「截至2023年4月」, 「自2023年4月1日起」: a date of something else than the text.
_OTHER_DATE = re.compile(r"截至|截止|自|从|于|到|起|止|前|后|至|期间|以来|执行|施行|实施|召开|举行")
_ISSUE = re.compile(r"[（(]?(?P<year>(?:19|20)\d{2})年(?:总)?第\s*\d{1,4}\s*期.{0,20}")


def read_number(head: Sequence[Quotation]) -> Quotation:
    """The document's own number (发文字号); those of documents that a line cites are passed over."""
    lines = [h for h in head if len(h.text) <= _LONGEST_LINE and not _SENTENCE.search(h.text)]
    for line in lines:
        for match in _NUMBER.finditer(line.text):
            run_in = _BEFORE_CODE.match(match.group())
            number = line.piece(match.start() + (run_in.end() if run_in else 0), match.end())
            cited = _CITES.search(number.text) or _CITED_BEFORE.search(line.text[: match.start()])
            if not cited and not _CITED_AFTER.match(line.text, match.end()):
                return number
    for line in lines:
        plain = _PLAIN_NUMBER.search(line.text)
        if plain and not _CITED_BEFORE.search(line.text[: plain.start("number")]):
            return line.piece(*plain.span("number"))
    return Quotation()


def read_masthead_issuer(head: Sequence[Quotation]) -> Quotation:
    """The body that a line of the head names."""
    for pattern in (_ISSUER.fullmatch, _LABELLED_ISSUER.search):
        for line in head:
            if match := pattern(line.text):
                return line.piece(*match.span("issuer")).without_space()
    return Quotation()


def read_masthead_date(head: Sequence[Quotation]) -> ReadDate | None:
    """The date of a line near the top that is little more than one; those to the day first."""
    months: list[ReadDate] = []
    for line in head:
        label = _LABELLED_DATE.search(line.text)
        found = read_date(line.piece(*label.span("date")) if label else line)
        if not found or not (label or _is_date_line(line.text)):
            continue
        if len(found.value) == len("2023-04-24"):
            return found
        months.append(found)
    return months[0] if months else None


def _is_date_line(text: str) -> bool:
    if len(text) > _LONGEST_LINE * 2 or not any(p.fullmatch(text) for p in _DATE_LINES):
        return False
    return text.startswith(("（", "(")) or not _OTHER_DATE.search(text)


def read_issue_year(head: Sequence[Quotation]) -> Quotation:
    """The year of an issue: 「（2024年第5期）」."""
    for line in head:
        if match := _ISSUE.fullmatch(line.text):
            return line.piece(*match.span("year"))
    return Quotation()
