"""A conversation as a Markdown or Word file: questions, answers, quotes and where they stand."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from corpus.errors import PolicyQAError
from indexer.passage import Passage
from qa.answer import Answer, Citation, Conversation, Turn
from qa.composition.comparison import NOTHING

HEADING = "政策问答记录"
#: What Markdown or HTML would read as its own.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$&]")
#: At the start of a line these begin a list, a heading or a rule.
_LINE_MARKUP = re.compile(r"^(\s*|\s*\d+)(?:(?<!\d)([-+=:])|(?<=\d)([.)])(?=\s))", re.MULTILINE)
#: XML cannot hold these, and so a Word file cannot.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Label(StrEnum):
    """What the file says between the words of the conversation."""

    SOURCES = "依据"
    NAME = "对象"
    VALUE = "数值"
    WORDS = "原文"
    EXTRACTIVE = "答案摘自原文"
    MODEL = "由语言模型依据原文写成，请核对引文"


class ExportForm(StrEnum):
    """The kinds of file, by the end of their name."""

    MARKDOWN = "md"
    WORD = "docx"


def exported(conversation: Conversation, form: ExportForm) -> bytes:
    """The bytes of the file.

    Raises:
        PolicyQAError: nothing was asked in the conversation.
    """
    if not conversation.turns:
        raise PolicyQAError("对话是空的", "至少问过一个问题的对话", "先提问，再导出")
    if form is ExportForm.WORD:
        return to_word(conversation)
    return to_markdown(conversation).encode("utf-8")


def source_lines(passage: Passage) -> list[str]:
    """What is known of where a passage stands, one line for each."""
    metadata = passage.metadata
    page = "" if passage.page is None else f" 第{passage.page}页"
    dated = metadata.date or (f"{metadata.year}年" if metadata.year else "")
    named = (
        ("出处", f"《{passage.title}》"),
        ("位置", " › ".join(" ".join(h.split()) for h in passage.heading_path)),
        ("文件", f"{passage.doc}{page}"),
        ("发文机关", metadata.issuer),
        ("发文字号", metadata.number),
        ("日期", dated),
        ("地区", metadata.region),
    )
    return [f"{name}：{_clean(value)}" for name, value in named if value]


def to_markdown(conversation: Conversation) -> str:
    """As Markdown; nothing in a question or a document can act as markup."""
    lines = [f"# {HEADING}", ""]
    for number, turn in enumerate(conversation.turns, start=1):
        lines += [f"## {number}. {_inert_line(turn.question)}", ""]
        for kind, text in _paragraphs(turn):
            shown = _inert(text).replace("\n", "  \n")
            lines += [f"**{shown}**" if kind == "value" else shown, ""]
        lines += _table(turn.answer)
        if turn.answer.citations:
            lines += [f"**{_Label.SOURCES}**", ""]
        for citation in turn.answer.citations:
            quote = _inert(_quote(citation)).replace("\n", "  \n> ")
            lines += [f"> {_inert(f'[{citation.n}]')} {quote}", ">"]
            lines += [f"> - {_inert_line(line)}" for line in source_lines(citation.passage)]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def to_word(conversation: Conversation) -> bytes:
    """As a Word file in Chinese fonts, a heading for each question."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    document = docx.Document()
    for name, font in (("Normal", "宋体"), ("Title", "黑体"), ("Heading 1", "黑体")):
        style = document.styles[name]
        style.font.name = "Times New Roman"
        style.font.color.rgb = RGBColor(0x1C, 0x27, 0x33)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            # A theme's font would win over the one named here.
            fonts.attrib.pop(qn(kind), None)
        fonts.set(qn("w:eastAsia"), font)
    document.styles["Normal"].font.size = Pt(12)
    # Chinese has no italics: a quote shows by its margin.
    document.styles["Quote"].font.italic = False
    document.styles["Quote"].paragraph_format.left_indent = Pt(24)
    document.core_properties.title = HEADING
    document.core_properties.author = "policyqa"
    document.add_heading(HEADING, 0)
    for number, turn in enumerate(conversation.turns, start=1):
        document.add_heading(f"{number}. {_one_line(turn.question)}", 1)
        for kind, text in _paragraphs(turn):
            run = document.add_paragraph().add_run(_clean(text))
            run.bold = kind == "value"
            if kind == "note":
                run.font.color.rgb = RGBColor(0x5A, 0x68, 0x78)
        _add_table(document, turn.answer)
        if turn.answer.citations:
            document.add_paragraph().add_run(_Label.SOURCES).bold = True
        for citation in turn.answer.citations:
            document.add_paragraph(f"[{citation.n}] {_quote(citation)}", style="Quote")
            small = document.add_paragraph()
            small.paragraph_format.left_indent = Pt(24)
            small.add_run("\n".join(source_lines(citation.passage))).font.size = Pt(10)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _paragraphs(turn: Turn) -> Iterator[tuple[str, str]]:
    """(``note``, ``value`` or ``text``; the words) of a turn, in their order."""
    answer = turn.answer
    if answer.notice:
        yield "note", f"提示：{_clean(answer.notice)}"
    if answer.exact_value:
        yield "value", _clean(answer.exact_value)
    if not answer.comparison:
        yield "text", _clean(answer.text.strip())
    for near in answer.nearest:
        quote = _clean(near.citation.quote.strip())
        title = _clean(near.citation.passage.title)
        yield "note", f"相近（{_clean(near.difference)}）：“{quote}”《{title}》"
    if basis := written_by(answer):
        yield "note", basis


def _cells(answer: Answer) -> list[tuple[str, str, str]]:
    """Name, value and words of what is compared, below a head; nothing where nothing is."""
    rows = [(r.name, _clean(r.value), _clean(r.said or NOTHING)) for r in answer.comparison]
    return [(_Label.NAME, _Label.VALUE, _Label.WORDS), *rows] if rows else []


def _table(answer: Answer) -> list[str]:
    rows = [f"| {' | '.join(map(_inert_line, cells))} |" for cells in _cells(answer)]
    return [rows[0], "| --- | --- | --- |", *rows[1:], ""] if rows else []


def _add_table(document: Any, answer: Answer) -> None:
    if rows := _cells(answer):
        table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for cells in rows:
            for cell, words in zip(table.add_row().cells, cells, strict=True):
                cell.text = words
        document.add_paragraph()


def written_by(answer: Answer) -> str:
    """Where the words of an answer come from, for a person; "" for a refusal."""
    known = {"extractive": _Label.EXTRACTIVE, "model": _Label.MODEL}
    return known.get(answer.source, "") if answer.answered else ""


def _quote(citation: Citation) -> str:
    return f"“{_clean(citation.quote.strip())}”"


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text.replace("\r", ""))


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _inert(text: str) -> str:
    return _LINE_MARKUP.sub(r"\1\\\2\3", _MARKUP.sub(r"\\\g<0>", text))


def _inert_line(text: str) -> str:
    return _inert(_one_line(text))
