"""A unit opens tasks that are insured, done together and taught; people sign up, wait, come and
have hours that only they are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.ui.errors import Refused
from gongzhi.work.volunteering import actions
from gongzhi.work.volunteering.models import Attended, SignUp, Task, Thanks, Volunteer
from gongzhi.work.volunteering.readers import let_names_go, settle
from gongzhi.work.volunteering.selectors.mine import hours_of, looks_at, thanks_for
from gongzhi.work.volunteering.selectors.sums import in_steps
from gongzhi.work.volunteering.states import Part
from tests.safeguards.test_erasure import everywhere
from tests.work.volunteering.hands import (
    AT,
    NAME,
    NOW,
    PHONE,
    RESIDENT,
    SYSTEM,
    again,
    by,
    joined,
    key,
    new,
    signed,
    task,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LATER = AT + timedelta(hours=2)


@contextmanager
def without_insurance(kind: str, **changed: object) -> Iterator[None]:
    before = catalogue().tasks
    item = before[kind].model_copy(update=changed or {"insurance": None})
    object.__setattr__(catalogue(), "tasks", {**before, kind: item})
    try:
        yield
    finally:
        object.__setattr__(catalogue(), "tasks", before)


class TestOpening:
    def test_says_where_when_and_for_how_many(self) -> None:
        one = task()
        assert (one.unit.code, one.kind, one.places) == ("station_lancheng", "beach_clean", 2)
        entry = Entry.objects.get(kind="volunteering.task_opened")
        assert "海滩" not in entry.text

    def test_needs_an_insurance(self) -> None:
        with without_insurance("beach_clean"), pytest.raises(Refused, match="保险"):
            task()
        assert not Task.objects.exists()

    def test_needs_one_that_still_holds_that_day(self) -> None:
        insured = catalogue().tasks["beach_clean"].insurance
        assert insured is not None
        ended = insured.model_copy(update={"until": date(2026, 11, 30)})
        with (
            without_insurance("beach_clean", insurance=ended),
            pytest.raises(Refused, match="只保到"),
        ):
            task()

    def test_is_never_for_one_alone(self) -> None:
        with pytest.raises(Refused, match="至少 2 人"):
            task(places=1)
        with pytest.raises(Refused, match="至少 3 人"):
            task("fire_lane", places=2)

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"starts_at": NOW - timedelta(hours=1)}, "已经过了"),
            ({"ends_at": AT}, "结束"),
            ({"training_at": AT}, "培训要在"),
            ({"place": " "}, "哪里集合"),
            ({"origin": "person:1"}, "来由"),
        ],
    )
    def test_refuses_what_makes_no_sense(self, changed: dict[str, object], said: str) -> None:
        before = Entry.objects.count()
        by()
        with moment(NOW), pytest.raises(Refused, match=said):
            actions.open_task(by(), new(**changed))
        assert not Task.objects.exists()
        assert not Entry.objects.filter(kind="volunteering.task_opened").exists()
        assert before <= Entry.objects.count()

    def test_is_a_person_s_of_the_unit(self) -> None:
        with pytest.raises(Refused, match="由人"):
            actions.open_task(SYSTEM, new())
        with pytest.raises(Refused, match="权限"):
            actions.open_task(RESIDENT, new())
        one = task()
        with pytest.raises(Refused, match="别的单位"):
            actions.cancel_task(by("other", "station_wangchao"), one, reason="weather")


class TestSigningUp:
    def test_needs_no_account_and_keeps_the_name_sealed(self) -> None:
        part = joined(task())
        assert (part.state, part.volunteer.name) == ("signed", NAME)
        assert everywhere(NAME) == everywhere(PHONE) == []

    def test_a_full_task_has_a_line_and_whoever_waits_longest_moves_up(self) -> None:
        one = task()
        first, _second, third, fourth = (joined(one) for _ in range(4))
        assert (third.state, fourth.state) == ("waiting", "waiting")
        with moment(NOW):
            actions.give_up(RESIDENT, first)
        assert (again(third).state, again(fourth).state) == ("signed", "waiting")
        assert Entry.objects.filter(kind="volunteering.place_came_free").count() == 1

    def test_who_waited_and_gives_up_moves_nobody(self) -> None:
        one = task()
        parts = [joined(one) for _ in range(4)]
        with moment(NOW):
            actions.give_up(RESIDENT, parts[2])
        assert again(parts[3]).state == "waiting"

    def test_needs_what_is_never_done_to_be_read(self) -> None:
        with pytest.raises(Refused, match="读完"), moment(NOW):
            actions.join(RESIDENT, task(), told(), agreed=False, key=key())
        assert not Volunteer.objects.exists()

    def test_of_minors_needs_a_guardian_who_agrees(self) -> None:
        one = task()
        guardian = {"guardian": "海大声", "guardian_phone": PHONE}
        with pytest.raises(Refused, match="监护人同意"):
            joined(one, "14", **guardian)
        with pytest.raises(Refused, match="称呼"):
            joined(one, "14", guardian_agrees=True)
        part = joined(one, "14", guardian_agrees=True, **guardian)
        assert part.volunteer.minor
        assert part.volunteer.guardian_agreed_at is not None
        other = task("beach_clean", starts_at=AT + timedelta(days=1), ends_at=LATER + timedelta(1))
        with pytest.raises(Refused, match="监护人同意"), moment(NOW):
            actions.sign_up(RESIDENT, other, part.volunteer, agreed=True, age="14")

    def test_has_a_least_age(self) -> None:
        guardian = {"guardian": "海大声", "guardian_phone": PHONE, "guardian_agrees": True}
        with pytest.raises(Refused, match="满 16 岁"):
            joined(task("fire_lane", places=3), "14", **guardian)

    def test_needs_the_training_or_a_day_for_it(self) -> None:
        with pytest.raises(Refused, match="培训"):
            joined(task("fraud_talk"))
        part = joined(task("fraud_talk", training_at=AT - timedelta(hours=1)))
        assert part.state == "signed"

    def test_is_refused_twice_or_for_two_places_at_once(self) -> None:
        part = joined(task())
        with pytest.raises(Refused, match="已经报过"):
            signed(part.task, part.volunteer)
        with pytest.raises(Refused, match="同一时间"):
            signed(task(), part.volunteer)

    def test_can_be_taken_up_again_after_giving_it_up(self) -> None:
        part = joined(task())
        with moment(NOW):
            actions.give_up(RESIDENT, part)
        assert signed(part.task, part.volunteer).pk == part.pk

    def test_ends_when_the_task_is_cancelled(self) -> None:
        one = task()
        with moment(NOW):
            actions.cancel_task(by(), one, reason="weather")
        with pytest.raises(Refused, match="天气不好"):
            joined(one)


class TestBeingThere:
    def test_is_said_by_oneself_and_counted_until_done(self) -> None:
        part = joined(task())
        with moment(AT - timedelta(hours=1)), pytest.raises(Refused, match="半小时"):
            actions.come(RESIDENT, part)
        with moment(AT - timedelta(minutes=10)):
            actions.come(RESIDENT, part)
        with moment(AT + timedelta(minutes=50)):
            done = actions.finish(RESIDENT, part)
        assert (done.state, done.minutes) == ("done", 50)
        assert hours_of(part.volunteer).hours == "0.8"

    def test_counts_no_longer_than_the_task(self) -> None:
        part = joined(task())
        with moment(AT):
            actions.come(RESIDENT, part)
        with moment(LATER + timedelta(hours=2)):
            assert actions.finish(RESIDENT, part).minutes == 120

    def test_waits_for_the_training(self) -> None:
        part = joined(task("fraud_talk", training_at=AT - timedelta(hours=1)))
        with moment(AT), pytest.raises(Refused, match="培训"):
            actions.come(RESIDENT, part)
        with moment(AT):
            actions.record_training(by(), part, on=date(2026, 12, 1))
            actions.come(RESIDENT, part)
        assert Attended.objects.get().training == "fraud"
        with moment(AT), pytest.raises(Refused, match="登记过"):
            actions.record_training(by(), part, on=date(2026, 12, 1))

    def test_is_ticked_by_the_unit_for_who_has_no_phone(self) -> None:
        part = joined(task())
        with moment(LATER + timedelta(minutes=5)):
            done = actions.mark_part(by(), part, whole=True)
        assert (done.state, done.minutes) == ("done", 120)

    def test_who_did_not_come_is_told_from_nobody_who_gave_it_up(self) -> None:
        one = task()
        came, gave_up, stayed_away = joined(one), joined(one), None
        with moment(NOW):
            actions.give_up(RESIDENT, gave_up)
        stayed_away = joined(one)
        with moment(AT):
            actions.come(RESIDENT, came)
        with moment(LATER + timedelta(hours=4)):
            assert settle() == 1
        assert again(came).minutes == 120
        same = {"state", "minutes", "here_at", "done_at"}
        rows = SignUp.objects.filter(pk__in=[gave_up.pk, stayed_away.pk]).values(*same)
        assert rows[0] == rows[1]
        assert again(gave_up).state == Part.CANCELLED
        assert verify().holds


class TestNames:
    def test_are_opened_for_a_purpose_and_the_volunteer_sees_it(self) -> None:
        part = joined(task())
        with pytest.raises(Refused, match="用途"):
            actions.read_contact(by(), part, "because")
        with pytest.raises(Refused, match="别的单位"):
            actions.read_contact(by("other", "station_wangchao"), part, "handle")
        assert not looks_at(part.volunteer)
        assert actions.read_contact(by(), part, "handle").phone == PHONE
        assert len(looks_at(part.volunteer)) == 1

    def test_go_when_asked_and_what_is_to_come_with_them(self) -> None:
        part = joined(task())
        with moment(NOW):
            actions.forget(RESIDENT, part.volunteer)
        held = again(part)
        assert (held.state, held.volunteer.name, held.volunteer.phone) == ("cancelled", "", "")
        with pytest.raises(Refused, match="清除"):
            signed(
                task(starts_at=AT + timedelta(days=2), ends_at=LATER + timedelta(2)), held.volunteer
            )

    def test_go_by_themselves_some_time_after_the_last_task(self) -> None:
        part = joined(task())
        with moment(AT):
            actions.come(RESIDENT, part)
        with moment(LATER):
            actions.finish(RESIDENT, part)
        with moment(LATER + timedelta(days=89)):
            assert let_names_go() == 0
        with moment(LATER + timedelta(days=91)):
            assert let_names_go() == 1
        assert again(part).volunteer.name == ""
        assert hours_of(part.volunteer).minutes == 120


class TestThanks:
    def test_of_the_unit_are_for_all(self) -> None:
        one = task()
        with moment(NOW), pytest.raises(Refused, match="做了再写"):
            actions.thank(by(), one, words="谢谢")
        with moment(LATER):
            assert actions.thank(by(), one, words="谢谢大家").thanks == "谢谢大家"

    def test_of_a_resident_reach_them_when_somebody_has_read_them(self) -> None:
        part = joined(task())
        with moment(AT):
            actions.come(RESIDENT, part)
        with moment(LATER):
            actions.finish(RESIDENT, part)
            sent = actions.send_thanks(RESIDENT, part.task, words="谢谢海听潮", key=key())
            bad = actions.send_thanks(RESIDENT, part.task, words="那谁真讨厌", key=key())
            assert not thanks_for(part.volunteer)
            assert everywhere("谢谢海听潮") == []
            actions.look_at_thanks(by(), sent, show=True)
            actions.look_at_thanks(by(), bad, show=False)
        assert [one.words for one in thanks_for(part.volunteer)] == ["谢谢海听潮"]
        assert Thanks.objects.get(pk=bad.pk).words == ""


@pytest.mark.parametrize("many", range(12))
def test_sums_are_told_five_at_a_time(many: int) -> None:
    shown, hours = in_steps([60] * many)
    assert shown == many // 5 * 5
    assert hours == shown
