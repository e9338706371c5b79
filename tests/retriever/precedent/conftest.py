"""An index of invented notices of four places, made with a quick encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.local.index import open_index
from indexer.settings import IndexSettings
from retriever.precedent.finder import PrecedentFinder
from retriever.search import HybridRetriever
from tests.conftest import TinyEncoder

SETTINGS = IndexSettings(model="tiny", ocr=False)
_NOTICE = """{place}人民政府办公室关于印发《{place}{year}年整改工作方案》的通知

各县、区人民政府，市政府各部门：

　　一、整改机制
　　建立问题清单、责任清单，{own}，逐项销号。主要负责同志对重大问题亲自过问。
　　二、便民服务
　　{service}

{place}人民政府办公室
{year}年3月18日
"""
FOLDER = {
    "河汀.txt": ("河汀市", "2022", "明确完成时限", "深化“放管服”改革，全市设立夜间窗口二十个。"),
    "槐岭.txt": ("槐岭市", "2023", "实行挂图作战", "谋划放管服改革，网格员每周上门收件一次。"),
    "沙柳.txt": ("沙柳市", "2024", "每月调度一次", "推进「放管服」改革，流动服务车开进山村。"),
    "芝溪.txt": ("芝溪市", "2024", "倒排工期", "组建夜间巡查小队，每晚巡查街道两次。"),
}


def _indexed(root: Path) -> Path:
    """Write the notices and index them; the index's folder."""
    (root / "docs").mkdir()
    for name, (place, year, own, service) in FOLDER.items():
        text = _NOTICE.format(place=place, year=year, own=own, service=service)
        (root / "docs" / name).write_text(text, encoding="utf-8")
    build_index([root / "docs"], root / "index", SETTINGS, TinyEncoder(), progress=False)
    return root / "index"


def _finder_of(index_dir: Path) -> PrecedentFinder:
    index = open_index(index_dir, SETTINGS)
    return PrecedentFinder(index, HybridRetriever(index, TinyEncoder()))


@pytest.fixture(scope="session")
def shared_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _indexed(tmp_path_factory.mktemp("precedents"))


@pytest.fixture
def finder(shared_index: Path) -> PrecedentFinder:
    """Over notices that no test changes."""
    return _finder_of(shared_index)


@pytest.fixture
def own_finder(tmp_path: Path) -> PrecedentFinder:
    """Over notices in ``tmp_path/docs`` that a test may delete."""
    return _finder_of(_indexed(tmp_path))
