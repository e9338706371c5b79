"""What asks, for which kind of answer, and what stands around the words that ask.

A question made of nothing but question words, binding words and attributes has no subject: 「什么时候开始？」.
"""

from __future__ import annotations

import re

from corpus.language import boilerplate
from corpus.language import function_words as words
from corpus.language import organisations as bodies
from corpus.language.answer_values import PERCENT
from corpus.language.numerals import NUMERAL, ORDINAL, read_count
from corpus.language.persons import HOLDING, POSTS, ROLE
from corpus.language.quantities import COMMON_COUNTERS, LONG_TIMES, WITH_MEASURE_WORD

#: What asks. 「多少」 takes a measure word behind it.
_MEASURES = f"[{COMMON_COUNTERS}]|公里|万元|亿元|元|钱|岁|亩|套|台|张|天|年|个?(?:月|{LONG_TIMES})|日|米|分|字|页|栋|座|轮|批|对"
#: How many of several, and of what.
_SEVERAL = "两三四五六七八九十几"
_PARTS = f"[个项种类件样条大份步]|{words.PIECES}"
#: What asks for a thing, and what asks for a way.
HOW_ABOUT = "怎么样"
WHAT_WORDS, HOW_IS_IT = "什么|啥", f"{HOW_ABOUT}|怎样|如何"
ASKS_WHAT, ASKS_HOW = f"{WHAT_WORDS}|哪些", f"{HOW_IS_IT}|怎么"
#: What opens a question politely; what was named before; what sets side by side.
POLITELY, THESE, COMPARING = "请问", "这些", "比较|对比|相比"
#: How much, which one, who; what may be asked of anybody.
HOW_MUCH, WHICH, WHO, NAME = "多少", "哪个", "是谁", "名字"
ASKING = re.compile(
    r"什么时[候间]|啥时候?|多会儿|何时|哪一?天|哪一?年|哪个?月|几月几[号日]|几[月号日点时]"
    r"|多长时间|多久|多大|多高|多远"
    rf"|多少(?:{_MEASURES})?|几(?:{_MEASURES})"
    rf"|{PERCENT}(?:多少|几)|第几"
    rf"|哪[{_SEVERAL}](?:个方面|个阶段|个环节|个部分|{_PARTS})?|哪些|有啥"
    rf"|哪(?:个|家|一家|一个)(?:{bodies.BODIES}|局|办|{words.FILE})?|哪位|哪里|哪儿|在哪|哪份(?:{words.FILE})?"
    rf"|什么{words.FILE}|{WHO}|由谁|谁|为什么|为啥|为何|怎么样|怎样|怎么办?|如何|什么样|什么|啥|是否|能不能|可不可以|有没有|是不是|(?<!任)何"
)  # fmt: skip
#: Longest words that the patterns above match.
_LONGEST = 8


def asks(text: str) -> bool:
    """Whether it has a word that asks, or the name of an attribute."""
    return bool(ASKING.search(text) or words.ATTRIBUTES.search(text))


def has_question_word(text: str) -> bool:
    """Whether it has a word that asks."""
    return ASKING.search(text) is not None


def is_small(text: str) -> bool:
    """Whether a text can be read as small words one after another; in time linear in its length."""
    reached = {0}
    for start in range(len(text)):
        if start in reached:
            for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
                if any(
                    p.fullmatch(text, start, end) for p in (ASKING, words.BINDING, words.ATTRIBUTES)
                ):
                    reached.add(end)
    return len(text) in reached


#: Question words with the copula in front and what closes them behind.
_PHRASE = re.compile(
    rf"{words.COPULA}(?:{ASKING.pattern})(?:起|{words.STARTING})?(?:的|吗|呢|啊|呀|吧)*"
)
_EDGE = "，,、；;：:。.！!？? 　"
_TRAILING = re.compile(r"(?:的|是|有|为|在|由|于|了|要|被|吗|呢|啊)+$")


def question_phrase(text: str) -> tuple[int, int] | None:
    """Where the words that ask stand: in 「甲市建成多少条街」 those of 「多少条」."""
    match = _PHRASE.search(text)
    return match.span() if match else None


