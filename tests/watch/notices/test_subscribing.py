"""Somebody subscribes without an account, is told, and ends it with one press."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.test import Client
from pytest_django import Settings

from gongzhi.base.access import tries
from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import catch_up
from gongzhi.base.people.models import Account
from gongzhi.base.reach.actions import ask_code, prove
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.notices.actions import change_settings, end_all, subscribe, unsubscribe
from gongzhi.watch.notices.links import code_of
from gongzhi.watch.notices.models import Notice, Shown, Spread, Subscriber, Subscription
from gongzhi.watch.notices.readers import make_digests, spread, tell_lapses
from gongzhi.watch.notices.sending import due_lanes, send_lane
from gongzhi.watch.notices.states import About
from gongzhi.watch.notices.wishes import Pin, Want, Wish
from gongzhi.work.participation.actions import merge_requests
from gongzhi.work.participation.codes import code_for
from gongzhi.work.participation.models import Receipt
from tests.safeguards.test_erasure import everywhere
from tests.watch.notices.servers import Mailbox, mail_server
from tests.work.participation.cast import answered, by, lamp
from tests.work.prevention.warnings import hands

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
RESIDENT = Actor.resident()
ADDRESS = "ou@example.org"
DAY = datetime(2026, 3, 3, 2, tzinfo=UTC)  # ten in the morning
NIGHT = datetime(2026, 3, 3, 15, tzinfo=UTC)  # eleven at night


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


def subscribed(*wants: Want, address: str = ADDRESS, language: str = "zh-hans") -> Subscriber:
    proof = ask_code(RESIDENT, "email", address, purpose="notices")
    found = subscribe(RESIDENT, prove(RESIDENT, proof.key, proof.code), Wish(wants, language))
    Notice.objects.filter(template="subscribed").delete()
    return found


def following(receipt: Receipt, **more: str) -> Subscriber:
    return subscribed(Want(About.MATTER, matter=receipt.matter_id), **more)


def told() -> list[str]:
    """Which notices there are by now, in order."""
    catch_up("notices.followed")
    while spread():
        pass
    return list(Notice.objects.order_by("pk").values_list("template", flat=True))


def warn(severity: str = "Moderate", **more: object) -> None:
    hands.published(severity=severity, **more)


def test_without_an_account_by_a_code_that_came(client: Client) -> None:
    form = {"area": "county", "gravity": "0", "channel": "sms", "address": "138 0000 1234"}
    assert client.post("/subscribe/", form)["Location"] == "/subscribe/code/"
    assert not Subscriber.objects.exists()  # nothing before it is proved
    catch_up("notices.codes")
    send_lane("sms")
    code = re.search(r"验证码 (\d{6})", client.get("/notices/phone/").content.decode())
    assert code
    answer = client.post("/subscribe/code/", {"code": code[1]})
    page = client.get(answer["Location"]).content.decode()
    assert "全县的预警" in page
    assert everywhere("13800001234") == []
    assert client.get("/subscribe/code/")["Location"] == "/subscribe/"


def test_a_wrong_code_subscribes_nobody(client: Client) -> None:
    client.post("/subscribe/", {"area": "county", "channel": "sms", "address": "13800001234"})
    answer = client.post("/subscribe/code/", {"code": "abcdef"})
    assert answer.status_code == 422
    assert "验证码不对" in answer.content.decode()
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"area": "none"}, "请至少选一项"),
        ({"area": "town"}, "请选乡镇街道"),
        ({"area": "place", "place": "没有这个地方"}, "没有找到这个地方"),
        ({"area": "county", "address": "123"}, "11 位手机号"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(client: Client, form: dict, words: str) -> None:
    whole = {"channel": "sms", "address": "13800001234", "gravity": "0", **form}
    answer = client.post("/subscribe/", whole)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_whoever_follows_a_matter_is_told_of_each_step_and_of_no_word() -> None:
    receipt = lamp()
    following(receipt)
    answered(receipt)
    assert told() == ["matter_accepted", "matter_answered"]
    Notice.objects.update(again_at=now())  # whatever the hour
    send_lane("email")
    shown = list(Shown.objects.all())
    assert len(shown) == 2
    for one in shown:
        assert receipt.matter.number in one.words
        assert "灯" not in one.subject + one.words
        assert "/follow/" in one.words


def test_an_entry_read_again_tells_nobody_twice() -> None:
    receipt = lamp()
    following(receipt)
    answered(receipt)
    told()
    Spread.objects.update(done_at=None, reached=0)
    assert told() == ["matter_accepted", "matter_answered"]


def test_old_history_is_no_news() -> None:
    with moment(now() - timedelta(days=2)):
        receipt = lamp()
        following(receipt)
        answered(receipt)
    assert told() == []


def test_before_it_closes_by_itself_it_is_said_once() -> None:
    with moment(DAY):
        receipt = lamp()
        following(receipt)
        answered(receipt)
    with moment(DAY + timedelta(days=11)):
        assert tell_lapses() == 0
    with moment(DAY + timedelta(days=13)):
        assert tell_lapses() == 1
        assert tell_lapses() == 0


def test_warnings_reach_those_who_want_them_there_in_their_language() -> None:
    hands.county()
    near = Pin("东镇", 30.05, 122.15, 500)
    far = Pin("西镇", 30.05, 122.01, 500)
    subscribed(Want(About.WARNINGS), address="all@example.org", language="en")
    subscribed(Want(About.WARNINGS, town="east"), address="east@example.org")
    subscribed(Want(About.WARNINGS, town="west"), address="west@example.org")
    subscribed(Want(About.WARNINGS, gravity=4), address="red@example.org")
    subscribed(Want(About.PLACE, pin=near), address="near@example.org")
    subscribed(Want(About.PLACE, pin=far), address="far@example.org")
    warn()
    assert told() == ["warning_issued"] * 3
    Notice.objects.update(again_at=now())
    send_lane("email")
    shown = {one.to: one for one in Shown.objects.all()}
    assert set(shown) == {"all@example.org", "east@example.org", "near@example.org"}
    assert "Coast Road is closed" in shown["all@example.org"].subject
    assert "滨海路" in shown["east@example.org"].subject


def test_a_drill_s_warning_reaches_nobody() -> None:
    hands.county()
    subscribed(Want(About.WARNINGS))
    hands.published(exercise=True)
    assert told() == []


def test_at_night_nothing_rings_but_red_for_those_who_chose() -> None:
    hands.county()
    with moment(NIGHT):
        quiet = subscribed(Want(About.WARNINGS), address="quiet@example.org")
        woken = subscribed(Want(About.WARNINGS), address="woken@example.org")
        change_settings(RESIDENT, woken, pace="now", quiet=(22, 7), woken=True, language="zh-hans")
        warn("Severe")
        told()
        assert due_lanes() == []
        Notice.objects.all().delete()
        warn("Extreme")
        told()
        at = dict(Notice.objects.values_list("subscriber", "again_at"))
    assert at[woken.pk] == NIGHT
    assert at[quiet.pk] == datetime(2026, 3, 3, 23, tzinfo=UTC)


def test_a_digest_has_all_of_the_day_in_one_message_and_warnings_come_at_once() -> None:
    hands.county()
    with moment(DAY):
        receipt = lamp()
        one = subscribed(Want(About.MATTER, matter=receipt.matter_id), Want(About.WARNINGS))
        change_settings(RESIDENT, one, pace="daily", quiet=None, woken=False, language="zh-hans")
        answered(receipt)
        warn()
        told()
        assert set(Notice.objects.filter(state="held").values_list("template", flat=True)) == {
            "matter_accepted", "matter_answered",
        }  # fmt: skip
        assert Notice.objects.get(template="warning_issued").state == "waiting"
        assert make_digests() == 1
        assert make_digests() == 0
        send_lane("email")
    digest = next(one for one in Shown.objects.all() if "2 条消息" in one.subject)
    assert digest.words.count(receipt.matter.number) == 2
    assert everywhere(receipt.matter.number) == []


def test_mail_ends_with_one_press_of_the_mail_client_s_own_button(mailbox: Mailbox) -> None:
    receipt = lamp()
    following(receipt)
    answered(receipt)
    told()
    Notice.objects.update(again_at=now())
    send_lane("email")
    mail: EmailMessage = mailbox.mails[0][1]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<https://county\.example(/.*)>", mail["List-Unsubscribe"].strip())
    assert address
    stranger = Client(enforce_csrf_checks=True)
    assert "全部退订" in stranger.get(address[1]).content.decode()
    assert Subscriber.objects.count() == 1  # looking at it ends nothing
    answer = stranger.post(
        address[1], "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert not Subscriber.objects.exists()
    assert not Subscription.objects.exists()
    assert set(Notice.objects.values_list("address", "facts", "mark")) <= {("", "", "")}
    assert stranger.post(address[1]).status_code == 200  # twice does no harm


def test_no_link_says_who_somebody_is() -> None:
    one = subscribed(Want(About.WARNINGS))
    code = code_of(one.key)
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", code)
    assert everywhere(code) == []  # a stolen database opens no link
    assert "ou" not in code.lower() or ADDRESS not in code


def test_the_link_shows_changes_and_ends(client: Client) -> None:
    receipt = lamp()
    one = subscribed(Want(About.MATTER, matter=receipt.matter_id), Want(About.WARNINGS))
    at = f"/subscribe/{code_of(one.key)}/"
    page = client.get(at).content.decode()
    assert receipt.matter.number in page
    assert ADDRESS not in page
    settings = {
        "pace": "weekly", "quiet_from": "21", "quiet_to": "6", "quiet": "on", "language": "en",
    }  # fmt: skip
    assert client.post(at, settings).status_code == 302
    one.refresh_from_db()
    assert (one.pace, one.quiet_from, one.quiet_to, one.woken) == ("weekly", 21, 6, False)
    first, last = one.subscriptions.order_by("pk")
    assert client.post(f"{at}end/{first.pk}/")["Location"] == at
    assert "退订了" in client.post(f"{at}end/{last.pk}/").content.decode()
    assert not Subscriber.objects.exists()
    assert client.get(at).status_code == 404


def test_nobody_ends_what_is_another_s(client: Client) -> None:
    one = subscribed(Want(About.WARNINGS))
    other = subscribed(Want(About.WARNINGS), address="other@example.org")
    theirs = other.subscriptions.get()
    client.post(f"/subscribe/{code_of(one.key)}/end/{theirs.pk}/")
    assert Subscription.objects.count() == 2


def test_the_same_address_again_is_the_same_subscriber_and_no_two_of_one_thing() -> None:
    first = subscribed(Want(About.WARNINGS))
    again = subscribed(Want(About.WARNINGS, gravity=3), Want(About.TOPIC, topic="votes"))
    assert first.pk == again.pk
    assert Subscription.objects.count() == 2
    assert Subscription.objects.get(about="warnings").gravity == 3


def test_more_than_anybody_needs_is_refused() -> None:
    pins = [Want(About.PLACE, pin=Pin("东镇", 30, 122, number)) for number in range(51)]
    with pytest.raises(Refused, match="最多"):
        subscribed(*pins)
    assert not Subscriber.objects.exists()


def test_a_feed_needs_no_address_at_all(client: Client) -> None:
    receipt = lamp()
    client.post("/follow/", {"code": code_of_receipt(receipt)})
    answer = client.post("/subscribe/matter/", {"channel": "feed"})
    answered(receipt)
    told()
    text = client.get(f"{answer['Location']}feed.xml").content.decode()
    assert text.count("<entry>") == 2
    assert 'href="https://county.example/follow/"' in text
    assert "&lt;p&gt;" in text  # readers show it as HTML
    assert receipt.matter.number in text
    assert due_lanes() == []
    with moment(now() + timedelta(days=15)):
        assert client.get(f"{answer['Location']}feed.xml").content.decode().count("<entry>") == 0


def test_of_a_matter_only_who_has_its_code_subscribes(client: Client) -> None:
    lamp()
    assert client.get("/subscribe/matter/")["Location"] == "/follow/"
    assert client.post("/subscribe/matter/", {"channel": "feed"})["Location"] == "/follow/"
    assert not Subscriber.objects.exists()


def test_who_follows_one_that_was_merged_follows_the_other() -> None:
    first, second = lamp("a" * 24), lamp("b" * 24)
    following(second)
    merge_requests(by("city_management"), second.matter, first.matter)
    catch_up("notices.followed")
    assert Subscription.objects.get().matter_id == first.matter_id


def test_staff_see_counts_and_no_subscriber(client: Client) -> None:
    one = subscribed(Want(About.WARNINGS))
    for account in Account.objects.all():
        client.force_login(account)
        for page in ("/notices/", f"/people/{one.pk}/"):
            assert ADDRESS not in client.get(page).content.decode()


def test_the_log_says_that_somebody_subscribed_and_not_who() -> None:
    one = subscribed(Want(About.WARNINGS))
    unsubscribe(RESIDENT, one.subscriptions.get())
    kinds = list(
        Entry.objects.filter(kind__startswith="notices.")
        .order_by("seq")
        .values_list("kind", "text")
    )
    assert [kind for kind, _text in kinds] == [
        "notices.subscribed", "notices.unsubscribed", "notices.all_ended",
    ]  # fmt: skip
    assert all(ADDRESS not in text for _kind, text in kinds)


def test_ended_is_erased_everywhere() -> None:
    hands.county()
    one = subscribed(Want(About.PLACE, pin=Pin("欧阳家门口", 30.05, 122.15, 500)))
    end_all(RESIDENT, one)
    assert everywhere("欧阳家门口") == []
    assert not Subscription.objects.exists()


def test_as_many_queries_for_thirty_as_for_one(
    client: Client, django_assert_max_num_queries
) -> None:
    one = subscribed(Want(About.WARNINGS))
    pins = [Want(About.PLACE, pin=Pin("东镇", 30, 122, number)) for number in range(30)]
    at = f"/subscribe/{code_of(one.key)}/"
    with django_assert_max_num_queries(6):
        client.get(at)
    subscribed(*pins)
    with django_assert_max_num_queries(6):
        client.get(at)


def code_of_receipt(receipt: Receipt) -> str:
    return code_for(receipt.idempotency_key)
