"""Synthetic golden questions from a corpus, without a language model.

Their words are the documents' own, so they say how a corpus is found, not how people ask.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.document import Document
from corpus.language.gazetteer import short_name
from eval.datasets.golden import Evidence, GoldenItem
from eval.metrics.matching import bare
from eval.question_sets.drafting import Draft, drafts
from eval.question_sets.typos import mistyped
from retriever.hit import Filters

#: Shares of the types; the rest are known items of type ``fact``.
_SHARES = {"filter": 0.2, "noisy": 0.2, "noans": 0.2}
#: Clauses about different places that are alike to this degree (of 100) are look-alikes.
_ALIKE = 78
#: Of more like clauses than this a part is compared.
_MOST_COMPARED = 2000
#: Real places to ask about where the corpus has nothing of them.
_PLACES = (
    "黑龙江省 江西省 青海省 甘肃省 陕西省 海南省 贵州省 云南省 安徽省 湖南省 "
    "保定市 洛阳市 襄阳市 九江市 赣州市 柳州市 遵义市 大同市 包头市 宝鸡市 芜湖市 绵阳市 株洲市 湛江市 三明市 "
    "烟台市 衢州市 淮安市 吉安市 曲靖市 天水市 铜陵市 岳阳市 宜宾市 齐齐哈尔市 "
    "正定县 兰考县 桐庐县 婺源县 平遥县 曹县 浦城县 长汀县 凤阳县 修水县 德清县 溧水县 "
    "涪陵区 武侯区 雨花区 昌平区 宝山区 黄陂区 南沙区 浑南区 雁塔区 西青区"
).split()
#: A clause tied to its own place or time: it names a smaller place, or says 今年.
_TIED = re.compile(
    r"今年|去年|明年|上年|[\u4e00-\u9fff]{2}(?<!小)(?<!社)(?<!园)(?<!辖)(?<!地)(?<!县)(?<!市)(?<!景)(?<!片)(?<!山)(?<!街)(?<!城)(?<!校)(?<!乡)[市县区镇乡](?![场民长级政委直管])"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: Years before and after a document's own that are asked about.
_YEARS_BEFORE, _YEARS_AFTER = 9, 4


@dataclass
class _Corpus:
    """What drafting has to know of all documents: what there is, and what there is not."""

    drafts: list[Draft] = field(default_factory=list)
    years: set[str] = field(default_factory=set)
    absent: list[str] = field(default_factory=lambda: list(_PLACES))
    titles: dict[str, int] = field(default_factory=dict)
    years_of: dict[str, set[str]] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        """Take a document in."""
        m = document.metadata
        text = "\n".join((m.title, m.issuer, m.region, *(b.text for b in document.blocks)))
        self.years |= {m.year, *_YEAR.findall(text)}
        self.absent = [place for place in self.absent if short_name(place) not in text]
        self.titles[m.title] = self.titles.get(m.title, 0) + 1
        self.years_of.setdefault(m.local_region, set()).add(m.year)
        self.drafts += drafts(document)

    def question(self, draft: Draft) -> str:
        """The question; with the year where the place has documents of several, "" if ambiguous."""
        several = len(self.years_of[draft.region]) > 1
        if draft.region and several and not draft.names_year:
            return draft.question(year=draft.year)
        unclear = not draft.region and self.titles[draft.title] > 1
        return "" if unclear else draft.question()


def read_documents(index_dir: Path) -> Iterator[Document]:
    """The documents of an index, in the order of their files; no model is loaded.

    Raises:
        IndexStateError: there is no index, or it is damaged.
    """
    from corpus.catalogue import Catalogue
    from indexer.local.generations import reading, require_current

    generation = require_current(index_dir)
    with reading(index_dir):
        catalogue = Catalogue(generation.catalogue)
        try:
            yield from catalogue.documents()
        finally:
            catalogue.close()


def synthesize(
    documents: Iterable[Document], count: int = 100, seed: int = 0
) -> tuple[GoldenItem, ...]:
    """At most ``count`` questions, the same for the same documents, count and seed.

    Known items (``fact``), the same badly typed (``noisy``), questions about one of several places
    with the like clause (``filter``), and questions about places and years of which the documents
    say nothing (``noans``). Fewer where the documents do not give as many.
    """
    rng = random.Random(seed)
    corpus = _Corpus()
    for document in documents:
        corpus.add(document)
    pool = _mixed(_clear(corpus), rng)
    # Of a small corpus each type gets its share too.
    count = min(count, len(pool))
    wanted = {kind: int(count * share) for kind, share in _SHARES.items()}
    used: set[str] = set()

    def take(made: Iterator[tuple[str, GoldenItem]], most: int) -> list[GoldenItem]:
        taken: list[GoldenItem] = []
        for source, item in made:
            if len(taken) == most:
                break
            used.add(source)
            taken.append(item)
        return taken

    filtered = take(_look_alikes(pool), wanted["filter"])
    noisy = take(_noisy(_left(pool, used), rng), wanted["noisy"])
    noans = take(_unanswerable(corpus, _left(pool, used), rng), wanted["noans"])
    rest = count - len(filtered) - len(noisy) - len(noans)
    known = take(((q, _item("fact", q, d)) for q, d in _left(pool, used)), rest)
    items = (*known, *noisy, *filtered, *noans)
    width = max(3, len(str(len(items))))
    return tuple(replace(item, id=f"syn{n:0{width}d}") for n, item in enumerate(items, start=1))


def _clear(corpus: _Corpus) -> list[tuple[str, Draft]]:
    """The questions that one document alone answers, with one value."""
    pairs = [(question, d) for d in corpus.drafts if (question := corpus.question(d))]
    asked: dict[str, set[tuple[str, str]]] = {}
    stated: dict[str, set[str]] = {}
    for question, draft in pairs:
        asked.setdefault(bare(question), set()).add((draft.document, draft.answers[0]))
        stated.setdefault(bare(draft.quote), set()).add(draft.document)
    clear: dict[str, tuple[str, Draft]] = {}
    for question, draft in pairs:
        if len(asked[bare(question)]) == len(stated[bare(draft.quote)]) == 1:
            clear.setdefault(bare(question), (question, draft))
    return list(clear.values())


def _mixed(pairs: Sequence[tuple[str, Draft]], rng: random.Random) -> list[tuple[str, Draft]]:
    """One of each document in turn, so that long documents do not crowd out short ones."""
    by_document: dict[str, list[tuple[str, Draft]]] = {}
    for pair in pairs:
        by_document.setdefault(pair[1].document, []).append(pair)
    piles = list(by_document.values())
    rng.shuffle(piles)
    for pile in piles:
        rng.shuffle(pile)
    deepest = max(map(len, piles), default=0)
    return [pile[level] for level in range(deepest) for pile in piles if level < len(pile)]


def _left(pool: Sequence[tuple[str, Draft]], used: set[str]) -> list[tuple[str, Draft]]:
    return [pair for pair in pool if pair[0] not in used]


def _look_alikes(pool: Sequence[tuple[str, Draft]]) -> Iterator[tuple[str, GoldenItem]]:
    """Questions about one place where others have the like clause with another value."""
    from rapidfuzz import fuzz, process

    alike: dict[str, list[Draft]] = {}
    for _, draft in pool:
        group = alike.setdefault(draft.asks, [])
        if draft.place and len(group) < _MOST_COMPARED:
            group.append(draft)
    for question, draft in pool:
        if not draft.place:
            continue
        group = alike[draft.asks]
        found = process.extract(
            draft.stem, [d.stem for d in group], scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None
        )
        others = [group[at] for _, _, at in found if _is_elsewhere(draft, group[at])]
        if others:
            shown = "、".join(dict.fromkeys(f"{d.place}（{d.answers[0]}）" for d in others[:4]))
            item = _item("filter", question, draft, f"别处也有相近的话：{shown}")
            yield question, replace(item, filters=Filters(region=draft.region))


def _is_elsewhere(one: Draft, other: Draft) -> bool:
    nested = one.region.startswith(other.region) or other.region.startswith(one.region)
    return not nested and one.answers[0] != other.answers[0]


def _noisy(
    pool: Sequence[tuple[str, Draft]], rng: random.Random
) -> Iterator[tuple[str, GoldenItem]]:
    for question, draft in pool:
        typed = mistyped(question, draft.place, rng)
        if typed:
            yield question, _item("noisy", typed[0], draft, f"{typed[1]}；原题：{question}")


def _unanswerable(
    corpus: _Corpus, pool: Sequence[tuple[str, Draft]], rng: random.Random
) -> Iterator[tuple[str, GoldenItem]]:
    """Questions about a place or a year that no document names, by turns."""
    asked: set[str] = set()
    for question, draft in pool:
        if not draft.place or draft.names_place or _TIED.search(draft.stem):
            continue
        kind = draft.place[-1]
        places = [place for place in corpus.absent if place[-1] == kind]
        years = [] if draft.names_year else _absent_years(corpus, draft)
        if places and (not years or len(asked) % 2 == 0):
            place = rng.choice(places)
            other, lacks = draft.question(place), place
        elif years:
            year = rng.choice(years)
            other, lacks = draft.question(year=year), f"{year}年"
        else:
            continue
        if other not in asked:
            asked.add(other)
            note = f"合成：资料里没有{lacks}；原题：{question}"
            yield question, GoldenItem("", "noans", other, note=note, synthetic=True)


def _absent_years(corpus: _Corpus, draft: Draft) -> list[str]:
    if not draft.year:
        return []
    own = int(draft.year)
    around = range(own - _YEARS_BEFORE, own + _YEARS_AFTER + 1)
    return [str(year) for year in around if str(year) not in corpus.years]


def _item(kind: str, question: str, draft: Draft, about: str = "") -> GoldenItem:
    """A draft as an item that waits for its id."""
    note = f"合成：{about or '原文一句里的值换成了疑问词'}；出自《{draft.title or draft.doc}》"
    return GoldenItem(
        id="",
        type=kind,
        question=question,
        answers=draft.answers,
        evidence=(Evidence(draft.doc, draft.quote),),
        note=note,
        synthetic=True,
    )
