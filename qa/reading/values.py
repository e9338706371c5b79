"""Exact values in a sentence: dates, numbers with units, bodies, titles, contacts."""

from __future__ import annotations

import re

from corpus.language import persons, question_words
from corpus.language.answer_values import CONTACT, DATE, DURATION, MEASURE_BOUND, NUMBER, TITLE
from corpus.language.function_words import LEADING_VERB
from corpus.language.lexicon import everyday_words
from corpus.language.organisations import BODY, NO_BODIES
from retriever.hit import Span
from retriever.query.analysis import AnswerKind, Question

#: What a person calls a value of a kind.
VALUE_NAMES = {
    AnswerKind.DATE: "具体日期",
    AnswerKind.DURATION: "具体时长",
    AnswerKind.NUMBER: "具体数字",
    AnswerKind.PERSON: "人名",
    AnswerKind.CONTACT: "联系方式",
}


_PATTERNS: dict[AnswerKind, re.Pattern[str]] = {
    AnswerKind.DATE: DATE,
    AnswerKind.DURATION: DURATION,
    AnswerKind.NUMBER: NUMBER,
    AnswerKind.TITLE: TITLE,
    AnswerKind.CONTACT: CONTACT,
    AnswerKind.ORGANISATION: BODY,
}
_CONTACT_FORMS = {
    "address": re.compile(r"号$"),
    "mail": re.compile("@"),
    "post code": re.compile(r"^\d{6}$"),
    # Six digits are a post code; of five only hotlines are telephone numbers.
    "phone": re.compile(
        r"^(?:\d{3,4}[-—－–]+)?(?:\d{7,8}|1\d{4})$|^1\d{10}$|^(?:1[12]\d|9[56]\d|100)\d\d$"
    ),
}


def find_values(kind: AnswerKind, text: str) -> tuple[Span, ...]:
    """Spans of values of a kind, in order; empty for kinds without a shape of their own."""
    if kind is AnswerKind.PERSON:
        return find_persons(text)
    pattern = _PATTERNS.get(kind)
    if pattern is None:
        return ()
    spans = [m.span() for m in pattern.finditer(text) if m.end() > m.start()]
    if kind in (AnswerKind.NUMBER, AnswerKind.DURATION):
        # 「2024年」 is a date, no number of years.
        dates = [m.span() for m in _PATTERNS[AnswerKind.DATE].finditer(text)]
        spans = [s for s in spans if not any(a <= s[0] < b for a, b in dates)]
    if kind is AnswerKind.ORGANISATION:
        # 「充分发挥城市商业银行职能」: the verb is no part of the name.
        cuts = [LEADING_VERB.match(text[a:b]) for a, b in spans]
        spans = [(a + (c.end() if c else 0), b) for (a, b), c in zip(spans, cuts, strict=True)]
        spans = [(a, b) for a, b in spans if b - a > 2 and not NO_BODIES.search(text[a:b])]
    return tuple(spans)


def answers_kind(question: Question, value: str) -> bool:
    """Whether a value is news to the question and as exact as it asks (「哪一天」: a day)."""
    if value in question.text:
        return False
    if question.kind is AnswerKind.NUMBER and value.startswith("第"):
        return question_words.ASKS_RANK.search(question.text) is not None
    if question.kind is AnswerKind.CONTACT:
        return _CONTACT_FORMS[question.contact].search(value) is not None
    return not question.asks_day or "日" in value or "旬" in value


def new_values(question: Question, text: str) -> tuple[Span, ...]:
    """Spans of the values of the kind asked for that may answer, in order."""
    found = find_values(question.kind, text)
    return tuple((a, b) for a, b in found if answers_kind(question, text[a:b]))


def find_persons(text: str) -> tuple[Span, ...]:
    """Spans of names, in order."""
    found = {m.span("name") for pattern in persons.PERSONS for m in pattern.finditer(text)}
    for listed in persons.LISTED_PERSONS.finditer(text):
        start = listed.start("names")
        found |= {
            (start + m.start(), start + m.end())
            for m in persons.ONE_LISTED.finditer(listed["names"])
        }
    names = [s for s in sorted(found) if _is_name(text[s[0] : s[1]])]
    # 「方砚」 out of 「方砚同」 or the like: where two overlap the one found first in the text stays.
    return tuple(s for i, s in enumerate(names) if i == 0 or s[0] >= names[i - 1][1])


def _is_name(words: str) -> bool:
    if re.search(rf"(?:{persons.POSTS})$", words):
        return False
    # 「严格责」 of 「严格责任」 begins with an everyday word, a name mostly does not.
    is_double = words[:2] in persons.DOUBLE_SURNAMES.split("|")
    return is_double or (
        words[0] in persons.SURNAMES and everyday_words().isdisjoint((words, words[:2]))
    )


def fits(question: Question, text: str, span: Span) -> bool:
    """Whether a value of a text fits the question's unit or post; False when it names none."""
    if question.kind is AnswerKind.NUMBER:
        return fits_measure(question, text[span[0] : span[1]])
    if question.kind is AnswerKind.DURATION:
        unit = question_words.ASKS_HOW_LONG.search(question.text)
        return unit is not None and MEASURE_BOUND.sub("", text[span[0] : span[1]]).endswith(unit[1])
    return question.kind is AnswerKind.PERSON and _holds_post(question, text, span)


def fits_measure(question: Question, value: str) -> bool:
    """Whether a number bears the unit asked for: 「多少户」 户, 「多少钱」 元, 「满意率」 %."""
    counted = question_words.ASKS_COUNT_OF.search(question.text)
    if counted and MEASURE_BOUND.sub("", value).endswith(tuple(counted[1][:n] for n in (1, 2, 3))):
        return True
    if counted and counted[1][0] in question_words.MEASURE_WORDS:
        return False
    return any(
        asks.search(question.text) and ends.search(value) for asks, ends in question_words.MEASURES
    )


def _holds_post(question: Question, text: str, name: Span) -> bool:
    """Whether a name stands by the post asked for: 「组长：韩松岳」, 「韩松岳任组长」, but no 副组长."""
    posts = persons.POST.findall(question.text)
    if not posts:
        return False
    post = rf"(?<!副){posts[-1]}"
    before, after = text[max(0, name[0] - 16) : name[0]], text[name[1] : name[1] + 24]
    return bool(
        re.search(rf"{post}(?:[:： ]|由?[\u4e00-\u9fff]{{0,8}})$", before)
        or re.match(rf"(?:同志)?(?:兼任|担任|任| )[^，。；\n]{{0,16}}?{post}", after)
    )
