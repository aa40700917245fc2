"""What somebody wants to be told of, from the form until the address is proved."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from django.db import models

from gongzhi.base.places.models import Area
from gongzhi.watch.notices.states import About
from gongzhi.watch.notices.topics import TOPICS

RADII = (500, 1000, 3000)
"""Metres around a place."""


@dataclass(frozen=True)
class Pin:
    """A place, as it was called, and how far around it."""

    name: str
    lat: float
    lon: float
    radius: int

    def written(self) -> str:
        """As the sealed column has it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Pin:
        """From the column."""
        return cls(**json.loads(text))


@dataclass(frozen=True)
class Want:
    """One thing."""

    about: str
    topic: str = ""
    town: str = ""
    gravity: int = 0
    pin: Pin | None = None
    matter: int | None = None


@dataclass(frozen=True)
class Wish:
    """All that one form asked for."""

    wants: tuple[Want, ...] = ()
    language: str = "zh-hans"

    def written(self) -> str:
        """As the signed cookie keeps it; an address is not in it."""
        return json.dumps({"wants": [asdict(one) for one in self.wants], "language": self.language})

    @classmethod
    def read(cls, text: str) -> Wish:
        """From the cookie."""
        told = json.loads(text)
        wants = tuple(
            Want(**{**one, "pin": Pin(**one["pin"]) if one["pin"] else None})
            for one in told["wants"]
        )
        return cls(wants, told["language"])


def towns() -> models.QuerySet[Area]:
    """The county's towns, to choose from."""
    return Area.objects.filter(
        kind=Area.Kind.TOWN, valid_to__isnull=True, county__own=True
    ).order_by("code")


def known_topics(codes: list[str]) -> tuple[Want, ...]:
    """A want for each topic that there is."""
    return tuple(Want(About.TOPIC, topic=code) for code in codes if code in TOPICS)
