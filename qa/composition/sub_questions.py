"""Questions of several parts: taken apart, and their answers put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.language import question_words
from corpus.language.persons import POST
from corpus.language.question_words import has_question_word
from corpus.language.simplification import search_form
from qa.answer import CANNOT_ANSWER, Answer, Citation
from retriever.hit import Hit

#: A longer list of questions is a form, not a question.
MOST_PARTS = 5
#: Passages shown beside a joined answer, as beside any other.
_HITS = 10
_SENTENCE = re.compile(r"[^？?]+[？?]*")
_EDGE = "，,、；;：:。/ 　"
_MARK = re.compile(r"\[(\d{1,3})\]")


def parts_of(question: str) -> tuple[str, ...]:
    """The questions in a question, each as it is worded; one where it asks one thing.

    What asks nothing belongs to the question behind it.
    """
    for taken in (_by_points(question), _by_marks(question), _by_roles(question)):
        if 1 < len(taken) <= MOST_PARTS:
            return taken
    return (question,)


def _by_marks(question: str) -> tuple[str, ...]:
    parts: list[str] = []
    before = ""
    for sentence in _SENTENCE.findall(question):
        words = before + sentence.strip(_EDGE)
        if parts and question_words.ASKS_TOGETHER.match(words):
            return ()
        if not _asks(words):
            before = words
            continue
        parts.append(words)
        before = ""
    return (*parts[:-1], parts[-1] + before) if parts else ()


def _by_points(question: str) -> tuple[str, ...]:
    """「夜市：一是补助多少？二是谁负责？」 → 「夜市补助多少？」, 「夜市谁负责？」."""
    marks = list(question_words.POINT_MARK.finditer(question))
    if len(marks) < 2:
        return ()
    head = question_words.OPENING.sub("", question[: marks[0].start()]).strip(_EDGE)
    ends = [mark.start() for mark in marks[1:]] + [len(question)]
    points = [question[m.end() : end].strip(_EDGE) for m, end in zip(marks, ends, strict=True)]
    if has_question_word(search_form(head)) or not all(map(_asks, points)):
        return ()
    return tuple(f"{head}{point}" for point in points)


def _by_roles(question: str) -> tuple[str, ...]:
    text = search_form(question).rstrip("？?。 ")
    match = question_words.ROLES.search(text)
    if match is None:
        return ()
    roles = [role.group() for role in POST.finditer(match["roles"])]
    return tuple(f"{text[: match.start()]}{role}{match['asks']}？" for role in roles)


def _asks(sentence: str) -> bool:
    text = search_form(sentence).rstrip("？?。 ")
    return has_question_word(text) or text.endswith(("呢", "吗"))


def joined(question: str, answers: Sequence[Answer]) -> Answer:
    """One answer of the answers to its parts, citations numbered through.

    It is a refusal when every part is refused.
    """
    answered = any(answer.answered for answer in answers)
    citations: list[Citation] = []
    texts = [renumbered(answer, citations) for answer in answers]
    refusals = dict.fromkeys(text.rstrip("。") for text in texts)
    numbered = "\n".join(f"（{n}）{text}" for n, text in enumerate(texts, start=1))
    # Two parts may be refused for the same reason.
    refused = "；".join(refusals).replace(f"；{CANNOT_ANSWER}", "；也没有") + "。"
    notices = dict.fromkeys(answer.notice for answer in answers if answer.notice)
    return Answer(
        question,
        numbered if answered else refused,
        "；".join(a.short_answer for a in answers if a.short_answer),
        answered,
        tuple(citations),
        together([answer.hits for answer in answers]),
        sum(answer.ms for answer in answers),
        "model" if any(answer.source == "model" for answer in answers) else "extractive",
        "；".join(notices),
        min((a.confidence for a in answers if a.answered), default=0.0),
        sum(answer.struck for answer in answers),
    )


def renumbered(answer: Answer, citations: list[Citation]) -> str:
    """The text with its marks counted on; adds its citations to the list, the same one once."""
    numbers: dict[int, int] = {}
    for citation in answer.citations:
        place = (citation.passage.id, citation.start, citation.end)
        known = next((c.n for c in citations if (c.passage.id, c.start, c.end) == place), 0)
        if not known:
            known = len(citations) + 1
            citations.append(replace(citation, n=known))
        numbers[citation.n] = known
    return _MARK.sub(lambda m: f"[{numbers.get(int(m[1]), int(m[1]))}]", answer.text)


def together(lists: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """The best of each list, then the second of each …, every passage once, ranked anew."""
    longest = max((len(hits) for hits in lists), default=0)
    turns = [hits[i] for i in range(longest) for hits in lists if i < len(hits)]
    unique = {hit.passage.id: hit for hit in reversed(turns)}
    kept = [hit for hit in turns if unique.pop(hit.passage.id, None)][:_HITS]
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(kept, start=1))
