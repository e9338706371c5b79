"""What others import: typed results, folders as text, ready parts put in, files let go of."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import policyqa
from policyqa import Conversation, Filters, PolicyQA, PolicyQAError, Settings
from retriever.settings import RerankSettings
from tests.conftest import ROOT, TinyEncoder
from tests.policyqa.test_wheel import EXAMPLE, PACKAGES
from tests.qa.conftest import write_notices

QUESTION = "河汀市夜间消费街区建成多少条？"
#: A path into the code between backticks, as documents name it.
NAMED = re.compile(rf"`((?:{'|'.join(PACKAGES)}|tests|docs)/[\w./-]*)`")


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("door") / "资料"
    write_notices(folder)
    return folder


@pytest.fixture(scope="module")
def index(docs: Path) -> str:
    """The notices indexed through the door, given as text."""
    folder = docs.parent / "索引"
    report = PolicyQA.index(str(docs), str(folder), Settings(), encoder=TinyEncoder())
    assert (report.files, report.documents, report.skipped) == (3, 3, ())
    return str(folder)


def opened(index: str) -> PolicyQA:
    return PolicyQA.open(index, Settings(), encoder=TinyEncoder())


def test_every_exported_name_is_there_and_listed() -> None:
    assert all(getattr(policyqa, name) is not None for name in policyqa.__all__)
    assert sorted(policyqa.__all__) == policyqa.__all__


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = {"torch", "gradio", "langchain", "transformers", "faiss", "pandas", "fastapi"}
    code = f"import sys, policyqa; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("argv", "status", "out", "err"),
    [
        (["--version"], 0, f"policyqa {policyqa.__version__}\n", ""),
        (["--nonsense"], 2, "", "错误：不认识的参数 --nonsense"),
        (["ask", "问", "--index", "没有"], 1, "", "错误：没有索引文件夹 没有"),
    ],
)
def test_the_package_runs_as_the_command(argv: list[str], status: int, out: str, err: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "policyqa", *argv],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (status, out)
    assert done.stderr.startswith(err) and done.stderr.count("\n") == bool(err)


def test_ask_search_precedent_and_converse_give_typed_results(index: str) -> None:
    with opened(index) as policies:
        answer = policies.ask(QUESTION)
        hits = policies.search("夜间消费街区", 2, Filters(region="槐岭"))
        report = policies.precedent("给予夜市每户补助")
        *_, turn = policies.converse(QUESTION)
        *_, follow_up = policies.converse("那槐岭呢？", Conversation().after(turn))
    assert isinstance(answer, policyqa.Answer) and answer.short_answer == "12条"
    assert isinstance(answer.citations[0], policyqa.Citation)
    assert all(isinstance(hit, policyqa.Hit) for hit in hits) and hits
    assert isinstance(report, policyqa.PrecedentReport) and report.precedents
    assert isinstance(follow_up, policyqa.Turn) and follow_up.answer.short_answer == "7条"


def test_several_paths_of_either_kind_are_indexed(docs: Path, tmp_path: Path) -> None:
    first, second = sorted(docs.iterdir())[:2]
    report = PolicyQA.index([first, str(second)], tmp_path / "i", Settings(), encoder=TinyEncoder())
    assert report.documents == 2


def test_a_missing_path_and_a_missing_index_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(PolicyQAError) as no_path:
        PolicyQA.index(str(tmp_path / "没有"), tmp_path / "i", Settings(), encoder=TinyEncoder())
    with pytest.raises(PolicyQAError) as no_index:
        PolicyQA.open(str(tmp_path / "没有"))
    for caught in (no_path, no_index):
        assert "没有" in str(caught.value) and "\n" not in str(caught.value)


def test_the_index_is_opened_once_and_let_go_of(
    index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import qa.facade

    times: list[Path] = []
    really = qa.facade.open_index

    def counted(folder: Path, settings: object) -> object:
        times.append(folder)
        return really(folder, settings)  # type: ignore[arg-type]

    monkeypatch.setattr(qa.facade, "open_index", counted)
    with opened(index) as policies:
        policies.ask(QUESTION)
    assert times == [Path(index)]
    with pytest.raises(sqlite3.ProgrammingError):
        policies.search("夜间消费街区")


class Backwards:
    """A reranker that likes the last passage best."""

    def __init__(self) -> None:
        self.queries: list[str] = []

    def scores(self, query: str, texts: Sequence[str], seconds: float) -> list[float]:
        self.queries.append(query)
        return [float(n) for n, _ in enumerate(texts)]


def test_a_reranker_can_be_put_in(index: str) -> None:
    reranker = Backwards()
    weighed = Settings(reranker=RerankSettings(weight=1.0))
    with PolicyQA.open(index, weighed, encoder=TinyEncoder(), reranker=reranker) as policies:
        turned = policies.search("夜间消费街区", 3)
    with opened(index) as policies:
        plain = policies.search("夜间消费街区", 3)
    assert reranker.queries == ["夜间消费街区"]
    assert [hit.passage.id for hit in turned] != [hit.passage.id for hit in plain]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs"])
def test_every_file_that_the_documents_name_is_there(page: str) -> None:
    files = sorted((ROOT / page).glob("*.md")) or [ROOT / page]
    missing = []
    for file in files:
        text = file.read_text(encoding="utf-8")
        named = set(NAMED.findall(text))
        missing += [f"{file.name}: {name}" for name in named if not (ROOT / name).exists()]
        links = set(re.findall(r"\]\((?!https?:)([^)#]+)", text))
        missing += [f"{file.name}: {link}" for link in links if not (file.parent / link).exists()]
    assert not missing


def test_both_readmes_have_the_same_example() -> None:
    one, other = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))
    assert EXAMPLE.findall(one) == EXAMPLE.findall(other)
