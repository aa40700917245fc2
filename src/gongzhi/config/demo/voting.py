"""Votes of the demo county, cast by the real protocol: each ballot blinded, signed and cast."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, repeat

from django.utils.timezone import localtime

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.reach.marks import mark_of
from gongzhi.work.proposals import actions
from gongzhi.work.proposals.actions import NewVote
from gongzhi.work.proposals.models import Vote
from gongzhi.work.proposals.voter import draw

RESIDENT, CLOCK = Actor.resident(), Actor.system("proposals")
LIGHTS = partial(
    NewVote,
    question="望潮小学门口先做哪一样？", kind="several", most=2,
    options=["装红绿灯", "画减速线、加高斑马线", "上下学时段派人护学", "接送车另设落客点"],
    about="去年提的建议征集到 212 人附议，四种办法都测算过了。一张票最多选两样，得票多的先做。",
)  # fmt: skip
SQUARE = partial(
    NewVote,
    question="海平广场的音响要不要晚上九点关？", kind="yes_no",
    about="跳舞的和住在旁边的都来说过。结果供综合行政执法局定管理办法时用，定了以后写明采纳没有、为什么。",
)  # fmt: skip
CAST = (("a,b", 61), ("a,d", 34), ("b,c", 27), ("b", 19), ("a", 22), ("c,d", 14), ("d", 8))
"""How the school's vote came out: 185 ballots."""


def load_votes(until: datetime) -> str:
    """One vote that was counted, one that runs."""
    day = localtime(until).replace(hour=9, minute=0, second=0, microsecond=0)
    begun, over = day - timedelta(days=9), day.replace(hour=20) - timedelta(days=2)
    counted = _voted(begun, over, LIGHTS, _spread(CAST))
    with moment(until):
        counted = actions.count_vote(CLOCK, counted)
    running = _voted(
        day - timedelta(days=1), day.replace(hour=20) + timedelta(days=6), SQUARE,
        _spread((("yes", 21), ("no", 12), ("abstain", 3))),
    )  # fmt: skip
    return f"{counted.cast} ballots counted, {running} runs"


def _spread(cast: Iterable[tuple[str, int]]) -> list[str]:
    choices = list(chain.from_iterable(repeat(choice, many) for choice, many in cast))
    return sorted(choices, key=lambda _one: secrets.token_bytes(8))


def _voted(
    opens: datetime, closes: datetime, new: Callable[..., NewVote], choices: list[str]
) -> Vote:
    """It is planned and opened, and residents vote: each ballot blinded, signed and cast."""
    by = Actor.account(Account.objects.get(username="participation_officer"))
    with moment(opens):
        planned = actions.plan_vote(by, new(opens_at=opens, closes_at=closes))
        vote = actions.open_vote(CLOCK, planned)
    for number, choice in enumerate(choices):
        with moment(opens + timedelta(minutes=7 * number)):
            mark = mark_of(vote.paper.ref, "sms", f"demo {number}")
            drawn = draw(vote.paper, bytes(vote.public_key or b""), choice)
            answer = actions.sign_ballot(RESIDENT, vote, mark, drawn.blinded.sent)
            actions.cast_ballot(RESIDENT, vote, drawn.signed(answer))
    return vote
