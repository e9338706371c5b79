"""The chat page: chat and question on the left, sources on the right, filters below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from retriever.hit import Filters
from ui.engine import Engine
from ui.web.cards import EMPTY
from ui.web.chat import View, filters_line, replies
from ui.web.feedback import FeedbackBook
from ui.web.transcripts import Transcripts, links_html

if TYPE_CHECKING:
    import gradio
    from gradio.themes import Base

    from qa.facade import Facets

TITLE = "政策问答"
SUBTITLE = "Ask your policy documents · answers cite their sources"
ANY = "全部"
SCOPE = "筛选范围"
SCOPE_HINT = "地区、年份、文种、发文机关"
#: Questions that are answered at the same time; more wait in line.
AT_ONCE = 4
#: Options of events that wait for no other and show no progress.
_QUIET = {"show_progress": "hidden", "queue": False, "api_visibility": "private"}
WELCOME = (
    '<div class="pq-welcome"><strong>请直接提问</strong><p>用平常的话就行。回答都附原文出处，'
    "点编号可以核对；资料里没有的，会如实说明。</p></div>"
)


@dataclass(frozen=True)
class Behind:
    """What works behind the page; with a book, answers can be rated."""

    engine: Engine
    transcripts: Transcripts
    book: FeedbackBook | None = None


class _Page(NamedTuple):
    """The parts of the page that events change, in the order of the tuples that ``_update`` makes."""

    question: Any
    chat: Any
    sources: Any
    view: Any
    examples: Any
    saves: Any


def build_blocks(behind: Behind, examples: Sequence[str]) -> gradio.Blocks:
    """The page as Gradio blocks."""
    import gradio as gr

    facets = behind.engine.facets()
    blocks: gradio.Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with blocks:
        gr.HTML(_banner(facets), elem_id="pq-banner", apply_default_css=False)
        with gr.Row(elem_id="pq-workspace"):
            with gr.Column(scale=7, min_width=320, elem_id="pq-left"):
                page_chat = _chatbot(gr)
                question = _question_box(gr)
                chips = _example_buttons(gr, examples)
                filters, reset, saves = _controls(gr, facets)
            with gr.Column(scale=5, min_width=320, elem_id="pq-right"):
                sources = gr.HTML(EMPTY, elem_id="pq-sources", apply_default_css=False)
        page = _Page(question, page_chat, sources, gr.State(View()), chips[0], saves)
        _connect(behind, page, filters, (reset, chips[1]))
    return blocks


def _banner(facets: Facets) -> str:
    return (
        f'<div class="pq-banner"><div><h1>{TITLE}</h1><p>{SUBTITLE}</p></div>'
        f'<p class="pq-count">{escape(f"{facets.documents:,}")} 份文件 · '
        f"{escape(f'{facets.passages:,}')} 个段落</p></div>"
    )


def _chatbot(gr: Any) -> Any:
    return gr.Chatbot(
        show_label=False,
        label="对话",
        elem_id="pq-chat",
        height=None,
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        allow_tags=False,
        placeholder=WELCOME,
        layout="bubble",
    )


def _question_box(gr: Any) -> Any:
    return gr.Textbox(
        show_label=False,
        label="问题",
        placeholder="请输入问题，按回车提问",
        lines=1,
        max_lines=5,
        submit_btn="提问",
        autofocus=True,
        elem_id="pq-question",
    )


def _example_buttons(gr: Any, examples: Sequence[str]) -> tuple[Any, list[Any]]:
    with gr.Row(visible=bool(examples), elem_id="pq-examples") as row:
        buttons = [gr.Button(text, size="sm", min_width=80) for text in examples]
    return row, buttons


def _controls(gr: Any, facets: Facets) -> tuple[list[Any], Any, Any]:
    """The drop-downs in the order of ``_filters``' arguments, the reset button, the files' links."""
    with gr.Row(elem_id="pq-controls"):
        with gr.Accordion(_scope_label(Filters()), open=False, elem_id="pq-filters") as accordion:
            with gr.Row():
                filters = [
                    _dropdown(gr, "地区", facets.regions),
                    _dropdown(gr, "年份", facets.years),
                    _dropdown(gr, "文种", facets.doc_types),
                    _dropdown(gr, "发文机关", facets.issuers),
                ]
        saves = gr.HTML("", elem_id="pq-saves", apply_default_css=False)
        reset = gr.Button("新对话", size="sm", scale=0, min_width=96, elem_id="pq-reset")
    for one in filters:
        one.change(
            lambda *values: gr.update(label=_scope_label(_filters(*values))),
            filters,
            accordion,
            **_QUIET,
        )
    return filters, reset, saves


def _dropdown(gr: Any, label: str, values: Sequence[tuple[str, int]]) -> Any:
    choices = [(ANY, ""), *((f"{value}（{count}）", value) for value, count in values)]
    return gr.Dropdown(choices=choices, value="", label=label, min_width=140, interactive=True)


def _scope_label(filters: Filters) -> str:
    return f"{SCOPE}：{filters_line(filters) or SCOPE_HINT}"


def _filters(region: str, year: str, doc_type: str, issuer: str) -> Filters:
    return Filters(region=region, year=year, doc_type=doc_type, issuer=issuer)


def _connect(
    behind: Behind, page: _Page, filters: list[Any], buttons: tuple[Any, list[Any]]
) -> None:
    """Make the question box, the examples and the reset button work."""
    reset, examples = buttons

    def respond(question: str, before: View, *chosen: str) -> Iterator[tuple[Any, ...]]:
        views = replies(behind.engine, before, question or "", _filters(*chosen), behind.book)
        for number, view in enumerate(views):
            # Emptied once only: the next question may be typed while this one is answered.
            yield _update(kept(view, before), clear=number == 0)

    def kept(view: View, before: View) -> View:
        if view.conversation == before.conversation:
            return view
        return replace(view, key=behind.transcripts.keep(view.key, view.conversation))

    def begin_anew(before: View) -> tuple[Any, ...]:
        behind.transcripts.forget(before.key)
        return _update(View(), clear=True)

    options: dict[str, Any] = {
        "outputs": list(page),
        "show_progress": "hidden",
        "concurrency_limit": AT_ONCE,
        "concurrency_id": "ask",
        "api_visibility": "private",
    }
    inputs = [page.view, *filters]
    asked = [page.question.submit(respond, [page.question, *inputs], **options)]
    for button in examples:
        asked.append(button.click(partial(respond, button.value), inputs, **options))
    reset.click(begin_anew, page.view, list(page), cancels=asked, **_QUIET)


def _update(view: View, clear: bool) -> tuple[Any, ...]:
    """What each of ``_Page`` becomes."""
    import gradio as gr

    messages = [{"role": message.role, "content": message.html} for message in view.messages]
    question = "" if clear else gr.skip()
    examples = gr.update(visible=not messages)
    return question, messages, view.sources, view, examples, links_html(view.key)


#: Chinese fonts that come with Windows, macOS, and Linux, in this order; nothing is downloaded.
FONTS = (
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)
MONOSPACE = ("Consolas", "Menlo", "monospace")


def build_theme() -> Base:
    """Gradio's plain theme in policyqa's colours."""
    from gradio.themes import Base, Color

    blue = Color(
        "#f2f6fb", "#e1eaf5", "#c6d7ec", "#9dbbdd", "#6c98c9", "#4376b3",
        "#2c5f9e", "#1f4e8c", "#1a4276", "#163861", "#0f2744",
    )  # fmt: skip
    theme = Base(
        primary_hue=blue,
        secondary_hue=blue,
        neutral_hue="slate",
        text_size="md",
        radius_size="md",
        font=FONTS,
        font_mono=MONOSPACE,
    )
    theme.set(
        body_background_fill="#f5f7fa",
        block_background_fill="#ffffff",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_text_color="#ffffff",
    )
    for name in [name for name in vars(theme) if name.endswith("_dark")]:
        # Gradio follows the system into a dark mode that our cards do not have.
        setattr(theme, name, getattr(theme, name.removesuffix("_dark"), None))
    return theme
