"""``policyqa ask``: a cited answer, or an honest refusal."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from qa.answer import Answer
from ui.cli.arguments import add_command, parse_filters
from ui.cli.console import Console
from ui.cli.opening import opened
from ui.engine import Engine, document_reader
from ui.output.json_output import answer_json
from ui.output.places import Quoted, locate, quoted
from ui.output.text_output import answer_lines

HELP = "提问，回答附原文出处 / ask a question, get a cited answer"


def register(commands: Any) -> None:
    """Add the command to the parser."""
    parser = add_command(commands, "ask", HELP, run)
    parser.add_query("QUESTION", "问题，如“巡视整改什么时候完成？” / the question")


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the answer; a refusal is an answer too and exits 0."""
    filters = parse_filters(options.filter)
    with opened(options) as engine:
        answer = engine.ask(options.text, filters)
        places = _quoted_places(engine, answer) if options.json else {}
    answer = replace(answer, hits=answer.hits[: options.k])
    if options.json and answer.notice:
        console.note(f"提示：{answer.notice}")
    console.show(answer_json(answer, places) if options.json else answer_lines(answer))
    return 0


def _quoted_places(engine: Engine, answer: Answer) -> dict[int, Quoted]:
    """Where each citation stands in its file, by number; none where the document is gone."""
    document_of = document_reader(engine)
    places: dict[int, Quoted] = {}
    for n, passage, span in ((c.n, c.passage, c.place[1]) for c in answer.citations):
        document = document_of(passage.document_id)
        if document and (place := quoted(document, locate(document, passage, span))):
            places[n] = place
    return places
