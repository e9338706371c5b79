"""Lines that frame a text and say nothing of its subject: headings, sign-offs, lead-ins."""

from __future__ import annotations

import re

from indexer.passage import Passage
from retriever.question import AnswerKind

#: A sentence shorter than this is shown with the heading in front of it.
_TELLING = 25
_LEAD_IN = re.compile(r"[：:]$|如下[。：:]?$")
_DATE = r"(?:\d{4}|20[xX×*]{2}|[二一][〇○零一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
#: 「临漪市人民政府办公室 2024年3月18日」, 「枫街通〔2024〕18号」, 「各县、区人民政府，市政府各部门：」.
_SIGN_OFF = re.compile(
    rf"^[\u4e00-\u9fffxX×*（）()、 \n]{{0,40}}{_DATE}[）)印发\s]*$"
    r"|^[\u4e00-\u9fff\s]{0,30}〔\d{4}〕\s*\d+\s*号$|^[^。；]{0,40}各[^。；]{2,60}[：:]$"
)
_CONTACT = re.compile(
    r"^(?:联系人|联系电话|电话|传真|通[信讯]地址|地址|邮政编码|邮编|电子邮箱|邮箱)[：:]"
)
#: Kinds to whose questions a line of contacts may be the answer.
_CONTACT_KINDS = (AnswerKind.CONTACT, AnswerKind.PERSON, AnswerKind.ORGANISATION)


def is_lead_in(words: str) -> bool:
    """Whether a sentence only announces what follows: 「应当同时具备下列条件：」."""
    return _LEAD_IN.search(words.strip()) is not None


def is_filler(kind: AnswerKind, words: str, passage: Passage) -> bool:
    """Whether a sentence of a passage frames it and cannot answer a question of that kind."""
    lines = [line.strip() for line in words.strip().split("\n") if line.strip()]
    frames = _frames(passage)
    rest = "\n".join(line for line in lines if line.rstrip("。：:") not in frames)
    if not rest:
        return True
    if kind not in _CONTACT_KINDS and _CONTACT.match(rest):
        return True
    return _SIGN_OFF.match(rest) is not None


def is_question(words: str) -> bool:
    """Whether a sentence only asks: 「企业何时能够复工？」; what answers it stands behind."""
    return words.strip().rstrip('”’"').endswith(("？", "?"))


def is_sign_off(words: str) -> bool:
    """Whether a sentence is the issuer and the date below a document."""
    return _SIGN_OFF.match(words.strip()) is not None


def without_headings(text: str, start: int, end: int, passage: Passage) -> int:
    """Where a span begins once the heading lines at its front are skipped.

    A passage opens with its headings, and a short one is kept together with the sentence behind it.
    A span that is nothing but headings stays as it is.
    """
    frames = _frames(passage)
    at = start
    while True:
        stop = text.find("\n", at, end)
        if stop < 0 or text[at:stop].strip().rstrip("。：:") not in frames:
            break
        at = stop + 1
    rest = text[at:end].strip()
    if len(rest) < _TELLING and rest.rstrip("。：:") not in frames:
        # 「组长：李家军 副组长：范希征」 says little without the heading that names the body.
        at = max(text.rfind("\n", start, max(at - 1, start)) + 1, start)
    return at if rest else start


def _frames(passage: Passage) -> frozenset[str]:
    return frozenset(h.strip().rstrip("。：:") for h in (passage.title, *passage.heading_path))
