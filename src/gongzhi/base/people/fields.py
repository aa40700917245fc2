"""The sealed fields of a person, as people call them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

LABELS: Mapping[str, _StrOrPromise] = {
    "name": _("姓名"),
    "phone": _("电话"),
    "email": _("电子邮箱"),
    "address": _("联系地址"),
    "officer": _("所说的警号"),
}


def labelled(fields: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(code, label, text) of each field, in the order of `LABELS`, others after them."""
    order = [*(code for code in LABELS if code in fields), *sorted(set(fields) - set(LABELS))]
    return [(code, str(LABELS.get(code, code)), fields[code]) for code in order]
