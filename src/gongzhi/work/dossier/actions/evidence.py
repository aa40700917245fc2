"""Evidence files: hashed when they come, and read again for as long as they are kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.files.actions import keep_photo_sealed, keep_sealed
from gongzhi.base.files.contents import fault_of
from gongzhi.base.files.photos import Photo
from gongzhi.base.files.sealed import Sealed
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.people.purposes import Purpose
from gongzhi.base.people.sealing import seal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.events import (
    EVIDENCE_BROKEN,
    EVIDENCE_CHECKED,
    EVIDENCE_CORRECTED,
    EVIDENCE_KEPT,
    EVIDENCE_READ,
    EVIDENCE_SENT_AGAIN,
    EVIDENCE_WHOLE,
)
from gongzhi.work.dossier.models import EvidenceFile, Exhibit, ExhibitOffer
from gongzhi.work.dossier.permissions import KEEP, officer, require_reader, require_writer

LARGEST = 200 * 1024 * 1024
Kind = EvidenceFile.Kind
STARTS = {Kind.PICTURE: ("image/",), Kind.AUDIO: ("audio/",), Kind.VIDEO: ("video/",)}
"""What the bytes must be where somebody says what they are."""
BOTH = {"video/mp4", "video/webm", "video/quicktime", "audio/ogg"}
"""Containers that hold sound as well as film."""
LENGTHS = {"what": 200, "who": 80, "where": 200, "name": 200, "reason": 400}


@dataclass(frozen=True)
class Told:
    """What is said of a file: what it is, who took it, where, what it was called; sealed."""

    what: str = ""
    who: str = ""
    where: str = ""
    name: str = ""
    reason: str = ""
    """Why it takes another one's place."""


@action
def keep_evidence(
    by: Actor, matter: Matter, content: Sealed | bytes, *, kind: str = Kind.OTHER,
    told: Told | None = None, taken_at: datetime | None = None, exhibit: Exhibit | None = None,
    picture: Photo | None = None, replaces: EvidenceFile | None = None, key: str = "",
) -> EvidenceFile:  # fmt: skip
    """Keep a file exactly as it came, sealed; `picture` is what it shows, made anew, for the page.

    Sent again with the same `key` it is the one that was kept. Refuses what isn't of its kind.
    """
    keeper = require_writer(by, matter)
    if (sent := _sent_before(matter, keeper, key, content)) is not None:
        return sent
    sealed = content if isinstance(content, Sealed) else Sealed.of(content)
    _require_fit(sealed, kind, taken_at)
    if exhibit is not None and exhibit.matter_id != matter.pk:
        raise Refused(_("这件物证不属于这个案件。"), code="not_of_the_case")
    if replaces is not None:
        _require_correctable(replaces, matter, told)
    return _keep(
        by, keeper, matter, sealed, picture, kind=kind, taken_at=taken_at,
        told=_sealed(told), exhibit=exhibit, replaces=replaces, request_key=key or None,
    )  # fmt: skip


def _keep(
    by: Actor, keeper: Account, matter: Matter, sealed: Sealed, picture: Photo | None,
    **more: object,
) -> EvidenceFile:  # fmt: skip
    file = keep_sealed(by, sealed, matter)
    shown = keep_photo_sealed(by, picture, matter) if picture else None
    kept = EvidenceFile.objects.create(
        matter=matter, file=file, shown=shown, sha256=file.sha256, kept_by=keeper, kept_at=now(),
        **more,
    )  # fmt: skip
    record(EVIDENCE_KEPT, matter, evidence=kept.pk, sha256=kept.sha256)
    if kept.replaces_id:
        record(EVIDENCE_CORRECTED, matter, evidence=kept.pk, replaces=kept.replaces_id)
    return kept


def _sent_before(
    matter: Matter, keeper: Account, key: str, content: Sealed | bytes
) -> EvidenceFile | None:
    """What came with this key already; the matter is held, so that two at once take turns.
    Refuses another file, or somebody else, with a key that was used."""
    Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    sent = EvidenceFile.objects.filter(request_key=key).first() if key else None
    if sent is None:
        return None
    digest = content.sha256 if isinstance(content, Sealed) else sha256(content).hexdigest()
    if (sent.kept_by_id, sent.matter_id, sent.sha256) != (keeper.pk, matter.pk, digest):
        raise Refused(_("请刷新页面后重新选择文件。"), code="key_taken", status=409)
    record(EVIDENCE_SENT_AGAIN, matter, evidence=sent.pk)
    return sent


