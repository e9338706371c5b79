"""Follow-up questions completed from the conversation: 「那沈阳呢？」, 「什么时候？」, 「该文件…」.

By rules that must all fit, as a question changed without need is worse than one left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.language import conversation_words, question_words
from corpus.language.dates import NAMED_YEAR
from corpus.language.gazetteer import place_spans
from corpus.language.persons import POST
from corpus.language.simplification import search_form
from qa.answer import Conversation, Turn
from retriever.query.analysis import AnswerKind, analyse
from retriever.query.places import first_run, with_scope, year_spans

#: Whoever writes more than this has said what it is about.
_LONGEST = 40
#: What 「那…呢」 names is a thing, not a sentence.
_LONGEST_THING = 12
_END = re.compile(r"[\s？?。.！!，,；;~～…]+$")
_SENTENCE = re.compile(r"[^？?]+[？?]*")


@dataclass(frozen=True)
class _Read:
    """A follow-up taken apart.

    Attributes:
        text: without its lead and end marks, in simplified characters.
        things: without 「呢」 too.
        places: surfaces of the places it names.
        years: four-digit years it names.
        rest: ``things`` without places and years.
        is_marked: whether it began with 「那」 or the like, or ended with 「呢」.
    """

    text: str
    things: str
    places: tuple[str, ...]
    years: tuple[str, ...]
    rest: str
    is_marked: bool


def resolve(
    question: str, conversation: Conversation, known_places: frozenset[str] = frozenset()
) -> str:
    """The question as it is to be asked: completed where it is a follow-up, else as it is.

    ``known_places`` are short names of places in the indexed documents. Never raises, and never changes a
    question that nothing went before.
    """
    turns = conversation.recalled
    recalled = tuple(replace(turn, asked_as=search_form(turn.asked_as)) for turn in turns)
    text = _END.sub("", search_form(" ".join(question.split())))
    if not recalled or not text or len(text) > _LONGEST or "《" in text or "\n" in question:
        return question
    read = _read(text, known_places)
    for rule in (_pronoun, _other_scope, _other_thing):
        found = rule(read, recalled, known_places)
        if found:
            return f"{_END.sub('', found)}？"
    return question


def _read(text: str, known_places: frozenset[str]) -> _Read:
    bare = text
    while (lead := conversation_words.OPENINGS.match(bare)) and lead.end() < len(bare):
        bare = bare[lead.end() :]
    things = conversation_words.CLOSINGS.sub("", bare)
    spans = place_spans(things, known_places)
    places = tuple(things[a:b] for a, b in spans)
    rest = "".join(c for i, c in enumerate(things) if not any(a <= i < b for a, b in spans))
    short = conversation_words.SHORT_YEAR.match(rest)
    rest = f"20{rest}" if short else rest
    years = tuple(dict.fromkeys(NAMED_YEAR.findall(rest)))
    rest = re.sub(r"^(?:的|和|与|、)+|(?:的|和|与|、)+$", "", NAMED_YEAR.sub("", rest))
    return _Read(bare, things, places, years, rest, _is_marked(text, bare))


def _is_marked(text: str, bare: str) -> bool:
    """「请问沈阳…」 begins politely, 「那沈阳…」 goes on."""
    return bare.endswith("呢") or (
        bare != text and conversation_words.CONTINUATIONS.match(text) is not None
    )


def _pronoun(read: _Read, recalled: Sequence[Turn], known_places: frozenset[str]) -> str:
    """「该文件何时施行」 → 「《甲市条例》何时施行」; 「它…」 is what was asked about."""
    rules: tuple[tuple[re.Pattern[str], Callable[[], str]], ...] = (
        (conversation_words.THIS_DOCUMENT, lambda: _title(recalled)),
        (conversation_words.THIS_PERSON, lambda: _person(recalled)),
        (conversation_words.THIS_PLACE, lambda: _place(recalled, known_places)),
        (
            conversation_words.THIS_MATTER,
            lambda: question_words.subject_of(_last_sentence(recalled)),
        ),
    )
    if read.places or read.years:
        return ""
    for pattern, meaning in rules:
        match = pattern.match(read.text)
        if match is None:
            continue
        meant, rest = meaning(), read.text[match.end() :].lstrip("的，, ")
        if not meant or not question_words.asks(rest):
            return ""
        if pattern is not conversation_words.THIS_PLACE:
            own = read.text[match.end() :].startswith("的")
            joint = "的" if own else "，" if pattern is conversation_words.THIS_MATTER else ""
            return f"{meant}{joint}{rest}"
        # 「那里什么时候开始」 asks the same of the place; 「当地有多少家医院」 asks something else.
        return (
            f"{meant}{rest}"
            if not question_words.is_small(rest)
            else _asked_of(_last_sentence(recalled), rest)
        )
    subject = question_words.subject_of(_last_sentence(recalled))
    if (
        conversation_words.SUCH_A_THING.match(read.text)
        and question_words.asks(read.text)
        and subject
    ):
        return f"{subject}，{read.text}"
    within = conversation_words.THIS_WITHIN.search(read.text)
    around = conversation_words.THIS_WITHIN.sub("", read.text, count=1)
    if within is None or not question_words.is_small(around) or not question_words.asks(around):
        return ""
    meant = (
        _title(recalled)
        if within["document"]
        else question_words.subject_of(_last_sentence(recalled))
    )
    return f"{read.text[: within.start()]}{meant}{read.text[within.end() :]}" if meant else ""


def _other_scope(read: _Read, recalled: Sequence[Turn], known_places: frozenset[str]) -> str:
    """The last question about another place or year, or something else about the same subject."""
    rest, last = read.rest, recalled[0].asked_as
    sentences = _SENTENCE.findall(last) or [last]
    years = read.years or _moved_year(rest, last)
    rest = rest if read.years == years else conversation_words.NEXT_YEAR.sub("", rest).strip("的")
    if read.places and conversation_words.COMPARED.match(rest):
        own = [last[a:b] for a, b in place_spans(last, known_places)]
        return with_scope(last, (*own, *read.places), years, known_places) if own else ""
    if (
        rest
        and read.places
        and last[first_run(place_spans(last, known_places), last)[1] :].startswith(rest)
    ):
        rest = ""  # 「营口港呢」 of 「盘锦港…」
    if rest and not question_words.is_small(rest):
        return ""
    if not (read.places or years or question_words.asks(rest)):
        return ""
    if question_words.asks(rest):
        if read.places and not read.is_marked:
            return ""  # 「沈阳市是什么时候设立的」 has its subject
        return _asked_of(with_scope(sentences[-1], read.places, years, known_places), rest)
    return "".join(with_scope(one, read.places, years, known_places) for one in sentences)


def _other_thing(read: _Read, recalled: Sequence[Turn], known_places: frozenset[str]) -> str:
    """「那副组长呢」: the last question about a like thing, or the same asked of another."""
    thing, last = read.rest, _last_sentence(recalled)
    if (
        read.text.endswith("怎么样")
        or conversation_words.VAGUE_THINGS.match(thing)
        or not read.is_marked
        or not 2 <= len(thing) <= _LONGEST_THING
        or question_words.has_question_word(thing)
    ):
        return ""
    base = with_scope(last, read.places, read.years, known_places)
    like = _like(base, thing, known_places)
    if like:
        return f"{base[: like[0]]}{thing}{base[like[1] :]}"
    phrase = question_words.question_phrase(base)
    if phrase is None:
        return ""
    scope = "".join(base[a:b] for a, b in place_spans(base, known_places))
    scope += "".join(f"{year}年" for year in analyse(base).years)
    return f"{scope}{thing}{base[phrase[0] : phrase[1]]}"


def _asked_of(base: str, rest: str) -> str:
    subject = question_words.subject_of(base)
    return f"{question_words.without_attribute(subject)}，{rest}" if subject else ""


def _moved_year(rest: str, last: str) -> tuple[str, ...]:
    """「上一年」 of a question about 2023 is 2022."""
    match, known = conversation_words.NEXT_YEAR.match(rest), analyse(last).years
    if match is None or len(known) != 1:
        return ()
    return (str(int(known[0]) + (1 if match["after"] else -1)),)


def _like(base: str, thing: str, known_places: frozenset[str]) -> tuple[int, int] | None:
    """Where a question names a thing of the same kind: for 「民政局」 its 「水利局」."""
    roles = list(POST.finditer(base))
    if roles and POST.fullmatch(thing):
        return roles[-1].span()
    match = conversation_words.KINDS_OF_THINGS.search(thing)
    kind = match.group() if match else ""
    if not kind or kind not in base:
        return None
    phrase = question_words.question_phrase(base)
    start = base.rfind(kind, 0, phrase[0] if phrase else len(base))
    end = (start if start >= 0 else base.find(kind)) + len(kind)
    ordinal = conversation_words.ORDINAL_BEFORE_KIND.search(base[:end])
    if ordinal:
        return ordinal.start(), end
    starts = [b for _, b in (*place_spans(base, known_places), *year_spans(base)) if b < end]
    starts += [m.end() for m in conversation_words.NAME_BREAKS.finditer(base, 0, end - len(kind))]
    # 「旅游（控股）集团」 begins before its brackets.
    whole = [at for at in (0, *starts) if base.count("（", at, end) >= base.count("）", at, end)]
    return max(whole), end


def _last_sentence(recalled: Sequence[Turn]) -> str:
    """Of a question of several parts the last."""
    asked = recalled[0].asked_as
    return str([asked, *_SENTENCE.findall(asked)][-1])


def _title(recalled: Sequence[Turn]) -> str:
    """The document that was cited last, or named."""
    for turn in recalled:
        if turn.answer.citations:
            return f"《{turn.answer.citations[0].passage.title}》"
        named = re.search(r"《[^《》]{2,60}》", turn.asked_as)
        if named:
            return named.group()
    return ""


def _person(recalled: Sequence[Turn]) -> str:
    """The person who was the answer, else whom the last question was about."""
    for turn in recalled:
        if turn.answer.short_answer and analyse(turn.asked_as).kind is AnswerKind.PERSON:
            return turn.answer.short_answer
    return question_words.subject_of(_last_sentence(recalled))


def _place(recalled: Sequence[Turn], known_places: frozenset[str]) -> str:
    for turn in recalled:
        spans = place_spans(turn.asked_as, known_places)
        if spans:
            start, end = first_run(spans, turn.asked_as)
            return turn.asked_as[start:end]
    return ""
