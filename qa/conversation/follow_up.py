"""Follow-up questions completed from the conversation: 「那沈阳呢？」, 「什么时候？」, 「该文件…」.

By rules that must all fit, as a question changed without need is worse than one left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.language.question_words import (
    asks,
    has_question_word,
    is_small,
    question_phrase,
    subject_of,
    without_attribute,
)
from corpus.language.simplification import search_form
from qa.conversation.conversation import Conversation, Turn
from retriever.query.analysis import AnswerKind, analyse
from retriever.query.places import YEAR, first_run, place_spans, with_scope, year_spans

#: Whoever writes more than this has said what it is about.
_LONGEST = 40
#: What 「那…呢」 names is a thing, not a sentence.
_LONGEST_THING = 12
_LEAD = re.compile(
    r"^(?:那么|那(?![个边里位些种样次天年份时座条])|还有|另外|再问(?:一下|问)?|请问(?:一下)?|顺便问(?:一下)?|换成|换|改成|如果是|要是|如果|对了|好的?(?=[，,])|嗯)[，,、 ]*"
)
_GOES_ON = re.compile(r"^(?:那|换|改成|如果|要是|还有)")
_END = re.compile(r"[\s？?。.！!，,；;~～…]+$")
_SENTENCE = re.compile(r"[^？?]+[？?]*")
_PARTICLE = re.compile(r"(?:(?:怎么样|如何|又如何|又怎样)?呢|怎么样|的情况(?:呢|如何|怎么样)?)$")
_SHORT_YEAR = re.compile(r"^(?P<tens>[012]\d)年度?")
_NEXT_YEAR = re.compile(r"^(?:(?P<before>上一?年|前一年)|(?P<after>次年|下一年|后一年|第二年))")
#: 「组长」 for 「副组长」, 「民政局」 for 「水利局」, 「第三季度」 for 「第二季度」.
_KINDS = re.compile(
    r"(?:书记|主任|组长|局长|厅长|市长|县长|区长|省长|镇长|院长|校长|处长|科长|主席|秘书长|联系人|负责人"
    r"|街道|社区|[省市州县区镇乡村局厅委办部院校馆站所队]|公司|集团|银行|医院|大学|学院|委员会|领导小组"
    r"|季度|月份?|年度|届|期|批|轮|阶段|条例|办法|方案|规划|意见)$"
)
_ORDINAL_BEFORE = re.compile(
    r"第?[\d一二三四五六七八九十]{1,3}个?(?=(?:季度|月份?|届|期|批|轮|阶段)$)"
)
_BREAK = re.compile(r"[的，,、：:；;（(《“\"里中内对向由和与]")
_DOCUMENTS = "文件|方案|办法|通知|意见|规划|条例|规定|通报|报告|讲话|汇报|制度|细则|计划|指南|公告|决定|纲要|要点|简报|材料|政策"
_THIS = "这一?[个份部项篇些]?|该|此|上述|上面(?:这|那|的|说的)?一?[个份部项篇]?|前面(?:这|那|的|说的)?一?[个份部项篇]?|刚才(?:这|那|的|说的)?一?[个份部项篇]?|那一?[份部篇]"
_DOCUMENT = re.compile(rf"^(?:{_THIS})(?:{_DOCUMENTS})(?:里面?|中|内)?")
_PERSON = re.compile(
    r"^(?:[他她](?![人们国乡方日山])|这个?人|此人|该同志|这位同志|这位(?:领导|书记|主任|组长)?)"
)
_PLACE = re.compile(
    r"^(?:那里|那边|那儿|这里|这边|当地|该[省市县区州镇乡地]|[这那]个(?:省|市|县|区|镇|乡|地方|街道))"
)
_MATTERS = "工作|项目|工程|活动|制度|措施|任务|补助|补贴|事情?|问题|内容|机制|行动|比赛|会议|会|标准|数字|数据|指标"
_IT = re.compile(
    rf"^(?:它们?|其(?![他它余中实间次])|(?:{_THIS})项?(?:{_MATTERS})|(?:上面|前面|刚才)(?:这|那|说)的?一?[个份部项篇]?"
    r"|这一?[个项]?(?![\u4e00-\u9fff])|这一?[个项]?(?=是|有|由|叫|在|要|怎|什|多|何|为|谁|的))"
)
#: 「该公司…」, 「这次评选…」: what they are is told by what was asked about.
_SUCH = re.compile(r"^(?:该|这次|此次|本次|这些|上述|这[家位名批类])(?=[\u4e00-\u9fff])")
#: 「牵头这项工作的是谁」, where nothing but small words stands around it.
_WITHIN = re.compile(rf"(?:{_THIS})项?(?:(?P<document>{_DOCUMENTS})|{_MATTERS})")
#: The clock is not in the documents, and 「其他」 names nothing.
_VAGUE = re.compile(r"^(?:[去今明前后往历]年|其[他它余]|别的|剩下|更多|全部|所有|然后|还有|后来)")
_COMPARED = re.compile(r"^(?:相比|对比|比较|比)(?:一下|起来|较)?$")
#: Who is asked for, at the end of what stands before 「是谁」.
ROLE = r"(?:常务|第一|办公室|执行)*副?(?:书记|主任|组长|局长|厅长|市长|县长|区长|省长|镇长|院长|校长|处长|科长|主席|秘书长|联系人|负责人)"
_ROLE = re.compile(ROLE)


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
    question: str, conversation: Conversation, familiar: frozenset[str] = frozenset()
) -> str:
    """The question as it is to be asked: completed where it is a follow-up, else as it is.

    ``familiar`` are short names of places in the indexed documents. Never raises, and never changes a
    question that nothing went before.
    """
    turns = conversation.recalled
    recalled = tuple(replace(turn, asked_as=search_form(turn.asked_as)) for turn in turns)
    text = _END.sub("", search_form(" ".join(question.split())))
    if not recalled or not text or len(text) > _LONGEST or "《" in text or "\n" in question:
        return question
    read = _read(text, familiar)
    for rule in (_pronoun, _other_scope, _other_thing):
        found = rule(read, recalled, familiar)
        if found:
            return f"{_END.sub('', found)}？"
    return question


def _read(text: str, familiar: frozenset[str]) -> _Read:
    bare = text
    while (lead := _LEAD.match(bare)) and lead.end() < len(bare):
        bare = bare[lead.end() :]
    things = _PARTICLE.sub("", bare)
    spans = place_spans(things, familiar)
    places = tuple(things[a:b] for a, b in spans)
    rest = "".join(c for i, c in enumerate(things) if not any(a <= i < b for a, b in spans))
    short = _SHORT_YEAR.match(rest)
    rest = f"20{rest}" if short else rest
    years = tuple(dict.fromkeys(YEAR.findall(rest)))
    rest = re.sub(r"^(?:的|和|与|、)+|(?:的|和|与|、)+$", "", YEAR.sub("", rest))
    return _Read(bare, things, places, years, rest, _is_marked(text, bare))


def _is_marked(text: str, bare: str) -> bool:
    """「请问沈阳…」 begins politely, 「那沈阳…」 goes on."""
    return bare.endswith("呢") or (bare != text and _GOES_ON.match(text) is not None)


def _pronoun(read: _Read, recalled: Sequence[Turn], familiar: frozenset[str]) -> str:
    """「该文件何时施行」 → 「《甲市条例》何时施行」; 「它…」 is what was asked about."""
    rules: tuple[tuple[re.Pattern[str], Callable[[], str]], ...] = (
        (_DOCUMENT, lambda: _title(recalled)),
        (_PERSON, lambda: _person(recalled)),
        (_PLACE, lambda: _place(recalled, familiar)),
        (_IT, lambda: subject_of(_last_sentence(recalled))),
    )
    if read.places or read.years:
        return ""
    for pattern, meaning in rules:
        match = pattern.match(read.text)
        if match is None:
            continue
        meant, rest = meaning(), read.text[match.end() :].lstrip("的，, ")
        if not meant or not asks(rest):
            return ""
        if pattern is not _PLACE:
            own = read.text[match.end() :].startswith("的")
            joint = "的" if own else "，" if pattern is _IT else ""
            return f"{meant}{joint}{rest}"
        # 「那里什么时候开始」 asks the same of the place; 「当地有多少家医院」 asks something else.
        return f"{meant}{rest}" if not is_small(rest) else _asked_of(_last_sentence(recalled), rest)
    subject = subject_of(_last_sentence(recalled))
    if _SUCH.match(read.text) and asks(read.text) and subject:
        return f"{subject}，{read.text}"
    within = _WITHIN.search(read.text)
    around = _WITHIN.sub("", read.text, count=1)
    if within is None or not is_small(around) or not asks(around):
        return ""
    meant = _title(recalled) if within["document"] else subject_of(_last_sentence(recalled))
    return f"{read.text[: within.start()]}{meant}{read.text[within.end() :]}" if meant else ""


def _other_scope(read: _Read, recalled: Sequence[Turn], familiar: frozenset[str]) -> str:
    """The last question about another place or year, or something else about the same subject."""
    rest, last = read.rest, recalled[0].asked_as
    sentences = _SENTENCE.findall(last) or [last]
    years = read.years or _moved_year(rest, last)
    rest = rest if read.years == years else _NEXT_YEAR.sub("", rest).strip("的")
    if read.places and _COMPARED.match(rest):
        own = [last[a:b] for a, b in place_spans(last, familiar)]
        return with_scope(last, (*own, *read.places), years, familiar) if own else ""
    if (
        rest
        and read.places
        and last[first_run(place_spans(last, familiar), last)[1] :].startswith(rest)
    ):
        rest = ""  # 「营口港呢」 of 「盘锦港…」
    if rest and not is_small(rest):
        return ""
    if not (read.places or years or asks(rest)):
        return ""
    if asks(rest):
        if read.places and not read.is_marked:
            return ""  # 「沈阳市是什么时候设立的」 has its subject
        return _asked_of(with_scope(sentences[-1], read.places, years, familiar), rest)
    return "".join(with_scope(one, read.places, years, familiar) for one in sentences)


def _other_thing(read: _Read, recalled: Sequence[Turn], familiar: frozenset[str]) -> str:
    """「那副组长呢」: the last question about a like thing, or the same asked of another."""
    thing, last = read.rest, _last_sentence(recalled)
    if (
        read.text.endswith("怎么样")
        or _VAGUE.match(thing)
        or not read.is_marked
        or not 2 <= len(thing) <= _LONGEST_THING
        or has_question_word(thing)
    ):
        return ""
    base = with_scope(last, read.places, read.years, familiar)
    like = _like(base, thing, familiar)
    if like:
        return f"{base[: like[0]]}{thing}{base[like[1] :]}"
    phrase = question_phrase(base)
    if phrase is None:
        return ""
    scope = "".join(base[a:b] for a, b in place_spans(base, familiar))
    scope += "".join(f"{year}年" for year in analyse(base).years)
    return f"{scope}{thing}{base[phrase[0] : phrase[1]]}"


def _asked_of(base: str, rest: str) -> str:
    subject = subject_of(base)
    return f"{without_attribute(subject)}，{rest}" if subject else ""


def _moved_year(rest: str, last: str) -> tuple[str, ...]:
    """「上一年」 of a question about 2023 is 2022."""
    match, known = _NEXT_YEAR.match(rest), analyse(last).years
    if match is None or len(known) != 1:
        return ()
    return (str(int(known[0]) + (1 if match["after"] else -1)),)


def _like(base: str, thing: str, familiar: frozenset[str]) -> tuple[int, int] | None:
    """Where a question names a thing of the same kind: for 「民政局」 its 「水利局」."""
    roles = list(_ROLE.finditer(base))
    if roles and _ROLE.fullmatch(thing):
        return roles[-1].span()
    kind = _KINDS.search(thing)
    if kind is None:
        return None
    phrase = question_phrase(base)
    end = base.rfind(kind.group(), 0, phrase[0] if phrase else len(base))
    end = end if end >= 0 else base.find(kind.group())
    if end < 0:
        return None
    end += len(kind.group())
    ordinal = _ORDINAL_BEFORE.search(base[:end])
    if ordinal:
        return ordinal.start(), end
    starts = [b for _, b in (*place_spans(base, familiar), *year_spans(base)) if b < end]
    starts += [m.end() for m in _BREAK.finditer(base, 0, end - len(kind.group()))]
    # 「旅游（控股）集团」 begins before its brackets.
    whole = [at for at in (0, *starts) if base.count("（", at, end) >= base.count("）", at, end)]
    return max(whole), end


def _last_sentence(recalled: Sequence[Turn]) -> str:
    """Of a question of several parts the last."""
    asked = recalled[0].asked_as
    sentences: list[str] = _SENTENCE.findall(asked)
    return sentences[-1] if sentences else asked


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
    return subject_of(_last_sentence(recalled))


def _place(recalled: Sequence[Turn], familiar: frozenset[str]) -> str:
    for turn in recalled:
        spans = place_spans(turn.asked_as, familiar)
        if spans:
            start, end = first_run(spans, turn.asked_as)
            return turn.asked_as[start:end]
    return ""
