"""A sentence that says in other words what passages say: each of its clauses in a clause of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.gazetteer import places_in, region_names
from corpus.lexicon import common_words
from indexer.passage import Passage
from qa.alignment import clause_spans, fit, framed
from qa.wording import Word, words
from retriever.hit import Span

#: Clauses that begin so say when, where or for what: 「到2024年底前，…」, 「对失分点位，…」.
_CIRCUMSTANCES = frozenset("到截自从在对为按经当")
#: What ends a sentence, or a part of one with a subject of its own.
_ENDS = "。！？；!?;\n"
#: A sentence of more clauses, or of longer ones, is no sentence of an answer, unless it is a quotation.
_MOST_CLAUSES, _LONGEST_CLAUSE = 12, 120
#: Longer runs without a mark are tables and the like, which can only be quoted.
_LONGEST_SOURCE = 300
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=[年至])")
#: 「全市」, 「各县」 and 「设在市」 name no place.
_NO_NAME = "全各本我该每两此在到由对为把向和与及是的等从至不无未设建按据并将了个位名"
_PLACE = re.compile(
    rf"(?![{_NO_NAME}])[\u4e00-\u9fff](?![{_NO_NAME}])[\u4e00-\u9fff](?:街道|社区|[省市州县区旗镇乡村])"
)


@dataclass(frozen=True)
class Ground:
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
        framing: what stands around it, as ``qa.alignment.framed`` takes it.
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


def grounds_of(own: Sequence[Word], passages: Sequence[Passage]) -> tuple[Ground, ...] | str:
    """Where a sentence's clauses stand.

    One passage must hold them all, each with its subject; or each passage those that name its own place.

    Returns:
        A ground for each passage needed; or the words that stand nowhere, "" where all do and yet
        the sentence does not fit.
    """
    claims = [[word.form for word in own[a:b]] for a, b in clause_spans(own)]
    if len(claims) > _MOST_CLAUSES or any(len(claim) > _LONGEST_CLAUSE for claim in claims):
        return ""
    texts = [_text(n, passage) for n, passage in enumerate(passages)]
    strays: list[str] = []
    for text in texts:
        parts = _parts(claims, (text,))
        if not isinstance(parts, str):
            return _merged(parts)
        strays.append(parts)
    if len(texts) > 1:
        parts = _parts(claims, texts)
        if not isinstance(parts, str):
            return _merged(parts)
    return min(strays, key=len)


@lru_cache(maxsize=256)
def _ready(passage: Passage) -> tuple[tuple[tuple[Word, ...], ...], tuple[str, ...]]:
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
    forms = ([word.form for word in words(text)] for text in around if text)
    framing = dict.fromkeys(f" {' '.join(own)} " for own in forms)
    return tuple(source[a:b] for a, b in clause_spans(source)), tuple(framing)


def _text(n: int, passage: Passage) -> _Text:
    return _Text(n, passage, *_ready(passage))


def _parts(claims: Sequence[Sequence[str]], texts: Sequence[_Text]) -> list[_Part] | str:
    """A chain of places for the clauses, or the words of a clause that stand nowhere."""
    chains: list[list[_Part]] = [[]]
    told: list[str] = []
    fresh: list[str] = []
    for claim in claims:
        if any(framed(claim, text.framing) is not None for text in texts):
            told += claim
            fresh += claim
            continue
        found, stray = _fits(claim, told, texts, headed=bool(chains[0]))
        named = [p for p in found if len(texts) == 1 or _names_own_place([*fresh, *claim], p)]
        # The best chain that ends in each place is enough, as only neighbours must agree.
        grown = [
            [*chain, part]
            for part in named or (found if _one_document(texts) else [])
            if (chain := next((c for c in chains if not c or _follows(c[-1], part)), None))
            is not None
        ]
        if not grown:
            return stray
        chains, fresh = grown, []
    return chains[0] or ""


def _fits(
    claim: Sequence[str], told: Sequence[str], texts: Sequence[_Text], headed: bool
) -> tuple[list[_Part], str]:
    """Every clause of the texts that the claim fits, best first, else the words that stand nowhere."""
    found: list[tuple[int, _Part]] = []
    best = (-1, "".join(claim))
    for text in texts:
        for first, last, sentence in _sources(text):
            source = tuple(word for clause in text.clauses[first : last + 1] for word in clause)
            one = fit(claim, source, text.framing, headed)
            framing = [*told, *one.framing]
            if one.holds and _agrees(framing, text, text.passage.text[sentence : source[-1].end]):
                span = source[one.start].start, source[one.end - 1].end
                found.append((one.kept, _Part(text, span, first, last, sentence)))
            best = max(best, (one.kept, one.stray), key=lambda b: b[0])
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
        if i and before.start >= sentence and before.form in _CIRCUMSTANCES:
            yield i - 1, i, sentence


def _follows(one: _Part, two: _Part) -> bool:
    """Whether a clause may follow another: it begins another sentence, or goes on the same one.

    From the middle of another sentence it would lose its subject, and with a clause of its own left
    out it may find a wrong one; only when, where or for what may stand before any clause.
    """
    if (one.text.n, one.sentence) != (two.text.n, two.sentence):
        return two.first == 0 or two.text.clauses[two.first - 1][-1].end <= two.sentence
    circumstance = one.text.clauses[one.last][0].form in _CIRCUMSTANCES
    return one.last + 1 == two.first or (circumstance and one.last < two.first)


def _one_document(texts: Sequence[_Text]) -> bool:
    return len({text.passage.document_id for text in texts}) == 1


def _names_own_place(claim: Sequence[str], part: _Part) -> bool:
    """Whether a clause names the place of the document that it is from."""
    said = "".join(claim)
    return any(name in said for name in region_names(part.text.passage.metadata.region))


def _agrees(framing: Sequence[str], text: _Text, sentence: str) -> bool:
    """Whether a year and place put in front of a clause are those it is about.

    They are those of its document, so another year in the passage, or another place in the same
    sentence, may be what it is about.
    """
    if not framing:
        return True
    if framed(framing, text.framing) is None:
        return False
    said = "".join(framing)
    years = set(_YEAR.findall(said))
    written = "".join(word.form for one in text.clauses for word in one)
    if years and set(_YEAR.findall(written)) - years:
        return False
    around = "".join(text.framing).replace(" ", "")
    if not _PLACE.search(said) and not any(
        n in said for n in region_names(text.passage.metadata.region)
    ):
        return True
    return all(place in around for place in _places(sentence))


def _sentence_start(text: _Text, clause: int) -> int:
    """Where the line or sentence of a clause begins."""
    whole, first = text.passage.text, text.clauses[clause][0].start
    return max(whole.rfind(c, 0, first) for c in _ENDS) + 1


def _places(sentence: str) -> set[str]:
    named = {m for m in _PLACE.findall(sentence) if not {m, m[-2:]} & common_words()}
    return named | set(places_in(sentence, frozenset()))


def _merged(parts: Sequence[_Part]) -> tuple[Ground, ...]:
    """One ground for each passage, from its first clause to its last."""
    spans: dict[int, Span] = {}
    for part in parts:
        start, end = spans.get(part.text.n, part.span)
        spans[part.text.n] = min(start, part.span[0]), max(end, part.span[1])
    return tuple(Ground(n, span) for n, span in spans.items())
