"""Rises are about places and harm that residents told of; a person decides what follows."""

from __future__ import annotations

import dataclasses

import pytest
from django.apps import apps
from django.db.models import Model

from gongzhi.analysis.evaluation import Change, Compared
from gongzhi.analysis.hotspots import Rise as FoundRise
from gongzhi.base.catalogue.kinds.forecast import forbidden
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.events import declared_events
from gongzhi.base.matters.models import Party
from gongzhi.base.matters.residents import RESIDENTS, TOLD, told_by_residents
from gongzhi.base.people.models import Account, Person, Unit
from gongzhi.work.prevention.problems.looking import Seen, harms
from tests.safeguards.persons import found
from tests.work.prevention.problems.hands import ABOUT, LAST, matter, tell


def models() -> list[type[Model]]:
    return list(apps.get_app_config("problems").get_models())


def test_only_categories_of_the_allow_list_are_looked_at() -> None:
    every = catalogue().categories
    assert harms()
    assert [code for code in harms() if forbidden(every[code]) or not every[code].harm] == []
    never = {"crowd", "police_complaint", "suspicious", "drugs", "dispute_wage", "self_harm"}
    assert not never & set(harms())


def test_complaints_are_none_of_what_is_read() -> None:
    for code in TOLD:
        procedure = catalogue().procedures[code]
        assert procedure.kind in {"incident", "request"}
        assert not procedure.sealed


@pytest.mark.django_db
def test_only_what_residents_told_is_read() -> None:
    channels = ["phone", "web", "patrol", "grid", "officer", "camera", ""]
    tell([matter(LAST, channel=one) for one in channels])
    read = set(told_by_residents(ABOUT).values_list("channel", flat=True))
    assert read == {"phone", "web"}
    assert read <= RESIDENTS


def test_no_person_has_room_in_it() -> None:
    """Accounts are those who decide and write; nobody else is in any table, type or event."""
    related = {
        field.related_model
        for model in models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete
    }
    assert not related & {Person, Party}
    assert {Account, Unit} <= related
    types = (Seen, FoundRise, Compared, Change)
    names = [field.name for kind in types for field in dataclasses.fields(kind)]
    names += [f.name for model in models() for f in model._meta.get_fields()]
    names += [
        n for kind, e in declared_events().items() if kind.startswith("problems.") for n in e.fields
    ]
    assert not found(names, about_persons=True)
    assert not {"person", "suspect", "offender", "victim", "phone", "name"} & set(names)


def test_nothing_is_opened_by_itself() -> None:
    """Neither the daily look nor anything else but a page calls what opens a problem; and that
    refuses the platform itself (tests/work/prevention/problems)."""
    from tests.house.source import PACKAGE, python_files, shown

    calling = {
        shown(path)
        for path in python_files("src")
        if "confirm_rise(" in path.read_text("utf-8") and PACKAGE / "config" not in path.parents
    }
    at = "src/gongzhi/work/prevention/problems"
    assert calling == {f"{at}/actions/judging.py", f"{at}/pages/board.py"}
