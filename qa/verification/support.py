"""Is a sentence held by the passages it cites?

What passages say in the same words is supported. Of what is said otherwise, every clause must fit one
of one passage (``qa.verification.alignment``): its numbers with their units, names, quoted words and negations,
in the same order; places and years may be added from the title, headings and region of the passage
where the passage itself names no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.language.answer_values import YEAR_STATED
from corpus.language.function_words import CIRCUMSTANCES, NEGATIONS
from corpus.language.gazetteer import places_in, region_names
from corpus.language.lexicon import common_words
from corpus.language.place_names import PLACE_STATED
from indexer.passage import Passage
from qa.answerability.scope import DocumentText, other_year, within_places
from qa.verification.alignment import MARK, Word, clause_spans, fit, framed, negated, words
from retriever.hit import Span
from retriever.query.analysis import Scope

_NOWHERE = Scope((), ())
#: Behind the last word of a text.
_END = Word("", 0, 0, True)
#: Characters of a sentence that a reason repeats.
_SHOWN = 20
_HEADING = re.compile(r"^\s*[（(]([^（）()]{1,160})[）)]")
_QUOTED = re.compile(r"[“「『《]([^”」』》]{2,60})[”」』》]")


@dataclass(frozen=True)
class Support:
    """Whether a sentence is held by what it cites.

    Attributes:
        is_supported: whether it is.
        reason: why not, in Chinese, one line without a full stop; "" where it is.
        spans: where it stands, one for each passage that is needed; empty where it is not.
    """

    is_supported: bool
    reason: str = ""
    spans: tuple[SupportingSpan, ...] = ()


def check_support(
    sentence: str,
    passages: Sequence[Passage],
    scope: Scope = _NOWHERE,
    document_text: DocumentText | None = None,
) -> Support:
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
        return Support(False, "没有文字")
    if not passages:
        return Support(False, "没有引用段落")
    outside = [_out_of_scope(p, scope, document_text) for p in passages]
    if all(outside):
        return Support(False, outside[0])
    inside = [n for n, reason in enumerate(outside) if not reason]
    for n in inside:
        if span := _verbatim(_without_heading(sentence, own, passages[n]), passages[n]):
            return Support(True, "", (SupportingSpan(n, span),))
    cited = [passages[n] for n in inside]
    if quoted := _misquoted(sentence, cited):
        return Support(False, f"“{quoted}”不在引用的段落里")
    spans = supporting_spans(own, cited)
    if isinstance(spans, str):
        return Support(False, _reason(sentence, own, cited, spans))
    return Support(True, "", tuple(SupportingSpan(inside[g.n], g.span) for g in spans))


def _out_of_scope(passage: Passage, scope: Scope, document_text: DocumentText | None) -> str:
    """Why a passage cannot answer what is asked about these places and years, or ""."""
    text = document_text(passage.document_id) if document_text else ""
    if not within_places(passage, scope, text):
        return f"问的是{'、'.join(scope.places)}，引用的段落不是"
    year = other_year(passage, scope, text)
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
    above = (passage.title, *passage.heading_path, *((passage.lead,) if passage.is_row else ()))
    if not any(heading == _forms(words(h)) for h in above):
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
    if first > start:
        before, word = source[first - 1], source[first]
        if word.is_number and before.form in ("第", "-"):
            return False
        if before.is_number and word.start <= before.end:
            return False
    if last + 1 == len(source) or not source[last].is_number:
        return True
    unit = source[last + 1]
    return unit.fresh or unit.start > source[last].end or unit.form in (MARK, "、", ":", "至")


def _reason(
    sentence: str, own: Sequence[Word], passages: Sequence[Passage], unsupported: str
) -> str:
    """What a person is shown of a sentence that does not hold: the plainest thing that is wrong."""
    sources = _around(passages)
    held = {(w.form, v.form) for s in sources for w, v in pairwise((*s, _END))}
    numbers = {form for form, _ in held}
    for word, unit in pairwise((*own, _END)):
        if word.is_number and word.form not in numbers:
            return f"数字 {sentence[word.start : word.end].rstrip('个')} 不在引用的段落里"
        if word.is_number and not unit.fresh and (word.form, unit.form) not in held:
            shown = sentence[word.start : unit.end + 1].rstrip("，。、；： ")
            return f"数字 {shown} 的单位与引用的段落不一致"
    if any(c in NEGATIONS for c in unsupported):
        return f"“{unsupported}”与引用的段落不一致"
    if unsupported:
        return f"“{unsupported[:_SHOWN]}”不在引用的段落里"
    return "说法与引用的段落不一致"


def _around(passages: Sequence[Passage]) -> list[tuple[Word, ...]]:
    """The words of passages and of what stands around them."""
    texts = (
        (p.text, p.title, *p.heading_path, p.metadata.region, p.metadata.date) for p in passages
    )
    return [words(text) for of_one in texts for text in of_one if text]


def _misquoted(sentence: str, passages: Sequence[Passage]) -> str:
    """The first words in quotation marks or 《》 that no passage has in one piece, or ""."""
    held = "".join(_key(_forms(source)) for source in _around(passages))
    quotations = _QUOTED.findall(sentence)
    return next((one for one in quotations if _key(_forms(words(one))) not in held), "")


#: What ends a sentence, or a part of one with a subject of its own.
_ENDS = "。！？；!?;\n"
#: A sentence of more clauses, or of longer ones, is no sentence of an answer, unless it is a quotation.
_MOST_CLAUSES, _LONGEST_CLAUSE = 12, 120
#: Longer runs without a mark are tables and the like, which can only be quoted.
_LONGEST_SOURCE = 300


@dataclass(frozen=True)
class SupportingSpan:
    """Where a sentence, or a clause of it, stands.

    Attributes:
        n: index of the passage among those cited, from 0.
        span: characters of ``Passage.text`` (and of ``display``).
    """

    n: int
    span: Span


@dataclass(frozen=True)
class _Text:
    """A passage made ready.

    Attributes:
        n: its index among those cited.
        passage: the passage.
        clauses: the words of its clauses.
        framing: what stands around it, as ``qa.verification.alignment.framed`` takes it.
    """

    n: int
    passage: Passage
    clauses: tuple[tuple[Word, ...], ...]
    framing: tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    """A clause of the sentence in a clause of a passage, or in two that it joins.

    Attributes:
        text: the passage.
        span: characters of the passage.
        first: index of the first clause.
        last: index of the last one.
        sentence: where the sentence of the first begins.
    """

    text: _Text
    span: Span
    first: int
    last: int
    sentence: int


def supporting_spans(
    own: Sequence[Word], passages: Sequence[Passage]
) -> tuple[SupportingSpan, ...] | str:
    """Where a sentence's clauses stand.

    One passage must hold them all, each with its subject; or each passage those that name its own place.

    Returns:
        A supporting span for each passage needed; or the words that stand nowhere, "" where all do yet
        the sentence does not fit.
    """
    claims = [_forms(own[a:b]) for a, b in clause_spans(own)]
    if len(claims) > _MOST_CLAUSES or any(len(claim) > _LONGEST_CLAUSE for claim in claims):
        return ""
    texts = [_text(n, passage) for n, passage in enumerate(passages)]
    unsupported_words: list[str] = []
    for choice in (*((text,) for text in texts), texts):
        parts = _parts(claims, choice)
        if not isinstance(parts, str):
            return _merged(parts)
        unsupported_words.append(parts)
    return min(unsupported_words[:-1], key=len)


@lru_cache(maxsize=256)
def _text(n: int, passage: Passage) -> _Text:
    source = words(passage.text)
    metadata = passage.metadata
    around = (
        passage.title,
        *passage.heading_path,
        metadata.region,
        *region_names(metadata.region),
        metadata.issuer,
        metadata.date if metadata.date.count("-") == 2 else "",
        f"{metadata.year}年" if metadata.year else "",
    )
    framing = dict.fromkeys(f" {' '.join(_forms(words(text)))} " for text in around if text)
    clauses = tuple(source[a:b] for a, b in clause_spans(source))
    return _Text(n, passage, clauses, tuple(framing))


def _parts(claims: Sequence[Sequence[str]], texts: Sequence[_Text]) -> list[_Part] | str:
    """A chain of places for the clauses, or the words of a clause that stand nowhere."""
    is_one_document = len({text.passage.document_id for text in texts}) == 1
    chains: list[list[_Part]] = [[]]
    lead: list[str] = []
    fresh: list[str] = []
    for claim in claims:
        if any(framed(claim, text.framing) is not None for text in texts):
            lead += claim
            fresh += claim
            continue
        found, unsupported = _fits(claim, lead, texts, headed=bool(chains[0]))
        named = [p for p in found if len(texts) == 1 or _names_own_place([*fresh, *claim], p)]
        # The best chain that ends in each place is enough, as only neighbours must agree.
        grown = [
            [*chain, part]
            for part in named or (found if is_one_document else [])
            if (chain := next((c for c in chains if not c or _follows(c[-1], part)), None))
            is not None
        ]
        if not grown:
            return unsupported
        chains, fresh = grown, []
    return chains[0] or ""


def _fits(
    claim: Sequence[str], lead: Sequence[str], texts: Sequence[_Text], headed: bool
) -> tuple[list[_Part], str]:
    """Every clause of the texts that the claim fits, best first, else the words that stand nowhere."""
    found: list[tuple[int, _Part]] = []
    best = (-1, "".join(claim))
    for text in texts:
        for first, last, sentence in _sources(text):
            source = tuple(word for clause in text.clauses[first : last + 1] for word in clause)
            one = fit(claim, source, text.framing, headed)
            framing = [*lead, *one.framing]
            if one.is_supported and _agrees(
                framing, text, text.passage.text[sentence : source[-1].end]
            ):
                span = source[one.start].start, source[one.end - 1].end
                found.append((one.kept, _Part(text, span, first, last, sentence)))
            best = max(best, (one.kept, one.unsupported), key=lambda b: b[0])
    return [part for _, part in sorted(found, key=lambda f: -f[0])], best[1]


def _sources(text: _Text) -> Iterator[tuple[int, int, int]]:
    """Clauses, and pairs that a sentence may join: 「到2024年底前，建成12条」, 「到2024年底前建成12条」.

    Each as the indices of its first and last, and where their sentence begins.
    """
    for i, clause in enumerate(text.clauses):
        if len(clause) > _LONGEST_SOURCE:
            continue
        sentence = _sentence_start(text, i)
        yield i, i, sentence
        before = text.clauses[i - 1][0] if i else clause[0]
        if i and before.start >= sentence and before.form in CIRCUMSTANCES:
            yield i - 1, i, sentence


def _follows(one: _Part, two: _Part) -> bool:
    """Whether a clause may follow another: it begins another sentence, or goes on the same one.

    From the middle of another sentence it would lose its subject, and with a clause of its own left
    out it may find a wrong one; only when, where or for what may stand before any clause.
    """
    if (one.text.n, one.sentence) != (two.text.n, two.sentence):
        return two.first == 0 or two.text.clauses[two.first - 1][-1].end <= two.sentence
    circumstance = one.text.clauses[one.last][0].form in CIRCUMSTANCES
    return one.last + 1 == two.first or (circumstance and one.last < two.first)


def _names_own_place(claim: Sequence[str], part: _Part) -> bool:
    """Whether a clause names the place of the document that it is from."""
    said = "".join(claim)
    return any(name in said for name in region_names(part.text.passage.metadata.region))


def _agrees(framing: Sequence[str], text: _Text, sentence: str) -> bool:
    """Whether a year and place put in front of a clause are those it is about.

    They are those of its document, so another year in the passage, or another place in the same
    sentence, may be what it is about.
    """
    if not framing or framed(framing, text.framing) is None:
        return not framing
    said = "".join(framing)
    years = set(YEAR_STATED.findall(said))
    written = "".join(word.form for one in text.clauses for word in one)
    if years and set(YEAR_STATED.findall(written)) - years:
        return False
    around = "".join(text.framing).replace(" ", "")
    own = region_names(text.passage.metadata.region)
    if PLACE_STATED.search(said) or any(name in said for name in own):
        return all(place in around for place in _places(sentence))
    return True


def _sentence_start(text: _Text, clause: int) -> int:
    """Where the line or sentence of a clause begins."""
    whole, first = text.passage.text, text.clauses[clause][0].start
    return max(whole.rfind(c, 0, first) for c in _ENDS) + 1


def _places(sentence: str) -> set[str]:
    named = {m for m in PLACE_STATED.findall(sentence) if not {m, m[-2:]} & common_words()}
    return named | set(places_in(sentence, frozenset()))


def _merged(parts: Sequence[_Part]) -> tuple[SupportingSpan, ...]:
    """One supporting span for each passage, from its first clause to its last."""
    spans: dict[int, Span] = {}
    for part in parts:
        start, end = spans.get(part.text.n, part.span)
        spans[part.text.n] = min(start, part.span[0]), max(end, part.span[1])
    return tuple(SupportingSpan(n, span) for n, span in spans.items())
