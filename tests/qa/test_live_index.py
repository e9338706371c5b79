"""A server that stays up sees what happens to the files and to the index."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import PolicyQAError
from indexer.build import correct_metadata
from indexer.settings import IndexSettings
from qa.facade import PolicyQA
from qa.settings import Settings
from retriever.hit import Filters
from tests.conftest import TinyEncoder
from tests.qa.conftest import index_of, write_notices

SECOND = "槐岭市夜间经济方案.txt"
QUESTION = "槐岭市夜间消费街区建成多少条？"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_notices(tmp_path / "资料")
    return tmp_path / "资料"


@pytest.fixture
def index(folder: Path, tmp_path: Path) -> Path:
    return index_of(folder, tmp_path / "index")


@pytest.fixture
def engine(index: Path) -> Iterator[PolicyQA]:
    opened = PolicyQA(index, TinyEncoder(), Settings())
    yield opened
    opened.close()


class TestDeletedFiles:
    def test_none_is_searched_cited_or_copied_from(self, engine: PolicyQA, folder: Path) -> None:
        assert engine.ask(QUESTION).short_answer == "7条"
        (folder / SECOND).unlink()
        answer = engine.ask(QUESTION)
        assert not answer.answered
        shown = {h.passage.doc for h in (*answer.hits, *engine.search("夜间消费街区"))}
        shown |= {p.hit.passage.doc for p in engine.precedent("给予夜市每户补助").precedents}
        assert shown and SECOND not in shown

    def test_its_page_is_gone_with_a_reason(self, engine: PolicyQA, folder: Path) -> None:
        identifier = f"{SECOND}#0"
        assert engine.document(identifier).file == SECOND
        (folder / SECOND).unlink()
        with pytest.raises(PolicyQAError, match="已经从资料文件夹里删除或移走") as raised:
            engine.document(identifier)
        assert "\n" not in str(raised.value)

    def test_it_counts_for_no_filter(self, engine: PolicyQA, folder: Path) -> None:
        before = engine.facets()
        (folder / SECOND).unlink()
        facets = engine.facets()
        assert (before.documents, facets.documents) == (3, 2)
        assert before.passages > facets.passages > 0
        assert (before.years, facets.years) == ((("2024", 1), ("2023", 1)), (("2024", 1),))
        assert sum(n for _, n in facets.regions) == 2

    def test_it_is_no_relative_of_another(
        self, engine: PolicyQA, folder: Path, index: Path
    ) -> None:
        shutil.copy(folder / SECOND, folder / "副本.txt")
        title = engine.document(f"{SECOND}#0").title
        text = f"槐岭市检查通知\n根据《{title}》，开展检查。\n"
        (folder / "通知.txt").write_text(text, encoding="utf-8")
        index_of(folder, index)
        both = [engine.related(f"{name}#0") for name in (SECOND, "副本.txt")]
        assert [len(related.copies) for related in both] == [1, 1]
        assert [len(related.named_by) for related in both] in ([1, 0], [0, 1])
        cited = SECOND if both[0].named_by else "副本.txt"
        for name in {"副本.txt", SECOND, "通知.txt"} - {cited}:
            (folder / name).unlink()
        after = engine.related(f"{cited}#0")
        assert (after.copies, after.named_by, after.further) == ((), (), 0)

    def test_nothing_is_lost_where_the_folder_is_not(self, engine: PolicyQA, folder: Path) -> None:
        folder.rename(folder.parent / "别处")
        assert engine.ask(QUESTION).short_answer == "7条"
        assert engine.facets().documents == 3
        assert engine.document(f"{SECOND}#0").file == SECOND

    def test_indexing_again_makes_it_final(
        self, engine: PolicyQA, folder: Path, index: Path
    ) -> None:
        (folder / SECOND).unlink()
        index_of(folder, index)
        folder.rename(folder.parent / "别处")
        assert engine.facets().documents == 2
        with pytest.raises(PolicyQAError, match="没有文档"):
            engine.document(f"{SECOND}#0")


class TestNewGenerations:
    def test_a_correction_is_filtered_by_at_once(self, engine: PolicyQA, index: Path) -> None:
        wanted = Filters(issuer="槐岭市商务局")
        with pytest.raises(PolicyQAError):
            engine.search("夜市", 5, wanted)
        correct_metadata(
            index, f"{SECOND}#0", {"issuer": "槐岭市商务局"}, IndexSettings(), TinyEncoder()
        )
        assert {h.passage.doc for h in engine.search("夜市", 5, wanted)} == {SECOND}

    def test_an_index_deleted_and_built_again_is_opened_anew(
        self, engine: PolicyQA, folder: Path, index: Path
    ) -> None:
        """Its first generation has the number that the deleted one had."""
        text = (folder / SECOND).read_text(encoding="utf-8")
        (folder / SECOND).write_text(text.replace("7条", "9条"), encoding="utf-8")
        shutil.rmtree(index)
        with pytest.raises(PolicyQAError, match="policyqa index"):
            engine.search("夜市")
        index_of(folder, index)
        assert engine.ask(QUESTION).short_answer == "9条"

    def test_an_answer_that_has_begun_ends(
        self, engine: PolicyQA, folder: Path, index: Path
    ) -> None:
        stream = engine.ask_stream(QUESTION)
        (folder / "新.txt").write_text("槐岭市的新文件。\n", encoding="utf-8")
        index_of(folder, index)
        assert list(stream)[-1].short_answer == "7条"

    def test_questions_asked_while_it_is_updated_are_all_answered(
        self, engine: PolicyQA, folder: Path, index: Path
    ) -> None:
        stop = threading.Event()
        answers: list[str] = []
        failures: list[BaseException] = []

        def ask() -> None:
            while not stop.is_set():
                try:
                    answers.append(engine.ask(QUESTION).short_answer)
                except BaseException as error:
                    failures.append(error)

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        text = (folder / SECOND).read_text(encoding="utf-8")
        for streets in (8, 9, 10, 11):
            (folder / SECOND).write_text(text.replace("7条", f"{streets}条"), encoding="utf-8")
            index_of(folder, index)
            assert engine.ask(QUESTION).short_answer == f"{streets}条"
        stop.set()
        for thread in threads:
            thread.join()
        assert not failures
        assert {"7条", "11条"} <= set(answers) <= {f"{n}条" for n in range(7, 12)}
