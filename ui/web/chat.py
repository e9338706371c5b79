"""One turn of the web chat, from a question to what the page shows; knows no Gradio."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from html import escape

from corpus.errors import PolicyQAError
from qa.answer import KEPT, Answer, Conversation, Turn
from qa.composition.comparison import NOTHING
from qa.conversation.export import written_by
from retriever.hit import Filters, Span
from ui.engine import Engine, document_reader
from ui.output.labels import where_line
from ui.output.places import Place, document_url, locate
from ui.web.cards import EMPTY, NOT_AN_ANSWER, SEARCHING, Links, sources_html, spans_of
from ui.web.feedback import FeedbackBook, rating_html
from ui.web.markup import inert

#: A longer question is shown cut; what it says is known to the person who pasted it.
SHOWN_QUESTION = 300
WAITING = '<div class="pq-wait">正在查找资料……</div>'
EDIT = "改一改再问"
_MARK = re.compile(r"\[(\d{1,3})\]")
_log = logging.getLogger("policyqa.web")


@dataclass(frozen=True)
class Message:
    """A bubble: ``user`` or ``assistant``, and its HTML, already safe."""

    role: str
    html: str


@dataclass(frozen=True)
class View:
    """What the page shows at one moment, and the conversation behind it.

    Attributes:
        messages: the bubbles, as many as the conversation keeps.
        sources: the sources pane.
        conversation: the turns answered so far.
        key: what the conversation can be fetched by as a file; "" before the first answer.
    """

    messages: tuple[Message, ...] = ()
    sources: str = EMPTY
    conversation: Conversation = field(default_factory=Conversation)
    key: str = ""

    def showing(self, question: str, reply: str, sources: str) -> View:
        """With a question's bubble and its reply's behind what is shown, the oldest gone."""
        new = (Message("user", question), Message("assistant", reply))
        return replace(self, messages=(*self.messages, *new)[-2 * KEPT :], sources=sources)


def replies(
    engine: Engine, before: View, question: str, filters: Filters, book: FeedbackBook | None = None
) -> Iterator[View]:
    """Views of a growing answer; the last is final. Never raises: what goes wrong is shown.

    With a book the final answer can be rated.
    """
    asked = question_html(question, filters)
    yield before.showing(asked, WAITING, SEARCHING)
    turn: Turn | None = None
    try:
        for turn in engine.converse(question, before.conversation.within(filters)):
            yield before.showing(asked, answer_html(turn.answer), SEARCHING)
        if turn is not None:
            yield _final(engine, before, turn, filters, book)
    except PolicyQAError as error:
        yield before.showing(asked, notice_html(str(error)), EMPTY)
    except Exception:
        _log.exception("A question could not be answered")
        text = "程序出了意外，这个问题没有答成。请再试一次；还是这样，请告诉管理员。"
        yield before.showing(asked, notice_html(text), EMPTY)


def _final(
    engine: Engine, before: View, turn: Turn, filters: Filters, book: FeedbackBook | None
) -> View:
    answer, asked = turn.answer, question_html(turn.question, filters)
    after = replace(before, conversation=before.conversation.within(filters).after(turn))
    if answer.source == "reply":
        # Thanks do not take away the sources that one is thanked for.
        return after.showing(asked, answer_html(answer), before.sources)
    links = links_of(engine, answer)
    rated = book.remember(answer, filters) if book else ""
    asked_as = turn.asked_as if turn.question != turn.asked_as else ""
    reply = answer_html(answer, links, rated, asked_as)
    return after.showing(asked, reply, sources_html(answer, links, rated))


def links_of(engine: Engine, answer: Answer) -> dict[tuple[str, Span], str]:
    """Addresses of all places that an answer shows; that of a document that is gone says so."""
    document_of = document_reader(engine)
    links: dict[tuple[str, Span], str] = {}
    for passage, span in spans_of(answer):
        document = document_of(passage.document_id)
        place = locate(document, passage, span) if document else Place(passage.first_block)
        links[passage.id, span] = document_url(passage, place)
    return links


def question_html(question: str, filters: Filters) -> str:
    """The person's own bubble, with the filters that were set."""
    shown = question.strip()
    if len(shown) > SHOWN_QUESTION:
        shown = f"{shown[:SHOWN_QUESTION]}……（共 {len(shown)} 字）"
    scope = filters_line(filters)
    limits = f'<div class="pq-scope">只查：{inert(scope)}</div>' if scope else ""
    return f'<div class="pq-question">{inert(shown) or "（空）"}{limits}</div>'


