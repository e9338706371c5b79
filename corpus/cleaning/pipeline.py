"""All cleaning rules in the order in which they are applied; each can be switched off by name.

The order matters. Spaces that were line breaks are only known before stray ones go. A note hides
the bytes behind it, so notes go before the repair of mojibake; simplifying changes damaged
characters, so it comes after the repair, and last of all, because the lines before it are what is
shown. Spam goes before lines are joined, or it would be joined to text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from corpus.cleaning.boilerplate import cut_injections, drop_furniture, drop_spam
from corpus.cleaning.characters import drop_invisible, drop_pinyin_notes, repair_spaces, turn_quotes
from corpus.cleaning.contents import Contents, take_contents
from corpus.cleaning.line_breaks import (
    join_broken_lines,
    split_flattened,
    split_glued_headings,
    whole_lines,
)
from corpus.cleaning.mojibake import repair_lines
from corpus.cleaning.report import Tally
from corpus.errors import SettingsError
from corpus.language.simplification import search_form
from corpus.raw import RawDocument
from corpus.structure.character_map import trace
from corpus.structure.lines import Line


def _labels() -> dict[str, str]:
    return {
        "flattened paragraphs": "按空格还原被压成一行的段落",
        "pinyin notes": "删去夹在字中间的拼音注音",
        "invisible characters": "删去看不见的控制字符、零宽字符",
        "mojibake runs": "修复乱码",
        "stray spaces": "删去词语、数字中间多余的空格",
        "reversed quotes": "改正成对的反向引号",
        "spam lines": "剔除垃圾广告",
        "boilerplate lines": "剔除网页和转换留下的杂项（页码、上传者、关闭等）",
        "injected phrases": "剔除插在句中的网站提示",
        "contents lines": "剔除目录页",
        "broken lines": "接上被换行、换页打断的句子",
        "glued headings": "分开粘连的标题",
        "traditional characters": "繁体转简体（只用于检索，显示仍为原文）",
        "half-width punctuation": "半角标点转全角（只用于检索）",
    }


#: Every rule's name, in order, and what an office reads in the report.
RULES = _labels()

_TextRule = Callable[[str], tuple[str, int]]
_LineRule = Callable[[Sequence[Line], Tally], list[Line]]

_NOTES: tuple[tuple[str, _TextRule], ...] = (
    ("pinyin notes", drop_pinyin_notes),
    ("invisible characters", drop_invisible),
)
_CHARACTERS: tuple[tuple[str, _TextRule], ...] = (
    ("stray spaces", repair_spaces),
    ("reversed quotes", turn_quotes),
)
_LINES: tuple[tuple[str, _LineRule], ...] = (
    ("spam lines", drop_spam),
    ("boilerplate lines", drop_furniture),
    ("injected phrases", cut_injections),
)


@dataclass(frozen=True)
class Switches:
    """Which rules are applied; all but those in ``off``.

    Raises:
        SettingsError: a name in ``off`` is no rule.
    """

    off: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in sorted(self.off - RULES.keys()):
            raise SettingsError(
                f"没有清理规则“{name}”", "、".join(RULES), "改正 rules_off 里的名字"
            )

    @classmethod
    def without(cls, names: Iterable[str]) -> Switches:
        """All rules but those named."""
        return cls(frozenset(names))

    def on(self, name: str) -> bool:
        """Whether a rule is applied."""
        return name not in self.off

    @property
    def form(self) -> Callable[[str], str]:
        """The last two rules: what a text shown is searched as; as long as the text."""
        return partial(
            search_form,
            simplify=self.on("traditional characters"),
            widen=self.on("half-width punctuation"),
        )


def clean_lines(raw: RawDocument, tally: Tally, switches: Switches = Switches()) -> Contents:
    """Apply the rules to what a reader found; ``tally`` counts what they change and drop.

    Returns:
        What is left, each line knowing where it stands in the file, and titles of a contents page.
    """
    lines: Sequence[Line] = _corrected_lines(raw, tally, switches)
    for name, rule in _LINES:
        if switches.on(name):
            lines = rule(lines, tally)
    on = switches.on("contents lines")
    contents = take_contents(lines, tally) if on else Contents(tuple(lines))
    lines = contents.lines
    if switches.on("broken lines") and not raw.paragraphs_reliable:
        lines = join_broken_lines(lines, tally, contents.titles)
    if switches.on("glued headings"):
        lines = split_glued_headings(lines, tally)
    return Contents(tuple(lines), contents.titles)


def _corrected_lines(raw: RawDocument, tally: Tally, switches: Switches) -> list[Line]:
    """Lines with their characters corrected; blank ones only leave a mark on the next."""
    flattened = switches.on("flattened paragraphs") and not raw.paragraphs_reliable
    pieces = split_flattened(raw.lines, tally) if flattened else whole_lines(raw.lines)
    texts = _apply([piece.text for piece in pieces], _NOTES, tally, switches)
    if switches.on("mojibake runs"):
        texts, runs = repair_lines(texts)
        tally.add("mojibake runs", runs)
    texts = _apply(texts, _CHARACTERS, tally, switches)
    lines: list[Line] = []
    after_blank = False
    for piece, corrected in zip(pieces, texts, strict=True):
        text, line = corrected.strip(), piece.source
        if not text:
            after_blank = True
            continue
        runs_of = () if text == line.text else trace(piece.text, text, piece.number, piece.column)
        place = (piece.number, line.page, line.kind, line.level)
        lines.append(Line(text, *place, after_blank, runs_of))
        after_blank = False
    return lines


def _apply(
    texts: Sequence[str], rules: Sequence[tuple[str, _TextRule]], tally: Tally, switches: Switches
) -> list[str]:
    """Every text after rules, each use of one counted."""
    corrected = list(texts)
    for name, rule in rules:
        if switches.on(name):
            applied = [rule(text) for text in corrected]
            corrected = [text for text, _ in applied]
            tally.add(name, sum(times for _, times in applied))
    return corrected
