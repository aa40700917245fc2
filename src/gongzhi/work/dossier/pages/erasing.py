"""What is to be erased: proposed here by one, decided by another; and what is held."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.dossier import actions
from gongzhi.work.dossier.archive.exporting import archive_what_is_left
from gongzhi.work.dossier.models import CaseArchive, ErasureProposal, LegalHold
from gongzhi.work.dossier.obstacles import obstacles
from gongzhi.work.dossier.permissions import ERASE
from gongzhi.work.dossier.selectors import matter_numbered, no_such_number

MOST = 100


@staff(ERASE)
@never_cache
@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, what was decided, and the way to a case by its number."""
    found = ErasureProposal.objects.select_related(
        "matter__owner_unit", "proposed_by", "decided_by"
    )
    holds = LegalHold.objects.filter(lifted_at=None).select_related("matter", "set_by")
    here = {
        "open": found.filter(decided_at=None).order_by("pk"),
        "decided": found.exclude(decided_at=None).order_by("-decided_at")[:MOST],
        "holds": holds.order_by("-pk")[:MOST],
    }
    return render(request, "dossier/erasures.html", here)


@staff(ERASE)
@never_cache
@require_safe
def erasure_of(request: HttpRequest) -> HttpResponse:
    """One case: what is there to erase, what stands in the way, and the form to propose it."""
    number = request.GET.get("number", "").strip()
    matter = _case(matter_numbered(number), number)
    waiting = matter.erasures.filter(decided_at=None).first()
    if waiting is not None:
        return redirect("dossier:erasure", waiting.pk)
    here = {
        "matter": matter,
        "obstacles": obstacles(matter),
        "hold": matter.holds.filter(lifted_at=None).first(),
        "parties": matter.parties.filter(person__erased_at=None).order_by("pk"),
        "bases": ErasureProposal.Basis.choices,
        **_amounts(matter),
    }
    return render(request, "dossier/propose_erasure.html", here)


@staff(ERASE)
@require_POST
def propose(request: HttpRequest, key: int) -> HttpResponse:
    """Propose it."""
    matter = _case(Matter.objects.filter(pk=key).first())
    party = Party.objects.filter(matter=matter, pk=id_in(request.POST.get("party"))).first()
    if request.POST.get("party") and party is None:
        raise Refused(_("没有这个当事人。"), code="no_such_party", status=404)
    made = actions.propose_erasure(
        by_of(request), matter, basis=request.POST.get("basis", ""),
        article=request.POST.get("article", "")[:200], keep_until=_day(request), party=party,
    )  # fmt: skip
    messages.success(request, _("已提出，等另一个人决定。"))
    return _there(request, "dossier:erasure", made.pk)


@staff(ERASE)
@never_cache
@require_safe
def erasure(request: HttpRequest, key: int) -> HttpResponse:
    """One proposal: what goes, by which provision, and what names the person."""
    proposal = _proposal(key)
    limit = proposal.keep_until if proposal.basis == "expired" else None
    here = {
        "proposal": proposal,
        "matter": proposal.matter,
        "items": proposal.items.select_related("document", "evidence").order_by("pk"),
        "obstacles": [] if proposal.decided_at else obstacles(proposal.matter, limit),
        "own": proposal.proposed_by_id == by_of(request).source.pk,
        **_amounts(proposal.matter),
    }
    return render(request, "dossier/erasure.html", here)


@staff(ERASE, again=True)
@require_POST
def approve(request: HttpRequest, key: int) -> HttpResponse:
    """Erase it."""
    chosen = [id_in(one) for one in request.POST.getlist("items")[:1000]]
    done = actions.approve_erasure(by_of(request), _proposal(key), chosen=chosen)
    if done.person_id:
        archive_what_is_left(by_of(request), done.matter)
    messages.success(request, _("已经清除。日志里留下了谁、什么时候、依据什么，和每个文件的摘要。"))
    return _there(request, "dossier:erasure", key)


@staff(ERASE)
@require_POST
def reject(request: HttpRequest, key: int) -> HttpResponse:
    """Let nothing come of it."""
    actions.reject_erasure(by_of(request), _proposal(key))
    messages.success(request, _("没有清除。"))
    return _there(request, "dossier:erasures")


@staff(ERASE)
@require_POST
def hold(request: HttpRequest, key: int) -> HttpResponse:
    """Hold a case's file."""
    matter = _case(Matter.objects.filter(pk=key).first())
    actions.set_hold(by_of(request), matter, reason=request.POST.get("reason", ""))
    messages.success(request, _("已经保全，解除以前不能清除。"))
    return _there(request, "dossier:erasures")


@staff(ERASE)
@require_POST
def lift(request: HttpRequest, key: int) -> HttpResponse:
    """Hold it no longer."""
    found = LegalHold.objects.select_related("matter").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这次保全。"), code="no_such_hold", status=404)
    actions.lift_hold(by_of(request), found)
    messages.success(request, _("已解除保全。"))
    return _there(request, "dossier:erasures")


def _there(request: HttpRequest, name: str, *args: int) -> HttpResponse:
    page = reverse(name, args=args)
    if not request.headers.get("HX-Request"):
        return redirect(page)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = page
    return answer


def _amounts(matter: Matter) -> dict[str, int]:
    return {
        "documents": matter.documents.filter(erased_at=None).count(),
        "evidence": matter.evidence_files.filter(erased_at=None).count(),
        "archives": CaseArchive.objects.filter(matter=matter).count(),
        "exhibits": matter.exhibits.count(),
    }


def _case(matter: Matter | None, number: str = "") -> Matter:
    """A case; of whatever else there is, a complaint, say, not even that it is there."""
    if matter is not None and matter.procedure_item.kind == "case":
        return matter
    if number:
        raise no_such_number(number)
    raise Refused(_("没有这个案件。"), code="no_such_case", status=404)


def _day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.POST.get("keep_until", "")[:10])
    except ValueError:
        return None


def _proposal(key: int) -> ErasureProposal:
    found = ErasureProposal.objects.select_related("matter__owner_unit", "proposed_by")
    proposal = found.filter(pk=key).first()
    if proposal is None:
        raise Refused(_("没有这个提议。"), code="no_such_proposal", status=404)
    return proposal
