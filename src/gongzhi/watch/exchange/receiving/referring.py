"""What rows may refer to: the county's units, towns and categories, and other sources' rows."""

from __future__ import annotations

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Unit
from gongzhi.base.places.models import Area
from gongzhi.watch.exchange.receiving.shelves import current, engine, loaded_files


def values_of(refers: str) -> list[str]:
    """Every value that a field with this ``refers`` may have."""
    if refers == "units":
        return list(Unit.objects.values_list("code", flat=True))
    if refers == "towns":
        own = Area.objects.filter(kind=Area.Kind.TOWN, valid_to=None)
        return list(own.values_list("code", flat=True).distinct())
    if refers == "categories":
        return list(catalogue().categories)
    return _delivered(refers)


def _delivered(refers: str) -> list[str]:
    source, _dot, field = refers.partition(".")
    connector = catalogue().connectors[source]
    files = loaded_files(connector)
    if not files:
        return []
    with engine() as db:
        rows = current(connector, files)
        found = db.execute(f'SELECT DISTINCT "{field}"::VARCHAR FROM ({rows})').fetchall()  # noqa: S608
    return [value for (value,) in found if value is not None]
