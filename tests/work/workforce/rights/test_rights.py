"""An officer who was harmed or wrongly accused: told once, helped on a clock, cleared; kept from
their unit, from appraisal and from everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.clocks.sweeping import sweep
from gongzhi.base.matters.models import ClockRun, Narrative
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.rights import actions
from gongzhi.work.workforce.rights.actions import NewReport
from gongzhi.work.workforce.rights.models import Help, RightsMatter
from tests.work.workforce.appraisal.cast import account, by

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOW = datetime(2026, 11, 30, 2, tzinfo=UTC)
WORDS = "昨夜在码头劝架，被人用酒瓶划伤了手"
TOLD = "查了录像和证人，投诉说的打人没有发生"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    account("inspector", "inspector", of="inspectorate")
    with moment(NOW):
        yield


def inspector() -> object:
    return by("inspector", "inspector", of="inspectorate")


def reported(name: str = "bo", **more: object) -> RightsMatter:
    new = NewReport(
        **({"happened": "assault", "words": WORDS, "wishes": ("medical", "legal")} | more)
    )  # type: ignore[arg-type]
    return actions.report(by(name), new, idempotency_key=f"rights-of-{name}-0001")


def running(rights: RightsMatter) -> set[str]:
    runs = ClockRun.objects.filter(matter=rights.matter, stopped_at=None)
    return set(runs.values_list("clock", flat=True))


def inside(name: str, *roles: str, of: str = "station_lancheng") -> Client:
    client = Client()
    client.force_login(account(name, *roles, of=of))
    return client


def test_each_help_that_is_asked_for_is_arranged_on_its_clock() -> None:
    rights = reported()
    assert running(rights) == {"rights_take_up", "rights_medical", "rights_help"}
    medical = rights.help.get(sort="medical")
    actions.arrange_help(inspector(), medical, "县医院急诊，李医生在等，所里派车")
    assert running(rights) == {"rights_take_up", "rights_help"}
    with pytest.raises(Refused, match="安排好了"):
        actions.arrange_help(inspector(), medical, "再来一次")
    actions.ask_help(by("bo"), rights, "talk")
    actions.arrange_help(inspector(), rights.help.get(sort="legal"), "法律顾问周二下午")
    assert "rights_help" in running(rights), "one still waits"
    actions.arrange_help(inspector(), rights.help.get(sort="talk"), "心理咨询热线，随时")
    assert running(rights) == {"rights_take_up"}


def test_who_is_hurt_waits_two_hours_at_most() -> None:
    rights = reported()
    with moment(NOW + timedelta(hours=2, minutes=1)):
        sweep()
    missed = ClockRun.objects.get(matter=rights.matter, clock="rights_medical")
    assert missed.missed_at is not None


def test_an_untrue_accusation_is_cleared_on_a_clock_and_harm_isn_t() -> None:
    accused = reported(happened="accused", wishes=())
    actions.take_rights_step(inspector(), accused, "taken_up")
    actions.take_rights_step(
        inspector(), accused, "decided", elements={"finding": "untrue", "told": TOLD}
    )
    assert running(accused) == {"rights_clear"}
    actions.take_rights_step(
        inspector(), accused, "cleared", elements={"where_told": "bureau", "clearing": TOLD}
    )
    assert running(accused) == set()
    harmed = reported("anna", wishes=())
    actions.take_rights_step(inspector(), harmed, "taken_up")
    actions.take_rights_step(
        inspector(), harmed, "decided", elements={"finding": "harmed", "told": "已经拘留"}
    )
    assert running(harmed) == set()


def test_nothing_is_closed_while_help_waits() -> None:
    rights = reported()
    actions.take_rights_step(inspector(), rights, "taken_up")
    told = {"finding": "harmed", "told": "已经拘留"}
    actions.take_rights_step(inspector(), rights, "decided", elements=told)
    with pytest.raises(Refused, match="没有安排"):
        actions.take_rights_step(inspector(), rights, "closed")
    for one in rights.help.all():
        actions.arrange_help(inspector(), one, "安排在明天")
    matter = actions.take_rights_step(inspector(), rights, "closed")
    assert matter.closed_at is not None


def test_words_lie_sealed_and_nowhere_else() -> None:
    rights = reported()
    assert WORDS not in Narrative.objects.get(matter=rights.matter).words
    told = Entry.objects.values_list("text", flat=True)
    assert not [text for text in told if "码头" in text]
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM rights_rightsmatter")
        assert all("码头" not in words for (words,) in cursor.fetchall())


@pytest.mark.parametrize(
    ("name", "roles", "of", "status"),
    [
        ("bo", (), "station_lancheng", 200),
        ("inspector", ("inspector",), "inspectorate", 200),
        ("anna", (), "station_lancheng", 404),
        ("head", ("unit_leader",), "station_lancheng", 404),
        ("personnel", ("personnel",), "bureau", 404),
        ("boss", ("bureau_leader",), "bureau", 404),
        ("supervisor", ("supervisor",), "bureau", 404),
    ],
)
def test_only_the_officer_and_the_rights_office_know(
    name: str, roles: tuple[str, ...], of: str, status: int
) -> None:
    rights = reported()
    client = inside(name, *roles, of=of)
    answer = client.get(f"/rights/{rights.pk}/")
    assert answer.status_code == status
    listed = client.get("/rights/").content.decode()
    assert (str(rights) in listed) == (status == 200)


def test_the_head_of_the_unit_knows_only_if_the_officer_wants() -> None:
    rights = reported()
    head = inside("head", "unit_leader")
    assert head.get(f"/rights/{rights.pk}/").status_code == 404
    actions.show_to_head(by("bo"), rights, shown=True)
    assert head.get(f"/rights/{rights.pk}/").status_code == 200
    assert head.post(f"/rights/{rights.pk}/more/", {"words": "我来说"}).status_code == 404
    actions.show_to_head(by("bo"), rights, shown=False)
    assert head.get(f"/rights/{rights.pk}/").status_code == 404


def test_an_inspector_s_own_matter_is_seen_to_by_somebody_else() -> None:
    account("boss", "bureau_leader", of="bureau")
    new = NewReport("accused", "有人写信诬告我", wishes=("legal",))
    rights = actions.report(inspector(), new, idempotency_key="rights-of-the-inspector")
    assert rights.matter.owner_unit.code == "bureau"
    with pytest.raises(Refused, match="自己的事"):
        actions.arrange_help(inspector(), Help.objects.get(rights=rights), "我自己安排")


def test_what_was_taken_back_can_be_reported_anew_but_not_gone_on_with() -> None:
    rights = reported()
    actions.withdraw(by("bo"), rights)
    assert running(rights) == set()
    with pytest.raises(Refused):
        actions.take_rights_step(inspector(), rights, "taken_up")


def test_a_county_without_anybody_to_see_to_it_says_whom_to_ask() -> None:
    from gongzhi.base.people.models import Account

    Account.objects.filter(username="inspector").update(is_active=False)
    with pytest.raises(Refused, match="督察长"):
        reported()


@pytest.mark.parametrize(
    ("more", "field"),
    [({"happened": "tired"}, "happened"), ({"words": "  "}, "words"),
     ({"wishes": ("money",)}, "wishes"), ({"words": "字" * 4001}, "words")],
)  # fmt: skip
def test_a_report_says_what_is_missing_beside_it(more: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        reported(**more)
    assert field in refused.value.fields


def test_an_officer_reports_and_is_helped_on_the_pages() -> None:
    client = inside("bo")
    page = client.get("/rights/").content.decode()
    key = page.split('name="idempotency_key" value="')[1].split('"')[0]
    sent = {"happened": "assault", "words": WORDS, "wishes": ["medical"], "idempotency_key": key}
    page = client.post("/rights/", sent, follow=True).content.decode()
    assert "等安排" in page
    office = inside("inspector", "inspector", of="inspectorate")
    rights = RightsMatter.objects.get()
    office.post(f"/rights/help/{rights.help.get().pk}/", {"note": "县医院急诊"})
    office.post(f"/rights/{rights.pk}/step/taken_up/")
    page = client.get(f"/rights/{rights.pk}/").content.decode()
    assert "县医院急诊" in page
    assert "专人接手" in page
