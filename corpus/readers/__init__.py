"""Readers: one file of any supported format → a ``RawDocument``; archives → their files."""

from __future__ import annotations

from corpus.readers.archive import ARCHIVE_SUFFIXES, unpack
from corpus.readers.limits import ReadLimits
from corpus.readers.registry import SUPPORTED_SUFFIXES, read_file

__all__ = ["ARCHIVE_SUFFIXES", "SUPPORTED_SUFFIXES", "ReadLimits", "read_file", "unpack"]
