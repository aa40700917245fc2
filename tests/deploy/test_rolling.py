"""The tables change under the release that serves, and every report of that moment is there."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest

from tests.deploy.test_apart import FOUND, WebAlone

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
NEXT_RELEASE = """
ALTER TABLE participation_receipt ADD COLUMN later text NULL;
ALTER TABLE matters_matter ADD COLUMN later text NOT NULL DEFAULT '';
CREATE INDEX matter_later ON matters_matter (later);
CREATE TABLE participation_later (id bigint PRIMARY KEY);
INSERT INTO django_migrations (app, name, applied) VALUES ('participation', '9999_later', now());
"""


def test_reports_that_come_while_the_tables_change_are_all_taken_in_once(
    empty_home: Path, founded_postgres: str
) -> None:
    with WebAlone(empty_home, database_url=founded_postgres) as county:
        county.python(FOUND)
        assert county.report("r" * 24) == 200, county.log()[-3000:]
        changed, sent, answers = Event(), ["r" * 24], [200]

        def residents() -> None:
            after = 0
            while after < 3:  # some before, some while, and three after
                after += changed.is_set()
                sent.append(f"{len(sent):024}")
                answers.append(county.report(sent[-1]))

        reporting = Thread(target=residents)
        reporting.start()
        with psycopg.connect(founded_postgres, autocommit=True) as database:
            for statement in NEXT_RELEASE.strip().split("\n"):
                database.execute(statement.encode())
        changed.set()
        reporting.join(120)
        assert len(sent) > 4
        assert answers == [200] * len(sent), county.log()[-3000:]
        assert county.report(sent[-1]) == 200  # the same once more
        assert county.standing()["receipts"] == len(sent)
        assert "entries hold" in county.cli("log", "verify")
