"""What other units do of a matter: how far they are, and that the lead waits for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter, Message, Narrative, Part, ShownElement
from gongzhi.base.ui.errors import Refused


@dataclass(frozen=True)
class PartShown:
    """A part as its lead and the resident see it. ``plain`` is the resident's sentence; ``said``,
    what the unit said that it did, for the lead alone."""

    part: Part
    matter: Matter
    unit: str
    plain: str
    words: str
    said: str

    @property
    def over(self) -> bool:
        """Whether it has ended, one way or another."""
        return self.matter.closed_at is not None


def open_parts(lead: Matter) -> QuerySet[Part]:
    """The parts of this matter that still go on."""
    return lead.parts.filter(matter__closed_at=None)


def require_parts_done(lead: Matter) -> None:
    """Refuse an answer for the whole while a part of it goes on."""
    units = waiting_units(lead)
    if units:
        raise Refused(
            _("%(units)s的部分还没办完。等办完再答复，或者写明为什么先答复。") % {"units": units},
            code="parts_open", status=409, fields={"before_parts": _("请写明为什么先答复。")},
        )  # fmt: skip


def waiting_units(lead: Matter) -> str:
    """The units whose parts still go on, in words; empty when all are done."""
    waiting = open_parts(lead).select_related("matter__owner_unit").order_by("pk")
    return _("、").join(str(one.matter.owner_unit) for one in waiting)


def parts_of(lead: Matter) -> list[PartShown]:
    """All parts, the first asked first. Three queries, however many there are."""
    rows = lead.parts.select_related("matter__owner_unit", "matter__narrative")
    parts = list(rows.prefetch_related("matter__elements").order_by("pk"))
    return [_shown(one) for one in parts]


def lead_of(matter: Matter) -> Part | None:
    """The part that this matter is, with its lead; None for one that is whole."""
    return Part.objects.select_related("lead__owner_unit").filter(matter=matter).first()


def erase_parts(lead: Matter) -> None:
    """Let go of the words written for the parts, and of what was answered; inside an action."""
    keys = list(lead.parts.values_list("matter", flat=True))
    if not keys:
        return
    Narrative.objects.filter(matter__in=keys).update(words="", place="")
    Message.objects.filter(matter__in=keys).update(words="")
    ShownElement.objects.filter(matter__in=keys).update(text="")


def _shown(part: Part) -> PartShown:
    matter = part.matter
    told = [one.text for one in matter.elements.all() if one.text]
    narrative = getattr(matter, "narrative", None)
    words = narrative.words if narrative else ""
    plain = str(matter.step_item.plain)
    return PartShown(part, matter, str(matter.owner_unit), plain, words, told[-1] if told else "")
