"""What is answered piece by piece: places or years set side by side, and the parts of a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.language.function_words import COMPARISON_JOINT, EACH, LAST_SIDE
from corpus.language.gazetteer import lookup, lookup_within
from corpus.language.question_words import COMPARES
from indexer.passage import Passage
from qa.answer import CANNOT_ANSWER, Answer, Citation, Compared
from retriever.hit import Hit
from retriever.query.analysis import Question
from retriever.query.places import year_spans

#: Said of a place or year for which nothing was found.
NOTHING = f"{CANNOT_ANSWER}相应的内容"
#: Whoever names more has a table to fill in, not a question.
MOST = 8


#: Passages shown beside a joined answer, as beside any other.
_HITS = 10
_MARK = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True)
class Side:
    """One place or year of a comparison.

    Attributes:
        name: as the question names it, with 「年」.
        places: short names in it; none of a year.
        question: what is asked, of it alone.
    """

    name: str
    places: tuple[str, ...]
    question: str

    @property
    def words(self) -> str:
        """What a passage about it says: the innermost place without its kind, or the year."""
        return self.places[-1] if self.places else self.name.removesuffix("度").removesuffix("年")


def sides_of(asked: Question) -> tuple[Side, ...]:
    """What a question sets side by side; nothing where it does not.

    「抚顺和营口的活跃率各是多少」 → 抚顺 with 「抚顺的活跃率各是多少」, 营口 with 「营口的活跃率…」.
    """
    question = asked.text
    for spans in (_touching(asked.place_spans), year_spans(question)):
        runs = _run(question, spans)
        if not 2 <= len(runs) <= MOST:
            continue
        names = [question[start:end] for start, end, _ in runs]
        if any(_lies_in(name, above) for name in names for above in names):
            continue  # 「河南和濮阳」 are no two of a kind
        head, tail = question[: runs[0][0]], question[runs[-1][2] :]
        return tuple(
            Side(
                name,
                tuple(place for place in asked.places if place in name),
                EACH.sub("", f"{head}{question[start:own]}{tail}"),
            )
            for name, (start, _, own) in zip(names, runs, strict=True)
        )
    return ()


def is_comparison(question: Question, sides: Sequence[Side], best: Passage) -> bool:
    """Whether each side is to be shown: it is asked, or the best passage speaks of one alone.

    「在北碚区和两江新区调研时强调什么」 names both and asks of one thing.
    """
    in_one = all(side.words in best.full_text for side in sides)
    return not in_one or COMPARES.search(question.text) is not None


def _touching(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """「抚顺市新抚区」 is one place."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _run(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """The first run of names joined by 「、」, 「和」 …: where each starts, ends, and where what is
    asked of it alone ends.
    """
    run: list[tuple[int, int, int]] = []
    for n, (start, end) in enumerate(spans):
        after = spans[n + 1][0] if n + 1 < len(spans) else end
        if join := COMPARISON_JOINT.fullmatch(text, end, after):
            run.append((start, end, join.end("own")))
        elif run:
            last = LAST_SIDE.match(text, end) if run[-1][2] > run[-1][1] else None
            run.append((start, end, last.end() if last else end))
            break
    return run


def _lies_in(name: str, above: str) -> bool:
    place = lookup(above) if name != above else None
    return place is not None and lookup_within(name, place) is not None


def side_by_side(
    sides: Sequence[Side], answers: Sequence[Answer]
) -> tuple[str, tuple[Citation, ...], tuple[Compared, ...]]:
    """Text with a line for each side, its citations numbered through, and the same as rows."""
    citations: list[Citation] = []
    values = [answer.short_answer if answer.answered else "" for answer in answers]
    if len({value.startswith("第") for value in values if value}) > 1:
        values = [""] * len(values)  # 「21%」 and 「第四」 are not to be compared
    rows = []
    for side, answer, value in zip(sides, answers, values, strict=True):
        said = renumbered(answer, citations).replace("\n", "") if answer.answered else ""
        rows.append(Compared(side.name, value, said))
    text = "\n".join(f"{row.name}：{row.said or f'{NOTHING}。'}" for row in rows)
    return text, tuple(citations), tuple(rows)


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
        known = next((c.n for c in citations if c.place == citation.place), 0)
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
