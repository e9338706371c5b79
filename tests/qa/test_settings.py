"""Settings from defaults, a file and the environment."""

from __future__ import annotations

import dataclasses
import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import SettingsError
from qa.settings import Settings, load_settings
from retriever.settings import Weights


def written(folder: Path, text: str) -> Path:
    path = folder / "policyqa.toml"
    path.write_text(text, encoding="utf-8")
    return path


def error(path: Path | None, environment: dict[str, str] | None = None) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(path, environment or {})
    line = str(caught.value)
    assert "\n" not in line
    return line


def test_without_a_file_and_variables_the_defaults_hold() -> None:
    settings = load_settings(environment={})
    assert settings == Settings()
    assert settings.index.model == "multilingual-e5-small"
    assert settings.model.name == ""


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[index]\nmodel = "BAAI/bge-m3"\nocr = false\n[index.passages]\ntarget = 200\n'
        "[answer.answerability]\nworded = 1\n[retriever]\ncandidates = 50\n",
    )
    settings = load_settings(path, {})
    assert settings.index.model == "BAAI/bge-m3"
    assert settings.index.ocr is False
    assert settings.index.passages.target == 200
    assert settings.index.passages.longest == Settings().index.passages.longest
    assert settings.answer.answerability.worded == 1.0
    assert settings.retriever.candidates == 50


def test_a_variable_goes_before_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, '[index]\nmodel = "a"\nbatch_tokens = 4\n')
    settings = load_settings(
        path,
        {
            "POLICYQA_INDEX__MODEL": "b",
            "POLICYQA_ANSWER__COMPOSE__LONGEST": "90",
            "POLICYQA_RETRIEVER__WEIGHTS__LEXICAL": "0.5",
            "POLICYQA_RETRIEVER__CORRECT_TYPOS": "false",
            "POLICYQA_MODEL__TIMEOUT_SECONDS": "2.5",
            "POLICYQA_INDEX__OCR": "false",
            "POLICYQA_INDEX__CACHE_DIR": "~/models",
        },
    )
    assert settings.index.model == "b"
    assert settings.index.batch_tokens == 4
    assert settings.answer.compose.longest == 90
    assert settings.retriever.weights == Weights(lexical=0.5)
    assert settings.retriever.correct_typos is False
    assert settings.model.timeout_seconds == 2.5
    assert settings.index.ocr is False
    assert settings.index.cache_dir == Path.home() / "models"


def test_variables_of_other_programs_are_left_alone() -> None:
    assert load_settings(environment={"PATH": "/x", "POLICYQA_HOME": "/y"}) == Settings()


def test_an_unknown_name_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    line = error(written(tmp_path, '[model]\nnmae = "x"\n'))
    assert "model.nmae" in line
    assert "model.name" in line
    assert "model.timeout_seconds" in line
    assert "retriever" in error(written(tmp_path, "[search]\nk = 1\n"))
    assert "index.model" in error(None, {"POLICYQA_INDEX__MODLE": "x"})


@pytest.mark.parametrize(
    "text",
    [
        '[index]\nbatch_tokens = "viele"\n',
        "[index]\nbatch_tokens = 2.5\n",
        "[index]\nbatch_tokens = true\n",
        "[index]\nmodel = 3\n",
        '[index]\nocr = "vielleicht"\n',
        "[retriever.weights]\nlexical = nan\n",
        "[retriever.weights]\nlexical = inf\n",
        "[retriever]\nweights = 3\n",
        "[retriever]\ncorrect_typos = 2\n",
        "[retriever]\ncandidates = [1, 2]\n",
        "index = 3\n",
        '[index.model]\nname = "x"\n',
        "[index]\npasses = 1\n",
    ],
)
def test_a_value_of_another_type_is_one_line_naming_it(tmp_path: Path, text: str) -> None:
    line = error(written(tmp_path, text))
    assert re.search(r"index|retriever", line)
    assert "应为" in line


@pytest.mark.parametrize("value", ["x", "1.5", "nan", ""])
def test_a_variable_that_is_no_number_is_one_line(value: str) -> None:
    assert "index.batch_tokens" in error(None, {"POLICYQA_INDEX__BATCH_TOKENS": value})


def test_a_variable_below_a_value_is_one_line(tmp_path: Path) -> None:
    assert "index.model" in error(None, {"POLICYQA_INDEX__MODEL__NAME": "x"})
    path = written(tmp_path, "index = 3\n")
    assert "index" in error(path, {"POLICYQA_INDEX__MODEL": "x"})


def test_a_missing_or_unreadable_file_is_one_line(tmp_path: Path) -> None:
    assert "fehlt.toml" in error(tmp_path / "fehlt.toml")
    assert "读不了" in error(tmp_path)
    path = tmp_path / "gbk.toml"
    path.write_bytes('[index]\nmodel = "模型"\n'.encode("gb18030"))
    assert "UTF-8" in error(path)


def test_a_file_that_is_no_toml_is_one_line(tmp_path: Path) -> None:
    assert "TOML" in error(written(tmp_path, "[index\nmodel = x\n"))


def test_a_key_is_not_printed_with_the_settings() -> None:
    settings = load_settings(environment={"POLICYQA_MODEL__API_KEY": "geheim"})
    assert settings.model.api_key == "geheim"
    assert "geheim" not in repr(settings)


def _parts(settings: Any) -> list[Any]:
    inner = [getattr(settings, f.name) for f in dataclasses.fields(settings)]
    return [settings, *(p for i in inner if dataclasses.is_dataclass(i) for p in _parts(i))]


@pytest.mark.parametrize("part", _parts(Settings()), ids=lambda part: type(part).__name__)
def test_every_setting_is_explained_and_none_can_be_changed_in_place(part: Any) -> None:
    help_text = inspect.getdoc(type(part)) or ""
    own = [f.name for f in dataclasses.fields(part)]
    assert len(own) <= 8
    for name in own:
        assert re.search(rf"^\s*{name}: \S", help_text, re.MULTILINE), name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(part, own[0], None)


def test_the_names_of_the_last_release_are_still_taken(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[retriever]\nmend = false\n[answer.refusal]\nworded = 0.5\nstrength = 0.7\n")
    settings = load_settings(path, {})
    assert settings.retriever.correct_typos is False
    assert settings.answer.answerability.worded == 0.5
    assert settings.answer.answerability.relative_score == 0.7


def test_a_part_under_both_its_names_keeps_what_each_sets(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[answer.answerability]\nworded = 0.5\n")
    settings = load_settings(path, {"POLICYQA_ANSWER__REFUSAL__STRENGTH": "0.7"})
    found = settings.answer.answerability
    assert (found.worded, found.relative_score) == (0.5, 0.7)
