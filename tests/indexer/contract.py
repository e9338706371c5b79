"""What every backend has to pass: subclass ``BackendContract`` and say how one is made."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Metadata
from corpus.errors import PolicyQAError
from indexer.backend import BackendChanges, Encoded, SearchBackend, ids_of
from indexer.embedding.texts import sentence_units
from indexer.filters import Filters, Selection
from indexer.passage import Passage
from tests.conftest import TinyEncoder
from tests.indexer.making import encoded, passage, passages_of

CHAOYANG = Metadata("朝阳市工作方案", "中共朝阳市委", "", "方案", "2023-04", "2023", "辽宁省朝阳市")
ZUNYI = Metadata("遵义市通知", "遵义市人民政府", "", "通知", "2022", "2022", "贵州省遵义市")
PASSAGES = [
    passage("全市要压缩企业开办时间至三个工作日。各部门每月通报一次进展。", 0, CHAOYANG, "甲.txt"),
    passage("老旧小区改造由住建局牵头，年底前完工。", 1, CHAOYANG, "甲.txt"),
    passage("各县要在汛期前清理河道，逐段落实河长。", 0, ZUNYI, "乙.txt"),
    passage("每月通报一次河道清理进展，约谈落后单位。", 1, ZUNYI, "乙.txt"),
    passage("食堂补助标准为每人每餐三元。", 0, Metadata(), "丙.txt"),
]
IDS = [each.id for each in PASSAGES]
NEW = passage("新城区要新建停车泊位两百个。", 0, ZUNYI, "丁.txt")
GONE = frozenset({"乙.txt#0"})
ENCODER = TinyEncoder()


def of(*passages: Passage, sentences: bool = True) -> Encoded:
    return encoded(passages, ENCODER, sentences)


class BackendContract(ABC):
    """Tests over ``PASSAGES``; every backend has to give the same."""

    @abstractmethod
    def make(self, content: Encoded, folder: Path) -> SearchBackend:
        """A backend that holds this, in an empty folder."""

    @pytest.fixture
    def backend(self, tmp_path: Path) -> SearchBackend:
        return self.make(of(*PASSAGES), tmp_path)

    def test_passages_come_back_in_the_order_asked_for(self, backend: SearchBackend) -> None:
        assert backend.passages([IDS[3], IDS[0], IDS[3]]) == [PASSAGES[i] for i in (3, 0, 3)]
        assert backend.passages([]) == []

    @pytest.mark.parametrize("unknown", ["甲.txt#0/2", "戊.txt#0/0", "甲.txt#0", ""])
    def test_an_unknown_passage_is_an_error_and_has_no_sentences(
        self, backend: SearchBackend, unknown: str
    ) -> None:
        with pytest.raises(KeyError):
            backend.passages([unknown])
        assert len(backend.sentences([unknown]).owners) == 0

    def test_documents_come_in_one_order_with_their_passages(self, backend: SearchBackend) -> None:
        documents = backend.documents()
        assert [(d.id, d.doc, d.path, d.passages) for d in documents] == [
            (f"{name}#0", name, f"/资料/{name}", count)
            for name, count in (("甲.txt", 2), ("乙.txt", 2), ("丙.txt", 1))
        ]
        assert documents[0].metadata == CHAOYANG and documents == backend.documents()
        assert ids_of(documents) == IDS and backend.size == len(IDS)

    def test_sentences_come_with_their_spans_and_vectors(self, backend: SearchBackend) -> None:
        asked = [IDS[2], "戊.txt#0/0", IDS[0]]
        found = backend.sentences(asked)
        wanted = [
            (place, (a, b), PASSAGES[row].text[a:b].strip())
            for place, row in ((0, 2), (2, 0))
            for a, b in sentence_units(PASSAGES[row].text)
        ]
        assert found.owners.tolist() == [place for place, _, _ in wanted]
        assert [tuple(span) for span in found.spans.tolist()] == [span for _, span, _ in wanted]
        np.testing.assert_allclose(
            found.vectors, ENCODER.encode_passages([text for _, _, text in wanted]), atol=1e-6
        )

    def test_without_sentences_passages_alone_are_found(self, tmp_path: Path) -> None:
        backend = self.make(of(*PASSAGES, sentences=False), tmp_path)
        assert len(backend.sentences(IDS).owners) == 0
        assert len(backend.dense(ENCODER.encode_query("河道"), 9).ids) == len(IDS)

    def test_meaning_finds_the_nearest_first(self, backend: SearchBackend) -> None:
        vector = ENCODER.encode_query("清理河道")
        cosines = backend.cosines(vector, IDS)
        np.testing.assert_allclose(cosines, of(*PASSAGES).vectors @ vector, atol=1e-6)
        best = sorted(range(len(IDS)), key=lambda row: -cosines[row])
        found = backend.dense(vector, 3)
        assert list(found.ids) == [IDS[row] for row in best[:3]]
        np.testing.assert_allclose(found.scores, cosines[best[:3]], atol=1e-6)
        assert len(backend.dense(vector, 99).ids) == len(IDS)
        assert backend.dense(vector, 0).ids == ()

    def test_words_find_only_what_holds_them(self, backend: SearchBackend) -> None:
        found = backend.lexical("每月通报河道进展", 9)
        assert found.ids[0] == IDS[3] and set(found.ids) == {IDS[0], IDS[2], IDS[3]}
        np.testing.assert_allclose(
            found.scores, backend.lexical_scores("每月通报河道进展", found.ids), rtol=1e-5
        )
        assert backend.lexical_scores("每月通报河道进展", [IDS[4], IDS[1]]).tolist() == [0, 0]
        assert backend.lexical("每月通报河道进展", 1).ids == (IDS[3],)
        assert backend.lexical("黑天鹅", 9).ids == backend.lexical("", 9).ids == ()

    def test_words_are_scored_by_the_formula(self, tmp_path: Path) -> None:
        """ln(1 + (3 − 2 + .5) / (2 + .5)) · 2 / (2 + 1.2 · (.25 + .75 · length / mean))."""
        plain = [passage(text, 0, Metadata(), f"{text}.txt") for text in ("aa aa b", "aa", "c")]
        backend = self.make(of(*plain), tmp_path)
        # An untitled passage is indexed behind its own opening, so every token counts twice.
        lengths, mean = 6, (6 + 2 + 2) / 3
        expected = math.log(1.6) * 4 / (4 + 1.2 * (0.25 + 0.75 * lengths / mean))
        scores = backend.lexical_scores("aa", [plain[0].id])
        assert scores[0] == pytest.approx(expected, rel=1e-5)
        assert backend.lexical_scores("aa aa", [plain[0].id])[0] == pytest.approx(
            2 * expected, rel=1e-5
        )

    @pytest.mark.parametrize(
        ("selection", "rows"),
        [
            (Selection(Filters(region="朝阳")), [0, 1]),
            (Selection(Filters(region="遼寧")), [0, 1]),  # traditional
            (Selection(Filters(year="2022")), [2, 3]),
            (Selection(Filters(doc="丙.txt")), [4]),
            (Selection(Filters(title="丙")), [4]),  # shown under its file's name
            (Selection(Filters(doc_type="方案", issuer=" 市委 ")), [0, 1]),
            (Selection(Filters(region="省"), GONE), [0, 1]),
            (Selection(without=GONE), [0, 1, 4]),
            (Selection(Filters(year=" ")), [0, 1, 2, 3, 4]),
        ],
    )
    def test_only_what_is_selected_is_found(
        self, backend: SearchBackend, selection: Selection, rows: list[int]
    ) -> None:
        wanted = {IDS[row] for row in rows}
        assert set(ids_of(backend.documents(selection))) == wanted
        assert set(backend.dense(ENCODER.encode_query("通报"), 9, selection).ids) == wanted
        everywhere = backend.lexical("一次三元年底", 9).ids
        chosen = [each for each in everywhere if each in wanted]
        assert list(backend.lexical("一次三元年底", 9, selection).ids) == chosen
        facets = backend.facets(selection)
        assert (facets.documents, facets.passages) == (
            len(backend.documents(selection)),
            len(wanted),
        )

    @pytest.mark.parametrize(
        "filters", [Filters(year="202"), Filters(doc="丙"), Filters(region="朝阳", year="2022")]
    )
    def test_filters_that_nothing_passes_are_one_line(
        self, backend: SearchBackend, filters: Filters
    ) -> None:
        selection, vector = Selection(filters), ENCODER.encode_query("通报")
        for call in (
            lambda: backend.documents(selection),
            lambda: backend.facets(selection),
            lambda: backend.dense(vector, 3, selection),
            lambda: backend.lexical("通报", 3, selection),
        ):
            with pytest.raises(PolicyQAError, match="没有文档符合筛选条件") as raised:
                call()
            assert "\n" not in str(raised.value)

    def test_everything_gone_finds_nothing(self, backend: SearchBackend) -> None:
        nothing = Selection(without=frozenset(d.id for d in backend.documents()))
        assert backend.documents(nothing) == []
        assert backend.dense(ENCODER.encode_query("通报"), 3, nothing).ids == ()
        assert backend.lexical("通报", 3, nothing).ids == ()

    def test_facets_count_documents_most_frequent_first(self, backend: SearchBackend) -> None:
        counts = backend.facets().counts
        assert counts["region"] == (("贵州省遵义市", 1), ("辽宁省朝阳市", 1))
        assert counts["year"] == (("2022", 1), ("2023", 1))
        assert counts["issuer"] == (("中共朝阳市委", 1), ("遵义市人民政府", 1))
        assert sorted(counts) == ["doc_type", "issuer", "region", "year"]

    def test_tokens_are_counted_once_a_passage(self, backend: SearchBackend) -> None:
        assert (backend.count("河道"), backend.count("每月"), backend.count("天鹅")) == (2, 2, 0)
        counts = dict(backend.counts())
        assert counts["河道"] == 2 and counts["食堂"] == 1 and "天鹅" not in counts
        assert backend.idf("河道") == pytest.approx(math.log(1 + 3.5 / 2.5))
        assert backend.idf("天鹅") == pytest.approx(math.log(1 + (backend.size + 0.5) / 0.5))
        assert backend.idf("天鹅") > backend.idf("食堂") > backend.idf("河道")

    def test_passages_that_hold_tokens_are_given(self, backend: SearchBackend) -> None:
        assert set(backend.holding(["河道", "每月"])) == {IDS[3]}
        assert set(backend.holding(["河道", "每月", "每月"], 1)) == {IDS[0], IDS[2], IDS[3]}
        assert backend.holding(["天鹅"]) == backend.holding([]) == backend.holding([], 1) == []
        assert backend.stand_together(["河道", "每月"])
        assert not backend.stand_together(["河道", "食堂"])
        assert not backend.stand_together([])

    def test_similarity_is_measured_by_chance(self, backend: SearchBackend) -> None:
        scale = backend.similarity
        assert scale.deviation > 0
        assert scale.above(scale.mean) == 0
        assert scale.above(scale.mean + 2 * scale.deviation) == pytest.approx(2)

    def test_added_documents_are_found_and_removed_ones_not(self, backend: SearchBackend) -> None:
        before = backend.generation()
        backend.apply(BackendChanges(of(NEW), GONE))
        assert backend.generation() != before
        assert passages_of(backend) == [PASSAGES[0], PASSAGES[1], PASSAGES[4], NEW]
        assert backend.lexical("停车泊位", 9).ids == (NEW.id,)
        assert backend.lexical("河道", 9).ids == ()
        vector = ENCODER.encode_query("停车泊位")
        assert backend.dense(vector, 1).ids == (NEW.id,)
        assert len(backend.sentences([NEW.id]).owners) == 1
        sentences = backend.sentences([IDS[0]])
        np.testing.assert_allclose(
            sentences.vectors[0], ENCODER.encode_query("全市要压缩企业开办时间至三个工作日。")
        )

    def test_a_document_of_the_same_name_is_replaced(self, backend: SearchBackend) -> None:
        changed = replace(PASSAGES[0], text="改成别的内容。", display="改成别的内容。")
        backend.apply(BackendChanges(of(changed)))
        (own,) = [d for d in backend.documents() if d.id == "甲.txt#0"]
        assert own.passages == 1 and backend.size == 4
        assert backend.passages([IDS[0]]) == [changed]

    def test_changes_that_cannot_be_made_change_nothing(self, backend: SearchBackend) -> None:
        before = backend.generation()
        torn = replace(NEW, id="丁.txt#0/1", ordinal=1)
        everything = frozenset(d.id for d in backend.documents())
        for changes in (BackendChanges(of(torn)), BackendChanges(remove=everything)):
            with pytest.raises(ValueError, match=r"follow|without"):
                backend.apply(changes)
        assert backend.generation() == before and passages_of(backend) == PASSAGES
