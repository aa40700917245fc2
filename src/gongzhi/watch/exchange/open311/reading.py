"""Requests as GeoReport shows them: to everybody what happened where and how far it has come; the
words, the exact place and the address only to a partner whose key allows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.cells import middle_of
from gongzhi.base.places.models import Area
from gongzhi.base.ui.errors import Refused

LONGEST_SPAN = timedelta(days=90)
"""As the specification has it."""
PAGE_SIZE, LARGEST_PAGE = 100, 1000
_NUMBER = re.compile(r"(?:[A-Z]{2}\d{6}-)?(\d{1,18})")
MOST_IDS = 200


def requests_like(query: Mapping[str, str]) -> QuerySet[Matter]:
    """The requests that a query asks for, the newest first. Refuses what can't be understood."""
    ids = _listed(query, "service_request_id")
    if ids:  # overrides everything else
        return _requests().filter(pk__in=[key_of_number(one) for one in ids[:MOST_IDS]])
    since, until = _span(query)
    found = _requests().filter(opened_at__gte=since, opened_at__lte=until)
    codes = _listed(query, "service_code")
    if codes:
        found = found.filter(category__in=codes)
    return found.filter(_status(_listed(query, "status"))).order_by("-opened_at", "-pk")


def request_named(number: str) -> Matter:
    """One request by its number. Refuses (404) an unknown one."""
    found = _requests().filter(pk=key_of_number(number)).first()
    if found is None:
        raise _unknown(number)
    return found


def page_of(found: QuerySet[Matter], query: Mapping[str, str]) -> tuple[list[Matter], bool]:
    """The page asked for, and whether another follows."""
    number, size = _whole(query, "page", 1), _whole(query, "page_size", PAGE_SIZE)
    size = min(size, LARGEST_PAGE)
    rows = list(found[(number - 1) * size : number * size + 1])
    return rows[:size], len(rows) > size


def shown(matters: Sequence[Matter], *, whole: bool) -> list[dict[str, Any]]:
    """The requests as the specification lays them out; ``whole``: the reader's key allows it."""
    codes = {matter.town for matter in matters if matter.town}
    towns = {a.code: str(a) for a in Area.objects.filter(kind="town", code__in=codes)}
    return [_shown(matter, towns.get(matter.town, ""), whole=whole) for matter in matters]


def key_of_number(number: str) -> int:
    """The key in a number such as ``SQ261124-417``. Refuses (404) what is none."""
    match = _NUMBER.fullmatch(number.strip())
    if match is None or int(match[1]) >= 1 << 63:
        raise _unknown(number)
    return int(match[1])


def _requests() -> QuerySet[Matter]:
    own = Matter.objects.filter(procedure="resident_request", county__isnull=True)
    return own.select_related("owner_unit", "narrative", "merged_into")


def _shown(matter: Matter, town: str, *, whole: bool) -> dict[str, Any]:
    lat, lon = _place(matter, whole=whole)
    return {
        "service_request_id": matter.number,
        "status": "closed" if matter.closed_at else "open",
        "status_notes": str(matter.step_item.plain),
        "service_name": matter.title,
        "service_code": matter.category,
        "description": matter.narrative.words if whole else "",
        "agency_responsible": str(matter.owner_unit),
        "service_notice": "",
        "requested_datetime": _w3(matter.opened_at),
        "updated_datetime": _w3(matter.stepped_at),
        "expected_datetime": "",
        "address": matter.narrative.place if whole else town,
        "address_id": "",
        "zipcode": "",
        "lat": lat,
        "long": lon,
        "media_url": "",
    }


def _place(matter: Matter, *, whole: bool) -> tuple[float | None, float | None]:
    """Exact, or the middle of its block: near enough to count by, too far to find a door."""
    if whole or matter.h9 is None:
        return matter.lat, matter.lon
    middle = middle_of(matter.h9)
    return round(middle.lat, 4), round(middle.lon, 4)


def _span(query: Mapping[str, str]) -> tuple[datetime, datetime]:
    until = _when(query, "end_date")
    since = _when(query, "start_date")
    if since is None:
        until = until or now()
        since = until - LONGEST_SPAN
    until = until or min(now(), since + LONGEST_SPAN)
    if since > until or until - since > LONGEST_SPAN:
        raise Refused(_("start_date 要早于 end_date，一次最多查 90 天。"), code="span")
    return since, until


def _when(query: Mapping[str, str], name: str) -> datetime | None:
    given = query.get(name, "").strip()
    if not given:
        return None
    try:
        # In an address a plus reads as a blank.
        at = parse_datetime(given.replace(" ", "+")) or parse_datetime(f"{given}T00:00:00Z")
    except ValueError:
        at = None
    if at is None:
        raise Refused(
            _("%(name)s 应写成 2026-01-31T08:00:00Z 这样。") % {"name": name}, code="date"
        )
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _status(wanted: Sequence[str]) -> Q:
    closed = {"open": Q(closed_at__isnull=True), "closed": Q(closed_at__isnull=False)}
    unknown = sorted(set(wanted) - set(closed))
    if unknown:
        raise Refused(_("status 只能是 open 或 closed。"), code="status")
    asked = Q()
    for one in wanted:
        asked |= closed[one]
    return asked


def _listed(query: Mapping[str, str], name: str) -> list[str]:
    return [one.strip() for one in query.get(name, "").split(",") if one.strip()]


def _whole(query: Mapping[str, str], name: str, otherwise: int) -> int:
    given = query.get(name, "")
    if not given:
        return otherwise
    if not given.isascii() or not given.isdigit() or not 0 < int(given[:9]) < 10_000_000:
        raise Refused(_("%(name)s 应是从 1 开始的整数。") % {"name": name}, code="page")
    return int(given[:9])


def _w3(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _unknown(number: str) -> Refused:
    return Refused(
        _("没有编号为“%(number)s”的诉求。") % {"number": number[:40]},
        code="unknown_request",
        status=404,
    )
