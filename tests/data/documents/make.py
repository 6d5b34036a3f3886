"""Writes the documents in this folder: `python -m tests.data.documents.make` from the project's root."""

from __future__ import annotations

from pathlib import Path

from tests.core.extractors import office_files as office
from tests.core.extractors import outlook_files as outlook

FOLDER = Path(__file__).parent

NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
)


def make_all() -> None:
    """Write each document anew."""
    make_pdf()
    make_docx()
    make_pptx()
    make_tables()
    make_opendocument()
    make_epub()
    make_rtf()
    make_msg()


def make_pdf() -> None:
    """Two pages with an outline, a broken word and a comment."""
    first = [
        (72, 770, 18, "Bridges of the North"),
        (72, 730, 11, "The first bridge was built in 1815, long before the engi-"),
        (72, 716, 11, "neers of the well-known railway came to the island and"),
        (72, 702, 11, "measured it."),
        (72, 670, 11, "The second one is younger."),
    ]
    second = [(72, 770, 18, "Tunnels"), (72, 730, 11, "Café – “déjà vu”.")]
    office.pdf(
        FOLDER / "bridges.pdf",
        [first, second],
        outline=[("Bridges of the North", 0), ("Tunnels", 1)],
        info={"Title": "Crossings", "Author": "Ada", "CreationDate": "D:20240501083000+02'00'"},
        notes={1: "Check this."},
    )


def make_docx() -> None:
    """A title, headings, a numbered list, a table, a footnote, a comment and a tracked change."""
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    comment = '<w:r><w:commentReference w:id="7"/></w:r>'
    change = "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = (
        office.paragraph("Minutes", "Title")
        + office.paragraph("Decisions", "berschrift1")
        + f"<w:p><w:r><w:t>The bridge is closed</w:t></w:r>{note}<w:r><w:t xml:space='preserve'> until May.</w:t></w:r></w:p>"
        + f"<w:p><w:r><w:t xml:space='preserve'>A </w:t></w:r>{change}<w:r><w:t xml:space='preserve'> road</w:t></w:r>{comment}</w:p>"
        + office.paragraph("Costs", "berschrift2")
        + office.table([["Item", "Euro"], ["Steel", "120"]])
        + office.paragraph("Order steel", properties=item.format(0))
        + office.paragraph("Ask two firms", properties=item.format(1))
        + office.paragraph("Paint it", properties=item.format(0))
    )
    office.docx(
        FOLDER / "minutes.docx",
        body,
        author="Ada",
        styles=STYLES,
        numbering=NUMBERING,
        footnotes=f'<w:footnote w:id="2">{office.paragraph("Since the storm.")}</w:footnote>',
        comments=f'<w:comment w:id="7" w:author="Bob">{office.paragraph("Which one?")}</w:comment>',
    )


def make_pptx() -> None:
    """Two slides: a title with notes, and shapes that are kept in another order than they are read."""
    rows = "".join(
        f"<a:tr>{''.join(f'<a:tc><a:txBody><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:txBody></a:tc>' for cell in row)}</a:tr>"
        for row in (("Year", "Ferries"), ("1815", "4"))
    )
    table = (
        '<p:graphicFrame><p:xfrm><a:off x="0" y="5000000"/></p:xfrm>'
        f"<a:graphic><a:graphicData><a:tbl>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
    first = office.shape("Ferries", placeholder='type="ctrTitle"') + office.shape("How they ran", (60, 200))
    second = (
        table
        + office.shape("right", (400, 125))
        + office.shape("left\nbelow left", placeholder='idx="1"')
        + office.shape("Harbours", placeholder='type="title"')
    )
    office.pptx(FOLDER / "ferries.pptx", [first, second], {1: "Greet the guests."}, title="Ferries")


def make_tables() -> None:
    """The same table in four formats."""
    rows = [["Name", "Born"], ["Ada", 1815.0], ["Alan", 1912.0]]
    office.xls(FOLDER / "people.xls", rows, "People")
    office.xlsb(FOLDER / "people.xlsb", rows, "People")
    cells = "".join(office.sheet_row(number, {"A": name, "B": born}) for number, (name, born) in enumerate(rows, 1))
    office.xlsx(FOLDER / "people.xlsx", {"People": cells}, "People")
    lines = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
        + (
            f'<table:table-cell office:value-type="float" office:value="{born}"><text:p>{born}</text:p></table:table-cell>'
            if isinstance(born, float)
            else f'<table:table-cell office:value-type="string"><text:p>{born}</text:p></table:table-cell>'
        )
        + "</table:table-row>"
        for name, born in rows
    )
    office.opendocument(
        FOLDER / "people.ods", "spreadsheet", f'<table:table table:name="People">{lines}</table:table>', title="People"
    )


