"""Forms that are being filled in: what is in them, which page comes next, what is still missing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.service_parts import FormField, Material, Section
from gongzhi.base.log.actions import now
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import hashed
from gongzhi.work.public_services.fields import checked_field
from gongzhi.work.public_services.models import Unfinished, UnfinishedFile
from gongzhi.work.public_services.selectors.checking import check
from gongzhi.work.public_services.selectors.services import service_named

KEPT = timedelta(days=14)
"""How long an unfinished form is kept after it was last saved."""


def content_of(form: Unfinished) -> dict[str, str]:
    """The fields that were filled in, by code."""
    return dict(json.loads(form.content)) if form.content else {}


def told_in(form: Unfinished) -> dict[str, str]:
    """The answers to the check and the fields together: what `when` looks at."""
    return {**form.answers, **content_of(form)}


def form_kept(key: int) -> Unfinished | None:
    """The unfinished form of this id, unless its time is over."""
    return Unfinished.objects.filter(pk=key, saved_at__gt=now() - KEPT).first()


def form_of(code: str) -> Unfinished | None:
    """The unfinished form that a code opens, if any."""
    found = Unfinished.objects.filter(code_hash=hashed(code), saved_at__gt=now() - KEPT)
    return found.first()


def held_form(form: Unfinished) -> Unfinished:
    """The form, locked; refused where it was sent or erased meanwhile."""
    held = Unfinished.objects.select_for_update().filter(pk=form.pk).first()
    if held is None:
        words = _("这张表已经提交或者清除了。提交过的，凭查询码看进度。")
        raise Refused(words, code="form_gone", status=410)
    return held


def service_of(form: Unfinished) -> Service:
    """Its service; refused where the county no longer offers it."""
    return service_named(form.service)


def erased_on(form: Unfinished) -> datetime:
    """When it is erased unless somebody goes on with it."""
    return form.saved_at + KEPT


def lapsed(at: datetime, most: int) -> list[Unfinished]:
    """Forms whose time is over."""
    return list(Unfinished.objects.filter(saved_at__lte=at - KEPT).order_by("pk")[:most])


@dataclass(frozen=True)
class Page:
    """A page of the form that applies, and whether all it needs is there."""

    section: Section
    done: bool


def pages_of(form: Unfinished) -> list[Page]:
    """The pages that apply now, in order."""
    service, told = service_of(form), told_in(form)
    return [Page(one, _is_done(service, one, told)) for one in service.sections_for(told)]


def fields_on(service: Service, section: Section, told: dict[str, str]) -> list[FormField]:
    """The fields of the page that apply."""
    applying = service.fields_for(told)
    return [one for one in section.fields if one in applying]


def _is_done(service: Service, section: Section, told: dict[str, str]) -> bool:
    try:
        for field in fields_on(service, section, told):
            checked_field(field, told.get(field.code, ""))
    except Refused:
        return False
    return True


def next_page(form: Unfinished, after: str = "") -> Section | None:
    """The first page after this one that applies, or else the first that isn't done; None when all
    are."""
    pages = pages_of(form)
    codes = [one.section.code for one in pages]
    if after in codes and codes.index(after) + 1 < len(pages):
        return pages[codes.index(after) + 1].section
    return next((one.section for one in pages if not one.done), None)


@dataclass(frozen=True)
class Wanted:
    """A material that applies, with what was uploaded for it."""

    item: Material
    files: tuple[UnfinishedFile, ...]


def wanted_of(form: Unfinished) -> list[Wanted]:
    """The materials that apply to it, also those that the office has. One query."""
    files = list(form.files.select_related("file").order_by("pk"))
    return [
        Wanted(one, tuple(file for file in files if file.material == one.code))
        for one in service_of(form).materials_for(told_in(form))
    ]


def has_changed(form: Unfinished) -> str:
    """What to tell whoever goes on with a form of an older version; "" where nothing changed."""
    service = service_of(form)
    if form.version == service.version:
        return ""
    kept = set(content_of(form)) <= {one.code for one in service.fields}
    if kept and check(service, form.answers).answers == form.answers:
        return _("这项服务的表更新过。您填过的都在，请从头看一遍再提交。")
    return _("这项服务的表更新过，有几项不再需要，已经去掉；其余的都在，请从头看一遍再提交。")


def is_ours(form: Unfinished, code: str) -> Material:
    """The material of this code that applies to the form and takes uploads; refused otherwise."""
    found = next((one.item for one in wanted_of(form) if one.item.code == code), None)
    if found is None or not found.by_upload:
        raise Refused(_("这里不用上传这份材料。"), code="no_such_material", status=404)
    return found
