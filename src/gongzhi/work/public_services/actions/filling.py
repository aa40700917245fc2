"""Filling in a form: page by page, saved each time, gone on with by its code, erased in time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.files.actions import erase_file
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for, hashed
from gongzhi.work.participation.receiving import require_key
from gongzhi.work.public_services.confirmed import leave
from gongzhi.work.public_services.events import FORM_BEGUN, FORM_ERASED, FORM_SAVED
from gongzhi.work.public_services.fields import checked_field
from gongzhi.work.public_services.handed_in import let_go
from gongzhi.work.public_services.models import Unfinished, UnfinishedFile
from gongzhi.work.public_services.selectors.checking import check, may_apply
from gongzhi.work.public_services.selectors.facts import looked_up
from gongzhi.work.public_services.selectors.forms import (
    content_of,
    fields_on,
    held_form,
    is_ours,
    service_of,
    told_in,
    wanted_of,
)
from gongzhi.work.public_services.selectors.registers import who_in
from gongzhi.work.public_services.uploads import Upload, require_few

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@action
def begin_form(by: Actor, service: Service, answers: Mapping[str, str], *, key: str) -> Unfinished:
    """Begin the form of a service, with what the check was answered.

    Refuses answers with which one can't apply, a service that isn't applied for here, and a key
    that could be guessed. The code to go on with it is `code_for(key)`.
    """
    require_key(key)
    if not service.is_online:
        raise Refused(_("这项服务请到窗口办理。"), code="not_online", status=409)
    if not may_apply(service, answers):
        raise Refused(_("请先答完几个问题，看看能不能办。"), code="check_first", status=409)
    form = Unfinished.objects.create(
        service=service.code, version=service.version, answers=check(service, answers).answers,
        key=key, code_hash=hashed(code_for(key)), begun_at=now(), saved_at=now(),
    )  # fmt: skip
    record(FORM_BEGUN, form, service=service.code)
    return form


@action
def save_page(by: Actor, form: Unfinished, section: str, given: Mapping[str, str]) -> Unfinished:
    """Save one page. Refuses, with all that is wrong on it, what its fields can't take."""
    held = held_form(form)
    service = service_of(held)
    page = service.section(section)
    if page is None:
        raise Refused(_("这张表没有这一页，请从头看一遍。"), code="no_such_page", status=404)
    content, kept, who = content_of(held), looked_up(held), who_in(held)
    wrong: dict[str, _StrOrPromise] = {}
    for field in fields_on(service, page, told_in(held)):
        if field.code in kept:
            continue
        try:
            content[field.code] = checked_field(field, given.get(field.code, ""))
        except Refused as refused:
            wrong |= refused.fields
    if wrong:
        first = next(iter(wrong.values()))
        raise Refused(first, code="form", status=422, fields=wrong)
    _save(held, {code: text for code, text in content.items() if text})
    if kept and who_in(held) != who:  # found for somebody else: it is nobody's any more
        leave(held, kept)
    return held


@action
def keep_material(by: Actor, form: Unfinished, material: str, upload: Upload) -> UnfinishedFile:
    """Put an upload to the form. Refuses a material that isn't asked for, and one file too many."""
    held = held_form(form)
    wanted = is_ours(held, material)
    require_few(held.files.filter(material=wanted.code).count())
    file = upload.keep(by, held)
    made = UnfinishedFile.objects.create(form=held, material=wanted.code, file=file)
    _save(held)
    return made


@action
def drop_material(by: Actor, form: Unfinished, key: int) -> Unfinished:
    """Take an upload away again. Refuses one of another form."""
    held = held_form(form)
    found = held.files.select_related("file").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这个文件，可能已经去掉了。"), code="no_such_file", status=404)
    file = found.file
    found.delete()
    erase_file(by, file, reason="asked")
    _save(held)
    return held


@action
def carry_over(by: Actor, form: Unfinished) -> Unfinished:
    """Take a form of an older version of its service over into the one of now: what is asked no
    longer is left out, everything else stays."""
    held = held_form(form)
    service = service_of(held)
    known = {one.code for one in service.fields}
    held.version, held.answers = service.version, check(service, held.answers).answers
    _save(held, {code: text for code, text in content_of(held).items() if code in known})
    let_go(by, held, {one.item.code for one in wanted_of(held) if one.item.by_upload})
    return held


@action
def erase_form(by: Actor, form: Unfinished, *, reason: str = "asked") -> None:
    """Erase a form that was not sent, with what was uploaded for it."""
    held = held_form(form)
    record(FORM_ERASED, held, service=held.service, reason=reason)
    files = [one.file for one in held.files.select_related("file")]
    held.delete()
    for file in files:
        erase_file(by, file, reason=reason)


@action
def lapse_forms(by: Actor, forms: Sequence[Unfinished]) -> int:
    """Erase those that nobody has touched for their time; how many."""
    for form in forms:
        erase_form(by, form, reason="expired")
    return len(forms)


def _save(form: Unfinished, content: Mapping[str, str] | None = None) -> None:
    if content is not None:
        form.content = json.dumps(dict(content), ensure_ascii=False)
    form.saved_at = now()
    form.save()
    record(FORM_SAVED, form, service=form.service)
