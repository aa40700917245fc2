"""By which article each request may be made. Checked against the statutes' own texts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LAW = _("《中华人民共和国个人信息保护法》")
ARTICLES = {
    "access": _("第四十五条第一款、第二款"),
    "correct": _("第四十六条"),
    "delete": _("第四十七条"),
    "withdraw": _("第十五条"),
    "transfer": _("第四十五条第三款"),
    "explain": _("第四十八条"),
}


def cited(asks: str) -> str:
    """Statute and article, in the reader's language."""
    return f"{LAW}{ARTICLES[asks]}"
