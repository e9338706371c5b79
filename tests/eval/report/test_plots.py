"""Where values lie on an axis, and what is written beside it."""

from __future__ import annotations

import pytest

from eval.report.plots import Axis, around, horizontal_axis, legend, mark, width_of


def test_a_value_lies_between_the_ends() -> None:
    axis = Axis(0, 1, 100, 300)
    assert [axis.at(v) for v in (0, 0.25, 1)] == [100, 100 + 0.25 * 200, 300]


def test_an_axis_may_point_up() -> None:
    assert Axis(0, 10, 200, 0).at(2.5) == 200 - 0.25 * 200


def test_equal_factors_are_equal_steps_on_a_logarithmic_axis() -> None:
    axis = Axis(1, 100, 0, 200, log=True)
    assert [axis.at(v) for v in (1, 10, 100)] == [0, 100, 200]


@pytest.mark.parametrize("log", [False, True])
def test_values_outside_lie_at_the_ends(log: bool) -> None:
    axis = Axis(1, 10, 0, 90, log=log)
    assert (axis.at(-5), axis.at(0), axis.at(99)) == (0, 0, 90)


@pytest.mark.parametrize(
    ("axis", "ticks"),
    [
        (Axis(0, 1, 0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (Axis(-0.12, 0.12, 0, 1), [-0.1, -0.05, 0, 0.05, 0.1]),
        (Axis(0, 0.33, 0, 1), [0, 0.1, 0.2, 0.3]),
        (Axis(9, 210, 0, 1, log=True), [10, 20, 50, 100, 200]),
        (Axis(230, 520, 0, 1, log=True), [250, 300, 350, 400, 450, 500]),
        (Axis(900, 2e5, 0, 1, log=True), [1e3, 1e4, 1e5]),
        (Axis(9, 2e6, 0, 1, log=True), [10, 100, 1e3, 1e4, 1e5, 1e6]),
    ],
)
def test_ticks_are_round_and_few(axis: Axis, ticks: list[float]) -> None:
    assert axis.ticks() == pytest.approx(ticks)


def test_zero_has_no_sign() -> None:
    drawn = horizontal_axis(Axis(-1, 1, 0, 100), 0, 10, "差", "+.1f")
    assert ">0.0</text>" in drawn and "+0.0" not in drawn
    assert ">+0.5</text>" in drawn


def test_a_logarithmic_axis_surrounds_its_values() -> None:
    low, high = around([10, 0, 1000])
    assert 0 < low < 10 and high > 1000
    assert around([])[0] < 1 < around([])[1]


def test_a_legend_breaks_its_lines() -> None:
    _, one = legend([(0, "甲"), (1, "乙")], 0, 400, 20)
    _, two = legend([(0, "很长很长的名字"), (1, "很长很长的名字")], 0, 200, 20)
    assert two > one


def test_chinese_is_as_wide_as_it_is_high() -> None:
    assert width_of("题型") == 2 * 13
    assert width_of("ab") < width_of("题型")


def test_marks_of_different_systems_differ_without_colour() -> None:
    shapes = {mark(number, 0, 0).split(' d="')[1] for number in range(8)}
    assert len(shapes) == 8


def test_a_tip_cannot_break_the_picture() -> None:
    assert "<title>a&lt;b</title>" in mark(0, 1, 2, "a<b")
