"""What belongs to a case lies sealed: nobody reads it without the key, nobody changes it unseen."""

from __future__ import annotations

import io
import os
import time
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.files import store
from gongzhi.base.files.actions import destroy_key, erase_file, keep_photo, keep_sealed, seal_kept
from gongzhi.base.files.contents import Unreadable, fault_of, require_whole, whole
from gongzhi.base.files.kinds import kind_of
from gongzhi.base.files.models import StoredFile, SubjectKey
from gongzhi.base.files.sealed import Sealed
from gongzhi.base.files.selectors import broken_files, orphans
from gongzhi.base.files.streams import PIECE, Sealing, opened
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Unit
from gongzhi.base.people.sealing import KEY_NAME, BrokenSeal
from gongzhi.base.ui.errors import Refused
from gongzhi.config.home import Home
from tests.base.files.pictures import picture

BY = Actor.system("test")
KEY = bytes(range(32))


@pytest.fixture
def home(tmp_path: object, settings: object) -> Home:
    """A county's home of this test's own."""
    made = Home(tmp_path)  # type: ignore[arg-type]
    settings.HOME = made  # type: ignore[attr-defined]
    return made


def sealed(content: bytes, key: bytes = KEY) -> bytes:
    out = io.BytesIO()
    writing = Sealing(out, key)
    writing.write(content)
    writing.finish()
    assert writing.sha256 == sha256(content).hexdigest()
    assert writing.sealed_sha256 == sha256(out.getvalue()).hexdigest()
    return out.getvalue()


def read(content: bytes, key: bytes = KEY) -> bytes:
    return b"".join(opened(io.BytesIO(content), key))


@given(length=st.sampled_from([0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7]))
def test_what_was_sealed_is_read_back_whole_and_never_twice_the_same(length: int) -> None:
    content = os.urandom(length)
    first, second = sealed(content), sealed(content)
    assert read(first) == read(second) == content
    assert first != second
    assert length < 16 or content[:16] not in first


@given(
    at=st.integers(0, 10**9),
    what=st.sampled_from(["flip", "cut", "cut a piece", "swap", "twice", "append", "key"]),
)
def test_whatever_is_changed_moved_or_cut_off_is_noticed(at: int, what: str) -> None:
    good = sealed(os.urandom(3 * PIECE + 100))
    head, step = 20, PIECE + 16
    one, two = good[head : head + step], good[head + step : head + 2 * step]
    at %= len(good)
    bad = {
        "flip": good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :],
        "cut": good[:at],
        "cut a piece": good[: head + 3 * step],
        "swap": good[:head] + two + one + good[head + 2 * step :],
        "twice": good[: head + step] + good[head:],
        "append": good + b"x",
        "key": good,
    }[what]
    with pytest.raises(BrokenSeal):
        read(bad, bytes(32) if what == "key" else KEY)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\xff\xd8\xff\xe0....JFIF", "image/jpeg"),
        (b"<html><script>alert(1)</script>", "text/plain"),
        ("听澜县公安局".encode("gb18030"), "text/plain"),
        (b"%PDF-1.7", "application/pdf"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"#!AMR\n\x3c\x91", "audio/amr"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"\x00\x00\x00\x18ftypM4A ", "audio/mp4"),
        (b"MZ\x90\x00\x03", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_what_a_file_is_its_bytes_say(start: bytes, kind: str) -> None:
    assert kind_of(start) == kind


@pytest.fixture
def subject(db: None) -> Unit:
    return Unit.objects.create(code="u", kind="station", name_zh="所", name_en="Station")


pytestmark_db = pytest.mark.both_databases


def altered(name: str) -> None:
    path = store.path_of(name)
    was = bytearray(path.read_bytes())
    was[-1] ^= 1
    path.write_bytes(bytes(was))


@pytestmark_db
def test_nothing_of_it_is_on_the_disk_and_its_hash_is_of_what_came(
    home: Home, subject: Unit
) -> None:
    content = "询问笔录：海某说……".encode() * 4000
    kept = keep_sealed(BY, content, subject)
    assert kept.sha256 == sha256(content).hexdigest()
    assert whole(kept) == content
    assert fault_of(kept) == ""
    assert store.holds(kept.sealed_as)  # by the hash of what lies there, without any key
    assert not store.path_of(kept.sha256).exists()
    for path in home.root.rglob("*"):
        assert not path.is_file() or content[:40] not in path.read_bytes()


@pytestmark_db
def test_each_thing_that_can_be_wrong_is_said_in_words(home: Home, subject: Unit) -> None:
    one, two = keep_sealed(BY, b"one", subject), keep_sealed(BY, b"two", subject)
    altered(one.sealed_as)
    store.path_of(two.sealed_as).unlink()
    assert [fault for _, _, fault in broken_files()] == ["altered", "missing"]
    with pytest.raises(Refused, match="不一样"):
        require_whole(one)
    three = keep_sealed(BY, b"three", subject)
    key = home.keys / KEY_NAME
    key.rename(home.root / "elsewhere")
    with pytest.raises(Refused, match=r"密钥不在了.*放回 keys"):
        require_whole(three)
    key.unlink(missing_ok=True)
    (home.root / "elsewhere").rename(key)
    assert fault_of(three) == ""


@pytestmark_db
def test_with_its_key_destroyed_every_copy_is_unreadable(home: Home, subject: Unit) -> None:
    kept = keep_sealed(BY, b"a secret", subject)
    copy = store.path_of(kept.sealed_as).read_bytes()
    destroy_key(BY, subject, reason="expired")
    kept.refresh_from_db()
    assert store.path_of(kept.sealed_as).read_bytes() == copy
    with pytest.raises(Unreadable, match="erased"):
        whole(kept)
    assert not bytes(SubjectKey.objects.get().sealed)
    with pytest.raises(Refused, match="已经清除"):
        keep_sealed(BY, b"more", subject)


@pytestmark_db
def test_what_lay_in_the_clear_is_sealed_once_and_keeps_its_hash(
    home: Home, subject: Unit, django_capture_on_commit_callbacks: object
) -> None:
    photo = keep_photo(BY, io.BytesIO(picture()))
    before, was = whole(photo), [photo.sha256, photo.thumbnail]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        held = seal_kept(BY, photo, subject)
    again = seal_kept(BY, held, subject)
    assert (again.sealed_as, again.sha256) == (held.sealed_as, photo.sha256)
    assert whole(held) == before
    assert whole(held, small=True)[:2] == b"\xff\xd8"
    assert not any(store.path_of(name).exists() for name in was)
    assert fault_of(held) == ""


@pytestmark_db
def test_what_is_broken_is_not_sealed_over(home: Home, subject: Unit) -> None:
    photo = keep_photo(BY, io.BytesIO(picture()))
    store.path_of(photo.sha256).write_bytes(b"something else")
    with pytest.raises(Unreadable, match="altered"):
        seal_kept(BY, photo, subject)
    assert StoredFile.objects.get().key is None


@pytestmark_db
def test_what_nobody_kept_goes_and_what_is_erased_leaves_nothing(
    home: Home, subject: Unit, django_capture_on_commit_callbacks: object
) -> None:
    never = Sealed.of(b"never kept")
    never.close()
    assert not never.part.exists()
    kept = keep_sealed(BY, b"kept", subject)
    for path in home.files.rglob("*"):
        os.utime(path, (time.time() - 2 * store.A_DAY,) * 2)
    assert list(orphans()) == []
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erase_file(BY, kept, reason="expired")
    assert [path for path in home.files.rglob("*") if path.is_file()] == []
