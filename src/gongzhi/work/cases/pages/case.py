"""One case: its stage, what the next step needs, its clocks, people, team and papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.models import ClockChange, ClockRun, Party
from gongzhi.base.matters.parties import fitting
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.matters.way import stops_of
from gongzhi.base.people.forms import PurposeForm
from gongzhi.base.people.models import Account
from gongzhi.base.people.standing import stands_above
from gongzhi.base.ui.again import Again
from gongzhi.base.ui.parts import Clock
from gongzhi.work.cases.actions.parties import FOLLOW, ROLES
from gongzhi.work.cases.models import Case, CaseDeed
from gongzhi.work.cases.pages.reading import case_of
from gongzhi.work.cases.permissions import APPROVE, VIEW, WORK, is_on
from gongzhi.work.cases.selectors.course import (
    deeds_now,
    may_be_archived,
    next_steps,
)

FEW = 12
"""So many deeds are looked through at a glance; more of them can be searched."""


@staff(VIEW)
@never_cache
@require_safe
def case(request: HttpRequest, key: int) -> HttpResponse:
    """The whole page."""
    return page_of(request, case_of(request, key))


def again_of_case(request: HttpRequest, again: Again, key: int, **_args: object) -> HttpResponse:
    """The page with a form of it that was refused."""
    return page_of(request, case_of(request, key), again)


def page_of(request: HttpRequest, found: Case, again: Again | None = None) -> HttpResponse:
    """One case, for whoever asks; with the form that comes back to them."""
    account = account_of(request)
    clocks = clocks_of(found.matter)
    works = is_on(account, found) and may(account, WORK)
    here: dict[str, Any] = {
        "case": found,
        "matter": found.matter,
        "works": works,
        "leads": account.pk in (found.lead_id, found.second_id),
        "heads": may(account, APPROVE) and account.unit_id == found.matter.owner_unit_id,
        "stops": stops_of(found.matter),
        "may_archive": works and may_be_archived(found) and found.archived_at is None,
        "tomorrow": timezone.localtime() + timedelta(days=1),
        "again": {again.form: again} if again else {},
        "refused": again,
        "nexts": [
            (one, again if again and again.form == f"step:{one.step.code}" else None)
            for one in next_steps(found, account)
        ],
        "uncounted": _uncounted(found, clocks),
        "custody": [one for one in clocks if one.custody and one.stopped_at is None],
        "clocks": [one for one in clocks if not (one.custody and one.stopped_at is None)],
        **_longer(found, account, again, works=works),
        "parties": found.matter.parties.select_related("person").order_by("pk"),
        "takes_parties": works and found.archived_at is None,
        "followers": FOLLOW,
        "roles": [(code, Party.Role(code).label) for code in ROLES],
        "purposes": PurposeForm(),
        "lasting": [
            one for one in found.deeds.filter(ended_at=None).select_related("party") if one.item
        ],
        **_deeds(found, works=works),
        "happenings": timeline(found.matter),
        **_people(found, account, again),
        **_beside(found, account),
    }
    return render(request, "cases/case.html", here)


def _uncounted(found: Case, clocks: Sequence[Clock]) -> list[CaseDeed]:
    """Custody that lasts while no limit of it is counted: an identity is unknown, or all duties of
    its first day are done. It stands with the limits, so that nobody is forgotten."""
    counted = {one.party for one in clocks if one.custody and one.stopped_at is None}
    lasting = found.deeds.filter(ended_at=None).select_related("party")
    return [one for one in lasting if one.item and one.item.custody and one.party_id not in counted]


def _people(found: Case, account: Account, again: Again | None) -> dict[str, Any]:
    handed = again is not None and again.form == "hand-over"
    members = found.members.filter(left_at=None).select_related("account", "unit")
    team = [found.lead, found.second, *(one.account for one in members)]
    officers = Account.objects.filter(is_active=True).select_related("unit").order_by("unit", "pk")
    able = [one for one in officers if may(one, WORK)]
    return {
        "members": members,
        "team": team,
        "able": able,
        "others": [one for one in able if one not in team],
        "handed": again if handed else None,
        "hand_over_to": [
            (name, words, again.typed.get(name, "") if again and handed else "")
            for name, words in (("lead", _("主办")), ("second", _("协办")))
        ],
        "tasks": found.tasks.select_related("lead").order_by("finished_at", "due_at"),
        "mine": account.pk,
    }


def _may_let_join(found: Case, account: Account) -> bool:
    """Whether the merger of this case waits for this account's approval, if anybody wants it."""
    step = found.matter.version_item.step("merged")
    if step is None or found.matter.step not in step.may_follow:
        return False
    ranks = {rank for element in step.elements for rank in element.ranks}
    given = found.matter.elements.filter(code="merge_approval").exists()
    allowed = may(account, APPROVE) and bool(ranks & set(account.roles)) and not given
    return allowed and not is_on(account, found) and stands_above(account, found.matter.owner_unit)


