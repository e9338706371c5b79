"""Is anything shown that its citation does not hold? Every answer looked at anew, by other means than qa's."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.language.gazetteer import place_spans
from corpus.language.simplification import search_form
from eval.metrics.matching import bare, stands_in, units
from eval.systems.asking import AnsweringSystem
from indexer.passage import Passage
from qa.answer import CANNOT_ANSWER, Answer, Citation
from qa.composition.annotations import OTHERWISE
from retriever.hit import Span

_MARK = re.compile(r"\[(\d{1,3})\]")
_NUMBER = re.compile(r"\d|[〇零一二三四五六七八九十百千万亿两]")
_PART = re.compile(r"^（\d）")
_HEADING = re.compile(r"^（([^（）]*(?:（[^（）]*）[^（）]*)*)）")
_ROW = re.compile(r"^([^：，。]{1,14})：")
_OTHER = re.compile(rf"^{OTHERWISE}（《(.*?)》(?:，(\d{{4}})年)?）：")


@dataclass(frozen=True)
class Fault:
    """Something shown that does not hold.

    Attributes:
        question: what was asked.
        what: what is wrong, one line.
        shown: the words it is wrong with.
        answer: the text of the whole answer.
    """

    question: str
    what: str
    shown: str
    answer: str


@dataclass(frozen=True)
class Kind:
    """How many swapped questions of one kind (``place``, ``year``, ``number``) were asked and answered."""

    name: str
    asked: int
    answered: int


@dataclass(frozen=True)
class Audit:
    """What came of asking questions.

    Attributes:
        asked: how many.
        answered: how many of them were answered.
        pieces: cited pieces that were looked at.
        faults: all that does not hold.
        kinds: swapped questions by what is swapped; empty for others.
    """

    asked: int
    answered: int
    pieces: int
    faults: tuple[Fault, ...]
    kinds: tuple[Kind, ...] = ()


def audit(system: AnsweringSystem, questions: Sequence[str]) -> Audit:
    """Ask every question and look at every piece of its answer."""
    answers = [system.ask(question) for question in questions]
    return _summed(answers, [fault for answer in answers for fault in faults_of(answer)])


def audit_swapped(
    system: AnsweringSystem,
    swapped: Sequence[Swap],
    document_text: Callable[[str], str],
) -> Audit:
    """The same for swapped questions; one answered from what it does not ask about is a fault too."""
    answers, faults = [], []
    for swap in swapped:
        answer = system.ask(swap.question)
        answers.append(answer)
        faults += faults_of(answer)
        if overlooks(swap, answer, document_text):
            what = f"所引段落都不是“{swap.asked}”的"
            faults.append(Fault(swap.question, what, answer.text, answer.text))
    return replace(_summed(answers, faults), kinds=_by_kind(swapped, answers))


def _by_kind(swapped: Sequence[Swap], answers: Sequence[Answer]) -> tuple[Kind, ...]:
    asked = Counter(swap.kind for swap in swapped)
    pairs = zip(swapped, answers, strict=True)
    answered = Counter(swap.kind for swap, answer in pairs if answer.answered)
    return tuple(Kind(kind, asked[kind], answered[kind]) for kind in sorted(asked))


def swapped_questions(
    questions: Sequence[str], known_places: frozenset[str], count: int, seed: int = 0
) -> list[Swap]:
    """At most ``count`` questions with their place, year or ordinal swapped, drawn at random.

    Args:
        questions: that the documents answer.
        known_places: short names of the places that the documents are of.
        count: how many.
        seed: of the random numbers.
    """
    rng = random.Random(seed)
    made = swaps(questions, known_places, rng)
    return rng.sample(made, min(count, len(made)))


def faults_of(answer: Answer) -> list[Fault]:
    """What an answer shows that its citations do not hold; a refusal and a reply show nothing."""
    if not answer.answered:
        return []
    found = [(_piece_fault(words, cited, answer), words) for cited, words in _pieces(answer)]
    found += [(_quote_fault(one), one.quote) for one in answer.citations]
    used = {one.n for cited, _ in _pieces(answer) for one in cited}
    found += [("没有标在回答里的引文", one.quote) for one in answer.citations if one.n not in used]
    found += [(f"没有 {mark} 这条引文", mark) for mark in _marks_of_nothing(answer)]
    found += [("没有引文编号的话", words) for words in _uncited(answer)]
    if not answer.citations:
        found.append(("回答没有引文", answer.text))
    texts = [_around(one.passage) for one in answer.citations]
    values = (*answer.short_answer.split("；"), *(row.value for row in answer.comparison))
    for value in filter(None, values):
        if not any(_stands(value, text) for text in texts):
            found.append(("简答不在所引段落里", value))
    return [Fault(answer.question, what, shown, answer.text) for what, shown in found if what]


def _pieces(answer: Answer) -> list[tuple[tuple[Citation, ...], str]]:
    """Each cited piece's words and citations, several where marks stand side by side.

    Brackets that are no citation's belong to the words.
    """
    known = {citation.n: citation for citation in answer.citations}
    pieces: list[tuple[tuple[Citation, ...], str]] = []
    for line in answer.text.split("\n"):
        at = 0
        for mark in _MARK.finditer(line):
            one = known.get(int(mark[1]))
            if one is None:
                continue
            if 0 < at == mark.start():
                before, words = pieces.pop()
                pieces.append(((*before, one), words))
            else:
                pieces.append(((one,), line[at : mark.start()].lstrip("）")))
            at = mark.end()
    return pieces


def _marks_of_nothing(answer: Answer) -> list[str]:
    """Marks of citations that there are not; a document number's 「[99]」 stands in what is cited."""
    known = {citation.n for citation in answer.citations}
    texts = [f"{one.passage.text}\n{one.passage.display}" for one in answer.citations]
    return [
        mark[0]
        for mark in _MARK.finditer(answer.text)
        if int(mark[1]) not in known and not any(mark[0] in text for text in texts)
    ]


