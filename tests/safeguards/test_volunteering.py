"""Volunteers help; nobody weighs them, and they weigh nobody: no table, event, form or page has
room for points, levels or ranks of a volunteer, or for what one neighbour says about another."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db.models import Field, Model
from django.test import Client

from gongzhi.base.catalogue.kinds.volunteer_task import VolunteerTask
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.events import declared_events
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.work.volunteering.models import Attended, SignUp, Volunteer
from gongzhi.work.volunteering.never import NEVER
from tests.house.source import PACKAGE
from tests.safeguards.persons import found, parts

WEIGHING = {
    "point", "points", "level", "levels", "badge", "badges", "grade", "grades", "star", "stars",
    "medal", "streak", "honour", "honours", "award", "awards", "best", "top", "leader",
    "leaderboard", "merit", "demerit", "mark", "marks", "rating", "ratings",
    "missed", "absent", "late", "no_show",
}  # fmt: skip
"""Words of games and report cards. ``Task.point``, where one meets, is a property of the place."""
ABOUT_OTHERS = {
    "neighbour",
    "suspicious",
    "report",
    "reports",
    "sighting",
    "tip",
    "tips",
    "informer",
}


def models() -> list[type[Model]]:
    return list(apps.get_app_config("volunteering").get_models())


def names(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields()}


def weighs(name: str) -> bool:
    return bool(parts(name) & WEIGHING) or name in WEIGHING


def test_no_table_weighs_anybody() -> None:
    every = [name for model in models() for name in (model.__name__, *names(model))]
    assert len(every) > 20
    assert [one for one in every if weighs(one) or parts(one) & ABOUT_OTHERS] == []
    assert not found(every, about_persons=True)


def test_no_event_does() -> None:
    ours = {k: e for k, e in declared_events().items() if k.startswith("volunteering.")}
    assert len(ours) > 10
    every = [name for kind, event in ours.items() for name in (kind, *event.fields)]
    assert [one for one in every if weighs(one) or parts(one) & ABOUT_OTHERS] == []
    assert not {"volunteer", "name", "phone"} & {field for e in ours.values() for field in e.fields}


def test_what_is_kept_of_a_training_is_that_it_was_attended_and_when() -> None:
    assert names(Attended) == {"id", "volunteer", "training", "on", "by"}


def test_what_is_kept_of_a_part_is_when_and_how_long() -> None:
    assert names(SignUp) == {
        "id", "task", "volunteer", "state", "made_at", "here_at", "done_at", "minutes",
    }  # fmt: skip


def test_a_volunteer_has_no_sum_and_who_it_is_lies_sealed() -> None:
    numbers = {
        field.name
        for field in Volunteer._meta.get_fields()
        if isinstance(field, Field) and "Integer" in field.get_internal_type()
    }
    assert numbers <= {"id"}
    for name in ("name", "phone", "guardian", "guardian_phone"):
        assert isinstance(Volunteer._meta.get_field(name), SealedText)


def test_nobody_is_sorted_by_what_they_did() -> None:
    """No query orders volunteers or their parts by hours, and none counts parts of a volunteer
    but for the page of that one."""
    for path in (PACKAGE / "work/volunteering").rglob("*.py"):
        text = path.read_text("utf-8")
        assert not re.search(r'order_by\([^)]*"-?(?:minutes|n_hours|hours)', text), path
        if path.name not in {"mine.py", "certificate.py"}:
            assert not re.search(r"values(_list)?\([^)]*volunteer|import.*\bSum\b", text), path


def test_every_kind_says_what_one_never_does_and_is_insured_and_done_together() -> None:
    assert len(NEVER) >= 5
    kinds = catalogue().tasks.values()
    assert kinds
    for one in kinds:
        assert one.insurance, one.code
        assert one.together >= 2
        assert one.call
    assert "ge=2" in str(VolunteerTask.model_fields["together"].metadata) or any(
        getattr(it, "ge", None) == 2 for it in VolunteerTask.model_fields["together"].metadata
    )


@pytest.mark.django_db
def test_what_one_never_does_stands_on_every_task(client: Client) -> None:
    from tests.work.volunteering.hands import task

    for kind in catalogue().tasks:
        one = task(kind, places=5)
        for path in (f"/volunteer/{one.pk}/", f"/volunteer/{one.pk}/join/"):
            page = client.get(path).content.decode()
            assert all(str(line) in page for line in NEVER), path
