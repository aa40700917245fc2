"""A photo that was acknowledged is on the disk, whole; only who may see its matter can open it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import transaction
from django.http import HttpRequest
from django.test import Client, TestCase
from pytest_django import Settings

from gongzhi.base.files import permissions, store
from gongzhi.base.files.actions import erase_file, keep_photo
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.photos import make_anew
from gongzhi.base.files.selectors import broken_files, orphans
from gongzhi.base.files.uploads import MOST, Limit
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.config.home import Home
from tests.base.files.pictures import picture, upload, with_gps

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BY = Actor.resident()


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Home:
    settings.HOME = Home(tmp_path)
    return Home(tmp_path)


@pytest.fixture
def seen_by_all() -> Iterator[None]:
    """As if some room let everybody see every file."""

    def everybody(request: HttpRequest, file: StoredFile) -> bool:
        return True

    with patch.dict(permissions._eyes):
        permissions.let_see(everybody)
        yield


def test_a_photo_lies_under_the_hash_of_what_we_made_of_it(home: Home) -> None:
    kept = keep_photo(BY, upload(with_gps(), "我家门口.jpg"))
    content = (home.files / kept.sha256[:2] / kept.sha256).read_bytes()
    assert len(content) == kept.bytes
    assert store.holds(kept.sha256)
    assert store.holds(kept.thumbnail)
    assert (kept.media_type, kept.width, kept.height) == ("image/jpeg", 640, 480)
    assert not list(home.files.rglob(".part-*"))


def test_the_log_knows_that_there_is_one_and_nothing_more() -> None:
    kept = keep_photo(BY, upload(picture(), "张三的家.jpg"))
    entry = Entry.objects.get()
    assert (entry.kind, entry.subject) == ("files.file_kept", f"files.storedfile:{kept.pk}")
    assert "张三" not in entry.text
    assert kept.sha256 not in entry.text


def test_nothing_is_kept_of_what_is_refused(home: Home) -> None:
    with pytest.raises(Refused):
        keep_photo(BY, upload(b"text"))
    assert not StoredFile.objects.exists()
    assert not Entry.objects.exists()
    assert not home.files.exists()


def test_the_same_photo_twice_is_two_rows_and_one_content(home: Home) -> None:
    photo = make_anew(upload(picture()))
    first, second = keep_photo(BY, photo), keep_photo(BY, photo)
    assert first.pk != second.pk
    assert len([path for path in home.files.rglob("*") if path.is_file()]) == 2
    with TestCase.captureOnCommitCallbacks(execute=True):
        erase_file(BY, first, reason="asked")
    assert store.holds(second.sha256)
    with TestCase.captureOnCommitCallbacks(execute=True):
        erase_file(BY, second, reason="asked")
    assert not store.path_of(second.sha256).exists()
    assert not store.path_of(second.thumbnail).exists()


def test_what_a_failed_action_left_is_found_after_a_day_and_not_before(home: Home) -> None:
    def fail() -> None:
        with transaction.atomic():
            keep_photo(BY, upload(picture()))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert not StoredFile.objects.exists()
    assert not list(orphans())
    kept = keep_photo(BY, upload(picture(size=(90, 80))))
    _age(home)
    left = list(orphans())
    assert len(left) == 2
    assert not {kept.sha256, kept.thumbnail} & set(left)


def _age(home: Home) -> None:
    for path in home.files.rglob("*"):
        os.utime(path, (time.time() - 2 * store.A_DAY,) * 2)


def test_what_is_wanted_again_is_no_orphan_while_it_is_being_kept(home: Home) -> None:
    digest = store.keep(b"content")
    _age(home)
    store.keep(b"content")
    assert list(orphans()) == []
    _age(home)
    assert list(orphans()) == [digest]
    store.discard(digest)
    assert list(store.contents(0)) == []


def test_a_changed_or_lost_file_is_named() -> None:
    kept, other = keep_photo(BY, upload(picture())), keep_photo(BY, upload(with_gps(3)))
    assert list(broken_files()) == []
    store.path_of(kept.sha256).write_bytes(b"changed")
    store.path_of(other.thumbnail).unlink()
    assert list(broken_files()) == [
        (kept.pk, kept.sha256, "altered"), (other.pk, other.sha256, "missing"),
    ]  # fmt: skip


def test_nobody_sees_a_file_that_belongs_to_nothing(client: Client) -> None:
    kept = keep_photo(BY, upload(picture()))
    unknown = client.get(f"/files/{kept.pk + 1}/")
    for path in ("", "small/"):
        hidden = client.get(f"/files/{kept.pk}/{path}")
        assert hidden.status_code == 404
        assert hidden.content == unknown.content  # one can't even tell that it is there


def test_a_photo_of_a_matter_is_seen_by_staff_who_may_see_matters_and_by_no_one_else() -> None:
    unit = Unit.objects.create(code="u", kind="department", name_zh="局", name_en="Unit")
    attached, alone = keep_photo(BY, upload(picture())), keep_photo(BY, upload(picture()))
    open_matter(
        BY, NewMatter("resident_request", "lamp_out", unit, words="灯不亮", files=[attached])
    )
    sees = {"partner": 200, "analyst": 404, "": 404}
    for role, status in sees.items():
        client = Client()
        if role:
            account = Account.objects.create(username=role, unit=unit, roles=[role])
            client.force_login(account)
        assert client.get(f"/files/{attached.pk}/").status_code == status, role
        assert client.get(f"/files/{alone.pk}/").status_code == 404


@pytest.mark.usefixtures("seen_by_all")
def test_who_may_see_it_gets_a_picture_and_never_a_page(client: Client) -> None:
    kept = keep_photo(BY, upload(picture(), "x.html", "text/html"))
    for path, digest in (("", kept.sha256), ("small/", kept.thumbnail)):
        shown = client.get(f"/files/{kept.pk}/{path}")
        assert shown.status_code == 200
        assert shown["Content-Type"] == "image/jpeg"
        assert shown["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in shown["Content-Security-Policy"]
        assert "private" in shown["Cache-Control"]
        assert b"".join(shown.streaming_content) == store.path_of(digest).read_bytes()  # type: ignore[attr-defined, arg-type]
    assert client.post(f"/files/{kept.pk}/").status_code in {403, 405}


@pytest.mark.usefixtures("seen_by_all")
def test_another_kind_of_file_could_only_be_downloaded(client: Client) -> None:
    kept = keep_photo(BY, upload(picture()))
    StoredFile.objects.update(media_type="text/html")
    shown = client.get(f"/files/{kept.pk}/")
    assert shown["Content-Type"] == "application/octet-stream"
    assert shown["Content-Disposition"].startswith("attachment")


@pytest.mark.usefixtures("seen_by_all")
def test_a_content_that_is_gone_is_said_in_words(client: Client) -> None:
    kept = keep_photo(BY, upload(picture()))
    store.path_of(kept.sha256).unlink()
    assert client.get(f"/files/{kept.pk}/").status_code == 404


def test_too_much_is_refused_while_it_still_arrives() -> None:
    limit, piece = Limit(), b"x" * (4 * 1024 * 1024)
    limit.new_file("photos", "a.jpg", "image/jpeg", None, None, None)
    for _ in range(5):
        assert limit.receive_data_chunk(piece, 0) is piece
    with pytest.raises(Refused) as wrong:
        limit.receive_data_chunk(b"x", 0)
    assert wrong.value.status == 413


def test_many_files_together_may_be_too_much() -> None:
    many, piece = Limit(), b"x" * (4 * 1024 * 1024)
    for _ in range(MOST // len(piece)):
        many.new_file("photos", "a.jpg", "image/jpeg", None, None, None)
        many.receive_data_chunk(piece, 0)
    many.new_file("photos", "a.jpg", "image/jpeg", None, None, None)
    with pytest.raises(Refused):
        many.receive_data_chunk(b"x", 0)


def test_a_form_with_a_file_that_is_too_big_is_answered_in_words(client: Client) -> None:
    big = upload(b"\xff\xd8\xff" + b"x" * (20 * 1024 * 1024))
    answered = client.post("/report/", {"photos": big}, headers={"Accept-Language": "zh-CN"})
    assert answered.status_code == 413
    assert "20 MB" in answered.content.decode()
