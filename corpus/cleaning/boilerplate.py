"""Lines that belong to the web page or the conversion, not to the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.cleaning.report import Tally
from corpus.language import boilerplate
from corpus.language.documents import EDITOR_INTRO
from corpus.language.simplification import to_simplified
from corpus.raw import LineKind
from corpus.readers.labelled_head import pairs_of
from corpus.structure.headings import find_marker
from corpus.structure.lines import Line
from corpus.structure.titles import looks_like_title

#: An editor's words stand among the first lines.
_INTRO_LINES = 30
#: Lines of a file that may be the head of a page: a menu, the path to the page, tools.
_HEAD_LINES = 90
_LONGEST_FURNITURE, _LONGEST_LINK = 200, 80
#: Characters of a row of tools that is one anywhere.
_SURE_ROW = 4
_LONGEST_FONT_ROW = 9
#: Labels that say only how a page was found or is shown.
_OF_PAGE = frozenset((boilerplate.PAGE_LABELS + boilerplate.SAVING_LABELS).split())
#: What a format itself calls a part of the document.
_NEVER = (LineKind.TABLE_ROW, LineKind.TITLE, LineKind.CAPTION, LineKind.NOTE)


def is_spam(text: str) -> bool:
    """Advertising or pornographic filler: two or more different spam words, and no full sentence.

    One of them must be a word that offices hardly use: 「成人教育、欧美市场」 is none.
    """
    if "。" in text or boilerplate.AGAINST_SPAM.search(text):
        return False
    certain = sum(word in text for word in boilerplate.SPAM_WORDS)
    return certain >= 1 and certain + sum(word in text for word in boilerplate.SPAM_COMPANY) >= 2


def drop_spam(lines: Sequence[Line], tally: Tally) -> list[Line]:
    """The lines that are no spam; what is dropped is reported."""
    return _kept(lines, tally, "spam lines", lambda line, plain: is_spam(plain))


def drop_furniture(lines: Sequence[Line], tally: Tally) -> list[Line]:
    """The lines that are neither of the page nor an editor's words in front of the text.

    Above the first sentence and below the last one more words are the page's than between them.
    """
    head = (line for line in lines if line.number < _INTRO_LINES)
    intro = next((line for line in head if EDITOR_INTRO.search(to_simplified(line.text))), None)
    forms = [to_simplified(line.text) for line in lines]
    dropped = {i for i, line in enumerate(lines) if line is intro}
    dropped.update(i for i, line in enumerate(lines) if _is_furniture(line, forms[i]))
    dropped |= _head_furniture(lines, forms) | _tail_furniture(lines, forms)
    for i in sorted(dropped):
        tally.drop("boilerplate lines", lines[i].number, lines[i].text)
    return [line for i, line in enumerate(lines) if i not in dropped]


def _is_furniture(line: Line, plain: str) -> bool:
    """Whether a line is of the page wherever it stands."""
    if line.kind in _NEVER or len(plain) > _LONGEST_FURNITURE:
        return False
    if boilerplate.FURNITURE.fullmatch(plain):
        return True
    # 「大」 alone may stand in a list; several words of a page's tools do not.
    return is_tool_row(plain) and (
        len(plain) >= _SURE_ROW or plain.strip() != plain.strip("【[]】")
    )


def is_tool_row(plain: str) -> bool:
    """A row of what a page offers: 「【字体：大 中 小】 打印 关闭」."""
    if len(plain) > _LONGEST_FURNITURE:
        return False
    rest = boilerplate.TOOL_WORD.sub("", plain)
    return rest != plain and not rest.strip(boilerplate.TOOL_SIGNS)


def _head_furniture(lines: Sequence[Line], forms: Sequence[str]) -> set[int]:
    """What stands above the text: tools, the path to the page, and the menu over that path.

    Of the labels of a saved page go those that tell nothing about the document: 「来源链接：…」.
    """
    end = next((i for i, form in enumerate(forms[:_HEAD_LINES]) if "。" in form), None)
    end = min(len(lines), _HEAD_LINES) if end is None else end
    dropped: set[int] = set()
    at = 0
    while at < end:
        run = _crumbs(forms, at, end) or _font_row(forms, at, end)
        if run:
            dropped.update(range(at, at + run))
            # What stands over the path to a page is the site's.
            if boilerplate.POSITION.match(forms[at]):
                dropped.update(i for i in range(at) if _may_be_menu(lines[i], forms[i]))
            at += run
            continue
        if _is_of_page_head(forms[at]):
            dropped.add(at)
        at += 1
    return {i for i in dropped if lines[i].kind not in _NEVER}


def _is_of_page_head(plain: str) -> bool:
    if len(plain) <= _LONGEST_FURNITURE and (
        (is_tool_row(plain) and not boilerplate.FONT_WORD.fullmatch(plain))
        or boilerplate.BREADCRUMBS.fullmatch(plain)
        or boilerplate.PAGE_CLOCK.fullmatch(plain)
        or not plain.strip(boilerplate.TOOL_SIGNS)
    ):
        return True
    pairs = pairs_of(plain)
    return bool(pairs) and all(pair.name in _OF_PAGE for pair in pairs)


def _may_be_menu(line: Line, plain: str) -> bool:
    return line.kind not in _NEVER and not looks_like_title(plain) and len(plain) <= _LONGEST_LINK


def _crumbs(forms: Sequence[str], at: int, end: int) -> int:
    """How many lines from ``at`` are the path to the page, a piece a line: 「首页 / > / 政务公开」."""
    start = at
    if boilerplate.POSITION.fullmatch(forms[at]):
        at += 1
    elif not (boilerplate.HOME_PAGE.fullmatch(forms[at]) and at + 1 < end):
        return 0
    while at < end:
        if boilerplate.CRUMB_SIGN.fullmatch(forms[at]):
            at += 1
        elif at + 1 < end and boilerplate.CRUMB_SIGN.fullmatch(forms[at + 1]):
            at += 2
        else:
            break
    # The last piece: behind a sign comes one more name.
    if at < end and at - start >= 2 and boilerplate.CRUMB_SIGN.fullmatch(forms[at - 1]):
        at += 1
    is_path = at - start > 1 or boilerplate.POSITION.fullmatch(forms[start]) is not None
    return at - start if is_path else 0


def _font_row(forms: Sequence[str], at: int, end: int) -> int:
    """How many lines from ``at`` are a row of type sizes, a piece a line: 「【字号： / 大 / 中 / 小 / 】」."""
    if not boilerplate.FONT_ROW_START.fullmatch(forms[at]):
        return 0
    stop = at + 1
    while stop < min(end, at + _LONGEST_FONT_ROW):
        plain = forms[stop].strip(boilerplate.TOOL_SIGNS)
        if plain and not boilerplate.FONT_WORD.fullmatch(plain):
            break
        stop += 1
    return stop - at


def _tail_furniture(lines: Sequence[Line], forms: Sequence[str]) -> set[int]:
    """What stands below the text: from the first sign of a site's foot on, where no text follows."""
    first = len(lines)
    for i in range(len(lines) - 1, -1, -1):
        plain = forms[i]
        if lines[i].kind in _NEVER or not _may_be_foot(plain):
            break
        goes_on = first == i + 1
        if (
            _begins_foot(plain)
            or (first < len(lines) and boilerplate.MAYBE_FOOT.fullmatch(plain))
            or (
                goes_on
                and (
                    boilerplate.EMPTY_LABEL.fullmatch(plain)
                    or boilerplate.FURNITURE.fullmatch(plain)
                    or is_tool_row(plain)
                )
            )
        ):
            first = i
    return set(range(first, len(lines)))


