"""What people write here: how long it may be, without what no database keeps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.base.matters.masking import masked
from gongzhi.base.ui.errors import Refused

LINE, TEXT = 80, 2000
OPTIONS = 2, 12
_CODES = "abcdefghijkl"
_LINK = re.compile(
    r"(?:https?://|www\.)[!-~]+|(?<![\w@.])[\w-]+\.(?:com|cn|net|top|xyz|vip)\b[!-~]*",
    re.IGNORECASE,
)


def for_everybody(words: str) -> str:
    """Without numbers by which somebody is reached or named, and without links."""
    return _LINK.sub(_("（链接已隐去）"), masked(words))


def checked_options(names: Sequence[str]) -> list[dict[str, str]]:
    """Options with their codes. Refuses too few, too many, and two that are called the same."""
    found = [checked_line(one, "options") for one in names if one.strip()]
    if len(set(found)) != len(found) or not OPTIONS[0] <= len(found) <= OPTIONS[1]:
        wrong = _("请写 %(least)s 到 %(most)s 个不同的选项，一行一个。") % {
            "least": OPTIONS[0], "most": OPTIONS[1],
        }  # fmt: skip
        raise Refused(wrong, code="options", status=422, fields={"options": wrong})
    return [{"code": code, "name": name} for code, name in zip(_CODES, found, strict=False)]


def checked_line(words: str, field: str, most: int = LINE) -> str:
    """One line that says something. Refuses none, and one that is too long."""
    line = " ".join(words.split())
    if not line:
        wrong = _("请填写这一项。")
        raise Refused(wrong, code=field, status=422, fields={field: wrong})
    return _short(line, field, most)


def checked_text(words: str, field: str, most: int = TEXT, *, needed: bool = False) -> str:
    """Some sentences. Refuses too many, and none where some are needed."""
    text = words.strip()
    if needed and not text:
        wrong = _("请填写这一项。")
        raise Refused(wrong, code=field, status=422, fields={field: wrong})
    return _short(text, field, most)


def _short(text: str, field: str, most: int) -> str:
    if len(text) > most or "\x00" in text:
        wrong = _("最多写 %(n)s 个字，请精简一些。") % {"n": most}
        raise Refused(wrong, code=field, status=422, fields={field: wrong})
    return text
