"""The sealed fields of a person, as people call them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from gongzhi.base.people.models import Person

LABELS: Mapping[str, _StrOrPromise] = {
    "name": _("姓名"),
    "phone": _("电话"),
    "email": _("电子邮箱"),
    "id_number": _("证件号码"),
    "address": _("联系地址"),
    "officer": _("所说的警号"),
}


Labels = Callable[["Person"], Mapping[str, str]]
"""How the further fields of this person are called, as an app knows it that sealed them."""
_further: list[Labels] = []


def add_labels(labels: Labels) -> None:
    """Let an app name the fields that it seals beside these."""
    _further.append(labels)


def labelled(fields: Mapping[str, str], person: Person | None = None) -> list[tuple[str, str, str]]:
    """(code, label, text) of each field: those of `LABELS` first, in its order."""
    named = dict(LABELS)
    if person is not None:
        for further in _further:
            named |= {code: label for code, label in further(person).items() if code not in LABELS}
    order = [code for code in named if code in fields] + sorted(set(fields) - set(named))
    return [(code, str(named.get(code, code)), fields[code]) for code in order]
