"""Applying: from a form that was filled in, at a counter, or by a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.service_parts import Material
from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, NewParty, open_matter
from gongzhi.base.matters.models import Party
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.receiving import new_receipt, require_key
from gongzhi.work.public_services.actions.handling import count_visit
from gongzhi.work.public_services.events import FILED
from gongzhi.work.public_services.fields import checked_form
from gongzhi.work.public_services.handed_in import attach, let_go
from gongzhi.work.public_services.models import (
    BY_THEMSELVES,
    Application,
    FilledInBy,
    HandedIn,
    Unfinished,
)
from gongzhi.work.public_services.permissions import FILE
from gongzhi.work.public_services.selectors.checking import check, may_apply
from gongzhi.work.public_services.selectors.facts import changed_fields, looked_up
from gongzhi.work.public_services.selectors.forms import content_of, service_of
from gongzhi.work.public_services.selectors.services import offices_of

CATEGORY = "public_service"


@dataclass(frozen=True)
class NewApplication:
    """What is applied for, with all that was told."""

    service: Service
    office: Unit
    fields: Mapping[str, str]
    """By code, as they were typed."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """To the questions of the check."""
    files: Mapping[str, list[StoredFile]] = field(default_factory=dict)
    """Material → its files, already kept."""
    filled_by: str = FilledInBy.SELF
    channel: str = "web"
    sources: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Field → where it was told before, and whether it was changed since."""
    looks: Sequence[Mapping[str, object]] = ()
    """The registers that were asked for it."""


@action
def file_application(by: Actor, new: NewApplication, *, key: str) -> Receipt:
    """Open an application at a counter, and make its receipt.

    Refuses, all at once, fields that are missing or wrong, and answers with which one can't apply.
    The code is `code_for(key)`; a key used before is refused by the database.
    """
    require_key(key)
    service = new.service
    if new.filled_by not in FilledInBy.values:
        wrong = _("请选是谁在填。")
        raise Refused(wrong, code="filled_by", status=422, fields={"filled_by": wrong})
    if not may_apply(service, new.answers):
        raise Refused(_("按这些回答还不能办，请先看看怎样办。"), code="may_not", status=409)
    answers = check(service, new.answers).answers
    told = checked_form(service, answers, new.fields)
    sealed = {one.code for one in service.fields if one.sealed}
    who = {code: text for code, text in told.items() if code in sealed}
    reused = [code for code in told if code in new.sources]
    matter = open_matter(by, _matter(new, who, key))
    application = Application.objects.create(
        matter=matter, service=service.code, version=service.version, answers=answers,
        told={code: text for code, text in told.items() if code not in sealed},
        filled_by=new.filled_by, sources={code: dict(new.sources[code]) for code in reused},
        looks=[dict(one) for one in new.looks],
    )  # fmt: skip
    materials = service.materials_for({**answers, **told})
    _put(application, materials, new.files)
    _count(application, len(told), materials)
    receipt = new_receipt(matter, key)
    record(
        FILED, matter, receipt=receipt.pk, service=service.code, version=service.version,
        filled_by=str(new.filled_by), channel=new.channel, asked=application.asked,
        held=application.held, reused=application.reused,
    )  # fmt: skip
    return receipt


@action
def file_at_counter(by: Actor, new: NewApplication, *, agreed: bool, key: str) -> Receipt:
    """Open an application for somebody who came, at the clerk's own counter; their coming counts.

    Refuses without their consent, and a service that is dealt with elsewhere.
    """
    require(by, FILE)
    unit = by.source.unit if isinstance(by.source, Account) else None
    if unit is None or unit not in offices_of(new.service):
        words = _("这项服务不在本窗口办，请指给来人该去的窗口。")
        raise Refused(words, code="unknown_unit", status=409)
    if not agreed:
        wrong = _("先给来人看一遍，同意了再勾。")
        raise Refused(wrong, code="consent", status=422, fields={"agreed": wrong})
    here = replace(new, office=unit, filled_by=FilledInBy.CLERK, channel="counter")
    receipt = file_application(by, here, key=key)
    count_visit(by, Application.objects.get(pk=receipt.matter_id), why="apply")
    return receipt


@action
def send(by: Actor, form: Unfinished, office: Unit, *, filled_by: str) -> Receipt:
    """Send a form that was filled in. Its code is from now on the one that follows it.

    Refuses what `file_application` does; the form stays then as it is.
    """
    if filled_by not in BY_THEMSELVES:
        wrong = _("请选是谁在填。")
        raise Refused(wrong, code="filled_by", status=422, fields={"filled_by": wrong})
    held = Unfinished.objects.select_for_update().filter(pk=form.pk).first()
    if held is None:
        words = _("这张表已经提交过了，凭查询码看进度。")
        raise Refused(words, code="used_before", status=409)
    if filled_by != FilledInBy.SELF and looked_up(held):
        words = _("登记里的只有本人能用。替别人填的，请把那几项改为自己填。")
        raise Refused(words, code="not_oneself", status=409, fields={"filled_by": words})
    files: dict[str, list[StoredFile]] = {}
    for one in held.files.select_related("file").order_by("pk"):
        files.setdefault(one.material, []).append(one.file)
    new = NewApplication(
        service=service_of(held), office=office, fields=content_of(held),
        answers=held.answers, files=files, filled_by=filled_by,
        sources=changed_fields(held), looks=held.looks,
    )  # fmt: skip
    receipt = file_application(by, new, key=held.key)
    let_go(by, held, _shown(receipt))
    held.delete()
    return receipt


def _shown(receipt: Receipt) -> set[str]:
    """The materials that the application has."""
    found = HandedIn.objects.filter(application=receipt.matter_id)
    return set(found.values_list("code", flat=True))


def _matter(new: NewApplication, who: Mapping[str, str], key: str) -> NewMatter:
    service = new.service
    return NewMatter(
        procedure=service.procedure, category=CATEGORY, owner=new.office,
        words=f"{service.name.zh} / {service.name.en}", channel=new.channel,
        parties=[NewParty(Party.Role.APPLICANT, who)], idempotency_key=key,
    )  # fmt: skip


def _count(application: Application, fields: int, materials: list[Material]) -> None:
    """How much was asked for, how much the office has itself, how much was only confirmed."""
    asked = sum(one.is_asked_for for one in materials)
    application.asked, application.held = fields + asked, len(materials) - asked
    application.reused = sum(not one["changed"] for one in application.sources.values())
    application.save(update_fields=["asked", "held", "reused"])


def _put(
    application: Application, materials: list[Material], files: Mapping[str, list[StoredFile]]
) -> None:
    """A row for each material that applies, with its files."""
    for one in materials:
        sent = files.get(one.code, [])
        state = HandedIn.State.GIVEN if sent else HandedIn.State.MISSING
        handed = HandedIn.objects.create(
            application=application, code=one.code, at=now(),
            state=state if one.is_asked_for else HandedIn.State.HELD,
        )  # fmt: skip
        attach(handed, sent)
