"""What a county noted before partners could answer is kept, and waits for nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BEFORE = [("dispatch", "0005_position_doubts"), ("linked", None)]
AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def test_a_department_that_was_told_becomes_a_request_that_is_over() -> None:
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    old = MigrationExecutor(connection).migrate(BEFORE).apps
    try:
        unit = old.get_model("people", "Unit").objects.create(
            code="housing", kind="department", name_zh="住建局", name_en="Housing"
        )
        matter = old.get_model("matters", "Matter").objects.create(
            procedure="incident", version="2026-01", step="received", stepped_at=AT,
            category="fire", priority=1, owner_unit=unit, opened_at=AT,
        )  # fmt: skip
        old.get_model("dispatch", "DepartmentNotice").objects.create(
            matter=matter, department=unit, told_at=AT
        )
        new = MigrationExecutor(connection).migrate(latest).apps
        request = new.get_model("linked", "LinkedRequest").objects.get()
        assert (request.partner, request.unit_id, request.state) == ("housing", unit.pk, "told")
        assert (request.asked_at, request.ended_at, request.due_at) == (AT, AT, None)
    finally:
        MigrationExecutor(connection).migrate(latest)
