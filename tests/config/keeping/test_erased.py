"""What was erased after a backup stays erased when that backup comes back; nothing else is lost.

The backup is the database as it was before, here by taking back what came after; what a later
backup tells of erasures was read off it before that.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from gongzhi.base.files.models import StoredFile
from gongzhi.base.log import chain
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.models import Message
from gongzhi.base.people.models import Person, Unit
from gongzhi.config.keeping.erased import BY_AGE, ON_PURPOSE, Told, heard, told
from gongzhi.config.keeping.forgetting import erase_again, plan
from gongzhi.config.keeping.shape import tables
from gongzhi.config.keeping.stores import django_store
from gongzhi.work.calls.actions import erase_incident
from gongzhi.work.participation.actions import erase_own, withdraw_request
from gongzhi.work.workforce.appraisal.actions import erase_background, tell_background
from gongzhi.work.workforce.appraisal.models import Background
from tests.house.test_events import events, label
from tests.safeguards.test_erasure import SECRET, account, centre, everywhere, incident
from tests.work.participation.cast import RESIDENT, lamp

__all__ = ["centre", "incident"]
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")
SAID = ("清除", "销毁", "清理", "退订")
NOT_OF_PEOPLE = {
    "dossier.hold_set", "dossier.erasure_proposed", "dossier.erasure_rejected",
    "people.erased_again",
}  # fmt: skip
"""Say the word, and erase nothing."""


def meanwhile(happens: Callable[[], object]) -> tuple[int, Told]:
    """Up to which entry a backup goes that is made now, and what one that is made after it tells
    was erased; what happens in between is taken back."""
    head, _hash = chain.head()
    point = transaction.savepoint()
    happens()
    later = heard(told(django_store(), tables(), head))
    transaction.savepoint_rollback(point)
    return head, later


def brought_back(head: int, later: Told) -> int:
    """Rows that were emptied when the backup was restored."""
    what = plan(django_store(), tables(), later, head)
    if what.rows:
        erase_again(SYSTEM, what)
    return what.rows


def test_an_incident_that_was_erased_since_does_not_come_back(incident: object) -> None:
    kept = lamp(words="路灯不亮了")
    head, later = meanwhile(lambda: erase_incident(SYSTEM, incident, reason="asked"))  # type: ignore[arg-type]
    assert everywhere(SECRET), "the backup has it"
    assert brought_back(head, later)
    assert everywhere(SECRET) == []
    assert bytes(Person.objects.exclude(erased_at=None).get().sealed) == b""
    assert not StoredFile.objects.exists(), "so its content isn't unpacked"
    assert kept.matter.narrative.words == "路灯不亮了"
    assert "people.erased_again" in Entry.objects.values_list("kind", flat=True)
    assert verify().holds
    assert brought_back(head, later) == 0, "once is enough"


def test_a_resident_s_words_that_were_erased_since_do_not_come_back() -> None:
    receipt = lamp(words=SECRET, place=f"{SECRET}家", contact={"name": SECRET})
    other = lamp("another-one-0123456789", words="另一件，和它无关", contact={"name": "别人"})

    def erase() -> None:
        withdraw_request(RESIDENT, receipt)
        erase_own(RESIDENT, receipt)

    head, later = meanwhile(erase)
    assert brought_back(head, later)
    assert everywhere(SECRET) == []
    other.refresh_from_db()
    assert other.matter.narrative.words == "另一件，和它无关"
    assert Person.objects.filter(erased_at=None).exclude(sealed=b"").count() == 1


def test_what_an_officer_took_back_does_not_come_back_though_the_log_doesn_t_say_whose(
    centre: Unit,
) -> None:
    officer, other = (Actor.account(account(role, centre)) for role in ("dispatcher", "admin"))
    for one in (officer, other):
        tell_background(one, sex="", decade="1980")
    head, later = meanwhile(lambda: erase_background(officer))
    assert brought_back(head, later) == 1
    assert Background.objects.get().account == other.source


def test_what_an_accident_took_does_come_back() -> None:
    """That is what a backup is for: only what the log names is erased again."""
    lamp(words="路灯不亮了", contact={"name": "林某"})

    def accident() -> None:
        Person.objects.update(sealed=b"")
        Message.objects.all().delete()

    head, later = meanwhile(accident)
    before = chain.head()
    assert brought_back(head, later) == 0
    assert chain.head() == before, "so the log ends where the backup's did"


def test_erasures_that_the_backup_knows_of_are_done_already(incident: object) -> None:
    erase_incident(SYSTEM, incident, reason="asked")  # type: ignore[arg-type]
    head, later = meanwhile(lambda: None)
    assert later.entries == []
    assert brought_back(head, later) == 0


def test_every_event_that_tells_of_erasing_is_known_to_the_backups() -> None:
    kinds = {event.kind for event in events()}
    assert kinds >= ON_PURPOSE | BY_AGE
    told_of = {one.kind for one in events() if any(w in label(one, "zh-hans") for w in SAID)}
    unknown = told_of - ON_PURPOSE - BY_AGE - NOT_OF_PEOPLE
    assert not unknown, f"add to config/keeping/erased.py, or backups bring it back: {unknown}"
