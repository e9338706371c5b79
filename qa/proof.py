"""Is a sentence held by the passages it cites?

What passages say in the same words holds. Of what is said otherwise, every clause must fit a clause
of one passage (``qa.alignment``): its numbers with their units, names, quoted words and negations,
in the same order; places and years may be added from the title, headings and region of the passage
where the passage itself names no others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.passage import Passage
from qa.alignment import NEGATIONS, negated
from qa.paraphrase import Ground, grounds_of
from qa.scope import Scope, other_year, within_places, years_in
from qa.wording import MARK, Word, words
from retriever.hit import Span

DocumentText = Callable[[str], str]

_NOWHERE = Scope((), ())
#: Behind the last word of a text.
_END = Word("", 0, 0, True)
#: Characters of a sentence that a reason repeats.
_SHOWN = 20
_HEADING = re.compile(r"^\s*[（(]([^（）()]{1,60})[）)]")
_QUOTED = re.compile(r"[“「『《]([^”」』》]{2,60})[”」』》]")


@dataclass(frozen=True)
class Proof:
    """Whether a sentence is held by what it cites.

    Attributes:
        holds: whether it is.
        reason: why not, in Chinese, one line without a full stop; "" where it holds.
        grounds: where it stands, one for each passage that is needed; empty where it does not hold.
    """

    holds: bool
    reason: str = ""
    grounds: tuple[Ground, ...] = ()


def proof(
    sentence: str,
    passages: Sequence[Passage],
    scope: Scope = _NOWHERE,
    document_text: DocumentText | None = None,
) -> Proof:
    """Check a sentence against the passages it cites.

    Args:
        sentence: its words, without ``[n]`` marks; in any script, width and way of writing numbers.
        passages: what it cites.
        scope: places and years asked about; passages of others hold nothing.
        document_text: gives the whole text of a document by its identifier; without it a document's
            places and years are those of the passage, its title, headings and metadata.
    """
    own = _trimmed(words(sentence))
    if not own:
        return Proof(False, "没有文字")
    if not passages:
        return Proof(False, "没有引用段落")
    strange = [_out_of_scope(p, scope, document_text) for p in passages]
    if all(strange):
        return Proof(False, strange[0])
    inside = [n for n, reason in enumerate(strange) if not reason]
    for n in inside:
        if span := _verbatim(_without_heading(sentence, own, passages[n]), passages[n]):
            return Proof(True, "", (Ground(n, span),))
    cited = [passages[n] for n in inside]
    if quoted := _misquoted(sentence, cited):
        return Proof(False, f"“{quoted}”不在引用的段落里")
    grounds = grounds_of(own, cited)
    if isinstance(grounds, str):
        return Proof(False, _reason(sentence, own, cited, grounds))
    return Proof(True, "", tuple(Ground(inside[g.n], g.span) for g in grounds))


def _out_of_scope(passage: Passage, scope: Scope, document_text: DocumentText | None) -> str:
    """Why a passage cannot answer what is asked about these places and years, or ""."""
    text = document_text(passage.document_id) if document_text else ""
    elsewhere = not passage.metadata.region and any(place in text for place in scope.places)
    if not within_places(passage, scope) and not elsewhere:
        return f"问的是{'、'.join(scope.places)}，引用的段落不是"
    year = other_year(passage, scope, years_in(text))
    return f"问的是{'、'.join(scope.years)}年，引用的段落是{year}年的" if year else ""


def _trimmed(all_words: Sequence[Word]) -> tuple[Word, ...]:
    """Without marks at both ends."""
    kept = [i for i, word in enumerate(all_words) if word.form not in (MARK, "、", ":")]
    return tuple(all_words[kept[0] : kept[-1] + 1]) if kept else ()


def _without_heading(sentence: str, own: tuple[Word, ...], passage: Passage) -> tuple[Word, ...]:
    """Without a heading of the passage put in front in brackets: 「（二、支持措施）每户3000元」."""
    match = _HEADING.match(sentence)
    if match is None:
        return own
    heading = _forms(words(match[1]))
    if not any(heading == _forms(words(h)) for h in (passage.title, *passage.heading_path)):
        return own
    return _trimmed([w for w in own if w.start >= match.end()]) or own


def _forms(all_words: Sequence[Word]) -> list[str]:
    return [word.form for word in all_words]


def _key(forms: Sequence[str]) -> str:
    return f"\0{chr(0).join(forms)}\0"


def _verbatim(own: Sequence[Word], passage: Passage) -> Span | None:
    """Where a passage says the same words in one piece, or None."""
    wanted = _key(_forms(own))
    for text in dict.fromkeys((passage.text, passage.display)):
        source = words(text)
        held = _key(_forms(source))
        at = held.find(wanted)
        while at >= 0:
            first = held.count("\0", 0, at)
            last = first + len(own) - 1
            if _cut_cleanly(source, first, last):
                return source[first].start, source[last].end
            at = held.find(wanted, at + 1)
    return None


def _cut_cleanly(source: Sequence[Word], first: int, last: int) -> bool:
    """Whether a cut parts nothing: a negation, 第 or a sign from what follows, a number from its unit."""
    start = first
    while not source[start].fresh and start > 0:
        start -= 1
    if negated(_forms(source[start:first])):
        return False
    if first > start and source[first].is_number and source[first - 1].form in ("第", "-"):
        return False
    if (
        first > start
        and source[first - 1].is_number
        and source[first].start <= source[first - 1].end
    ):
        return False
    if last + 1 == len(source) or not source[last].is_number:
        return True
    unit = source[last + 1]
    return unit.fresh or unit.start > source[last].end or unit.form in (MARK, "、", ":", "至")


def _reason(sentence: str, own: Sequence[Word], passages: Sequence[Passage], stray: str) -> str:
    """What a person is told of a sentence that does not hold: the plainest thing that is wrong."""
    sources = _around(passages)
    held = {(w.form, v.form) for s in sources for w, v in pairwise((*s, _END))}
    numbers = {form for form, _ in held}
    for word, unit in pairwise((*own, _END)):
        if word.is_number and word.form not in numbers:
            return f"数字 {sentence[word.start : word.end].rstrip('个')} 不在引用的段落里"
        if word.is_number and not unit.fresh and (word.form, unit.form) not in held:
            shown = sentence[word.start : unit.end + 1].rstrip("，。、；： ")
            return f"数字 {shown} 的单位与引用的段落不一致"
    if any(c in NEGATIONS for c in stray):
        return f"“{stray}”与引用的段落不一致"
    if stray:
        return f"“{stray[:_SHOWN]}”不在引用的段落里"
    return "说法与引用的段落不一致"


def _around(passages: Sequence[Passage]) -> list[tuple[Word, ...]]:
    """The words of passages and of what stands around them."""
    texts = [
        text
        for p in passages
        for text in (p.text, p.title, *p.heading_path, p.metadata.region, p.metadata.date)
    ]
    return [words(text) for text in texts if text]


def _misquoted(sentence: str, passages: Sequence[Passage]) -> str:
    """The first words in quotation marks or 《》 that no passage has in one piece, or ""."""
    held = [_key(_forms(source)) for source in _around(passages)]
    return next(
        (
            quoted
            for quoted in _QUOTED.findall(sentence)
            if not any(_key(_forms(words(quoted))) in text for text in held)
        ),
        "",
    )
