"""Follow-ups are completed from the conversation; questions that stand on their own are left alone."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qa.answer import Conversation
from qa.conversation.follow_up import resolve
from tests.corpus.conftest import DEV_SETS, REPOSITORY
from tests.qa.talking import FAMILIAR, TITLE, talked, turn

STREETS = "河汀市2024年夜间消费街区建成多少条？"
MONEY = "河汀市新开办的夜市给予每户多少元补助"
CLERK = "河汀市夜间经济工作领导小组办公室主任是谁？"
OFFICE = "河汀市水利局2023年第二季度检查了多少家企业？"
STAGES = "审计局创建工作分为哪七个阶段？"
LAW = "《沈阳市优化营商环境条例》是从哪一天起施行的？"


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        (STREETS, "那槐岭呢？", "槐岭2024年夜间消费街区建成多少条？"),
        (STREETS, "槐岭市呢", "槐岭市2024年夜间消费街区建成多少条？"),
        (STREETS, "那麼瀋陽呢？", "沈阳2024年夜间消费街区建成多少条？"),
        (STREETS, "换成沈阳", "沈阳2024年夜间消费街区建成多少条？"),
        (STREETS, "那槐岭2023年的呢", "槐岭2023年夜间消费街区建成多少条？"),
        (STREETS, "和沈阳比呢？", "河汀市和沈阳2024年夜间消费街区建成多少条？"),
        ("总投资是多少", "盘锦呢", "盘锦总投资是多少？"),
        ("朝阳市委哪天开会？", "那沈阳呢？", "沈阳市委哪天开会？"),
        ("朝阳市委哪天开会？", "那沈阳市呢？", "沈阳市委哪天开会？"),
        ("沈阳省级绿色工厂有多少家？", "营口呢", "营口省级绿色工厂有多少家？"),
        ("盘锦港吞吐量是多少？", "那营口港呢", "营口港吞吐量是多少？"),
        ("沈阳和营口的活跃率各是多少？", "那盘锦呢？", "盘锦的活跃率各是多少？"),
    ],
)
def test_the_same_question_about_another_place(before: str, asked: str, meant: str) -> None:
    assert resolve(asked, talked(before), FAMILIAR) == meant


@pytest.mark.parametrize(
    ("before", "asked", "year"),
    [
        (STREETS, "2023年的呢？", "2023"),
        (STREETS, "那2022年呢", "2022"),
        (STREETS, "23年呢", "2023"),
        (STREETS, "上一年呢", "2023"),
        (STREETS, "次年的呢", "2025"),
    ],
)
def test_the_same_question_about_another_year(before: str, asked: str, year: str) -> None:
    assert resolve(asked, talked(before), FAMILIAR) == STREETS.replace("2024", year)


def test_a_year_goes_behind_the_place_of_a_question_that_names_none() -> None:
    meant = "河汀市2023年新开办的夜市给予每户多少元补助？"
    assert resolve("2023年的呢？", talked(MONEY), FAMILIAR) == meant


def test_a_year_goes_before_a_place_that_is_part_of_a_name() -> None:
    asked = resolve("2022年呢", talked("盘锦港吞吐量是多少？"), FAMILIAR)
    assert asked == "2022年盘锦港吞吐量是多少？"


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        (STREETS, "什么时候？", "河汀市2024年夜间消费街区建成，什么时候？"),
        (STREETS, "谁负责？", "河汀市2024年夜间消费街区建成，谁负责？"),
        (STREETS, "有多少？", "河汀市2024年夜间消费街区建成，有多少？"),
        (STREETS, "为什么？", "河汀市2024年夜间消费街区建成，为什么？"),
        (MONEY, "申请条件是什么？", "河汀市新开办的夜市给予每户补助，申请条件是什么？"),
        (MONEY, "要多久办结？", "河汀市新开办的夜市给予每户补助，要多久办结？"),
        ("河汀市夜市补助标准是多少？", "申请材料有哪些", "河汀市夜市，申请材料有哪些？"),
        (MONEY, "沈阳的联系电话呢", "沈阳新开办的夜市给予每户补助，联系电话？"),
        (LAW, "什么时候废止？", "《沈阳市优化营商环境条例》，什么时候废止？"),
    ],
)
def test_another_question_about_the_same_subject(before: str, asked: str, meant: str) -> None:
    assert resolve(asked, talked(before), FAMILIAR) == meant


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        (CLERK, "组长呢", "河汀市夜间经济工作领导小组组长是谁？"),
        (CLERK, "那副组长呢？", "河汀市夜间经济工作领导小组副组长是谁？"),
        (OFFICE, "民政局呢？", OFFICE.replace("水利局", "民政局")),
        (OFFICE, "第三季度呢", OFFICE.replace("第二", "第三")),
        ("甲（控股）集团有几家公司？", "食品集团呢", "食品集团有几家公司？"),
        (STAGES, "第二个阶段是什么时候", "审计局创建工作，第二个阶段是什么时候？"),
        (
            "审计局创建工作，第二个阶段是什么时候？",
            "自查阶段呢",
            "审计局创建工作，自查阶段是什么时候？",
        ),
        (OFFICE, "沈阳市民政局呢", OFFICE.replace("河汀市水利局", "沈阳市民政局")),
        (STREETS, "那品牌小店呢", "河汀市2024年品牌小店多少条？"),
    ],
)
def test_the_same_question_about_a_like_thing(before: str, asked: str, meant: str) -> None:
    assert resolve(asked, talked(before), FAMILIAR) == meant


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("该文件什么时候印发的", f"《{TITLE}》什么时候印发的？"),
        ("这个方案的目标是什么？", f"《{TITLE}》的目标是什么？"),
        ("什么时候印发的该文件", f"什么时候印发的《{TITLE}》？"),
        ("他的电话是多少？", "方小砚的电话是多少？"),
        ("它由谁发布", "河汀市夜间经济工作领导小组办公室主任，由谁发布？"),
        ("上面这个是哪一年的？", "河汀市夜间经济工作领导小组办公室主任，是哪一年的？"),
        ("该市有多少家医院？", "河汀市有多少家医院？"),
    ],
)
def test_a_pronoun_is_what_it_stands_for(asked: str, meant: str) -> None:
    assert resolve(asked, talked(CLERK, short="方小砚"), FAMILIAR) == meant


def test_work_that_was_spoken_of() -> None:
    meant = "河汀市2024年夜间消费街区建成，什么时候完成？"
    assert resolve("这项工作什么时候完成？", talked(STREETS), FAMILIAR) == meant


def test_a_document_is_sought_in_earlier_turns_too() -> None:
    conversation = talked(STREETS).after(turn("河汀市有多少人口？", cites=False))
    assert resolve("该文件的目标是什么", conversation) == f"《{TITLE}》的目标是什么？"


def test_follow_ups_follow_follow_ups() -> None:
    second = resolve("那槐岭呢？", talked(STREETS), FAMILIAR)
    third = resolve("2023年的呢？", talked(STREETS, second), FAMILIAR)
    assert third == "槐岭2023年夜间消费街区建成多少条？"
    assert resolve("谁负责？", talked(third), FAMILIAR).startswith("槐岭2023年夜间消费街区")


def test_greetings_are_not_what_a_follow_up_follows() -> None:
    conversation = talked(STREETS).after(turn("谢谢", cites=False, source="reply"))
    assert "街区" in resolve("那槐岭呢？", conversation, FAMILIAR)


@pytest.mark.parametrize(
    "question",
    [
        "哪些行为会构成犯罪？",
        "去年呢？",
        "其他城市呢？",
        "此外还有哪些措施",
        "那个年代的夜市怎么管",
        "《夜市管理办法》什么时候施行？",
        "未成年人思想道德建设、家庭家教家风",
        "河汀市哪个单位负责停车场",
        "还有呢",
        "沈阳市是什么时候设立的？",
        "请问沈阳市是什么时候设立的？",
        "他人占用摊位应该怎么办？",
        "夜市管理得怎么样？",
        "那夜市管理得怎么样？",
        "本条例什么时候施行？",
        "呢",
        "？",
    ],
)
def test_what_stands_on_its_own_or_cannot_be_told_is_left_alone(question: str) -> None:
    assert resolve(question, talked(STREETS), FAMILIAR) == question


def _questions() -> list[str]:
    files = [REPOSITORY / "corpus" / "samples" / "golden.jsonl"]
    files += [DEV_SETS / name for name in ("seeds-dev.jsonl", "ncp-dev.jsonl")]
    lines = [line for f in files if f.exists() for line in f.read_text("utf-8").splitlines()]
    return [json.loads(line)["question"] for line in lines if line.strip()]


@pytest.mark.parametrize("seed", range(3))
def test_questions_of_the_golden_sets_one_after_another_are_not_changed(seed: int) -> None:
    questions = _questions()
    assert len(questions) >= 60
    random.Random(seed).shuffle(questions)
    conversation = Conversation()
    for question in questions:
        assert resolve(question, conversation, FAMILIAR) == question
        conversation = conversation.after(turn(question, "方小砚"))


_WORDS = st.sampled_from(
    (
        *"那呢的它他该此市年是谁吗和比？?，《》 \n\ud800😀",
        *(
            "沈阳",
            "2023",
            "什么时候",
            "多少",
            "文件",
            "组长",
            "上一年",
            "槐岭",
            "第二季度",
            "🈳" * 30,
        ),
    )
)
_SAID = st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=8).map("".join))


@settings(max_examples=300, deadline=None)
@given(_SAID)
@example("那沈阳呢？")
def test_nothing_is_changed_where_nothing_went_before(question: str) -> None:
    assert resolve(question, Conversation(), FAMILIAR) == question


@settings(max_examples=400, deadline=None)
@given(_SAID, st.lists(_SAID, min_size=1, max_size=3))
def test_resolving_never_raises_and_never_empties(question: str, before: list[str]) -> None:
    resolved = resolve(question, talked(*before, short="方小砚"), FAMILIAR)
    assert resolved == question or resolved.strip("？")
