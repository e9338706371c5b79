"""Where a text begins and what it is called."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.language.characters import LETTER_SPACED
from corpus.language.documents import (
    AT_MEETING,
    BANNER,
    COUNTED_HEAD,
    DATELINE,
    DAY_AND_MEETING,
    DELIVERED,
    GREETING,
    HEADLINE,
    MASTHEAD,
    NEWS_TITLE,
    PHOTO_CREDIT,
    PLAIN_COUNT,
    SPEAKER,
    SUBTITLE,
    TITLE_END,
)
from corpus.language.function_words import ABOUT
from corpus.language.labels import LABEL, TEXT_BEGINS, TITLE_LEAD
from corpus.language.organisations import ORGAN_END
from corpus.language.simplification import bare, search_form
from corpus.raw import LineKind
from corpus.structure.headings import find_marker, is_item
from corpus.structure.lines import Line

_ENDS_SENTENCE = re.compile(r"[。；;，,：:！？!?、]$")
_ISSUER_END = re.compile(f"{ORGAN_END}$")
_LONGEST_TITLE = 60
#: At the head of a file: 「…转发…关于…的通知」 may be long.
_LONGEST_OPENING = 120
_OPENING_LINES = 15
#: Lines with labels among them; lines among which a title is looked for that the format names.
_HEAD_LINES, _NAMED_LINES = 40, 40
#: Rows of a letterhead set as a table above the title.
_LETTERHEAD_ROWS = 4
#: Characters of a title of which a longer one in the head is no better form.
_LEAST_OWN = 10
#: Characters of a text before the next one may begin.
_SHORTEST_TEXT = 300

#: Kinds of line that are never a title and end the search for one.
NOT_TITLE = (LineKind.TABLE_ROW, LineKind.CAPTION, LineKind.NOTE)


def is_masthead(text: str) -> bool:
    """Number, issue, date, secrecy or red head: what stands around a title and is none."""
    return (BANNER.fullmatch(text) or MASTHEAD.fullmatch(text)) is not None


def looks_like_title(text: str) -> bool:
    """A line on its own that names a document: 「××关于印发××方案的通知」, 「…会议上的讲话」."""
    if not 6 <= len(text) <= _LONGEST_TITLE or _ENDS_SENTENCE.search(text):
        return False
    if find_marker(text) or is_item(text) or "。" in text:
        return False
    return TITLE_END.search(text) is not None


def names_document(text: str) -> bool:
    """Whether a line, however long, ends in a 文种 and is no sentence."""
    return "。" not in text and TITLE_END.search(text) is not None


@dataclass(frozen=True)
class Text:
    """One text of a file.

    Attributes:
        title: lines that make up its title, possibly empty.
        lines: all its lines in order, the title's included.
    """

    title: tuple[Line, ...]
    lines: tuple[Line, ...]


def split_texts(
    lines: Sequence[Line],
    contents_titles: frozenset[str],
    may_split: bool,
    named: frozenset[str] = frozenset(),
) -> tuple[Text, ...]:
    """Cut a file's cleaned lines into its texts.

    Where there are ``contents_titles`` (in bare form), a text begins exactly where one of them
    stands; ``may_split`` is false for formats whose own headings already say what is a title; ``named``
    are titles in bare form that the format gives the document.
    """
    starts = _starts(lines, contents_titles) if may_split else {}
    if 0 not in starts:
        starts[0] = _opening_title(lines[: min(starts, default=len(lines))], named)
    bounds = [*sorted(starts), len(lines)]
    texts = [
        Text(tuple(lines[i] for i in starts[begin]), tuple(lines[begin:end]))
        for begin, end in itertools.pairwise(bounds)
        if begin < end
    ]
    # A cover line before the first text (「2023年6月」) is no text of its own: it joins that one.
    if len(texts) > 1 and not texts[0].title and sum(len(x.text) for x in texts[0].lines) < 60:
        return (Text(texts[1].title, texts[0].lines + texts[1].lines), *texts[2:])
    return tuple(texts)


def _starts(lines: Sequence[Line], contents_titles: frozenset[str]) -> dict[int, list[int]]:
    """Line index where a text begins → indices of its title lines."""
    starts: dict[int, list[int]] = {}
    body = 0
    for i, line in enumerate(lines):
        form = search_form(line.text)
        if contents_titles:
            for size in (1, 2):
                if bare("".join(x.text for x in lines[i : i + size])) in contents_titles:
                    starts[i] = list(range(i, i + size))
                    break
            continue
        if body > _SHORTEST_TEXT and looks_like_title(form) and _closed_before(lines, i):
            starts[i] = [i]
            body = 0
        elif body > _SHORTEST_TEXT and GREETING.fullmatch(form):
            starts[i] = []  # a speech whose title the page left out
            body = 0
        body += len(form)
    return starts


def _closed_before(lines: Sequence[Line], i: int) -> bool:
    """The line before ends a sentence and this one stands apart, as a new text's title does."""
    before = lines[i - 1].text
    follows = search_form(lines[i + 1].text) if i + 1 < len(lines) else ""
    is_apart = lines[i].after_blank or lines[i].kind is LineKind.TITLE
    if not follows or not is_apart:
        return False
    return (
        GREETING.fullmatch(follows) is not None
        or re.search(r"[。！？!?日)）”]$", before) is not None
    )


