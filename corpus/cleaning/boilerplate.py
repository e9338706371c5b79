"""Lines that belong to the web page or the conversion, not to the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.cleaning.report import Tally
from corpus.language import boilerplate
from corpus.language.documents import EDITOR_INTRO
from corpus.language.simplification import to_simplified
from corpus.raw import LineKind
from corpus.structure.lines import Line

#: An editor's words stand among the first lines.
_INTRO_LINES = 30


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
    """The lines that are neither of the page nor an editor's words in front of the text."""
    head = (line for line in lines if line.number < _INTRO_LINES)
    intro = next((line for line in head if EDITOR_INTRO.search(to_simplified(line.text))), None)

    def is_furniture(line: Line, plain: str) -> bool:
        of_page = boilerplate.FURNITURE.fullmatch(plain) is not None
        return line is intro or (of_page and line.kind is not LineKind.TABLE_ROW)

    return _kept(lines, tally, "boilerplate lines", is_furniture)


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
