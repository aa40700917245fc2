"""A member of staff chooses to be told by mail of what their own unit has to do, and of no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from gongzhi.base.access import tries
from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import catch_up
from gongzhi.base.matters.readers import sweep
from gongzhi.base.people.actions import close_account
from gongzhi.base.reach.actions import ask_code, prove
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.notices.actions import change_settings, choose_duties, subscribe
from gongzhi.watch.notices.actions.duties import PURPOSE
from gongzhi.watch.notices.duties import DUTIES, PLACES, offered_to
from gongzhi.watch.notices.links import code_of
from gongzhi.watch.notices.models import Notice, Shown, Spread, Subscriber, Subscription
from gongzhi.watch.notices.readers import forget, make_digests, spread
from gongzhi.watch.notices.sending import send_lane
from gongzhi.watch.notices.states import About
from gongzhi.watch.notices.telling import duties
from gongzhi.watch.notices.wishes import Want, Wish
from gongzhi.work.joint.actions import answer_outside, ask_outside
from gongzhi.work.participation.actions import remind_of_own
from tests.safeguards.test_erasure import everywhere
from tests.watch.notices.servers import Mailbox, mail_server
from tests.work.participation.cast import RESIDENT, SYSTEM, by, clerk, lamp

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ADDRESS = "clerk@example.org"
MORNING = datetime(2026, 3, 3, 2, tzinfo=UTC)  # ten o'clock, a Tuesday
NIGHT = datetime(2026, 3, 3, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fresh(settings: Settings) -> None:
    tries.forget_all()
    settings.DEMO, settings.SMTP_URL = True, ""
    settings.CSRF_TRUSTED_ORIGINS = ["https://county.example"]


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    with mail_server() as running:
        settings.SMTP_URL = running.url
        yield running


def chosen(
    *which: str, of: str = "city_management", at_once: bool = True, address: str = ADDRESS
) -> Subscriber:
    """A clerk of this unit who proved a mailbox and chose these."""
    actor = by(of)
    proof = ask_code(actor, "email", address, purpose=PURPOSE)
    wish = Wish(tuple(Want(About.DUTY, topic=one) for one in which or DUTIES))
    one = choose_duties(actor, prove(actor, proof.key, proof.code), wish)
    if at_once:
        change_settings(actor, one, pace="now", quiet=None, woken=False, language="zh-hans")
    return one


def told() -> list[str]:
    """Which notices there are by now, in order."""
    catch_up("notices.followed")
    while spread():
        pass
    return list(Notice.objects.order_by("pk").values_list("template", flat=True))


def late_lamp(key: str = "k" * 24) -> object:
    """A request that nobody accepted, its clocks swept each day for more than a week."""
    with moment(MORNING):
        receipt = lamp(key)
    for days in range(1, 9):
        with moment(MORNING + timedelta(days=days)):
            sweep()
            told()
    return receipt


def test_own_clocks_are_told_before_and_after_they_run_out(mailbox: Mailbox) -> None:
    chosen("soon", "missed")
    receipt = late_lamp()
    assert {"own_clock_soon", "own_clock_missed"} <= set(told())
    with moment(MORNING + timedelta(days=9)):
        send_lane("email")
    number = receipt.matter.number  # type: ignore[attr-defined]
    mails = {mail["Subject"]: mail for _to, mail in mailbox.mails}
    assert set(mails) == {f"{number} 的时限快到了", f"{number} 超过时限了"}
    mail = mails[f"{number} 的时限快到了"]
    text = mail.get_content()
    assert f"https://county.example/requests/{receipt.matter_id}/" in text  # type: ignore[attr-defined]
    assert mail["List-Unsubscribe"]


def test_no_word_of_the_request_and_nobody_in_it_leaves_the_county(mailbox: Mailbox) -> None:
    chosen("soon", "missed", "reminded", "answered")
    late_lamp()
    with moment(MORNING + timedelta(days=9)):
        send_lane("email")
    assert mailbox.mails
    for _to, mail in mailbox.mails:
        whole = mail["Subject"] + mail.get_content()
        assert not any(word in whole for word in ("巷口", "海平路", "灯不亮"))


def test_another_unit_is_told_of_nothing() -> None:
    chosen("soon", "missed", of="housing")
    late_lamp()
    assert told() == []


def test_a_reminder_and_an_answer_from_outside_are_told_once() -> None:
    with moment(MORNING):
        chosen("reminded", "answered")
        receipt = lamp()
        asked = ask_outside(by("city_management"), receipt.matter, "property", "灯是谁的？")
    with moment(MORNING + timedelta(days=2)):
        remind_of_own(RESIDENT, receipt)
        answer_outside(RESIDENT, asked, "是我们的，明天换。")
        assert told() == ["own_reminded", "own_answered"]
        Spread.objects.update(done_at=None, reached=0)
        assert told() == ["own_reminded", "own_answered"]


def test_whoever_left_or_lost_the_role_is_told_of_nothing_and_the_address_goes() -> None:
    chosen("reminded")
    with moment(MORNING):
        receipt = lamp()
    account = clerk("city_management")
    account.roles = []
    account.save()
    with moment(MORNING + timedelta(days=2)):
        remind_of_own(RESIDENT, receipt)
        assert told() == []
        close_account(SYSTEM, account)
        forget()
    assert not Subscriber.objects.exists()
    assert everywhere(ADDRESS) == []


def test_unless_they_choose_otherwise_it_comes_once_a_day_and_not_at_night() -> None:
    with moment(MORNING):
        chosen("reminded", at_once=False)
        receipt = lamp()
    with moment(MORNING + timedelta(days=2)):
        remind_of_own(RESIDENT, receipt)
        told()
        assert Notice.objects.get().state == "held"
    with moment(MORNING + timedelta(days=3)):
        assert make_digests() == 1
    digest = Notice.objects.get(template="digest")
    assert receipt.matter.number in digest.told()["lines"]
    one = Subscriber.objects.get()
    change_settings(by("city_management"), one, pace="now", quiet=(18, 8), woken=False,
                    language="zh-hans")  # fmt: skip
    with moment(NIGHT + timedelta(days=4)):
        remind_of_own(RESIDENT, receipt)
        told()
        assert Notice.objects.get(template="own_reminded", state="waiting").again_at > now()


def test_cases_complaints_and_incidents_are_in_no_mail() -> None:
    """Whatever is added to the platform: what no page is named for here, no mail tells of."""
    kept_in = {"criminal_case", "administrative_case", "police_complaint", "incident"}
    assert not kept_in & set(PLACES)
    receipt = lamp()
    receipt.matter.procedure = "police_complaint"
    entry = Spread(kind="matters.clock_missed", subject="", entry=None)
    assert duties.told(entry, receipt.matter, {"clock": "x"}) is None


def test_what_is_offered_is_what_the_roles_may_see() -> None:
    assert "brief" not in offered_to(clerk("city_management"))
    assert "brief" in offered_to(clerk("bureau", "analyst"))
    actor = by("city_management")
    proof = ask_code(actor, "email", ADDRESS, purpose=PURPOSE)
    proved = prove(actor, proof.key, proof.code)
    with pytest.raises(Refused, match="至少选一项"):
        choose_duties(actor, proved, Wish((Want(About.DUTY, topic="brief"),)))
    assert not Subscriber.objects.exists()


def test_a_visitor_who_asks_for_staff_mail_gets_none() -> None:
    lamp()
    proof = ask_code(RESIDENT, "email", ADDRESS, purpose="notices")
    wish = Wish((Want(About.DUTY, topic="missed"), Want(About.TOPIC, topic="votes")))
    subscribe(RESIDENT, prove(RESIDENT, proof.key, proof.code), wish)
    assert [one.about for one in Subscription.objects.all()] == ["topic"]


def test_the_page_from_the_mailbox_to_the_end(client: Client) -> None:
    lamp()
    client.force_login(clerk("city_management"))
    assert "工作邮箱" in client.get("/notices/mine/").content.decode()
    wrong = client.post("/notices/mine/", {"address": "x", "duties": ["missed"]})
    assert wrong.status_code == 422
    sent = client.post("/notices/mine/", {"address": ADDRESS, "duties": ["missed", "brief"]})
    assert sent.status_code == 422  # not theirs to choose
    sent = client.post("/notices/mine/", {"address": ADDRESS, "duties": ["missed"]})
    assert sent["Location"] == "/notices/mine/code/"
    catch_up("notices.codes")
    send_lane("email")
    code = re.search(r"\b\d{6}\b", Shown.objects.get().words)
    assert code
    assert client.post("/notices/mine/code/", {"code": code[0]})["Location"] == "/notices/mine/"
    page = client.get("/notices/mine/").content.decode()
    assert ADDRESS in page
    form = {"duties": ["reminded"], "pace": "now", "quiet": "on", "quiet_from": "18",
            "quiet_to": "8", "language": "en"}  # fmt: skip
    assert client.post("/notices/mine/", form).status_code == 302
    one = Subscriber.objects.get()
    assert (one.pace, one.quiet_from, one.language) == ("now", 18, "en")
    assert [it.topic for it in one.subscriptions.all()] == ["reminded"]
    assert client.post("/notices/mine/", {**form, "duties": []}).status_code == 422
    # One press in a mail ends it, signed in or not.
    assert Client().post(f"/subscribe/{code_of(one.key)}/stop/").status_code == 200
    assert not Subscriber.objects.exists()
    assert everywhere(ADDRESS) == []


def test_another_mailbox_takes_the_place_of_the_first() -> None:
    lamp()
    chosen("missed")
    chosen("missed", address="new@example.org")
    one = Subscriber.objects.get()
    assert (one.address, one.pace) == ("new@example.org", "now")
    assert everywhere(ADDRESS) == []


def test_two_colleagues_share_a_mailbox_and_a_resident_has_it_too() -> None:
    chosen("missed")
    chosen("missed", of="housing")
    proof = ask_code(RESIDENT, "email", ADDRESS, purpose="notices")
    subscribe(RESIDENT, prove(RESIDENT, proof.key, proof.code), Wish((Want(About.WARNINGS),)))
    assert Subscriber.objects.count() == 3
    assert len(set(Subscriber.objects.values_list("mark", flat=True))) == 3


def test_an_event_that_nobody_asked_for_is_not_even_noted() -> None:
    late_lamp()
    assert Entry.objects.filter(kind="matters.clock_missed").exists()
    assert not Spread.objects.exists()
