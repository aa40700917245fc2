"""What an applicant sees by the code."""

from __future__ import annotations

import json

from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.way import stops_of, told_at_steps, usual_next
from gongzhi.base.people.models import Unit
from gongzhi.base.people.selectors import Read, reads_of
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors.more import FollowPart, fresh_code
from gongzhi.work.public_services.events import MATERIAL_READ
from gongzhi.work.public_services.models import Application
from gongzhi.work.public_services.selectors.desk import papers_of
from gongzhi.work.public_services.selectors.facts import sources_of
from gongzhi.work.public_services.selectors.registers import looks_of

"""As long as this browser is let in without it."""
APPEALABLE = ("not_accepted", "refused")
ADDING = ("supplement_asked", "accepted_lacking")


def part_for(matter: Matter, receipt: Receipt) -> FollowPart | None:
    """The application; None for a matter that is none."""
    found = Application.objects.filter(pk=matter.pk).first()
    if found is None:
        return None
    found.matter = matter
    return FollowPart("public_services/follow.html", _told(found, receipt), title=found.title)


def _told(application: Application, receipt: Receipt) -> dict[str, object]:
    matter, service = application.matter, application.service_item
    can = {one.code for one in matter.version_item.steps if matter.step in one.may_follow}
    papers = papers_of(application)
    return {
        "application": application,
        "service": service,
        "matter": matter,
        "code": fresh_code(receipt),
        "stops": stops_of(matter),
        "next": None if matter.closed_at is not None else usual_next(matter),
        "clocks": [one for one in clocks_of(matter) if one.stopped_at is None],
        "answers": told_at_steps(matter),
        "papers": [one for one in papers if one.item.is_asked_for],
        "held": [one for one in papers if not one.item.is_asked_for],
        "adds": matter.step in ADDING,
        "may_supplement": "supplemented" in can,
        "appeals": matter.step in APPEALABLE,
        "looks": _looks(matter),
        "spared": application.held + application.reused,
        "sources": sources_of(application),
        "registers": looks_of(application.looks),
        "may_withdraw": "withdrawn" in can,
        "may_erase": matter.closed_at is not None and bool(matter.narrative.words),
    }


def _looks(matter: Matter) -> list[Read]:
    """Who looked at the applicant's details and papers, the latest first."""
    party = matter.parties.select_related("person").first()
    looks = reads_of(party.person) if party else []
    entries = Entry.objects.filter(subject=subject_of(matter), kind=MATERIAL_READ.kind)
    told = [(one.at, json.loads(one.text).get("unit")) for one in entries]
    units = Unit.objects.in_bulk({unit for _at, unit in told if unit})
    looks += [Read(at, units.get(unit or 0), str(MATERIAL_READ.label)) for at, unit in told]
    return sorted(looks, key=lambda one: one.at, reverse=True)
