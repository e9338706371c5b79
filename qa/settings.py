"""All settings in one place: defaults, a TOML file, and the environment."""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_type_hints

from corpus.errors import SettingsError
from indexer.settings import IndexSettings
from qa.generation.chat_model import ModelSettings
from qa.pipeline import AnswerSettings
from retriever.settings import RerankSettings, RetrieverSettings

#: ``POLICYQA_INDEX__MODEL=BAAI/bge-m3`` sets ``index.model``.
_PREFIX = "POLICYQA_"
#: Names of the last release, still taken: where they stand → what they are called now.
_FORMER = {
    "retriever.mend": "correct_typos",
    "answer.refusal": "answerability",
    "answer.answerability.strength": "relative_score",
}
_TYPE_NAMES = {
    bool: "true 或 false", int: "整数", float: "数", str: "文字", Path: "路径",
    tuple[str, ...]: "一组名字，如 [\"stray spaces\"]",
}  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """Everything that can be set; each part goes to the stage it belongs to.

    Attributes:
        index: how documents are read, cut and encoded.
        retriever: how a search weighs its parts.
        reranker: an optional second ranking by a cross-encoder.
        answer: how answers are made and when they are refused.
        model: an optional language model.
    """

    index: IndexSettings = field(default_factory=IndexSettings)
    retriever: RetrieverSettings = field(default_factory=RetrieverSettings)
    reranker: RerankSettings = field(default_factory=RerankSettings)
    answer: AnswerSettings = field(default_factory=AnswerSettings)
    model: ModelSettings = field(default_factory=ModelSettings)


def load_settings(
    path: Path | None = None, environment: Mapping[str, str] | None = None
) -> Settings:
    """Defaults, overridden by a TOML file, overridden by the environment.

    Args:
        path: a TOML file with tables ``[index]``, ``[retriever]``, ``[reranker]``, ``[answer]``,
            ``[model]``.
        environment: variables to read instead of the process's own.

    Raises:
        SettingsError: the file is missing or no TOML, or a name or value does not fit.
    """
    values: dict[str, Any] = _read(path) if path else {}
    for name, text in (os.environ if environment is None else environment).items():
        if name.startswith(_PREFIX) and "__" in name:
            _put(values, name[len(_PREFIX) :].lower().split("__"), text)
    settings: Settings = _fill(Settings(), values, "")
    return settings


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"读不了设置文件 {path}", "UTF-8 编码的 TOML 文件", "检查路径和权限"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"设置文件 {path} 不是正确的 TOML（{error}）", "TOML", "改正后再试"
        ) from error


def _put(values: dict[str, Any], keys: list[str], text: str) -> None:
    for key in keys[:-1]:
        inner = values.setdefault(key, {})
        if not isinstance(inner, dict):
            return
        values = inner
    values[keys[-1]] = text


def _fill(default: Any, values: Mapping[str, Any], where: str) -> Any:
    """``default`` with the given values; nested dataclasses take nested tables."""
    types = get_type_hints(type(default))
    known = {f.name for f in fields(default)}
    changes: dict[str, Any] = {}
    for given, value in values.items():
        name = _FORMER.get(f"{where}{given}", given)
        dotted = f"{where}{name}"
        if name not in known:
            names = "、".join(sorted(where + k for k in known))
            raise SettingsError(f"没有设置项 {dotted}", names, "改正设置项的名字")
        # A part may be given under its former name and under its present one.
        old = changes.get(name, getattr(default, name))
        if is_dataclass(old):
            if not isinstance(value, dict):
                raise SettingsError(f"{dotted} 是 {value!r}", f"表 [{dotted}]", "改正设置文件")
            changes[name] = _fill(old, value, f"{dotted}.")
        else:
            changes[name] = _convert(value, types[name], dotted)
    return replace(default, **changes)


def _convert(value: Any, wanted: Any, name: str) -> Any:
    """Text from the environment or a TOML value as the type the setting has."""
    try:
        if wanted is bool:
            if isinstance(value, bool):
                return value
            return {"true": True, "1": True, "false": False, "0": False}[str(value).lower()]
        if wanted is Path:
            return Path(str(value)).expanduser()
        if wanted in (int, float) and not isinstance(value, bool):
            number = wanted(value)
            # 「2.7」 is no whole number, and 「nan」 none to compare with.
            if math.isfinite(number) and (isinstance(value, str) or number == value):
                return number
        if wanted is str and isinstance(value, str):
            return value
        if wanted == tuple[str, ...]:
            names = value.split(",") if isinstance(value, str) else value
            if isinstance(names, list) and all(isinstance(n, str) for n in names):
                return tuple(n.strip() for n in names if n.strip())
    except (ValueError, TypeError, KeyError, OverflowError):
        pass
    raise SettingsError(f"{name} 是 {value!r}", _TYPE_NAMES[wanted], "改正设置的值")
