"""Which county a database holds, how far its log has come, and of which version its tables are."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from gongzhi.config.keeping.shape import GIVEN, Table, tables
from gongzhi.config.keeping.stores import Store, quoted

LOG = "log_entry"
MADE_BY_ITSELF = frozenset({*GIVEN, "log_job", "log_cursor"})
"""What stands in a county where nothing has happened yet."""


class Wont(Exception):
    """What was asked for isn't done; says why and what helps, for the terminal."""


@dataclass(frozen=True)
class Head:
    """The last entry of a log; (0, zeros) when nothing has happened yet."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"entry {self.seq}, {self.hash}"


@dataclass(frozen=True)
class State:
    """One county at one moment."""

    county: str
    """The hash of the log's first entry, which no other county's log begins with; "" before it."""
    head: Head
    migrations: dict[str, list[str]]
    """Which were done, by app: the version of the tables."""

    def told(self) -> dict[str, object]:
        """For a file."""
        return asdict(self)


def state_of(store: Store) -> State:
    """Ask a county's database."""
    from gongzhi.base.log.chain import START

    first = store.ask(f"SELECT hash FROM {LOG} WHERE seq = 1")  # noqa: S608
    last = store.ask(f"SELECT seq, hash FROM {LOG} ORDER BY seq DESC LIMIT 1")  # noqa: S608
    head = Head(*last[0]) if last else Head(0, START)
    return State(first[0][0] if first else "", head, migrations_of(store))


def require_log(head: Head) -> None:
    """Check every entry of this process's county; refuse one that doesn't end at this head."""
    from gongzhi.base.log import chain
    from gongzhi.base.log.verify import verify

    verdict = verify()
    if not verdict.holds:
        raise Wont(f"The log doesn't hold: entry {verdict.seq}: {verdict.fault}.")
    if chain.head() != (head.seq, head.hash):
        raise Wont(f"The log doesn't end where it should, at {head}.")


def migrations_of(store: Store) -> dict[str, list[str]]:
    """What was done to the tables, by app, in the order of their names. An app that is no longer
    part of Gongzhi leaves its notes behind, and they don't count."""
    done: dict[str, list[str]] = {}
    known = known_migrations()
    for app, name in store.ask("SELECT app, name FROM django_migrations ORDER BY app, name"):
        if app in known:
            done.setdefault(app, []).append(name)
    return done


def known_migrations() -> dict[str, list[str]]:
    """What this version of Gongzhi does to the tables, in the same form."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    known: dict[str, list[str]] = {}
    for app, name in sorted(MigrationLoader(connection, ignore_no_migrations=True).disk_migrations):
        known.setdefault(app, []).append(name)
    return known


def require_present_version(state: State) -> None:
    """Refuse tables that another version of Gongzhi made."""
    if state.migrations != known_migrations():
        raise Wont(
            "This county's tables are of another version. Bring them up to date first:"
            " gongzhi init --home …"
        )


def require_known_version(migrations: dict[str, list[str]]) -> None:
    """Refuse what a later version of Gongzhi wrote."""
    known = known_migrations()
    later = [
        f"{app}.{name}"
        for app, names in migrations.items()
        for name in names
        if name not in known.get(app, ())
    ]
    if later:
        raise Wont(
            f"A later version of Gongzhi wrote this; this one doesn't know {later[0]}."
            " Update Gongzhi first."
        )


def is_fresh(store: Store, those: list[Table] | None = None) -> bool:
    """Whether nothing has happened in the county yet, or its tables aren't even made."""
    there = store.tables()
    asked = [one.name for one in those or tables() if one.name not in MADE_BY_ITSELF]
    return not any(
        store.ask(f"SELECT 1 FROM {quoted(name)} LIMIT 1")  # noqa: S608
        for name in asked
        if name in there
    )
