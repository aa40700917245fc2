"""A warning from its draft to its end: who may, what stands when, and what never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.conditions import standing_conditions
from gongzhi.work.prevention.warnings import actions
from gongzhi.work.prevention.warnings.cap import read_alert
from gongzhi.work.prevention.warnings.cap.message import Circle
from gongzhi.work.prevention.warnings.content import copy_of
from gongzhi.work.prevention.warnings.models import Draft, Message, Warning
from gongzhi.work.prevention.warnings.readers import sweep
from gongzhi.work.prevention.warnings.selectors import (
    ended_lately,
    forget_standing,
    standing,
)
from gongzhi.work.prevention.warnings.selectors.reach import reach_of
from gongzhi.work.prevention.warnings.shapes import Place, outline_from, square_km
from tests.work.prevention.warnings.hands import (
    account,
    by,
    called_off,
    content,
    county,
    drafted,
    published,
    updated,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    forget_standing()


def said() -> list[str]:
    return [kind for kind in Entry.objects.order_by("seq").values_list("kind", flat=True)
            if kind.startswith("warnings.")]  # fmt: skip


def refused(code: str, call: Any, *args: Any, **named: Any) -> Refused:
    """The action is refused with this code, and left nothing on the log."""
    before = Entry.objects.count()
    with pytest.raises(Refused) as why:
        call(*args, **named)
    assert why.value.code == code
    assert Entry.objects.count() == before
    return why.value


def test_a_road_is_closed_by_one_warning_and_opened_by_another() -> None:
    message = published()
    [closed] = standing_conditions()
    assert closed.speed == 0
    assert closed.until == message.expires
    over = called_off(message.warning)
    assert over.msg_type == "Cancel"
    assert not standing_conditions()
    assert [one.number for one in ended_lately(now())] == [over.warning.number]
    assert said()[-3:] == [
        "warnings.draft_begun", "warnings.draft_changed", "warnings.warning_cancelled"
    ]  # fmt: skip


def test_an_update_supersedes_and_names_all_before_it() -> None:
    first = published()
    second = updated(first.warning, headline_zh="封闭延长到晚上八点")
    third = called_off(first.warning)
    alert = read_alert(third.xml.encode())
    assert [one.identifier for one in alert.references] == [first.identifier, second.identifier]
    assert [one.identifier for one in read_alert(second.xml.encode()).references] == [
        first.identifier
    ]
    numbers = {message.identifier for message in Message.objects.all()}
    assert numbers == {f"tinglan-{first.warning.number}-{n}" for n in (1, 2, 3)}


def test_the_message_says_it_in_both_languages_and_to_programs() -> None:
    county()
    ring = outline_from("30.0,122.0\n30.02,122.0\n30.02,122.03")
    place = Place(areas=("east",), outlines=(ring,))
    alert = read_alert(published(place=place).xml.encode())
    assert [block.language for block in alert.blocks] == ["zh-CN", "en"]
    assert [block.event for block in alert.blocks] == ["道路封闭", "Road closed"]
    assert [block.sender_name for block in alert.blocks] == ["听澜县", "Tinglan County"]
    area = alert.blocks[0].areas[0]
    assert len(area.polygons) == 2
    assert area.geocodes[0].value == "east"
    assert alert.sender == "tinglan@gongzhi"


def test_what_is_published_never_changes() -> None:
    message = published()
    for change in (
        lambda: Message.objects.filter(pk=message.pk).update(headline_zh="别的"),
        lambda: Message.objects.filter(pk=message.pk)._raw_delete(message._state.db),
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()


def test_a_grave_one_needs_two_people() -> None:
    draft = drafted("gas_leak", severity="Severe")
    refused("own_draft", actions.publish_draft, by("leader"), _by(draft, "leader"), seen=draft.seen)
    draft = actions.change_draft(by(), draft, content(severity="Severe"))
    refused("not_permitted", actions.publish_draft, by(), draft, seen=draft.seen)
    refused("not_submitted", actions.publish_draft, by("leader"), draft, seen=draft.seen)
    draft = actions.submit_draft(by(), draft)
    message = actions.publish_draft(by("leader"), draft, seen=draft.seen)
    assert (message.writer, message.publisher) == (account("dispatcher"), account("leader"))


def _by(draft: Draft, name: str) -> Draft:
    """Its words are this person's from now on."""
    draft = actions.change_draft(by(name), draft, copy_of(draft))
    return actions.submit_draft(by(name), draft)


