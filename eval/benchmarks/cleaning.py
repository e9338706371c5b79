"""How fast files become clean documents: megabytes of text a second, without OCR."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import PolicyQAError
from corpus.load import find_files, load_file
from corpus.readers import ReadLimits

#: Times that everything is read; the best counts, as a busy machine only ever slows down.
ROUNDS = 3


@dataclass(frozen=True)
class CleaningSpeed:
    """How fast text was read, cleaned and structured.

    Attributes:
        files: read.
        skipped: files that could not be read; their bytes do not count.
        size: bytes of the files as they are on disk.
        characters: of the clean blocks.
        seconds: of each round.
    """

    files: int
    skipped: int
    size: int
    characters: int
    seconds: tuple[float, ...]

    @property
    def megabytes_per_second(self) -> float:
        """Million bytes of the files a second, in the best round."""
        return self.size / 1e6 / min(self.seconds)


def measure_cleaning(folder: Path, rounds: int = ROUNDS, progress: bool = True) -> CleaningSpeed:
    """Read all text files of a folder as indexing does: decode, clean, split into texts, structure,
    describe. Nothing is written.

    Raises:
        PolicyQAError: the folder is missing or no text file of it can be read.
    """
    from tqdm import tqdm

    files = [(path, name) for path, name in find_files([folder]) if path.suffix.lower() == ".txt"]
    limits = ReadLimits(ocr=False)
    size = characters = skipped = 0
    seconds = []
    for number in range(rounds):
        size = characters = skipped = 0
        began = time.perf_counter()
        bar = tqdm(files, f"第 {number + 1} 遍", unit="个", disable=not progress, leave=False)
        for path, name in bar:
            result = load_file(path, name, limits)
            if not result.documents:
                skipped += 1
                continue
            size += path.stat().st_size
            characters += sum(len(b.text) for d in result.documents for b in d.blocks)
        seconds.append(time.perf_counter() - began)
    if not size:
        raise PolicyQAError(f"{folder} 里没有读得了的 txt", "有文字的 txt 文件", "用 --data 指明")
    return CleaningSpeed(len(files) - skipped, skipped, size, characters, tuple(seconds))
