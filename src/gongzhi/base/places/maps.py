"""What a page tells its ``<gz-map>`` of a county."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from gongzhi.base.places.layers import layers_of
from gongzhi.base.places.models import County
from gongzhi.base.places.selectors import own_county


@dataclass(frozen=True)
class CountyMap:
    """``<gz-map data-layers-url="{{ map.url }}" data-layers="{{ map.layers }}"
    data-bounds="{{ map.bounds }}" data-worker-url=…>``"""

    url: str
    layers: str
    bounds: str


def map_of(county: County | None = None) -> CountyMap:
    """The map of a county; of the own one for None."""
    shown = county or own_county()
    if shown is None:
        return CountyMap(reverse("places:layers"), "none", "")
    box = shown.bounds
    url = reverse("places:layers") if shown.own else reverse("places:layers_of", args=[shown.code])
    bounds = f"{box.west:.5f},{box.south:.5f},{box.east:.5f},{box.north:.5f}"
    return CountyMap(url, " ".join(layers_of(shown)), bounds)
