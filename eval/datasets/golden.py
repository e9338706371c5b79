"""Golden questions: what is asked, what is right, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from corpus.errors import PolicyQAError
from eval.datasets.lines import Entry, read_entries, write_entries
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
    return read_entries(Path(path), _item)


def _item(entry: Entry) -> GoldenItem:
    missing = [key for key in _REQUIRED if key not in entry.values]
    if missing:
        raise entry.wrong(f"缺少 {'、'.join(missing)}", _FORMAT, "补上再试")
    kind = entry.text("type")
    if kind not in QUESTION_TYPES:
        raise entry.wrong(f"的 type 是「{kind}」", "、".join(QUESTION_TYPES) + " 之一", "改正 type")
    identifier, question = entry.text("id"), entry.text("question")
    if not identifier or not question.strip():
        raise entry.wrong("的 id 或 question 是空的", "非空的文字", "补上再试")
    return GoldenItem(
        id=identifier,
        type=kind,
        question=question,
        answers=entry.texts("answers"),
        must_include=entry.texts("must_include"),
        evidence=_evidence(entry),
        filters=filters_of(entry),
        note=entry.text("note"),
        synthetic=entry.truth("synthetic"),
    )


def golden_record(item: GoldenItem) -> dict[str, object]:
    """An item as the object of its line; ``load_golden`` makes the same item of it."""
    record: dict[str, object] = asdict(item)
    if not item.synthetic:
        del record["synthetic"]
    return record | {"filters": filters_record(item.filters)}


def write_golden(items: Iterable[GoldenItem], path: Path) -> int:
    """Write a question set that ``load_golden`` reads; returns how many.

    Raises:
        PolicyQAError: the place cannot be written to.
    """
    return write_entries(map(golden_record, items), path)


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


def _evidence(entry: Entry) -> tuple[Evidence, ...]:
    evidence = evidence_of(entry, "evidence")
    if any(not each.doc or not any(map(str.isalnum, each.quote)) for each in evidence):
        raise entry.wrong(
            "的 evidence 有空的 doc 或 quote", '形如 {"doc": "文件名", "quote": "原文"}', "补上再试"
        )
    return evidence


def evidence_of(entry: Entry, key: str) -> tuple[Evidence, ...]:
    """The list of ``{doc, quote}`` under a key.

    Raises:
        PolicyQAError: a value is of another type.
    """
    return tuple(Evidence(each.text("doc"), each.text("quote")) for each in entry.entries(key))


def filters_of(entry: Entry) -> Filters:
    """The filters of an entry; none where it has none.

    Raises:
        PolicyQAError: a filter is unknown, or they are no object.
    """
    value = entry.values.get("filters") or {}
    if not isinstance(value, dict):
        raise entry.wrong("的 filters 不是对象", "JSON 对象，可为 {}")
    unknown = [key for key in value if key not in _FILTER_KEYS]
    if unknown:
        raise entry.wrong(f"的 filters 有不认识的「{unknown[0]}」", "、".join(_FILTER_KEYS))
    # A year may well be typed as a number.
    return Filters(**{key: str(each) for key, each in value.items()})


def filters_record(filters: Filters) -> dict[str, str]:
    """Filters as ``filters_of`` reads them; those that are not set are left out."""
    return {key: value for key, value in asdict(filters).items() if value}
