"""Words for kinds of places, and what stands around them."""

from __future__ import annotations

import re

#: 「市」 of 市委 and 「省」 of 省级 belong to what follows.
KIND_OF_PLACE = re.compile(
    r"(?:自治区|自治州|地区|街道|[省市州盟县区旗镇乡](?![委政长级场域内外直属辖办]))"
)
JOINT = re.compile(r"(?:[、，,]|和|与|及|以及|跟)?")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年度?|(?!\d))")


#: The two characters before a kind of place; function words end no name.
_NO_PLACE_END = "的了和与及在从对把被让给比到向由是有为各外全本该每某几多哪这那个上下大小老新旧城乡市县区镇省州中内里跟同所"
UNKNOWN_PLACE = re.compile(
    rf"(?=(?P<name>(?![{_NO_PLACE_END}])[\u4e00-\u9fff](?![{_NO_PLACE_END}])[\u4e00-\u9fff])(?P<kind>街道|[市州县区旗镇乡]))"
)
