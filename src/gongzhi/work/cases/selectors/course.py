"""How far a case has come, and what each next step still needs."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.kinds.deed import Deed
from gongzhi.base.catalogue.kinds.document import Document
from gongzhi.base.catalogue.kinds.procedure import Element, Step
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.course import known_for
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.parties import fitting
from gongzhi.base.matters.way import Need, NextStep, usual_next
from gongzhi.base.people.models import Account
from gongzhi.base.people.standing import stands_above
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases.models import Case
from gongzhi.work.cases.permissions import APPROVE, is_on

BESIDE = frozenset({"merged"})
ONE_FILE = "one_file"
"""The element that the archive shows."""


def may_be_archived(case: Case) -> bool:
    """Whether its course is over, or the step that may follow asks for its file."""
    matter = case.matter
    following = [one for one in matter.version_item.steps if matter.step in one.may_follow]
    asked = {element.code for step in following for element in step.elements}
    return matter.closed_at is not None or ONE_FILE in asked


def require_archivable(case: Case) -> None:
    """Refuse to archive a case on which work still goes on."""
    if not may_be_archived(case):
        raise Refused(_("要到结案的时候才归档。"), code="too_early", status=409)


def next_steps(case: Case, account: Account) -> list[NextStep]:
    """The steps that may follow, those of the usual way first, with what each needs."""
    matter = case.matter
    parties = fitting(matter, {role for one in matter.version_item.steps for role in one.of})
    all_shown = {one.code: one.text for one in matter.elements.all()}
    approvers = _approvers(all_shown)
    grants = may(account, APPROVE) and not is_on(account, case)
    grants = grants and stands_above(account, matter.owner_unit)
    following = [
        NextStep(
            step,
            tuple(
                _need(matter, one, shown, approvers, account if grants else None)
                for one, shown in _with_shown(matter, step, all_shown)
            ),
            tuple(one for one in parties if one.role in step.of),
        )
        for step in matter.version_item.steps
        if matter.step in step.may_follow and step.code not in BESIDE
    ]
    usual = usual_next(matter)
    return sorted(following, key=lambda one: one.step != usual)


def _with_shown(
    matter: Matter, step: Step, all_shown: Mapping[str, str]
) -> list[tuple[Element, Mapping[str, str]]]:
    """Each element of the step, beside what of all that was shown still counts for it."""
    known = known_for(matter, step) if step.elements else set()
    counts = {code: text for code, text in all_shown.items() if code in known}
    return [(one, counts) for one in step.elements]


def _need(
    matter: Matter,
    element: Element,
    shown: Mapping[str, str],
    approvers: Mapping[str, str],
    account: Account | None,
) -> Need:
    roles = catalogue().roles
    text = shown.get(element.code, "")
    kind, _colon, _key = text.partition(":")
    return Need(
        element,
        matter.procedure_item.citation(element),
        shown=approvers.get(text, "") if kind == "account" else text,
        paper=paper_for(matter, element),
        ranks=_("、").join(str(roles[one].name) for one in element.ranks if one in roles),
        only_when=matter.procedure_item.only_when(element),
        may_approve=account is not None and bool(set(element.ranks) & set(account.roles)),
    )


def paper_for(matter: Matter, element: Element) -> Document | None:
    """The document whose issue shows this element."""
    for one in catalogue().documents.values():
        if one.fulfils == element.code and matter.procedure in (
            one.procedures or (matter.procedure,)
        ):
            return one
    return None


def _approvers(shown: Mapping[str, str]) -> dict[str, str]:
    keys = [text.removeprefix("account:") for text in shown.values() if text.startswith("account:")]
    return {f"account:{one.pk}": str(one) for one in Account.objects.filter(pk__in=keys)}


def deeds_now(case: Case) -> list[Deed]:
    """What can be begun now, custody first; what lasts of one person may begin of another."""
    matter = case.matter
    lasting = {(one.code, one.party_id) for one in case.deeds.filter(ended_at=None)}
    parties = list(matter.parties.values_list("pk", "role"))
    running = set(matter.clocks.filter(stopped_at=None).values_list("clock", flat=True))
    found = [
        deed for deed in matter.version_item.deeds
        if _fits(matter, deed, running) and _may_begin(deed, parties, lasting)
    ]  # fmt: skip
    return sorted(found, key=lambda deed: not deed.custody)


def _fits(matter: Matter, deed: Deed, running: set[str]) -> bool:
    """Whether it goes with where the case stands; once that is closed, what is done afterwards
    and what keeps a clock that runs still."""
    if matter.closed_at is None or deed.when_closed:
        return not deed.at or matter.step in deed.at
    return any(m.startswith("done:") and m.removeprefix("done:") in running for m in deed.begins)


def _may_begin(
    deed: Deed, parties: list[tuple[int, str]], lasting: set[tuple[str, int | None]]
) -> bool:
    """Whether there is somebody of whom it doesn't last; offered, too, while nobody is put down."""
    if deed.during and not {code for code, _party in lasting} & set(deed.during):
        return False
    if not deed.of:
        return (deed.code, None) not in lasting
    about = [key for key, role in parties if role in deed.of]
    return not about or any((deed.code, key) not in lasting for key in about)


def is_held(case: Case, clock: str, party: int | None) -> bool:
    """Whether a deed that lasts holds this clock: this person's deed, where each has their own."""
    lasting = case.deeds.filter(ended_at=None)
    if f"hold:{clock}" in catalogue().personal_moves:
        lasting = lasting.filter(party=party)
    return any(one.item and one.item.holds(clock) for one in lasting)
