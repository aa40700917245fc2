"""A station that opens tasks, and people who come along."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.work.volunteering import actions
from gongzhi.work.volunteering.actions import NewTask, NewVolunteer
from gongzhi.work.volunteering.models import SignUp, Task, Volunteer

SYSTEM, RESIDENT = Actor.system("test"), Actor.resident()
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 30, 8, 0, tzinfo=SHANGHAI)
NAME, PHONE = "海听潮", "13900007788"
AT = NOW + timedelta(days=1)
_given = iter(range(10**6))


def key() -> str:
    """One that nobody has used."""
    return f"volunteer-of-a-test-{next(_given):08}"


def unit(code: str = "station_lancheng") -> Unit:
    """A station."""
    found = Unit.objects.filter(code=code).first()
    return found or open_unit(
        SYSTEM, code=code, kind="station", name_zh=f"{code}派出所", name_en=code
    )


def account(name: str = "officer", role: str = "officer", at: str = "station_lancheng") -> Account:
    """Somebody who works there."""
    found = Account.objects.filter(username=name).first()
    return found or open_account(
        SYSTEM, username=name, display_name="海小某", unit=unit(at), roles=[role]
    )


def by(name: str = "officer", at: str = "station_lancheng") -> Actor:
    """The same, as who acts."""
    return Actor.account(account(name, at=at))


def new(kind: str = "beach_clean", **more: object) -> NewTask:
    """A task tomorrow morning, for two."""
    told = {
        "place": "望潮海滩入口", "point": Point(30.0, 122.2), "starts_at": AT,
        "ends_at": AT + timedelta(hours=2), "places": 2,
    } | more  # fmt: skip
    return NewTask(kind, **told)  # type: ignore[arg-type]


def task(kind: str = "beach_clean", **more: object) -> Task:
    """The same, opened."""
    with moment(NOW):
        return actions.open_task(by(), new(kind, **more))


def told(age: str = "18", **more: object) -> NewVolunteer:
    """Somebody who comes for the first time."""
    return NewVolunteer(**({"name": NAME, "phone": PHONE, "age": age} | more))  # type: ignore[arg-type]


def joined(one: Task, age: str = "18", **more: object) -> SignUp:
    """Somebody new takes part."""
    with moment(NOW):
        return actions.join(RESIDENT, one, told(age, **more), agreed=True, key=key())


def signed(one: Task, volunteer: Volunteer) -> SignUp:
    """Somebody known takes part."""
    with moment(NOW):
        return actions.sign_up(RESIDENT, one, volunteer, agreed=True)


def again(part: SignUp) -> SignUp:
    """As the database has it now."""
    return SignUp.objects.select_related("task__unit", "volunteer").get(pk=part.pk)
