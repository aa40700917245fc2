"""An officer tells their sex and decade of birth, for the audit of fairness alone, or erases it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.sealing import seal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.appraisal.events import BACKGROUND_ERASED, BACKGROUND_TOLD
from gongzhi.work.workforce.appraisal.models import Background
from gongzhi.work.workforce.appraisal.permissions import require_person
from gongzhi.work.workforce.appraisal.selectors.backgrounds import DECADES
from gongzhi.work.workforce.appraisal.states import Sex

SUBJECT = "appraisal.backgrounds"


@action
def tell_background(by: Actor, *, sex: str, decade: str) -> None:
    """Of oneself, one or both: "" says nothing. Refuses (422) what is no answer; the log has that
    it was told, never what."""
    account = require_person(by)
    if sex not in ("", *Sex.values) or decade not in ("", *DECADES):
        raise Refused(_("请从列出的里面选，或者不填。"), code="answer", status=422)
    if not sex and not decade:
        words = _("两项都没有填。要清除以前填的，请按“清除我填的”。")
        raise Refused(words, code="nothing", status=422)
    told = seal({"sex": sex, "decade": decade})
    Background.objects.update_or_create(account=account, defaults={"told": told})
    record(BACKGROUND_TOLD, SUBJECT)


@action
def erase_background(by: Actor) -> None:
    """One's own, at any time. Refuses (404) where nothing was told."""
    many, _each = Background.objects.filter(account=require_person(by)).delete()
    if not many:
        raise Refused(_("没有可以清除的。"), code="nothing", status=404)
    record(BACKGROUND_ERASED, SUBJECT)


@action
def forget_backgrounds(by: Actor, keys: Sequence[int]) -> int:
    """Of accounts that are closed; how many."""
    many, _each = Background.objects.filter(pk__in=keys).delete()
    record(BACKGROUND_ERASED, SUBJECT)
    return many
