"""A county whose officers answer residents, and those who run, propose and decide an appraisal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account
from gongzhi.base.people.models import Account
from gongzhi.work.participation.actions import (
    answer_request,
    file_request,
    judge_outcome,
    start_request,
    take_up,
)
from gongzhi.work.participation.models import Receipt
from gongzhi.work.workforce.appraisal.actions import adopt_formula, open_round, try_formula
from gongzhi.work.workforce.appraisal.models import Round, Sheet
from tests.work.participation.cast import LOOKED, RESIDENT, SYSTEM, unit

FORMULA = "county_2026"
FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
BEFORE = datetime(2025, 12, 1, 2, tzinfo=UTC)
JULY = datetime(2026, 7, 20, 2, tzinfo=UTC)
"""The round is opened; twenty days after its last day every answer has stood for a fortnight."""
LATER = JULY + timedelta(days=30)
"""Nobody can object any more."""
_numbers = iter(range(10**6))


def account(name: str, *roles: str, of: str = "station_lancheng") -> Account:
    """Somebody of this unit, an officer unless told otherwise."""
    found = Account.objects.filter(username=name).first()
    return found or open_account(
        SYSTEM, username=name, display_name=f"海{name}", unit=unit(of), roles=roles or ("officer",)
    )


def by(name: str, *roles: str, of: str = "station_lancheng") -> Actor:
    """The same, as who acts."""
    return Actor.account(account(name, *roles, of=of))


def personnel() -> Actor:
    """Whoever runs rounds."""
    return by("personnel", "personnel", of="bureau")


def leader() -> Actor:
    """Whoever decides."""
    return by("bureau_leader", "bureau_leader", of="bureau")


def head() -> Actor:
    """The head of the officers' unit."""
    return by("head", "unit_leader")


def answered(name: str, at: datetime, *, days: float = 1, solved: bool | None = None) -> Receipt:
    """A lamp reported at a moment and answered by an officer `days` later; judged, if told."""
    unit("bureau")
    office = by(name)
    with moment(at):
        receipt = file_request(
            RESIDENT, category="lamp_out", words="巷口的灯不亮", place="海平路 12 号",
            idempotency_key=f"a-lamp-of-an-appraisal-{next(_numbers):06}",
            unit=account(name).unit,
        )  # fmt: skip
    with moment(at + timedelta(hours=1)):
        take_up(office, receipt.matter)
        start_request(office, receipt.matter)
    with moment(at + timedelta(days=days)):
        answer_request(office, receipt.matter, "灯已经换好了", closing=LOOKED)
    receipt.refresh_from_db()
    if solved is not None:
        with moment(at + timedelta(days=days + 1)):
            judge_outcome(RESIDENT, receipt, solved=solved, words="" if solved else "还是不亮")
    return receipt


def adopted() -> None:
    """The formula is the county's, from before the round's first day."""
    with moment(BEFORE):
        trial = try_formula(personnel(), FORMULA)
        adopt_formula(leader(), trial, since=FIRST, why="第一次公布")


def opened() -> Round:
    """A round for half a year, open to read."""
    adopted()
    with moment(JULY):
        return open_round(personnel(), FIRST, LAST)


def sheet(held: Round, name: str) -> Sheet:
    """Somebody's sheet, as the database has it now."""
    return Sheet.objects.select_related("round", "account", "unit").get(
        round=held, account__username=name
    )
