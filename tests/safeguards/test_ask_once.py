"""Asking once never becomes knowing: what somebody told is found by their code alone, never by who
they are, and no rule, measure or analysis reads it."""

from __future__ import annotations

import ast

import pytest

from gongzhi.base.log.events import declared_events
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.models import RegisterEntry, Unfinished
from gongzhi.work.public_services.selectors.forms import content_of
from tests.house.source import PACKAGE, parsed, python_files
from tests.work.public_services import hands

READERS = {
    "work/public_services/actions/reusing.py",
    "work/public_services/actions/applying.py",
    "work/public_services/confirmed.py",
    "work/public_services/pages/desk.py",
    "work/public_services/pages/filling.py",
    "work/public_services/pages/reusing.py",
    "work/public_services/actions/filling.py",
    "work/public_services/actions/registers.py",
    "work/public_services/pages/registers.py",
    "work/public_services/pages/sending.py",
    "work/public_services/selectors/following.py",
    "work/public_services/selectors/registers.py",
}
"""The form, its sending, and the two pages of the application: nothing else asks."""


def test_only_the_form_and_its_application_read_facts_told_before() -> None:
    wanted = "gongzhi.work.public_services.selectors.facts"
    reading = {
        str(path.relative_to(PACKAGE))
        for path in python_files("src")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and node.module == wanted
    }
    assert reading <= READERS


def test_only_the_form_reads_a_register_and_only_by_name_number_and_telephone_together() -> None:
    """No list, no search, no page for staff: nobody can leaf through it."""
    reading = {
        str(path.relative_to(PACKAGE))
        for path in python_files("src")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Name) and node.id == "RegisterEntry"
    }
    assert reading == {
        "work/public_services/actions/registers.py",
        "work/public_services/selectors/registers.py",
    }
    assert {it.name for it in RegisterEntry._meta.get_fields()} == {
        "id", "register", "key", "content", "since",
    }  # fmt: skip


def test_the_log_has_room_for_how_many_and_never_for_what() -> None:
    told = {kind: set(it.fields) for kind, it in declared_events().items() if ".fact" in kind}
    assert set.union(*told.values()) <= {"service", "source", "of", "fields", "field"}


@pytest.mark.django_db
@pytest.mark.parametrize("filled_by", ["self", "family", "worker"])
def test_nobody_gets_somebody_s_facts_by_knowing_who_they_are(filled_by: str) -> None:
    """Neither by typing the same name and number, nor as a worker who helps."""
    hands.applied()
    service = hands.permit()
    key = "w" * 24
    form = actions.begin_form(hands.RESIDENT, service, hands.ANSWERS, key=key)
    form = actions.save_page(hands.RESIDENT, form, "who", hands.FIELDS)
    assert set(content_of(form)) == {"name", "id_number", "phone"}
    for typed in (hands.NUMBER, hands.PHONE, hands.NAME, code_for(key)):
        with pytest.raises(Refused):
            actions.show_facts(hands.RESIDENT, form, typed, hands.PHONE[-4:])
    with pytest.raises(Refused):
        actions.send(
            hands.RESIDENT, form, hands.unit("station_lancheng"), filled_by=filled_by
        )  # the other pages are still empty
    assert set(content_of(Unfinished.objects.get())) == {"name", "id_number", "phone"}
