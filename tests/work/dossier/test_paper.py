"""A document on paper: what it says, that it can be read anywhere, and that a draft is one."""

from __future__ import annotations

import io
from datetime import date

import docx
import pypdfium2
import pytest
import typst

from gongzhi.base.catalogue.load import catalogue
from gongzhi.work.dossier.paper.docx import as_docx
from gongzhi.work.dossier.paper.filled import Paper, chinese_date, fill
from gongzhi.work.dossier.paper.pdf import FONTS, as_pdf

there = set(typst.Fonts(include_system_fonts=True).families())
pytestmark = pytest.mark.skipif(
    not there & set(FONTS), reason="this machine has no Chinese font (apt install fonts-noto-cjk)"
)
VALUES = {"person": "𬎆㐂龘", "facts": "在码头丢了一只包。", "law": "《某法》第一条"}


def paper(code: str, *, day: date | None = None, number: str = "") -> Paper:
    document = catalogue().documents[code]
    version = document.versions[0]
    return fill(document, version, VALUES, authority="岚城县公安局", number=number, day=day)


def said(content: bytes) -> str:
    """All text of a PDF, as its reader would copy it."""
    with pypdfium2.PdfDocument(content) as made:
        return "".join(page.get_textpage().get_text_bounded() for page in made)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 11, 24), "二〇二六年十一月二十四日"),
        (date(2030, 10, 10), "二〇三〇年十月十日"),
        (date(2027, 2, 1), "二〇二七年二月一日"),
    ],
)
def test_a_date_is_written_as_official_papers_write_it(day: date, written: str) -> None:
    assert chinese_date(day) == written


@pytest.mark.parametrize("code", sorted(catalogue().documents))
def test_every_document_can_be_made_out_as_pdf_and_docx(code: str) -> None:
    made = paper(code, day=date(2026, 11, 24))
    text = said(as_pdf(made)).replace("\r\n", "").replace("\n", "")
    assert made.title in text
    assert "草稿" not in text
    titles = [one.text for one in docx.Document(io.BytesIO(as_docx(made))).paragraphs]
    assert made.title in titles


def test_rare_characters_of_a_name_are_in_the_file_with_their_font() -> None:
    content = as_pdf(paper("penalty_decision", day=date(2026, 11, 24)))
    assert "𬎆㐂龘" in said(content)
    assert b"/FontFile" in content


def test_a_draft_says_so_and_has_neither_number_nor_date() -> None:
    made = paper("penalty_decision")
    text = said(as_pdf(made))
    assert "草稿" in text
    assert "二〇二六年" not in text
    head = docx.Document(io.BytesIO(as_docx(made))).sections[0].header.paragraphs[0].text
    assert head.startswith("草稿")


def test_what_was_written_is_never_taken_for_a_command() -> None:
    document = catalogue().documents["penalty_decision"]
    hostile = {"facts": '#read("/etc/passwd") {number} $x$ *重点* <w:p>&amp;'}
    made = fill(document, document.versions[0], hostile, authority="甲", day=date(2026, 1, 1))
    text = said(as_pdf(made)).replace("\r\n", "")
    assert '#read("/etc/passwd")' in text.replace("“", '"').replace("”", '"')
    assert "*重点*" in text
    body = "".join(one.text for one in docx.Document(io.BytesIO(as_docx(made))).paragraphs)
    assert hostile["facts"] in body


def test_what_need_not_be_said_and_was_not_leaves_no_empty_line() -> None:
    assert "涉案财物" not in said(as_pdf(paper("penalty_decision", day=date(2026, 1, 1))))
