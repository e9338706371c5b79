"""The speed of cleaning as a figure; that it is fast is never asserted."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from eval.benchmarks.cleaning import CleaningSpeed, measure_cleaning
from eval.benchmarks.table import cleaning_text
from tests.eval.making import FILES


def test_text_files_are_read_as_often_as_asked(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "other.md").write_text("# 不是 txt", "utf-8")
    speed = measure_cleaning(tmp_path, rounds=2, progress=False)
    assert (speed.files, speed.skipped, len(speed.seconds)) == (len(FILES), 0, 2)
    assert speed.size == sum(len(text.encode()) for text in FILES.values())
    assert 0 < speed.characters < speed.size


def test_files_that_cannot_be_read_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("镇里修路。", "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    speed = measure_cleaning(tmp_path, rounds=1, progress=False)
    assert (speed.files, speed.skipped) == (1, 1)
    assert speed.size == len("镇里修路。".encode())


def test_the_fastest_round_counts() -> None:
    speed = CleaningSpeed(2, 1, 3_000_000, 900_000, (4.0, 1.5, 2.0))
    assert speed.megabytes_per_second == 2.0
    assert cleaning_text(speed).splitlines() == [
        "2.00 MB/s（2 个 txt，3.00 MB，得 900,000 字，取最快一遍）",
        "各遍秒数：4.00、1.50、2.00",
        "1 个文件读不了，未计",
    ]


def test_a_folder_without_text_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 标题", "utf-8")
    with pytest.raises(PolicyQAError, match="没有读得了的 txt"):
        measure_cleaning(tmp_path, progress=False)
