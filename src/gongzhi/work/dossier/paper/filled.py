"""A template with its fields filled in: plain blocks that both writers set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from gongzhi.base.catalogue.kinds.document import Block, Document, DocumentVersion

DIGITS = "〇一二三四五六七八九"
EMPTY = "　　　　"
"""Where nothing was said there is room to write by hand."""


@dataclass(frozen=True)
class Paper:
    """What stands on the paper, in order."""

    title: str
    number: str
    authority: str
    date: str
    blocks: tuple[Mapping[str, Any], ...]
    signed_by: tuple[str, ...]
    seal: bool
    draft: bool

    def plain(self) -> dict[str, Any]:
        """As JSON can carry it."""
        return asdict(self)


def fill(
    document: Document,
    version: DocumentVersion,
    values: Mapping[str, str],
    *,
    authority: str,
    number: str = "",
    day: date | None = None,
) -> Paper:
    """The paper with these values; a draft as long as it has no day of issue."""
    told = {field.code: values.get(field.code, "").strip() or EMPTY for field in version.fields}
    written = chinese_date(day) if day else "　　年　月　日"
    told |= {"number": number, "date": written, "unit": authority}
    unsaid = {field.code for field in version.fields if not field.required} & {
        code for code, text in told.items() if text == EMPTY
    }
    blocks = tuple(_block(block, told) for block in version.body if not _silent(block, unsaid))
    return Paper(
        document.title, number or _blank_number(document), authority, written,
        blocks, version.signed_by, document.seal, day is None,
    )  # fmt: skip


def _blank_number(document: Document) -> str:
    return f"{document.word}〔　　〕　　号" if document.word else ""


def written_number(word: str, year: int | None, count: int | None) -> str:
    """A document's number (文号) as it is written; "" as long as it has none."""
    return f"{word}〔{year}〕{count}号" if word and year and count else ""


def _silent(block: Block, unsaid: set[str]) -> bool:
    """Whether it is a paragraph about something that needn't be said and wasn't."""
    named = set(block.names())
    return block.kind == "paragraph" and bool(named) and named <= unsaid


def _block(block: Block, told: Mapping[str, str]) -> Mapping[str, Any]:
    # format_map knows names only: the catalogue refuses anything else between braces.
    if block.kind == "table":
        rows = [[cell.format_map(told) for cell in row] for row in block.rows]
        return {"kind": "table", "rows": rows}
    lines = block.text.format_map(told).splitlines()
    return {"kind": block.kind, "lines": [line for line in lines if line.strip()]}


def chinese_date(day: date) -> str:
    """As official papers write it: 二〇二六年十一月二十四日."""
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_up_to_99(day.month)}月{_up_to_99(day.day)}日"


def _up_to_99(number: int) -> str:
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return before + (DIGITS[ones] if ones or not tens else "")
