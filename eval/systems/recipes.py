"""Systems by name: what ``recipes.toml`` says can be compared."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.errors import SettingsError
from retriever.settings import RerankSettings, RetrieverSettings, Weights

#: What may be set of each kind of system besides ``kind`` and ``label``.
KINDS: dict[str, tuple[str, ...]] = {
    "answers": ("weights", "retriever", "reranker"),
    "search": ("weights", "retriever", "reranker", "fusion"),
    "bm25": ("tokens",),
    "baseline": (),
    "txtai": (),
    "haystack": (),
}
FUSIONS = ("scores", "ranks")
TOKENS = ("characters", "words", "bigrams+words", "spaces")

Part = Weights | RetrieverSettings | RerankSettings
Changes = tuple[tuple[str, float | bool | str], ...]


@dataclass(frozen=True)
class Recipe:
    """A system under a name.

    Attributes:
        name: as given on the command line.
        label: its name in Chinese, for tables.
        kind: one of ``KINDS``.
        weights: (feature, value) pairs that replace those of ``Weights``.
        retriever: (setting, value) pairs that replace those of ``RetrieverSettings``.
        reranker: the same for ``RerankSettings``; a model that is not named is needed from there.
        fusion: one of ``FUSIONS``.
        tokens: one of ``TOKENS``, for kind ``bm25``.
    """

    name: str
    label: str
    kind: str
    weights: Changes = ()
    retriever: Changes = ()
    reranker: Changes = ()
    fusion: str = "scores"
    tokens: str = "characters"


@dataclass(frozen=True)
class RecipeBook:
    """The recipes of a file, and groups of them that go by one name."""

    recipes: tuple[Recipe, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def chosen(self, names: Sequence[str]) -> tuple[Recipe, ...]:
        """The recipes of these names, groups spelled out, each once, in the order named.

        Raises:
            SettingsError: there is none of a name.
        """
        known = {recipe.name: recipe for recipe in self.recipes}
        groups = dict(self.groups)
        spelled = [one for name in names for one in groups.get(name, (name,))]
        for name in spelled:
            if name not in known:
                raise SettingsError(
                    f"没有叫 {name} 的系统",
                    f"{'、'.join([*known, *groups])} 之一，或运行结果文件",
                    "改正名字",
                )
        return tuple(known[name] for name in dict.fromkeys(spelled))


def load_recipes(path: Path | None = None) -> RecipeBook:
    """The recipes that come with the program, or those of a file in their stead.

    Raises:
        SettingsError: the file is missing or no TOML, or a name or value does not fit; names the
            recipe and what there is to choose from.
    """
    where = str(path) if path else "recipes.toml"
    try:
        source = path if path else files("eval").joinpath("recipes.toml")
        table = tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"读不了 {where}", "UTF-8 编码的 TOML 文件", "检查路径") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{where} 不是正确的 TOML（{error}）", "TOML", "改正后再试") from None
    _check_keys(table, ("recipes", "groups"), where)
    recipes = _table(table, "recipes", where)
    if not recipes:
        raise SettingsError(f"{where} 里没有系统", "至少一个 [recipes.名字]", "补上再试")
    book = RecipeBook(tuple(_recipe(name, given) for name, given in recipes.items()))
    groups = _table(table, "groups", where)
    return RecipeBook(book.recipes, tuple((g, _members(g, m, book)) for g, m in groups.items()))


def names_of(systems: Sequence[str]) -> tuple[str, ...]:
    """Names of recipes that come with the program, groups spelled out.

    Raises:
        SettingsError: there is none of a name.
    """
    return tuple(recipe.name for recipe in load_recipes().chosen(systems))


def _recipe(name: str, given: object) -> Recipe:
    where = f"recipes.{name}"
    if not isinstance(given, dict):
        raise SettingsError(f"{where} 不是表", f"[{where}]", "改正文件")
    kind = _one_of(given, "kind", tuple(KINDS), where)
    _check_keys(given, ("kind", "label", *KINDS[kind]), where)
    label = given.get("label", name)
    if not isinstance(label, str) or not label.strip():
        raise SettingsError(f"{where}.label 是 {label!r}", "一个名字", "改正文件")
    return Recipe(
        name=name,
        label=label,
        kind=kind,
        weights=_overrides(given, "weights", Weights(), where),
        retriever=_overrides(given, "retriever", RetrieverSettings(), where),
        reranker=_overrides(given, "reranker", RerankSettings(), where),
        fusion=_one_of({"fusion": "scores", **given}, "fusion", FUSIONS, where),
        tokens=_one_of({"tokens": TOKENS[0], **given}, "tokens", TOKENS, where),
    )


def _overrides(given: Mapping[str, object], part: str, settings: Part, where: str) -> Changes:
    """Checked against the settings that they replace, so that a new setting needs nothing here."""
    table, where = _table(given, part, where), f"{where}.{part}"
    values = ((f.name, getattr(settings, f.name)) for f in fields(settings))
    # Tables within have a key of their own in a recipe.
    defaults: dict[str, Any] = {name: value for name, value in values if not is_dataclass(value)}
    _check_keys(table, tuple(defaults), where)
    checked: list[tuple[str, float | bool | str]] = []
    for key, value in table.items():
        wanted = type(defaults[key])
        # 1 is as good as 1.0; True is an int to Python and not meant as one.
        fitting = float(value) if wanted is float and type(value) is int else value
        if type(fitting) is not wanted or not isinstance(fitting, bool | int | float | str):
            raise SettingsError(
                f"{where}.{key} 是 {value!r}", f"与 {defaults[key]!r} 同类的值", "改正文件"
            )
        checked.append((key, fitting))
    return tuple(checked)


def _members(group: str, given: object, book: RecipeBook) -> tuple[str, ...]:
    if any(group == recipe.name for recipe in book.recipes):
        raise SettingsError(f"groups.{group} 与一个系统重名", "另一个名字", "改正文件")
    if not isinstance(given, list) or not given:
        raise SettingsError(f"groups.{group} 不是一组名字", '形如 ["甲", "乙"]', "改正文件")
    return tuple(recipe.name for recipe in book.chosen([str(name) for name in given]))


def _table(given: Mapping[str, object], key: str, where: str) -> Mapping[str, object]:
    value = given.get(key, {})
    if not isinstance(value, dict):
        raise SettingsError(f"{where} 的 {key} 是 {value!r}", f"表 [{key}]", "改正文件")
    return value


def _one_of(given: Mapping[str, object], key: str, allowed: Sequence[str], where: str) -> str:
    value = given.get(key)
    if not isinstance(value, str) or value not in allowed:
        got = f"是 {value!r}" if key in given else "没有写"
        raise SettingsError(f"{where}.{key} {got}", f"{'、'.join(allowed)} 之一", "改正文件")
    return value


def _check_keys(given: Mapping[str, object], allowed: Sequence[str], where: str) -> None:
    for key in given:
        if key not in allowed:
            raise SettingsError(f"{where} 里没有“{key}”这一项", "、".join(allowed), "改正文件")
