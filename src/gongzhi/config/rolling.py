"""Whether tables may be changed while the release before goes on serving.

While an upgrade runs, old processes work on new tables: they don't know the new columns, so they
neither read nor write them. What they can't live with, a plan for a stop has to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation

LOCK_SECONDS = 5
"""How long a change waits for its table on PostgreSQL: everybody else waits behind it."""
HARMLESS = (
    migrations.CreateModel, migrations.AddIndex, migrations.RemoveIndex, migrations.RenameIndex,
    migrations.AlterModelOptions, migrations.AlterModelManagers, migrations.AlterModelTableComment,
    migrations.RemoveConstraint,
)  # fmt: skip
KNOWN_SAFE = "rolling"
"""A migration whose class has this attribute says in words why the release before can live with it:
``rolling = "widens a column"``."""


def stops(migration: migrations.Migration) -> list[str]:
    """What in it the release before can't live with; empty when nothing is."""
    if getattr(migration, KNOWN_SAFE, ""):
        return []
    return [said for one in _all(migration.operations) if (said := _stop(one))]


def _all(operations: Sequence[Operation]) -> Iterator[Operation]:
    for one in operations:
        if isinstance(one, migrations.SeparateDatabaseAndState):
            yield from _all(one.database_operations)
        else:
            yield one


def _stop(one: Operation) -> str:
    if isinstance(one, HARMLESS):
        return ""
    if isinstance(one, migrations.AddField):
        return "" if _may_be_left_out(one.field) else f"{one.describe()}: old code leaves it out"
    if isinstance(one, migrations.AlterField) and one.field.null:
        return ""
    return f"{one.describe()}: old code doesn't know of it"


def _may_be_left_out(field: Any) -> bool:
    """Whether a row without it can be written: Django keeps no default in the database."""
    return bool(field.null or field.many_to_many or field.db_default is not _no_default())


def _no_default() -> object:
    from django.db.models.fields import NOT_PROVIDED

    return NOT_PROVIDED


def pending() -> list[migrations.Migration]:
    """What is still to be run on this database, in order."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [one for one, _back in plan]


def patiently() -> None:
    """From now on give up a change that can't have its table at once, instead of holding up all
    that want it, too."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
