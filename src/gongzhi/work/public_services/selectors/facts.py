"""Facts told before: what a code opens, and what of it fits into a form.

Nothing is found by who somebody is: whoever wants to use what they told before has to have the
code of that application and know what it says of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.service_facts import WHO
from gongzhi.base.catalogue.kinds.service_parts import FormField
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.people.sealing import unseal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import hashed
from gongzhi.work.participation.models import Receipt
from gongzhi.work.public_services.fields import checked_field
from gongzhi.work.public_services.models import Application, Unfinished
from gongzhi.work.public_services.selectors.forms import content_of, form_of, service_of, told_in

Kind = Literal["application", "form", "register"]
HIDDEN = "●●●"
SHOWN = 4
"""Characters of an address that are shown: the town."""
PROOF = 4
"""Characters from the end of the number given then, beside the code."""


@dataclass(frozen=True)
class Source:
    """Where something was told: in an application, in another form, or in a register."""

    kind: Kind
    of: str
    """The service's code, or the register's."""
    on: str
    """The day, ISO 8601."""

    def __str__(self) -> str:
        """In words: 您在 2026-11-03 办居住证时填的."""
        day = date_format(date.fromisoformat(self.on), "Y-m-d")
        service = catalogue().services.get(self.of)
        register = catalogue().registers.get(self.of)
        if self.kind == "register":
            named = {"day": day, "name": register.name if register else self.of}
            return _("%(name)s里有，%(day)s 登记的") % named
        told = {"day": day, "name": service.name if service else self.of}
        if self.kind == "form":
            return _("您在 %(day)s 填“%(name)s”时写的，还没提交") % told
        return _("您在 %(day)s 申请“%(name)s”时填的") % told


@dataclass(frozen=True)
class Taken:
    """One field that was confirmed: its text then, and where it comes from."""

    text: str
    source: Source


@dataclass(frozen=True)
class Told:
    """What a code opens: fact → text, where it was told, and what it is kept with."""

    source: Source
    facts: Mapping[str, str]
    kept: Matter | Unfinished


@dataclass(frozen=True)
class Offer:
    """One field of a form, and what was told before for it."""

    field: FormField
    text: str
    source: Source
    present: str = ""
    """What stands in the form now, where that is something else."""

    @property
    def words(self) -> str:
        """The text as a person reads it."""
        if self.source.kind == "register":
            return in_part(self.field, self.text)
        return _said(self.field, self.text)

    @property
    def present_words(self) -> str:
        """The same for what stands there now."""
        return _said(self.field, self.present)


def in_part(field: FormField, text: str) -> str:
    """As much of it as somebody recognises who knows it, and no more. A choice is one of few, and
    nobody could confirm it unseen."""
    if field.kind == "choice":
        return _said(field, text)
    if field.kind == "date":
        return f"{text[:4]}-{HIDDEN}"
    return f"{text[:SHOWN]}{HIDDEN}" if field.kind == "address" else HIDDEN


def taken_of(form: Unfinished) -> dict[str, Taken]:
    """The fields of the form that were confirmed instead of typed."""
    told = json.loads(form.taken) if form.taken else {}
    return {code: Taken(one["text"], Source(**one["source"])) for code, one in told.items()}


def as_kept(taken: Mapping[str, Taken]) -> str:
    """The same as the form keeps it."""
    told = {code: asdict(one) for code, one in taken.items()}
    return json.dumps(told, ensure_ascii=False) if told else ""


def opened_by(code: str, ends: str, *, besides: Unfinished) -> Told:
    """What was told under a code; `ends` are the last four characters of the telephone or identity
    number told there, so that a code found on a slip of paper opens nobody's name.

    Refuses, in the same words, a code that there isn't and an ending that is wrong; and what was
    erased.
    """
    told = _told_under(code, besides)
    if told is None or not _knows(told.facts, ends):
        wrong = _("查询码和后四位对不上，请照回执和当时填的号码再看一下。")
        raise Refused(wrong, code="not_opened", status=422, fields={"code": wrong})
    return told


def _told_under(code: str, besides: Unfinished) -> Told | None:
    other = form_of(code)
    if other is not None and other.pk != besides.pk:
        told = facts_in(service_of(other), content_of(other), but=looked_up(other))
        return Told(Source("form", other.service, _day(other.saved_at)), told, other)
    receipt = Receipt.objects.filter(code_hash=hashed(code), message=None).first()
    found = Application.objects.filter(pk=receipt.matter_id).first() if receipt else None
    return facts_of_application(found) if found else None


def facts_of_application(application: Application) -> Told:
    """What its applicant told, by fact. What was looked up in a register isn't the applicant's
    telling: it is looked up again, or not used."""
    service, matter = application.service_item, application.matter
    party = matter.parties.filter(role=Party.Role.APPLICANT).select_related("person").first()
    sealed = unseal(bytes(party.person.sealed)) if party and party.person.sealed else {}
    from_registers = {
        code for code, one in application.sources.items()
        if one["kind"] == "register" and not one["changed"]
    }  # fmt: skip
    content = {**application.told, **sealed} if sealed else {}
    told = facts_in(service, content, but=from_registers) if service else {}
    return Told(Source("application", application.service, _day(matter.opened_at)), told, matter)


def facts_in(service: Service, content: Mapping[str, str], *, but: set[str]) -> dict[str, str]:
    """Fact → text, of what a form of this service holds."""
    return {
        one.fact: content[one.code]
        for one in service.fields
        if one.fact and one.code not in but and content.get(one.code)
    }


def offers(form: Unfinished, told: Told) -> list[Offer]:
    """What fits into the fields of the form that apply. Left out: what stands there already, what
    its fields can't take, and what is older than what was confirmed before."""
    content, taken, found = content_of(form), taken_of(form), list[Offer]()
    hidden = looked_up(form)
    for field in service_of(form).fields_for(told_in(form)):
        text = _fitting(field, told.facts.get(field.fact or "", ""))
        newer = field.code in taken and taken[field.code].source.on > told.source.on
        if text and not newer and text != content.get(field.code):
            present = content.get(field.code, "")
            present = in_part(field, present) if field.code in hidden else present
            found.append(Offer(field, text, told.source, present))
    return found


