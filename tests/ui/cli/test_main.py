"""The commands: what they print, where, and how they leave."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import PolicyQAError
from retriever.hit import Filters, Hit
from tests.indexer.making import passage
from tests.ui.conftest import Capture, Opened, one_line
from tests.ui.fakes import ANSWER, PLAN, QUESTION, QUOTE
from ui import __version__
from ui.cli.arguments import OptionError, Parser
from ui.cli.main import build_parser, main
from ui.output.json_output import hit_json
from ui.output.labels import where_line
from ui.output.text_output import copies_lines

HIT_KEYS = {
    "rank", "score", "doc", "path", "title", "heading_path", "text", "page", "metadata",
    "highlights", "copies",
}  # fmt: skip


def test_ask_json_has_the_shape_that_others_rely_on(
    opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["ask", QUESTION, "--index", str(tmp_path), "--json"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert set(out) == {
        "question", "answer", "short_answer", "answered", "citations", "passages", "ms",
    }  # fmt: skip
    assert out["question"] == QUESTION and out["answered"] is True
    first = out["citations"][0]
    assert set(first) == {"n", "doc", "title", "heading_path", "quote", "text", "page", "place"}
    # The block begins on line 30 of the file, and the quote behind the 38 characters of 「各级…督办。」.
    assert first["place"] == {"line": 30, "column": 39, "original": QUOTE}
    assert (first["n"], first["quote"], first["page"]) == (1, QUOTE, 3)
    assert first["quote"] in first["text"]
    assert set(out["passages"][0]) == HIT_KEYS
    assert opened.engine.is_closed


def test_a_citation_of_a_document_that_is_gone_has_no_place(
    opened: Opened, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(identifier: str) -> Document:
        raise PolicyQAError(f"没有 {identifier}", "索引里有的", "重新搜索")

    monkeypatch.setattr(opened.engine, "document", gone)
    assert main(["ask", QUESTION, "--index", str(tmp_path), "--json"]) == 0
    citations = json.loads(capsys.readouterr().out)["citations"]
    assert [one["place"] for one in citations] == [None, None]


def test_search_json_gives_highlights_as_pairs(
    opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["search", "整改", "--index", str(tmp_path), "-k", "2", "--json"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert out["query"] == "整改" and len(out["hits"]) == 2
    assert set(out["hits"][0]) == HIT_KEYS
    assert out["hits"][0]["highlights"] == [[5, 9]]
    assert out["hits"][0]["doc"] == PLAN.file
    assert out["hits"][0]["metadata"]["region"] == "辽宁省朝阳市"


def test_ask_prints_numbered_citations_with_their_quotes(
    opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["ask", QUESTION, "--index", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == ANSWER.text
    at = lines.index(
        f"[1] 《{PLAN.title}》 › 二、整改任务 › （二）压实整改责任 — 优化营商环境方案.docx 第3页"
    )
    assert lines[at + 1] == f"    “{QUOTE}”"


def test_refusal_exits_0_and_shows_the_nearest(
    opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["ask", "火星基地？", "--index", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("资料中没有") and "最接近的内容（不能作为答案）" in out


def test_search_prints_for_people(opened: Opened, tmp_path: Path, capsys: Capture) -> None:
    assert main(["search", "整改", "--index", str(tmp_path)]) == 0
    assert "辽宁省朝阳市 · 中共朝阳市委 · 2023 · 方案" in capsys.readouterr().out


def test_filters_and_settings_reach_the_engine(opened: Opened, tmp_path: Path) -> None:
    argv = ["search", "整改", "--index", str(tmp_path), "--settings", "s.toml", "--json"]
    assert main([*argv, "--filter", "region=朝阳", "--filter", "year=2023"]) == 0
    assert opened.engine.filters == [Filters(region="朝阳", year="2023")]
    assert opened.settings is not None and opened.settings.path == Path("s.toml")


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        ("colour=red", "region、year、doc_type、issuer、title、doc"),
        ("region", "region=朝阳"),
        ("region=", "region=朝阳"),
    ],
)
def test_wrong_filter_is_one_line_that_names_the_keys(
    pair: str, reason: str, opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["ask", "问", "--index", str(tmp_path), "--filter", pair]) == 2
    assert reason in one_line(capsys.readouterr().err)


def test_the_same_filter_twice_is_refused(opened: Opened, tmp_path: Path, capsys: Capture) -> None:
    twice = ["--filter", "year=2022", "--filter", "year=2023"]
    assert main(["ask", "问", "--index", str(tmp_path), *twice]) == 2
    assert "写了两次" in one_line(capsys.readouterr().err)


@pytest.mark.parametrize(
    ("argv", "reason"),
    [
        (["ask", "问"], "缺少参数 --index"),
        (["nope"], "没有“nope”"),
        (["ask", "问", "--index"], "--index 后面没有写值"),
        (["ask", "问", "--index", "x", "-k", "many"], "-k 的值“many”不对"),
        (["ask", "问", "--index", "x", "-k", "0"], "-k 0"),
        (["ask", "问", "--index", "x", "--nonsense"], "不认识的参数 --nonsense"),
        (["eval"], "缺少参数"),
        (["corpus", "report"], "缺少参数 --index"),
        (["corpus", "correct", "d.txt", "year", "--index", "x"], "year"),
        (["--nonsense"], "不认识的参数 --nonsense"),
        (["serve", "--index", "x", "--port", "99999"], "--port 99999"),
        (["serve", "--index", "x", "--port", "a"], "--port 的值“a”不对"),
    ],
)
def test_a_command_written_wrongly_is_one_line_and_exits_2(
    argv: list[str], reason: str, opened: Opened, capsys: Capture
) -> None:
    assert main(argv) == 2
    captured = capsys.readouterr()
    assert reason in one_line(captured.err) and captured.out == ""


@pytest.mark.parametrize(
    ("argv", "reason"),
    [
        (["ask", "问", "--index", "no/such/folder"], "没有索引文件夹"),
        (["index", "no/such/file", "--index", "x"], "没有 no"),
        (["corpus", "inspect", "no/such/file"], "没有 no"),
        (["corpus", "report", "--index", "no/such/folder"], "里没有索引"),
    ],
)
def test_what_is_not_there_is_one_line_and_exits_1(
    argv: list[str], reason: str, opened: Opened, capsys: Capture
) -> None:
    assert main(argv) == 1
    captured = capsys.readouterr()
    assert reason in one_line(captured.err) and captured.out == ""


def test_an_error_of_the_engine_is_one_line(
    opened: Opened, tmp_path: Path, capsys: Capture
) -> None:
    opened.damaged = True
    assert main(["ask", "问", "--index", str(tmp_path)]) == 1
    assert "坏了" in one_line(capsys.readouterr().err)


def test_an_unexpected_error_says_where_the_log_is(
    opened: Opened, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert main(["ask", "crash", "--index", str(tmp_path)]) == 1
    line = one_line(capsys.readouterr().err)
    assert "Traceback" not in line and "secret" not in line
    (log,) = tmp_path.glob("policyqa-*.log")
    assert str(log) in line and "secret internals" in log.read_text(encoding="utf-8")


def test_an_interrupt_exits_130_without_traceback(
    opened: Opened, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(opened.engine, "search", interrupted)
    assert main(["search", "问", "--index", str(tmp_path)]) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_what_libraries_print_stays_off_stdout(
    opened: Opened, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def noisy(*_: object) -> tuple[()]:
        print("Loading weights: 100%")
        return ()

    monkeypatch.setattr(opened.engine, "search", noisy)
    assert main(["search", "问", "--index", str(tmp_path), "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"query": "问", "hits": []}
    assert "Loading weights" in captured.err


def test_help_is_chinese_first_and_no_command_shows_it(capsys: Capture) -> None:
    assert main([]) == 0
    out = capsys.readouterr().out
    assert "提问，回答附原文出处 / ask a question" in out and "corpus" in out
    with pytest.raises(SystemExit) as left:
        main(["ask", "--help"])
    assert left.value.code == 0 and "索引文件夹 / index folder" in capsys.readouterr().out


def test_the_version_is_printed(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0 and capsys.readouterr().out == f"policyqa {__version__}\n"


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Every command that does something."""
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not inner:
        yield parser
    for action in inner:
        for one in action.choices.values():
            yield from commands(one)


