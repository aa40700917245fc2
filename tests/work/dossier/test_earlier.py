"""A county that kept files in the clear seals them once, and loses none over it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import TestCase

from gongzhi.base.files import store
from gongzhi.base.files.contents import whole
from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actions import now
from gongzhi.work.dossier import actions
from gongzhi.work.dossier.archive.earlier import seal_earlier, seal_earlier_words
from gongzhi.work.dossier.archive.exporting import export_case
from gongzhi.work.dossier.archive.verifying import first_fault
from gongzhi.work.dossier.archive.writing import write_archive
from gongzhi.work.dossier.models import EvidenceFile, Exhibit
from tests.work.dossier.hands import SYSTEM, account, case, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def in_the_clear(evidence: EvidenceFile, content: bytes) -> StoredFile:
    """As it was kept before: under its own hash, for anybody with the disk to read."""
    plain = StoredFile.objects.create(
        sha256=store.keep(content), media_type="text/plain", bytes=len(content), stored_at=now()
    )
    EvidenceFile.objects.filter(pk=evidence.pk).update(file=plain)
    return plain


def sealed_now() -> list[tuple[int, int, str]]:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return [(number, of, fault) for number, of, _what, fault in seal_earlier(SYSTEM)]


def test_files_and_archives_in_the_clear_are_sealed_once(tmp_path: Path) -> None:
    first, matter = somebody("first"), case()
    kept = actions.keep_evidence(first, matter, b"what was said")
    plain = in_the_clear(kept, b"what was said")
    folder = settings.HOME.archives / matter.number
    manifest = write_archive(matter, folder)
    with TestCase.captureOnCommitCallbacks(execute=True):
        steps = seal_earlier(SYSTEM)
        assert next(steps)[:2] == (1, 2)
        steps.close()  # type: ignore[attr-defined]  # interrupted: what is left goes on
    assert sealed_now() == [(1, 1, "")]
    assert sealed_now() == []
    plain.refresh_from_db()
    assert plain.key
    assert whole(plain) == b"what was said"
    assert not store.path_of(plain.sha256).exists()
    assert not folder.exists()
    again = export_case(SYSTEM, matter.number, tmp_path / "again", archived=True)
    assert again == manifest
    assert first_fault(tmp_path / "again") == ""


@pytest.mark.parametrize("what", ["a file", "an archive"])
def test_what_is_not_what_it_was_stays_and_is_named(what: str) -> None:
    first, matter = somebody("first"), case()
    kept = actions.keep_evidence(first, matter, b"whole")
    folder = settings.HOME.archives / matter.number
    if what == "a file":
        broken: Any = store.path_of(in_the_clear(kept, b"what was said, once").sha256)
    else:
        write_archive(matter, folder)
        broken = folder / "index.html"
    broken.write_bytes(b"something else")
    ((_, _, fault),) = sealed_now()
    assert "altered" in fault
    assert broken.read_bytes() == b"something else"
    for one in sorted(folder.rglob("*"), reverse=True):
        one.rmdir() if one.is_dir() else one.unlink()


def test_words_in_the_clear_still_read_and_are_sealed_a_few_at_a_time() -> None:
    first, second, matter = somebody("first"), somebody("second"), case()
    told = {"name": "欧阳的手机", "quantity": "一部", "found_at": "观澜码头"}
    for _ in range(3):
        actions.take_exhibit(first, matter, second=account(second), **told)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossier_exhibit SET name = '欧阳的手机', features = ''")
    assert {one.name for one in Exhibit.objects.all()} == {"欧阳的手机"}
    assert list(seal_earlier_words(SYSTEM)) == [("exhibit", 3)]
    assert list(seal_earlier_words(SYSTEM)) == []
    assert {one.name for one in Exhibit.objects.all()} == {"欧阳的手机"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, features FROM dossier_exhibit")
        for name, features in cursor.fetchall():
            assert name.startswith("gzt1:")
            assert features == ""