def subject_of(text: str) -> str:
    """A question without the words that ask: what it is about.

    「甲市夜市补助是多少元？」 → 「甲市夜市补助」; "" where nothing is left.
    """
    clauses = [c for c in re.split(r"[，,？?；;。！!]", text) if c.strip(_EDGE)]
    while len(clauses) > 1 and is_small(clauses[-1].strip(_EDGE)):
        clauses.pop()
    kept = [_PHRASE.sub("", clause).strip(_EDGE) for clause in clauses]
    subject = _TRAILING.sub("", "，".join(clause for clause in kept if clause))
    named = subject.rfind("》") + 1
    if named and is_small(subject[named:]):
        subject = subject[:named]
    return "" if is_small(subject) else subject


def without_attribute(subject: str) -> str:
    """A subject without the attribute at its end: 「甲市夜市补助标准」 → 「甲市夜市」."""
    for start in range(max(1, len(subject) - _LONGEST), len(subject)):
        if words.ATTRIBUTES.fullmatch(subject, start):
            rest = _TRAILING.sub("", subject[:start]).strip(_EDGE)
            # A subject that is little more than its attribute would lose what it is about.
            return rest if len(rest) >= 4 and not is_small(rest) else subject
    return subject


#: What a question counts: the noun behind 「多少」 or 「几」; how long something takes, with its unit.
ASKS_COUNT_OF = re.compile(rf"(?:多少|几)(?:个(?!月|{WITH_MEASURE_WORD}))?([\u4e00-\u9fff]{{1,3}})")
ASKS_HOW_LONG = re.compile(f"(?:多少|几)(个?(?:月|{LONG_TIMES})|[天日年分周])")
#: Measure words that settle what is counted, whatever else the question speaks of.
MEASURE_WORDS = "人名位个家件条项户处次份篇张辆亩分岁"
_RANKS = f"第几|排第?几|{words.RANKED}|排在|名次|位居"
ASKS_RANK = re.compile(f"{_RANKS}|几位")
#: What a question asks for without naming a unit → how such values end.
MEASURES = (
    (re.compile(f"多少钱|{'|'.join(words.SYNONYMS[0])}|{'|'.join(words.SYNONYMS[1])}|罚款|(?<!名)额|出资|花"), re.compile("元$")),
    (re.compile(f"{'|'.join(words.SYNONYMS[2])}|{PERCENT}|满意度|知晓度"), re.compile(f"[%％‰]$|^{PERCENT}")),
    (re.compile(f"{'|'.join(words.SYNONYMS[3])}|分数|分值|测评分"), re.compile(r"分$|^\d+\.\d+$")),
    (re.compile(_RANKS), re.compile("^第|[位名]$")),
)  # fmt: skip

#: A wording is wanted: 「…公布联系电话怎么写」.
_WORDING = f"怎么写|如何写|怎样写|写法|[写拟]一段|想写|要写|{words.DRAFTING}|怎么表述|如何表述"
ASKS_FOR_WORDING = re.compile(_WORDING)
#: The same, or what asks nothing at all: a heading or a sentence to find the like of.
ASKS_FOR_THE_LIKE = re.compile(rf"{_WORDING}|：[^？?]{{8,}}$")
#: What asks for a passage and is none itself.
ASKS_FOR_PASSAGE = re.compile(rf"{_WORDING}|参考|这类|这段|这一段|[?？]")

