"""What leaves by webhooks, NATS and Kafka can carry nobody, and tells of nothing that is sealed."""

from __future__ import annotations

import json
import re

import pytest

from gongzhi.base.log.events import declared_events
from gongzhi.base.log.models import Entry
from gongzhi.watch.exchange.leaving import FIELDS, KINDS, OF_A_UNIT, Row, chosen, leaving, rows
from gongzhi.watch.exchange.webhooks.heard import KINDS as TOLD
from tests.work.dispatch.county import incident

OF_A_PERSON = re.compile(
    r"name|phone|person|party|caller|account|officer|receipt|message|address|place|words|text|lat$|"
    r"lon$|plate|device|email|birth|sex|age$|user|reporter|by$|call$|code$|assignment"
)
TELLING = {"matters", "calls", "participation", "dispatch", "linked"}
NUMBERS = {"request", "into", "source", *OF_A_UNIT}
"""Fields that are numbers of something: of requests, of matters, of authorities; of nobody."""


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_field_that_leaves_is_of_a_person_or_a_crew(kind: str) -> None:
    declared = declared_events()[kind].fields
    assert set(FIELDS[kind]) <= set(declared), "a field that the event does not have"
    assert not [name for name in FIELDS[kind] if OF_A_PERSON.search(name)]
    assert {name for name in FIELDS[kind] if declared[name].name == "id"} <= NUMBERS


def test_cases_complaints_care_integrity_ballots_and_reads_never_leave() -> None:
    assert {kind.partition(".")[0] for kind in KINDS} == TELLING
    assert {kind.partition(".")[0] for kind in TOLD} <= TELLING
    for app in ("cases", "complaints", "care", "integrity", "votes", "people", "dossier", "rights"):
        assert chosen([f"{app}.*"]) == frozenset()


@pytest.mark.django_db
def test_who_acted_and_where_something_delicate_was_stays_here() -> None:
    incident("domestic_violence")
    events = list(leaving(rows(0, 1000)))
    opened = next(one for one in events if one["type"] == "matters.matter_opened")
    assert not {"town", "h7"} & set(opened["data"])
    assert "by" not in Row._fields
    assert "system:" not in json.dumps(events)
    assert Entry.objects.exclude(by="").exists()
