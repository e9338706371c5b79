"""Words of a passage that a golden question can point to: 15 to 120 characters."""

from __future__ import annotations

import re

from corpus.sentences import sentence_spans
from indexer.tokens import tokenise
from qa.values import find_values
from retriever.hit import Span
from retriever.question import understand

#: As golden sets want them.
SHORTEST, LONGEST = 15, 120
_CLAUSE_END = re.compile(r"[，。；：！？,;:!?、\n]+[”’』」）)》】]*")
#: A value of the kind asked for counts as much as this share of the question's words.
_VALUE = 0.3


def quote_near(question: str, text: str) -> str:
    """The quote around the sentence that is nearest to a question, by shared words and a fitting value.

    Shorter than ``SHORTEST`` only where the whole text is.
    """
    asked = understand(question)
    wanted = set(tokenise(question))

    def nearness(span: Span) -> float:
        words = text[span[0] : span[1]]
        shared = len(wanted & set(tokenise(words))) / max(len(wanted), 1)
        return shared + (_VALUE if find_values(asked.kind, words) else 0.0)

    spans = [span for span in sentence_spans(text) if text[span[0] : span[1]].strip()]
    if not spans:
        return ""
    return quote_around(text, max(spans, key=nearness))


def quote_around(text: str, span: Span) -> str:
    """The sentences that a span touches, cut at clauses where too long, lengthened where too short.

    Without line breaks.
    """
    touched = [s for s in sentence_spans(text) if s[0] < span[1] and span[0] < s[1]]
    bounds = (touched[0][0], touched[-1][1]) if touched else span
    cut = _grown(text, span, bounds, LONGEST)
    if cut[1] - cut[0] < SHORTEST:
        cut = _grown(text, cut, (0, len(text)), SHORTEST)
    if cut[1] - cut[0] > LONGEST:  # a clause without end: the middle of it
        begin = max(cut[0], min(span[0] - (LONGEST - (span[1] - span[0])) // 2, cut[1] - LONGEST))
        cut = (begin, begin + LONGEST)
    return " ".join(text[cut[0] : cut[1]].split()).strip("，,、；;：: ")


def _grown(text: str, span: Span, bounds: Span, until: int) -> Span:
    """The clauses that a span touches and as many beside it, inside the bounds, as fit in ``LONGEST``.

    Stops where ``until`` characters are reached, forwards first.
    """
    ends = [m.end() for m in _CLAUSE_END.finditer(text, *bounds)]
    edges = sorted({bounds[0], *ends, bounds[1]})
    start = max((edge for edge in edges if edge <= span[0]), default=bounds[0])
    end = min((edge for edge in edges if edge >= span[1]), default=bounds[1])
    while end - start < until:
        after = next((edge for edge in edges if edge > end), None)
        before = next((edge for edge in reversed(edges) if edge < start), None)
        if after is not None and after - start <= LONGEST:
            end = after
        elif before is not None and end - before <= LONGEST:
            start = before
        else:
            break
    return start, end
