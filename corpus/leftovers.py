"""What cleaning leaves in a text for a person to look at: damaged characters and masks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_HAN = "\u3400-\u9fff"
_TONED = "a-zü" + "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_DAMAGE = re.compile(
    "|".join(
        (
            r"\ufffd+",  # bytes that no encoding explains
            r"[\ue000-\uf8ff\U000f0000-\U0010fffd]+",  # private use: shown by one font only
            r"[\x80-\x9f]+",  # control characters, as of GBK read as Latin-1
            r"(?:锟斤拷)+|烫{3,}|屯{3,}",  # replacement characters and empty memory read as GBK
            # Shifted GBK bytes (see cleaning/mojibake.py); a question may really end in ?! or ??.
            rf"(?<![吗呢么吧啊呀嘛谁何]|[?!])\?[!,;?](?=[A-Za-z]?[{_HAN}]|\?)",
            rf"\?[{_TONED}]{{1,6}}\s?\)",
            # UTF-8 read as Latin-1: ä¸­å›½ was 中国.
            r"(?:[\u00e2-\u00ef][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]{1,2}){2,}",
        )
    )
)
_X = "xXｘＸ×*＊"
#: A year with its end masked, or a mask that no Latin letter or digit touches but Chinese does
#: (7×24小时 and a Latin word's x are none).
_MASK = re.compile(
    rf"(?<![0-9])(?:20[{_X}]{{1,2}}|20[012][{_X}])(?![0-9A-Za-z])"
    rf"|(?<=[{_HAN}“”《〔、，,。（(])[{_X}]{{1,4}}(?![0-9A-Za-z{_X}-])"
    rf"|(?<![0-9A-Za-z{_X}])[{_X}]{{1,4}}(?=[{_HAN}])"
)
_SAME = str.maketrans("XｘＸ＊", "xxx*")


def find_damage(text: str) -> Iterator[tuple[int, int]]:
    """Spans of characters that look like text read in a wrong encoding and not repaired."""
    return (match.span() for match in _DAMAGE.finditer(text))


def count_masks(text: str) -> Counter[str]:
    """How often each mask stands in a text, e.g. ``20xx`` or ``**``; they are kept on purpose."""
    return Counter(match.group().translate(_SAME) for match in _MASK.finditer(text))
