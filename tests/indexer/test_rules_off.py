"""Cleaning rules switched off in the settings of an index."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import SettingsError
from indexer.build import BuildReport, build_index
from indexer.local.index import open_index
from indexer.settings import IndexSettings
from tests.conftest import TinyEncoder
from tests.indexer.making import passages_of

SETTINGS = IndexSettings(model="tiny", ocr=False)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "方案.txt").write_text("创建工作方案\n推進創(chuàng )建工作。\n", encoding="utf-8")
    return folder


def build(docs: Path, *off: str) -> BuildReport:
    settings = replace(SETTINGS, rules_off=off)
    return build_index([docs], docs.parent / "index", settings, TinyEncoder(), progress=False)


def text_of(docs: Path) -> str:
    index = open_index(docs.parent / "index", SETTINGS)
    try:
        return "\n".join(p.text for p in passages_of(index))
    finally:
        index.close()


def test_files_are_read_again_when_a_rule_is_switched(docs: Path) -> None:
    build(docs)
    assert "推进创建工作。" in text_of(docs)
    build(docs, "pinyin notes")
    assert "chuàng" in text_of(docs)
    assert build(docs, "pinyin notes").unchanged == 1
    build(docs)
    assert "推进创建工作。" in text_of(docs)


def test_an_unknown_rule_is_named_and_nothing_is_lost(docs: Path) -> None:
    build(docs)
    with pytest.raises(SettingsError, match="没有清理规则“拼音”"):
        build(docs, "拼音")
    assert "推进创建工作。" in text_of(docs)
