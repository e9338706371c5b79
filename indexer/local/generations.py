"""Where an index lives on disk: numbered generations, a pointer to the current one, one lock.

index/
  CURRENT              name of the generation in use, replaced atomically
  lock                 held while a new generation is written
  generation-000003/   complete or not there: it is renamed into place when finished
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from corpus.errors import IndexStateError, PolicyQAError
from indexer.settings import IndexSettings
from indexer.similarity import SimilarityScale

#: Raised when the layout or what goes into a vector changes: earlier indexes are made anew.
FORMAT = 6
_GENERATION = re.compile(r"generation-(\d{6})")
_CURRENT = "CURRENT"
_MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What an index was made with.

    Attributes:
        format: layout version.
        model: name of the embedding model.
        dimension: length of its vectors.
        files: readable files.
        documents: texts in them.
        passages: rows of the passage vectors.
        sentences: rows of the sentence vectors.
        passage_target: size of passages asked for, in characters.
        ocr: whether scanned pages were read.
        max_file_mb: larger files were skipped.
        rules_off: cleaning rules that were not applied.
        similarity: what cosines mean in it.
    """

    format: int
    model: str
    dimension: int
    files: int
    documents: int
    passages: int
    sentences: int
    passage_target: int
    ocr: bool = True
    max_file_mb: int = 100
    rules_off: tuple[str, ...] = ()
    similarity: SimilarityScale = field(default_factory=SimilarityScale)

    @classmethod
    def of(cls, settings: IndexSettings) -> Self:
        """Of an index that is still empty."""
        return cls(
            FORMAT, settings.model, 0, 0, 0, 0, 0, settings.passages.target,
            settings.ocr, settings.max_file_mb, settings.rules_off,
        )  # fmt: skip

    def require_model(self, model: str, index_dir: Path) -> None:
        """Refuse vectors of another model.

        Raises:
            IndexStateError: the index was made with another one.
        """
        if self.model != model:
            raise IndexStateError(
                f"索引 {index_dir} 是用向量模型 {self.model} 建的，设置里是 {model}",
                "同一个模型",
                "改回设置里的 index.model，或用 --index 指定新的文件夹重建",
            )


