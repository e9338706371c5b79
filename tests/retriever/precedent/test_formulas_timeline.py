"""Who uses a set phrase, and since when."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from retriever.precedent.finder import PrecedentFinder


@pytest.mark.parametrize("typed", ["“放管服”改革", "「放管服」改革", "放管服改革"])
def test_a_phrase_is_counted_however_it_is_typed(finder: PrecedentFinder, typed: str) -> None:
    use = finder.formula(typed)
    assert use.documents == 3
    assert use.years == (("2022", 1), ("2023", 1), ("2024", 1))
    assert (use.first_year, use.last_year) == ("2022", "2024")


def test_who_uses_it_first_and_last_is_told(finder: PrecedentFinder) -> None:
    use = finder.formula("放管服改革")
    assert use.first is not None and use.first.doc == "河汀.txt"
    assert use.last is not None and use.last.doc == "沙柳.txt"
    assert dict(use.regions) == {"槐岭市": 1, "沙柳市": 1, "河汀市": 1}


def test_a_document_counts_once(finder: PrecedentFinder) -> None:
    # 「整改」 stands in the title, the heading and the text of all four notices.
    assert finder.formula("问题清单").documents == 4


def test_words_that_stand_apart_are_no_phrase(finder: PrecedentFinder) -> None:
    assert finder.formula("改革放管服").documents == 0


def test_a_phrase_that_nobody_uses_has_no_years(finder: PrecedentFinder) -> None:
    use = finder.formula("火星基地")
    assert (use.documents, use.years, use.first, use.first_year) == (0, (), None, "")


def test_files_that_are_gone_do_not_count(own_finder: PrecedentFinder, tmp_path: Path) -> None:
    (tmp_path / "docs" / "河汀.txt").unlink()
    use = own_finder.formula("放管服改革")
    assert (use.documents, use.first_year) == (2, "2023")


def test_a_phrase_without_words_is_one_line(finder: PrecedentFinder) -> None:
    with pytest.raises(PolicyQAError, match="提法是空的"):
        finder.formula("“”，")
