"""How likely an answer is right."""

from __future__ import annotations

import math
import re

from qa.evidence import Evidence
from qa.strength import asks_wording
from retriever.question import VALUED, Question

#: A logistic function's weights of the best sentence's score, of a question that asks how or for what
#: measures (many sentences would be right, one is shown), of one that asks for an exact value, and of
#: one that asks for a wording; and its constant. Chosen on the answers to both dev sets and the samples
#: together and rounded (docs/measurements.md).
_SCORE, _OPEN, _VALUED, _WORDING, _CONSTANT = 1.07, -0.8, 0.75, 2.25, -1.58
_ASKS_OPENLY = re.compile("如何|怎么|怎样|哪些|要求|政策|规定")


def confidence(question: Question, best: Evidence) -> float:
    """How likely, in [0, 1], an answer that begins with ``best`` is right.

    Source: J. Platt, "Probabilistic outputs for support vector machines", 1999.
    """
    sum_ = (
        _CONSTANT
        + _SCORE * best.score
        + _OPEN * (_ASKS_OPENLY.search(question.text) is not None)
        + _VALUED * (question.kind in VALUED)
        + _WORDING * asks_wording(question)
    )
    return 1 / (1 + math.exp(-sum_))