def _require_fit(sealed: Sealed, kind: str, taken_at: datetime | None) -> None:
    """Refuse what is empty, too large, taken in the future, or not what it is called."""
    if kind not in Kind.values:
        _refuse(_("请选择是什么类型的证据。"), "no_kind", "kind")
    if not sealed.length:
        _refuse(_("文件是空的，可能没有传完。请重新选择。"), "evidence_empty", "file")
    if sealed.length > LARGEST:
        _refuse(_("证据文件太大，每个最多 200 MB。"), "evidence_size", "file", 413)
    if taken_at is not None and taken_at > now():
        _refuse(_("取得的时间在将来，请检查。"), "taken_later", "taken_at")
    starts, is_it = STARTS.get(Kind(kind), ("",)), sealed.media_type
    both = kind == Kind.AUDIO and is_it in BOTH
    if not is_it.startswith(starts) and not both:
        words = _("文件内容不是%(kind)s（看内容是 %(type)s），只改名字不算。请换文件或者换类型。")
        said = {"kind": Kind(kind).label, "type": is_it}
        _refuse(words % said, "other_kind", "file")


def _require_correctable(held: EvidenceFile, matter: Matter, told: Told | None) -> None:
    if held.matter_id != matter.pk:
        raise Refused(_("这份证据不属于这个案件。"), code="not_of_the_case")
    if EvidenceFile.objects.filter(replaces=held).exists():
        raise Refused(_("这份证据已经更正过，请在最新的那份上更正。"), code="corrected", status=409)
    if told is None or not told.reason.strip():
        _refuse(_("请写明为什么更正。"), "no_reason", "reason")


def _refuse(words: str, code: str, field: str, status: int = 422) -> None:
    raise Refused(words, code=code, status=status, fields={field: words})


def _sealed(told: Told | None) -> bytes:
    said = asdict(told) if told else {}
    return seal({name: text.strip()[: LENGTHS[name]] for name, text in said.items() if text})


@action
def read_evidence(by: Actor, evidence: EvidenceFile, *, purpose: str, form: str) -> EvidenceFile:
    """Look at a file, or take a copy: who, what for and when stays on the log."""
    require_reader(by, evidence.matter)
    if purpose not in Purpose.values:
        raise Refused(_("请选择查看的用途。"), code="no_purpose", fields={"purpose": _("请选择")})
    if evidence.erased_at is not None:
        raise Refused(_("文件已经依法清除。"), code="file_erased", status=410)
    record(EVIDENCE_READ, evidence.matter, evidence=evidence.pk, purpose=purpose, form=form)
    return evidence


@action
def add_exhibit_photo(
    by: Actor, exhibit: Exhibit, content: Sealed, picture: Photo, *,
    offer: ExhibitOffer | None = None, key: str = "",
) -> EvidenceFile:  # fmt: skip
    """Keep how an exhibit looked, when it was taken or handed over: the original as evidence, and
    the picture made anew for the page. By whoever took it, holds it or is taking it over."""
    keeper = officer(by)
    require(by, KEEP)
    if (sent := _sent_before(exhibit.matter, keeper, key, content)) is not None:
        return sent
    hands = exhibit.custodies.filter(holder=keeper) | exhibit.custodies.filter(
        exhibit__offers__taker=keeper
    )
    if not hands.exists() or (offer is not None and offer.exhibit_id != exhibit.pk):
        raise Refused(_("只有经手这件物证的人能添加照片。"), code="not_in_your_hands", status=403)
    _require_fit(content, Kind.PICTURE, None)
    told = _sealed(Told(str(exhibit), str(keeper), offer.where if offer else exhibit.found_at))
    return _keep(by, keeper, exhibit.matter, content, picture, kind=Kind.PICTURE, told=told,
                 taken_at=now(), exhibit=exhibit, offer=offer, request_key=key or None)  # fmt: skip


@action
def check_evidence(by: Actor, evidence: EvidenceFile) -> str:
    """Read a file anew. That it no longer is what it was, or is again, is on the log."""
    held = EvidenceFile.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    fault = fault_of(held.file) if held.file else "erased"
    whole = not fault
    kind = EVIDENCE_WHOLE if whole else EVIDENCE_BROKEN
    held.broken_at, held.checked_at = None if whole else now(), now()
    held.save(update_fields=["broken_at", "checked_at"])
    record(kind, held.matter, evidence=held.pk, sha256=held.sha256)
    return fault


@action
def note_checked(by: Actor, whole: Collection[int], *, broken: int) -> None:
    """Note that these files were read anew and are what they were."""
    at = now()
    EvidenceFile.objects.filter(pk__in=whole).update(checked_at=at)
    record(EVIDENCE_CHECKED, "dossier.evidence", files=len(whole) + broken, broken=broken)
