"""Places or years that a question sets side by side, each asked about on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.language.function_words import COMPARISON_JOINT, EACH, LAST_SIDE
from corpus.language.gazetteer import lookup, lookup_within
from corpus.language.question_words import COMPARES
from indexer.passage import Passage
from qa.answer import CANNOT_ANSWER, Answer, Citation, Compared
from qa.composition.sub_questions import renumbered
from retriever.query.analysis import Question
from retriever.query.places import year_spans

#: Said of a place or year for which nothing was found.
NOTHING = f"{CANNOT_ANSWER}相应的内容"
#: Whoever names more has a table to fill in, not a question.
MOST = 8


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
    """Whether each side is to be told: it is said, or the best passage speaks of one alone.

    「在北碚区和两江新区调研时强调什么」 names both and asks of one thing.
    """
    around = "".join((best.title, *best.heading_path, best.text))
    together = all(side.words in around for side in sides)
    return not together or COMPARES.search(question.text) is not None


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
        join = (
            COMPARISON_JOINT.fullmatch(text, end, spans[n + 1][0]) if n + 1 < len(spans) else None
        )
        if join:
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
