"""The contract on both backends, and that a search over either finds the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue
from indexer.backend import Encoded, ids_of
from indexer.build import build_index
from indexer.embedding.encoder import Encoder, load_encoder
from indexer.filters import Filters
from indexer.local.generations import Generation, Manifest, publish, writing
from indexer.local.index import LocalBackend, open_index
from indexer.local.writer import store_generation
from indexer.memory import MemoryBackend
from indexer.settings import IndexSettings
from retriever.search import HybridRetriever
from tests.conftest import ROOT, SAMPLES, TinyEncoder
from tests.indexer.contract import BackendContract

SETTINGS = IndexSettings(model="tiny", ocr=False)
QUESTIONS = ROOT.parent / "shared" / "eval" / "seeds-dev.jsonl"


class TestMemory(BackendContract):
    def make(self, content: Encoded, folder: Path) -> MemoryBackend:
        return MemoryBackend(content)


class TestLocal(BackendContract):
    def make(self, content: Encoded, folder: Path) -> LocalBackend:
        with writing(folder / "index") as building:
            Catalogue(Generation(building).catalogue, writable=True).close()
            store_generation(Generation(building), content, Manifest.of(SETTINGS))
            publish(folder / "index", building)
        return open_index(folder / "index", SETTINGS)


def _in_memory(local: LocalBackend) -> MemoryBackend:
    ids = ids_of(local.documents())
    vectors = local.passage_vectors.vectors(0, len(ids))
    sentences = local.sentences(ids)
    return MemoryBackend(Encoded(local.passages(ids), vectors, sentences, local.similarity))


def _check_the_same(local: LocalBackend, encoder: Encoder, lines: Sequence[str]) -> None:
    """Every question finds the same ten passages with the same scores over both backends."""
    one, two = (HybridRetriever(each, encoder) for each in (local, _in_memory(local)))
    assert one.known_places == two.known_places
    for question in (json.loads(line)["question"] for line in lines):
        ours, theirs = one.search(question, 10), two.search(question, 10)
        assert [h.passage for h in ours] == [h.passage for h in theirs], question
        scores = [h.score for h in theirs]
        assert [h.score for h in ours] == pytest.approx(scores, abs=1e-4), question


def test_the_samples_are_searched_alike_over_both(tmp_path: Path) -> None:
    encoder = TinyEncoder()
    texts = [path for path in sorted(SAMPLES.iterdir()) if path.suffix in (".txt", ".md")]
    build_index(texts, tmp_path / "index", SETTINGS, encoder, progress=False)
    local = open_index(tmp_path / "index", SETTINGS)
    lines = (SAMPLES.parent / "golden.jsonl").read_text("utf-8").splitlines()[:40]
    _check_the_same(local, encoder, lines)
    filters = Filters(region="临漪")
    both = [HybridRetriever(each, encoder) for each in (local, _in_memory(local))]
    ours, theirs = ([h.passage for h in each.search("文明城市", 5, filters)] for each in both)
    assert ours == theirs and ours
    local.close()


@pytest.mark.slow
def test_the_seeds_are_searched_alike_over_both(
    seeds: Path, tmp_path: Path, real_settings: IndexSettings
) -> None:
    if not QUESTIONS.is_file():
        pytest.skip("the questions about the seed documents are not here (../shared/eval)")
    encoder = load_encoder(real_settings)
    build_index([seeds], tmp_path / "index", real_settings, encoder, progress=False)
    local = open_index(tmp_path / "index", real_settings)
    lines = QUESTIONS.read_text("utf-8").splitlines()
    _check_the_same(local, encoder, lines)
    local.close()
