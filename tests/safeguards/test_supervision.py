"""Supervision looks at matters and units: no finding is about a resident, none ranks a person."""

from __future__ import annotations

import re

import pytest
from django.db.models import ForeignKey

from gongzhi.base.catalogue.kinds.rule import NEVER_HEARD
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.events import declared_events
from gongzhi.base.people.models import Account, Person
from gongzhi.watch.supervision.models import Finding, RuleMemory, Tally
from tests.house.source import PACKAGE
from tests.house.test_events import events

HERE = PACKAGE / "watch" / "supervision"


@pytest.mark.parametrize("model", [Finding, Tally, RuleMemory])
def test_no_finding_hangs_on_a_person(model: type) -> None:
    """Who answered and who decided stands beside it, with the words; whom it is about, nowhere."""
    related = {
        field.related_model
        for field in model._meta.get_fields()  # type: ignore[attr-defined]
        if isinstance(field, ForeignKey)
    }
    assert not related & {Account, Person}


def test_the_log_of_findings_names_no_person() -> None:
    events()
    told = {k: e for k, e in declared_events().items() if k.startswith("supervision.")}
    assert told
    for event in told.values():
        assert not {"account", "person", "party", "officer", "by"} & set(event.fields)


def test_no_rule_asks_who_somebody_is() -> None:
    for rule in catalogue().rules.values():
        for _part, match in rule.parts():
            asked = {*match.where, *match.but}
            assert not asked & {"account", "person", "party", "lead", "second", "receipt"}


def test_what_residents_say_of_us_is_never_heard_by_a_rule() -> None:
    events()
    voices = {
        kind for kind in declared_events()
        if re.search(r"rated|judged|request_filed|request_joined|complain", kind)
    }  # fmt: skip
    assert voices
    assert voices <= NEVER_HEARD


def test_no_page_of_supervision_sorts_or_counts_persons() -> None:
    for path in [*HERE.rglob("selectors.py"), *HERE.rglob("*.html")]:
        assert not re.search(r"by_account|by_officer|Account\.objects", path.read_text("utf-8"))
