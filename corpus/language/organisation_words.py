"""Bodies whose documents hold in every place."""

from __future__ import annotations

import re

#: Bodies whose documents hold in every place.
NATIONAL_BODY = re.compile(
    "国务院|中共中央|全国人大|最高人民|国家[\u4e00-\u9fff]{2,10}(?:委|局|署|部)|税务总局|海关总署|人民银行"
    "|(?<![省市县区])(?:外交|教育|科技|公安|民政|司法|财政|生态环境|交通运输|水利|农业农村|商务|应急管理|工业和信息化|住房和?城乡建设"
    "|文化和旅游|自然资源|人力资源(?:和)?社会保障|退役军人事务)部(?!门)"
)
