"""Offices on the net: feeds that are asked in turn, and those that can't be, or shouldn't."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange import fetching
from gongzhi.watch.exchange.alerts.actions import end_source
from gongzhi.watch.exchange.alerts.models import Heard, Source
from gongzhi.watch.exchange.alerts.polling import poll
from gongzhi.watch.exchange.alerts.readers import ask_due, due_sources
from gongzhi.watch.exchange.fetching import fetch, same_host
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.work.prevention.warnings.cap import NotReadable, alert_xml
from gongzhi.work.prevention.warnings.selectors import standing
from tests.watch.alerts.offices import Office, after, opened, source, warned, xml
from tests.work.prevention.warnings.hands import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_a_feed_leads_to_its_messages_once(office: Office) -> None:
    first = warned()
    office.put("/1.xml", alert_xml(first))
    office.put("/2.xml", alert_xml(after(first, "w-2", headline="延长")))
    found = source(office.atom("/1.xml", "/2.xml"), trusted=True)
    assert ask_due() == 1
    assert [one.current.headline_zh for one in standing() if one.current] == ["延长"]
    with moment(now() + timedelta(minutes=6)):
        assert ask_due() == 1
    assert [path for path, _ in office.asked].count("/1.xml") == 1
    assert Source.objects.get(pk=found.pk).answered_at


def test_it_is_asked_in_its_turn_and_no_more_once_ended(office: Office) -> None:
    found = source(office.atom())
    assert due_sources() == [found]
    ask_due()
    assert not due_sources()
    with moment(now() + timedelta(minutes=6)):
        assert due_sources()
        end_source(SYSTEM, Source.objects.get())
        assert not due_sources()


def test_what_has_not_changed_is_not_sent_again(office: Office) -> None:
    address = office.put("/one.xml", xml(), ETag='"v1"')
    found = source(address)
    assert poll(found)["proposed"] == 1
    assert not poll(Source.objects.get())
    assert office.asked[-1][1]["If-None-Match"] == '"v1"'


def test_rss_is_read_as_well(office: Office) -> None:
    office.put("/1.xml", xml())
    rss = "<rss><channel><item><title>t</title><link>/1.xml</link></item></channel></rss>"
    assert poll(source(office.put("/rss", rss.encode())))["proposed"] == 1


def test_an_office_that_fails_is_told_once_and_again_when_it_is_back(office: Office) -> None:
    found = source(office.url + "/feed.xml")
    for _turn in range(2):
        with pytest.raises(LineFailed):
            poll(Source.objects.get())
    assert Source.objects.get().failure == "http_404"
    office.atom()
    poll(Source.objects.get())
    assert Source.objects.get().failure == ""
    told = Entry.objects.filter(kind__contains="alerts.source_").order_by("seq")
    kinds = list(told.values_list("kind", flat=True))
    assert kinds == ["alerts.source_kept", "alerts.source_failing", "alerts.source_back"]
    assert found.code == "weather"


def test_one_broken_message_keeps_no_other_from_coming(office: Office) -> None:
    office.put("/1.xml", b"<alert")
    office.put("/3.xml", xml())
    counts = poll(source(office.atom("/1.xml", "/2.xml", "/3.xml")))
    assert (counts["turned_away"], counts["http_404"], counts["proposed"]) == (1, 1, 1)


def test_no_other_host_is_asked(office: Office) -> None:
    with opened() as other:
        away = other.put("/1.xml", xml())
        counts = poll(source(office.atom(away)))
        assert counts["foreign"] == 1
        office.put("/moved", b"", 302, Location=away)
        with pytest.raises(LineFailed, match="redirect_elsewhere"):
            fetch(office.url + "/moved")
        assert not other.asked


def test_a_redirect_on_the_same_host_is_followed_but_not_for_ever(office: Office) -> None:
    office.put("/old", b"", 301, Location="/new")
    office.put("/new", b"here")
    assert fetch(office.url + "/old").body == b"here"
    office.put("/round", b"", 302, Location="/round")
    with pytest.raises(LineFailed, match="too_many_redirects"):
        fetch(office.url + "/round")


def test_an_endless_answer_is_given_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.put("/big", b"x" * (fetching.LARGEST + 1))
    with pytest.raises(LineFailed, match="too_big"):
        fetch(office.url + "/big")
    office.put("/slow", b"x" * fetching.PIECE * 2)
    monkeypatch.setattr(fetching, "WHOLE", -1.0)
    with pytest.raises(LineFailed, match="timeout"):
        fetch(office.url + "/slow")


INNER = ["127.0.0.1", "localhost", "[::1]", "10.0.0.8", "169.254.169.254"]


@pytest.mark.parametrize("inner", INNER)
def test_the_inner_network_is_not_asked_unless_the_operator_says_so(inner: str) -> None:
    with pytest.raises(LineFailed, match="private"):
        fetch(f"http://{inner}/feed.xml")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://x/y",
        "http://",
        "http://me:secret@office/feed",
        "http://x:99999/",
    ],
)
def test_an_address_that_is_none_is_not_kept(address: str) -> None:
    with pytest.raises(Refused):
        source(address)


def test_what_counts_as_the_same_host() -> None:
    assert same_host("http://a/x", "https://a/y")
    assert not same_host("https://a/x", "http://a/x")
    assert not same_host("http://a/x", "http://a:8080/x")
    assert not same_host("http://a/x", "http://a.b/x")


def test_a_source_that_is_not_xml_at_all_says_so(office: Office) -> None:
    with pytest.raises(NotReadable):
        poll(source(office.put("/feed.xml", b"not found, sorry")))
    assert Source.objects.get().failure == "broken_xml"
    assert not Heard.objects.exists()
