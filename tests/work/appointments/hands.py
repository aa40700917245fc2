"""A station whose counters can be booked, one Monday morning, and people who come there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from gongzhi.base.catalogue.kinds.counters import Counters
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.work.appointments import actions
from gongzhi.work.appointments.actions import NewBooking
from gongzhi.work.appointments.models import Appointment, Held
from gongzhi.work.appointments.selectors.times import Visit
from tests.work.public_services.hands import RESIDENT, account, by, county, unit

__all__ = ["RESIDENT", "account", "by", "county", "moment", "unit"]
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 30)
EARLY = datetime(2026, 11, 30, 8, 0, tzinfo=SHANGHAI)
"""Half an hour before the counters open: every time of the day can be booked still."""
NAME, PHONE = "海听潮", "13900007788"
PERMIT, CARD, CHILD, DOG = "residence_permit", "identity_card", "birth_registration", "dog_licence"
"""15, 15, 30 and 20 minutes; the dog is for counter 2 alone."""


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    """A time in the county's own."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def services(*codes: str) -> list[Service]:
    """As they ship."""
    return [catalogue().services[code] for code in codes or (PERMIT,)]


def visit(*codes: str) -> Visit:
    """What is to be booked at the station."""
    return Visit(unit("station_lancheng"), services(*codes))


def new(*codes: str, name: str = NAME) -> NewBooking:
    """The same, for somebody."""
    return NewBooking(unit("station_lancheng"), services(*codes), {"name": name, "phone": PHONE})


_given = iter(range(10**6))


def key() -> str:
    """One that nobody has used."""
    return f"booking-of-a-test-{next(_given):08}"


def booked(starts_at: datetime, *codes: str) -> Appointment:
    """A booking at this time."""
    return actions.book(RESIDENT, new(*codes), starts_at, key=key())


def waiting(*codes: str, day: date = MONDAY) -> Appointment:
    """Somebody in line for a full day."""
    return actions.wait_for_day(RESIDENT, new(*codes), day, key=key())


def again(one: Appointment) -> Appointment:
    """As the database has it now."""
    return Appointment.objects.select_related("office").get(pk=one.pk)


@contextmanager
def rules(**changed: object) -> Iterator[Counters]:
    """The station's counters with other rules, for as long as this lasts."""
    shipped = catalogue().counters["stations"]
    told = Counters.model_validate({**shipped.model_dump(), **_texts(shipped)} | changed)
    before = catalogue().counters
    object.__setattr__(catalogue(), "counters", {**before, "stations": told})
    try:
        yield told
    finally:
        object.__setattr__(catalogue(), "counters", before)


def _texts(shipped: Counters) -> dict[str, object]:
    """Times as a file has them."""
    return {
        "hours": [
            {"days": one.days, "opens": f"{one.opens:%H:%M}", "closes": f"{one.closes:%H:%M}"}
            for one in shipped.hours
        ]
    }


ONE_HOUR = [{"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "09:00", "closes": "10:00"}]
ONE_COUNTER = [
    {"code": "1", "name": {"zh": "综合", "en": "All"},
     "skills": ["落户和居住", "身份和证明", "家里和邻里", "开车和出行", "找一找、帮一帮"]}
]  # fmt: skip
SMALL = {
    "hours": ONE_HOUR, "counters": ONE_COUNTER, "kept": 0,
    "examples": [{"on": "2026-11-30", "open": ["09:00-10:00"]}],
}  # fmt: skip
"""One counter, open for an hour: four quarters."""


def require_whole() -> None:
    """What must hold whatever happened: each booking holds exactly its own minutes, and what is
    over holds none."""
    for one in Appointment.objects.all():
        held = sorted(Held.objects.filter(appointment=one).values_list("counter", "at"))
        wanted: list[tuple[str, datetime]] = []
        if one.state in ("booked", "offered", "arrived", "served") and one.starts_at:
            steps = range(0, one.minutes, 5)
            wanted = [(one.counter, one.starts_at + timedelta(minutes=n)) for n in steps]
        assert held == wanted, (one.state, held, wanted)
