"""Partners as the catalogue and the county's units know them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.partner import Partner
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.catalogue.words import Words
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.linked.models import LinkedRequest

OF_THE_PLACE = "town"


@dataclass(frozen=True)
class Suggestion:
    """A partner to ask, and for what."""

    partner: Partner
    offers: Sequence[str] = ()

    @property
    def code(self) -> str:
        """The partner's."""
        return self.partner.code

    @property
    def offers_words(self) -> str:
        """What it is asked for, in words."""
        known = (self.partner.offer(code) for code in self.offers)
        return _("、").join(str(one) for one in known if one)


def carded_partners(card: Mapping[str, Sequence[str]]) -> list[Suggestion]:
    """Those that a run card names (code, and what for), in the order of the catalogue."""
    partners = catalogue().partners.values()
    return [Suggestion(one, tuple(card[one.code])) for one in partners if one.code in card]


def suggested_partners(category: str, card: Mapping[str, Sequence[str]]) -> list[Suggestion]:
    """Whom to ask for such an incident, and for what: those that its run card names, then the
    department that the category is for."""
    found = carded_partners(card)
    known = {one.partner.unit for one in found}
    usual = catalogue().categories.get(category)
    if usual is None or usual.department in known:
        return found
    unit = Unit.objects.filter(code=usual.department, kind=Unit.Kind.DEPARTMENT).first()
    return [*found, Suggestion(partner_of(unit))] if unit else found


def partner_named(code: str) -> Partner:
    """The partner of this code: the catalogue's, else the department's. Refuses an unknown one."""
    known = catalogue().partners.get(code)
    if known is not None:
        return known
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        wrong = _("请选一个联动单位。")
        raise Refused(wrong, code="no_such_partner", fields={"partner": wrong})
    return partner_of(unit)


def partner_of(unit: Unit) -> Partner:
    """The partner that this unit is, by its file in the catalogue or without one."""
    for partner in catalogue().partners.values():
        if partner.unit == unit.code:
            return partner
    name = Words(zh=unit.name_zh, en=unit.name_en)
    return Partner(code=unit.code, unit=unit.code, name=name, about=name)


def unit_asked(partner: Partner, matter: Matter) -> Unit | None:
    """Whose accounts and programs answer for the partner at this place; None where nobody's do."""
    code = f"town_{matter.town}" if partner.unit == OF_THE_PLACE else partner.unit
    return Unit.objects.filter(code=code).first() if code else None


def all_partners() -> list[tuple[str, list[tuple[str, str]]]]:
    """Everybody who can be asked, for anything or for one thing: the catalogue's, each with what it
    offers (``code/offer``), then the other departments. A heading, then codes and words."""
    found = [
        (
            str(one.name),
            [(one.code, str(one.name)), *((f"{one.code}/{each.code}", str(each))
                                          for each in one.offers)],
        )
        for one in catalogue().partners.values()
    ]  # fmt: skip
    theirs = {one.unit for one in catalogue().partners.values()}
    units = Unit.objects.exclude(kind__in=(Unit.Kind.COMMUNITY, Unit.Kind.BUREAU))
    rest = units.exclude(code__in=theirs).exclude(code__startswith="town_").order_by("kind", "pk")
    return [*found, (_("其他单位"), [(unit.code, str(unit)) for unit in rest])]


def name_of(request: LinkedRequest) -> str:
    """What the partner is called; of the town's own, which town's."""
    known = catalogue().partners.get(request.partner)
    if known is None:
        return str(request.unit or request.partner)
    if known.unit == OF_THE_PLACE and request.unit is not None:
        return f"{known.name} · {request.unit}"
    return str(known.name)


def offers_of(request: LinkedRequest) -> str:
    """What is asked for, in words."""
    known = catalogue().partners.get(request.partner)
    named = [known.offer(code) for code in request.offers] if known else []
    return _("、").join(str(one) for one in named if one)
