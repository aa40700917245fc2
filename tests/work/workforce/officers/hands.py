"""A station with a head, officers and posts, and a personnel office above it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.workforce.officers import actions
from gongzhi.work.workforce.officers.actions import NewPost
from gongzhi.work.workforce.officers.models import Holding, Leave, Post

SYSTEM = Actor.system("test")
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 30, 8, 0, tzinfo=SHANGHAI)
TODAY = date(2026, 11, 30)
LONG_AGO = date(2025, 1, 1)


def unit(code: str = "station_lancheng") -> Unit:
    """A station below the bureau, or the personnel office beside them."""
    found = Unit.objects.filter(code=code).first()
    if found is not None:
        return found
    parent = None if code == "bureau" else unit("bureau")
    kind = {"bureau": "bureau", "personnel": "department"}.get(code, "station")
    return open_unit(SYSTEM, code=code, kind=kind, name_zh=f"{code}所", name_en=code, parent=parent)


def account(name: str = "officer", role: str = "", at: str = "station_lancheng") -> Account:
    """Somebody who works there."""
    found = Account.objects.select_related("unit").filter(username=name).first()
    return found or open_account(
        SYSTEM, username=name, display_name="海小某", unit=unit(at), roles=[role] if role else []
    )


def by(name: str = "officer", role: str = "", at: str = "station_lancheng") -> Actor:
    """The same, as who acts."""
    return Actor.account(account(name, role, at))


def leader() -> Actor:
    """The station's head."""
    return by("head", "unit_leader")


def personnel() -> Actor:
    """Who keeps the county's records."""
    return by("records", "personnel", "personnel")


def post(name: str = "巡逻", at: str = "station_lancheng", **more: object) -> Post:
    """A post with places for ten."""
    told = {"line": "front", "places": 10} | more
    wanted = NewPost(name, name, **told)  # type: ignore[arg-type]
    return actions.open_post(personnel(), unit(at), wanted, on=LONG_AGO)


def held(one: Post, name: str = "officer", since: date = LONG_AGO, share: int = 100) -> Holding:
    """Somebody in the post."""
    return actions.take_post(personnel(), one, account(name), since=since, share=share)


def asked(kind: str = "annual", name: str = "officer", **more: object) -> Leave:
    """A request for the day after tomorrow and the next."""
    days = {"first_day": date(2026, 12, 2), "last_day": date(2026, 12, 3)} | more
    return actions.ask_leave(by(name), account(name), kind, **days)  # type: ignore[arg-type]