def make_opendocument() -> None:
    """A text with a heading, a list, a table and a footnote; two slides with notes."""
    text = (
        '<text:h text:outline-level="1">Lighthouses</text:h>'
        "<text:p>They   are<text:s text:c='2'/>lit<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>At night.</text:p></text:note-body></text:note> by oil.</text:p>"
        '<text:h text:outline-level="2">Keepers</text:h>'
        '<text:list text:style-name="L1"><text:list-item><text:p>Ann</text:p></text:list-item>'
        "<text:list-item><text:p>Bob</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    style = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/>'
        "</text:list-style>"
    )
    office.opendocument(FOLDER / "lighthouses.odt", "text", text, style, "Lighthouses")

    def frame(words: str, left: float, top: float, kind: str = "") -> str:
        mark = f' presentation:class="{kind}"' if kind else ""
        return (
            f'<draw:frame svg:x="{left}cm" svg:y="{top}cm"{mark}><draw:text-box><text:p>{words}</text:p></draw:text-box>'
            "</draw:frame>"
        )

    slides = (
        f"<draw:page>{frame('below', 1, 9)}{frame('above', 1, 5)}{frame('Lamps', 1, 1, 'title')}"
        f"<presentation:notes>{frame('Dim the room.', 1, 1, 'notes')}</presentation:notes></draw:page>"
        f"<draw:page>{frame('no title here', 1, 1)}</draw:page>"
    )
    office.opendocument(FOLDER / "lamps.odp", "presentation", slides, title="Lamps")


def make_epub() -> None:
    """Two chapters with a navigation of two levels."""
    chapters = {
        "one.xhtml": "<h1>The Harbour</h1><p>Ships came in.</p><h2 id='gulls'>Gulls</h2><p>They cried.</p>",
        "two.xhtml": "<p>The sea was grey.</p>",
    }
    contents = (
        '<li><a href="one.xhtml">The Harbour</a><ol><li><a href="one.xhtml#gulls">Gulls</a></li></ol></li>'
        '<li><a href="two.xhtml">The Sea</a></li>'
    )
    office.epub(FOLDER / "harbour.epub", chapters, contents, "Harbour Tales")


def make_rtf() -> None:
    """Two code pages, a character outside the first plane, a link, a table and a list."""
    (FOLDER / "letter.rtf").write_bytes(
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial;}}"
        rb"{\info{\title A letter}{\author Ada}{\creatim\yr2024\mo5\dy1\hr8\min30}}"
        rb"{\pict\wmetafile8{\*\blipuid ab}0102030405}"
        rb"\pard Dear \b Zo\'eb\b0 , it costs \u8364? 5 \u-10179?\u-8704?.\par{}"
        rb"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}\par{}"
        rb'See {\field{\*\fldinst{HYPERLINK "http://example.com"}}{\fldrslt{the list}}}.\par{}'
        rb"\trowd\cellx1000\cellx2000 a\cell b\cell\row\trowd\cellx1000\cellx2000 c\cell d\cell\row"
        rb"\pard\bullet  one\par\bullet  two\par}"
    )


def make_msg() -> None:
    """A message with one recipient."""
    outlook.msg(
        FOLDER / "letter.msg",
        {
            outlook.SUBJECT: "Oil for the lamp",
            outlook.SENDER: "Ada Keeper",
            outlook.SENDER_ADDRESS: "ada@example.org",
            outlook.BODY: "Dear Zoë,\r\nforty gallons are left.\r\n",
        },
        [{outlook.NAME: "Zoë", outlook.ADDRESS: "zoe@example.org", outlook.RECIPIENT_TYPE: 1}],
    )


if __name__ == "__main__":
    make_all()
