"""The public door: cited answers over a folder of Chinese policy documents.

    from policyqa import PolicyQA

    PolicyQA.index("资料", "索引")
    with PolicyQA.open("索引") as policies:
        print(policies.ask("企业开办要几天？").text)

Nothing lives here: each name comes from the stage that makes it, and only these stay the same from
release to release.
"""

from corpus.document import Document, Metadata
from corpus.errors import PolicyQAError
from indexer.build import BuildReport
from indexer.embedding.encoder import Encoder
from indexer.passage import Passage
from qa.answer import Answer, Citation, Conversation, Turn
from qa.conversation.export import ExportForm
from qa.facade import Facets, PolicyQA
from qa.reading.reader import AnswerSpan, Evidence, PassageReading, Reader, Readings
from qa.settings import Settings, load_settings
from retriever.hit import Filters, Hit
from retriever.precedent.finder import PrecedentReport
from retriever.query.analysis import Question
from retriever.rerank.reranker import Reranker
from ui import __version__

__all__ = [
    "Answer",
    "AnswerSpan",
    "BuildReport",
    "Citation",
    "Conversation",
    "Document",
    "Encoder",
    "Evidence",
    "ExportForm",
    "Facets",
    "Filters",
    "Hit",
    "Metadata",
    "Passage",
    "PassageReading",
    "PolicyQA",
    "PolicyQAError",
    "PrecedentReport",
    "Question",
    "Reader",
    "Readings",
    "Reranker",
    "Settings",
    "Turn",
    "__version__",
    "load_settings",
]
