"""The sources pane: one card a citation, or the nearest passages on a refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from indexer.passage import Passage
from qa.answer import Answer, Citation
from retriever.hit import Hit, Span
from ui.output.labels import place_line, where_line
from ui.output.text_output import copies_lines
from ui.web.feedback import choice_html, citation_card, hit_card
from ui.web.markup import marked

#: Characters shown on either side of the quote; a card is for a glance, the page for reading.
CONTEXT = 70
#: Passages shown that are not cited.
NEAREST = 5
RELATED = 5
ORIGINAL = "在原文中查看"
NOT_AN_ANSWER = "最接近的内容（不能作为答案）"

#: Addresses of places in the documents, by passage id and span.
Links = Mapping[tuple[str, Span], str]

EMPTY = (
    '<div class="pq-empty"><strong>依据</strong>'
    "<p>回答引用的原文会列在这里，逐条注明文件、地区、日期和页码，点开就能看到原文中的位置。</p></div>"
)
SEARCHING = '<div class="pq-empty"><strong>依据</strong><p>正在查找资料……</p></div>'


def sources_html(answer: Answer, links: Links, rated: str = "") -> str:
    """The cards of an answer, with buttons where it can be rated under the id ``rated``."""
    if not answer.answered:
        cards = "".join(_hit_card(hit, links, rated) for hit in answer.hits[:NEAREST])
        return _section(NOT_AN_ANSWER, cards, "pq-nearest")
    cards = "".join(_citation_card(citation, links, rated) for citation in answer.citations)
    head = f'<h2 class="pq-pane-title">本次回答的依据<span>{len(answer.citations)} 处</span></h2>'
    cited = {citation.passage.id for citation in answer.citations}
    others = [hit for hit in answer.hits if hit.passage.id not in cited][:RELATED]
    if not others:
        return head + cards
    related = _section("", "".join(_hit_card(hit, links, rated) for hit in others), "pq-related")
    return (
        f'{head}{cards}<details class="pq-more"><summary>其他相关内容（{len(others)} 段）</summary>'
        f"{related}</details>"
    )


def _section(title: str, cards: str, style: str) -> str:
    head = f'<h2 class="pq-pane-title">{title}</h2>' if title else ""
    return f'<div class="{style}">{head}{cards or "<p>没有相近的内容。</p>"}</div>'


def spans_of(answer: Answer) -> list[tuple[Passage, Span]]:
    """Every place that the cards of an answer link to."""
    cited = [(one.passage, one.place[1]) for one in answer.citations]
    return cited + [(hit.passage, hit_span(hit)) for hit in answer.hits[: NEAREST + RELATED]]


def hit_span(hit: Hit) -> Span:
    """What to show of a passage that is not cited: its first match, else its beginning."""
    return hit.highlights[0] if hit.highlights else (0, len(hit.passage.display))


def _citation_card(citation: Citation, links: Links, rated: str) -> str:
    quote = _excerpt(citation.passage.display, (citation.place[1],), CONTEXT)
    badge = f'<span class="pq-number">{citation.n}</span>'
    end = choice_html(rated, citation_card(citation.n))
    end += _link(links.get(citation.place, ""))
    return _card(badge, citation.passage, quote, end)


def _hit_card(hit: Hit, links: Links, rated: str) -> str:
    end = choice_html(rated, hit_card(hit.rank))
    end += _link(links.get((hit.passage.id, hit_span(hit)), ""))
    quote = _excerpt(hit.passage.display, hit.highlights, 2 * CONTEXT)
    return _card("", hit.passage, quote, end, copies_lines(hit))


def _card(badge: str, passage: Passage, quote: str, end: str, copies: Sequence[str] = ()) -> str:
    place = place_line(passage.metadata)
    headings = " › ".join(passage.heading_path)
    rows = [
        f'<header>{badge}<h3 dir="auto">《{escape(passage.title)}》</h3></header>',
        f'<p class="pq-place">{escape(place)}</p>' if place else "",
        f'<p class="pq-headings">{escape(headings)}</p>' if headings else "",
        f'<blockquote dir="auto">{quote}</blockquote>',
        *(f'<p class="pq-headings">同文另见：{escape(line)}</p>' for line in copies),
        f"<footer><span>{escape(where_line(passage))}</span>{end}</footer>",
    ]
    return f'<article class="pq-card">{"".join(rows)}</article>'


def _link(address: str) -> str:
    if not address:
        return ""
    return f'<a href="{escape(address)}" target="_blank" rel="noopener">{ORIGINAL}</a>'


def _excerpt(text: str, spans: Sequence[Span], context: int) -> str:
    """The first span with some text around it, others in that text marked too.

    What is left out shows as an ellipsis.
    """
    first, last = spans[0] if spans else (0, 0)
    start = max(0, first - context)
    end = min(len(text), last + context)
    within = [(a, b) for a, b in spans if a < end and b > start]
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in within]
    words = marked(text[start:end], inside)
    return f"{'……' if start > 0 else ''}{words}{'……' if end < len(text) else ''}"
