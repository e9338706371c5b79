"""Tables of a page: spans, heads, captions, tables in tables, layouts."""

from __future__ import annotations

from corpus.raw import LineKind

ROW, CAPTION, TEXT = LineKind.TABLE_ROW, LineKind.CAPTION, LineKind.TEXT


def rows(document) -> list[str]:
    return [line.text for line in document.lines if line.kind is ROW]


def test_a_cell_over_rows_stands_in_each_of_them(read) -> None:
    page = (
        "<table><tr><th>镇</th><th>村</th><th>户数</th></tr>"
        "<tr><td rowspan='3'>清河镇</td><td>东村</td><td>120</td></tr>"
        "<tr><td>西村</td><td>85</td></tr><tr><td>南村</td><td>64</td></tr>"
        "<tr><td>白石镇</td><td>上村</td><td>90</td></tr></table>"
    )
    assert rows(read("a.html", page)) == [
        "镇：清河镇；村：东村；户数：120",
        "镇：清河镇；村：西村；户数：85",
        "镇：清河镇；村：南村；户数：64",
        "镇：白石镇；村：上村；户数：90",
    ]


def test_two_head_rows_are_joined_for_each_column(read) -> None:
    page = (
        "<table><thead><tr><td rowspan=2>区</td><td colspan=2>低保标准（元）</td></tr>"
        "<tr><td>城市</td><td>农村</td></tr></thead>"
        "<tbody><tr><td>东城区</td><td>960</td><td>720</td></tr></tbody></table>"
    )
    (row,) = rows(read("a.html", page))
    assert row == "区：东城区；低保标准（元）·城市：960；低保标准（元）·农村：720"


def test_a_caption_stands_before_the_rows(read, shape) -> None:
    page = (
        "<p>各县床位如下。</p><table><caption>表1 床位</caption><tr><th>县</th><th>床位</th></tr>"
        "<tr><td>北山县</td><td>2100</td></tr></table>"
    )
    assert shape(read("a.html", page)) == [
        (TEXT, 0, "各县床位如下。"),
        (CAPTION, 0, "表1 床位"),
        (ROW, 0, "县：北山县；床位：2100"),
    ]


def test_a_table_in_a_cell_is_read_on_its_own_and_the_outer_rows_stay(read) -> None:
    page = (
        "<table><tr><td>费用</td><td>标准（元）</td></tr>"
        "<tr><td>水费</td><td><table><tr><td>居民</td><td>2.1</td></tr>"
        "<tr><td>商业</td><td>4.3</td></tr></table></td></tr>"
        "<tr><td>卫生费</td><td>15</td></tr></table>"
    )
    document = read("a.html", page)
    assert rows(document) == [
        "费用：水费",
        "居民；2.1",
        "商业；4.3",
        "费用：卫生费；标准（元）：15",
    ]
    captions = [line.text for line in document.lines if line.kind is CAPTION]
    assert captions == ["水费"]


def test_words_beside_a_table_in_a_cell_stay_in_their_row(read) -> None:
    page = (
        "<table><tr><th>项目</th><th>说明</th></tr><tr><td>气价</td><td>分档计价"
        "<table><tr><td>一档</td><td>3.1</td></tr><tr><td>二档</td><td>3.6</td></tr></table>"
        "</td></tr></table>"
    )
    assert rows(read("a.html", page)) == ["项目：气价；说明：分档计价", "一档；3.1", "二档；3.6"]


def test_a_table_that_lays_out_a_page_gives_paragraphs_and_the_table_in_it(read, shape) -> None:
    page = (
        "<table><tr><td><p>第一条 收费按下表执行。</p><p>第二条 自即日起执行。</p>"
        "<table><tr><th>项目</th><th>元</th></tr><tr><td>学费</td><td>350</td></tr></table>"
        "<p>特此通知。</p></td></tr></table>"
    )
    assert shape(read("a.html", page)) == [
        (TEXT, 0, "第一条 收费按下表执行。"),
        (TEXT, 0, "第二条 自即日起执行。"),
        (ROW, 0, "项目：学费；元：350"),
        (TEXT, 0, "特此通知。"),
    ]


def test_figures_in_pieces_of_a_cell_are_not_joined(read) -> None:
    page = (
        "<table><tr><th>年</th><th>户</th></tr>"
        "<tr><td>2023</td><td>12<br>34</td></tr><tr><td>2024</td><td>5<b>6</b></td></tr></table>"
    )
    assert rows(read("a.html", page)) == ["年：2023；户：12 34", "年：2024；户：56"]


def test_spans_beyond_the_table_and_absurd_ones_are_bounded(read) -> None:
    page = (
        "<table><tr><th>县</th><th>户</th></tr><tr><td rowspan=99999>甲县</td><td>3</td></tr>"
        "<tr><td colspan='99999999999'>4</td></tr><tr><td rowspan=0>5</td></tr></table>"
    )
    found = rows(read("a.html", page))
    assert found[0] == "县：甲县；户：3"
    assert all("甲县" in row for row in found)


def test_tables_nested_a_thousand_deep_are_read_quickly(read) -> None:
    page = "<table><tr><td>" * 1000 + "正文文字。" + "</td></tr></table>" * 1000
    assert read("a.html", page).lines[-1].text == "正文文字。"


def test_a_caption_and_a_unit_line_above_and_a_note_below_belong_to_the_table(read, shape) -> None:
    page = (
        "<p>情况如下。</p><p>表1 各县床位</p><p>单位：张</p>"
        "<table><tr><th>县</th><th>床位</th></tr><tr><td>北山县</td><td>2100</td></tr></table>"
        "<p>注：含民办机构。</p><p>注意事项另行通知。</p>"
    )
    assert shape(read("a.html", page)) == [
        (TEXT, 0, "情况如下。"),
        (CAPTION, 0, "表1 各县床位"),
        (CAPTION, 0, "单位：张"),
        (ROW, 0, "县：北山县；床位：2100"),
        (LineKind.NOTE, 0, "注：含民办机构。"),
        (TEXT, 0, "注意事项另行通知。"),
    ]
