"""Which of the hits may speak for an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.answer import CANNOT_ANSWER
from qa.facade import PolicyQA
from qa.settings import Settings
from tests.conftest import TinyEncoder
from tests.qa.conftest import index_of

_LOCAL = """河汀市人民政府关于夜市管理的通知

　　河汀市夜市在河汀市商务局登记。夜市每户补助3000元，河汀市各区县做好河汀市夜市服务。

河汀市人民政府
2024年3月18日
"""
_NATIONAL = """国务院办公厅关于地摊税费减免的通知

　　小规模摊贩免征地摊登记税费，地摊登记税费减免期限为六个月。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder = tmp_path_factory.mktemp("national")
    (folder / "资料").mkdir()
    (folder / "资料" / "河汀.txt").write_text(_LOCAL, encoding="utf-8")
    (folder / "资料" / "国务院.txt").write_text(_NATIONAL, encoding="utf-8")
    return PolicyQA(index_of(folder / "资料", Path(folder / "index")), TinyEncoder(), Settings())


def test_a_document_of_the_whole_country_answers_where_the_place_is_silent(
    engine: PolicyQA,
) -> None:
    answer = engine.ask("河汀市地摊登记税费减免期限是多久？")
    assert "六个月" in answer.text
    assert "没有专门说到河汀" in answer.notice


def test_what_the_place_says_itself_comes_first(engine: PolicyQA) -> None:
    answer = engine.ask("河汀市夜市每户补助多少元？")
    assert answer.short_answer == "3000元"
    assert answer.notice == ""


def test_a_place_that_no_document_is_about_is_refused_all_the_same(engine: PolicyQA) -> None:
    answer = engine.ask("杭州市地摊登记税费减免期限是多久？")
    assert not answer.answered
    assert answer.text.startswith(CANNOT_ANSWER)


def test_a_year_that_no_document_is_of_is_refused(engine: PolicyQA) -> None:
    assert "2009年" in engine.ask("2009年河汀市夜市每户补助多少元？").text
    assert engine.ask("2024年河汀市夜市每户补助多少元？").short_answer == "3000元"


def test_a_place_that_nobody_knows_is_refused_by_name(engine: PolicyQA) -> None:
    assert "关于苔溪县的" in engine.ask("苔溪县夜市每户补助多少元？").text
