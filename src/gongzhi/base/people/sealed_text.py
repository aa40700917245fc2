"""A column of words that lie sealed: without the county's key nobody reads them."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from gongzhi.base.people.sealing import seal, unseal

MARK = "gzt1:"
"""Before every sealed text. What has none was written before words were sealed, and still reads."""


class SealedText(models.TextField):  # type: ignore[type-arg]
    """Text, sealed with the county's key as it is written and opened as it is read. It can't be
    searched for; "" stays "", so that what was erased can be told from what wasn't."""

    def get_prep_value(self, value: Any) -> Any:
        """Sealed, as the database has it."""
        text = super().get_prep_value(value)
        return MARK + b64encode(seal({"text": text})).decode() if text else text

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        """In the clear, as everybody else has it."""
        if value is None or not value.startswith(MARK):
            return value
        return unseal(b64decode(value.removeprefix(MARK)))["text"]


def columns() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every model with such columns, and their names."""
    for model in apps.get_models():
        names = [one.name for one in model._meta.concrete_fields if isinstance(one, SealedText)]  # noqa: SLF001  (Django's documented API)
        if names:
            yield model, names


def in_the_clear(model: type[models.Model], names: list[str], most: int) -> list[Any]:
    """The keys of rows with words that were written before words were sealed."""
    quote, table = connection.ops.quote_name, model._meta.db_table  # noqa: SLF001  (as above)
    plain = " OR ".join(f"({quote(n)} <> '' AND {quote(n)} NOT LIKE '{MARK}%%')" for n in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {quote(table)} WHERE {plain} ORDER BY id LIMIT %s",  # noqa: S608  (names of our own columns)
            [most],
        )
        return [row[0] for row in cursor.fetchall()]
