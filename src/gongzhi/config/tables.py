"""A new county's tables, made from the models at once.

Sixty apps' migrations one after the other take a minute of a processor, nearly all of it for
drawing again and again what the models were in between. An empty database has no in between: its
tables are made as the models say, with what only migrations add (triggers that refuse changes, the
index of words), and every migration is noted as done. `tests/config/test_migrated.py` holds such a
database beside one that was migrated step by step.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

ARRIVING = "county_arriving"
"""While this table is there, a county is still on its way into the database."""


class _None:
    """What Django takes for "these apps have no migrations"."""

    def __contains__(self, _app: object) -> bool:
        return True

    def __getitem__(self, _app: str) -> None:
        return None

    def get(self, _app: str, _otherwise: Any = None) -> None:
        """As a mapping does."""
        return


def beyond_models(vendor: str) -> Sequence[str]:
    """The statements that migrations run besides making tables, for this kind of database."""
    from gongzhi.base.log import triggers as of_log
    from gongzhi.base.places.search.index import MAKE
    from gongzhi.work.prevention.warnings import triggers as of_warnings

    head = [of_log.HEAD] if vendor == "postgresql" else []
    return [*of_log.BY_VENDOR[vendor], *head, *MAKE[vendor], *of_warnings.BY_VENDOR[vendor]]


def found_tables() -> bool:
    """Make all tables in an empty database, all or none; False where there are some already."""
    from django.db import connection, transaction

    if set(connection.introspection.table_names()) - {ARRIVING}:
        return False
    connection.disable_constraint_checking()  # SQLite can't within a transaction
    try:
        with transaction.atomic():
            _make()
    finally:
        connection.enable_constraint_checking()
    return True


def _make() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    before = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = _None()
    try:
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    finally:
        settings.MIGRATION_MODULES = before
    with connection.schema_editor() as editor:
        for statement in beyond_models(connection.vendor):
            editor.execute(statement)
    call_command("migrate", verbosity=0, interactive=False, fake=True)
