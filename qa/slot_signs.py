"""What speaks for and against a span of a sentence as the filling of a question's gap."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from qa.gap import Gap, GapKind
from retriever.hit import Span

Signs = dict[str, float]
CLAUSE_MARKS = frozenset("，。；：！？,;:!?\n")
#: Marks that come in twos.
PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("「", "」"), ("【", "】"))
#: What the noun behind the question word says of the words wanted: (how it asks, how they look).
_CLASSES = {
    "body": (
        re.compile(
            "^.{0,4}?(?:部门|单位|机构|企业|公司|银行|集团|党组|党委|[局厅院委办社家]|组织|医院|媒体|队伍)"
            "|主办方|承办方|主办单位|谁"
        ),
        re.compile(
            "(?:公司|集团|银行|[局厅院委办社会部网组]|中心|政府|法院|企业|单位|机构|大学|机场)(?:党[组委])?[”》]?$"
        ),
    ),
    "title": (
        re.compile("^.{0,4}?(?:文件|方案|通知|指南|意见|条例|规划|刊物|表格?|报告|公告|专栏|规定)"),
        re.compile("^《|》$"),
    ),
    "time": (
        re.compile("^.{0,2}?(?:天|日|钟点|时间|时候|时段|年|月)"),
        re.compile(r"[年月日时点周\d一二三四五六]$"),
    ),
}
#: Learned on the dev questions by making the expected F1 of a softmax over the fillings large.
WEIGHTS = {
    "ahead": 0.2,
    "asked": -2.89,
    "before_deng": 1.96,
    "before_pause": -1.0,
    "begins_s": -0.66,
    "behind": -3.12,
    "behind_pause": -0.64,
    "body": 5.8,
    "count": 3.17,
    "digits": 0.7,
    "ends_c": 2.03,
    "ends_n": 0.58,
    "ends_s": 1.11,
    "ends_v": 3.68,
    "final": 4.82,
    "head": 1.05,
    "heading": 5.2,
    "heading_end": -4.86,
    "heading_size": 2.96,
    "joint": 1.13,
    "lead": 0.8,
    "left": 1.27,
    "left_behind": -0.55,
    "marks_c": -0.25,
    "marks_n": -0.7,
    "marks_s": -0.33,
    "not_first": -1.46,
    "nothing_new": -0.86,
    "opens_quote": 2.42,
    "parts": 1.04,
    "pause_n": 0.1,
    "pause_s": 0.78,
    "quote_c": 4.58,
    "quote_n": 5.01,
    "quote_s": 2.52,
    "rank": -0.5,
    "right": 0.49,
    "size2_n": -0.71,
    "size_c": 0.98,
    "size_n": 0.39,
    "size_s": 0.47,
    "size_v": 1.62,
    "tail": 0.37,
    "text_size": -1.41,
    "time": 11.51,
    "title": 4.54,
    "unshown": -0.59,
}
_PAIR = re.compile(r"\w\w")
#: Characters between which a filling and its surroundings may differ from the question.
_LOOSE_END = re.compile(r"[的了过是为有要由在“《：: ]+$")
_LOOSE_START = re.compile(r"^[的了来去等”》，]+")
_PARTS = re.compile("、|和|及|(?<=”)(?=“)|(?<=》)(?=《)")
#: Distances are in characters; at this one nearness has halved.
_HALF = 8
_USUAL_SIZE = 10


@dataclass(frozen=True)
class Side:
    """A text beside a question.

    Attributes:
        text: the text.
        asked: how many of its first n characters stand in a pair that the question has too.
        left: for each place how near in front of it the words left of the gap stand.
        left_behind: how near behind it.
        right: how near behind it the words right of the gap stand.
    """

    text: str
    asked: tuple[int, ...]
    left: tuple[float, ...]
    left_behind: tuple[float, ...]
    right: tuple[float, ...]

    @classmethod
    def of(cls, gap: Gap, text: str) -> Side:
        """Set a text beside a question."""
        pairs = {p for side in (gap.left, gap.right) for _, p in _pairs(side)}
        flags = [False] * len(text)
        for i in range(len(text) - 1):
            if text[i : i + 2] in pairs:
                flags[i] = flags[i + 1] = True
        sums = [0]
        for flag in flags:
            sums.append(sums[-1] + flag)
        left, left_behind = _nearness(gap.left, text, at_end=True)
        _, right = _nearness(gap.right, text, at_end=False)
        return cls(text, tuple(sums), left, left_behind, right)

    def is_asked(self, i: int) -> bool:
        """Whether the character stands in a pair that the question has too."""
        return self.asked[i + 1] > self.asked[i]


def names_body(gap: Gap, words: str | None) -> bool:
    """Whether the gap asks for a body and, unless they are None, the words look like one's name."""
    asks, looks = _CLASSES["body"]
    return asks.search(gap.asked) is not None and (words is None or looks.search(words) is not None)