def changed_fields(form: Unfinished) -> dict[str, dict[str, object]]:
    """Field → where it was told before and whether it says something else now."""
    content = content_of(form)
    return {
        code: {**asdict(one.source), "changed": content.get(code) != one.text}
        for code, one in taken_of(form).items()
        if code in content
    }


def source_words(source: Mapping[str, object]) -> str:
    """Where an application's field was told before, in words."""
    return str(Source(source["kind"], str(source["of"]), str(source["on"])))  # type: ignore[arg-type]


def sources_of(application: Application) -> list[tuple[str, str, bool]]:
    """Each field that was told before: its name, where, and whether it was changed since."""
    service = application.service_item
    names = {one.code: str(one.name) for one in service.fields} if service else {}
    return [
        (names.get(code, code), source_words(one), bool(one["changed"]))
        for code, one in application.sources.items()
    ]


def looked_up(form: Unfinished) -> set[str]:
    """The fields that say what a register said: they are shown in part, and not typed."""
    content = content_of(form)
    return {
        code
        for code, one in taken_of(form).items()
        if one.source.kind == "register" and content.get(code) == one.text
    }


def _fitting(field: FormField, text: str) -> str:
    try:
        return checked_field(field, text) if text else ""
    except Refused:
        return ""


def _knows(facts: Mapping[str, str], ends: str) -> bool:
    typed = ends.strip().upper()
    numbers = [facts.get(fact, "") for fact in WHO[1:]]
    return len(typed) == PROOF and any(one and one[-PROOF:].upper() == typed for one in numbers)


def _said(field: FormField, text: str) -> str:
    choice = field.choice(text)
    return str(choice) if choice else text


def _day(at: datetime) -> str:
    return timezone.localdate(at).isoformat()