def filters_line(filters: Filters) -> str:
    """The filters that are set, as ``朝阳市 · 2023``."""
    values = (getattr(filters, one.name) for one in fields(filters))
    return " · ".join(value for value in values if value)


def notice_html(text: str) -> str:
    """A bubble that says what went wrong."""
    return f'<div class="pq-notice">{inert(text)}</div>'


def answer_html(
    answer: Answer, links: Links | None = None, rated: str = "", asked_as: str = ""
) -> str:
    """The answer's bubble; without links while it grows, without buttons where it has no id.

    ``asked_as`` is what a follow-up was read as, which a button puts into the question box.
    """
    kind = "" if answer.answered else " pq-reply" if answer.source == "reply" else " pq-refusal"
    parts = [f'<div class="pq-answer{kind}">']
    if answer.notice:
        parts.append(f'<div class="pq-remark">{inert(answer.notice)}{_edit(asked_as)}</div>')
    if answer.exact_value:
        parts.append(f'<div class="pq-short">{inert(answer.exact_value)}</div>')
    shown = _table(answer, links or {}) or _numbered(answer, answer.text, links or {})
    parts.append(f'<div class="pq-text">{shown}</div>{_nearest(answer)}')
    if links is not None:
        parts += [_basis(answer, links), _footer(answer)]
    return "".join((*parts, rating_html(rated), "</div>"))


def _edit(asked_as: str) -> str:
    if not asked_as:
        return ""
    # In ``value``, because Gradio takes ``data-`` attributes out of messages.
    return f' <button type="button" class="pq-edit" value="{inert(asked_as)}">{EDIT}</button>'


def _nearest(answer: Answer) -> str:
    """The nearest facts below a refusal, each with how it differs."""
    items = [
        f"<li><strong>{inert(near.difference)}</strong>：{inert(near.citation.quote.strip())}"
        f"<span>《{inert(near.citation.passage.title)}》</span></li>"
        for near in answer.nearest
    ]
    return f'<ul class="pq-near"><li>{NOT_AN_ANSWER}</li>{"".join(items)}</ul>' if items else ""


def _table(answer: Answer, links: Links) -> str:
    """A comparison as rows of name, exact value and words; "" where the answer is none."""
    rows = []
    for row in answer.comparison:
        value = f'<div class="pq-short">{inert(row.value)}</div>' if row.value else ""
        words = _numbered(answer, row.said or NOTHING, links)
        rows.append(f'<tr><th scope="row">{inert(row.name)}</th><td>{value}{words}</td></tr>')
    return f'<table class="pq-compared"><tbody>{"".join(rows)}</tbody></table>' if rows else ""


def _numbered(answer: Answer, words: str, links: Links) -> str:
    """The words with each ``[n]`` that is a citation made a link to its place."""
    cited = {citation.n: citation for citation in answer.citations}
    parts: list[str] = []
    at, text = 0, words.strip()
    for mark in _MARK.finditer(text):
        if citation := cited.get(int(mark[1])):
            address = links.get(citation.place, "")
            parts += [inert(text[at : mark.start()]), _reference(citation.n, address)]
            at = mark.end()
    return "".join((*parts, inert(text[at:])))


def _reference(number: int, address: str) -> str:
    if not address:
        return f'<span class="pq-ref">{number}</span>'
    return (
        f'<a class="pq-ref" href="{escape(address)}" target="_blank" '
        f'title="在原文中查看第 {number} 处依据">{number}</a>'
    )


def _basis(answer: Answer, links: Links) -> str:
    """One line a citation, so that an earlier answer keeps its sources."""
    lines = []
    for citation in answer.citations:
        address = links.get(citation.place, "")
        name = f"《{citation.passage.title}》 {where_line(citation.passage)}"
        lines.append(
            f'<a href="{escape(address)}" target="_blank">'
            f'<span class="pq-ref">{citation.n}</span>{inert(name)}</a>'
        )
    return f'<div class="pq-basis">{"".join(lines)}</div>' if lines else ""


def _footer(answer: Answer) -> str:
    kind = written_by(answer) if answer.answered else "没有找到可以作为答案的原文"
    return f'<div class="pq-meta">{kind} · 用时 {answer.ms / 1000:.1f} 秒</div>'