def test_every_command_but_serve_takes_json_and_names_an_option_like_the_others() -> None:
    texts: dict[str, set[str]] = {}
    without_json = []
    for command in commands(build_parser()):
        options = [action for action in command._actions if action.option_strings]
        names = {name for action in options for name in action.option_strings}
        if "--json" not in names:
            without_json.append(command.prog)
        for action in options:
            if "--golden" in action.option_strings:
                assert action.help == argparse.SUPPRESS, command.prog
                continue
            texts.setdefault(action.option_strings[-1], set()).add(str(action.metavar))
    assert without_json == ["policyqa serve"]
    for name in ("--index", "--settings", "--filter", "-k"):
        assert len(texts[name]) == 1, (name, texts[name])


def test_questions_may_still_be_given_by_their_former_name() -> None:
    parser = Parser(prog="x")
    parser.add_questions()
    assert parser.parse_args(["--golden", "a.jsonl"]).questions == Path("a.jsonl")
    assert "--golden" not in parser.format_help()
    with pytest.raises(OptionError, match="缺少参数 --questions"):
        parser.parse_args([])


def run(code: str, *argv: str) -> subprocess.CompletedProcess[bytes]:
    """Run Python code in a fresh process at the root of the repository."""
    root = Path(__file__).parents[3]
    return subprocess.run(
        [sys.executable, "-c", code, *argv], cwd=root, capture_output=True, timeout=60, check=False
    )


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    code = "import sys, ui.cli.main; print(sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = run(code).stdout.decode()
    assert "'ui'" in loaded
    for name in ("torch", "gradio", "langchain", "fastapi", "transformers", "faiss"):
        assert f"'{name}'" not in loaded


def test_output_is_utf8_in_a_legacy_code_page() -> None:
    code = (
        "import sys; sys.stdout.reconfigure(encoding='gbk'); sys.stderr.reconfigure(encoding='gbk')"
        "\nfrom ui.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    done = run(code, "ask", "问", "--index", "没有\U0001f600")
    assert done.returncode == 1 and "没有\U0001f600" in done.stderr.decode("utf-8")


def test_a_closed_pipe_is_quiet() -> None:
    code = (
        "import os, sys; r, w = os.pipe(); os.close(r); os.dup2(w, 1)"
        "\nfrom ui.cli.main import main; sys.exit(main([]))"
    )
    done = run(code)
    assert done.returncode == 141 and done.stderr == b""


def test_a_hit_says_where_else_its_words_stand_and_what_is_otherwise_there() -> None:
    one, other = passage("2017年改造12户。"), passage("20xx年改造12户。")
    hit = Hit(1, 0.5, one, (), (other,))
    assert hit_json(hit)["copies"][0]["differences"] == (("2017", "20xx"),)  # type: ignore[index]
    assert copies_lines(hit) == [f"{where_line(other)}《{other.title}》（“2017”作“20xx”）"]
