"""The county says what it wants to reach, from when, who decided so and why; and takes it back."""

from __future__ import annotations

from datetime import date
from math import isfinite

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.outcomes.events import TARGET_ENDED, TARGET_SET
from gongzhi.watch.outcomes.models import Target
from gongzhi.watch.outcomes.permissions import SET_TARGET
from gongzhi.watch.outcomes.selectors.named import measure_named
from gongzhi.watch.outcomes.selectors.targets import today

LONGEST_NAME, LONGEST_WHY = 120, 600
SHARES = ("share", "within")


@action
def set_target(
    by: Actor, measure: str, *, value: float, since: date, decided_by: str, why: str
) -> Target:
    """Aim at `value` from this day on, in the measure's own unit (a part of 1, seconds, a number);
    the target before holds until then.

    Refuses a day that is over (what has passed can't be aimed at), a measure of which neither
    direction is good, a value that can't be, and one without who decided and why.
    """
    require(by, SET_TARGET)
    one = measure_named(measure, public=False)
    if not one.measured or one.better == "neither":
        words = _("这个指标高低都不必然是好事，或者还没有数，不定目标。")
        raise Refused(words, code="no_target", status=409)
    wrong = _wrong(value, since, decided_by, why, share=one.formula in SHARES)
    if wrong:
        raise Refused(next(iter(wrong.values())), code="target", status=422, fields=wrong)
    if Target.objects.filter(measure=measure, since=since, ended_at=None).exists():
        words = _("这一天已经有一个目标了，先撤掉它。")
        raise Refused(words, code="there_is_one", status=409, fields={"since": words})
    made = Target.objects.create(
        measure=measure, value=value, since=since, decided_by=decided_by.strip(), why=why.strip(),
        set_by=by.source if isinstance(by.source, Account) else None, set_at=now(),
    )  # fmt: skip
    record(TARGET_SET, made, measure=measure, value=value, since=f"{since}")
    return made


@action
def end_target(by: Actor, target: Target) -> Target:
    """Take a target back; it stays in the history. The one before it, if there is one that wasn't
    taken back, holds again."""
    require(by, SET_TARGET)
    held = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    if held.ended_at is not None:
        raise Refused(_("这个目标已经撤掉了。"), code="ended", status=409)
    held.ended_at = now()
    held.save(update_fields=["ended_at"])
    record(TARGET_ENDED, held, measure=held.measure)
    return held


def _wrong(value: float, since: date, who: str, why: str, *, share: bool) -> dict[str, str]:
    found = {}
    if not isfinite(value) or value < 0 or (share and value > 1):
        found["value"] = _("请填 0 到 100 的百分数。") if share else _("请填不小于 0 的数。")
    if since < today():
        found["since"] = _("目标从今天或者以后算起：已经过去的，不能事后定目标。")
    if not who.strip() or len(who.strip()) > LONGEST_NAME:
        found["decided_by"] = _("请写是哪个会、哪个文件定的。")
    if not why.strip() or len(why.strip()) > LONGEST_WHY:
        found["why"] = _("请写为什么定这个数，最多 %(n)s 个字。") % {"n": LONGEST_WHY}
    return found
