"""Cross-encoders of sentence-transformers: a real one of two layers, made here."""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import PolicyQAError
from retriever.rerank.cross_encoder import open_cross_encoder
from retriever.rerank.reranker import load_reranker
from retriever.settings import RerankSettings
from tests.conftest import ROOT
from tests.retriever.tiny_cross_encoder import save_tiny_model

pytestmark = pytest.mark.slow

QUERY = "养老食堂补助多少"
TEXTS = ("每个养老食堂补助三万元。", "全镇修补道路十二条。", "", "三万元" * 200)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real cross-encoder of two layers with random weights."""
    return save_tiny_model(tmp_path_factory.mktemp("tiny") / "model")


def _settings(folder: Path | str, **changes: Any) -> RerankSettings:
    return RerankSettings(model=str(folder), **changes)


def test_a_real_model_scores_like_sentence_transformers_before_the_activation(
    folder: Path,
) -> None:
    from sentence_transformers import CrossEncoder

    reranker = load_reranker(_settings(folder, batch=3))
    assert reranker is not None
    found = reranker.scores(QUERY, TEXTS, 600.0)
    probabilities = CrossEncoder(str(folder), device="cpu").predict([(QUERY, t) for t in TEXTS])
    logits = [math.log(p / (1 - p)) for p in probabilities.tolist()]
    assert found == pytest.approx(logits, abs=1e-4)
    assert len({round(score, 4) for score in logits}) == len(TEXTS)


def test_a_model_saved_by_sentence_transformers_scores_the_same(
    folder: Path, tmp_path: Path
) -> None:
    from sentence_transformers import CrossEncoder

    CrossEncoder(str(folder), device="cpu").save_pretrained(str(tmp_path / "saved"))
    pairs = [(QUERY, text) for text in TEXTS]
    plain, saved = (open_cross_encoder(_settings(f)) for f in (folder, tmp_path / "saved"))
    assert saved(pairs) == pytest.approx(plain(pairs), abs=1e-5)


def test_weights_of_half_precision_are_computed_in_full_on_a_processor(
    folder: Path, tmp_path: Path
) -> None:
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    model = AutoModelForSequenceClassification.from_pretrained(folder)
    model.half().save_pretrained(tmp_path)
    AutoTokenizer.from_pretrained(folder).save_pretrained(tmp_path)
    pairs = [(QUERY, text) for text in TEXTS]
    full, half = (
        CrossEncoder(
            str(tmp_path), device="cpu", activation_fn=Identity(), model_kwargs={"dtype": dtype}
        )
        .predict(pairs, batch_size=len(pairs))
        .tolist()
        for dtype in ("float32", "float16")
    )
    found = open_cross_encoder(_settings(tmp_path))(pairs)
    assert found == pytest.approx(full, abs=1e-5)
    assert found != pytest.approx(half, abs=1e-5)


def test_no_more_than_max_length_is_read(folder: Path) -> None:
    model = open_cross_encoder(_settings(folder, max_length=32))
    # 8 characters of the query, 3 special tokens, so 21 of the text.
    same, other = "三万元" * 7, "全镇修补道路" * 9
    (first, second) = model([(QUERY, same + other), (QUERY, same + "县" * 9)])
    assert second == pytest.approx(first, abs=1e-5)
    assert model([(QUERY, same[:18] + other)])[0] != pytest.approx(first, abs=1e-2)


def test_a_max_length_beyond_the_model_is_cut_to_what_it_reads(folder: Path) -> None:
    reranker = load_reranker(_settings(folder, max_length=4096))
    assert reranker is not None
    (score,) = reranker.scores(QUERY, ["元" * 5000], 600.0)
    assert isinstance(score, float)


def test_several_threads_get_the_scores_of_one(folder: Path) -> None:
    reranker = load_reranker(_settings(folder, batch=2))
    assert reranker is not None
    queries = [QUERY, "道路", "三万元", "食堂"] * 4
    alone = [reranker.scores(query, TEXTS, 600.0) for query in queries]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda query: reranker.scores(query, TEXTS, 600.0), queries))
    assert together == [pytest.approx(scores, abs=1e-6) for scores in alone]


def _error(settings: RerankSettings) -> str:
    with pytest.raises(PolicyQAError) as caught:
        load_reranker(settings)
    line = str(caught.value)
    assert "\n" not in line
    return line


def test_an_embedding_model_is_refused_and_not_given_a_random_head(
    folder: Path, tmp_path: Path
) -> None:
    from transformers import AutoModel, AutoTokenizer

    AutoModel.from_pretrained(folder).save_pretrained(tmp_path)
    AutoTokenizer.from_pretrained(folder).save_pretrained(tmp_path)
    assert "不是重排模型（BertModel）" in _error(_settings(tmp_path))


def test_a_model_of_several_scores_is_refused(tmp_path: Path) -> None:
    assert "3 个分" in _error(_settings(save_tiny_model(tmp_path, labels=3)))


def test_damaged_weights_are_one_line_naming_the_folder(folder: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(folder, damaged)
    (damaged / "model.safetensors").write_bytes(b"\0" * 100)
    line = _error(_settings(damaged))
    assert f"不能加载重排模型 {damaged}" in line
    assert "检查模型文件夹" in line


def test_a_folder_without_a_model_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "nothing"}), encoding="utf-8")
    assert "不能加载重排模型" in _error(_settings(tmp_path))


@pytest.mark.parametrize("name", ["/no/such/folder", "./here/not", "名 字"])
def test_a_path_to_nothing_is_reported_as_such(name: str) -> None:
    assert f"不能加载重排模型 {name}（没有这个文件夹）" in _error(_settings(name))


@pytest.mark.parametrize("name", ["owner/model", "model"])
def test_a_missing_model_is_one_line_that_says_what_to_do(name: str) -> None:
    line = _error(_settings(name))
    assert f"不能加载重排模型 {name}" in line
    assert "本机的模型文件夹" in line


def test_a_model_downloaded_before_needs_no_network(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "hub" / "models--owner--tiny"
    shutil.copytree(folder, kept / "snapshots" / "1a2b")
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text("1a2b", encoding="utf-8")
    code = (
        "import socket\n"
        "socket.getaddrinfo = socket.socket.connect = None  # calling either would fail\n"
        "from retriever.rerank.reranker import load_reranker\n"
        "from retriever.settings import RerankSettings\n"
        "print(load_reranker(RerankSettings(model='owner/tiny')).scores('问', ['答'], 600))\n"
    )
    # Where downloads are kept is read when the library is imported.
    environment = {**os.environ, "HF_HOME": str(tmp_path), "HF_HUB_CACHE": str(tmp_path / "hub")}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    reranker = load_reranker(_settings(folder))
    assert reranker is not None
    assert json.loads(ran.stdout) == pytest.approx(reranker.scores("问", ["答"], 600), abs=1e-5)
