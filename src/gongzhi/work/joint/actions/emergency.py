"""A request that is an emergency: an incident at the dispatch desk, in one step."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, add_words, move_parties, open_matter, take_step
from gongzhi.base.matters.models import Attachment, Matter, Message
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.selectors import duty_desk
from gongzhi.work.joint.events import CAME_FROM_REQUEST, HANDED_TO_110
from gongzhi.work.joint.permissions import ANSWER

CHANNEL = "hotline"


@action
def hand_to_110(by: Actor, matter: Matter, category: str, words: str = "") -> Matter:
    """Open an incident with all that is known of the request: words, place, photos, and whom to
    call back; and `words` for the desk, as a note. The request ends; whoever follows it follows
    the incident from then on.

    Refuses what has ended or was answered, another unit's, and a category that is none of
    incidents.
    """
    require(by, ANSWER)
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    require_owner(by, held)
    if held.procedure != "resident_request":
        raise Refused(_("只有居民诉求能这样转 110。"), code="no_request", status=409)
    incident = open_matter(by, _new(held, category))
    held = take_step(by, held, "to_110")
    parties = list(held.parties.all())
    if parties:
        move_parties(by, held, parties, incident)
    Attachment.objects.filter(matter=held, message=None).update(matter=incident)
    held.merged_into = incident
    held.save(update_fields=["merged_into"])
    if words.strip():
        add_words(by, incident, Message.Kind.NOTE, words)
    record(HANDED_TO_110, held, incident=incident.pk)
    record(CAME_FROM_REQUEST, incident, request=held.pk)
    return incident


def _new(request: Matter, category: str) -> NewMatter:
    narrative = getattr(request, "narrative", None)
    return NewMatter(
        procedure="incident", category=category, owner=duty_desk(),
        words=narrative.words if narrative else "", place=narrative.place if narrative else "",
        point=request.point, accuracy=request.accuracy, channel=CHANNEL,
    )  # fmt: skip
