"""Outside warnings: what is proposed, shown, superseded, called off or turned away, and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.alerts import actions
from gongzhi.watch.exchange.alerts.models import Heard
from gongzhi.watch.exchange.alerts.polling import READER, receive, take_in
from gongzhi.watch.exchange.alerts.words import REASONS, reason
from gongzhi.work.prevention.warnings.cap import Alert, Area, alert_xml, read_alert
from gongzhi.work.prevention.warnings.cap.message import Named
from gongzhi.work.prevention.warnings.models import Message, Warning
from gongzhi.work.prevention.warnings.selectors import standing
from tests.house.source import PACKAGE
from tests.watch.alerts.offices import FAR, RING, after, source, warned, xml
from tests.work.prevention.warnings.hands import by

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def heard(alert: Alert | bytes, *, trusted: bool = False) -> Heard:
    """One message, as the reader takes it in."""
    body = alert if isinstance(alert, bytes) else alert_xml(alert)
    found = receive(source(trusted=trusted), body)
    assert found is not None
    return found


def states() -> list[str]:
    return list(Heard.objects.order_by("pk").values_list("state", flat=True))


def test_a_good_one_waits_for_a_person_and_is_then_shown_as_that_offices() -> None:
    found = heard(warned())
    assert found.state == "proposed"
    assert not standing()
    message = actions.hand_on(by(), found)
    shown = standing()
    assert [one.source_zh for one in shown] == ["省气象台"]
    assert shown[0].about == "heavy_fog"
    assert (message.headline_zh, message.headline_en) == ("大雾黄色预警", "")
    ours = read_alert(message.xml.encode())
    assert ours.source.startswith("weather@province,w-1,")
    assert ours.blocks[0].sender_name == "省气象台"
    assert Heard.objects.get().handled_by == by().source


def test_a_trusted_offices_is_shown_at_once() -> None:
    found = heard(warned(), trusted=True)
    assert found.state == "shown"
    assert Message.objects.get().publisher is None
    assert len(standing()) == 1


def test_the_same_message_twice_is_one_however_it_is_written() -> None:
    office = source()
    body = xml()
    assert receive(office, body)
    assert receive(office, body) is None
    assert receive(office, body.replace(b"<cap:info>", b"\n  <cap:info>")) is None
    assert Heard.objects.count() == 1


def test_an_update_and_a_cancel_change_what_is_shown() -> None:
    first = warned()
    heard(first, trusted=True)
    second = after(first, "w-2", headline="大雾橙色预警", severity="Severe")
    heard(second, trusted=True)
    assert [one.current.headline_zh for one in standing() if one.current] == ["大雾橙色预警"]
    heard(after(second, "w-3", "Cancel"), trusted=True)
    assert not standing()
    assert Warning.objects.get().state == "cancelled"
    assert [one.msg_type for one in Message.objects.order_by("serial")] == [
        "Alert", "Update", "Cancel"
    ]  # fmt: skip


def test_an_update_takes_the_place_of_a_proposal_and_a_cancel_ends_it() -> None:
    first = warned()
    heard(first)
    second = after(first, "w-2")
    heard(second)
    assert states() == ["superseded", "proposed"]
    heard(after(second, "w-3", "Cancel"))
    assert states() == ["superseded", "superseded", "closed"]
    assert not Warning.objects.exists()


def test_a_message_that_comes_after_its_update_is_not_shown() -> None:
    first = warned()
    heard(after(first, "w-2"), trusted=True)
    assert heard(first, trusted=True).state == "superseded"
    assert len(standing()) == 1


def test_what_a_person_would_not_hand_on_does_not_come_back_as_trusted() -> None:
    first = warned()
    actions.set_aside(by(), heard(first))
    assert heard(after(first, "w-2"), trusted=True).state == "proposed"


def test_an_untrusted_update_of_what_is_shown_is_proposed_and_changes_that_warning() -> None:
    first = warned()
    message = actions.hand_on(by(), heard(first))
    second = heard(after(first, "w-2", headline="延长"))
    assert (second.state, second.warning) == ("proposed", message.warning)
    assert actions.hand_on(by(), second).warning == message.warning
    called = heard(after(first, "w-3", "Cancel"))
    assert actions.hand_on(by(), called).msg_type == "Cancel"


def test_a_grave_one_is_handed_on_only_by_who_may_publish() -> None:
    found = heard(warned(severity="Extreme"))
    with pytest.raises(Refused):
        actions.hand_on(by(), found)
    assert Heard.objects.get().state == "proposed"
    actions.hand_on(by("leader"), found)


def test_two_do_not_hand_on_the_same() -> None:
    found = heard(warned())
    actions.hand_on(by(), found)
    with pytest.raises(Refused) as why:
        actions.hand_on(by("leader"), found)
    assert why.value.code == "not_waiting"
    assert Message.objects.count() == 1


def test_what_is_over_is_not_handed_on_and_waits_no_longer() -> None:
    found = heard(warned())
    with moment(now() + timedelta(hours=7)):
        with pytest.raises(Refused) as why:
            actions.hand_on(by(), found)
        assert why.value.code == "over"
        assert actions.lapse_proposals(READER) == 1
    assert states() == ["lapsed"]


def test_what_is_elsewhere_is_no_news_here() -> None:
    assert heard(warned(areas=(Area("别处", (FAR,)),))).state == "elsewhere"


def swapped() -> bytes:
    ring = tuple((lon, lat) for lat, lon in RING)
    return xml(areas=(Area("县", (ring,)),))


def bomb() -> bytes:
    many = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 30))
    return f'<!DOCTYPE a [<!ENTITY a0 "ha">{many}]><alert>&a29;</alert>'.encode()


BAD: dict[str, Callable[[], bytes]] = {
    "sent_after_expires": lambda: xml(expires=now() - timedelta(hours=1)),
    "missing:expires": lambda: xml(expires=None),
    "sent_in_future:sent": lambda: xml(
        sent=now().replace(microsecond=0) + timedelta(days=2), expires=now() + timedelta(days=3)
    ),
    "too_old:sent": lambda: xml(sent=now().replace(microsecond=0) - timedelta(days=9)),
    "over:expires": lambda: xml(
        sent=now().replace(microsecond=0) - timedelta(days=1), expires=now() - timedelta(hours=1)
    ),
    "unknown_code:severity": lambda: xml().replace(b">Moderate<", b">Orange<"),
    "no_area": lambda: xml(areas=()),
    "no_shape": lambda: xml(areas=(Area("县", geocodes=(Named("x", "330900"),)),)),
    "swapped": swapped,
    "status_test": lambda: xml(status="Test"),
    "status_exercise": lambda: xml(status="Exercise"),
    "status_draft": lambda: xml(status="Draft"),
    "not_a_warning": lambda: xml(msg_type="Ack"),
    "not_public": lambda: xml(scope="Restricted"),
    "forbidden_xml": bomb,
    "broken_xml": lambda: b"<alert",
    "not_cap": lambda: b"<html><body>sign in</body></html>",
    "too_big": lambda: b"<alert>" + b" " * (10 * 1024 * 1024) + b"</alert>",
}


@pytest.mark.parametrize("why", BAD)
def test_a_bad_one_is_never_shown_even_of_a_trusted_office_and_says_why_in_words(why: str) -> None:
    found = heard(BAD[why](), trusted=True)
    assert found.state == "turned_away"
    told = [one for one in found.reasons if one.startswith(why)]
    assert told, found.reasons
    assert reason(told[0]) != told[0]
    assert not standing()
    assert not Message.objects.exists()
    assert len(found.xml) <= actions.MOST_XML
    assert Entry.objects.latest("seq").kind == "alerts.alert_turned_away"


def test_every_fault_that_can_be_found_has_words() -> None:
    cap = PACKAGE / "work" / "prevention" / "warnings" / "cap"
    text = "".join((cap / name).read_text() for name in ("reading.py", "sense.py"))
    codes = set(re.findall(r'Fault\("(\w+)"', text))
    codes |= set(re.findall(r'"((?:bad|unknown)_\w+)"', text))
    assert codes <= set(REASONS)


def test_an_error_page_with_the_time_in_it_is_told_once() -> None:
    office = source()
    for minute in range(3):
        receive(office, f"<html>12:0{minute}</html>".encode())
    assert Heard.objects.count() == 1


def test_a_feed_may_carry_its_messages_inside() -> None:
    one, other = (xml(name).split(b"?>", 1)[1].decode() for name in ("in-1", "in-2"))
    feed = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="text/xml">{one}'
        f'</content></entry><entry><content type="text/xml">{other}</content></entry></feed>'
    )
    assert take_in(source(), feed.encode())["proposed"] == 2


def test_what_is_old_and_was_never_shown_is_forgotten() -> None:
    heard(b"<html/>")
    kept = heard(warned(), trusted=True)
    with moment(now() + timedelta(days=31)):
        assert actions.forget_old(READER) == 1
    assert Heard.objects.get() == kept


def test_an_english_only_office_is_read_in_english() -> None:
    found = heard(warned(language="en", headline="Dense fog", event="Fog"), trusted=True)
    message = Message.objects.get(warning=found.warning)
    assert (message.headline_zh, message.headline_en) == ("", "Dense fog")
    assert message.headline == "Dense fog"
