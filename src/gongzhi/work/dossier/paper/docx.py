"""The paper as DOCX, for whoever must work on its words elsewhere."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from gongzhi.work.dossier.paper.filled import Paper

BODY, HEAD = "仿宋", "黑体"


def as_docx(paper: Paper) -> bytes:
    """The paper as a file that word processors open."""
    made = docx.Document()
    made.core_properties.title, made.core_properties.author = paper.title, paper.authority
    _lay_out(made, paper)
    _line(made, paper.title, 22, font=HEAD, align=WD_ALIGN_PARAGRAPH.CENTER)
    if paper.number:
        _line(made, paper.number, 13, align=WD_ALIGN_PARAGRAPH.RIGHT)
    for block in paper.blocks:
        _block(made, block)
    for who in paper.signed_by:
        _line(made, f"{who}：　　　　　　　　　　　　年　　月　　日", 12)
    if paper.seal:
        for told in (paper.authority, "（此处盖章）", paper.date):
            _line(made, told, 15, align=WD_ALIGN_PARAGRAPH.RIGHT)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _lay_out(made: Any, paper: Paper) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(35), Mm(32)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    if paper.draft:
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(head, "草稿 · 未编号，不得送达", 10).font.color.rgb = RGBColor(110, 110, 110)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(foot, "— ", 12)
    _page_number(_run(foot, "", 12))
    _run(foot, " —", 12)


def _page_number(run: Any) -> None:
    for kind, told in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = told
        run._r.append(part)  # noqa: SLF001  (python-docx has no other way to a field)


def _block(made: Any, block: Any) -> None:
    if block["kind"] == "table":
        _table(made, block["rows"])
        return
    heading = block["kind"] == "heading"
    for line in block["lines"]:
        row = _line(made, line, 15, font=HEAD if heading else BODY)
        if not heading and not (line.endswith("：") and len(line) < 30):
            row.paragraph_format.first_line_indent = Pt(30)


def _table(made: Any, rows: Sequence[Sequence[str]]) -> None:
    table = made.add_table(rows=0, cols=4)
    table.style, table.autofit = "Table Grid", False
    for told in rows:
        cells = table.add_row().cells
        for cell, width in zip(cells, (26, 52, 26, 52), strict=True):
            cell.width = Mm(width)
        if len(told) == 2:
            cells[1].merge(cells[3])
        for number, words in enumerate(told):
            _run(cells[number].paragraphs[0], words, 12, HEAD if number % 2 == 0 else BODY)


def _line(made: Any, words: str, size: float, *, font: str = BODY, align: Any = None) -> Any:
    row = made.add_paragraph()
    row.alignment = align
    row.paragraph_format.space_after = Pt(6)
    _run(row, words, size, font)
    return row


def _run(row: Any, words: str, size: float, font: str = BODY) -> Any:
    run = row.add_run(words)
    run.font.size, run.font.name = Pt(size), font
    # The name above is for Latin letters; Chinese ones have a name of their own.
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001
    return run
