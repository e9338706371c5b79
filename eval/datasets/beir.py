"""BEIR folders: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels``, read and written.

N. Thakur et al., "BEIR: a heterogeneous benchmark for zero-shot evaluation of information retrieval
models", NeurIPS 2021.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import PolicyQAError
from eval.datasets.lines import Entry, numbered_lines, read_entries, write_entries, write_lines
from eval.datasets.trec import Qrels, by_query, grade_of, read_trec_qrels

_HEADER = ("query-id", "corpus-id", "score")
_OWN_KEYS = frozenset({"_id", "title", "text", "metadata"})


@dataclass(frozen=True)
class BeirText:
    """A document or a query.

    Attributes:
        id: unique within its file.
        text: what it says.
        title: empty for queries.
        metadata: the other keys of its line, and those of its ``metadata``, whose values are text,
            numbers or truth values, as text.
    """

    id: str
    text: str
    title: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BeirSet:
    """A collection with one split of its questions.

    Attributes:
        documents: in the order of the file.
        queries: those of the split, that is those which its qrels name.
        qrels: the split's judgements, unknown ids included: they cannot be found and score so.
        remarks: one line for each judgement that names a document or a query which the files lack.
    """

    documents: tuple[BeirText, ...]
    queries: tuple[BeirText, ...]
    qrels: Qrels
    remarks: tuple[str, ...] = ()


def read_beir(folder: str | Path, split: str = "test") -> BeirSet:
    """Read a folder; any of its files may be gzipped (``corpus.jsonl.gz``).

    The judgements are ``qrels/<split>.tsv`` or ``qrels.<split>.tsv``, for the split ``test`` also
    ``qrels.tsv``; the queries are ``queries.<split>.jsonl`` where there is one, else ``queries.jsonl``.

    Raises:
        PolicyQAError: a file is missing or empty, a line is bad, an id is missing or comes twice, or
            no judged document is in the corpus; names the file and the line.
    """
    place = Path(folder)
    tables = [f"qrels/{split}.tsv", f"qrels.{split}.tsv"]
    qrels_file = file_of(place, tables + ["qrels.tsv"] * (split == "test"))
    queries_file = file_of(place, [f"queries.{split}.jsonl", "queries.jsonl"])
    documents = read_entries(file_of(place, ["corpus.jsonl"]), _text, "_id")
    queries = read_entries(queries_file, _text, "_id")
    rows = list(_judgements(qrels_file))
    qrels = Qrels(by_query(rows, grade_of))
    known_documents, known_queries = {d.id for d in documents}, {q.id for q in queries}
    if not any(doc in known_documents for _, _, doc, _ in rows):
        raise PolicyQAError(
            f"{qrels_file.name} 里的文档没有一个在 corpus.jsonl 里",
            "同一个数据集的 corpus 和 qrels",
            "检查两个文件是否对应",
        )
    remarks = [f"{w}的文档「{d}」不在 corpus 里" for w, _, d, _ in rows if d not in known_documents]
    remarks += [f"{w}的题目「{q}」不在 queries 里" for w, q, _, _ in rows if q not in known_queries]
    return BeirSet(
        documents, tuple(q for q in queries if q.id in qrels.relevance), qrels, tuple(remarks)
    )


def write_beir(
    folder: str | Path,
    documents: Iterable[BeirText],
    queries: Iterable[BeirText],
    qrels: Qrels,
    split: str = "test",
) -> None:
    """Write a folder that ``read_beir`` and BEIR's own loader read.

    Raises:
        PolicyQAError: an id of the judgements is empty or has a tab or a line break in it, or the
            place cannot be written to.
    """
    place = Path(folder)
    write_entries(map(_record, documents), place / "corpus.jsonl")
    write_entries(map(_record, queries), place / "queries.jsonl")
    write_lines(_table(qrels), place / "qrels" / f"{split}.tsv")


def read_qrels(path: str | Path) -> Qrels:
    """Read judgements: a BEIR table with its header row, else TREC's four columns.

    Raises:
        PolicyQAError: see ``eval.datasets.trec.read_trec_qrels``.
    """
    file = Path(path)
    _, first = next(numbered_lines(file))
    if len(first.split("\t")) == len(_HEADER):
        return Qrels(by_query(_judgements(file), grade_of))
    return read_trec_qrels(file)


def file_of(place: Path, names: Sequence[str]) -> Path:
    """The first of these files that a BEIR folder has, gzipped or not.

    Raises:
        PolicyQAError: it has none.
    """
    for name in names:
        for candidate in (place / name, place / f"{name}.gz"):
            if candidate.is_file():
                return candidate
    raise PolicyQAError(
        f"文件夹 {place} 里没有 {' 或 '.join(names)}",
        "BEIR 格式：corpus.jsonl、queries.jsonl、qrels/test.tsv",
        "检查路径，或换一个 split",
    )


def _text(entry: Entry) -> BeirText:
    identifier = entry.text("_id")
    if not identifier:
        raise entry.wrong("缺少 _id", "非空的 _id", "补上再试")
    metadata = dict(_metadata(entry.values))
    return BeirText(identifier, entry.text("text"), entry.text("title"), metadata)


def _metadata(entry: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    nested = entry.get("metadata")
    own = {key: value for key, value in entry.items() if key not in _OWN_KEYS}
    for key, value in (own | (nested if isinstance(nested, dict) else {})).items():
        if isinstance(value, str | int | float):
            yield key, str(value)


def _judgements(file: Path) -> Iterator[tuple[str, str, str, str]]:
    """(where, query, document, grade) of each row below the header."""
    form = "制表符分隔的三列：" + " ".join(_HEADER)
    lines = numbered_lines(file)
    header = [cell.strip() for cell in next(lines)[1].split("\t")]
    if len(header) != len(_HEADER) or header[-1].lstrip("-").isdigit():
        raise PolicyQAError(f"{file.name} 第 1 行不是表头", form, "补上表头再试")
    where = ""
    for number, line in lines:
        where = f"{file.name} 第 {number} 行"
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != len(_HEADER) or not all(cells):
            raise PolicyQAError(f"{where}有 {len(cells)} 列或有空的一列", form, "改正这一行")
        yield where, cells[0], cells[1], cells[2]
    if not where:
        raise PolicyQAError(f"{file.name} 只有表头", "至少一条判断", "检查路径或重新生成这个文件")


def _record(text: BeirText) -> dict[str, object]:
    return {"_id": text.id, "title": text.title, "text": text.text, **text.metadata}


def _table(qrels: Qrels) -> Iterator[str]:
    yield "\t".join(_HEADER)
    for query, grades in qrels.relevance.items():
        for doc, grade in grades.items():
            for identifier in (query, doc):
                if not identifier.strip() or any(c in identifier for c in "\t\r\n"):
                    raise PolicyQAError(
                        f"「{identifier}」写不进 qrels 表", "没有制表符和换行的编号", "先换一个编号"
                    )
            yield f"{query}\t{doc}\t{grade}"
