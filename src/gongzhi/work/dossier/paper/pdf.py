"""The paper as PDF. What it says goes in as data, never as markup, so no text can be a command."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.paper.filled import Paper

FONTS = (
    "FangSong", "STFangsong", "FZFangSong-Z02", "Noto Serif CJK SC", "Noto Serif SC",
    "Source Han Serif SC", "Songti SC", "SimSun", "Noto Sans CJK SC", "WenQuanYi Zen Hei",
)  # fmt: skip
"""In order of liking; the rest stand in for characters that the first lacks."""
_LAYOUT = Path(__file__).with_name("layout.typ")


def as_pdf(paper: Paper) -> bytes:
    """The paper, with its fonts embedded. Refuses where no font can show Chinese."""
    told = {"paper": json.dumps(paper.plain()), "fonts": json.dumps(fonts())}
    made = typst.compile(_LAYOUT.read_bytes(), sys_inputs=told, format="pdf")
    assert isinstance(made, bytes)  # noqa: S101  (one document, no output path)
    return made


@cache
def fonts() -> tuple[str, ...]:
    """Those of this machine that show Chinese, in order of liking. Refuses where there is none."""
    there = set(typst.Fonts(include_system_fonts=True).families())
    found = tuple(name for name in FONTS if name in there)
    if not found:
        words = _("这台服务器没有中文字体，生成不了文书。请安装 fonts-noto-cjk 后重试。")
        raise Refused(words, code="no_chinese_font", status=409)
    return found
