"""Contents pages: dropped from search, and used to find the texts of a compilation."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.cleaning.report import Tally
from corpus.language.boilerplate import CONTENTS_HEADING
from corpus.language.documents import SIGNER
from corpus.language.simplification import bare
from corpus.structure.headings import find_marker
from corpus.structure.lines import Line

#: What leads from a title to its page number, and what shows that it does.
_LEADER = " \t\u3000\u00a0.·…．"
_LEADS = re.compile(r"[\t…]|[.·．]{3}")
_PAGE_NUMBER = re.compile(r"(?<!\d)\d{1,4}$")
#: Entries of one contents page stand within so many lines of each other.
_NEAR = 4
#: Characters that a text has at least.
_SHORTEST_TEXT = 100


@dataclass(frozen=True)
class Contents:
    """The lines without the contents page, and the titles that stood on it in bare form."""

    lines: tuple[Line, ...]
    titles: frozenset[str] = frozenset()


def take_contents(lines: Sequence[Line], tally: Tally) -> Contents:
    """Find and remove a contents page: entries with page numbers, or titles that all come again."""
    numbered = _numbered_entries(lines)
    drop, titles = numbered if numbered[0] else _repeated_entries(lines)
    for i in sorted(drop):
        tally.drop("contents lines", lines[i].number, lines[i].text)
    kept = tuple(line for i, line in enumerate(lines) if i not in drop)
    return Contents(kept, frozenset(titles))


def entry_title(text: str) -> str:
    """The title of a contents entry, 「城市管理……12」 → 城市管理; "" where the line is none.

    Read from its end: a pattern for title, dots and number takes the cube of the length of a line of dots.
    """
    number = _PAGE_NUMBER.search(text, max(0, len(text) - 5))
    if number is None:
        return ""
    before = text[: number.start()]
    title = before.rstrip(_LEADER)
    return title if _LEADS.search(before, len(title)) else ""


def _numbered_entries(lines: Sequence[Line]) -> tuple[set[int], set[str]]:
    """Entries that end in a tab or dots and a page number; three near each other make a page."""
    entries = {i: title for i, line in enumerate(lines) if (title := entry_title(line.text))}
    groups: list[list[int]] = []
    for i in entries:
        if groups and i - groups[-1][-1] <= _NEAR:
            groups[-1].append(i)
        else:
            groups.append([i])
    drop: set[int] = set()
    titles: set[str] = set()
    for group in groups:
        above = range(max(0, group[0] - 3), group[0])
        first = next((j for j in above if CONTENTS_HEADING.fullmatch(lines[j].text)), group[0])
        if len(group) < 3 and first == group[0]:
            continue
        drop.update(range(first, group[-1] + 1))
        # Entries with numbers (「二、重点任务」) are headings of one text; only the others are titles,
        # and beside mostly numbered ones they are 前言 or 附件.
        unnumbered = [entries[i] for i in group if not find_marker(entries[i])]
        if len(unnumbered) * 2 >= len(group):
            titles.update(map(bare, unnumbered))
    return drop, titles


def _repeated_entries(lines: Sequence[Line]) -> tuple[set[int], set[str]]:
    """A run of two or more title-like lines all of which come again further down (简报 contents)."""
    later = {bare(line.text): i for i, line in enumerate(lines)}
    head = min(len(lines), 60)
    drop: set[int] = set()
    titles: set[str] = set()
    i = 0
    while i < head:
        run, found = _run_of_repeats(lines, i, later)
        headed = i > 0 and CONTENTS_HEADING.fullmatch(lines[i - 1].text) is not None
        starts = [later[title] for title in found]
        if len(found) >= 2 and (headed or _have_texts(lines, starts)):
            first = i - 1 if headed else i
            drop.update(range(first, i + run))
            titles.update(found)
        i += max(run, 1)
    return drop, titles


def _have_texts(lines: Sequence[Line], starts: Sequence[int]) -> bool:
    """Whether a text follows each title; one printed twice, or two signers, have none between."""
    bounds = [*sorted(starts), len(lines)]
    return all(
        sum(len(line.text) for line in lines[a + 1 : b]) >= _SHORTEST_TEXT
        for a, b in itertools.pairwise(bounds)
    )


def _may_be_entry(text: str) -> bool:
    """A point of a list or the name of a body may come twice, too, and is no title."""
    ends = re.search("[。；;，,：:]$", text) is not None
    return "。" not in text and not (ends or find_marker(text) or SIGNER.fullmatch(text))


def _run_of_repeats(
    lines: Sequence[Line], start: int, later: dict[str, int]
) -> tuple[int, list[str]]:
    """How many lines from ``start`` are titles (whole, or torn in two) that come again, and which."""
    found: list[str] = []
    at = start
    while at < len(lines):
        for size in (1, 2):
            line_text = "".join(line.text for line in lines[at : at + size])
            text = bare(line_text)
            if (
                10 <= len(text) <= 60
                and _may_be_entry(line_text)
                and later.get(text, -1) >= at + size
                and text not in found
            ):
                found.append(text)
                at += size
                break
        else:
            break
    return at - start, found
