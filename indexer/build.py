"""Build or update an index: read what changed, encode what is new, switch over at the end."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from corpus.catalogue import Catalogue, FileRecord
from corpus.cleaning.pipeline import Switches
from corpus.document import Document
from corpus.errors import IndexStateError, PolicyQAError
from corpus.load import LoadResult, find_files, load_file
from corpus.readers import ReadLimits
from corpus.relations.families import find_families
from corpus.relations.lineage import find_references, resolve
from indexer.backend import Encoded, Vectors
from indexer.changes import (
    Again,
    Changes,
    catalogue_path,
    files_elsewhere,
    find_changes,
    indexed_folder,
    sha256,
)
from indexer.chunking import split_passages
from indexer.embedding.encoder import Encoder, load_encoder
from indexer.embedding.texts import keys_of, search_texts, sentence_texts, sentences_of
from indexer.local import generations
from indexer.local.generations import Generation, Manifest
from indexer.local.writer import known_vectors, store_generation
from indexer.passage import Passage
from indexer.settings import IndexSettings
from indexer.similarity import SimilarityScale, measure, sample


@dataclass(frozen=True)
class SkippedFile:
    """A file that is not in the index, and why."""

    path: Path
    reason: str


@dataclass(frozen=True)
class BuildReport:
    """What building did.

    Attributes:
        files: readable files in the index now.
        documents: texts in them.
        passages: passages of these.
        unchanged: files taken over as they were.
        removed: files that are gone from the folder and so from the index.
        skipped: files that could not be read.
        seconds: wall-clock time.
    """

    files: int
    documents: int
    passages: int
    unchanged: int
    removed: int
    skipped: tuple[SkippedFile, ...]
    seconds: float


def build_index(
    paths: Sequence[Path],
    index_dir: Path,
    settings: IndexSettings,
    encoder: Encoder | None = None,
    progress: bool = True,
) -> BuildReport:
    """Bring the index at ``index_dir`` up to date with the files under ``paths``.

    Files unchanged since the last time cost nothing. A file that cannot be read is reported and
    never stops the rest. Files of other folders indexed earlier stay. When nothing at all can be
    read the report has no documents and an existing index stays as it is. An index of an earlier
    format is made anew from its files; what people corrected stays. Without an ``encoder`` the
    settings' model is loaded once there is a new text.

    Raises:
        PolicyQAError: a path is missing or empty, the index folder is locked, damaged, not
            writable, or was made with another model.
    """
    began = time.perf_counter()
    files = _files(paths, index_dir)
    with generations.writing(index_dir) as building:
        old = generations.current(index_dir)
        earlier = old if old and old.is_earlier() else None
        old = None if earlier else old
        before = old.manifest() if old else None
        if before is not None:
            check_settings(before, settings, index_dir)
        new = Generation(building)
        made = copy_catalogue(new, old) if old else Catalogue(new.catalogue, writable=True)
        with contextlib.closing(made) as catalogue:
            if earlier:
                carry_over(earlier, catalogue)
            known = catalogue.files()
            if earlier:
                files += files_elsewhere(files, known, paths)
            again = Again.EVERYTHING if earlier else _again(before, settings)
            changes = find_changes(files, known, paths, again)
            same = _apply(changes, catalogue, known, settings, progress)
            if before is not None and same and again is Again.NOTHING:
                return _report(new, before, changes, began)
            passages = relate_and_split(catalogue, settings)
        if not passages:
            return _report(new, Manifest.of(settings), changes, began)
        encoded = _Model(encoder, settings, old, progress).encode(passages)
        manifest = store_generation(new, encoded, Manifest.of(settings))
        published = generations.publish(index_dir, building)
    return _report(published, manifest, changes, began)


def copy_catalogue(new: Generation, old: Generation) -> Catalogue:
    """The old generation's catalogue, copied into the new one to be brought up to date there.

    Raises:
        IndexStateError: it is missing or damaged.
    """
    if not old.catalogue.is_file():
        raise generations.damaged(old.folder.parent)
    shutil.copyfile(old.catalogue, new.catalogue)
    with generations.reading(old.folder.parent):
        return Catalogue(new.catalogue, writable=True)


def _files(paths: Sequence[Path], index_dir: Path) -> list[tuple[Path, str]]:
    """The files under ``paths``, without those of an index that lies among them."""
    own = index_dir.resolve()
    files = [(p, name) for p, name in find_files(paths) if not p.is_relative_to(own)]
    if not files:
        raise PolicyQAError(
            f"{'、'.join(map(str, paths))} 里没有文件",
            "至少一个 txt、docx、pdf 等能读的文件",
            "换一个文件夹再试",
        )
    return files


def _again(before: Manifest | None, settings: IndexSettings) -> Again:
    """Which files are worth reading again although they are the same."""
    if before is None:
        return Again.NOTHING
    if set(before.rules_off) != set(settings.rules_off):
        return Again.EVERYTHING
    limits = before.ocr == settings.ocr and before.max_file_mb == settings.max_file_mb
    return Again.NOTHING if limits else Again.INCOMPLETE


def check_settings(manifest: Manifest, settings: IndexSettings, index_dir: Path) -> None:
    """Refuse to mix vectors of two models or passages of two sizes in one index.

    Raises:
        IndexStateError: the index was made with other settings.
    """
    manifest.require_model(settings.model, index_dir)
    if manifest.passage_target != settings.passages.target:
        raise IndexStateError(
            f"索引 {index_dir} 的段落长度是 {manifest.passage_target}，设置里是 {settings.passages.target}",
            "相同的段落长度",
            "改回设置，或用 --index 指定新的文件夹重建",
        )


def _apply(
    changes: Changes,
    catalogue: Catalogue,
    known: dict[str, FileRecord],
    settings: IndexSettings,
    progress: bool,
) -> bool:
    """Bring the catalogue up to date; whether it holds the same as before."""
    from tqdm import tqdm

    for gone in changes.remove:
        catalogue.remove(gone)
    catalogue.relations.move(dict(changes.renamed))
    for record in changes.touch:
        catalogue.touch(record)
    same = not changes.remove and not changes.touch
    limits = ReadLimits(max_bytes=settings.max_file_mb * 1_000_000, ocr=settings.ocr)
    switches = Switches.without(settings.rules_off)
    for path, name in tqdm(
        changes.load, desc="读取文件", unit="个", disable=not progress, leave=False
    ):
        before = known.get(catalogue_path(path))
        try:
            record, documents = _load(path, name, limits, switches)
        except FileNotFoundError:  # deleted while we were at work
            catalogue.remove(catalogue_path(path))
            same = same and before is None
            continue
        catalogue.put(record, documents)
        same = same and not documents and record == before
    catalogue.commit()
    return same


def _load(
    path: Path, name: str, limits: ReadLimits, switches: Switches
) -> tuple[FileRecord, Sequence[Document]]:
    """Read a file; its size and time are taken first, so that a change meanwhile is seen next time.

    Raises:
        FileNotFoundError: it is gone.
    """
    try:
        state = path.stat()
    except FileNotFoundError:
        raise
    except OSError as error:
        reason = f"读取 {path.name} 失败：{error.strerror}"
        return FileRecord(catalogue_path(path), name, 0, 0, "", reason), ()
    digest = sha256(path)
    if catalogue_path(path) == str(path):
        result = load_file(path, name, limits, switches)
    else:
        reason = f"文件名 {catalogue_path(path.name)} 不是 UTF-8 编码；请改名后再试"
        result = LoadResult(path, (), None, reason)
    record = FileRecord(
        path=catalogue_path(path),
        name=name,
        size=state.st_size,
        mtime_ns=state.st_mtime_ns,
        sha256=digest,
        error=result.error,
        counts=result.report.counts if result.report else (),
        warnings=result.report.warnings if result.report else (),
        dropped=result.report.dropped if result.report else (),
    )
    return record, result.documents


def relate_and_split(catalogue: Catalogue, settings: IndexSettings) -> list[Passage]:
    """The passages of all documents; lineage and families of these are put into the catalogue."""
    documents = list(catalogue.documents())
    references = [r for d in documents for r in find_references(d)]
    catalogue.relations.replace(resolve(references, documents), find_families(documents))
    catalogue.commit()
    return [p for d in documents for p in split_passages(d, settings.passages)]


class _Model:
    """The encoder given, or the settings' model, loaded only when there is a text to encode."""

    def __init__(
        self,
        encoder: Encoder | None,
        settings: IndexSettings,
        old: Generation | None,
        progress: bool = False,
    ) -> None:
        self._encoder, self._settings = encoder, settings
        self._old, self._progress = old, progress
        self._has_encoded = False

    def encode(self, passages: Sequence[Passage]) -> Encoded:
        """Passages with the vectors of theirs and their sentences, those of known texts taken over."""
        units = sentences_of(passages)
        vectors = self._vectors(search_texts(passages), "passages")
        texts = sentence_texts(passages, units)
        of_sentences = self._vectors(texts, "sentences")
        encoded = Encoded.of(passages, units, vectors, of_sentences)
        return replace(encoded, scale=self._scale(of_sentences, texts))

    def _vectors(self, texts: Sequence[str], kind: str) -> Vectors:
        """Vectors of ``texts`` in order: taken from the old generation, else encoded once each."""
        known = known_vectors(kind, self._old)
        keys = [tuple(k) for k in keys_of(texts).tolist()]
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in known}
        if missing:
            fresh = self._loaded().encode_passages(list(missing.values()), self._progress)
            length = next((len(v) for v in known.values()), fresh.shape[1])
            if self._old is not None and fresh.shape[1] != length:  # the folder has other weights
                index_dir = self._old.folder.parent
                raise IndexStateError(
                    f"模型现在给出 {fresh.shape[1]} 维的向量，索引 {index_dir} 里是 {length} 维",
                    "建索引时的模型",
                    "换回原来的模型，或用 --index 指定新的文件夹重建",
                )
            known.update(zip(missing, fresh, strict=True))
        return np.ascontiguousarray(np.stack([known[k] for k in keys]), dtype=np.float32)

    def _scale(self, vectors: Vectors, texts: Sequence[str]) -> SimilarityScale:
        """What cosines mean among sentences; that of the old generation where nothing was encoded."""
        if self._old is not None and not self._has_encoded:
            return self._old.manifest().similarity
        rows = sample(len(texts))
        return measure(vectors[rows], [texts[i] for i in rows], self._loaded().encode_query)

    def _loaded(self) -> Encoder:
        self._encoder = self._encoder or load_encoder(self._settings)
        self._has_encoded = True
        return self._encoder


