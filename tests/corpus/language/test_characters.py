"""Characters that are meant for others."""

from __future__ import annotations

import unicodedata

import pytest

from corpus.language.characters import unified


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("⻄⻢市⼈⺠政府", "西马市人民政府"),
        ("⼀、⻋辆⻛险，⾼⻰区⻝品", "一、车辆风险，高龙区食品"),
        ("每年\uf901新一次，\uf934年人", "每年更新一次，老年人"),
        ("\U0002f800ﬁle", "丽file".replace("丽", unicodedata.normalize("NFKC", "\U0002f800"))),
        ("10⁶、352¹万人、m²、㎡、１２％、①", "10⁶、352¹万人、m²、㎡、１２％、①"),
    ],
)
def test_radicals_and_compatibility_ideographs_are_read_as_what_they_mean(
    written: str, meant: str
) -> None:
    assert unified(written) == meant


def test_every_kangxi_radical_becomes_a_unified_ideograph() -> None:
    radicals = "".join(chr(code) for code in range(0x2F00, 0x2FD6))
    assert all("\u4e00" <= character <= "\u9fff" for character in unified(radicals))
