"""A paper as a Word document: fonts by script, headings, header rows that repeat, places to sign."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from handlers.papers.paper import Block, Heading, Image, Paper, Paragraph, Signature, Table
from handlers.rules.scripts import Script, runs

if TYPE_CHECKING:
    from docx.document import Document

FONTS = {Script.LATIN: "Times New Roman", Script.CHINESE: "SimSun", Script.LAO: "Phetsarath OT"}
"""What offices of the two countries write with; where one is missing, Word takes another of the same script."""
LANGUAGES = {Script.LATIN: "en-GB", Script.CHINESE: "zh-CN", Script.LAO: "lo-LA"}
SIZE, SMALL = 11, 9.5
LINE = "_" * 24
KEPT = "\n\u200b"
"""A new line, and the place where a word of Lao ends."""
ROOM_TO_SIGN = 14 * 12700
"""Above each line that is filled in by hand, in the units of the format."""
TOGETHER = 9
"""Rows of a table that stands on one page, header and all; of a longer one, the header stands with its first row."""


def docx(paper: Paper) -> bytes:
    """The bytes of the .docx file."""
    from docx import Document

    document = Document()
    _page(document)
    document.core_properties.title, document.core_properties.author = paper.title, "Focalpoint"
    _heading(document, paper.title, 0)
    for label, value in paper.facts:
        _fact(document, label, value)
    for block in paper.blocks:
        _block(document, block)
    if paper.signatures:
        _signatures(document, paper)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page(document: "Document") -> None:
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    _number(section.footer.paragraphs[0])


def _number(paragraph: Any) -> None:
    """The page and how many there are, counted by Word."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for field in ("PAGE", "NUMPAGES"):
        if field == "NUMPAGES":
            _write(paragraph, " / ", size=SMALL)
        run = paragraph.add_run("1")
        _set(run, Script.LATIN, SMALL, bold=False)
        _counted(run, field)


def _counted(run: Any, field: str) -> None:
    """This run shows the value of a field."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    holder = OxmlElement("w:fldSimple")
    holder.set(qn("w:instr"), field)
    run._r.addprevious(holder)
    holder.append(run._r)


def _heading(document: "Document", text: str, level: int) -> None:
    from docx.shared import RGBColor

    paragraph = document.add_heading(level=level)
    _write(paragraph, text, size=18 if level == 0 else 13)
    for run in paragraph.runs:
        run.font.color.rgb = RGBColor(0x1F, 0x29, 0x33)


def _fact(document: "Document", label: str, value: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = 0
    _write(paragraph, f"{label}: ", bold=True)
    _write(paragraph, value)


def _block(document: "Document", block: Block) -> None:
    from docx.shared import Cm

    match block:
        case Heading(text):
            _heading(document, text, 1)
        case Paragraph(text):
            for line in text.splitlines():
                _write(document.add_paragraph(), line)
        case Image(content):
            document.add_picture(BytesIO(content), width=Cm(13))
            document.paragraphs[-1].paragraph_format.keep_with_next = True
            document.paragraphs[-1].paragraph_format.space_after = Cm(0.8)  # before the places to sign
        case Table():
            _table(document, block)


def _table(document: "Document", table: Table) -> None:
    from docx.shared import Cm

    written = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    written.autofit = False
    shares = table.shares or [1] * len(table.columns)
    widths = [Cm(16.6 * share / sum(shares)) for share in shares]
    _row(written.rows[0], table.columns, widths, bold=True)
    _mark(written.rows[0], "w:tblHeader")  # it stands again on every page the table goes on to
    for column, width in zip(written.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        _row(written.add_row(), row, widths)
    _hold(written.rows if len(written.rows) <= TOGETHER else written.rows[:1])
    document.add_paragraph().paragraph_format.space_after = 0


def _row(row: Any, texts: Any, widths: Any, *, bold: bool = False) -> None:
    _mark(row, "w:cantSplit")
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        _write(cell.paragraphs[0], text, bold=bold, size=SMALL)


def _hold(rows: Any) -> None:
    """These rows stand on one page."""
    for row in rows:
        for paragraph in (each for cell in row.cells for each in cell.paragraphs):
            paragraph.paragraph_format.keep_with_next = True


def _mark(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _signatures(document: "Document", paper: Paper) -> None:
    """The places to sign, on one page with the line that says what is signed."""
    _write(document.add_paragraph(), paper.signed)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(paper.signatures))
    _mark(table.rows[0], "w:cantSplit")
    for cell, signature in zip(table.rows[0].cells, paper.signatures, strict=True):
        _signature(cell, signature)


def _signature(cell: Any, signature: Signature) -> None:
    _write(cell.paragraphs[0], signature.side, bold=True)
    for label in signature.lines:
        paragraph = cell.add_paragraph()
        paragraph.paragraph_format.space_before = ROOM_TO_SIGN
        _write(paragraph, f"{label}: {LINE}")


def _write(paragraph: Any, text: str, *, bold: bool = False, size: float = SIZE) -> None:
    for script, piece in runs("".join(map(_shown, text))):
        _set(paragraph.add_run(piece), script, size, bold=bold)


def _shown(letter: str) -> str:
    """A letter as a document has it: any space is a plain one, and what only steers is left out."""
    if letter.isprintable() or letter in KEPT:
        return letter
    return " " if letter.isspace() else ""


def _set(run: Any, script: Script, size: float, *, bold: bool) -> None:
    """Every slot of a run names the font of its script: Word chooses the slot by rules of its own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run.font.size, run.bold = Pt(size), bold
    run.font.name = FONTS[script]
    properties = run._r.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(slot), FONTS[script])
    if script is Script.CHINESE:
        fonts.set(qn("w:hint"), "eastAsia")
    if script is Script.LAO:
        _complex(properties, size, bold=bold)
    language = OxmlElement("w:lang")
    for slot in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(slot), LANGUAGES[script])
    properties.append(language)


def _complex(properties: Any, size: float, *, bold: bool) -> None:
    """Lao is set by the rules of complex scripts, which have a size and a weight of their own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    weight = OxmlElement("w:bCs")
    weight.set(qn("w:val"), "1" if bold else "0")
    properties.append(weight)
    height = OxmlElement("w:szCs")
    height.set(qn("w:val"), str(int(size * 2)))
    properties.append(height)
    properties.append(OxmlElement("w:cs"))
