"""What the demo county has published: prepared by its steward, let out by the bureau's head."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.opendata.actions import confirm_version, propose_version
from gongzhi.watch.maps.selectors.published import forget

TWICE = ("incidents_by_town", "applications_by_service")
"""Of these there is a version of a month ago, and one of today."""
WAITS = "requests_by_category"
"""Of this one the first version waits for a second person."""
A_MONTH = timedelta(days=31)
FIRST, NEXT = "第一版。", "又过了一期，加在后面；以前的各期没有变。"


def load_open_data(until: datetime) -> str:
    """Publish what is over; how much there was. A demo of a few days has little, and one without
    OpenDP nothing with noise."""
    made = [_published(code, until - A_MONTH, FIRST) for code in TWICE]
    made += [
        _published(code, until, NEXT if code in TWICE else FIRST)
        for code in catalogue().open_data if code != WAITS
    ]  # fmt: skip
    waits = _proposed(WAITS, until)
    forget()
    return f"{sum(made)} versions, {int(waits)} to be checked"


def _published(code: str, at: datetime, change: str) -> bool:
    with moment(at):
        try:
            version = propose_version(_by("data_steward"), code, change)
            confirm_version(_by("bureau_leader"), version)
        except Refused:  # no period is over yet
            return False
    return True


def _proposed(code: str, at: datetime) -> bool:
    with moment(at):
        try:
            propose_version(_by("data_steward"), code, FIRST)
        except Refused:
            return False
    return True


def _by(name: str) -> Actor:
    return Actor.account(Account.objects.get(username=name))
