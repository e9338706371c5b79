"""How often metadata are right: against documents whose metadata people wrote down.

One JSON object a line: ``file``, ``title``, ``issuer`` (a list), ``doc_number``, ``date``, ``region``
(a path with 「/」), ``doc_type``; where the document does not say, ``""`` or ``[]``. ``issuer_full``
gives the issuers' full names, ``date_is`` what the date is.

A value is right when

- title: it is the same in bare form (simplified, without punctuation and spaces);
- issuer: the bodies are the same ones, each under the name of ``issuer`` or of ``issuer_full``;
- day: the date is the same, as far as it is known;
- number: it is the same, whatever its brackets;
- region: the path is the same;
- kind: the 文种 is the same;

and where nothing is written down nothing may be read. Of a file of several texts the first counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Metadata
from corpus.language.simplification import bare
from corpus.load import load_file
from corpus.readers import ReadLimits
from eval.datasets.lines import Entry, json_entries

FIELDS = ("title", "issuer", "day", "number", "region", "kind")
#: Below the folder of the data sets.
DOCUMENTS, TRUTH = "local_docs/docs", "../eval/local-metadata-dev.jsonl"
_OPEN, _CLOSE = re.compile(r"[\[［（(【]"), re.compile(r"[\]］）)】]")


@dataclass(frozen=True)
class FileMetadata:
    """What was read of a file beside what is right.

    Attributes:
        file: its name.
        right: field → whether it is right.
        wrong: field → (read, right) of the others.
    """

    file: str
    right: Mapping[str, bool]
    wrong: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class MetadataScores:
    """Share of right values.

    Attributes:
        files: in the order of the truth.
        skipped: files that are missing or unreadable, each with its reason; all their values are
            wrong.
    """

    files: tuple[FileMetadata, ...]
    skipped: tuple[str, ...]

    def shares(self, half: int | None = None) -> dict[str, float]:
        """Field → share that is right; of the files in odd lines (0), in even ones (1), or of all."""
        files = self.files if half is None else self.files[half::2]
        return {f: sum(one.right[f] for one in files) / max(len(files), 1) for f in FIELDS}


def measure_metadata(documents: Path, truth: Path, progress: bool = True) -> MetadataScores:
    """Read the files that ``truth`` names and compare their metadata with it.

    Raises:
        PolicyQAError: ``truth`` cannot be read, is empty or has a value of the wrong type.
    """
    from tqdm import tqdm

    found: list[FileMetadata] = []
    skipped: list[str] = []
    entries = list(json_entries(truth))
    for entry in tqdm(entries, "元数据", unit="个", disable=not progress, leave=False):
        name = entry.text("file")
        result = load_file(documents / name, name, ReadLimits())
        if not result.documents:
            skipped.append(f"{name}：{result.error}")
        metadata = result.documents[0].metadata if result.documents else None
        found.append(compare(metadata, entry))
    return MetadataScores(tuple(found), tuple(skipped))


def compare(metadata: Metadata | None, truth: Entry) -> FileMetadata:
    """A file's metadata beside what is right; none are known of an unreadable one."""
    read = metadata or Metadata()
    issuers, full = truth.texts("issuer"), truth.texts("issuer_full")
    pairs = {
        "title": (bare(read.title), bare(truth.text("title"))),
        "issuer": (read.issuer, " ".join(issuers)),
        "day": (read.date, truth.text("date")),
        "number": (_plain_number(read.number), _plain_number(truth.text("doc_number"))),
        "region": (read.region, truth.text("region").replace("/", "")),
        "kind": (read.doc_type, truth.text("doc_type")),
    }
    right = {field: got == wanted for field, (got, wanted) in pairs.items()}
    right["issuer"] = same_bodies(read.issuer.split(), issuers, full)
    if metadata is None:
        right = dict.fromkeys(FIELDS, False)
    wrong = {field: pairs[field] for field in FIELDS if not right[field]}
    return FileMetadata(truth.text("file"), right, wrong)


def same_bodies(read: Sequence[str], names: Sequence[str], full: Sequence[str]) -> bool:
    """Whether the bodies read are those written down, each under one of its names, in any order."""
    if len(full) != len(names):
        return set(read) == set(names) or (bool(full) and set(read) == set(full))
    left = list(read)
    for name, whole in zip(names, full, strict=True):
        known = next((one for one in left if one in (name, whole)), None)
        if known is None:
            return False
        left.remove(known)
    return not left


def _plain_number(number: str) -> str:
    return _CLOSE.sub("〕", _OPEN.sub("〔", re.sub(r"\s", "", number)))
