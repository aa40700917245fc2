"""What an officer tells of themselves for the audit of fairness reaches the audit and nothing else.

The table points at one account and nothing at it; one module opens the seal, for one's own page and
for the audit; no address there is opens it otherwise; and the audit says nothing of a small group,
nor lets one be reckoned from the others."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import pytest
from django.apps import apps
from django.test import Client

from gongzhi.base.access.matrix import addresses
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.work.workforce.appraisal import actions
from gongzhi.work.workforce.appraisal.counting.numbers import Number
from gongzhi.work.workforce.appraisal.models import Background
from gongzhi.work.workforce.appraisal.readers import let_backgrounds_go
from gongzhi.work.workforce.appraisal.selectors import auditing, backgrounds
from gongzhi.work.workforce.appraisal.states import Says
from tests.house.source import PACKAGE, parsed
from tests.safeguards.test_erasure import everywhere
from tests.safeguards.test_sealed_complaints import NO_ANSWER, filled
from tests.work.workforce.appraisal.cast import JULY, account, by, personnel

HERE = PACKAGE / "work" / "workforce" / "appraisal"
OPENS, ASKS, TELLS = "selectors/backgrounds.py", "selectors/people.py", "selectors/auditing.py"


def imports_of(name: str) -> set[str]:
    """Files of the package that import this name, or the module of it."""
    return {
        str(path.relative_to(HERE)) if HERE in path.parents else str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py") if name in path.read_text("utf-8")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom)
        and (name in {one.name for one in node.names} or (node.module or "").endswith(f".{name}"))
    }  # fmt: skip


def test_one_module_reads_the_table_and_the_audit_alone_asks_for_groups() -> None:
    assert imports_of("Background") == {OPENS, "actions/backgrounds.py", "readers.py"}
    assert imports_of("by_sex") == imports_of("by_decade") == {ASKS}
    assert imports_of("GROUPINGS") == {TELLS}
    assert imports_of("own_background") == {"pages/background.py"}


def test_nothing_points_at_it_and_it_has_no_column_in_the_clear() -> None:
    names = {one.name for one in Background._meta.get_fields()}
    assert names == {"id", "account", "told"}
    for model in apps.get_models():
        assert Background not in {one.related_model for one in model._meta.get_fields()}, model


@pytest.mark.django_db
@pytest.mark.both_databases
def test_it_lies_sealed_is_not_on_the_log_and_goes_when_asked() -> None:
    actions.tell_background(by("anna"), sex="woman", decade="1980")
    assert everywhere("woman") == []
    told = Entry.objects.filter(kind="appraisal.background_told").values_list("text", flat=True)
    assert list(told) == ["{}"]
    actions.erase_background(by("anna"))
    assert not Background.objects.exists()
    actions.tell_background(by("anna"), sex="woman", decade="")
    whose = account("anna")
    whose.is_active = False
    whose.save()
    assert let_backgrounds_go() == 1


@pytest.mark.django_db
def test_no_address_opens_it_but_one_s_own_page_and_a_trial(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every address, as somebody with every role; the seal says where it was opened."""
    opened: list[str] = []
    unseal, at = backgrounds.unseal, {"path": ""}

    def noted(sealed: bytes) -> Mapping[str, str]:
        opened.append(at["path"])
        return unseal(sealed)

    monkeypatch.setattr(backgrounds, "unseal", noted)
    actions.tell_background(by("anna"), sex="woman", decade="1980")
    whose, client = account("anna"), Client()
    whose.roles = list(catalogue().roles)
    whose.save()
    client.force_login(whose)
    for address in addresses():
        if address.path in NO_ANSWER:
            continue
        at["path"] = filled(address.path, Background.objects.get().pk)
        client.get(at["path"])
    assert set(opened) == {"/appraisal/background/"}
    at["path"] = "a trial"
    with moment(JULY):
        actions.try_formula(personnel(), "county_2026")
    assert "a trial" in opened, "so the walk can fail"


def numbers(many: int, first: int = 1) -> dict[int, Number]:
    """So many officers, each with nine of ten."""
    one = (10, 9.0, 10.0, 0.9, 0.6, 0.99, Says.USUAL)
    return {key: Number(key, *one) for key in range(first, first + many)}


def told(grouping: str, sizes: Mapping[str, int]) -> dict[str, int]:
    """Group → people, as far as the audit tells of it, for groups of these sizes."""
    members, at = {}, 1
    for name, many in sizes.items():
        members[name] = list(range(at, at + many))
        at += many
    rows = auditing._told(grouping, "any", members, numbers(at))
    return {one.name: one.people for one in rows if one.share is not None}


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"woman": 12, "man": 31}, {"woman": 10, "man": 30}),
        ({"woman": 9, "man": 31}, {}),
        ({"woman": 9, "man": 31, "": 1}, {"man": 30}),
        ({"woman": 12, "man": 31, "": 1}, {"man": 30}),
        ({"woman": 12, "man": 31, "": 10}, {"woman": 10, "man": 30}),
        ({"a": 3, "b": 4, "c": 15, "d": 20}, {"d": 20}),
    ],
)
def test_a_small_group_is_told_nowhere_and_can_t_be_reckoned_from_the_others(
    sizes: dict[str, int], shown: dict[str, int]
) -> None:
    """Who is hidden of a grouping is nobody, or ten at least; "" is who didn't say."""
    assert told("sex", sizes) == shown
    hidden = sum(n for name, n in sizes.items() if name not in shown)
    assert hidden == 0 or hidden >= auditing.LEAST_PEOPLE


def test_of_what_people_told_shares_and_people_come_in_steps() -> None:
    members = {"woman": list(range(1, 13)), "man": list(range(13, 30))}
    some = numbers(30) | {1: Number(1, 10, 2.0, 10.0, 0.88, 0.1, 0.5, Says.BELOW)}
    for row in auditing._told("sex", "any", members, some):
        assert row.people % auditing.PEOPLE_STEP == 0
        assert row.share is not None
        assert round(row.share * 100) % 5 == 0
