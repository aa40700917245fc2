"""The pages of cases: the list, the way in, and one case from its filing to its archive."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.work.cases import actions
from gongzhi.work.cases.models import Case, CaseDeed, Task
from tests.markup import tight
from tests.work.cases.hands import QUESTIONED, account, by, case, filed, incident, suspected

pytestmark = pytest.mark.django_db


def browser(name: str) -> Client:
    client = Client()
    client.force_login(account(name))
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return answer.content.decode()


def post(who: str, path: str, **told: Any) -> int:
    return browser(who).post(path, told).status_code


def test_an_incident_becomes_a_case_with_two_officers() -> None:
    source, other = incident(), account("second")
    page = text(browser("lead"), f"/cases/open/?incident={source.pk}")
    assert source.number in page
    assert "手机被偷" in page
    told = {
        "incident": source.pk, "procedure": "administrative_case", "category": "theft",
        "words": "手机被偷", "lead": account("lead").pk, "second": other.pk,
    }  # fmt: skip
    answer = browser("lead").post("/cases/open/", told)
    made = Case.objects.get()
    assert answer.headers["Location"] == f"/cases/{made.pk}/"
    assert made.incident == source
    alone = browser("lead").post("/cases/open/", told | {"second": account("lead").pk})
    assert alone.status_code == 422
    assert Case.objects.count() == 1


def test_the_list_is_ones_own_and_others_see_nothing() -> None:
    made = filed()
    assert made.number in text(browser("lead"), "/cases/")
    for name in ("third", "far", "far_chief"):
        assert made.number not in text(browser(name), "/cases/?show=all")
        assert browser(name).get(f"/cases/{made.pk}/").status_code == 403
    assert made.number in text(browser("chief"), "/cases/?show=approve")
    assert made.number in text(browser("watch"), "/cases/?show=open")
    assert made.number in text(browser("lead"), "/cases/?show=all&q=1")
    assert "没有找到" in text(browser("lead"), "/cases/?show=all&q=777")
    assert browser("patrol").get("/cases/").status_code == 403


def test_custody_stands_first_and_apart() -> None:
    made = filed()
    assert "有人被限制人身自由" not in text(browser("lead"), "/cases/")
    suspected(made)
    actions.begin_deed(by("lead"), made, "summons")
    for path in ("/cases/", f"/cases/{made.pk}/"):
        page = text(browser("lead"), path)
        assert "有人被限制人身自由" in page
        assert page.index("询问查证") < page.index(
            'class="segments' if path == "/cases/" else "steps-box"
        )


def test_a_thousand_cases_are_paged_with_as_many_queries_as_ten(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    first = filed()
    whole = Matter.objects.get(pk=first.pk)
    for n in range(60):
        whole.pk = None
        whole.save(force_insert=True)
        Case.objects.create(
            matter=whole, unit=first.unit, word=first.word, year=first.year, count=100 + n,
            lead=first.lead, second=first.second,
        )  # fmt: skip
    client = browser("lead")
    with django_assert_max_num_queries(16):
        page = text(client, "/cases/?show=all")
    assert page.count('class="inbox-row"') == 25
    assert "page=3" in page


def test_the_page_says_what_the_next_step_needs_and_who_approves_it() -> None:
    made = filed()
    page = text(browser("lead"), f"/cases/{made.pk}/")
    assert "还差 4 项" in page
    assert "等 办案部门负责人、公安机关负责人 批准" in page
    assert "第96条" in page
    assert "/approve/summons_approval/" not in page
    assert "/approve/summons_approval/" in text(browser("chief"), f"/cases/{made.pk}/")
    here = f"/cases/{made.pk}"
    assert post("lead", f"{here}/step/questioned/", **QUESTIONED) == 409
    assert post("lead", f"{here}/approve/summons_approval/") == 403
    assert post("chief", f"{here}/approve/summons_approval/") == 302
    assert post("lead", f"{here}/step/questioned/", **QUESTIONED) == 302
    assert Matter.objects.get(pk=made.pk).step == "questioned"


def test_deeds_are_begun_and_ended_on_the_page() -> None:
    made = filed()
    here = f"/cases/{made.pk}"
    assert post("second", f"{here}/begin/", deed="appraisal") == 302
    deed = CaseDeed.objects.get()
    assert "收到鉴定意见" in text(browser("lead"), f"{here}/")
    assert post("third", f"{here}/end/", deed=deed.pk) == 403
    assert post("lead", f"{here}/end/", deed=deed.pk) == 302
    assert post("lead", f"{here}/end/", deed="x") == 404


def test_parties_team_and_tasks_on_the_page() -> None:
    made = filed()
    here = f"/cases/{made.pk}"
    assert post("lead", f"{here}/party/", role="victim", name="某某某") == 302
    assert "某某某" not in text(browser("lead"), f"{here}/")
    person = made.matter.parties.get().person_id
    seen = browser("lead").post(f"/people/{person}/contact/", {"purpose": "handle"})
    assert "某某某" in seen.content.decode()
    assert (
        browser("legal").post(f"/people/{person}/contact/", {"purpose": "handle"}).status_code
        == 403
    )
    assert post("lead", f"{here}/join/", account=account("far").pk) == 302
    assert (
        post(
            "lead",
            f"{here}/task/",
            words="调取监控",
            lead=account("far").pk,
            due_at="2099-01-01T10:00",
        )
        == 302
    )
    page = text(browser("far"), f"{here}/")
    assert "调取监控" in page
    assert post("far", f"/cases/tasks/{Task.objects.get().pk}/finish/", outcome="调到了") == 302
    assert post("far", f"{here}/leave/", account=account("far").pk) == 302
    assert browser("far").get(f"{here}/").status_code == 403


def test_a_party_s_code_stands_on_a_page_that_stays_until_it_is_copied() -> None:
    made = filed()
    victim = actions.add_party(by("lead"), made, "victim", {"name": "被偷的人"})
    answer = browser("lead").post(f"/cases/{made.pk}/receipt/", {"party": victim.pk})
    page = answer.content.decode()
    found = re.search(r'<b class="number">([A-Z0-9-]+)</b>', tight(page))
    assert found, page
    assert found[1] not in text(browser("lead"), f"/cases/{made.pk}/")
    follower = Client().post("/follow/", {"code": found[1]}, follow=True)
    assert made.number in follower.content.decode()


def test_a_case_goes_to_its_archive() -> None:
    made = filed()
    here = f"/cases/{made.pk}"
    actions.take_case_step(
        by("lead"), made, "mediated", elements={"mediation_agreement": "协议 1 号"}
    )
    assert "归档" in text(browser("lead"), f"{here}/")
    assert post("lead", f"{here}/archive/") == 302
    assert post("lead", f"{here}/step/closed/") == 302
    assert Matter.objects.get(pk=made.pk).closed_at is not None
    assert Entry.objects.filter(kind="cases.case_archived").count() == 1
    assert "已归档" in text(browser("lead"), f"{here}/")


def test_a_case_that_is_none_is_not_there() -> None:
    assert browser("lead").get("/cases/999/").status_code == 404
    assert case().matter.step == "received"


def test_two_cases_are_merged_on_the_page_once_the_head_of_the_unit_has_approved() -> None:
    first, second = filed(), filed()
    here = f"/cases/{second.pk}"
    assert "要先由单位负责人批准" in text(browser("lead"), f"{here}/")
    assert post("lead", f"{here}/merge/", into=first.pk) == 409
    assert "批准并案" in text(browser("chief"), f"{here}/")
    assert post("chief", f"{here}/approve/merge_approval/") == 302
    assert "批准并案" not in text(browser("chief"), f"{here}/")
    assert post("lead", f"{here}/merge/", into=first.pk) == 302
    assert second.number in text(browser("lead"), f"/cases/{first.pk}/")
    assert first.number in text(browser("lead"), f"{here}/")


def test_parties_go_to_another_case_on_the_page() -> None:
    made = filed()
    for name in "甲乙":
        actions.add_party(by("lead"), made, "suspect", {"name": name})
    goes = made.matter.parties.latest("pk")
    here = f"/cases/{made.pk}"
    assert post("lead", f"{here}/split/", words="另案处理") == 400
    assert post("lead", f"{here}/split/", words="另案处理", parties=goes.pk) == 302
    other = Case.objects.latest("pk")
    assert other.number in text(browser("lead"), f"{here}/")
    assert made.number in text(browser("lead"), f"/cases/{other.pk}/")


def test_a_case_on_which_work_goes_on_is_not_archived() -> None:
    made = filed()
    assert "/archive/" not in text(browser("lead"), f"/cases/{made.pk}/")
    assert post("lead", f"/cases/{made.pk}/archive/") == 409
    assert not Entry.objects.filter(kind="dossier.case_exported").exists()


def test_a_case_s_papers_stand_in_no_list_of_others() -> None:
    made = filed()
    draft = {"holder": "某某", "place": "老街", "items": "手机", "officers": "甲、乙"}
    assert post("lead", f"/dossier/{made.pk}/draft/seizure_list/", **draft) == 302
    assert made.number in text(browser("lead"), f"/dossier/{made.pk}/")
    assert browser("third").get(f"/dossier/{made.pk}/").status_code == 403
    for name in ("third", "far_chief"):
        assert str(made.matter) not in text(browser(name), "/dossier/")