class _Named:
    """A path of this name in the folder of a generation."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, generation: Generation, owner: object = None) -> Path:
        return generation.folder / self._name


@dataclass(frozen=True)
class Generation:
    """Paths of one complete generation; all files but the SQLite ones are of arrays."""

    folder: Path
    catalogue = _Named("catalogue.sqlite")  # files, documents and blocks
    passages = _Named("passages.sqlite")
    passage_vectors = _Named("passages.faiss")  # of passages with their context
    sentence_vectors = _Named("sentences.faiss")
    sentence_owners = _Named("sentence_owners.npy")  # passage row of each sentence row, int32
    sentence_spans = _Named("sentence_spans.npy")  # begin and end in its passage, int32
    vector_keys = _Named("vector_keys.npz")  # digests of the texts behind both vector files
    lexical = _Named("bm25")

    def is_earlier(self) -> bool:
        """Whether an earlier version of policyqa made it, so that it must be made anew.

        Raises:
            IndexStateError: the manifest is missing or damaged.
        """
        return bool(self._values()["format"] < FORMAT)

    def manifest(self) -> Manifest:
        """Read the manifest.

        Raises:
            IndexStateError: it is missing, damaged, or of another format.
        """
        values = self._values()
        if values["format"] != FORMAT:
            raise _other_format(self.folder.parent, values["format"])
        known = {f.name for f in fields(Manifest)}
        try:
            values["rules_off"] = tuple(values.get("rules_off", ()))
            values["similarity"] = SimilarityScale(**values.get("similarity", {}))
            return Manifest(**{k: v for k, v in values.items() if k in known})
        except TypeError as error:
            raise damaged(self.folder.parent) from error

    def _values(self) -> dict[str, Any]:
        try:
            values = json.loads((self.folder / _MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise damaged(self.folder.parent) from error
        if not isinstance(values, dict) or not isinstance(values.get("format"), int):
            raise damaged(self.folder.parent)
        return values

    def stamp(self) -> str:
        """A name that no other has, nor one of its number in a folder made anew.

        Raises:
            IndexStateError: it is gone.
        """
        try:
            state = (self.folder / _MANIFEST).stat()
        except OSError as error:
            raise damaged(self.folder.parent) from error
        return f"{self.folder.name} {state.st_ino} {state.st_mtime_ns}"

    def write_manifest(self, manifest: Manifest) -> None:
        """Write the manifest."""
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        (self.folder / _MANIFEST).write_text(text, encoding="utf-8")


def current(index_dir: Path) -> Generation | None:
    """The generation in use, or None where there is no index yet.

    Raises:
        IndexStateError: the folder holds something else, or the pointer leads nowhere.
    """
    name = _pointer(index_dir)
    while name is not None:
        generation = Generation(index_dir / name)
        if _GENERATION.fullmatch(name) and (generation.folder / _MANIFEST).is_file():
            return generation
        newer = _pointer(index_dir)
        if newer == name:
            raise damaged(index_dir)
        name = newer  # a new generation was published and this one cleared away meanwhile
    return None


def _pointer(index_dir: Path) -> str | None:
    try:
        return (index_dir / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise IndexStateError(f"{index_dir} 是文件", "放索引的文件夹", "改正 --index") from error
    except (OSError, ValueError) as error:
        raise damaged(index_dir) from error


def require_current(index_dir: Path) -> Generation:
    """The generation in use.

    Raises:
        IndexStateError: there is none.
    """
    generation = current(index_dir)
    if generation is None:
        raise IndexStateError(
            f"{index_dir} 里没有索引", "建好的索引", f"policyqa index 文件夹 --index {index_dir}"
        )
    return generation


def current_stamp(index_dir: Path) -> str:
    """The stamp of the generation in use.

    An index that was deleted and built again counts from 1 again; its stamp is another.

    Raises:
        IndexStateError: there is no index, or it is damaged.
    """
    try:
        return require_current(index_dir).stamp()
    except IndexStateError:
        # A new generation may have been published and that one cleared away meanwhile.
        return require_current(index_dir).stamp()


def damaged(index_dir: Path) -> IndexStateError:
    """The error of an index whose files are missing or cannot be read."""
    return IndexStateError(
        f"索引 {index_dir} 不完整",
        "完整的索引",
        "删除这个文件夹后重新运行 policyqa index（原文件不受影响）",
    )


def _other_format(index_dir: Path, found: int) -> IndexStateError:
    earlier = found < FORMAT
    return IndexStateError(
        f"索引 {index_dir} 是{'旧' if earlier else '新'}版本的格式 {found}",
        f"格式 {FORMAT}（本版本的 policyqa）",
        "对原来的文件夹重新运行 policyqa index，手工改正会保留"
        if earlier
        else "升级 policyqa，或用 --index 另指定文件夹重建",
    )


_OF_DAMAGE = (PolicyQAError, OSError, ValueError, RuntimeError, EOFError, LookupError)


@contextlib.contextmanager
def reading(index_dir: Path) -> Iterator[None]:
    """Turn whatever a damaged file of the index sets off into one line.

    Raises:
        IndexStateError: instead of what numpy, FAISS, SQLite … raise.
    """
    try:
        yield
    except IndexStateError:
        raise
    except (*_OF_DAMAGE, sqlite3.Error, zipfile.BadZipFile) as error:
        raise damaged(index_dir) from error


@contextlib.contextmanager
def writing(index_dir: Path) -> Iterator[Path]:
    """A folder in which to build the next generation, under the index's lock.

    The caller fills it and calls ``publish``; whatever is left of it afterwards is removed.

    Raises:
        IndexStateError: another process is writing.
        PolicyQAError: the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index_dir / "lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise IndexStateError(
            f"索引 {index_dir} 正被另一个 policyqa index 写入", "空闲的索引", "等它结束后再试"
        ) from error
    except OSError as error:
        raise _unwritable(index_dir, error) from error
    try:
        building = index_dir / f".building-{os.getpid()}"
        try:
            shutil.rmtree(building, ignore_errors=True)
            building.mkdir()  # not mkdtemp: colleagues may read the index, as the umask says
            yield building
        except (OSError, sqlite3.OperationalError) as error:
            raise _unwritable(index_dir, error) from error
        except sqlite3.DatabaseError as error:
            raise damaged(index_dir) from error
        finally:
            shutil.rmtree(building, ignore_errors=True)
    finally:
        lock.release()


def _unwritable(index_dir: Path, error: Exception) -> PolicyQAError:
    reason = getattr(error, "strerror", None) or error
    return PolicyQAError(
        f"不能写入索引文件夹 {index_dir}（{reason}）",
        "可写且有足够空间的文件夹",
        "换一个 --index 文件夹",
    )


def publish(index_dir: Path, building: Path) -> Generation:
    """Make a finished folder the current generation and clear away older ones.

    Readers of the old generation keep their open files; the pointer changes in one step.
    """
    numbers = [int(m[1]) for p in index_dir.iterdir() if (m := _GENERATION.fullmatch(p.name))]
    name = f"generation-{max(numbers, default=0) + 1:06d}"
    os.replace(building, index_dir / name)
    pointer = index_dir / f".{_CURRENT}.new"
    pointer.write_text(name + "\n", encoding="utf-8")
    os.replace(pointer, index_dir / _CURRENT)
    for old in index_dir.iterdir():
        stale = _GENERATION.fullmatch(old.name) or old.name.startswith(".building-")
        if stale and old.name != name:
            shutil.rmtree(old, ignore_errors=True)
    return Generation(index_dir / name)