def _beside(found: Case, account: Account) -> dict[str, Any]:
    """The papers in numbers, and the cases that this one has to do with."""
    matter = found.matter
    same = Case.objects.filter(matter__procedure=matter.procedure, matter__closed_at=None)
    return {
        "papers": matter.documents.count(),
        "erased": matter.erasures.filter(approved=True).order_by("-pk").first(),
        "exhibits": matter.exhibits.count(),
        "evidence": matter.evidence_files.count(),
        "took_in": Case.objects.filter(matter__merged_into=matter),
        "goes_on_in": Case.objects.filter(pk=matter.merged_into_id).first(),
        "split_off": found.split_off.all(),
        "to_join": same.filter(lead=found.lead).exclude(pk=found.pk).order_by("-pk")[:20],
        "may_let_join": _may_let_join(found, account),
        "may_join": matter.elements.filter(code="merge_approval").exists(),
    }


def _deeds(found: Case, *, works: bool) -> dict[str, Any]:
    """What can be begun now, what takes liberty first; and what is planned with some of it."""
    deeds = deeds_now(found) if works else []
    planned = _("、").join(str(one.planned) for one in deeds if one.planned)
    groups = (
        (_("限制人身自由"), [one for one in deeds if one.custody]),
        (_("这一步的事项"), [one for one in deeds if one.at and not one.custody]),
        (_("随时可以办的"), [one for one in deeds if not one.at and not one.custody]),
    )
    roles = {role for one in deeds for role in one.of}
    there = set(found.matter.parties.values_list("role", flat=True))
    named_first = [one for one in deeds if one.of and not there & set(one.of)]
    lacking = {Party.Role(role).label for one in named_first for role in one.of}
    return {
        "deeds": [(words, some) for words, some in groups if some],
        "many_deeds": len(deeds) > FEW,
        "planned": planned,
        "about": fitting(found.matter, roles),
        "lacking": bool(lacking),
        "lacking_words": _("、").join(sorted(map(str, lacking))),
    }


def _longer(found: Case, account: Account, again: Again | None, *, works: bool) -> dict[str, Any]:
    """More time for the clocks: which this account may grant, from which a journey can be left
    out, and what was granted before, with who, why and by which article."""
    runs = found.matter.clocks.filter(stopped_at=None, missed_at=None)
    runs = runs.select_related("party").order_by("due_at")
    grants = may(account, APPROVE) and not is_on(account, found)
    running = [run for run in runs if run.clock_item]
    return {
        "extendable": [
            (run, again if _is_of(again, run) else None) for run in running
            if grants and run.next_extension and run.next_extension.granted_by in account.roles
        ],
        "journeys": [
            (f"{run.clock}:{run.party_id}" if run.party_id else run.clock, run)
            for run in running if works and run.leaves_journeys_out
        ],
        "changes": ClockChange.objects.filter(run__matter=found.matter)
        .select_related("run__party", "account").order_by("-at"),
    }  # fmt: skip


def _is_of(again: Again | None, run: ClockRun) -> bool:
    """Whether the form that comes back is the one that lengthens this run."""
    whose = str(run.party_id or "")
    return (
        again is not None
        and again.form == f"extend:{run.clock}"
        and again.typed.get("party", "") == whose
    )