def _uncited(answer: Answer) -> list[str]:
    """What stands behind a line's last mark, but for lines that say that nothing is known."""
    known = {citation.n for citation in answer.citations}
    rests = []
    for line in answer.text.split("\n"):
        ends = [mark.end() for mark in _MARK.finditer(line) if int(mark[1]) in known]
        rest = line[max(ends, default=0) :]
        if bare(rest) and CANNOT_ANSWER not in rest:
            rests.append(rest)
    return rests


def _piece_fault(words: str, cited: Sequence[Citation], answer: Answer) -> str:
    """What is wrong with a piece: all of its words must stand in one of the passages it cites."""
    missing: list[str] = []
    for citation in cited:
        passage = citation.passage
        quoted = _without_labels(words, passage, answer.question)
        if not bare(quoted):
            return "引文编号前没有文字"
        if any(_holds(text, quoted) for text in (passage.text, passage.display)):
            return ""
        held = {*units(passage.text), *units(passage.display)}
        missing += [unit for unit in units(quoted) if unit[0].isdecimal() and unit not in held]
    if missing:
        return f"数字 {'、'.join(dict.fromkeys(missing))} 不在所引段落里"
    return "文字不在所引段落里"


def _holds(text: str, quoted: str) -> bool:
    """Whether the words stand in a text and each number as a whole: no 「15%」 from 「1.5%」 or 「2015%」."""
    if not (_stands(quoted, text) or _verbatim(quoted, text)):
        return False
    return set(filter(_NUMBER.match, units(quoted))) <= set(units(text))


def _stands(words: str, text: str) -> bool:
    # ``stands_in`` takes a number at a line's end and one at the next line's start for one.
    return stands_in(words, text.replace("\n", " "))


def _verbatim(words: str, text: str) -> bool:
    """Whether the words stand in a text as they are, cutting no number.

    Simplifying looks at neighbours, so a verbatim cut may come out otherwise than its source.
    """
    words = words.strip()
    before = r"(?<!\d)(?<!\d\.)" if words[0].isdecimal() else ""
    behind = r"(?!\.?\d)" if words[-1].isdecimal() else ""
    return re.search(f"{before}{re.escape(words)}{behind}", text) is not None


def _without_labels(words: str, passage: Passage, question: str) -> str:
    """Without what says whose it is: 「（1）」, a heading of the passage, 「沈阳：」 of the question."""
    if bare(words) in bare(passage.text):
        return words
    words = _PART.sub("", words)
    other = _OTHER.match(words)
    if other and (other[1], other[2] or "") == (passage.title, passage.metadata.year):
        words = words[other.end() :]
    row = _ROW.match(words)
    if row and stands_in(row[1].removesuffix("年"), question):
        words = words[row.end() :]
    heading = _HEADING.match(words)
    if heading and bare(heading[1]) in bare(_around(passage)):
        words = words[heading.end() :]
    # 「12条[1]（截至2023年6月底[2]）」: the second piece begins behind a bracket.
    return words.removeprefix("（") if words.count("（") > words.count("）") else words


