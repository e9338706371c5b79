"""``policyqa ask``: a cited answer, or an honest refusal."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from corpus.document import Document
from corpus.errors import PolicyQAError
from qa.answer import Answer
from ui.cli.arguments import add_query, query_options
from ui.cli.console import Console
from ui.cli.opening import opened
from ui.engine import Engine
from ui.output import json_output, text_output
from ui.output.places import Quoted, locate, quoted

HELP = "提问，回答附原文出处 / ask a question, get a cited answer"


def register(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("ask", help=HELP, description=HELP)
    add_query(parser, "QUESTION", "问题，如“巡视整改什么时候完成？” / the question")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the answer; a refusal is an answer too and exits 0."""
    query = query_options(options)
    with opened(query.index) as engine:
        answer = engine.ask(query.text, query.filters)
        places = quoted_places(engine, answer) if query.as_json else {}
    answer = replace(answer, hits=answer.hits[: query.k])
    if query.as_json:
        if answer.notice:
            console.note(f"提示：{answer.notice}")
        console.json(json_output.answer_json(answer, places))
        return 0
    for line in text_output.answer_lines(answer):
        console.line(line)
    return 0


def quoted_places(engine: Engine, answer: Answer) -> dict[int, Quoted]:
    """Where each citation stands in its file, by number; each document is read once."""
    documents: dict[str, Document] = {}
    places: dict[int, Quoted] = {}
    for citation in answer.citations:
        passage = citation.passage
        try:
            document = documents.get(passage.document_id) or engine.document(passage.document_id)
        except PolicyQAError:
            continue  # re-indexed meanwhile: the citation itself is still whole
        documents[passage.document_id] = document
        place = quoted(document, locate(document, passage, (citation.start, citation.end)))
        if place is not None:
            places[citation.n] = place
    return places
