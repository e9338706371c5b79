"""Readers: one file of any supported format → a ``RawDocument``."""

from __future__ import annotations

from corpus.readers.limits import ReadLimits
from corpus.readers.reading import SUPPORTED_SUFFIXES, read_file

__all__ = ["SUPPORTED_SUFFIXES", "ReadLimits", "read_file"]
