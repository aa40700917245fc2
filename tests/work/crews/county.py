"""A crew with a phone whose clock may be wrong, as the tests of crews need it."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.work.dispatch.actions import assign_unit, go_on_duty
from gongzhi.work.dispatch.models import Assignment, ResponseUnit
from tests.work.dispatch.county import SYSTEM, account, body, car, incident


def photo(colour: str = "navy") -> SimpleUploadedFile:
    """A photo as a phone sends it."""
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(drawn, "JPEG")
    return SimpleUploadedFile("scene.jpg", drawn.getvalue(), "image/jpeg")


class Crew:
    """An officer on duty with a unit. ``wrong``: how far the phone's clock is behind the right
    time; ``measured``: whether the phone knows that from when it last met the server."""

    def __init__(
        self,
        number: str = "01",
        *,
        wrong: timedelta = timedelta(),
        measured: bool = True,
        **more: Any,
    ) -> None:
        self.account: Account = account("officer", body("a"), f"crew_{number}")
        self.unit: ResponseUnit = car(number, on_duty=False, **more)
        go_on_duty(SYSTEM, self.unit, crew=[self.account])
        self.wrong, self.measured = wrong, measured
        self.client = Client()
        self.client.force_login(self.account)

    def sent_to(self, category: str = "theft", **more: Any) -> tuple[Matter, Assignment]:
        """An incident, and the unit's assignment to it."""
        matter = incident(category, **more)
        return matter, assign_unit(SYSTEM, matter, self.unit)

    def write(
        self, what: str, on: Assignment | None = None, *, ago: float = 0, **more: Any
    ) -> dict[str, Any]:
        """A report as the phone keeps it: what happened so many minutes ago."""
        at = now() - timedelta(minutes=ago) - self.wrong
        told = {"key": uuid4().hex, "who": self.account.pk, "unit": self.unit.pk, "what": what,
                "at": milliseconds(at), **more}  # fmt: skip
        if on is not None:
            told["assignment"] = on.pk
        if self.measured:
            told["ahead"] = self.wrong.total_seconds() * 1000
        return told

    def send(self, told: dict[str, Any]) -> dict[str, Any]:
        """Send it; the phone's answer. Photos are read from their start each time."""
        for one in told.values():
            if isinstance(one, SimpleUploadedFile):
                one.seek(0)
        sent = str(milliseconds(now() - self.wrong))
        answer = self.client.post(
            "/crew/report/", told, headers={"accept": "application/json", "phone-now": sent}
        )
        return {"status": answer.status_code, **answer.json()}

    def tell(self, what: str, on: Assignment | None = None, **more: Any) -> dict[str, Any]:
        """Write and send."""
        return self.send(self.write(what, on, **more))


def milliseconds(at: datetime) -> int:
    """As browsers tell a time."""
    return round(at.timestamp() * 1000)


def minutes_between(a: datetime | None, b: datetime | None) -> float:
    """How far apart they are; both must be there."""
    assert a is not None
    assert b is not None
    return abs((a - b).total_seconds()) / 60
