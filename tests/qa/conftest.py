"""A small index of invented notices, made with a quick encoder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.settings import IndexSettings
from qa.facade import PolicyQA
from qa.settings import Settings
from tests.conftest import TinyEncoder

_PLAN = """{place}人民政府办公室关于印发{place}{year}年夜间经济工作方案的通知

各县、区人民政府，市政府各部门：

　　现将《{place}{year}年夜间经济工作方案》印发给你们，请认真组织实施。

　　一、工作目标
　　到{year}年底前，全市建成夜间消费街区{streets}条，引进品牌小店{shops}家，夜间公交末班车延长至23时30分。

　　二、组织领导
　　成立{place}夜间经济工作领导小组，组成人员如下：
　　组长：{head} 市委常委、副市长
　　副组长：俞静山 市商务局局长
　　领导小组办公室设在市商务局，{clerk}同志兼任办公室主任。

　　三、支持措施
　　对新开办的夜市给予每户{money}元补助，补助申请自收到之日起{days}个工作日内办结。
　　每月5日前报送上月进展情况。

{place}人民政府办公室
{year}年3月18日
"""
_SPEECH = """在芝溪鎮夜間經濟推進會上的講話

　　同志們，我們要緊緊圍繞「燈火」工程，着力解決停車難問題。全鎮新增停車泊位430個，安裝路燈1200余盞。
　　各村要在9月底前組建巡查小組，做到有人管事、有錢辦事。
"""
FIRST = {
    "place": "河汀市",
    "year": "2024",
    "streets": "12",
    "shops": "86",
    "head": "卢向晚",
    "clerk": "方小砚",
    "money": "3000",
    "days": "5",
}
SECOND = {"place": "槐岭市", "year": "2023", "streets": "7", "shops": "45", "head": "曲流觞", "clerk": "岑不语", "money": "2000", "days": "10"}  # fmt: skip


def write_notices(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "河汀市夜间经济方案.txt").write_text(_PLAN.format(**FIRST), encoding="utf-8")
    (folder / "槐岭市夜间经济方案.txt").write_text(_PLAN.format(**SECOND), encoding="utf-8")
    (folder / "芝溪镇讲话.txt").write_text(_SPEECH, encoding="utf-8")


def index_of(folder: Path, index_dir: Path) -> Path:
    """Index a folder with the quick encoder in place of the model."""
    build_index([folder], index_dir, IndexSettings(), TinyEncoder(), progress=False)
    return index_dir


@pytest.fixture(scope="session")
def notices_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notices")
    write_notices(folder / "资料")
    return index_of(folder / "资料", folder / "index")


@pytest.fixture
def engine(notices_index: Path) -> Iterator[PolicyQA]:
    opened = PolicyQA(notices_index, TinyEncoder(), Settings())
    yield opened
    opened.close()
