"""A year of applications that are over: enough for the counts of visits to say something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np

from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, record_past
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.past import PastMatter, PastStep
from gongzhi.base.people.models import Account, Unit
from gongzhi.config.demo.history.rhythm import ZONE
from gongzhi.work.public_services.actions.applying import CATEGORY
from gongzhi.work.public_services.past import (
    PastApplication,
    PastVisit,
    record_past_applications,
)
from gongzhi.work.public_services.selectors.services import offices_of

DAYS = 330
RECEIVED, READY_IN_DAYS = "已经收到。", (1, 9)


@dataclass(frozen=True)
class Use:
    """How often a service is used in the year, how many of its applicants come for originals before
    they come for the result, and how many come once more that one visit should have spared."""

    code: str
    times: int
    shows: float = 0.0
    more: float = 0.05


USES = (
    Use("identity_card", 150, 0.1), Use("residence_permit", 110, 0.05, 0.16),
    Use("ebike_plate", 80, 0.0, 0.1), Use("driving_licence", 60, 0.05), Use("passport", 55, 0.3),
    Use("household_move_in", 45, 0.25, 0.28), Use("no_record_certificate", 45),
    Use("household_certificate", 40, 0.0, 0.08), Use("hk_macao_permit", 30, 0.2),
    Use("birth_registration", 25, 0.1, 0.2), Use("dog_licence", 25, 0.0, 0.12),
    Use("accident_quick_claim", 25), Use("fire_advice", 12), Use("premises_permit", 6, 0.3, 0.3),
)  # fmt: skip
OURS = "demo-year-"
"""What their idempotency keys begin with."""
FURTHER = ("missing", "unclear", "again")
HOW_OFTEN = (0.6, 0.25, 0.15)


def load_service_year(by: Actor, until: datetime, seed: int) -> int:
    """Write them; how many. The last month is left to `applications`.

    All or nothing: where a start was broken off after they were written, they are there already.
    """
    if Matter.objects.filter(idempotency_key__startswith=OURS).exists():
        return 0
    clerks, known = _clerks(), catalogue().services
    rng = np.random.default_rng([seed, 41])
    told = [
        _Story(service, number, until, offices_of(service), clerks).tell(rng, use)
        for use in USES
        if (service := known.get(use.code)) is not None
        for number in range(use.times)
    ]
    return _write(by, told) if told else 0


def _clerks() -> dict[int, Actor]:
    """Unit → who stands at its counter; at the others the platform stands in."""
    accounts = Account.objects.select_related("unit")
    return {one.unit_id: Actor.account(one) for one in accounts if "counter_clerk" in one.roles}


@action
def _write(by: Actor, told: list[tuple[PastMatter, str, list[PastVisit]]]) -> int:
    matters = record_past(by, [past for past, *_rest in told])
    return record_past_applications(
        by,
        [
            PastApplication(matter, code, past.new.idempotency_key or "", visits)
            for matter, (past, code, visits) in zip(matters, told, strict=True)
        ],
    )


@dataclass(frozen=True)
class _Story:
    """One application, from sending to the result in the hand."""

    service: Service
    number: int
    until: datetime
    offices: list[Unit]
    clerks: Mapping[int, Actor]

    def tell(
        self, rng: np.random.Generator, use: Use
    ) -> tuple[PastMatter, str, list[PastVisit]]:  # fmt: skip
        """The matter, its service, and the visits."""
        weights = np.array([1 / (place + 1) for place in range(len(self.offices))])
        office = self.offices[int(rng.choice(len(self.offices), p=weights / weights.sum()))]
        clerk = self.clerks.get(office.pk, Actor.system("demo"))
        began = self._day(rng)
        done = began + timedelta(days=int(rng.integers(*READY_IN_DAYS)), hours=2)
        over = done + timedelta(days=int(rng.integers(1, 4)))
        collect = self._collect(rng)
        visits = [
            PastVisit(at, why, clerk)
            for at, why in sorted(self._visits(rng, use, began, over, collect))
        ]
        course = [
            PastStep(began + timedelta(hours=1), "accepted", clerk),
            PastStep(done, "ready", clerk, {"collect": collect, "result": RECEIVED}),
            PastStep(over, "collected", clerk),
        ]
        new = NewMatter(
            procedure=self.service.procedure, category=CATEGORY, owner=office,
            words=f"{self.service.name.zh} / {self.service.name.en}", channel="web",
            idempotency_key=f"{OURS}{self.service.code}-{self.number:06d}",
        )  # fmt: skip
        return PastMatter(new, began, Actor.resident(), course), self.service.code, visits

    def _day(self, rng: np.random.Generator) -> datetime:
        """A working day's hour; the last month is left out."""
        back = timedelta(days=int(rng.integers(31, DAYS)))
        day = (self.until - back).astimezone(ZONE).date()
        return datetime.combine(day, time(8, 30), ZONE) + timedelta(minutes=int(rng.integers(480)))

    def _collect(self, rng: np.random.Generator) -> str:
        ways = self.service.collect
        return ways[0] if len(ways) == 1 or rng.random() < 0.7 else ways[1]

    def _visits(
        self, rng: np.random.Generator, use: Use, began: datetime, over: datetime, collect: str
    ) -> Iterator[tuple[datetime, str]]:
        if rng.random() < use.more:
            yield began + timedelta(minutes=50), str(rng.choice(FURTHER, p=HOW_OFTEN))
        if rng.random() < use.shows:
            yield began + timedelta(minutes=55), "show"
        if collect == "counter":
            yield over, "collect"