#: What kind of value is asked for; ``retriever.query.analysis`` has their order.
ASKS_CONTACT = re.compile(f"{words.CONTACTS}|网址")
KINDS_OF_CONTACT = (
    ("address", re.compile(f"{boilerplate.ADDRESS_LABEL}|哪条[路街]|在哪儿?$")),
    ("mail", re.compile(f"{boilerplate.MAIL_LABEL}|邮件")),
    ("post code", re.compile(boilerplate.POST_CODE_LABELS)),
)
ASKS_WHICH_DAY = re.compile(rf"哪[{_SEVERAL}][天日年]|(?:什么|啥|哪个)(?:钟点|时[段点])")
ASKS_LIST = re.compile(
    rf"哪[{_SEVERAL}\d]+(?:{_PARTS})?|哪些|有哪几|分别是(?:什么|哪)|列举|都(?:有|叫|是|{words.COMPRISING})(?:谁|什么|啥|哪)|都列|[说列讲](?:全|齐)|(?:{words.COMPRISING})(?:哪|什么)"
)
ASKS_DURATION = re.compile(
    rf"多久|多长时间|几天|几年|几个月(?!几)|几个?(?:{LONG_TIMES}|周(?!岁))|多少个?(?:天|年|月|日|{LONG_TIMES})|工作日内"
    rf"|(?:{words.PERIODS})(?!.*(?:哪|谁|怎么|怎样|如何|什么(?!时)))"
)
ASKS_DATE = re.compile(
    rf"什么时候|何时|哪一?天|哪一?年|几月|几号|什么时间|几[点时](?!间)|哪个月|{boilerplate.DATE_LABEL}|(?:{words.UNTIL})到?(?:什么|何)|多会儿|啥时"
)
ASKS_DAY = re.compile(r"哪一?天|几号|几日")
ASKS_NUMBER = re.compile(
    rf"多少|多(?=[大高重宽深](?:[？?呀啊呢]|$))|几(?!日)(?:{_MEASURES}|[成万桶层])|百分之几|第几|率(?:是|为|达)|{words.AMOUNTS}"
)
ASKS_BODY = re.compile(
    rf"哪(?:个|家|一家|一个|些)?(?:{bodies.BODIES}|局|办|巡视组|{bodies.TASK_FORCE}|组)|主办方|牵头单位|由哪|哪家"
)
#: The same, for which a heading may name the body or the place.
WHICH_BODY = re.compile(
    rf"哪(?:个|家|座|位|一家|一个)?[\u4e00-\u9fff]{{0,6}}(?:市|县|区|局|厅|{bodies.BODIES})"
)
ASKS_PERSON = re.compile(
    rf"是谁|谁(?:来|是|当|提|讲|说|表|{HOLDING}|{words.LEADING})|哪位|哪个人|(?:{ROLE}|长|人)叫(?:什么|啥)|姓名|由谁|(?:{POSTS})(?:是|由|叫)"
)
#: Who does a thing may be a body: 「由谁兜底」; only a post is always a person's.
ANY_DOER = re.compile(
    rf"由谁(?!{HOLDING}|{words.LEADING}|{words.ATTENDING})|谁来|谁(?:{words.LEADING}|{words.PAYING}|出资)"
)
ASKS_TITLE = re.compile(
    rf"(?:什么|哪个|哪份|哪部|哪一份|啥|哪项)(?:{words.TITLED}|法|{words.NAMES})|哪[个份部](?:{words.OTHER_DOCUMENTS})|{words.FILE}(?:名|叫)|叫什么"
)
#: A site on the web; when a document came out; a rank.
ASKS_SITE = re.compile(r"网址|网站|网页|链接")
ASKS_ISSUE = re.compile(f"{words.ISSUING}|{words.SIGNING}|{words.PASSING_DOWN}|落款|发出")
#: How much it was before the change.
ASKS_OLD = re.compile(f"从多少|由多少|{words.EARLIER}|原先|之前是")
#: What does not ask for one value.
ASKS_OPENLY = re.compile(f"如何|怎么|怎样|哪些|{words.OPEN_MATTERS}")
#: Any sign of a question.
ASKS_ANYTHING = re.compile(
    rf"[？?吗呢]|{ASKS_WHAT}|哪|谁|多少|几[^乎]|{ASKS_HOW}|是否|何[时地]|多[久长大]|为何|有无|有没有|[能会要可是]不"
)

#: Yes or no is asked.
VERDICTS = re.compile(r"(?P<verb>[\u4e00-\u9fff])不(?P=verb)|可不可以|需不需要|[可能是]否|有没有")
#: How a question ends that asks for yes or no.
ASKING_ENDS = re.compile(r"(?:吗|么|不)[？?。\s]*$")
#: 「是否受70%的限制」, 「是高还是低」, 「要交吗」 name a measure and are answered by yes, no or a choice.
CHOICE = re.compile(
    r"[是能可]否|是不是|[能会要可]不[能会要可]|有没有|还是[^，。？?]{1,8}[？?]?$|吗[？?]?$"
)

