"""The week's brief comes by mail to those who chose it: once a week, with its paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from pytest_django import Settings

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Account
from gongzhi.base.reach.actions import ask_code, prove
from gongzhi.watch.notices.actions import choose_duties
from gongzhi.watch.notices.actions.duties import PURPOSE
from gongzhi.watch.notices.models import Notice
from gongzhi.watch.notices.sending import send_lane
from gongzhi.watch.notices.states import About
from gongzhi.watch.notices.wishes import Want, Wish
from gongzhi.watch.outcomes.turns import mail_what_is_new
from tests.watch.notices.servers import Mailbox, mail_server
from tests.watch.outcomes.hands import analyst
from tests.watch.outcomes.test_brief import LAST, steady_then_worse
from tests.watch.outcomes.test_pages import weeks

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
MONDAY = datetime(2026, 9, 21, 2, tzinfo=UTC)
"""Ten in the morning after the last week that was counted."""


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    settings.CSRF_TRUSTED_ORIGINS = ["https://county.example"]
    with mail_server() as running:
        settings.SMTP_URL = running.url
        yield running


def wanted_by(account: Account, language: str = "zh-hans") -> None:
    actor = Actor.account(account)
    proof = ask_code(actor, "email", f"{account.username}@example.org", purpose=PURPOSE)
    wish = Wish((Want(About.DUTY, topic="brief"),), language)
    choose_duties(actor, prove(actor, proof.key, proof.code), wish)


def test_it_goes_once_a_week_with_its_paper_and_a_way_to_end_it(mailbox: Mailbox) -> None:
    steady_then_worse()
    wanted_by(analyst())
    with moment(MONDAY):
        assert mail_what_is_new() == 1
        assert send_lane("email") == 1
    with moment(MONDAY + timedelta(days=1)):
        assert mail_what_is_new() == 0
    ((to, mail),) = mailbox.mails
    assert to.endswith("@example.org")
    assert mail["Subject"].strip().startswith("一周简报 2026-W38：1 项和平常不一样")
    words = mail.get_body(("plain",)).get_content()
    assert "https://county.example/outcomes/brief/2026-W38/" in words
    assert "不想再收：https://county.example/subscribe/" in words
    (paper,) = mail.iter_attachments()
    assert paper.get_filename() == "brief-2026-W38.pdf"
    assert paper.get_content().startswith(b"%PDF")
    assert Entry.objects.filter(kind="outcomes.brief_mailed").count() == 1


def test_the_next_week_has_its_own_and_nothing_goes_when_no_week_is_new() -> None:
    steady_then_worse()
    wanted_by(analyst())
    with moment(MONDAY):
        assert (mail_what_is_new(), mail_what_is_new()) == (1, 0)
    weeks(1)
    with moment(MONDAY + timedelta(days=7)):
        assert (mail_what_is_new(), mail_what_is_new()) == (1, 0)


def test_a_process_that_dies_midway_leaves_nothing_half_done() -> None:
    steady_then_worse()
    wanted_by(analyst())
    with (
        moment(MONDAY),
        patch("gongzhi.watch.outcomes.actions.figures.record", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        mail_what_is_new()
    assert not Notice.objects.filter(template="brief").exists()
    with moment(MONDAY):
        assert mail_what_is_new() == 1


def test_after_days_off_the_last_week_still_goes_and_an_old_one_does_not() -> None:
    steady_then_worse()
    wanted_by(analyst())
    with moment(MONDAY + timedelta(days=60)):
        assert mail_what_is_new() == 0
    with moment(MONDAY + timedelta(days=9)):
        assert mail_what_is_new() == 1
    assert Notice.objects.get(template="brief").about == "outcomes.brief:2026-W38"
    assert LAST.isocalendar().week == 38


def test_whoever_may_no_longer_see_measures_gets_none() -> None:
    steady_then_worse()
    account = analyst()
    wanted_by(account)
    Account.objects.filter(pk=account.pk).update(roles=["officer"])
    with moment(MONDAY):
        assert mail_what_is_new() == 0


def test_a_mail_whose_paper_cannot_be_made_goes_without_it(mailbox: Mailbox) -> None:
    steady_then_worse()
    wanted_by(analyst(), "en")
    with moment(MONDAY):
        mail_what_is_new()
        with patch("gongzhi.watch.outcomes.brief.mailing.as_pdf", side_effect=RuntimeError):
            assert send_lane("email") == 1
    ((_to, mail),) = mailbox.mails
    assert mail["Subject"].startswith("The week in brief, 2026-W38")
    assert not list(mail.iter_attachments())
