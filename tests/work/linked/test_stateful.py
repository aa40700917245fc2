"""Whatever partners and desk do, in whatever order: a request never goes back, what ended stays
ended, and every answer that came is kept."""

from __future__ import annotations

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.ui.errors import Refused
from gongzhi.work.linked import actions
from gongzhi.work.linked.models import LinkedAnswer, LinkedRequest
from gongzhi.work.linked.states import ANSWERS, ENDS, MAY_FOLLOW, WAY
from tests.work.linked.cast import SYSTEM, answer, ask, incident

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PARTNERS = ("fire_rescue", "ambulance", "water")


class Partners(RuleBasedStateMachine):
    """A desk and three partners at one incident."""

    def __init__(self) -> None:
        super().__init__()
        LinkedRequest.objects.all().delete()
        self.begun = Entry.objects.count()
        self.matter = incident("fire")
        self.requests: list[int] = []
        self.states: dict[int, str] = {}
        self.came = 0

    def one(self, number: int) -> LinkedRequest | None:
        keys = self.requests
        return LinkedRequest.objects.get(pk=keys[number % len(keys)]) if keys else None

    @rule(code=st.sampled_from(PARTNERS))
    def desk_asks(self, code: str) -> None:
        busy = self.matter.linked_requests.filter(partner=code, ended_at=None).exists()
        if busy:
            with pytest.raises(Refused, match="已经请求过"):
                ask(self.matter, code)
            return
        made = ask(self.matter, code)
        self.requests.append(made.pk)
        self.states[made.pk] = "asked"

    @rule(number=st.integers(0, 9), said=st.sampled_from(ANSWERS))
    def partner_answers(self, number: int, said: str) -> None:
        request = self.one(number)
        if request is None:
            return
        before, reason = request.state, "none_free" if said == "refused" else ""
        try:
            made = answer(request, said, reason=reason)
        except Refused:
            assert before not in MAY_FOLLOW[said]
            assert before in ENDS or said == "refused"
            return
        self.came += 1
        assert made.changed is (before in MAY_FOLLOW[said])
        if made.changed:
            self.states[request.pk] = said

    @rule(number=st.integers(0, 9))
    def desk_cancels(self, number: int) -> None:
        request = self.one(number)
        if request is None:
            return
        try:
            actions.cancel_request(SYSTEM, request)
        except Refused:
            assert request.state in ENDS
        else:
            self.states[request.pk] = "cancelled"

    @rule(number=st.integers(0, 9))
    def desk_makes_a_link(self, number: int) -> None:
        request = self.one(number)
        if request is not None and request.open:
            actions.make_link(SYSTEM, request)

    @invariant()
    def each_stands_where_the_last_word_left_it(self) -> None:
        for request in LinkedRequest.objects.filter(pk__in=self.requests):
            assert request.state == self.states[request.pk]
            assert request.open is (request.state not in ENDS)
            assert (request.due_at is not None) is (
                request.state in ("asked", "accepted", "under_way")
            )

    @invariant()
    def every_answer_is_kept_and_none_is_taken_back(self) -> None:
        assert LinkedAnswer.objects.count() == self.came
        for request in LinkedRequest.objects.filter(pk__in=self.requests):
            changed = request.answers.filter(changed=True).order_by("pk")
            steps = [WAY.index(one.answer) for one in changed if one.answer in WAY]
            assert steps == sorted(set(steps))

    def teardown(self) -> None:
        told = Entry.objects.filter(kind="linked.partner_asked", seq__gt=self.begun).count()
        assert told == len(self.requests)


def test_no_order_of_words_takes_one_back_or_loses_one() -> None:
    run_state_machine_as_test(
        Partners,
        settings=hypothesis_settings(max_examples=12, stateful_step_count=25, deadline=None),
    )
    assert verify().holds
