"""Lines torn apart, glued to each other or flattened into one, put right."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.cleaning.report import Tally
from corpus.language import documents as forms
from corpus.language.characters import SPACES, has_han
from corpus.language.lexicon import common_words
from corpus.language.simplification import bare, search_form
from corpus.raw import LineKind, RawLine
from corpus.structure.headings import find_marker, is_item
from corpus.structure.lines import Line
from corpus.structure.sentences import open_brackets
from corpus.structure.titles import names_document

_OPEN = re.compile(r"[，,、（(《〈“‘〔\[—－\-•]$")
_NEVER_STARTS = re.compile(r"[，。、；：！？）》〉”’〕】,;:!?)%％]")
_ALNUM_TAIL = re.compile(r"[A-Za-z0-9.]$")
#: A line without any sentence mark and at most this long may be a heading of its own.
_HEADING_LENGTH = 45
#: A printed line holds so many half-width characters; longer lines are whole paragraphs.
_NARROWEST_PAGE, _WIDEST_PAGE = 40, 120
_FEWEST_LINES = 12
#: A full line lacks at most so many: two characters of indent, and one moved for a punctuation mark.
_RAGGED = 8
#: No paragraph is longer; a file without any punctuation must not become one line of megabytes.
_LONGEST_PARAGRAPH = 5_000
#: So many characters of what stands before a break are looked at: a line may be long already.
_LOOKED_BACK = 600
#: How far into a line a second number may stand for both to be headings.
_REACH = 80
_SHORTEST = 4
_SPACES = re.compile(rf"(?<=\S)[{SPACES}\t]+(?=\S)")
_AFTER_SENTENCE = re.compile(rf"[。！？：；][”’）)》]?[{SPACES}\t]+(?=\S)")
_WORD = re.compile(r"[A-Za-z0-9%.,:/@—-]")
#: In the real files a sound line has one such space at most, and a flattened one three and more.
_FEWEST = 3
_SHORTEST_FLATTENED = 80
#: Paragraphs are so long on average; shorter pieces are names or cells.
_SHORTEST_MEAN = 6


class BoundaryModel:
    """How often the characters on two sides of a break stand together elsewhere in the same file."""

    def __init__(self, texts: Sequence[str]) -> None:
        # Only what stands around a break of these lines is ever asked for: counting that in one
        # pass is faster than counting all there is, and a file of many lines takes no longer.
        asked = {key for one, other in itertools.pairwise(texts) for key in _around(one, other)}
        self._counts = Counter(
            itertools.chain.from_iterable(
                filter(asked.__contains__, map("".join, zip(*shifted, strict=False)))
                for text in texts
                for shifted in ((text, text[1:], text[2:]), (text, text[1:], text[2:], text[3:]))
            )
        )

    def evidence(self, tail: str, head: str) -> int:
        """How often the 3 or 4 characters around the break occur inside lines of the file."""
        both, more_behind, more_before = _around(tail, head)
        return max(
            self._counts[both], self._counts[more_behind] // 2, self._counts[more_before] // 2
        )

    def exact(self, tail: str, head: str) -> int:
        """How often the two characters before and the two after the break stand together."""
        return self._counts[_around(tail, head)[0]]


def _around(tail: str, head: str) -> tuple[str, str, str]:
    """The characters around a break: two and two, one and two, two and one."""
    return tail[-2:] + head[:2], tail[-1:] + head[:2], tail[-2:] + head[:1]


def word_across(tail: str, head: str) -> bool:
    """Whether a dictionary word stands across the break, longer than what either side has alone."""
    words = common_words()
    # 「领导|下」 is a word, but so is 「领导」: only a word that leaves a torn rest counts.
    shortest = 3 if tail[-2:] in words and head[:2] in words else 2
    sides = [(tail[-a:] + head[:b], a + b) for a in (1, 2, 3) for b in (1, 2, 3)]
    return any(size >= shortest and len(word) == size and word in words for word, size in sides)


def printed_width(lines: Sequence[Line]) -> int:
    """Width of the page in half-width characters when the lines are those of a page, else 0.

    In a PDF most lines are as long as the page is wide; where a line is a paragraph, hardly two
    are of one length.
    """
    widths = sorted(_width(line.text) for line in lines if line.kind is LineKind.TEXT)
    if len(widths) < _FEWEST_LINES:
        return 0
    widest = widths[len(widths) * 9 // 10]
    full = sum(abs(width - widest) <= _RAGGED // 2 for width in widths)
    # Pages measured: 40 to 60 % full lines and none wider; files of paragraphs: at most 11 %.
    is_page = _NARROWEST_PAGE <= widest <= _WIDEST_PAGE and widths[-1] <= widest + _RAGGED
    return widest if is_page and full * 3 >= len(widths) else 0


def _width(text: str) -> int:
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def join_broken_lines(
    lines: Sequence[Line], tally: Tally, titles: frozenset[str] = frozenset()
) -> list[Line]:
    """Join torn lines; a joined line keeps the number and page of its first piece.

    Notes at the foot of a page that stand between two pieces come behind them. ``titles`` are those
    of the contents page in bare form: such a line begins a text.
    """
    search = [search_form(line.text) for line in lines]
    model = BoundaryModel(search)
    full = printed_width(lines) - _RAGGED
    joined: list[Line] = []
    tail = ""
    last_width = size = 0
    at = -1  # where the line stands that the next may continue
    for line, form in zip(lines, search, strict=True):
        if line.kind is LineKind.NOTE and at >= 0:
            joined.append(line)
            continue
        begins_text = bool(titles) and bare(form) in titles
        runs_on = 0 < full <= last_width and _runs_on(tail, form)
        last_width = _width(line.text)
        if (
            at >= 0
            and not begins_text
            and size < _LONGEST_PARAGRAPH
            and joined[at].kind is line.kind is LineKind.TEXT
            and (runs_on or _torn(tail, form, model))
        ):
            glue = " " if _latin_gap(joined[at].text, line.text) else ""
            joined[at] = joined[at].followed_by(line, glue)
            tail, size = (tail + glue + form)[-_LOOKED_BACK:], size + len(glue + form)
            tally.add("broken lines")
        else:
            joined.append(line)
            tail, size, at = form[-_LOOKED_BACK:], len(form), len(joined) - 1
    return joined


def _latin_gap(tail: str, head: str) -> bool:
    return tail[-1:].isascii() and tail[-1:].isalpha() and head[:1].isascii() and head[:1].isalpha()


def _starts_anew(head: str) -> bool:
    return (
        find_marker(head) is not None or is_item(head) or forms.LINE_START.match(head) is not None
    )


def _runs_on(tail: str, head: str) -> bool:
    """Whether a line that fills its page goes on in the next: it has not come to an end."""
    if forms.SIGN_OFF.fullmatch(head) or _starts_anew(head):
        return False
    return forms.RUNS_OUT.search(tail) is None


def _torn(tail: str, head: str, model: BoundaryModel) -> bool:
    """Whether a line continues the one before; ``tail`` and ``head`` are their search forms."""
    if forms.GREETING.fullmatch(head) or (
        names_document(tail) and forms.ADDRESSEES.fullmatch(head)
    ):
        return False
    if _NEVER_STARTS.match(head):
        return True
    if len(head) <= 60 and forms.SIGN_OFF.fullmatch(head):
        return False
    starts_anew = _starts_anew(head)
    if _OPEN.search(tail) and not (starts_anew and find_marker(head)):
        return has_han(tail)  # else it is a rule across the page
    missing = open_brackets(_last_sentence(tail))
    if missing and not find_marker(head) and missing[-1] in head[:120]:
        return True
    if forms.CLOSED.search(tail) or starts_anew:
        return False
    return _continues(tail, head, model)


def _last_sentence(text: str) -> str:
    cut = max(text.rfind(mark) for mark in "。！？")
    return text[cut + 1 :]


def _continues(tail: str, head: str, model: BoundaryModel) -> bool:
    """The tail has no end mark and the head no number: a heading above its text, or a torn line?"""
    if "\t" in tail or not has_han(tail):
        return False
    last = _last_sentence(tail)
    heading_like = len(last) == len(tail) and len(tail) <= _HEADING_LENGTH
    if len(last) <= 60 and re.search(r"年\d{1,2}月(?:\d{1,2}日)?$", last):
        return False  # a sign-off
    if re.search(r"[）)]$", tail) and re.fullmatch(r"[（(].{2,40}[）)]", tail):
        return False  # 「（2023年1月15日）」 under a title
    if word_across(tail, head) and has_han(head[:1]):
        return True
    if forms.DANGLING.search(tail):
        return True
    if heading_like:
        return model.exact(tail, head) >= 2
    if _ALNUM_TAIL.search(tail) and len(last) <= _HEADING_LENGTH:
        return not re.search(r"\d{4}年?$", tail)
    return len(last) > 6 or model.evidence(tail, head) > 0


def split_glued_headings(lines: Sequence[Line], tally: Tally) -> list[Line]:
    """Split 「（一）…有差距1.贯彻落实…」 and 「…处罚。3．“万达西”…」 into their pieces."""
    split: list[Line] = []
    for line in lines:
        pieces = _pieces(line)
        split += pieces
        tally.add("glued headings", len(pieces) - 1)
    return split


def _pieces(line: Line) -> list[Line]:
    if line.kind is not LineKind.TEXT:
        return [line]
    cuts = [m.start() for m in forms.GLUED_AFTER_SENTENCE.finditer(line.text)]
    first_end = cuts[0] if cuts else len(line.text)
    marker = find_marker(line.text)
    sentence_end = line.text.find("。")
    limit = min(first_end, sentence_end if sentence_end >= 0 else first_end, _REACH)
    if marker:
        glued = forms.GLUED_NUMBER.search(line.text, marker.end + _SHORTEST, limit)
        if glued:
            cuts.insert(0, glued.start())
    if not cuts:
        return [line]
    bounds = [0, *cuts, len(line.text)]
    first, *rest = [p for a, b in itertools.pairwise(bounds) if (p := line.piece(a, b)).text]
    return [first, *(replace(piece, after_blank=False) for piece in rest)]


@dataclass(frozen=True)
class Piece:
    """A line of a file or a part of one.

    Attributes:
        source: the line.
        number: its number from 1.
        text: the part's characters.
        column: offset from 0 where they begin in the line.
    """

    source: RawLine
    number: int
    text: str
    column: int = 0


def whole_lines(lines: Sequence[RawLine]) -> list[Piece]:
    """Every line as it is."""
    return [Piece(line, number, line.text) for number, line in enumerate(lines, start=1)]


def split_flattened(lines: Sequence[RawLine], tally: Tally) -> list[Piece]:
    """Every line, in parts at its spaces where it is a flattened text."""
    only = sum(bool(line.text.strip()) for line in lines) == 1
    pieces: list[Piece] = []
    for whole in whole_lines(lines):
        parts = list(_parts(whole)) if _is_flattened(whole.source, only) else [whole]
        tally.add("flattened paragraphs", len(parts) - 1)
        pieces += parts
    return pieces


def _is_flattened(line: RawLine, only: bool) -> bool:
    if line.kind is not LineKind.TEXT:
        return False
    if len(line.text) < _SHORTEST_MEAN * len(_SPACES.findall(line.text)):
        return False
    if only and len(line.text) >= _SHORTEST_FLATTENED:
        return True
    return len(_AFTER_SENTENCE.findall(line.text)) >= _FEWEST


def _parts(whole: Piece) -> Iterator[Piece]:
    start = 0
    text = whole.text
    for match in _SPACES.finditer(text):
        if _is_break(text, match):
            yield Piece(whole.source, whole.number, text[start : match.start()], start)
            start = match.end()
    yield Piece(whole.source, whole.number, text[start:], start)


def _is_break(text: str, spaces: re.Match[str]) -> bool:
    """Whether a space was a line break: not one beside a Latin word or number, as in 「使用 APP」."""
    if len(spaces.group().expandtabs(2)) > 1 or "\u3000" in spaces.group():
        return True
    if find_marker(text[spaces.end() : spaces.end() + 8]):
        return True
    before, behind = text[spaces.start() - 1], text[spaces.end()]
    return not (_WORD.match(before) or _WORD.match(behind))
