"""A benchmark to run: on which documents and questions, with which systems and settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eval.benchmarks.result import FORMAT, Conditions
from eval.systems.opening import Bench
from indexer.embedding.encoder import Encoder, load_encoder
from indexer.local.index import open_index
from qa.settings import Settings

#: Corpora of more characters get no sentence vectors: they would double the time.
SENTENCE_LIMIT = 3_000_000


@dataclass(frozen=True)
class Benchmark:
    """A set of questions over documents.

    Attributes:
        name: of the benchmark.
        documents: the folder to index; for BEIR the folder with ``corpus.jsonl``.
        questions: golden questions; None for BEIR.
        split: of a BEIR set.
    """

    name: str
    documents: Path
    questions: Path | None = None
    split: str = "test"

    @property
    def kind(self) -> str:
        """``golden`` or ``beir``."""
        return "beir" if self.questions is None else "golden"


@dataclass(frozen=True)
class BenchTask:
    """A benchmark to run.

    Attributes:
        benchmark: what.
        work: folder for vectors, indexes and run files.
        settings: model and search.
        systems: names of recipes.
        limit: of a BEIR corpus only so many documents; None for all.
        sentence_limit: corpora of more characters get no sentence vectors.
        progress: show bars.
        encoder: the model of the settings, where it is loaded already.
    """

    benchmark: Benchmark
    work: Path
    settings: Settings
    systems: tuple[str, ...]
    limit: int | None = None
    sentence_limit: int = SENTENCE_LIMIT
    progress: bool = True
    encoder: Encoder | None = None

    @property
    def conditions(self) -> Conditions:
        """What its result will say it was made under."""
        return Conditions(
            format=FORMAT,
            model=self.settings.index.model,
            limit=self.limit if self.benchmark.kind == "beir" else None,
            sentence_limit=self.sentence_limit,
            retriever=repr(self.settings.retriever),
        )

    def model(self) -> Encoder:
        """What makes the vectors, loaded unless it is given."""
        return self.encoder or load_encoder(self.settings.index)

    @property
    def place(self) -> str:
        """Name of its index and its result among others of the work folder."""
        limit = self.conditions.limit
        return self.benchmark.name if limit is None else f"{self.benchmark.name}-{limit}"

    @property
    def index_dir(self) -> Path:
        """Where its index is kept."""
        return self.work / "indexes" / self.place

    def run_file(self, system: str, suffix: str) -> Path:
        """Where what a system returned is kept."""
        return self.work / "runs" / self.place / f"{system}{suffix}"


@contextmanager
def opened(task: BenchTask, encoder: Encoder) -> Iterator[Bench]:
    """The index of a benchmark, opened for its systems.

    Raises:
        IndexStateError: there is none, or it is damaged.
    """
    index = open_index(task.index_dir, task.settings.index)
    try:
        yield Bench(task.index_dir, index, encoder, task.settings)
    finally:
        index.close()