def heading_signs(signs: Signs, heading: str, span: Span) -> Signs:
    """Signs of a body's name in a heading above the sentence, out of those of any span."""
    kept = {name: signs[name] for name in ("head", "asked", "nothing_new")}
    return kept | {
        "heading": 1.0,
        "heading_size": (span[1] - span[0]) / _USUAL_SIZE,
        "heading_end": float(span[1] == len(heading)),
    }


def span_signs(gap: Gap, side: Side, span: Span) -> Signs:
    """Signs of a span of a sentence; ``_n``, ``_s``, ``_c`` and ``_v`` are those of a kind of gap."""
    a, b = span
    text, words = side.text, side.text[a:b]
    kind = gap.kind.value[0]
    head = _head(gap, words)
    asked = side.asked[b] - side.asked[a]
    size = math.log(len(words) / _USUAL_SIZE)
    joint = _shared(_LOOSE_END.sub("", gap.left)[::-1], _LOOSE_END.sub("", text[:a])[::-1])
    ahead = _shared(_LOOSE_START.sub("", gap.right[head:]), _LOOSE_START.sub("", text[b:]))
    signs: Signs = {
        "left": side.left[a],
        "left_behind": side.left_behind[b],
        "right": side.right[b],
        "joint": min(joint, 4),
        "ahead": min(ahead, 4),
        "head": min(head, 3),
        "asked": max(0, asked - head) / len(words),
        "nothing_new": len(words) - asked < 2,
        f"size_{kind}": size,
        f"marks_{kind}": sum(character in CLAUSE_MARKS for character in words),
        f"begins_{kind}": a == 0 or text[a - 1] in CLAUSE_MARKS,
        f"ends_{kind}": b == len(text) or text[b] in CLAUSE_MARKS,
        f"quote_{kind}": words[0] in "“《" and words[-1] in "”》",
        f"pause_{kind}": "、" in words,
        "opens_quote": words[0] in "“《",
        "behind_pause": text[a - 1 : a] == "、",
        "before_pause": text[b : b + 1] == "、",
        "before_deng": text[b : b + 1] == "等",
        "final": gap.final and joint > 1,
        "digits": re.search(r"\d", words) is not None,
        "text_size": len(text) / 100,
    }
    if gap.kind is GapKind.NOUN:
        signs["size2_n"] = size * size
    for name, (asks, looks) in _CLASSES.items():
        if asks.search(gap.asked):
            signs[name] = looks.search(words) is not None
    if gap.kind is GapKind.SEVERAL:
        parts = sum(bool(part) for part in _PARTS.split(words))
        signs["count"] = gap.count > 0 and parts == gap.count
        signs["parts"] = not gap.count and parts > 1
    return signs


def _pairs(words: str) -> list[tuple[int, str]]:
    """Neighbouring letters with their places."""
    pairs = ((i, words[i : i + 2]) for i in range(len(words) - 1))
    return [(i, pair) for i, pair in pairs if _PAIR.match(pair)]


def _nearness(
    words: str, text: str, *, at_end: bool
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """For each place of a text how near in front of it, and how near behind, the words stand.

    A pair of letters d characters from the gap and e from the place counts
    1 / ((1 + d / 8) (1 + e / 8)); of several occurrences the nearest counts.
    """
    size = len(text) + 1
    before, behind = [0.0] * size, [0.0] * size
    for at, pair in _pairs(words):
        weight = 1 / (1 + (len(words) - at - 2 if at_end else at) / _HALF)
        places = [m.start() for m in re.finditer(re.escape(pair), text)]
        if not places:
            continue
        for first, after in zip(places, [*places[1:], size], strict=True):
            for i in range(first + 2, min(after + 2, size)):
                before[i] += weight / (1 + (i - first - 2) / _HALF)
        for first, last in zip([-1, *places[:-1]], places, strict=True):
            for i in range(first + 1, last + 1):
                behind[i] += weight / (1 + (last - i) / _HALF)
    return tuple(before), tuple(behind)


def _head(gap: Gap, words: str) -> int:
    """How many characters of those behind the question word the words end with: 制度."""
    bare = words.rstrip("”》")
    sizes = range(min(8, len(gap.right)), 0, -1)
    return next((n for n in sizes if bare.endswith(gap.right[:n])), 0)


def _shared(one: str, two: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = zip(one, two, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(two)))
