"""Asking the office's own registers instead of the applicant, with their consent to each look."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.register import Register
from gongzhi.base.catalogue.kinds.service_facts import WHO
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.public_services.confirmed import leave, put
from gongzhi.work.public_services.events import (
    FACT_LEFT,
    FACTS_TAKEN,
    REGISTER_ASKED,
    REGISTER_LOADED,
)
from gongzhi.work.public_services.models import RegisterEntry, Unfinished
from gongzhi.work.public_services.selectors.facts import Offer, looked_up
from gongzhi.work.public_services.selectors.forms import held_form
from gongzhi.work.public_services.selectors.registers import (
    entry_for,
    key_of,
    offers_from,
    registers_for,
    who_in,
)


@action
def ask_register(by: Actor, form: Unfinished, register: Register, *, agreed: bool) -> list[Offer]:
    """What the register has for this form. Nothing is copied; that it was asked, for which service
    and whether it knew is on record, and told to the applicant.

    Refuses without consent, for a form that asks nothing the register knows, and before the form
    says who applies.
    """
    held = held_form(form)
    if not agreed:
        wrong = _("您同意了才查。不同意也没关系，自己填就行。")
        raise Refused(wrong, code="consent", status=422, fields={"agreed": wrong})
    entry = _entry(held, register)
    looks = [one for one in held.looks if one["register"] != register.code]
    look = {"register": register.code, "on": _today(), "found": entry is not None}
    held.looks, held.saved_at = [*looks, look], now()
    held.save(update_fields=["looks", "saved_at"])
    record(
        REGISTER_ASKED, held, register=register.code, service=held.service,
        found=entry is not None, entry=entry.pk if entry else None,
    )  # fmt: skip
    return offers_from(held, register, entry) if entry else []


@action
def take_from_register(
    by: Actor, form: Unfinished, register: Register, fields: Collection[str]
) -> Unfinished:
    """Use what the applicant ticks of what was found. Refuses what they didn't let look up."""
    held = held_form(form)
    if not any(one["register"] == register.code and one["found"] for one in held.looks):
        raise Refused(_("请先同意查一查。"), code="not_asked", status=409)
    entry = _entry(held, register)
    found = offers_from(held, register, entry) if entry else []
    chosen = [one for one in found if one.field.code in fields]
    if not chosen:
        raise Refused(_("请勾选要用的，或者自己填。"), code="nothing_chosen", status=422)
    put(held, chosen)
    record(FACTS_TAKEN, held, source="register", of=register.code, fields=len(chosen))
    return held


@action
def fill_in_myself(by: Actor, form: Unfinished, field: str) -> Unfinished:
    """Let a field be typed after all that was taken from a register."""
    held = held_form(form)
    if field not in looked_up(held):
        raise Refused(_("这一项本来就是自己填的。"), code="not_taken", status=409)
    leave(held, {field})
    record(FACT_LEFT, held, field=field)
    return held


@action
def load_register(
    by: Actor, register: Register, rows: Sequence[tuple[date, Mapping[str, str]]]
) -> int:
    """Put these entries (the day of each, fact → text) in the place of all before; how many.

    Refuses an entry without name, number and telephone, and a number that stands twice.
    """
    entries: dict[str, RegisterEntry] = {}
    for number, (since, told) in enumerate(rows, 1):
        if any(not told.get(fact) for fact in WHO):
            said = _("第 %(n)s 行：缺姓名、证件号或者电话。") % {"n": number}
            raise Refused(said, code="row", status=422)
        key = key_of(register.code, told["person.id_number"])
        if key in entries:
            said = _("第 %(n)s 行：这个证件号前面已经有了。") % {"n": number}
            raise Refused(said, code="row", status=422)
        kept = {fact: told.get(fact, "") for fact in (*WHO, *register.facts)}
        entries[key] = RegisterEntry(
            register=register.code, key=key, since=since,
            content=json.dumps(kept, ensure_ascii=False),
        )  # fmt: skip
    RegisterEntry.objects.filter(register=register.code).delete()
    RegisterEntry.objects.bulk_create(entries.values(), batch_size=500)
    record(
        REGISTER_LOADED,
        f"public_services.register:{register.code}",
        register=register.code,
        entries=len(entries),
    )
    return len(entries)


def _entry(held: Unfinished, register: Register) -> RegisterEntry | None:
    if register not in registers_for(held):
        raise Refused(_("这张表用不着查这个登记。"), code="no_such_register", status=409)
    who = who_in(held)
    if who is None:
        raise Refused(_("先填好姓名、证件号和手机号，再查。"), code="who_first", status=409)
    return entry_for(register, who)


def _today() -> str:
    return timezone.localdate(now()).isoformat()
