"""A small writer of OFD files by GB/T 33190-2016, for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SIZE = 4.2  # mm, about 12 points
LEADING = 8.0

Placed = tuple[float, float, str]  # x and baseline y in mm from the upper left corner


def text_object(number: int, x: float, y: float, text: str, size: float = SIZE) -> str:
    """A line as one object, every step written out."""
    widths = [size if char > "\u2e7f" or char in "“”‘’—…" else size / 2 for char in text]
    deltas = " ".join(f"{width:g}" for width in widths[:-1])
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{x:g} {y - size:g} {sum(widths) + 1:g} {size:g}" '
        f'Font="3" Size="{size:g}"><ofd:TextCode X="0" Y="{size:g}" DeltaX="{deltas}">'
        f"{escape(text)}</ofd:TextCode></ofd:TextObject>"
    )


def page_xml(objects: Sequence[str], before: str = "") -> str:
    return (
        f"{HEAD}<ofd:Page {NS}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"
        f'{before}<ofd:Content><ofd:Layer ID="90000" Type="Body">{"".join(objects)}</ofd:Layer>'
        "</ofd:Content></ofd:Page>"
    )


def lines_to_pages(lines: Sequence[str], per_line: int = 36, rows: int = 30) -> list[list[Placed]]:
    """Break paragraphs into printed lines and these into pages."""
    printed = [
        line[i : i + per_line] for line in lines for i in range(0, max(1, len(line)), per_line)
    ]
    return [
        [(25.0, 30.0 + LEADING * i, text) for i, text in enumerate(printed[at : at + rows]) if text]
        for at in range(0, len(printed), rows)
    ]


def make_ofd(
    pages: Sequence[Sequence[Placed] | str],
    parts: dict[str, str | bytes] | None = None,
    template: Sequence[Placed] = (),
    resources: str = "",
) -> bytes:
    """An OFD file.

    Args:
        pages: each a list of placed lines, or the whole XML of its Content.xml.
        parts: further members by name, which replace those made here.
        template: lines of a template that every page of lines uses.
        resources: elements of DocumentRes.xml.
    """  # fmt: skip
    members: dict[str, str | bytes] = {
        "OFD.xml": f'{HEAD}<ofd:OFD {NS} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo>'
        "<ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/PublicRes.xml": f'{HEAD}<ofd:Res {NS} BaseLoc="Res"><ofd:Fonts>'
        '<ofd:Font ID="3" FontName="宋体" FamilyName="宋体"/></ofd:Fonts></ofd:Res>',
        "Doc_0/DocumentRes.xml": f'{HEAD}<ofd:Res {NS} BaseLoc="Res">{resources}</ofd:Res>',
    }
    listed = "".join(
        f'<ofd:Page ID="{100 + i}" BaseLoc="Pages/Page_{i}/Content.xml"/>'
        for i in range(len(pages))
    )
    shared = '<ofd:TemplatePage ID="50" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    members["Doc_0/Document.xml"] = (
        f"{HEAD}<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID>"
        "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        f"<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>{shared}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    uses = '<ofd:Template TemplateID="50" ZOrder="Background"/>' if template else ""
    if template:
        members["Doc_0/Tpls/Tpl_0/Content.xml"] = page_xml(
            [text_object(500 + i, *line) for i, line in enumerate(template)]
        )
    for i, page in enumerate(pages):
        members[f"Doc_0/Pages/Page_{i}/Content.xml"] = (
            page
            if isinstance(page, str)
            else page_xml([text_object(1000 + n, *line) for n, line in enumerate(page)], uses)
        )
    return zipped({**members, **(parts or {})})


def zipped(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()
