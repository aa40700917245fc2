"""Adding evidence files, correcting them, and opening them for a purpose."""

from __future__ import annotations

import io
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.files.kinds import ending_of
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.pages import download, shown_inline
from gongzhi.base.files.permissions import let_see
from gongzhi.base.files.photos import LARGEST, TOO_BIG, Photo, make_anew
from gongzhi.base.files.sealed import Sealed
from gongzhi.base.files.uploads import SealedUpload, seals_uploads
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.dossier import actions
from gongzhi.work.dossier.actions import Told
from gongzhi.work.dossier.actions.evidence import LENGTHS
from gongzhi.work.dossier.models import EvidenceFile
from gongzhi.work.dossier.pages.case import matter_of
from gongzhi.work.dossier.permissions import VIEW, WRITE, require_page

KEY_LENGTHS = range(16, 65)


@seals_uploads
@staff(WRITE)
@require_POST
def add(request: HttpRequest, key: int) -> HttpResponse:
    """Keep a file as evidence, sealed while it arrived; or another in the place of one."""
    matter = matter_of(request, key)
    sealed, told, taken_at = file_in(request, "file"), _told(request), _taken_at(request)
    if sealed is None:
        raise _refused(_("请选择文件。"), "no_file", "file")
    picture = _if_it_shows(sealed) if request.POST.get("kind") == "picture" else None
    actions.keep_evidence(
        by_of(request), matter, sealed, kind=request.POST.get("kind", ""),
        told=told, taken_at=taken_at, picture=picture, replaces=_replaced(request),
        key=key_in(request),
    )  # fmt: skip
    messages.success(request, _("证据文件已加密保存。"))
    return redirect("dossier:case", key)


@staff(VIEW)
@require_POST
def read(request: HttpRequest, key: int) -> HttpResponseBase:
    """A copy of the file, or the picture made anew from it, for a purpose."""
    found = EvidenceFile.objects.select_related("matter", "file__key", "shown__key")
    evidence = found.filter(pk=key).first()
    if evidence is None:
        raise Refused(_("没有这份证据。"), code="no_such_evidence", status=404)
    matter_of(request, evidence.matter_id)
    look = request.POST.get("form") == "picture" and evidence.shown is not None
    purpose, form = request.POST.get("purpose", ""), "picture" if look else "original"
    actions.read_evidence(by_of(request), evidence, purpose=purpose, form=form)
    if look and evidence.shown is not None:
        return shown_inline(evidence.shown)
    assert evidence.file is not None  # noqa: S101  (the action refuses what was erased)
    return download(evidence.file, f"evidence-{evidence.pk}.{ending_of(evidence.media_type)}")


def file_in(request: HttpRequest, name: str) -> Sealed | None:
    """The sealed file that came in this field, if one did."""
    sent = request.FILES.get(name)
    return sent.sealed if isinstance(sent, SealedUpload) else None


def photo_in(request: HttpRequest, name: str) -> tuple[Sealed, Photo] | None:
    """A photo of an exhibit: the original, sealed, and what it shows. Refuses what is no photo."""
    sealed = file_in(request, name)
    if sealed is None:
        return None
    try:
        return sealed, make_anew(_in_memory(sealed))
    except Refused as wrong:  # said under the field that it came in
        told = {name: str(wrong)}
        raise Refused(str(wrong), code=wrong.code, status=wrong.status, fields=told) from None


def key_in(request: HttpRequest) -> str:
    """What makes two sends one: of the header, or of the form; "" when there is none."""
    given = request.headers.get("Idempotency-Key") or request.POST.get("key", "")
    usable = len(given) in KEY_LENGTHS and given.isascii() and given.replace("-", "").isalnum()
    return given if usable else ""


def _in_memory(sealed: Sealed) -> io.BytesIO:
    """The content of what is no larger than a photo may be; refuses (413) what is."""
    if sealed.length > LARGEST:
        raise Refused(TOO_BIG, code="photo_too_big", status=413, fields={"photo": TOO_BIG})
    return io.BytesIO(b"".join(sealed.pieces()))


def _if_it_shows(sealed: Sealed) -> Photo | None:
    """What a picture shows, made anew; None for one that can't be opened here. It is kept, too."""
    try:
        return make_anew(_in_memory(sealed))
    except Refused:
        return None


def _told(request: HttpRequest) -> Told:
    said = {name: request.POST.get(name, "")[:most].strip() for name, most in LENGTHS.items()}
    sent = request.FILES.get("file")
    said["name"] = (getattr(sent, "name", "") or "")[: LENGTHS["name"]]
    wanted = {"what": _("请写明这是什么。"), "who": _("请写明谁取得的。"),
              "where": _("请写明在哪里取得的。")}  # fmt: skip
    missing = {name: words for name, words in wanted.items() if not said[name]}
    if missing:
        raise Refused(next(iter(missing.values())), code="untold", status=422, fields=missing)
    return Told(**said)


def _taken_at(request: HttpRequest) -> datetime:
    try:
        found = parse_datetime(request.POST.get("taken_at", "")[:40])
    except ValueError:
        found = None
    if found is None:
        raise _refused(_("请填取得的时间。"), "no_time", "taken_at")
    return make_aware(found) if is_naive(found) else found


def _replaced(request: HttpRequest) -> EvidenceFile | None:
    key = id_in(request.POST.get("replaces"))
    found = EvidenceFile.objects.filter(pk=key).first()
    if key and found is None:
        raise Refused(_("没有这份证据。"), code="no_such_evidence", status=404)
    return found


def _refused(words: str, code: str, field: str) -> Refused:
    return Refused(words, code=code, status=422, fields={field: words})


@let_see
def those_of_an_exhibit(request: HttpRequest, file: StoredFile) -> bool:
    """How an exhibit looks is for those who may open its dossier; any other picture of evidence is
    opened for a purpose only."""
    evidence = EvidenceFile.objects.filter(shown=file, exhibit__isnull=False).first()
    if evidence is None or not isinstance(request.user, Account):
        return False
    try:
        require_page(Actor.account(request.user), evidence.matter)
    except Refused:
        return False
    return True