def _report(
    generation: Generation, manifest: Manifest, changes: Changes, began: float
) -> BuildReport:
    with contextlib.closing(Catalogue(generation.catalogue)) as catalogue:
        failed = [record for record in catalogue.files().values() if record.error]
    return BuildReport(
        files=manifest.files,
        documents=manifest.documents,
        passages=manifest.passages,
        unchanged=changes.unchanged,
        removed=len(changes.remove),
        skipped=tuple(SkippedFile(Path(record.path), record.error) for record in failed),
        seconds=time.perf_counter() - began,
    )


def correct_metadata(
    index_dir: Path,
    document_id: str,
    values: Mapping[str, str],
    settings: IndexSettings,
    encoder: Encoder | None = None,
) -> Document:
    """Set metadata fields of a document by hand.

    Args:
        index_dir: the index.
        document_id: the document, ``<file>#<part>``.
        values: field → value; an empty value takes an earlier correction back.
        settings: those that the index was made with.
        encoder: makes the vectors of new contexts; None loads the model of the settings.

    Returns:
        The document as it is from now on.

    Raises:
        PolicyQAError: no such index, document or field, or the index is being written.
    """
    generations.require_current(index_dir)  # or ``writing`` would make the folder
    with generations.writing(index_dir) as building:
        old = generations.require_current(index_dir)
        check_settings(old.manifest(), settings, index_dir)
        copy = Generation(building)
        with contextlib.closing(copy_catalogue(copy, old)) as catalogue:
            catalogue.document(document_id)
            for field, value in values.items():
                catalogue.relations.correct(document_id, field, value.strip())
            passages = relate_and_split(catalogue, settings)
            document = catalogue.document(document_id)
        encoded = _Model(encoder, settings, old).encode(passages)
        store_generation(copy, encoded, old.manifest())
        generations.publish(index_dir, building)
    return document


#: Shown for a file until it is read again.
NOT_FOUND = "旧索引里的这个文件，重建时没有找到；找到后重新运行 policyqa index"


def carry_over(old: Generation, catalogue: Catalogue) -> None:
    """Put what an index of an earlier format knew into a new catalogue.

    Files keep their names, so that documents keep their identifiers and these their corrections.
    They are there as not found, without documents, and are all to be read again. Of a damaged
    catalogue is taken what can be read.
    """
    for path, name, size, digest in _rows(old, "SELECT path, name, size, sha256 FROM files"):
        # A path that does not end in the name is where a link led to, which now has its own path.
        if indexed_folder(str(path), str(name)):
            catalogue.put(FileRecord(str(path), str(name), size, -1, digest or "", NOT_FOUND), ())
    catalogue.relations.restore(_rows(old, "SELECT document_id, field, value FROM corrections"))
    catalogue.commit()


def _rows(old: Generation, query: str) -> list[tuple[Any, ...]]:
    """Plain SQL: the classes know the present format only."""
    try:
        address = f"{old.catalogue.resolve().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as db:
            return db.execute(query).fetchall()
    except sqlite3.Error:
        return []  # no such file or table: formats before corrections were kept
