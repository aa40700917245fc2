"""Gifts are told of, who is recused does nothing in the case, powers are held against the log."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.people.actions import change_roles
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases.actions import (
    hand_over_case,
    join_team,
    leave_journey_out,
    take_case_step,
)
from gongzhi.work.dossier import actions as dossier
from gongzhi.work.workforce.integrity import actions
from gongzhi.work.workforce.integrity.models import Declaration, Recusal
from gongzhi.work.workforce.integrity.readers import remind
from gongzhi.work.workforce.integrity.selectors.checks import (
    Checked,
    long_in_sensitive_posts,
    powers_checked,
    reports_of,
)
from gongzhi.work.workforce.officers.actions import ask_leave, decide_leave
from tests.safeguards.test_erasure import everywhere
from tests.work.cases import hands as cases
from tests.work.workforce.officers.hands import NOW, SYSTEM, TODAY, account, by, held, post

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WORDS = "老同学寄来两盒海参"


def inspector(name: str = "inspects") -> Actor:
    return by(name, "inspector", "supervision")


class TestRegister:
    def test_what_is_declared_lies_sealed_and_its_reading_is_on_the_log(self) -> None:
        actions.declare(by(), account(), "gift", WORDS, yuan=600)
        assert everywhere(WORDS) == []
        [one] = actions.open_register(inspector())
        assert one.words == WORDS
        assert Entry.objects.filter(kind="integrity.register_read").count() == 1
        actions.settle(inspector(), one, "returned")
        with pytest.raises(Refused, match="处理过"):
            actions.settle(inspector(), one, "nothing")

    def test_nobody_settles_their_own(self) -> None:
        own = actions.declare(inspector(), account("inspects"), "gift", WORDS)
        with pytest.raises(Refused, match="由别人决定"):
            actions.settle(inspector(), own, "nothing")
        assert actions.open_register(inspector()) == []
        assert actions.open_register(inspector("another")) == [own]

    def test_others_see_nothing_and_declare_nothing_for_others(self) -> None:
        with pytest.raises(Refused, match="权限"):
            actions.open_register(by())
        with pytest.raises(Refused, match="自己"):
            actions.declare(by(), account("mate"), "gift", WORDS)
        assert not Declaration.objects.exists()


class TestRecusal:
    def test_until_it_is_decided_the_case_goes_on_then_its_officer_does_nothing(self) -> None:
        case = cases.case()
        lead, mine = case.lead, cases.by(case.lead.username)
        one = actions.ask_recusal(mine, case.matter, lead, "interest", "对方是我表弟")
        take_case_step(mine, case, "filed", elements={"acceptance_record": "1"})
        with pytest.raises(Refused, match="权限"):
            actions.decide_recusal(mine, one, grant=True)
        actions.decide_recusal(SYSTEM, one, grant=True)
        with pytest.raises(Refused, match="已经决定回避"):
            take_case_step(mine, case, "investigated")
        with pytest.raises(Refused, match="已经决定回避"):
            hand_over_case(mine, case, lead, case.second)
        begins = NOW - timedelta(hours=3)
        with pytest.raises(Refused, match="已经决定回避"):
            leave_journey_out(mine, case, "any", begins, NOW, "路上三小时")

    def test_who_is_recused_writes_no_paper_takes_nothing_and_erases_nothing(self) -> None:
        """What they hold they can still hand on; nothing new comes into their hands."""
        case = cases.case()
        lead = cases.by(case.lead.username)
        thing: dict[str, Any] = {"name": "U 盘", "quantity": "一个", "found_at": "抽屉里"}
        held = dossier.take_exhibit(lead, case.matter, **thing, second=case.second)
        legal, keeper = cases.account("legal"), cases.account("patrol")
        for who in (case.lead, legal):
            actions.decide_recusal(
                SYSTEM, actions.ask_recusal(SYSTEM, case.matter, who, "interest"), grant=True
            )
        eraser = Actor.account(legal)
        for deed in (
            lambda: dossier.draft_document(lead, case.matter, "evidence_order", {}),
            lambda: dossier.take_exhibit(lead, case.matter, **thing, second=case.second),
            lambda: dossier.set_hold(eraser, case.matter, reason="检察院要求"),
        ):
            with pytest.raises(Refused, match="已经决定回避"):
                deed()
        offer = dossier.offer_exhibit(lead, held, "store", keeper, where="物证室")
        dossier.confirm_offer(Actor.account(keeper), offer)
        with pytest.raises(Refused, match="已经决定回避"):
            dossier.offer_exhibit(Actor.account(keeper), held, "lend", case.lead, where="办公室")

    def test_who_is_recused_comes_back_by_no_other_door(self) -> None:
        case = cases.case()
        outsider = cases.account("third")
        Recusal.objects.create(
            account=outsider, matter=case.matter, ground="party", state="granted",
            asked_at=NOW, decided_at=NOW,
        )  # fmt: skip
        with pytest.raises(Refused, match="已经决定回避"):
            join_team(cases.by(case.lead.username), case, outsider)

    def test_who_is_not_in_on_the_case_asks_nothing(self) -> None:
        case = cases.case()
        with pytest.raises(Refused, match="才能提"):
            actions.ask_recusal(by("far"), case.matter, account("far"), "party")

    def test_beside_the_case_one_asks_for_oneself(self) -> None:
        case = cases.case()
        client = Client()
        client.force_login(case.lead)
        assert "我要回避" in client.get(f"/cases/{case.pk}/").content.decode()
        client.post(f"/integrity/recusal/{case.pk}/", {"ground": "interest"})
        assert Recusal.objects.get().account == case.lead
        assert "等待决定" in client.get(f"/cases/{case.pk}/").content.decode()
        client.force_login(account("far"))
        assert client.post(f"/integrity/recusal/{case.pk}/", {"ground": "party"}).status_code == 404


class TestChecks:
    def decided(self, who: str, role: str) -> None:
        with moment(NOW):
            asked = ask_leave(by(), account(), "sick", first_day=TODAY, last_day=TODAY)
            decide_leave(by(who, role), asked, grant=True)

    def leave_power(self) -> Checked:
        return next(one for one in powers_checked() if one.power.code == "decide_leave")

    def test_what_somebody_could_do_then_is_held_against_their_roles_then(self) -> None:
        with moment(NOW):
            self.decided("head", "unit_leader")
            assert not self.leave_power().outside
            change_roles(SYSTEM, account("head"), unit=account().unit, roles=["officer"])
        with moment(NOW + timedelta(minutes=1)):
            told = self.leave_power()
        assert (told.used, told.outside) == (1, []), "it was on the list then"

    def test_of_a_list_that_says_otherwise_it_shows_who_and_when(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.decided("head", "unit_leader")
        only = catalogue().powers["decide_leave"].model_copy(update={"roles": ("personnel",)})
        monkeypatch.setitem(vars(catalogue()), "powers", {"decide_leave": only})
        with moment(NOW):
            [told] = powers_checked()
        assert [one.account for one in told.outside] == [str(account("head"))]

    def test_long_in_a_sensitive_post(self) -> None:
        with moment(NOW):
            sensitive = post("物证", sensitive=True)
            held(sensitive, "keeper", since=date(2025, 1, 1))
            assert long_in_sensitive_posts() == []
        with moment(NOW.replace(year=2029, month=9)):
            [(one, months)] = long_in_sensitive_posts()
        assert (one.account.username, months) == ("keeper", 56)

    def test_reports_fall_due_for_those_who_must(self) -> None:
        with moment(NOW):
            assert reports_of(account()) == []
            head = by("head", "unit_leader")
            assert [one.late for one in reports_of(account("head"))] == [True]
            actions.report_made(head, account("head"), "personal_matters")
            assert [one.made for one in reports_of(account("head"))] == [True]
            with pytest.raises(Refused, match="登记过"):
                actions.report_made(head, account("head"), "personal_matters")


class TestReminders:
    """Of a report whose it is, a month ahead; of a post those who see to rotation; once each."""

    def lived(self) -> list[tuple[str, str]]:
        remind()
        rows = Entry.objects.filter(kind__endswith="_due", kind__startswith="integrity.")
        return list(rows.order_by("seq").values_list("kind", "text"))

    def test_a_report_is_told_of_a_month_ahead_and_once(self) -> None:
        head = account("head", "unit_leader")
        with moment(NOW):
            assert self.lived() == []
        january = NOW.replace(year=2027, month=1, day=10)
        with moment(january):
            [(kind, text)] = self.lived()
            assert (kind, f'"account":{head.pk}' in text.replace(" ", "")) == (
                "integrity.report_due", True,
            )  # fmt: skip
            assert len(self.lived()) == 1
            client = Client()
            client.force_login(head)
            assert "1 项报告要做了" in client.get("/waiting/").json()["waiting"][0]["words"]
            actions.report_made(by("head"), head, "personal_matters")
            assert "报告要做了" not in client.get("/waiting/").content.decode()

    def test_a_post_held_too_long_is_told_of_once_without_a_name(self) -> None:
        one = held(post("物证", sensitive=True), "keeper", since=date(2025, 1, 1))
        with moment(NOW.replace(year=2030, month=2, day=1)):
            [(kind, text)] = self.lived()
            assert kind == "integrity.rotation_due"
            assert json.loads(text) == {"post": one.post_id, "unit": one.account.unit_id}
            assert len(self.lived()) == 1


def test_the_pages() -> None:
    client = Client()
    client.force_login(account("inspects", "inspector", "supervision"))
    assert client.post("/integrity/", {"kind": "gift", "words": WORDS}).status_code == 302
    assert WORDS in client.get("/integrity/").content.decode()
    actions.declare(by(), account(), "family", "妻子开了家民宿")
    page = client.get("/integrity/register/").content.decode()
    assert "妻子开了家民宿" not in page
    opened = client.post("/integrity/register/open/").content.decode()
    assert "妻子开了家民宿" in opened
    assert WORDS not in opened
    one = Declaration.objects.get(kind="family")
    client.post(f"/integrity/register/{one.pk}/settle/", {"outcome": "avoid"})
    one.refresh_from_db()
    assert one.outcome == "avoid"
