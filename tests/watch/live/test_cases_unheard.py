"""What happens in a case goes out on no line: not its step, not its clock."""

from __future__ import annotations

import pytest

from gongzhi.watch.live.permissions import apps_heard_by
from gongzhi.watch.live.shown import chunk, rows_after
from gongzhi.work.cases import actions
from tests.work.cases.hands import account, by, filed, incident, suspected

pytestmark = pytest.mark.django_db


def test_nobody_hears_what_happens_in_a_case() -> None:
    heard = incident()
    made = filed()
    suspected(made)
    actions.begin_deed(by("lead"), made, "summons")
    said = chunk(rows_after(0, 1000), apps_heard_by(account("watch"))).decode()
    assert f'matters.matter:{heard.pk}"' in said
    assert f'matters.matter:{made.pk}"' not in said
    assert "adm_" not in said
