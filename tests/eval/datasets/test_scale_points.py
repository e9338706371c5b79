"""Costs against the size of the corpus, read and written."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from eval.datasets.scale_points import ScalePoint, read_scale, write_scale


def test_what_is_written_is_read_smallest_first(tmp_path: Path) -> None:
    large = ScalePoint(10_000, 600.5, 40, 300, 31, 50, ("index_seconds",))
    small = ScalePoint(1000, median_ms=30)
    write_scale([large, small], tmp_path / "scale.json")
    assert read_scale(tmp_path / "scale.json") == (small, large)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "不是合法的 JSON"),
        ("[]", "没有一列规模"),
        ("{}", "没有一列规模"),
        ("[3]", "第 1 项不是对象"),
        ('[{"passages": 1}, {"passages": 0}]', "第 2 项的 passages 是 0"),
        ('[{"passages": true}]', "passages 是 True"),
        ('[{"passages": 1, "seconds": 2}]', "有不认识的 seconds"),
        ('[{"passages": 1, "median_ms": "2"}]', "median_ms 是 '2'"),
        ('[{"passages": 1, "median_ms": NaN}]', "median_ms 是 nan"),
        ('[{"passages": 1, "median_ms": -1}]', "median_ms 是 -1"),
        ('[{"passages": 1, "extrapolated": ["all"]}]', "extrapolated 是"),
    ],
)
def test_what_is_no_series_is_reported_in_one_line(
    tmp_path: Path, text: str, complaint: str
) -> None:
    path = tmp_path / "scale.json"
    path.write_text(text, "utf-8")
    with pytest.raises(PolicyQAError, match=complaint) as error:
        read_scale(path)
    assert "\n" not in str(error.value)
