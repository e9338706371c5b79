"""The catalogue's tables of what is known between documents, and of what people corrected."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import fields

from corpus.document import Metadata
from corpus.errors import PolicyQAError
from corpus.families import Family
from corpus.lineage import Reference, Relation

SCHEMA = """
CREATE TABLE IF NOT EXISTS lineage (
    document_id TEXT NOT NULL, relation TEXT NOT NULL, title TEXT NOT NULL, number TEXT NOT NULL,
    block INTEGER NOT NULL, target_id TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS lineage_target ON lineage(target_id);
CREATE TABLE IF NOT EXISTS families (document_id TEXT PRIMARY KEY, head TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS corrections (
    document_id TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (document_id, field)) WITHOUT ROWID;
"""
FIELDS = tuple(f.name for f in fields(Metadata))


class Relations:
    """Lineage, families and corrections of a catalogue."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def replace(self, references: Sequence[Reference], families: Sequence[Family]) -> None:
        """Put new lineage and families in place of the old; corrections stay."""
        self._db.execute("DELETE FROM lineage")
        self._db.execute("DELETE FROM families")
        self._db.executemany(
            "INSERT INTO lineage VALUES (?,?,?,?,?,?)",
            (
                (r.document_id, r.relation.value, r.title, r.number, r.block, r.target_id)
                for r in references
            ),
        )
        self._db.executemany(
            "INSERT INTO families VALUES (?,?)",
            ((i, f.head) for f in families for i in (f.head, *f.copies)),
        )

    def references_from(self, document_id: str) -> tuple[Reference, ...]:
        """What a document names, in order."""
        return self._references("document_id", document_id)

    def references_to(self, document_id: str) -> tuple[Reference, ...]:
        """Who names a document."""
        return self._references("target_id", document_id)

    def _references(self, column: str, document_id: str) -> tuple[Reference, ...]:
        rows = self._db.execute(
            "SELECT document_id, relation, title, number, block, target_id FROM lineage"
            f" WHERE {column} = ? ORDER BY document_id, block",
            (document_id,),
        )
        return tuple(Reference(r[0], Relation(r[1]), r[2], r[3], r[4], r[5]) for r in rows)

    def families(self) -> tuple[Family, ...]:
        """All families, by head."""
        copies: dict[str, list[str]] = {}
        for identifier, head in self._db.execute(
            "SELECT document_id, head FROM families ORDER BY head, document_id"
        ):
            copies.setdefault(head, [])
            if identifier != head:
                copies[head].append(identifier)
        return tuple(Family(head, tuple(others)) for head, others in copies.items())

    def correct(self, document_id: str, field: str, value: str) -> None:
        """Keep a person's value for a metadata field; an empty one takes the correction back.

        Raises:
            PolicyQAError: there is no such field.
        """
        if field not in FIELDS:
            raise PolicyQAError(f"没有元数据项 {field}", "、".join(FIELDS), "改正项名")
        self._db.execute(
            "DELETE FROM corrections WHERE document_id = ? AND field = ?", (document_id, field)
        )
        if value:
            self._db.execute("INSERT INTO corrections VALUES (?,?,?)", (document_id, field, value))

    def corrections(self, document_id: str) -> dict[str, str]:
        """A document's corrected fields."""
        rows = self._db.execute(
            "SELECT field, value FROM corrections WHERE document_id = ?", (document_id,)
        )
        return {field: value for field, value in rows if field in FIELDS}

    def restore(self, corrections: Iterable[tuple[str, str, str]]) -> None:
        """Take over (document, field, value) from another catalogue."""
        self._db.executemany("INSERT OR REPLACE INTO corrections VALUES (?,?,?)", corrections)

    def move(self, names: Mapping[str, str]) -> None:
        """Let corrections follow renamed files: those of file ``old`` become ``names[old]``'s.

        Whatever was kept for an earlier file of the new name is dropped.
        """
        if not names:
            return
        involved = {*names, *names.values()}
        kept = self._db.execute("SELECT document_id, field, value FROM corrections").fetchall()
        self._db.executemany(
            "DELETE FROM corrections WHERE document_id = ?",
            {(i,) for i, _, _ in kept if _file_of(i, involved)},
        )
        owners = [(_file_of(i, names.keys()), i, field, value) for i, field, value in kept]
        self.restore((names[o] + i[len(o) :], f, v) for o, i, f, v in owners if o)


def _file_of(document_id: str, files: Set[str]) -> str:
    """Which of ``files`` a document is in (``附件.zip/名单.docx#0`` in ``附件.zip``), or ""."""
    parts = document_id.rpartition("#")[0].split("/")
    names = ("/".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((name for name in names if name in files), "")
