"""Golden questions: what is asked, what is right, and where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from corpus.errors import PolicyQAError
from eval.datasets.lines import numbered_lines
from eval.metrics.matching import bare
from retriever.hit import Filters

#: The kinds of question, in the order in which tables show them.
QUESTION_TYPES = ("fact", "semantic", "list", "precedent", "multi", "filter", "noans", "noisy")

_REQUIRED = ("id", "type", "question", "evidence")
_FILTER_KEYS = tuple(each.name for each in fields(Filters))
_FORMAT = "每行一个 JSON 对象，含 id、type、question、answers、must_include、evidence"


@dataclass(frozen=True)
class Evidence:
    """Words that support the answer.

    Attributes:
        doc: the file's name.
        quote: 15 to 120 characters in clean simplified Chinese.
    """

    doc: str
    quote: str


@dataclass(frozen=True)
class GoldenItem:
    """A question whose answer is known.

    Attributes:
        id: unique within its file.
        type: one of ``QUESTION_TYPES``.
        question: as a person types it.
        answers: any one of them is right.
        must_include: items that a full answer contains, each of them.
        evidence: where the answer stands; empty when the documents do not answer (``noans``).
        filters: what the question restricts itself to.
        note: for people who read the set.
        synthetic: drafted by a program; never scored together with questions of people.
    """

    id: str
    type: str
    question: str
    answers: tuple[str, ...] = ()
    must_include: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    filters: Filters = field(default_factory=Filters)
    note: str = ""
    synthetic: bool = False

    @property
    def answerable(self) -> bool:
        """False where refusing is right."""
        return self.type != "noans"


def load_golden(path: str | Path) -> tuple[GoldenItem, ...]:
    """Read a question set, UTF-8 or GB18030, in the order of its lines; blank lines are skipped.

    Raises:
        PolicyQAError: the file is missing, empty or in another encoding, or a line is not JSON,
            lacks a key, repeats an id, or has an unknown type; names the file and the line.
    """
    file = Path(path)
    items: list[GoldenItem] = []
    lines: dict[str, int] = {}
    for number, record in json_lines(file):
        where = f"{file.name} 第 {number} 行"
        item = _item(record, where)
        if item.id in lines:
            raise PolicyQAError(
                f"{where}的 id「{item.id}」与第 {lines[item.id]} 行重复",
                "每道题的 id 各不相同",
                "改掉其中一个 id",
            )
        lines[item.id] = number
        items.append(item)
    return tuple(items)


def json_lines(file: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The JSON objects of a JSONL file with their line numbers from 1.

    Raises:
        PolicyQAError: the file cannot be read or decoded, holds no object, or a line is no object.
    """
    for number, line in numbered_lines(file):
        where = f"{file.name} 第 {number} 行"
        try:
            record: object = json.loads(line)
        except (ValueError, RecursionError):
            raise PolicyQAError(
                f"{where}不是合法的 JSON", "每行一个 JSON 对象", "改正这一行再试"
            ) from None
        if not isinstance(record, dict):
            raise PolicyQAError(f"{where}不是 JSON 对象", "每行一个 JSON 对象", "改正这一行再试")
        yield number, record


def _item(record: Mapping[str, object], where: str) -> GoldenItem:
    missing = [key for key in _REQUIRED if key not in record]
    if missing:
        raise PolicyQAError(f"{where}缺少 {'、'.join(missing)}", _FORMAT, "补上再试")
    kind = string_of(record, "type", where)
    if kind not in QUESTION_TYPES:
        raise PolicyQAError(
            f"{where}的 type 是「{kind}」", "、".join(QUESTION_TYPES) + " 之一", "改正 type"
        )
    identifier, question = string_of(record, "id", where), string_of(record, "question", where)
    if not identifier or not question.strip():
        raise PolicyQAError(f"{where}的 id 或 question 是空的", "非空的文字", "补上再试")
    return GoldenItem(
        id=identifier,
        type=kind,
        question=question,
        answers=_strings(record, "answers", where),
        must_include=_strings(record, "must_include", where),
        evidence=_evidence(record, where),
        filters=_filters(record, where),
        note=string_of(record, "note", where),
        synthetic=_truth(record, "synthetic", where),
    )


def golden_record(item: GoldenItem) -> dict[str, object]:
    """An item as the object of its line; ``load_golden`` makes the same item of it."""
    record: dict[str, object] = asdict(item)
    if not item.synthetic:
        del record["synthetic"]
    filters = {key: value for key, value in asdict(item.filters).items() if value}
    return record | {"filters": filters}


def require_one_make(items: Sequence[GoldenItem]) -> bool:
    """Whether a set is synthetic.

    Raises:
        PolicyQAError: it is partly so; means over both kinds would say nothing about people.
    """
    drafted = sum(item.synthetic for item in items)
    if 0 < drafted < len(items):
        raise PolicyQAError(
            f"题集里 {drafted} 道合成题和 {len(items) - drafted} 道人写的题混在一起",
            "全是合成题，或一道也没有",
            "分成两个题集，各自评分",
        )
    return drafted > 0


def _truth(record: Mapping[str, object], key: str, where: str) -> bool:
    value = record.get(key, False)
    if not isinstance(value, bool):
        raise PolicyQAError(f"{where}的 {key} 不是真假值", "true 或 false", "改正这一行")
    return value


def _evidence(record: Mapping[str, object], where: str) -> tuple[Evidence, ...]:
    entries = objects_of(record, "evidence", where)
    evidence = tuple(
        Evidence(string_of(entry, "doc", where), string_of(entry, "quote", where))
        for entry in entries
    )
    if any(not entry.doc or not bare(entry.quote) for entry in evidence):
        raise PolicyQAError(
            f"{where}的 evidence 有空的 doc 或 quote",
            '形如 {"doc": "文件名", "quote": "原文"}',
            "补上再试",
        )
    return evidence


def _filters(record: Mapping[str, object], where: str) -> Filters:
    value = record.get("filters") or {}
    if not isinstance(value, dict):
        raise PolicyQAError(f"{where}的 filters 不是对象", "JSON 对象，可为 {}", "改正这一行")
    unknown = [key for key in value if key not in _FILTER_KEYS]
    if unknown:
        raise PolicyQAError(
            f"{where}的 filters 有不认识的「{unknown[0]}」", "、".join(_FILTER_KEYS), "改正这一行"
        )
    # A year may well be typed as a number.
    return Filters(**{key: str(entry) for key, entry in value.items()})


def string_of(record: Mapping[str, object], key: str, where: str) -> str:
    """The text under a key, or an empty one where the key is absent or null.

    Raises:
        PolicyQAError: the value is no text.
    """
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise PolicyQAError(f"{where}的 {key} 不是文字", "带引号的字符串", "改正这一行")
    return value


def objects_of(
    record: Mapping[str, object], key: str, where: str
) -> tuple[Mapping[str, object], ...]:
    """The objects of the list under a key; none where the key is absent or null.

    Raises:
        PolicyQAError: the value is no list of objects.
    """
    value = record.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise PolicyQAError(f"{where}的 {key} 不是对象的列表", "形如 [{…}, {…}]", "改正这一行")
    return tuple(value)


def _strings(record: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    value = record.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise PolicyQAError(
            f"{where}的 {key} 不是文字的列表", '形如 ["甲", "乙"]，可为 []', "改正这一行"
        )
    return tuple(value)
