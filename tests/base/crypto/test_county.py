"""A county is founded with one suite and keeps it; its log holds in that one, and in no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from gongzhi.base.crypto.county import FILE, WrongSuite, choose, suite
from gongzhi.base.log import triggers
from gongzhi.base.log.models import Checkpoint, Entry
from gongzhi.base.log.verify import checkpoint, verify
from gongzhi.base.people.models import Person
from gongzhi.base.people.sealing import BrokenSeal, seal, unseal
from gongzhi.config.home import Home
from tests.work.participation.cast import lamp

SUITES = pytest.mark.parametrize("name", ["international", "commercial"])


def founded(name: str, root: Path, settings: Settings) -> Home:
    home = Home(root / name)
    choose(name, home.keys)
    settings.HOME = home
    return home


@SUITES
@pytest.mark.django_db
def test_a_resident_s_report_is_sealed_signed_and_verified(
    name: str, tmp_path: Path, settings: Settings
) -> None:
    founded(name, tmp_path, settings)
    lamp(contact={"name": "王小明", "phone": "13800138000"})
    sealed = bytes(Person.objects.exclude(sealed=b"").latest("pk").sealed)
    assert sealed[:1] == suite().form
    assert unseal(sealed)["name"] == "王小明"
    point = checkpoint()
    assert point is not None
    assert len(point.key) == {"international": 64, "commercial": 66}[name]
    assert verify().holds
    assert verify(point.key).holds


@SUITES
@pytest.mark.django_db
def test_whoever_changes_an_entry_or_a_signature_is_found_out(
    name: str, tmp_path: Path, settings: Settings
) -> None:
    founded(name, tmp_path, settings)
    lamp()
    point = checkpoint()
    assert point is not None
    Checkpoint.objects.update(signature="00" * 64)
    assert verify().fault == "signature"
    Checkpoint.objects.update(signature=point.signature)
    assert verify().holds
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER log_entry_no_UPDATE")
            try:
                cursor.execute("UPDATE log_entry SET text = '{}' WHERE seq = 2")
                assert (verify().fault, verify().seq) == ("altered", 2)
            finally:
                cursor.execute(triggers.BY_VENDOR["sqlite"][0])


@pytest.mark.django_db
def test_a_log_of_one_suite_does_not_hold_in_the_other(tmp_path: Path, settings: Settings) -> None:
    founded("commercial", tmp_path, settings)
    lamp(contact={"name": "王小明", "phone": "13800138000"})
    sealed = bytes(Person.objects.exclude(sealed=b"").latest("pk").sealed)
    first = Entry.objects.earliest("seq")
    founded("international", tmp_path, settings)
    verdict = verify()
    assert (verdict.fault, verdict.seq) == ("altered", first.seq)
    with pytest.raises(BrokenSeal):
        unseal(sealed)


def test_what_was_founded_one_way_is_not_changed_to_the_other(
    tmp_path: Path, settings: Settings
) -> None:
    home = founded("commercial", tmp_path, settings)
    choose("commercial", home.keys)  # again: nothing changes
    with pytest.raises(WrongSuite, match="commercial"):
        choose("international", home.keys)
    old = founded("international", tmp_path, settings)
    seal({"name": "a"})
    assert not (old.keys / FILE).exists()
    with pytest.raises(WrongSuite, match="keeps it"):
        choose("commercial", old.keys)
    with pytest.raises(WrongSuite, match="no suite"):
        choose("homemade", old.keys)


def test_what_an_older_release_sealed_still_opens(tmp_path: Path, settings: Settings) -> None:
    """Bytes that the release before this interface made."""
    home = founded("international", tmp_path, settings)
    home.keys.mkdir(parents=True, exist_ok=True)
    (home.keys / "personal-fields").write_text("A" * 43)
    assert unseal(bytes.fromhex(OLD)) == {"name": "王小明"}


OLD = (
    "0177590b1ffa95af59844eca363535fd183290f2a9c1454bca63e2d665631f7a859f511402d1fda8"
    "246c42ddc7b8e749ff12fadff3b3"
)
