"""Reads of places that more than one page needs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.places.coordinates import Bounds, Point, checked
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused


def own_county() -> County | None:
    """The county that this platform serves; None while nobody has described it."""
    return County.objects.filter(own=True).first()


def county_named(code: str) -> County:
    """The county of this code. Refuses (404) one that nobody has described."""
    county = County.objects.filter(code=code).first()
    if county is None:
        raise Refused(_("没有登记这个县域。"), code="unknown_county", status=404)
    return county


def place_in_county(lat: object, lon: object) -> Point:
    """A place that a new report may have: on earth, not 0/0, and within the county's own bounds.

    Raises Refused with the reason. Before the county is described, any place on earth will do.
    """
    return checked(lat, lon, within=own_bounds())


def own_bounds() -> Bounds | None:
    """The box that holds the county; None while nobody has described it."""
    county = own_county()
    return county.bounds if county else None
