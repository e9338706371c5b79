"""How the share of right metadata is counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.document import Metadata
from corpus.errors import PolicyQAError
from eval.benchmarks.metadata import FIELDS, compare, measure_metadata, same_bodies
from eval.benchmarks.table import metadata_text
from eval.datasets.lines import Entry

TRUTH = {
    "file": "甲.txt",
    "title": "霖川市民政局关于养老的通知",
    "issuer": ["市民政局"],
    "issuer_full": ["霖川市民政局"],
    "doc_number": "霖民发〔2024〕9号",
    "date": "2024-03-01",
    "region": "云岭省/霖川市",
    "doc_type": "通知",
}
READ = Metadata(
    title="霖川市民政局关于“养老”的通知",
    issuer="霖川市民政局",
    number="霖民发[2024] 9号",
    doc_type="通知",
    date="2024-03-01",
    region="云岭省霖川市",
)


def test_values_that_say_the_same_are_right() -> None:
    assert compare(READ, Entry(TRUTH, "甲")).wrong == {}


def test_what_is_read_where_nothing_is_written_down_is_wrong() -> None:
    found = compare(READ, Entry({"file": "甲.txt"}, "甲"))
    assert set(found.wrong) == set(FIELDS)
    assert compare(Metadata(), Entry({"file": "甲.txt"}, "甲")).wrong == {}


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (["甲市民政局", "甲市财政局"], True),
        (["甲市财政局", "市民政局"], True),
        (["甲市民政局"], False),
        (["甲市民政局", "甲市财政局", "甲市水利局"], False),
        ([], False),
    ],
)
def test_joint_issuers_are_right_when_all_are_there(read: list[str], right: bool) -> None:
    names, full = ["市民政局", "甲市财政局"], ["甲市民政局", "甲市财政局"]
    assert same_bodies(read, names, full) is right


def test_files_are_read_and_scored_and_missing_ones_are_wrong(tmp_path: Path) -> None:
    text = "霖川市民政局关于养老的通知\n霖民发〔2024〕9号\n各区：\n请落实。\n霖川市民政局\n2024年3月1日"
    (tmp_path / "甲.txt").write_text(text, "utf-8")
    truth = tmp_path / "truth.jsonl"
    rows = [{**TRUTH, "region": "霖川市"}, {**TRUTH, "file": "无.txt"}]
    truth.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    scores = measure_metadata(tmp_path, truth, progress=False)
    assert scores.shares(0) == dict.fromkeys(FIELDS, 1.0)
    assert scores.shares() == dict.fromkeys(FIELDS, 0.5)
    assert len(scores.skipped) == 1
    lines = metadata_text(scores).splitlines()
    assert lines[1].split()[-1] == "0.500" and "无.txt title：∅ ≠ " in metadata_text(scores)


def test_an_empty_truth_is_an_error_a_person_can_mend(tmp_path: Path) -> None:
    (tmp_path / "truth.jsonl").write_text("", "utf-8")
    with pytest.raises(PolicyQAError, match="空的"):
        measure_metadata(tmp_path, tmp_path / "truth.jsonl", progress=False)