def test_calling_off_a_grave_one_needs_two_as_well() -> None:
    first = published("gas_leak", severity="Severe")
    draft = actions.begin_cancel(by(), first.warning)
    told = replace(copy_of(draft), headline_zh="排除", headline_en="Over", severity="Minor")
    draft = actions.change_draft(by(), draft, told)
    refused("not_permitted", actions.publish_draft, by(), draft, seen=draft.seen)


def test_when_lives_are_at_risk_one_publishes_alone_and_another_confirms_after() -> None:
    draft = drafted("gas_leak", severity="Extreme")
    message = actions.publish_draft(by(), draft, seen=draft.seen, emergency=True)
    assert message.emergency
    assert '"emergency":true' in Entry.objects.latest("seq").text
    refused("not_permitted", actions.endorse_emergency, by(), message)
    actions.endorse_emergency(by("leader"), message)
    refused("endorsed", actions.endorse_emergency, by("second"), message)


def test_who_published_in_a_hurry_does_not_confirm_it() -> None:
    draft = drafted("gas_leak", severity="Extreme")
    draft = actions.change_draft(by("leader"), draft, copy_of(draft))
    message = actions.publish_draft(by("leader"), draft, seen=draft.seen, emergency=True)
    refused("own_message", actions.endorse_emergency, by("leader"), message)


def test_nobody_without_the_permission_writes_one() -> None:
    county()
    refused("not_permitted", actions.begin_warning, by("caller"), "road_closed")


def test_nobody_publishes_a_text_that_they_have_not_read() -> None:
    draft = drafted("gas_leak", severity="Severe")
    seen = actions.submit_draft(by(), draft).seen
    with moment(now() + timedelta(minutes=1)):
        told = content(severity="Severe", headline_zh="另一句")
        changed = actions.change_draft(by(), draft, told)
        actions.submit_draft(by(), changed)
        refused("changed", actions.publish_draft, by("leader"), changed, seen=seen)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"headline_en": ""}, "headline_en"),
        ({"instruction_zh": "改走〔绕行路线〕。"}, "instruction_zh"),
        ({"place": Place()}, "areas"),
        ({"expires": None}, "expires"),
        ({"expires": "past"}, "expires"),
        ({"expires": "far"}, "expires"),
        ({"onset": "far"}, "onset"),
    ],
)
def test_what_is_not_whole_is_not_published_and_says_what_lacks(
    changed: dict[str, Any], field: str
) -> None:
    at = {"past": now() - timedelta(hours=1), "far": now() + timedelta(days=40)}
    told = {name: at.get(value, value) if isinstance(value, str) else value
            for name, value in changed.items()}  # fmt: skip
    draft = drafted(**told)
    why = refused("not_whole", actions.publish_draft, by(), draft, seen=draft.seen)
    assert field in why.fields
    assert not Message.objects.exists()
    assert Draft.objects.get().warning.state == "draft"


def test_it_ends_by_itself_also_before_the_sweep_has_come() -> None:
    message = published(expires=now() + timedelta(hours=1))
    with moment(now() + timedelta(hours=2)):
        assert not standing()
        assert sweep() == 1
        assert sweep() == 0
        ended = Warning.objects.get()
        assert (ended.state, ended.ended_at) == ("expired", message.expires)
        refused("not_active", actions.begin_update, by(), ended)
    assert said()[-1] == "warnings.warning_expired"


