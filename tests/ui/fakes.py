"""A small engine with two documents and fixed answers, in place of ``PolicyQA``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from corpus.document import Block, BlockKind, Document, FieldSource, Metadata
from corpus.errors import PolicyQAError
from corpus.relations.families import Difference
from corpus.relations.lineage import Relation
from corpus.relations.related import Comparison, DocumentName, Link, Related, name_of
from indexer.passage import BlockSpan, Passage
from qa.answer import CANNOT_ANSWER, Answer, Citation, Conversation, Turn
from qa.conversation.dialogue import converse
from qa.facade import Facets
from retriever.hit import Filters, Hit
from retriever.precedent.finder import PrecedentReport
from retriever.precedent.formulas import FormulaUse
from tests.ui.precedent_fakes import report_of, use_of

PLAN_ID = "朝阳/优化营商环境方案.docx#0"
HOSTILE_ID = "杂/<script>alert(1)</script> ${alert(2)}.txt#0"
QUOTE = "2023年8月10日前，各责任部门将整改情况报送市委巡视整改工作领导小组办公室"
HOSTILE = (
    "<script>window.hacked=1</script><img src=x onerror=window.hacked=1> ${window.hacked=1} {{x}}"
)
QUESTION = "整改情况什么时候报送？"


def _block(kind: BlockKind, text: str, path: tuple[str, ...] = (), page: int = 1) -> Block:
    level = len(path) + 1 if kind is BlockKind.HEADING else 0
    return Block(kind, text, text, path, page, 10 * page, level)


_ONE, _TWO = "一、总体要求", "二、整改任务"
_SUB = "（二）压实整改责任"

PLAN = Document(
    id=PLAN_ID,
    file="优化营商环境方案.docx",
    path="/资料/朝阳/优化营商环境方案.docx",
    part=0,
    metadata=Metadata(
        title="关于进一步优化营商环境专项巡视整改工作的实施方案",
        issuer="中共朝阳市委",
        number="朝委发〔2023〕7号",
        doc_type="方案",
        date="2023-06-12",
        year="2023",
        region="辽宁省朝阳市",
        addressees="各县（市）区委，市委各部委",
    ),
    sources=(
        FieldSource("issuer", "sign-off", 12, 0, 6),
        FieldSource("date", "sign-off", 12, 7, 17),
        FieldSource("number", "person"),
        FieldSource("region", "gazetteer"),
    ),
    blocks=(
        _block(BlockKind.TITLE, "关于进一步优化营商环境专项巡视整改工作的实施方案"),
        _block(BlockKind.HEADING, _ONE),
        _block(
            BlockKind.PARAGRAPH,
            "坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻落实党的二十大精神，"
            "全面落实省委关于优化营商环境的工作要求，以群众和企业满意为标准，"
            "对巡视反馈的问题逐条整改、逐项销号。",
            (_ONE,),
        ),
        _block(BlockKind.HEADING, _TWO, (), 2),
        _block(BlockKind.HEADING, "（一）建立问题清单", (_TWO,), 2),
        _block(BlockKind.ITEM, "1.对照巡视反馈意见，逐项列出问题、任务和责任清单。", (_TWO,), 2),
        _block(BlockKind.TABLE_ROW, "责任单位 | 任务 | 时限", (_TWO,), 2),
        _block(BlockKind.TABLE_ROW, "市政务服务局 | 压减审批环节 | 2023年7月底前", (_TWO,), 2),
        _block(BlockKind.TABLE_ROW, "市市场监管局 | 规范涉企收费 | 2023年9月底前", (_TWO,), 2),
        _block(BlockKind.HEADING, _SUB, (_TWO,), 3),
        _block(
            BlockKind.PARAGRAPH,
            "各级党组织书记要履行第一责任人责任，对重点问题亲自过问、亲自协调、亲自督办。"
            f"{QUOTE}，并同步抄送市纪委监委机关和市委组织部。",
            (_TWO, _SUB),
            3,
        ),
        _block(
            BlockKind.PARAGRAPH,
            "对整改不力、敷衍应付的，严肃追责问责，并在全市范围内通报。",
            (_TWO, _SUB),
            3,
        ),
        _block(BlockKind.SIGN_OFF, "中共朝阳市委\n2023年6月12日", (), 4),
    ),
)

HOSTILE_DOCUMENT = Document(
    id=HOSTILE_ID,
    file="<script>alert(1)</script> ${alert(2)}.txt",
    path="/资料/杂/x.txt",
    part=0,
    metadata=Metadata(title="<img src=x onerror=window.hacked=1>", region="${window.hacked=1}"),
    blocks=(
        _block(BlockKind.HEADING, "<b onclick=1>标题</b>"),
        _block(BlockKind.PARAGRAPH, HOSTILE),
    ),
)

COPY = DocumentName("朝阳/转发方案.docx#0", "转发优化营商环境专项巡视整改方案", "转发方案.docx")
RELATED = Related(
    names=(
        Link(
            name_of(PLAN), Relation.CITES, "优化营商环境条例", "国令〔2019〕722号", 2, 10,
            DocumentName("条例.txt#0", "优化营商环境条例", "条例.txt"),
        ),
        Link(name_of(PLAN), Relation.REPEALS, "没有收进来的办法", "", 5, 20, None),
    ),
    named_by=(Link(COPY, Relation.FORWARDS, PLAN.title, "", 3, 30, name_of(PLAN)),),
    copies=(
        Comparison(
            name_of(PLAN), COPY, 2,
            (
                Difference("8月10日前报送。", "9月10日前报送。"),
                Difference("", "现将方案转发给你们。"),
            ),
        ),
    ),
)  # fmt: skip
_HOSTILE_NAME = DocumentName(HOSTILE_ID, HOSTILE, HOSTILE)
HOSTILE_RELATED = Related(
    names=(Link(_HOSTILE_NAME, Relation.CITES, HOSTILE, HOSTILE, 0, 1, _HOSTILE_NAME),),
    named_by=(Link(_HOSTILE_NAME, Relation.CITES, HOSTILE, HOSTILE, 0, 1, None),),
    copies=(Comparison(_HOSTILE_NAME, _HOSTILE_NAME, 1, (Difference(HOSTILE, f"{HOSTILE}<b>"),)),),
)


def passage_of(document: Document, first: int, last: int, ordinal: int = 0) -> Passage:
    """A passage of whole blocks, joined by line breaks."""
    text = "\n".join(block.display for block in document.blocks[first : last + 1])
    at, spans = 0, []
    for number, block in enumerate(document.blocks[first : last + 1], start=first):
        spans.append(BlockSpan(number, at, 0, len(block.display)))
        at += len(block.display) + 1
    return Passage(
        id=f"{document.id}/{ordinal}",
        document_id=document.id,
        ordinal=ordinal,
        doc=document.file,
        path=document.path,
        heading_path=document.blocks[first].heading_path,
        text=text,
        display=text,
        page=document.blocks[first].page,
        blocks=tuple(spans),
        metadata=document.metadata,
    )


CITED = passage_of(PLAN, 10, 11, 4)
TABLE = passage_of(PLAN, 5, 8, 3)
GENERAL = passage_of(PLAN, 2, 2, 1)
BAD = passage_of(HOSTILE_DOCUMENT, 1, 1)


def cited(n: int, passage: Passage, words: str) -> Citation:
    """A citation of words that stand in the passage."""
    start = passage.display.index(words)
    return Citation(n, passage, start, start + len(words))


HITS = (
    Hit(1, 0.91, CITED, ((5, 9),)),
    Hit(2, 0.62, TABLE, ()),
    Hit(3, 0.40, GENERAL, ((0, 2), (10, 14))),
)

ANSWER = Answer(
    question=QUESTION,
    text=f"{QUOTE}[1]；其中规范涉企收费由市市场监管局在2023年9月底前完成[2]。",
    short_answer="2023年8月10日前",
    answered=True,
    citations=(
        cited(1, CITED, QUOTE),
        cited(2, TABLE, "市市场监管局 | 规范涉企收费 | 2023年9月底前"),
    ),
    hits=HITS,
    ms=182.4,
)

REFUSAL = Answer(
    question="火星基地的预算是多少？",
    text=f"{CANNOT_ANSWER}火星基地预算的内容。",
    short_answer="",
    answered=False,
    citations=(),
    hits=HITS,
    ms=95.0,
)

HOSTILE_ANSWER = Answer(
    question=HOSTILE,
    text=f"{HOSTILE}[1] **粗** $$x$$ https://example.com",
    short_answer=HOSTILE,
    answered=True,
    citations=(Citation(1, BAD, 0, len(BAD.display)),),
    hits=(Hit(1, 1.0, BAD, ()),),
    ms=1.0,
    notice=HOSTILE,
)


class FakeEngine:
    """Answers like ``PolicyQA``; remembers the filters it was given."""

    def __init__(self) -> None:
        self.filters: list[Filters] = []
        self.is_closed = False
        #: Seconds between the growing answers.
        self.pause = 0.0

    def search(self, query: str, k: int = 10, filters: Filters = Filters()) -> tuple[Hit, ...]:
        self.filters.append(filters)
        return HITS[:k]

    def ask(self, question: str, filters: Filters = Filters()) -> Answer:
        *_, last = self.ask_stream(question, filters)
        return last

    def ask_stream(self, question: str, filters: Filters = Filters()) -> Iterator[Answer]:
        self.filters.append(filters)
        if not any(character.isalnum() for character in question):
            raise PolicyQAError("问题里没有文字", "一句话的问题", "写下想问的事再试")
        if len(question) > 2000:
            raise PolicyQAError(f"问题有 {len(question)} 个字", "2000 字以内", "缩短后再问")
        if question == "crash":
            raise RuntimeError("secret internals")
        answer = replace(self._answer(question), question=question)
        for part in (12, 30):
            yield replace(answer, text=answer.text[:part], citations=(), hits=(), short_answer="")
            time.sleep(self.pause)
        yield answer

    def converse(self, question: str, conversation: Conversation) -> Iterator[Turn]:
        return converse(question, conversation, self.ask_stream, frozenset(("朝阳", "桦甸")))

    def _answer(self, question: str) -> Answer:
        if "火星" in question:
            return REFUSAL
        return HOSTILE_ANSWER if "hacked" in question else ANSWER

    def precedent(self, text: str, k: int = 10, filters: Filters = Filters()) -> PrecedentReport:
        self.filters.append(filters)
        return report_of(text, HITS, k)

    def formula(self, text: str) -> FormulaUse:
        return use_of(text, CITED)

    def document(self, document_id: str) -> Document:
        for document in (PLAN, HOSTILE_DOCUMENT):
            if document.id == document_id:
                return document
        raise PolicyQAError(f"没有文件“{document_id}”", "索引里有的文件", "重新搜索再打开")

    def related(self, document_id: str) -> Related:
        return RELATED if document_id == PLAN.id else HOSTILE_RELATED

    def facets(self) -> Facets:
        return Facets(
            regions=(("辽宁省朝阳市", 12), ("吉林省吉林市桦甸市", 3)),
            years=(("2023", 9), ("2022", 6)),
            doc_types=(("方案", 8), ("通知", 7)),
            issuers=(("中共朝阳市委", 10),),
            documents=15,
            passages=1886,
        )

    def __enter__(self) -> FakeEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.is_closed = True
