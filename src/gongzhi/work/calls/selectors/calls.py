"""What the call-taker's page and the actions read."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.similar import Similar, Window, similar_matters
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.calls.models import Call

DESK = "command_centre"
SAME = Window("incident", timedelta(hours=4), radius=400, closed_within=timedelta(minutes=30))
"""Among which incidents a new call's own may be: people see one thing from some streets away."""
NUMBER_KEYS = 10
_A_MONTH, _A_DAY = timedelta(days=30), 86_400


def duty_desk() -> Unit:
    """The unit that owns new incidents: the command centre, else the bureau."""
    desk = Unit.objects.filter(code=DESK).first()
    desk = desk or Unit.objects.filter(kind=Unit.Kind.BUREAU).order_by("pk").first()
    if desk is None:
        raise Refused(
            _("还没有设立指挥中心，也没有公安局，警情没有单位可以接。"), code="no_desk", status=409
        )
    return desk


def call_of_key(key: str) -> Call | None:
    """The call that was received with this idempotency key."""
    return Call.objects.select_related("matter").filter(idempotency_key=key).first()


def likely_same(
    point: Point, category: str, at: datetime, *, words: str = "", limit: int = 4
) -> list[Similar]:
    """Incidents that a call about this place may be about, too, the likeliest first."""
    return similar_matters(SAME, point, category, at, words=words, limit=limit)


def incident_categories() -> list[Category]:
    """What can happen, in the catalogue's order."""
    return [one for one in catalogue().categories.values() if "incident" in one.kinds]


def frequent_categories() -> list[Category]:
    """The ten that the last month brought most, for the number keys; else the catalogue's first.

    The same all day, so that hands can learn them.
    """
    key = f"calls.frequent:{timezone.localdate(now())}"
    codes: list[str] = cache.get_or_set(key, _frequent_codes, _A_DAY) or []
    known = {one.code: one for one in incident_categories()}
    order = [code for code in codes if code in known]
    return [known[code] for code in [*order, *(c for c in known if c not in order)]][:NUMBER_KEYS]


def _frequent_codes() -> list[str]:
    recent = Matter.objects.filter(procedure="incident", opened_at__gte=now() - _A_MONTH)
    counted = recent.values("category").annotate(times=Count("pk")).order_by("-times", "category")
    return [row["category"] for row in counted[: 2 * NUMBER_KEYS]]


def open_incident(key: int) -> Matter:
    """The incident, while a call can join it. Refuses a closed one and what is no incident."""
    open_ones = _open_ones()
    found = open_ones.filter(pk=key).first()
    if found is None:
        raise Refused(
            _("要并入的警情已经办结或不存在，请另立一起。"), code="incident_closed", status=409
        )
    return found


def told_of(q: str) -> Q:
    """Incidents by number, kind or address."""
    low = q.casefold()
    kinds = [
        one.code
        for one in catalogue().categories.values()
        if any(low in word.casefold() for word in (one.name.zh, one.name.en, *one.keywords))
    ]
    return Q(narrative__place__icontains=q) | Q(category__in=kinds) | Q(pk=id_in(q))


def others_for(call: Call, q: str, most: int = 12) -> list[Matter]:
    """Open incidents that a call may belong to instead of its own: those that the search finds,
    without one the likeliest, then the newest."""
    others = _open_ones().exclude(pk=call.matter_id)
    others = others.select_related("narrative").order_by("-opened_at")
    if q:
        return list(others.filter(told_of(q))[:most])
    left = call.matter
    near = similar_matters(SAME, left.point, left.category, call.received_at) if left.point else []
    keys = [one.matter.pk for one in near]
    listed = {one.pk: one for one in [*others.filter(pk__in=keys), *others[:most]]}
    order = [key for key in keys if key in listed]
    return [listed[key] for key in [*order, *(k for k in listed if k not in order)]][:most]


def call_named(key: int) -> Call:
    """The call of this id. Refuses (404) when there is none."""
    found = Call.objects.select_related("matter__narrative", "matter__county").filter(pk=key)
    call = found.first()
    if call is None:
        raise Refused(_("没有找到这通来电。"), code="no_such_call", status=404)
    return call


def calls_of(matter: Matter) -> QuerySet[Call]:
    """All calls about an incident, in the order in which they came in."""
    return matter.calls.order_by("received_at", "pk")


def _open_ones() -> QuerySet[Matter]:
    return Matter.objects.filter(procedure="incident", closed_at__isnull=True, county__isnull=True)


def calls_of_today(account: Account) -> QuerySet[Call]:
    """The calls that this call-taker has taken since midnight, the newest first."""
    midnight = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    taken = Call.objects.filter(
        taken_by=account, received_at__gte=midnight, matter__procedure="incident"
    )
    return taken.select_related("matter__narrative").order_by("-received_at", "-pk")


def trials_of_today(account: Account) -> QuerySet[Call]:
    """The drills and line tests that this call-taker has taken since midnight; counted nowhere."""
    midnight = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    taken = Call.objects.filter(taken_by=account, received_at__gte=midnight)
    return taken.exclude(matter__procedure="incident").select_related("matter").order_by("-pk")


def answers_of(matter: Matter) -> list[tuple[str, str]]:
    """What was asked and answered, in words."""
    category = matter.category_item
    told = []
    for code, given in matter.answers.items():
        question = category.question(code) if category else None
        if question is not None:
            answer = question.answer(str(given))
            unit = f" {question.unit}" if question.unit else ""
            told.append((str(question.ask), str(answer) if answer else f"{given}{unit}"))
    return told


def taken_call(account: Account, key: str) -> Call | None:
    """The call of this id, when this call-taker took it."""
    if not key.isascii() or not key.isdigit() or len(key) > 18:
        return None
    found = Call.objects.select_related("matter__owner_unit")
    return found.filter(taken_by=account, pk=int(key)).first()
