"""A person corrects what was read of a document: kept, searched by, and safe from re-indexing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corpus.document import Document
from indexer.build import check_settings, copy_catalogue, relate_and_split
from indexer.generations import Generation, publish, require_current, writing
from indexer.settings import IndexSettings
from indexer.write import write_generation


def correct_metadata(
    index_dir: Path, document_id: str, values: Mapping[str, str], settings: IndexSettings
) -> Document:
    """Set metadata fields of a document by hand.

    Args:
        index_dir: the index.
        document_id: the document, ``<file>#<part>``.
        values: field → value; an empty value takes an earlier correction back.
        settings: those that the index was made with.

    Returns:
        The document as it is from now on.

    Raises:
        PolicyQAError: no such index, document or field, or the index is being written.
    """
    require_current(index_dir)  # or ``writing`` would make the folder
    with writing(index_dir) as building:
        old = require_current(index_dir)
        check_settings(old.manifest(), settings, index_dir)
        copy = Generation(building)
        catalogue = copy_catalogue(copy, old)
        try:
            catalogue.document(document_id)
            for field, value in values.items():
                catalogue.relations.correct(document_id, field, value.strip())
            passages = relate_and_split(catalogue, settings)
            document = catalogue.document(document_id)
        finally:
            catalogue.close()
        write_generation(copy, passages, old, settings, progress=False)
        publish(index_dir, building)
    return document
