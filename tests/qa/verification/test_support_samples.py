"""The sample documents' own sentences are proved, and none of some thousand twisted ones is."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.load import load_path
from corpus.structure.sentences import sentence_spans
from indexer.chunking import split_passages
from indexer.passage import Passage
from indexer.settings import PassageSettings
from qa.verification.alignment import words
from qa.verification.support import check_support

pytestmark = pytest.mark.slow

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NEGATION = re.compile("不得|不|未|无|非|没有|没|禁止")
#: A shorter sentence has nothing to twist.
_SHORTEST = 12


@pytest.fixture(scope="module")
def passages(sample_docs: Path) -> list[Passage]:
    """Of the documents that are text; the others would be read by OCR."""
    files = sorted(f for f in sample_docs.iterdir() if f.suffix in (".txt", ".md", ".html"))
    documents = [d for file in files for result in load_path(file) for d in result.documents]
    return [p for d in documents for p in split_passages(d, PassageSettings())]


def sentences(passages: list[Passage]) -> Iterator[tuple[str, Passage]]:
    for passage in passages:
        for start, end in sentence_spans(passage.text):
            sentence = passage.text[start:end].strip()
            if len(sentence) >= _SHORTEST:
                yield sentence, passage


def is_said(sentence: str, passage: Passage) -> bool:
    """Whether the twisted sentence happens to stand there all the same."""
    own, held = ([word.form for word in words(text)] for text in (sentence, passage.text))
    return " ".join(own).strip(" ，") in " ".join(held)


def held(twisted: list[tuple[str, Passage]]) -> list[str]:
    return [s for s, p in twisted if not is_said(s, p) and check_support(s, [p]).is_supported]


def test_every_sentence_is_proved(passages: list[Passage]) -> None:
    every = list(sentences(passages))
    assert len(every) > 300
    assert [s for s, p in every if not check_support(s, [p]).is_supported] == []


def test_no_number_can_be_changed_for_another_of_the_passage(passages: list[Passage]) -> None:
    chance = random.Random(1)
    twisted = []
    for sentence, passage in sentences(passages):
        others = _NUMBER.findall(passage.text)
        for match in _NUMBER.finditer(sentence):
            other = chance.choice(others)
            if float(other) != float(match.group()):
                changed = sentence[: match.start()] + other + sentence[match.end() :]
                twisted.append((changed, passage))
    assert len(twisted) > 500
    assert held(twisted) == []


def test_no_negation_can_be_left_out(passages: list[Passage]) -> None:
    twisted = [
        (sentence[: match.start()] + sentence[match.end() :], passage)
        for sentence, passage in sentences(passages)
        for match in _NEGATION.finditer(sentence)
    ]
    assert len(twisted) > 100
    assert held(twisted) == []


def test_no_clauses_can_change_places(passages: list[Passage]) -> None:
    chance = random.Random(1)
    twisted = []
    for sentence, passage in sentences(passages):
        clauses = sentence.rstrip("。；").split("，")
        turned = chance.sample(clauses, len(clauses))
        if turned != clauses:
            twisted.append(("，".join(turned), passage))
    assert len(twisted) > 100
    assert held(twisted) == []


def test_no_sentence_is_proved_by_another_passage(passages: list[Passage]) -> None:
    chance = random.Random(1)
    twisted = [(sentence, chance.choice(passages)) for sentence, _ in sentences(passages)]
    assert held(twisted) == []
