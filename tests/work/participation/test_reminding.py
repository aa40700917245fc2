"""Reminding a unit: once a day, when nothing moves; the unit sees that somebody waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.actions import remind_of_own, remind_unit
from gongzhi.work.participation.codes import code_for
from tests.work.participation.cast import KEY, RESIDENT, answered, by, clerk, lamp

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def old_lamp() -> object:
    with moment(now() - timedelta(days=2)):
        return lamp()


def test_a_resident_reminds_once_a_day_and_the_unit_sees_it(client: Client) -> None:
    old_lamp()
    client.post("/follow/", {"code": code_for(KEY)})
    assert "催一下" in client.get("/follow/matter/").content.decode()
    assert client.post("/follow/remind/").status_code == 302
    assert "催一下" not in client.get("/follow/matter/").content.decode()
    assert client.post("/follow/remind/").status_code == 429
    assert Entry.objects.filter(kind="participation.reminded").count() == 1
    client.force_login(clerk("city_management"))
    assert "催过 1 次" in client.get("/requests/").content.decode()


def test_what_just_moved_or_was_answered_needs_no_reminder() -> None:
    with pytest.raises(Refused, match="不用催"):
        remind_of_own(RESIDENT, lamp())
    with moment(now() - timedelta(days=3)):
        receipt = answered(lamp("n" * 24))
    with pytest.raises(Refused, match="不用催"):
        remind_of_own(RESIDENT, receipt)


def test_whoever_coordinates_reminds_and_nobody_else() -> None:
    receipt = old_lamp()
    with pytest.raises(Refused, match="权限"):
        remind_unit(by("housing"), receipt.matter)  # type: ignore[attr-defined]
    remind_unit(by("bureau", "supervisor"), receipt.matter)  # type: ignore[attr-defined]
    with moment(now() + timedelta(days=1, minutes=1)):
        remind_unit(by("bureau", "supervisor"), receipt.matter)  # type: ignore[attr-defined]
