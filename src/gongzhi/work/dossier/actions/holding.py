"""Holding a case's file: what a court, a review or a complaint may still want is not erased."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.events import HOLD_LIFTED, HOLD_SET
from gongzhi.work.dossier.models import LegalHold
from gongzhi.work.dossier.permissions import require_eraser


@action
def set_hold(by: Actor, matter: Matter, *, reason: str) -> LegalHold:
    """Hold the file: nothing of it is erased until somebody lifts it."""
    account = require_eraser(by, matter)
    Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if not reason.strip():
        words = _("请写明谁要求保全、依据什么文书。")
        raise Refused(words, code="no_reason", status=422, fields={"reason": words})
    if matter.holds.filter(lifted_at=None).exists():
        raise Refused(_("已经在保全了。"), code="held", status=409)
    made = LegalHold.objects.create(
        matter=matter, reason=reason.strip()[:200], set_by=account, set_at=now()
    )
    record(HOLD_SET, matter, hold=made.pk)
    return made


@action
def lift_hold(by: Actor, hold: LegalHold) -> LegalHold:
    """Hold it no longer."""
    account = require_eraser(by, hold.matter)
    held = LegalHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if held.lifted_at is not None:
        raise Refused(_("已经解除保全。"), code="lifted", status=409)
    held.lifted_by, held.lifted_at = account, now()
    held.save(update_fields=["lifted_by", "lifted_at"])
    record(HOLD_LIFTED, held.matter, hold=held.pk)
    return held
