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


def sealed_text(text: str | None) -> str | None:
    """Sealed, for where text must lie; what is empty stays empty."""
    return MARK + b64encode(seal({"text": text})).decode() if text else text


def opened_text(text: str | None) -> str | None:
    """In the clear again; a text that was never sealed as it is. Raises BrokenSeal."""
    if text is None or not text.startswith(MARK):
        return text
    return unseal(b64decode(text.removeprefix(MARK)))["text"]


class SealedText(models.TextField):  # type: ignore[type-arg]
    """Text, sealed with the county's key as it is written and opened as it is read. It can't be
    searched for; "" stays "", so that what was erased can be told from what wasn't."""

    def get_prep_value(self, value: Any) -> Any:
        """Sealed, as the database has it."""
        text = super().get_prep_value(value)
        return sealed_text(text)

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        """In the clear, as everybody else has it."""
        return opened_text(value)


def columns() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every model with such columns, and their names."""
    for model in apps.get_models():
        names = [one.name for one in model._meta.concrete_fields if isinstance(one, SealedText)]  # noqa: SLF001  (Django's documented API)
        if names:
            yield model, names


def in_the_clear(model: type[models.Model], names: list[str], most: int) -> list[Any]:
    """The keys of rows with words that were written before words were sealed."""
    quote, meta = connection.ops.quote_name, model._meta  # noqa: SLF001  (as above)
    table, key = meta.db_table, quote(str(meta.pk.column))
    plain = " OR ".join(f"({quote(n)} <> '' AND {quote(n)} NOT LIKE '{MARK}%%')" for n in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key} FROM {quote(table)} WHERE {plain} ORDER BY {key} LIMIT %s",  # noqa: S608  (names of our own columns)
            [most],
        )
        return [row[0] for row in cursor.fetchall()]
