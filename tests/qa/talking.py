"""Conversations out of invented turns."""

from __future__ import annotations

from qa.answer import Answer, Citation, Conversation, Turn
from tests.qa.making import passage

TITLE = "河汀市2024年夜间经济工作方案"
FAMILIAR = frozenset(("河汀", "槐岭"))


def turn(question: str, short: str = "", cites: bool = True, source: str = "extractive") -> Turn:
    """A question answered from the plan, or without a citation."""
    of = passage("夜间消费街区建成12条，由方小砚负责。", doc="方案.txt", title=TITLE)
    citations = (Citation(1, of, 0, 11),) if cites else ()
    text = f"{citations[0].quote}[1]" if cites else "资料中没有。"
    return Turn(
        question, question, Answer(question, text, short, cites, citations, (), 0.0, source)
    )


def talked(*questions: str, short: str = "", cites: bool = True) -> Conversation:
    """A conversation in which these were asked."""
    conversation = Conversation()
    for question in questions:
        conversation = conversation.after(turn(question, short, cites))
    return conversation
