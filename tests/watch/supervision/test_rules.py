"""Rules are files: each kind fires where it must and is silent where it must be, and a bad file
is refused with file, key and reason."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gongzhi.base.catalogue.kinds.rule import NEEDS, NEVER_HEARD, Example, Log, Rule, deaf
from gongzhi.base.catalogue.load import CatalogueError, catalogue, read, shipped
from gongzhi.base.log.events import declared_events
from gongzhi.watch.supervision.judging.bench import Bench, overdue
from gongzhi.watch.supervision.judging.compiled import compiled
from gongzhi.watch.supervision.judging.replay import ZONE, entries_of, lived_through, otherwise

RULES = catalogue().rules


@pytest.mark.parametrize("code", RULES)
def test_a_rule_finds_what_its_examples_say(code: str) -> None:
    assert otherwise(RULES[code]) == []


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_an_example_that_fires_and_one_that_does_not(code: str) -> None:
    finds = [one.finds > 0 for one in RULES[code].examples]
    assert True in finds
    assert False in finds


def test_every_kind_of_rule_is_used() -> None:
    assert {rule.kind for rule in RULES.values()} == set(NEEDS)


def test_an_example_that_comes_out_otherwise_is_told() -> None:
    rule = RULES["incident_not_dispatched"]
    wrong = rule.model_copy(update={"examples": (Example(log=rule.examples[0].log, finds=7),)})
    assert otherwise(wrong) == ["examples: number 1 leads to 1 findings, not 7"]


def test_every_limit_on_liberty_is_watched_and_its_breach_is_the_gravest() -> None:
    custody = {clock.code for clock in catalogue().clocks.values() if clock.custody}
    missed, near = RULES["custody_limit_missed"], RULES["custody_limit_near"]
    assert set(missed.on.where["clock"]) == custody == set(near.on.where["clock"])
    assert missed.severity == "grave"
    assert set(RULES["case_limit_missed"].on.but["clock"]) == custody


def file(**changes: object) -> dict[str, Any]:
    text = (shipped() / "rules" / "incident_not_dispatched.toml").read_text("utf-8")
    return tomllib.loads(text) | changes


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "hunch"}, "kind"),
        ({"severity": "dreadful"}, "severity"),
        ({"within_hours": None}, "within_hours: .*必须写这一项 / .* needs it"),
        ({"share": 0.5}, "share"),
        ({"matter": {"reporter": ["x"]}}, "reporter"),
        ({"examples": []}, "examples"),
        ({"answer_within": "soon"}, "answer_within"),
        ({"in_force_until": "2025-01-01"}, "in_force_until"),
    ],
)
def test_a_file_that_says_too_little_too_much_or_the_impossible_is_refused(
    changes: dict[str, object], reason: str
) -> None:
    content = {key: value for key, value in file(**changes).items() if value is not None}
    with pytest.raises(ValidationError, match=reason):
        Rule.model_validate(content)


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (
            {"event": "matters.matter_vanished"},
            "没有“matters.matter_vanished”这个事件 / There is no",
        ),
        ({"event": "matters.matter_opened", "where": {"colour": ["red"]}}, "has no field “colour”"),
        ({"event": "participation.handling_rated"}, "may not hear"),
        ({"event": "supervision.finding_raised"}, "may not hear"),
    ],
)
def test_a_rule_hears_only_events_that_exist_and_that_it_may_hear(
    on: dict[str, object], reason: str
) -> None:
    wrong = deaf(Rule.model_validate(file(on=on)), declared_events())
    assert any(reason in one for one in wrong), wrong


def test_the_catalogue_names_file_and_key(tmp_path: Path) -> None:
    text = (shipped() / "rules" / "incident_not_dispatched.toml").read_text("utf-8")
    (tmp_path / "rules").mkdir()
    bad = text.replace('code = "incident_not_dispatched"', 'code = "lost"')
    bad = bad.replace("matters.matter_merged", "matters.matter_vanished")
    (tmp_path / "rules" / "lost.toml").write_text(bad, "utf-8")
    with pytest.raises(CatalogueError, match=r"rules/lost.toml: excuses.event: .*matter_vanished"):
        read(shipped(), tmp_path)


@pytest.mark.parametrize("code", RULES)
def test_no_rule_hears_what_residents_say_of_those_who_govern_them(code: str) -> None:
    assert not {match.event for _part, match in RULES[code].parts()} & NEVER_HEARD


def test_a_past_that_was_entered_in_another_order_is_judged_by_its_times() -> None:
    rule = RULES["incident_not_dispatched"]
    opened = Log(
        event="matters.matter_opened", fields={"procedure": "incident", "priority": 1, "unit": 1}
    )
    closed = Log(event="matters.step_taken", hours=5, fields={"step": "cleared"})
    [*told] = entries_of(rule, Example(log=(opened, closed), finds=0))
    sent = replace(
        told[1], seq=3, at=told[0].at + timedelta(minutes=4), fields={"step": "dispatched"}
    )
    bench = Bench(compiled([rule]), ZONE)
    for one in (*told, sent):
        bench.hear(one)
    [memory] = bench.memories.values()
    assert overdue(memory, {rule.code: rule}, told[0].subject, told[-1].at) == []


@given(st.lists(st.sampled_from(["send", "wait", "merge"]), max_size=6), st.floats(0.01, 3))
def test_whatever_comes_in_whatever_order_one_opening_is_found_late_once_at_most(
    deeds: list[str], hours: float
) -> None:
    kinds = {"send": "matters.step_taken", "wait": "matters.words_added"}
    kinds["merge"] = "matters.matter_merged"
    sent = {"step": "dispatched", "previous": "received"}
    rule = RULES["incident_not_dispatched"]
    log = [Log(event="matters.matter_opened", fields={"procedure": "incident", "priority": 1,
                                                      "unit": 1})]  # fmt: skip
    log += [
        Log(event=kinds[deed], hours=hours, fields=sent if deed == "send" else {}) for deed in deeds
    ]
    found = lived_through(rule, Example(log=tuple(log), finds=0))
    ends = [n for n, deed in enumerate(deeds, 1) if deed != "wait"]
    in_time = bool(ends) and ends[0] * hours <= 0.5
    assert len(found) == (0 if in_time else 1)
