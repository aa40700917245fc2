"""Evidence files: kept as they came, sealed, never written over, and opened on the record."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongzhi.base.files import store, uploads
from gongzhi.base.files.contents import whole
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.photos import LARGEST
from gongzhi.base.files.photos import make_anew as anew
from gongzhi.base.files.sealed import Sealed
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier import actions
from gongzhi.work.dossier.actions import Told
from gongzhi.work.dossier.models import EvidenceFile, Exhibit
from gongzhi.work.dossier.readers import check_all_evidence
from tests.base.files.pictures import picture, with_gps
from tests.work.dossier.hands import SYSTEM, account, case, somebody, station

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
KEY = "0123456789abcdef-new"


def browser(by: Actor) -> Client:
    client = Client()
    client.force_login(account(by))
    return client


def sent(content: bytes, name: str = "笔录.txt", **more: Any) -> dict[str, Any]:
    return {
        "file": SimpleUploadedFile(name, content), "kind": "other", "what": "码头监控说明",
        "who": "海小某", "taken_at": "2026-11-20T09:30", "where": "观澜码头", **more,
    }  # fmt: skip


def said(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture(autouse=True)
def _an_empty_store() -> None:
    for one in parts():
        one.unlink()


def parts() -> list[Path]:
    """Halves of files that nobody kept."""
    return [one for one in django_settings.HOME.files.rglob(".part-*") if one.is_file()]


def test_a_file_is_kept_as_it_came_with_who_when_where_and_its_hash() -> None:
    first, matter = somebody("first"), case()
    page, here = browser(first), f"/dossier/{matter.pk}/"
    content = b"as it came, to the last byte\x00\xff"
    assert page.post(f"{here}evidence/", sent(content)).status_code == 302
    kept = EvidenceFile.objects.get()
    assert kept.sha256 == sha256(content).hexdigest()
    assert kept.file
    assert whole(kept.file) == content
    assert kept.taken_at == datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    for word in ("码头监控说明".encode(), "观澜码头".encode(), "笔录".encode()):
        assert word not in bytes(kept.told)
    shown = said(page.get(here))
    assert "码头监控说明" in shown
    assert kept.sha256[:16] in shown
    assert "还没有核对过" in shown
    check_all_evidence()
    assert "上次核对" in said(page.get(here))
    assert not parts()


def test_each_look_is_for_a_purpose_and_on_the_log_and_is_only_ever_a_download() -> None:
    first, matter = somebody("first"), case()
    page = browser(first)
    page.post(f"/dossier/{matter.pk}/evidence/", sent(b"<html><script>1</script>", "x.html"))
    kept = EvidenceFile.objects.get()
    here = f"/dossier/evidence/{kept.pk}/read/"
    assert page.post(here, {"form": "original"}).status_code == 400
    assert not Entry.objects.filter(kind="dossier.evidence_read").exists()
    answer = page.post(here, {"form": "original", "purpose": "handle"})
    assert b"".join(answer) == b"<html><script>1</script>"  # type: ignore[arg-type]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert f"evidence-{kept.pk}.txt" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    entry = Entry.objects.get(kind="dossier.evidence_read")
    assert (entry.by, '"purpose":"handle"' in entry.text) == (
        f"account:{account(first).pk}", True,
    )  # fmt: skip
    stranger = browser(somebody("far", unit=station("other")))
    assert stranger.post(here, {"form": "original", "purpose": "handle"}).status_code == 403


def test_a_picture_is_shown_made_anew_and_the_original_keeps_every_byte() -> None:
    first, matter = somebody("first"), case()
    page, original = browser(first), with_gps()
    page.post(f"/dossier/{matter.pk}/evidence/", sent(original, "a.jpg", kind="picture"))
    kept = EvidenceFile.objects.get()
    assert kept.file
    assert kept.shown
    assert whole(kept.file) == original
    assert b"SecretCameraMaker" in original
    look = {"form": "picture", "purpose": "verify"}
    answer = page.post(f"/dossier/evidence/{kept.pk}/read/", look)
    shown = b"".join(answer)  # type: ignore[arg-type]
    assert shown[:2] == b"\xff\xd8"
    assert b"SecretCameraMaker" not in shown
    assert answer.headers["Content-Type"] == "image/jpeg"
    # Without a purpose not even that: the address of pictures knows nothing of it.
    assert page.get(f"/files/{kept.shown_id}/").status_code == 404
    assert page.get(f"/files/{kept.file_id}/").status_code == 404


@pytest.mark.parametrize(
    ("content", "more", "status", "words"),
    [
        (b"", {}, 422, "文件是空的"),
        (b"only text", {"name": "photo.jpg", "kind": "picture"}, 422, "只改名字不算"),
        (b"\xff\xd8\xff broken", {"name": "a.wav", "kind": "audio"}, 422, "只改名字不算"),
        (b"x", {"kind": "no_such"}, 422, "请选择是什么类型"),
        (b"x", {"what": " "}, 422, "请写明这是什么"),
        (b"x", {"taken_at": "2026-13-40T99:99"}, 422, "请填取得的时间"),
        (b"x", {"taken_at": "2999-01-01T00:00"}, 422, "在将来"),
        (b"x", {"where": "码头\x00"}, 400, ""),
        (b"x", {"replaces": "99999"}, 404, "没有这份证据"),
    ],
)
def test_what_is_wrong_is_said_and_leaves_nothing(
    content: bytes, more: dict[str, Any], status: int, words: str
) -> None:
    first, matter = somebody("first"), case()
    told = sent(content, more.pop("name", "x.bin"), **more)
    answer = browser(first).post(f"/dossier/{matter.pk}/evidence/", told)
    assert answer.status_code == status
    assert words in said(answer)
    assert not EvidenceFile.objects.exists()
    assert not StoredFile.objects.exists()
    assert not parts()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "C:\\windows\\a.exe",
        "证" * 300 + ".jpg",
        "a\x00b.txt",
        "\u202egpj.exe",
        "\r\nX: y",
    ],
)
def test_what_it_is_called_never_leads_anywhere(name: str) -> None:
    first, matter = somebody("first"), case()
    page = browser(first)
    answer = page.post(f"/dossier/{matter.pk}/evidence/", sent(b"content", name))
    kept = EvidenceFile.objects.first()
    if kept is None:
        assert answer.status_code in {400, 422}
        return
    look = {"form": "original", "purpose": "handle"}
    head = page.post(f"/dossier/evidence/{kept.pk}/read/", look).headers["Content-Disposition"]
    assert head == f'attachment; filename="evidence-{kept.pk}.txt"'
    inside = django_settings.HOME.files.resolve()
    assert kept.file
    assert store.path_of(kept.file.sealed_as).resolve().is_relative_to(inside)
    assert page.get(f"/dossier/{matter.pk}/").status_code == 200


def test_sent_twice_with_one_key_it_is_kept_once() -> None:
    first, second, matter = somebody("first"), somebody("second"), case()
    here = f"/dossier/{matter.pk}/evidence/"
    for _ in range(2):
        again = browser(first).post(here, sent(b"content", key=KEY))
        assert again.status_code == 302
    assert EvidenceFile.objects.count() == StoredFile.objects.count() == 1
    assert Entry.objects.filter(kind="dossier.evidence_sent_again").count() == 1
    # The key of another file, or of somebody else, is no way to anything.
    assert browser(first).post(here, sent(b"other", key=KEY)).status_code == 409
    assert browser(second).post(here, sent(b"content", key=KEY)).status_code == 409
    assert not parts()


def test_more_than_may_be_sent_is_refused_while_it_arrives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "SEALED_LARGEST", 3 * 1024 * 1024)
    first, matter = somebody("first"), case()
    answer = browser(first).post(f"/dossier/{matter.pk}/evidence/", sent(bytes(5 * 1024 * 1024)))
    assert answer.status_code == 413
    assert "最多 200 MB" in said(answer)
    assert not parts()
    assert not StoredFile.objects.exists()


def test_whoever_has_not_signed_in_seals_nothing_and_gets_no_larger_limit() -> None:
    matter = case()
    answer = Client().post(f"/dossier/{matter.pk}/evidence/", sent(bytes(21 * 1024 * 1024)))
    assert answer.status_code in {302, 403, 413}
    assert not parts()
    assert not EvidenceFile.objects.exists()


def test_a_correction_never_writes_over_and_says_why() -> None:
    first, matter = somebody("first"), case()
    page, here = browser(first), f"/dossier/{matter.pk}/evidence/"
    page.post(here, sent(b"wrong cut"))
    old = EvidenceFile.objects.get()
    assert page.post(here, sent(b"right cut", replaces=old.pk)).status_code == 422
    told = sent(b"right cut", replaces=old.pk, reason="原来只导出了一半")
    assert page.post(here, told).status_code == 302
    new = EvidenceFile.objects.latest("pk")
    assert new.replaces == old
    old.refresh_from_db()
    assert old.file
    assert whole(old.file) == b"wrong cut"
    shown = said(page.get(f"/dossier/{matter.pk}/"))
    assert "原来只导出了一半" in shown
    assert "已更正" in shown
    again = sent(b"third", replaces=old.pk, reason="再来")
    assert page.post(here, again).status_code == 409


def test_a_file_that_was_altered_is_refused_whole_and_raises_the_alarm() -> None:
    first, matter = somebody("first"), case()
    kept = actions.keep_evidence(first, matter, b"x" * 300_000)
    assert kept.file
    path = store.path_of(kept.file.sealed_as)
    was = path.read_bytes()
    path.write_bytes(was[:-1] + bytes([was[-1] ^ 1]))
    look = {"form": "original", "purpose": "handle"}
    answer = browser(first).post(f"/dossier/evidence/{kept.pk}/read/", look)
    assert answer.status_code == 409
    assert "不一样" in said(answer)
    assert check_all_evidence() == 1
    assert Entry.objects.filter(kind="dossier.evidence_broken").count() == 1
    assert "缺失或者被改动" in said(browser(first).get(f"/dossier/{matter.pk}/"))
    path.write_bytes(was)


def taken(by: Actor, matter: Matter, second: Actor, **more: Any) -> Exhibit:
    told = {"name": "黑色手机", "quantity": "一部", "found_at": "观澜码头", **more}
    return actions.take_exhibit(by, matter, second=account(second), **told)


def shot(content: bytes) -> Any:
    return Sealed.of(content), anew(io.BytesIO(content))


def test_an_exhibit_is_shown_as_it_looked_when_taken_and_when_handed_over() -> None:
    first, second, keeper = somebody("first"), somebody("second"), somebody("keeper", "officer")
    matter = case()
    here = f"/dossier/{matter.pk}/"
    original = with_gps()
    form = {
        "name": "黑色手机", "quantity": "一部", "found_at": "观澜码头",
        "second": account(second).pk, "photo": SimpleUploadedFile("p.jpg", original),
    }  # fmt: skip
    assert browser(first).post(f"{here}take/", form).status_code == 302
    thing = Exhibit.objects.get()
    give = {"purpose": "store", "to": account(keeper).pk, "where": "物证室"}
    browser(first).post(f"/dossier/exhibits/{thing.pk}/offer/", give)
    offer = thing.offers.get()
    as_taken_over = {"photo": SimpleUploadedFile("q.png", picture("PNG"))}
    confirmed = browser(keeper).post(f"/dossier/offers/{offer.pk}/confirm/", as_taken_over)
    assert confirmed.status_code == 302
    photos = list(thing.files.order_by("pk"))
    assert [one.offer_id for one in photos] == [None, offer.pk]
    assert photos[0].file
    assert whole(photos[0].file) == original
    page = browser(keeper)
    assert f"/files/{photos[0].shown_id}/small/" in said(page.get(here))
    answer = page.get(f"/files/{photos[0].shown_id}/")
    assert b"SecretCameraMaker" not in b"".join(answer)  # type: ignore[arg-type]
    assert page.get(f"/files/{photos[0].file_id}/").status_code == 404
    stranger = browser(somebody("far", unit=station("other")))
    assert stranger.get(f"/files/{photos[0].shown_id}/").status_code == 404


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"only text", 422, "不是照片"),
        (b"\xff\xd8\xff" + bytes(LARGEST), 413, "最多 20 MB"),
    ],
)
def test_a_photo_of_an_exhibit_that_is_none_or_too_big_takes_nothing(
    content: bytes, status: int, words: str
) -> None:
    first, second, matter = somebody("first"), somebody("second"), case()
    form = {
        "name": "手机", "quantity": "一部", "found_at": "码头", "second": account(second).pk,
        "photo": SimpleUploadedFile("p.jpg", content),
    }  # fmt: skip
    answer = browser(first).post(f"/dossier/{matter.pk}/take/", form)
    assert (answer.status_code, words in said(answer)) == (status, True)
    assert not Exhibit.objects.exists()
    assert not parts()


def administrative() -> Matter:
    told = {"words": "包在码头被偷了", "place": "观澜码头", "channel": "phone"}
    new = NewMatter(procedure="administrative_case", category="theft", owner=station(), **told)  # type: ignore[arg-type]
    return open_matter(SYSTEM, new)


def test_the_day_until_a_keeper_has_it_begins_and_ends_by_itself() -> None:
    first, second, keeper = somebody("first"), somebody("second"), somebody("keeper", "officer")
    begun = datetime(2026, 11, 1, 8, tzinfo=UTC)
    with moment(begun - timedelta(days=1)):
        matter = administrative()
    runs = ClockRun.objects.filter(matter=matter, clock="adm_041")

    def store_away(thing: Exhibit) -> None:
        offer = actions.offer_exhibit(first, thing, "store", account(keeper), where="物证室")
        actions.confirm_offer(keeper, offer)

    with moment(begun):
        one = taken(first, matter, second)
    assert [run.due_at for run in runs] == [begun + timedelta(hours=24)]
    with moment(begun + timedelta(hours=5)):
        two = taken(first, matter, second)
    assert runs.get(stopped_at=None).due_at == begun + timedelta(hours=24)
    with moment(begun + timedelta(hours=6)):
        store_away(one)
    assert runs.get(stopped_at=None).due_at == begun + timedelta(hours=29)  # of the second
    with moment(begun + timedelta(hours=7)):
        store_away(two)
    assert not runs.filter(stopped_at=None).exists()
    assert {run.outcome for run in runs.all()} == {"met"}


def test_only_those_who_have_it_in_hand_photograph_an_exhibit() -> None:
    first, second, other = somebody("first"), somebody("second"), somebody("other", "officer")
    thing = taken(first, case(), second)
    with pytest.raises(Refused, match="经手"):
        actions.add_exhibit_photo(other, thing, *shot(picture()))
    assert actions.add_exhibit_photo(first, thing, *shot(picture())).shown


def test_what_is_said_of_a_file_is_no_longer_than_its_field() -> None:
    first, matter = somebody("first"), case()
    kept = actions.keep_evidence(first, matter, b"x", told=Told(what="长" * 5000))
    assert len(bytes(kept.told)) < 1000