def test_an_update_that_comes_too_late_becomes_a_warning_of_its_own() -> None:
    first = published(expires=now() + timedelta(hours=1))
    draft = actions.begin_update(by(), first.warning)
    with moment(now() + timedelta(hours=2)):
        sweep()
        held = Draft.objects.get(pk=draft.pk)
        assert held.msg_type == "Alert"
        assert held.warning_id != first.warning_id
        held = actions.change_draft(by(), held, content(expires=now() + timedelta(hours=2)))
        assert actions.publish_draft(by(), held, seen=held.seen).serial == 1


def test_what_a_warning_closes_is_what_its_last_message_says() -> None:
    message = published()
    [first] = standing_conditions()
    updated(message.warning, place=Place(circles=(Circle(30.05, 122.15, 0.2),)))
    [second] = standing_conditions()
    assert second.pk != first.pk
    assert second.source == f"warnings.warning:{message.warning.pk}"


def test_a_warning_for_a_whole_town_closes_no_road_of_it() -> None:
    published(place=Place(circles=(Circle(30.05, 122.15, 9.0),)))
    assert not standing_conditions()


def test_boats_that_stay_in_harbour_close_no_road() -> None:
    published("ferry_stop", place=Place(circles=(Circle(30.05, 122.15, 9.0),)))
    [stopped] = standing_conditions()
    assert stopped.ferries
    assert stopped.reason == "stopped"


def test_a_road_that_will_be_closed_is_open_until_then() -> None:
    published(onset=now() + timedelta(hours=1))
    assert not standing_conditions()


def test_an_exercise_is_never_shown_as_real_and_needs_nobody_else() -> None:
    message = published("gas_leak", exercise=True, severity="Extreme")
    assert read_alert(message.xml.encode()).status == "Exercise"
    assert not standing()
    assert not standing_conditions()


def test_two_do_not_write_the_same_update() -> None:
    first = published()
    actions.begin_update(by(), first.warning)
    refused("draft_there", actions.begin_cancel, by("leader"), first.warning)


def test_a_draft_given_up_takes_its_warning_along_but_not_one_that_stands() -> None:
    assert actions.drop_draft(by(), drafted()).state == "dropped"
    first = published()
    assert actions.drop_draft(by(), actions.begin_update(by(), first.warning)).state == "active"
    assert len(standing()) == 1


def test_the_gravest_stands_first() -> None:
    published(headline_zh="黄")
    published("gas_leak", severity="Severe", headline_zh="橙")
    assert [one.current.headline_zh for one in standing() if one.current] == ["橙", "黄"]


def test_whom_it_reaches() -> None:
    county()
    draft = drafted(place=Place(areas=("west",)))
    reach = reach_of(draft)
    assert [(town.code, round(share, 2)) for town, share in reach.towns] == [("west", 1.0)]
    assert reach.km2 == pytest.approx(9.65 * 11.1, rel=0.01)
    assert reach_of(drafted()).km2 == pytest.approx(3.14, rel=0.01)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("30,122\n30.1,122", "bad_outline"),
        ("30,122\n30.1,122.1\n30,122.1\n30.1,122", "bad_outline"),
        ("30 122", "bad_outline"),
        ("0,0\n1,1\n0,1", "place_zero"),
        ("30,200\n30,201\n31,201", "place_out_of_range"),
    ],
)
def test_an_outline_that_is_none_is_refused_in_words(text: str, code: str) -> None:
    with pytest.raises(Refused) as why:
        outline_from(text)
    assert why.value.code == code


def test_an_outline_is_closed_and_may_be_written_with_a_chinese_comma() -> None:
    ring = outline_from("30，122\n30.1，122\n30.1，122.1")
    assert ring[0] == ring[-1]
    assert len(ring) == 4
    assert square_km(Place(outlines=(ring,)).shape()) > 50
