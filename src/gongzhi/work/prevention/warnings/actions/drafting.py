"""Writing a warning, its update or its all-clear, until it can be published."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.kinds.warning import WarningKind
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.warnings import events
from gongzhi.work.prevention.warnings.content import Content, copy_of
from gongzhi.work.prevention.warnings.held import active_warning, held_draft, require_whole
from gongzhi.work.prevention.warnings.models import Draft, Warning
from gongzhi.work.prevention.warnings.permissions import PUBLISH, needs_second, writer_of
from gongzhi.work.prevention.warnings.shapes import Place


@action
def begin_warning(
    by: Actor, kind: str, *, exercise: bool = False, place: Place | None = None
) -> Draft:
    """Begin a warning from its kind's text. Refuses a kind that the catalogue lacks."""
    account = writer_of(by)
    item = catalogue().warnings.get(kind)
    if item is None:
        words = _("没有这种预警。")
        raise Refused(words, code="unknown_kind", status=422, fields={"kind": words})
    only = exercise or settings.EXERCISE  # no resident may take a drill's for real
    warning = Warning.objects.create(about=kind, exercise=only, opened_at=now())
    draft = Draft(warning=warning, msg_type="Alert", by=account, changed_at=now())
    _begun(item, place or Place()).write(draft)
    draft.save()
    record(events.WARNING_BEGUN, warning, about=kind, exercise=only)
    return draft


@action
def begin_update(by: Actor, warning: Warning) -> Draft:
    """Begin another message that supersedes the one that holds, with its content to change."""
    return _next(by, warning, "Update")


@action
def begin_cancel(by: Actor, warning: Warning) -> Draft:
    """Begin the all-clear, for the same place."""
    return _next(by, warning, "Cancel")


@action
def change_draft(by: Actor, draft: Draft, content: Content) -> Draft:
    """Write it anew. What waited for the second person must be submitted again."""
    held = held_draft(draft.warning_id)
    held.by = writer_of(by)
    content.write(held)
    held.state, held.changed_at = "writing", now()
    held.save()
    record(events.DRAFT_CHANGED, held.warning)
    return held


@action
def submit_draft(by: Actor, draft: Draft) -> Draft:
    """Hand it to the second person. Refuses what could not be published as it is."""
    held = held_draft(draft.warning_id)
    writer_of(by)
    require_whole(held)
    if not needs_second(held):
        raise Refused(_("这一条不用第二个人审，可以直接发布。"), code="no_need", status=409)
    if held.state == "waiting":
        raise Refused(_("已经送审了。"), code="waiting", status=409)
    held.state = "waiting"
    held.save(update_fields=["state"])
    record(events.DRAFT_SUBMITTED, held.warning)
    return held


@action
def send_back(by: Actor, draft: Draft) -> Draft:
    """The second person wants it written otherwise."""
    held = held_draft(draft.warning_id)
    account = writer_of(by)
    if held.state != "waiting":
        raise Refused(_("这份草稿没有在等审。"), code="not_waiting", status=409)
    if not may(account, PUBLISH):
        raise Refused(_("退回要有发布预警的权限。"), code="not_permitted", status=403)
    held.state = "writing"
    held.save(update_fields=["state"])
    record(events.DRAFT_SENT_BACK, held.warning)
    return held


@action
def drop_draft(by: Actor, draft: Draft) -> Warning:
    """Give it up. A warning that was never published goes with it; one that holds goes on."""
    held = held_draft(draft.warning_id)
    writer_of(by)
    warning = held.warning
    held.delete()
    if warning.state == Warning.State.DRAFT:
        warning.state, warning.ended_at = Warning.State.DROPPED, now()
        warning.save(update_fields=["state", "ended_at"])
    record(events.DRAFT_DROPPED, warning)
    return warning


def _next(by: Actor, warning: Warning, msg_type: str) -> Draft:
    account = writer_of(by)
    held = active_warning(warning.pk)
    assert held.current is not None  # noqa: S101  (an active one says something)
    content = copy_of(held.current)
    if msg_type == "Cancel":
        content = _over(held.kind, content)
    draft = Draft(warning=held, msg_type=msg_type, by=account, changed_at=now())
    content.write(draft)
    draft.save()
    record(events.DRAFT_BEGUN, held, type=msg_type.lower())
    return draft


def _begun(item: WarningKind, place: Place) -> Content:
    said = item.begun
    return Content(
        said.headline.zh, said.headline.en, said.description.zh, said.description.en,
        said.instruction.zh, said.instruction.en, "", "",
        item.urgency, item.severity, item.certainty,
        expires=(now() + timedelta(hours=item.hours)).replace(second=0, microsecond=0),
        onset=None, place=place,
    )  # fmt: skip


def _over(item: WarningKind, content: Content) -> Content:
    said = item.over
    return replace(
        content,
        headline_zh=said.headline.zh, headline_en=said.headline.en,
        description_zh=said.description.zh, description_en=said.description.en,
        instruction_zh=said.instruction.zh, instruction_en=said.instruction.en,
    )  # fmt: skip