# Where the question word of a question stands, and what it stands for.
_MEASURE = "(?:[个家项种类份座位部条款届支本张场块大件处所样门句篇套])?"
#: Several things are asked for; how a thing is done; which one thing.
SEVERAL = re.compile(rf"哪(?:些|几|(?P<n>[{_SEVERAL}二俩]|\d{{1,3}})){_MEASURE}|分别是(?:什么|啥)")
HOW = re.compile(
    "(?:是)?(?:怎么样|怎么|怎样|如何|咋样?|为什么|为何|为啥|何种方式)(?:的)?|什么样|啥样"
    f"|何(?![时种处地人])|(?:什么|哪些|啥)(?={words.DEEDS})"
)
WHAT = re.compile(
    rf"什么|啥|多(?=[大高长远久宽深重快])|何[时处地人]|何种|哪儿|哪里|哪一?{_MEASURE}|谁|多少|几{_MEASURE}"
)
#: How many of a kind.
HOW_MANY = re.compile("多少|几[个条人名场件家户次]")
HOW_MANY_PARTS = {n: i for i, n in enumerate(ORDINAL[1:10], start=1)} | {"十": 10, "两": 2, "俩": 2}
#: How many things are asked for: 「哪四件事」, 「十个“奋进行动”」, 「把三条都说全」.
_COUNTS = f"[{ORDINAL[1:]}两俩]{{1,3}}|\\d{{1,2}}"
ASKED_COUNT = re.compile(
    rf"(?:哪|[这那]|是)(?P<which>{_COUNTS})|(?P<of>{_COUNTS})(?:大|[{COMMON_COUNTERS}]|{_PARTS})(?![月日年])"
)
#: The end of the words in front of it, and what stands around it.
COPULA_END = re.compile(
    f"(?:[是为有叫指成]|{words.RESPECTIVELY}|{words.COMPRISING}|{words.IN_DETAIL}|如何|在|名叫|改叫|都|各)$"
)
QUESTION_EDGE = "，。？?！!：:、 的了过呢呀啊吗"
#: What the noun behind it says of the words wanted: (how it asks, how they look).
SLOT_CLASSES = {
    "body": (
        re.compile(f"^.{{0,4}}?(?:{bodies.BODIES}|[局厅院委办社家]|组织|{bodies.PUBLIC_BODIES}|{bodies.MEDIA}|队伍)|主办方|承办方|主办单位|谁"),
        re.compile(f"(?:{bodies.BODIES}|[局厅院委办社会部网组]|{bodies.CENTRE}|{bodies.GOVERNMENT}|{bodies.COURT}|{bodies.PUBLIC_BODIES}|{bodies.MEDIA})(?:党[组委])?[”》]?$"),
    ),
    "title": (
        re.compile(f"^.{{0,4}}?(?:{words.ALL_TITLED}|刊物|表格?|专栏)"),
        re.compile("^《|》$"),
    ),
    "time": (
        re.compile(f"^.{{0,2}}?(?:天|日|钟点|{boilerplate.TIME_LABEL}|时候|时段|年|月)"),
        re.compile(r"[年月日时点周\d一二三四五六]$"),
    ),
}  # fmt: skip
#: The measure in front of 「是多少」, or behind 「多少」, and what is no part of its name.
MEASURE_BEFORE = re.compile(
    rf"(?P<noun>[\u4e00-\u9fffA-Za-z]{{2,8}}?)(?:{words.ADVERBS})?(?:是|为|{words.REACHING}|达|有|安排在|定在|排)?(?:了)?"
    r"(?:百分之多少|多少|几|什么时候|何时|哪天|哪一天|是谁|谁)[^\u4e00-\u9fff]*$"
)
MEASURE_AFTER = re.compile(r"多少(?P<noun>[\u4e00-\u9fff]{2,6})[？?]?$")
#: Asks for a sum for each of several, and what tells one: 「每家多少万元」, 「每个给予100万元」, 「300元/户」.
ASKS_FOR_EACH = re.compile(r"(?:每[\u4e00-\u9fff]{1,3}){1,2}(?:是|为|给|奖|补)?多少[万亿]{0,2}元")
FOR_EACH = re.compile(f"[每/／均]|{words.STANDARD}")
#: What is no part of the name of a measure.
WEAK_ENDS = re.compile(
    r"^(?:[条份家件项户名位篇张次的了在是会被把从由到要能给和与年月日个])+|(?:[的了在是会被])+$"
)