def _opening_title(lines: Sequence[Line], named: frozenset[str] = frozenset()) -> list[int]:
    """Indices of the title lines near the top of a file; empty when there is no title.

    ``named`` are titles, in bare form, that the file's format gives the document.
    """
    for i, line in enumerate(lines[:_NAMED_LINES]):
        if named and bare(line.text) in named and line.kind not in NOT_TITLE:
            return [i]
    marked = [
        i
        for i, line in enumerate(lines[:_OPENING_LINES])
        # 「霖川市民政局文件」 at the head of a page says who writes, not about what.
        if line.kind is LineKind.TITLE and not MASTHEAD.fullmatch(search_form(line.text))
    ]
    head = list(_head(lines))
    labels = [i for i, form in head if LABEL.match(form)]
    given = marked[:1] or [i for i in labels if _title_label(lines[i].text)][:1]
    plain = [(i, form) for i, form in head if i not in labels]
    if not given or not labels:
        return given or _of_head(plain)
    # A saved page has a head that somebody put there, perhaps of another document.
    after = next(i for i in itertools.count(labels[0]) if i + 1 not in labels)
    if not (own := _below_labels([(i, form) for i, form in plain if i > after])):
        return given
    told = bare(_title_label(lines[given[0]].text) or lines[given[0]].text)
    text = bare(TITLE_LEAD.sub("", "".join(lines[i].text for i in own), count=1))
    # 「政府工作报告」 says less than 「2001年霖川市政府工作报告」 in the head.
    less = text in told and (len(text) < _LEAST_OWN or SUBTITLE.match(lines[own[0]].text))
    return given if less or text == told else own


def _title_label(text: str) -> str:
    """What a line 「标题：…」 calls the document, or ""."""
    form = search_form(text)
    label = LABEL.match(form)
    return form[label.end() :] if label and label.lastgroup == "title" else ""


def _head(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Lines that may be a title, up to the first sentence, heading or table."""
    rows = 0
    for i, line in enumerate(lines[:_HEAD_LINES]):
        form = _unspaced(search_form(line.text))
        if LABEL.match(form):
            yield i, form
            continue
        if i - rows >= _OPENING_LINES:
            return
        if line.kind in NOT_TITLE:
            rows += 1
            if rows > _LETTERHEAD_ROWS:
                return
            continue
        if find_marker(form) or is_item(form) or GREETING.fullmatch(form):
            return
        longest = _LONGEST_OPENING if names_document(form) else _LONGEST_TITLE
        if len(form) > longest or form.endswith("。"):
            return
        yield i, form


def _unspaced(form: str) -> str:
    """「关 于 养 老 的 通 知」 without the spaces between its characters."""
    return re.sub(r"\s+", "", form) if LETTER_SPACED.search(form) else form


def _of_head(head: Sequence[tuple[int, str]]) -> list[int]:
    """The first line that reads like a title with what belongs to it, else the first of any kind."""
    counted = _counted_head(head)
    for i, form in head:
        if i != counted and (looks_like_title(form) or len(form) > _LONGEST_TITLE):
            return _with_lines_above(head, i)
    if counted is not None:
        return [counted]
    for i, form in head:
        framed = is_masthead(form) or is_frame(form)
        if not framed and not _ENDS_SENTENCE.search(form) and len(form) >= 4:
            return _with_lines_below(head, i)
    return []


def _counted_head(head: Sequence[tuple[int, str]]) -> int | None:
    """「临川市人民政府公告」 with its count below, which is the title only where no other follows."""
    for (i, form), (_, below) in itertools.pairwise(head):
        if COUNTED_HEAD.fullmatch(form) and PLAIN_COUNT.fullmatch(below.strip("（）()")):
            return i if looks_like_title(form) else None
    return None


def _below_labels(head: Sequence[tuple[int, str]]) -> list[int]:
    """The title between a head of labels and the text: formal, or a headline right at its top."""
    for i, form in head:
        if looks_like_title(form):
            return _with_lines_above(head, i)
    for i, form in head:
        if is_masthead(form) or is_frame(form) or len(form) < 6:
            continue
        headline = NEWS_TITLE.search(form) or HEADLINE.match(form)
        return [i] if headline and not _ENDS_SENTENCE.search(form) else []
    return []


def is_frame(text: str) -> bool:
    """Subtitle, speaker, dateline, 「正文：」: what stands between a title and its text."""
    return any(
        p.match(text) for p in (SUBTITLE, DELIVERED, AT_MEETING, DATELINE, PHOTO_CREDIT)
    ) or any(p.fullmatch(text) for p in (SPEAKER, TEXT_BEGINS, DAY_AND_MEETING))


def _with_lines_below(head: Sequence[tuple[int, str]], at: int) -> list[int]:
    """A title whose last line alone is too short to be one: 「临川市农村供水 / 管理办法」."""
    forms = dict(head)
    whole = forms[at]
    if _ISSUER_END.search(whole):
        return [at]
    for last in (at + 1, at + 2):
        if last not in forms or is_masthead(forms[last]) or is_frame(forms[last]):
            break
        whole += forms[last]
        if looks_like_title(whole):
            return list(range(at, last + 1))
    return [at]


def _with_lines_above(head: Sequence[tuple[int, str]], at: int) -> list[int]:
    """A title set over several lines: 「临川市人民政府办公室 / 关于印发… / …方案的通知」."""
    chosen = [at]
    forms = dict(head)
    while chosen[0] - 1 in forms:
        above = forms[chosen[0] - 1]
        first = forms[chosen[0]]
        torn = not first.startswith(ABOUT) and ABOUT in above and not looks_like_title(above)
        opened = above.count("《") > above.count("》")
        issuer = first.startswith(ABOUT) and _ISSUER_END.search(above) is not None
        under = SUBTITLE.match(first) is not None and not is_frame(above)
        if not (torn or opened or issuer or under) or is_masthead(above) or LABEL.match(above):
            break
        chosen.insert(0, chosen[0] - 1)
    return chosen
