"""Random text made of what stands in such documents, dirt included."""

from __future__ import annotations

import re

from hypothesis import strategies as st

PIECES = (
    *"街道办事处全市工作的是一二三、（）()《》“”‘’，。；：！？,:;!?〔〕【】",
    *"創設廣場圍繞顯著名乾坤縣",
    *"0123456789xX*%．.",
    *" \t\u3000\u200b\ufeff",
    "(chuàng )", "（shí）", "(一)", "(市、區)", "（2）", "第一章", "一、", "（二）", "1.", "一是",
    "##paidend##", "2023年4月24日", "中共霖川市委", "关于印发方案的通知", "联系电话：", "20xx年",
    "问题：", "目　录", "\t12", "……3", "**市", "霖川市民政局", "。", "，",
)  # fmt: skip
HAN = re.compile("[\u3400-\u9fff]")

#: One line: pieces that rules look for, put together at random, and now and then any character.
lines = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), min_size=1, max_size=25
).map(lambda pieces: "".join(pieces).replace("\n", "").replace("\r", ""))
#: Several lines, some of them blank.
texts = st.lists(st.one_of(st.just(""), lines), min_size=1, max_size=30)


def han_of(text: str) -> str:
    """The Chinese characters of a text in order."""
    return "".join(HAN.findall(text))