#: What says that each of several is to be told.
COMPARES = re.compile(
    rf"{words.OF_EACH}|两[市地省县区年者]|{COMPARING}|不同|区别|差别|差异|谁更|哪个更"
)
#: In front of the points of a question, and of the question itself.
POINT_MARK = re.compile(
    rf"[{ORDINAL}]是|第[{ORDINAL}][，,、：:]|[（(]?[1-5](?:[)）、]|[.．](?!\d))"
)
OPENING = re.compile(
    rf"^(?:{POLITELY}|想问|我想问|问一下|请教)?(?:{words.A_BIT})?(?:[几两三]个)?(?:{words.PROBLEM})?[：:，,]*"
)
#: 「领导小组组长和办公室主任分别是谁」.
ROLES = re.compile(
    rf"(?P<roles>{ROLE}(?:(?:{words.JOINING}){ROLE})+)(?:{words.SEVERALLY}|都)?(?P<asks>(?:是|由)谁.{{0,6}}|叫什么.{{0,4}})$"
)
#: 「各是怎么说的」 asks of all that the part before names, which must be read with it.
ASKS_TOGETHER = re.compile(
    rf"(?:{POLITELY}|[它他]们|{THESE}|[两二]者)?(?:各|{words.RESPECTIVELY}|都|有什么(?:不同|区别|差别))"
)
#: An article of a regulation. Without 第, 「15条措施」 and 「出台15条规定」 count; 「一条」 and 「几十条」
#: do so wherever they stand.
_ARTICLE_BEHIND = rf"(?=$|\W|[第的是有怎如讲说写适对里中]|{words.RULING}[了的什哪怎])"
_SUB_ARTICLE = f"(?:之[{ORDINAL}])?"
#: An article by its number.
NAMED_ARTICLE = re.compile(
    rf"第\s?(?P<ordinal>[{NUMERAL}]{{1,9}}|\d{{1,4}})\s?条{_SUB_ARTICLE}(?!件|例)"
    rf"|(?<![\d.．第{NUMERAL}])(?P<bare>[{NUMERAL}]{{2,9}}|\d{{1,4}})条{_SUB_ARTICLE}{_ARTICLE_BEHIND}"
)

_EMPTY = frozenset(
    f"什么 {HOW_MUCH} 哪些 {WHICH} 哪几 几个 {WHO} 谁是 怎么 怎样 如何 为何 为什 是否 有没 有哪 有多 是多 是什 么时 时候 的是 了多 共有".split()
) | {POLITELY, *words.IDLE.split("|")}
#: Two-character search tokens of asking, which no document has to repeat.
ASKING_TOKENS = _EMPTY | frozenset(
    f"哪两 哪三 哪四 哪五 哪六 哪一 几条 几家 几名 几次 几项 是哪 哪位 哪份 哪项 哪天 一天 少个 少人 少项 少份 少条 少家 少件 少户 少元 "
    f"到多 {words.REACHING} {words.A_BIT} 叫什 么名 {NAME} {words.IN_DETAIL} {words.DEMAND} 里说 说的 的哪 了哪 是怎 么定 定的 么做 做的 样的 么样".split()
)
#: Such as say nothing of the subject in a search either.
EMPTY_TOKENS = _EMPTY | {words.CONDUCTING}
#: Characters that questions are made of and that tell nothing of their subject.
FUNCTION_CHARACTERS = frozenset(
    "的了和与及在是有对从到为等其各要将把被让给请问吗呢吧啊呀什么怎样如何哪些谁几多少个这那"
)
#: A typo in a number cannot be told from another number, nor one in a question word from a word.
NUMERAL_CHARACTERS = frozenset(f"{NUMERAL}几")
#: Characters that a typo is never corrected in.
FIXED_CHARACTERS = NUMERAL_CHARACTERS | frozenset("多少哪谁什么啥吗呢何")


def asked_count(question: str) -> int:
    """How many things a question asks for, the last count in it that may mean these; 0 for none."""
    counts = [m["which"] or m["of"] for m in ASKED_COUNT.finditer(question)]
    whiches = [m["which"] for m in ASKED_COUNT.finditer(question) if m["which"]]
    words = (whiches or counts or [""])[-1]
    count = HOW_MANY_PARTS.get(words) or read_count(words)
    return count if count > 1 else 0
