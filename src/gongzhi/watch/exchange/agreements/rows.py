"""The rows that are offered, read with the agreed fields alone: no other is even loaded."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.offer import Offer
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.sealing import BrokenSeal, seal, unseal
from gongzhi.base.places.cells import as_text
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.agreements.models import Agreement
from gongzhi.watch.exchange.leaving import delicate
from gongzhi.watch.exchange.receiving.shelves import current, engine, loaded_files

Row = dict[str, Any]
MOST = 1000
COLUMNS = {
    "row": "pk", "procedure": "procedure", "category": "category", "priority": "priority",
    "channel": "channel", "step": "step", "unit": "owner_unit__code", "town": "town", "h7": "h7",
    "opened_on": "opened_at", "closed_on": "closed_at",
}  # fmt: skip
"""Offered field of a matter → its column."""


def read(agreement: Agreement, offer: Offer, after: str, most: int) -> tuple[list[Row], str | None]:
    """A page of rows, and the cursor of the next one. Refuses (422) a cursor of another's."""
    names = agreed_fields(agreement, offer)
    begin = _opened(agreement, after) if after else 0
    reader = _received if offer.connector else _matters
    found, last = reader(agreement, offer, names, begin, most + 1)
    page = [{name: row[name] for name in names} for row in found[:most]]
    more = len(found) > most
    return page, _closed(agreement, last[most - 1]) if more else None


def agreed_fields(agreement: Agreement, offer: Offer) -> list[str]:
    """The fields that leave: agreed, and still offered."""
    agreed = set(agreement.fields)
    return [one.name for one in offer.fields if one.name in agreed]


def _matters(
    agreement: Agreement, offer: Offer, names: Sequence[str], after: int, most: int
) -> tuple[list[Row], list[int]]:
    own = Matter.objects.filter(
        procedure=offer.procedure, county__isnull=True, merged_into__isnull=True, pk__gt=after
    )
    own = own.exclude(category__in=delicate()).order_by("pk")
    columns = [COLUMNS[name] for name in names]
    found = list(own.values_list("pk", *columns)[:most])
    rows = [
        {name: _said(agreement, name, value) for name, value in zip(names, one[1:], strict=True)}
        for one in found
    ]
    return rows, [one[0] for one in found]


def _said(agreement: Agreement, name: str, value: Any) -> Any:
    told = SAYS.get(name)
    return value if told is None or value is None else told(agreement, value)


def _number(agreement: Agreement, key: int) -> str:
    """The row's own number in this agreement: neither the matter's nor another agreement's."""
    return salted_hmac("gongzhi agreement row", f"{agreement.pk} {key}").hexdigest()[:16]


SAYS: dict[str, Callable[[Agreement, Any], Any]] = {
    "row": _number,
    "h7": lambda _agreement, cell: as_text(cell),
    "opened_on": lambda _agreement, at: timezone.localtime(at).date().isoformat(),
    "closed_on": lambda _agreement, at: timezone.localtime(at).date().isoformat(),
}


def _received(
    _agreement: Agreement, offer: Offer, names: Sequence[str], after: int, most: int
) -> tuple[list[Row], list[int]]:
    """Of what a source delivered: the rows that hold now, by the contract's key. The cursor is
    how many were given."""
    connector = catalogue().connectors[offer.connector]
    open_ones = [n for n in names if (one := connector.contract.field(n)) and not one.personal]
    files = loaded_files(connector)
    if not files or not open_ones:
        return [], []
    chosen = ", ".join(f'"{one}"' for one in open_ones)
    key = ", ".join(f'"{one}"' for one in connector.contract.key)
    with engine() as db:
        found = db.execute(
            f"SELECT {chosen} FROM ({current(connector, files)}) "  # noqa: S608  (our own names)
            f"ORDER BY {key} LIMIT ? OFFSET ?",
            [most, after],
        ).fetchall()
    rows = [
        {name: _plain(value) for name, value in zip(open_ones, one, strict=True)} for one in found
    ]
    lacking = dict.fromkeys(set(names) - set(open_ones))
    return [row | lacking for row in rows], [after + n + 1 for n in range(len(rows))]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _closed(agreement: Agreement, place: int) -> str:
    """Where the next page begins, for nobody else to read: it is a number of ours."""
    sealed = seal({"agreement": str(agreement.pk), "after": str(place)})
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def _opened(agreement: Agreement, cursor: str) -> int:
    try:
        told = unseal(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if told["agreement"] == str(agreement.pk):
            return int(told["after"])
    except (BrokenSeal, ValueError, KeyError):
        pass
    wrong = _("after 应为上一页给的 next。")
    raise Refused(wrong, code="cursor", status=422, fields={"after": wrong})
