"""``policyqa eval audit`` prints what does not hold and fails then."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.conftest import Capture, Opened
from tests.ui.fakes import QUESTION, FakeEngine
from ui.cli.main import main


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    item = {
        "id": "1", "type": "fact", "question": QUESTION, "answers": ["8月10日"], "must_include": [],
        "evidence": [], "filters": {}, "note": "",
    }  # fmt: skip
    file = tmp_path / "golden.jsonl"
    file.write_text(json.dumps(item, ensure_ascii=False), encoding="utf-8")
    return file


def answering(monkeypatch: pytest.MonkeyPatch, text: str = "") -> None:
    """The fake's first citation quoted, or a text that is not in it."""
    fake = FakeEngine().ask(QUESTION)
    cited = fake.citations[0]
    one = replace(fake, text=f"{text or cited.quote}[1]", short_answer="", citations=(cited,))
    monkeypatch.setattr(FakeEngine, "ask", lambda *_: one)


def command(questions: Path, *more: str) -> list[str]:
    return ["eval", "audit", "--index", str(questions.parent), "--questions", str(questions), *more]


def test_honest_answers_pass(
    opened: Opened, questions: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch)
    assert main(command(questions, "--swaps", "0")) == 0
    assert "题集：问 1 题，答 1 题，拒 0 题" in capsys.readouterr().out


def test_what_does_not_hold_is_listed_and_fails(
    opened: Opened, questions: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "2099年1月3日前报送")
    assert main(command(questions, "--swaps", "0", "--json")) == 1
    out = json.loads(capsys.readouterr().out)
    assert [fault["what"] for fault in out["golden"]["faults"]] == [
        "数字 2099、1、3 不在所引段落里"
    ]


def test_a_fault_is_printed_with_what_is_shown_and_the_answer(
    opened: Opened, questions: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "2099年1月3日前报送")
    assert main(command(questions, "--swaps", "0")) == 1
    lines = capsys.readouterr().out.splitlines()
    assert f"  数字 2099、1、3 不在所引段落里：{QUESTION}" in lines
    assert "    所示：2099年1月3日前报送" in lines
    assert "    回答：2099年1月3日前报送[1]" in lines


def test_swapped_questions_are_counted_by_kind(
    opened: Opened, questions: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch)
    item = json.loads(questions.read_text(encoding="utf-8")) | {"question": "2023年补助多少？"}
    questions.write_text(json.dumps(item, ensure_ascii=False), encoding="utf-8")
    main(command(questions, "--swaps", "2"))
    assert "  换年份：问 2 题，答 2 题" in capsys.readouterr().out


@pytest.mark.parametrize("more", [("--swaps", "-1"), ("--swaps", "x"), ("--questions", "/无/此")])
def test_bad_input_is_one_line(
    opened: Opened, questions: Path, capsys: Capture, more: tuple[str, ...]
) -> None:
    code = main(command(questions, *more))
    printed = capsys.readouterr()
    assert code != 0
    assert "Traceback" not in printed.out + printed.err
    assert len(printed.err.strip().splitlines()) == 1