def _may_be_foot(plain: str) -> bool:
    """Whether a line may stand in a site's foot: a name of a link, an address, no text of a document."""
    if boilerplate.SITE_FOOT.fullmatch(plain) or boilerplate.MAYBE_FOOT.fullmatch(plain):
        return True
    if boilerplate.EMPTY_LABEL.fullmatch(plain):
        return True
    if "。" in plain or len(plain) > _LONGEST_LINK or boilerplate.ATTACHMENT.match(plain):
        return False
    return find_marker(plain) is None


def _begins_foot(plain: str) -> bool:
    return (
        boilerplate.RELATED.fullmatch(plain) is not None
        or boilerplate.SITE_FOOT.fullmatch(plain) is not None
        or _is_sure_row(plain)
    )


def _is_sure_row(plain: str) -> bool:
    """A row of tools that is one anywhere: 「大」 alone may stand in a list."""
    return is_tool_row(plain) and (len(plain) >= _SURE_ROW or plain.strip("【[]】") != plain)


def _kept(
    lines: Sequence[Line], tally: Tally, rule: str, is_dropped: Callable[[Line, str], bool]
) -> list[Line]:
    """The lines that a rule keeps by themselves and their simplified text."""
    kept = []
    for line in lines:
        if is_dropped(line, to_simplified(line.text)):
            tally.drop(rule, line.number, line.text)
        else:
            kept.append(line)
    return kept


def cut_injections(lines: Sequence[Line], tally: Tally) -> list[Line]:
    """The lines without phrases that the page put into the middle of a sentence."""
    kept = []
    for line in lines:
        spans = [m.span() for m in boilerplate.INJECTED.finditer(to_simplified(line.text))]
        for start, end in spans:
            tally.drop("injected phrases", line.number, line.text[start:end])
        kept.append(line.without(spans))
    return [line for line in kept if line.text]
