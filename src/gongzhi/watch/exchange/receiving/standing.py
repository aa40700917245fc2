"""How a source stands, noted while it is asked: nobody did it, so no event says so."""

from __future__ import annotations

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.log.actions import now
from gongzhi.watch.exchange.receiving.models import Line


def line_of(connector: Connector) -> Line:
    """How it stands; begun when it is new."""
    return Line.objects.get_or_create(connector=connector.code, defaults={"begun_at": now()})[0]


def note(code: str, **said: object) -> None:
    """Change what is noted of it."""
    Line.objects.filter(connector=code).update(**said)
