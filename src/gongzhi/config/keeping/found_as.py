"""The tables that rows are to come into: of the version that the rows were written with."""

from __future__ import annotations

from collections.abc import Mapping

from gongzhi.config.keeping.state import Wont, known_migrations, require_known_version


def make_tables(migrations: Mapping[str, list[str]]) -> None:
    """Make the tables of that version in an empty database; nothing where there are ours already.

    Call `bring_up_to_date` once the rows are in. Refuses a later version.
    """
    from gongzhi.config.tables import found_tables

    require_known_version(dict(migrations))
    if dict(migrations) == known_migrations():
        found_tables()
    else:
        _require_no_tables()
        _migrate_to(migrations)


def bring_up_to_date() -> None:
    """Do what later versions do to the tables, and read the index of words again."""
    from django.core.management import call_command

    from gongzhi.base.places.search.index import rebuild

    call_command("migrate", verbosity=0, interactive=False)
    rebuild()


def _require_no_tables() -> None:
    from django.db import connection

    if connection.introspection.table_names():
        raise Wont("This was written by an earlier version. Take a database without any tables.")


def _migrate_to(migrations: Mapping[str, list[str]]) -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    wanted = {(app, name) for app, names in migrations.items() for name in names}
    last = [node for node in wanted if not _followed(executor, node, wanted)]
    executor.migrate(sorted(last))


def _followed(executor: object, node: tuple[str, str], wanted: set[tuple[str, str]]) -> bool:
    """Whether one of those that are wanted builds on this one."""
    children = executor.loader.graph.node_map[node].children  # type: ignore[attr-defined]
    return any(child.key in wanted and child.key[0] == node[0] for child in children)
