"""From ratings of answers to candidate questions, and those accepted into a golden set."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import PolicyQAError
from corpus.language.simplification import to_simplified
from corpus.structure.sentences import sentence_spans
from eval.datasets.golden import Evidence, GoldenItem, golden_record, load_golden, require_one_make
from eval.datasets.lines import json_entries, write_entries
from eval.datasets.runs import Extract
from eval.metrics.layout import some
from eval.metrics.matching import bare, stands_in
from eval.metrics.measures import distinct_evidence
from eval.question_sets.feedback import Feedback, append_whole
from indexer.tokens import tokenise
from qa.reading.values import find_values
from retriever.hit import Filters, Span
from retriever.query.analysis import AnswerKind, analyse

#: What ``status`` says in a file of candidates; a person writes the second.
CANDIDATE, ACCEPTED = "candidate", "accepted"
#: Fewer two-character words in common with the evidence: asked in other words.
_FEWEST_SHARED = 2


@dataclass(frozen=True)
class Candidate:
    """A draft of a golden question.

    Attributes:
        item: the draft; its evidence is empty where a person has to look for it.
        ratings: how many answers to this question were rated.
    """

    item: GoldenItem
    ratings: int


@dataclass(frozen=True)
class Collected:
    """What became of the feedback.

    Attributes:
        candidates: in the order in which the questions were first asked.
        ratings: how many answers were rated.
        known: how many of them answer questions that a golden set has already.
    """

    candidates: tuple[Candidate, ...]
    ratings: int
    known: int


def collect(feedback: Sequence[Feedback], golden: Sequence[GoldenItem] = ()) -> Collected:
    """Draft a question of all ratings of its answers; the same question, in bare form, counts once.

    What was asked with other filters is another question. The evidence is what people pointed at,
    else what a good answer cites. A refusal called good makes a ``noans`` candidate. Where nobody
    knows the evidence it stays empty.
    """
    known = {bare(item.question) for item in golden}
    groups: dict[tuple[object, ...], list[Feedback]] = {}
    for one in feedback:
        if bare(one.question) not in known:
            groups.setdefault((bare(one.question), one.filters), []).append(one)
    candidates = tuple(
        Candidate(_draft(f"c{number:03d}", group), len(group))
        for number, group in enumerate(groups.values(), start=1)
    )
    fresh = sum(candidate.ratings for candidate in candidates)
    return Collected(candidates, len(feedback), len(feedback) - fresh)


def write_candidates(candidates: Sequence[Candidate], path: Path) -> int:
    """Write candidates as golden lines with ``status`` and ``count``; returns how many.

    Raises:
        PolicyQAError: there is such a file already, in which somebody may have worked, or it cannot
            be written.
    """
    if path.exists():
        raise PolicyQAError(
            f"文件 {path} 已经有了，里面可能有人改过的候选题", "一个新的文件名", "换一个 --out"
        )
    lines = (
        golden_record(each.item) | {"status": CANDIDATE, "count": each.ratings}
        for each in candidates
    )
    return write_entries(lines, path)


def _draft(identifier: str, group: Sequence[Feedback]) -> GoldenItem:
    """One question of all ratings of its answers."""
    question = group[0].question.strip()
    good = [one for one in group if one.rating == "good" and one.answered]
    answers: tuple[str, ...] = ()
    noans = False
    evidence = distinct_evidence(
        _pointed_at(one, passage) for one in group for passage in one.chosen
    )
    if evidence:
        # A value is taken from a good answer only, and only where the words pointed at hold it.
        words = "\n".join(each.quote for each in evidence)
        answers = tuple(a for a in _short_answers(good) if stands_in(a, words))
    elif good:
        evidence = distinct_evidence(_cited(one, each) for one in good for each in one.citations)
        answers = _short_answers(good)
    else:
        noans = any(one.rating == "good" for one in group)
    item = GoldenItem(
        id=identifier,
        type="noans" if noans else _type(question, group[0].filters, evidence, answers),
        question=question,
        answers=answers,
        evidence=evidence,
        filters=group[0].filters,
    )
    return replace(item, note="；".join((_origin(group), *_remarks(item, group))) + "。")


def _short_answers(good: Sequence[Feedback]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.short_answer for one in good if bare(one.short_answer)))


def _cited(feedback: Feedback, cited: Evidence) -> Evidence:
    """What an answer cites, at most ``LONGEST`` characters of it."""
    words = to_simplified(cited.quote)
    if len(words) > LONGEST:
        words = quote_near(f"{feedback.question}{feedback.short_answer}", words)
    return Evidence(cited.doc, " ".join(words.split()))


def _pointed_at(feedback: Feedback, passage: Extract) -> Evidence:
    """Of a passage that somebody chose what was cited of it, else the sentence nearest the question."""
    text = to_simplified(passage.text)
    for cited in feedback.citations:
        words = to_simplified(cited.quote)
        at = text.find(words)
        if cited.doc == passage.doc and at >= 0 and len(words) <= LONGEST:
            return Evidence(passage.doc, quote_around(text, (at, at + len(words))))
    return Evidence(passage.doc, quote_near(feedback.question, text))


def _type(
    question: str, filters: Filters, evidence: Sequence[Evidence], answers: Sequence[str]
) -> str:
    """A guess at the type of a question that has an answer."""
    if to_simplified(question) != question:
        return "noisy"
    if filters != Filters():
        return "filter"
    if analyse(question).kind is AnswerKind.LIST:
        return "list"
    if len({each.doc for each in evidence}) > 1 and not answers:
        return "multi"
    pairs = {token for token in tokenise(question) if len(token) > 1}
    held = {token for each in evidence for token in tokenise(each.quote)}
    return "semantic" if evidence and len(pairs & held) < _FEWEST_SHARED else "fact"


def _origin(group: Sequence[Feedback]) -> str:
    """Where a candidate comes from: how many ratings of each kind, and when."""
    counts = (
        ("有用", sum(one.rating == "good" for one in group)),
        ("没用", sum(one.rating == "bad" for one in group)),
        ("指出段落", sum(bool(one.chosen) for one in group)),
    )
    days = sorted({one.time[:10] for one in group if one.time})
    when = " 至 ".join(dict.fromkeys((days[0], days[-1]))) if days else "时间不明"
    shown = "、".join(f"{name} {count}" for name, count in counts if count)
    return f"来自网页评价（{shown}；{when}）"


def _remarks(item: GoldenItem, group: Sequence[Feedback]) -> Iterator[str]:
    """What a person has to look at before accepting."""
    if item.answerable:
        yield "题型是猜的"
    if len({one.rating for one in group if one.rating}) > 1:
        yield "评价不一"
    if not item.answerable:
        yield "评价者认可拒答，请核对资料里确实没有"
    elif not item.evidence:
        yield "还没有依据：请补 evidence，资料里没有的改为 noans"
    if any(len(each.quote) < SHORTEST for each in item.evidence):
        yield f"有引文不足 {SHORTEST} 字，请补长"
    if item.type == "list":
        yield "must_include 待填"
    if item.filters != Filters():
        yield "提问时选了筛选，题面没有写出来的请补上"


_NUMBERED = re.compile(r"(.*?)(\d+)$", re.DOTALL)
#: The first id of a new set.
_FIRST = "A000"


@dataclass(frozen=True)
class Accepted:
    """What was taken into a golden set.

    Attributes:
        items: with their new ids.
        known: candidates whose question the set has already, or a candidate before; not taken.
        odd_quotes: ids of items with a quote outside 15 to 120 characters.
    """

    items: tuple[GoldenItem, ...]
    known: tuple[str, ...] = ()
    odd_quotes: tuple[str, ...] = ()


def accept_candidates(candidates: Path, golden: Path, ids: Sequence[str] = ()) -> Accepted:
    """Append to a golden set the candidates of these ids and those with status ``accepted``.

    What the set holds stays byte for byte; a set that is not there is begun. Nothing is written
    unless everything can be.

    Raises:
        PolicyQAError: a file cannot be read or written, nothing is accepted, an id is unknown, an
            accepted question has neither evidence nor type ``noans``, or synthetic questions would
            come together with others.
    """
    chosen = _chosen(candidates, ids)
    present = _present(golden)
    questions = {bare(item.question) for item in present}
    fresh: list[GoldenItem] = []
    known: list[str] = []
    numbers = _ids(present)
    for item in chosen:
        if bare(item.question) in questions:
            known.append(item.id)
        else:
            questions.add(bare(item.question))
            fresh.append(replace(item, id=next(numbers)))
    require_one_make((*present, *fresh))
    if fresh:
        _append(golden, fresh)
    odd = tuple(
        item.id
        for item in fresh
        if any(not SHORTEST <= len(each.quote) <= LONGEST for each in item.evidence)
    )
    return Accepted(tuple(fresh), tuple(known), odd)


def _chosen(candidates: Path, ids: Sequence[str]) -> list[GoldenItem]:
    items = load_golden(candidates)
    unknown = sorted(set(ids) - {item.id for item in items})
    if unknown:
        raise PolicyQAError(
            f"{candidates.name} 里没有候选题 {some(unknown)}", "候选题文件里的 id", "改正 --id"
        )
    entries = json_entries(candidates)
    accepted = {each.text("id") for each in entries if each.values.get("status") == ACCEPTED}
    chosen = [item for item in items if item.id in ids or item.id in accepted]
    if not chosen:
        raise PolicyQAError(
            f"{candidates.name} 里没有接受的候选题",
            f'有 "status": "{ACCEPTED}" 的行，或命令里的 --id',
            "核对候选题，把要收的那些的 status 改成 accepted",
        )
    bad = [item.id for item in chosen if item.answerable and not item.evidence]
    if bad:
        raise PolicyQAError(
            f"候选题 {some(bad)} 没有依据",
            "有 evidence 的题，或 type 为 noans 的题",
            "补上 evidence，或改为 noans",
        )
    return chosen


def _present(golden: Path) -> tuple[GoldenItem, ...]:
    """The items of the set, none where it is not there or empty; sure that lines can be added."""
    if not golden.exists() or not golden.stat().st_size:
        return ()
    items = load_golden(golden)
    try:
        golden.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise PolicyQAError(
            f"题集 {golden.name} 不是 UTF-8 编码，不能接着往里写",
            "UTF-8 的题集",
            "另存为 UTF-8 再试",
        ) from None
    return items


def _ids(present: Sequence[GoldenItem]) -> Iterator[str]:
    """Ids after the set's last one, with its letters and as many digits."""
    last = present[-1].id if present else _FIRST
    match = _NUMBERED.fullmatch(last)
    prefix, digits = match.groups() if match else (f"{last}-", "0")
    taken = {item.id for item in present}
    number = int(digits)
    while True:
        number += 1
        identifier = f"{prefix}{number:0{len(digits)}d}"
        if identifier not in taken:
            yield identifier


def _append(golden: Path, items: Sequence[GoldenItem]) -> None:
    lines = [json.dumps(golden_record(item), ensure_ascii=False) + "\n" for item in items]
    try:
        golden.parent.mkdir(parents=True, exist_ok=True)
        append_whole(golden, "".join(lines))
    except OSError as error:
        raise PolicyQAError(
            f"写不了题集 {golden}（{error.strerror}）", "一个可写的文件", "检查路径和权限"
        ) from None


#: As golden sets want them.
SHORTEST, LONGEST = 15, 120
_CLAUSE_END = re.compile(r"[，。；：！？,;:!?、\n]+[”’』」）)》】]*")
#: A value of the kind asked for counts as much as this share of the question's words.
_VALUE = 0.3


def quote_near(question: str, text: str) -> str:
    """The quote around the sentence that is nearest to a question, by shared words and a fitting value.

    Shorter than ``SHORTEST`` only where the whole text is.
    """
    asked = analyse(question)
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