def _quote_fault(citation: Citation) -> str:
    inside = 0 <= citation.start < citation.end <= len(citation.passage.display)
    return "" if inside and citation.quote.strip() else "引文不在所引段落的范围里"


def _around(passage: Passage) -> str:
    metadata = passage.metadata
    return "\n".join(
        (passage.title, *passage.heading_path, metadata.issuer, passage.text, passage.display)
    )


def _summed(answers: Sequence[Answer], faults: Sequence[Fault]) -> Audit:
    answered = [answer for answer in answers if answer.answered]
    return Audit(len(answers), len(answered), sum(len(_pieces(a)) for a in answered), tuple(faults))


#: Places that there are, and places that there are not.
REAL = ("桂林市", "张家口市", "湛江市", "佳木斯市", "绵阳市", "宝鸡市", "日照市", "莆田市")
INVENTED = ("云潭市", "苔溪县", "鹿洲市", "枕河区", "雁浦镇", "霜原市", "柚岭县", "棠口街道")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
_ORDINAL = re.compile(
    r"(?:第(?=.{1,4}[轮届批次期])|(?=[一二三四五六七八九十]{2,3}届))([一二三四五六七八九十]{1,3}|\d{1,4})(?=[轮届批次期])"
)
_KIND = re.compile("(?:市|县|区|镇)$")
_OTHER_ORDINALS = ("十七", "十九", "二十三", "三十一")


@dataclass(frozen=True)
class Swap:
    """A question that asks for something else than it did.

    Attributes:
        kind: ``place``, ``year`` or ``number``.
        question: as it is asked now.
        original: as it was.
        asked: the place without its kind, the year or the number that it names now.
    """

    kind: str
    question: str
    original: str
    asked: str


def swaps(questions: Sequence[str], known_places: frozenset[str], rng: random.Random) -> list[Swap]:
    """Every question's place, year and number swapped in turn; those without any give nothing.

    Args:
        questions: that the documents answer.
        known_places: short names of the places that the documents are about; some are swapped in.
        rng: chooses among places and years.
    """
    found: list[Swap] = []
    for question in questions:
        text = search_form(question)
        found += _places(text, known_places, rng)
        found += _years(text, rng)
        found += _numbers(text, rng)
    return found


def _places(text: str, known_places: frozenset[str], rng: random.Random) -> list[Swap]:
    spans = place_spans(text, known_places)
    if len(spans) != 1:
        return []
    others = sorted(name for name in known_places if name not in text)
    chosen = [rng.choice(REAL), rng.choice(INVENTED), *rng.sample(others, min(1, len(others)))]
    return _swapped("place", text, spans[0], chosen)


def _years(text: str, rng: random.Random) -> list[Swap]:
    match = _YEAR.search(text)
    if match is None:
        return []
    others = [str(int(match.group()) - years) for years in rng.sample((6, 8, 11, 14), 3)]
    return _swapped("year", text, match.span(), others)


def _numbers(text: str, rng: random.Random) -> list[Swap]:
    match = _ORDINAL.search(text)
    if match is None:
        return []
    other = rng.choice([n for n in _OTHER_ORDINALS if n != match[1]])
    return _swapped("number", text, match.span(1), [other])


def _swapped(kind: str, text: str, span: Span, others: Sequence[str]) -> list[Swap]:
    before, behind = text[: span[0]], text[span[1] :]
    return [Swap(kind, f"{before}{each}{behind}", text, _KIND.sub("", each)) for each in others]


def overlooks(swap: Swap, answer: Answer, document_text: Callable[[str], str]) -> bool:
    """Whether an answer was given from passages none of which is about what is asked now, unsaid.

    A passage is about a place or year by its document's region, year, date or title, its headings or
    its words; a document without a region is also about the places, and any about the years and
    numbers, that it names anywhere.
    """
    if not answer.answered or swap.asked in answer.notice:
        return False
    if any(swap.asked in row.name and not row.said for row in answer.comparison):
        return False  # its row says that nothing is known of it
    return not any(_is_about(swap, one.passage, document_text) for one in answer.citations)


def _is_about(swap: Swap, passage: Passage, document_text: Callable[[str], str]) -> bool:
    metadata = passage.metadata
    own = (metadata.region, metadata.year, metadata.date, passage.title, *passage.heading_path)
    if any(swap.asked in search_form(text) for text in (*own, passage.text)):
        return True
    anywhere = swap.kind == "number" or not metadata.region
    return anywhere and swap.asked in document_text(passage.document_id)
