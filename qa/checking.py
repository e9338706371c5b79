"""The last look at an extractive answer: what its citations do not hold is taken out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qa.answer import Citation
from qa.compose import Composed
from qa.proof import proof
from qa.scope import Scope


def checked(
    composed: Composed, scope: Scope, document_text: Callable[[str], str]
) -> Composed | None:
    """The answer without the sentences that ``qa.proof`` does not find in their passage, or None.

    Sentences are taken from their passages word for word, so that none is lost; what cuts, cleans or
    joins them before may still go wrong one day, and then nothing wrong is shown.

    Args:
        composed: a line for each citation, in their order.
        scope: places and years asked about; passages of others hold nothing.
        document_text: the text of a document by its identifier.
    """
    lines: list[str] = []
    citations: list[Citation] = []
    short_answer = composed.short_answer
    for line, cited in zip(composed.text.split("\n"), composed.citations, strict=True):
        words = line.removesuffix(f"[{cited.n}]")
        if not proof(words, [cited.passage], scope, document_text).holds:
            if short_answer and short_answer in words:
                short_answer = ""
            continue
        n = len(lines) + 1
        lines.append(f"{words}[{n}]")
        citations.append(replace(cited, n=n))
    if len(lines) == len(composed.citations):
        return composed
    if not lines:
        return None
    return Composed("\n".join(lines), short_answer, tuple(citations))
