"""Proposals as they are listed and shown, with what may be shown of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.parts import Step, StepState
from gongzhi.work.proposals.models import Comment, Promise, Proposal
from gongzhi.work.proposals.states import LAPSES_AFTER, NEEDED, PHASE, WAY

NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Said:
    """A comment as everybody sees it."""

    key: int
    words: str
    at: object
    unit: object
    rule: str
    """By which rule it is out of view; empty when it isn't."""


def proposals() -> QuerySet[Proposal]:
    """All, with what a list shows."""
    return Proposal.objects.select_related("matter__owner_unit", "removal", "vote")


def listed(show: str) -> QuerySet[Proposal]:
    """Those under this filter, what moved last before the others."""
    found = proposals().filter(_where(show))
    return found.order_by("-matter__stepped_at", "pk")


def counts() -> dict[str, int]:
    """How many stand under each filter but all. One query."""
    names = ("open", "voting", "delivering", "done", "rejected")
    return Proposal.objects.aggregate(**{one: Count("pk", filter=_where(one)) for one in names})


def _where(show: str) -> Q:
    step = Q(matter__step=show)
    named: Mapping[str, Q] = {
        "open": Q(matter__closed_at__isnull=True), "all": Q(),
        "done": Q(matter__step="delivered"),
        "rejected": Q(matter__step__in=("rejected", "not_delivered", "lapsed", "withdrawn")),
        "delivering": Q(matter__step__in=("adopted", "delivering")),
    }  # fmt: skip
    return named.get(show, step)


def proposal_of(key: int) -> Proposal:
    """The proposal; refused (404) where there is none."""
    found = proposals().filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这条建议。"), code="no_such_proposal", status=404)
    return found


def proposal_of_matter(matter: int) -> Proposal | None:
    """The proposal that this matter is; None for any other."""
    return proposals().filter(pk=matter).first()


def hidden_by(text: Proposal | Comment) -> str:
    """By which rule it is out of view, in words; empty when it isn't."""
    removal = getattr(text, "removal", None)
    if removal is None or not removal.hides:
        return ""
    return str(removal.rule_name)


def shown_title(proposal: Proposal) -> str:
    """What it is called in public."""
    if rule := hidden_by(proposal):
        return _("（按规则撤下：%s）") % rule
    return proposal.title or _("（已按提建议的人要求清除）")


def comments_on(proposal: Proposal) -> list[Said]:
    """What was said, the first before the others. Two queries, however many."""
    rows = proposal.comments.select_related("unit", "removal").order_by("at", "pk")
    return [Said(one.pk, one.words, one.at, one.unit, hidden_by(one)) for one in rows]


def line_of(proposal: Proposal) -> list[Step]:
    """The phases, drawn: done, now, next; a vote that there was none of is left out."""
    step = proposal.matter.step
    codes = [code for code, _name in WAY]
    at = codes.index(PHASE.get(step, step))
    return [Step(str(name), _state(proposal, n, at, code)) for n, (code, name) in enumerate(WAY)]


def _state(proposal: Proposal, number: int, at: int, code: str) -> StepState:
    if number == at:
        return "now" if proposal.matter.closed_at is None else "done"
    if number > at:
        return "next"
    return "skipped" if code == "voting" and proposal.vote_id is None else "done"


def support_left(proposal: Proposal) -> int:
    """How many more it needs to be discussed."""
    return max(0, NEEDED - proposal.supported)


def promises_of(proposal: Proposal) -> list[tuple[Promise, int]]:
    """Each promise, and by how many days it is late."""
    today = timezone.localdate(now())
    return [(one, one.late(today)) for one in proposal.promises.order_by("due_on", "pk")]


def overdue_promises() -> list[int]:
    """Those whose day has passed, and of which nobody has noted so."""
    today = timezone.localdate(now())
    rows = Promise.objects.filter(state=Promise.State.OPEN, missed_at=None, due_on__lt=today)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def lapsed_now() -> QuerySet[Proposal]:
    """Those that collected too little support in their time."""
    before = now() - timedelta(days=LAPSES_AFTER)
    found = proposals().filter(matter__step="collecting", matter__opened_at__lt=before)
    return found.order_by("pk")


def own_first(account: Account, *, leads: bool) -> QuerySet[Proposal]:
    """What a member of staff works on: whoever leads sees all, others their unit's."""
    found = proposals().filter(matter__closed_at=None)
    if not leads:
        found = found.filter(matter__owner_unit=account.unit)
    return found.order_by("matter__stepped_at", "pk")
