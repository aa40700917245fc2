"""Asking once: what was told before is shown to whoever has its code, and goes into a form only as
they confirm it, field by field."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.public_services.confirmed import put
from gongzhi.work.public_services.events import FACTS_SHOWN, FACTS_TAKEN
from gongzhi.work.public_services.models import Unfinished
from gongzhi.work.public_services.selectors.facts import (
    Offer,
    offers,
    opened_by,
)
from gongzhi.work.public_services.selectors.forms import held_form


@action
def show_facts(by: Actor, form: Unfinished, code: str, ends: str) -> list[Offer]:
    """What was told under another code and fits into this form. Nothing is copied.

    That it was shown, and for which service, is on record with what was told before, for its
    applicant to see. Refuses a code that opens nothing.
    """
    held = held_form(form)
    told = opened_by(code, ends, besides=held)
    found = offers(held, told)
    record(FACTS_SHOWN, told.kept, service=held.service, fields=len(found))
    return found


@action
def take_facts(
    by: Actor, form: Unfinished, code: str, ends: str, fields: Collection[str]
) -> Unfinished:
    """Put what was confirmed into the form, and keep with it where it comes from. Refuses a code
    that opens nothing, and when nothing was chosen."""
    held = held_form(form)
    told = opened_by(code, ends, besides=held)
    chosen = [one for one in offers(held, told) if one.field.code in fields]
    if not chosen:
        raise Refused(_("请勾选要用的，或者自己填。"), code="nothing_chosen", status=422)
    put(held, chosen)
    record(FACTS_TAKEN, held, source=told.source.kind, of=told.source.of, fields=len(chosen))
    return held
