"""Reading-comprehension sets, as passages with golden questions over them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import PolicyQAError
from corpus.structure.sentences import sentence_spans
from eval.datasets.beir import BeirText
from eval.datasets.golden import Evidence, GoldenItem
from eval.datasets.lines import Entry, decoded, json_entries

#: As long as golden quotes are; texts without full stops have no sentences to speak of.
_LONGEST_QUOTE = 120
_FORMS = "SQuAD 式 JSON（data、paragraphs、qas）、CMRC 2018 的 JSON，或每行一题的 JSONL"


@dataclass(frozen=True)
class MrcSet:
    """A reading-comprehension set.

    Attributes:
        passages: its distinct contexts, in the order of the file.
        items: its questions: ``fact``, or ``noans`` where the set calls one impossible. The evidence
            is the sentences that an answer touches, in the passage of the question; a question
            without answers of the context's words (yes or no) has no evidence.
        passage_of: question id → id of the passage that it asks about.
        remarks: one line for each answer that does not stand in its context, and so has no evidence.
    """

    passages: tuple[BeirText, ...]
    items: tuple[GoldenItem, ...]
    passage_of: Mapping[str, str]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """A question with where it was read; an answer's start may be a guess of the set's."""

    where: str
    id: str
    question: str
    context: str
    title: str
    passage: str
    answers: tuple[tuple[str, int], ...]
    impossible: bool


def read_mrc(path: str | Path) -> MrcSet:
    """Read a set: SQuAD's nested JSON, CMRC 2018's own, or JSONL with one question a line.

    A line of JSONL is ``{id, question, context, answers: [{text, start}], is_impossible, doc_id}``.

    Raises:
        PolicyQAError: the file cannot be read, has another form or no question, an id is missing or
            comes twice, or a text is empty; names the file and the line, in nested JSON the place.
    """
    file = Path(path)
    passages: dict[str, BeirText] = {}
    taken: set[str] = set()
    items: dict[str, GoldenItem] = {}
    passage_of: dict[str, str] = {}
    remarks: list[str] = []
    for asked in _asked(file):
        if not asked.id or not asked.question.strip() or not asked.context.strip():
            raise PolicyQAError(f"{asked.where}的 id、问题或原文是空的", "非空的文字", "补上再试")
        if asked.id in items:
            raise PolicyQAError(f"{asked.where}的 id「{asked.id}」重复", "id 各不相同", "改掉一个")
        if asked.context not in passages:
            identifier = _free(asked.passage, taken)
            taken.add(identifier)
            passages[asked.context] = BeirText(identifier, asked.context, asked.title)
        passage = passages[asked.context].id
        items[asked.id] = _item(asked, passage, remarks)
        passage_of[asked.id] = passage
    if not items:
        raise PolicyQAError(f"文件 {file.name} 里没有题", _FORMS, "检查文件")
    return MrcSet(tuple(passages.values()), tuple(items.values()), passage_of, tuple(remarks))


def _free(wanted: str, taken: set[str]) -> str:
    """The wanted id, with a number behind it where another context has it."""
    count = 1
    while (identifier := wanted if count == 1 else f"{wanted}#{count}") in taken:
        count += 1
    return identifier


def _item(asked: _Asked, passage: str, remarks: list[str]) -> GoldenItem:
    if asked.impossible:
        return GoldenItem(asked.id, "noans", asked.question)
    quotes: list[str] = []
    for text, start in asked.answers:
        quote = _sentences_around(asked.context, text, start)
        if quote:
            quotes.append(quote)
        else:
            remarks.append(f"{asked.where}的答案「{text}」不在原文里")
    return GoldenItem(
        id=asked.id,
        type="fact",
        question=asked.question,
        answers=tuple(dict.fromkeys(text for text, _ in asked.answers)),
        evidence=tuple(Evidence(passage, quote) for quote in dict.fromkeys(quotes)),
    )


def _sentences_around(context: str, text: str, start: int) -> str:
    """The sentences of the context that an answer touches, or nothing when it is not there.

    Of more than ``_LONGEST_QUOTE`` characters those in whose middle the answer stands.
    """
    if start < 0 or context[start : start + len(text)] != text:
        # Some sets miscount or do not count; the first place is then the best guess.
        start = context.find(text)
    if start < 0:
        return ""
    end = start + len(text)
    spans = [(a, b) for a, b in sentence_spans(context) if a < end and start < b]
    first, last = spans[0][0], spans[-1][1]
    if last - first > _LONGEST_QUOTE:
        around = max(_LONGEST_QUOTE - (end - start), 0) // 2
        first, last = max(first, start - around), min(last, end + around)
    return context[first:last].strip()


def _asked(file: Path) -> Iterator[_Asked]:
    whole = None if ".jsonl" in file.suffixes else _one_value(file)
    if whole is None:
        for entry in json_entries(file):
            identifier = entry.text("doc_id") or entry.text("id")
            passage = (identifier, entry.text("context"), entry.text("title"))
            yield _question(entry, passage, "start")
        return
    data = whole.get("data") if isinstance(whole, dict) else whole
    if not isinstance(data, list):
        raise PolicyQAError(f"文件 {file.name} 不是阅读理解数据", _FORMS, "检查文件")
    yield from _nested(Entry({"data": data}, file.name))


def _one_value(file: Path) -> object:
    """The file as one JSON value, or None when it holds several, one a line."""
    try:
        value: object = json.loads(decoded(file))
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return None
        raise PolicyQAError(
            f"{file.name} 第 {error.lineno} 行不是合法的 JSON", _FORMS, "改正这一行再试"
        ) from None
    except RecursionError:
        raise PolicyQAError(f"文件 {file.name} 嵌套过深", _FORMS, "检查文件") from None
    return value


def _nested(whole: Entry) -> Iterator[_Asked]:
    """SQuAD's articles, or CMRC 2018's, each of which is one paragraph under other names."""
    for i, article in enumerate(whole.entries("data", " 第 {} 篇"), start=1):
        title = article.text("title")
        if "context_text" in article.values:
            identifier = article.text("context_id") or str(i)
            passage = (identifier, article.text("context_text"), title)
            for asked in article.entries("qas", "第 {} 题"):
                yield _question(asked, passage)
            continue
        for j, paragraph in enumerate(article.entries("paragraphs", "第 {} 段"), start=1):
            passage = (f"{i}-{j}", paragraph.text("context"), title)
            for asked in paragraph.entries("qas", "第 {} 题"):
                yield _question(asked, passage)


def _question(entry: Entry, passage: tuple[str, str, str], start: str = "answer_start") -> _Asked:
    """A question of the passage (id, text, title), whose answers begin at the value under a key."""
    own = "query_id" in entry.values
    return _Asked(
        where=entry.where,
        id=entry.text("query_id" if own else "id"),
        question=entry.text("query_text" if own else "question"),
        context=passage[1],
        title=passage[2],
        passage=passage[0],
        answers=_answers(entry, start),
        impossible=entry.values.get("is_impossible") in (True, "true"),  # CAIL 2019 writes words
    )


def _answers(entry: Entry, start: str) -> tuple[tuple[str, int], ...]:
    """(text, start) of each answer that is a span; plain texts have no start, so -1."""
    listed = entry.values.get("answers")
    if isinstance(listed, list) and all(isinstance(text, str) for text in listed):
        return tuple((text, -1) for text in listed if text.strip())
    found: list[tuple[str, int]] = []
    for answer in entry.entries("answers"):
        text, at = answer.text("text"), answer.values.get(start, 0)
        # CAIL 2019 writes yes and no as answers before the beginning.
        if text.strip() and isinstance(at, int) and at >= 0:
            found.append((text, at))
    return tuple(found)
