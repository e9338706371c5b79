"""What a recipe file may say, and what is said to a person who writes another thing."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from corpus.errors import SettingsError
from eval.systems.recipes import KINDS, Recipe, RecipeBook, load_recipes
from retriever.settings import Weights

ONE = '[recipes.a]\nkind = "search"\nlabel = "甲"\n'


def _book(tmp_path: Path, text: str) -> RecipeBook:
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    return load_recipes(path)


def test_the_shipped_recipes_hold_every_kind_and_a_chinese_name_each() -> None:
    book = load_recipes()
    assert {recipe.kind for recipe in book.recipes} == set(KINDS)
    assert all(not recipe.label.isascii() for recipe in book.recipes)
    names = [recipe.name for recipe in book.recipes]
    assert {"baseline", "bm25", "dense", "sentences", "hybrid", "policyqa"} <= set(names)


def test_an_ablation_changes_one_setting_and_leaves_the_rest() -> None:
    (recipe,) = load_recipes().chosen(["hybrid-without-sentences"])
    assert recipe.weights == (("sentence", 0.0),)
    assert recipe.retriever == recipe.reranker == ()


def test_parts_searched_alone_are_never_reranked() -> None:
    alone = load_recipes().chosen(["dense", "sentences", "bm25", "hybrid-without-reranker"])
    assert {recipe.reranker for recipe in alone} == {(("model", ""),)}


def test_a_reranker_is_compared_without_a_shortage_of_time() -> None:
    without, *reranked = load_recipes().chosen(["reranking"])
    assert without.name == "hybrid-without-reranker"
    assert [dict(recipe.reranker)["budget_ms"] for recipe in reranked] == [600_000, 600_000]


def test_names_are_chosen_in_order_and_once() -> None:
    chosen = load_recipes().chosen(["dense", "bm25", "dense"])
    assert [recipe.name for recipe in chosen] == ["dense", "bm25"]


def test_a_group_stands_for_its_recipes() -> None:
    chosen = [recipe.name for recipe in load_recipes().chosen(["txtai", "external"])]
    assert chosen == ["txtai", "baseline", "haystack", "hybrid"]


@pytest.mark.parametrize(
    ("former", "now"),
    [("peers", "external"), ("hybrid-without-mending", "hybrid-without-correction")],
)
def test_former_names_go_on_working(former: str, now: str) -> None:
    book = load_recipes()
    assert book.chosen([former]) == book.chosen([now])


def test_an_unknown_name_is_reported_with_what_there_is() -> None:
    with pytest.raises(SettingsError, match=r"没有叫 bm52 的系统.*baseline.*bm25.*ablation"):
        load_recipes().chosen(["bm52"])


def test_an_own_file_replaces_the_shipped_one(tmp_path: Path) -> None:
    text = (
        ONE + "weights = { lexical = 2 }\nretriever = { candidates = 50, correct_typos = false }\n"
    )
    (recipe,) = _book(tmp_path, text).recipes
    retriever = (("candidates", 50), ("correct_typos", False))
    assert recipe == Recipe("a", "甲", "search", (("lexical", 2.0),), retriever)


def test_the_ablation_takes_each_sign_out_once() -> None:
    book = load_recipes().chosen(["ablation"])
    left_out = [r.weights[0][0] for r in book if len(r.weights) == 1 and r.weights[0][1] == 0]
    assert sorted(left_out) == sorted(field.name for field in fields(Weights))


@pytest.mark.parametrize(
    ("name", "sign"), [("dense", "passage"), ("sentences", "sentence"), ("bm25", "lexical")]
)
def test_a_part_searched_alone_leaves_every_other_sign_out(name: str, sign: str) -> None:
    (recipe,) = load_recipes().chosen([name])
    others = {field.name for field in fields(Weights)} - {sign}
    assert dict(recipe.weights) == dict.fromkeys(others, 0.0)


def test_a_recipe_without_a_label_goes_by_its_name(tmp_path: Path) -> None:
    assert _book(tmp_path, '[recipes.a]\nkind = "baseline"\n').recipes[0].label == "a"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "没有系统"),
        ("recipes = 3\n", "recipes 是 3"),
        ("[recipes]\na = 3\n", "recipes.a 不是表"),
        ("[recipe.a]\n", "没有“recipe”这一项.*recipes、groups"),
        ("[recipes.a]\n", "recipes.a.kind 没有写.*answers、search"),
        ('[recipes.a]\nkind = "serach"\n', "recipes.a.kind 是 'serach'.*answers、search"),
        ('[recipes.a]\nkind = "baseline"\nfusion = "ranks"\n', "没有“fusion”.*kind、label"),
        ('[recipes.a]\nkind = "bm25"\ntokens = "letters"\n', "tokens 是 'letters'.*characters"),
        ('[recipes.a]\nkind = "search"\nlabel = 3\n', "label 是 3"),
        (ONE + "weights = { sentense = 1 }\n", "recipes.a.weights 里没有“sentense”.*、sentence、"),
        (ONE + 'weights = { run = "long" }\n', "weights.run 是 'long'.*与 1.5 同类"),
        (ONE + "weights = 3\n", "recipes.a 的 weights 是 3"),
        (
            ONE + "retriever = { sentence = 1 }\n",
            "没有“sentence”.*应为：candidates、correct_typos；",
        ),
        (ONE + "retriever = { weights = 3 }\n", "没有“weights”.*应为：candidates、correct_typos；"),
        (ONE + "retriever = { correct_typos = 1 }\n", "correct_typos 是 1；.*与 True 同类"),
        (ONE + 'retriever = { candidates = "many" }\n', "candidates 是 'many'.*与 100 同类"),
        (ONE + "retriever = { candidates = true }\n", "candidates 是 True"),
        (ONE + "reranker = { modle = 'x' }\n", "recipes.a.reranker 里没有“modle”.*model"),
        (ONE + "reranker = { budget_ms = 0.5 }\n", "reranker.budget_ms 是 0.5.*与 1500 同类"),
        ('[recipes.a]\nkind = "bm25"\nreranker = { model = "" }\n', "没有“reranker”.*tokens"),
        (ONE + "[groups]\na = ['a']\n", "groups.a 与一个系统重名"),
        (ONE + "[groups]\nb = 'a'\n", "groups.b 不是一组名字"),
        (ONE + "[groups]\nb = ['c']\n", "没有叫 c 的系统"),
        ("[recipes.a\n", "不是正确的 TOML"),
    ],
)
def test_what_does_not_fit_is_reported_in_one_line(
    tmp_path: Path, text: str, complaint: str
) -> None:
    with pytest.raises(SettingsError, match=complaint) as error:
        _book(tmp_path, text)
    assert "\n" not in str(error.value)


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"读不了 .*none\.toml"):
        load_recipes(tmp_path / "none.toml")
