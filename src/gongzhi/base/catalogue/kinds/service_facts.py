"""Facts: what fields of several services ask in the same sense, so that one told once can be
offered back in another form. A field without a fact is never offered anywhere.

The list is closed and short on purpose: a fact is who applies, where they live and work and how
the result reaches them, never what they applied for or why.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.words import in_both

if TYPE_CHECKING:
    from gongzhi.base.catalogue.kinds.service_parts import FormField

FACTS: Mapping[str, str] = {
    "person.name": "name",
    "person.id_number": "id_number",
    "person.phone": "phone",
    "person.email": "email",
    "living.address": "address",
    "living.since": "date",
    "living.dwelling": "choice",
    "work.employer": "text",
    "study.school": "text",
    "organisation.name": "text",
    "organisation.address": "address",
    "delivery.way": "choice",
}
"""Fact → the kind of the fields that ask it."""
WHO = ("person.name", "person.id_number", "person.phone")
"""What tells who somebody is."""
NO_SUCH_FACT = _("没有“%(fact)s”这个事实；有的是：%(known)s")
OTHER_KIND = _("“%(fact)s”要写在 kind = “%(kind)s” 的项上")
TWICE = _("“%(fact)s”在一张表里只能问一次")


def unfit_fact(field: FormField) -> str:
    """What is wrong with the fact that a field names; "" where nothing is."""
    if field.fact is None:
        return ""
    kind = FACTS.get(field.fact)
    if kind is None:
        return in_both(NO_SUCH_FACT, fact=field.fact, known=", ".join(FACTS))
    return "" if kind == field.kind else in_both(OTHER_KIND, fact=field.fact, kind=kind)


def asked_twice(facts: list[str]) -> str:
    """The fact that one form would ask twice, in words; "" where there is none."""
    twice = sorted({one for one in facts if facts.count(one) > 1})
    return in_both(TWICE, fact=twice[0]) if twice else ""
