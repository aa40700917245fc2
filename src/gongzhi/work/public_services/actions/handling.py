"""What a counter does with an application."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.service_checks import ENDS
from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import hand_over, take_on, take_step
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.public_services.events import MATERIAL_CHECKED, MATERIAL_READ, VISITED
from gongzhi.work.public_services.models import Application, HandedIn
from gongzhi.work.public_services.permissions import require_clerk
from gongzhi.work.public_services.selectors.counted import was_counted
from gongzhi.work.public_services.selectors.desk import lacking, to_show
from gongzhi.work.public_services.selectors.services import offices_of
from gongzhi.work.public_services.visits import VISITS

State = HandedIn.State
LACKING = "accepted_lacking"


@action
def check_material(by: Actor, application: Application, code: str, *, good: bool) -> HandedIn:
    """Say of a material that it is good, uploaded or shown at the counter, or that it must come
    anew. Refuses what the office has itself."""
    require_clerk(by, application)
    held = _locked(application)
    found = held.materials.filter(code=code).exclude(state=State.HELD).first()
    if found is None or held.matter.closed_at is not None:
        raise Refused(_("这份材料不用看。"), code="no_such_material", status=409)
    found.state, found.at = State.GOOD if good else State.WRONG, now()
    found.save(update_fields=["state", "at"])
    record(MATERIAL_CHECKED, held.matter, material=code, good=good)
    if held.matter.step == LACKING and not lacking(held):
        take_step(by, held.matter, "completed")
    return found


@action
def accept(by: Actor, application: Application, *, later: bool = False) -> Matter:
    """Accept it; `later`, though something is still to follow. The clocks of its service begin.

    Refuses while something is missing that may not follow, naming all of it.
    """
    require_clerk(by, application)
    held = _locked(application)
    gaps = lacking(held)
    must = [one for one in gaps if not (later and one.item.later)]
    if must:
        names = _("、").join(str(one.item.name) for one in must)
        raise Refused(
            _("还差：%(names)s。可以容缺的选“容缺受理”，其余的请一次说清要补什么。")
            % {"names": names},
            code="materials_missing", status=409,
        )  # fmt: skip
    for one in gaps:
        HandedIn.objects.filter(pk=one.row.pk).update(state=State.LATER, at=now())
    names = _("、").join(str(one.item.name) for one in gaps)
    step, elements = (LACKING, {"to_follow": names}) if gaps else ("accepted", {})
    matter = take_step(by, held.matter, step, elements=elements)
    _move(held, "begin")
    if matter.owner_id is None and isinstance(by.source, Account):
        matter = take_on(by, matter, by.source)
    return matter


@action
def ask_for_more(by: Actor, application: Application, words: str) -> Matter:
    """Say at once all that is missing; the applicant adds it without filling in anything anew."""
    require_clerk(by, application)
    held = _locked(application)
    matter = take_step(by, held.matter, "supplement_asked", elements={"asked_for": words})
    waiting = held.materials.filter(state=State.GIVEN)
    # What was uploaded and not found good is what is asked for again.
    waiting.update(state=State.WRONG, at=now())
    return matter


@action
def take_application_step(
    by: Actor, application: Application, code: str, *, elements: Mapping[str, str] | None = None
) -> Matter:
    """Take a step that shows what it must: done, refused, not accepted, handed over.

    Acceptance and the request for more have actions of their own. Handed over at the counter is a
    visit, and is counted, if none was today; refused while what is to be shown then wasn't.
    """
    require_clerk(by, application)
    if code in ("accepted", LACKING, "completed", "supplement_asked"):
        words = _("这一步在材料那里办。")
        raise Refused(words, code="by_materials", status=409)
    held = _locked(application)
    at_counter = held.matter.elements.filter(code="collect", text="counter").exists()
    if code == "collected" and at_counter:
        _require_shown(held)
    if code in ENDS:  # before the step: with a matter that ends, what still runs lapses
        _move(held, "done")
    matter = take_step(by, held.matter, code, elements=elements)
    if code == "collected" and at_counter and not was_counted(held, timezone.localdate(now())):
        count_visit(by, held, why="collect")
    return matter


@action
def count_visit(by: Actor, application: Application, *, why: str) -> Application:
    """Count that somebody came to the counter for it, and what for."""
    require_clerk(by, application)
    if why not in VISITS:
        wrong = _("请选来做什么。")
        raise Refused(wrong, code="visit", status=422, fields={"why": wrong})
    held = _locked(application)
    held.visits += 1
    held.save(update_fields=["visits"])
    record(VISITED, held.matter, service=held.service, number=held.visits, why=why)
    return held


@action
def read_material(by: Actor, application: Application, file: StoredFile) -> StoredFile:
    """Look at what was handed in; the applicant can see that a counter did. Refuses other files."""
    require_clerk(by, application)
    shown = HandedIn.objects.filter(
        application=application, files__attachment__file=file
    ).first()  # fmt: skip
    if shown is None:
        raise Refused(_("没有这个文件，或者您不能查看。"), code="no_such_file", status=404)
    unit = by.source.unit_id if isinstance(by.source, Account) else None
    record(MATERIAL_READ, application.matter, material=shown.code, unit=unit)
    return file


@action
def hand_on(by: Actor, application: Application, taker: Unit) -> Matter:
    """Give it to another counter of its service. Refuses any other unit."""
    require_clerk(by, application)
    service = application.service_item
    if service is None or taker not in offices_of(service):
        words = _("这项服务不在那个窗口办。")
        raise Refused(words, code="unknown_unit", status=422, fields={"unit": words})
    return hand_over(by, application.matter, taker, reason="better_placed")


def _require_shown(application: Application) -> None:
    if unseen := to_show(application):
        names = _("、").join(str(one.item.name) for one in unseen)
        words = _("先看一眼原件再交给人：%(names)s。") % {"names": names}
        raise Refused(words, code="not_shown", status=409)


def _move(application: Application, how: str) -> None:
    """Begin or end the clocks of the service itself; its procedure's steps move their own."""
    service = application.service_item
    own = [one for one in (service.limit, service.promise) if one] if service else []
    move_clocks(application.matter, *(f"{how}:{one}" for one in own))


def _locked(application: Application) -> Application:
    found = Application.objects.select_for_update(of=("self",)).select_related("matter")
    return found.get(pk=application.pk)
