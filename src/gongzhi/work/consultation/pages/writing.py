"""For staff: write an article out of an answer, read what another wrote, let it out or not."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.consultation import actions
from gongzhi.work.consultation.forms import ArticleForm
from gongzhi.work.consultation.models import Wording, Written
from gongzhi.work.consultation.permissions import REVIEW, VIEW, WRITE
from gongzhi.work.consultation.selectors.writing import (
    FILTERS,
    answer_to,
    counts,
    hits_of,
    listed,
    source_for,
    versions_of,
    written_by_key,
)
from gongzhi.work.consultation.states import Standing
from gongzhi.work.consultation.wording import citations, gaps_in, parts_of

A_PAGE = 25


@staff(WRITE)
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, what is out, what was taken down."""
    show = request.GET.get("show", Standing.WAITING.value)
    show = show if show in FILTERS else Standing.WAITING.value
    page = Paginator(listed(show), A_PAGE).get_page(request.GET.get("page"))
    numbers = counts()
    here = {
        "page": page, "show": show,
        "filters": [(code.value, said, numbers.get(code)) for code, said in FILTERS.items()],
        "may_count": may(account_of(request), VIEW),
    }  # fmt: skip
    return render(request, "consultation/desk.html", here)


@staff(WRITE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new article; ``?request=`` is the request whose answer it comes from."""
    matter = _matter(request)
    begun = {"answer_zh": answer_to(account_of(request), matter)} if matter else {}
    form = ArticleForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            made = actions.propose_article(by_of(request), form.written(), matter)
            return _to(request, made, _("写好了，等另一个人来审。"))
    status = 422 if request.method == "POST" else 200
    here = {"form": form, "matter": matter}
    return render(request, "consultation/write.html", here, status=status)


@staff(WRITE)
@never_cache
@require_safe
def written(request: HttpRequest, key: int) -> HttpResponse:
    """One article: the version that waits with what is found in it, the one that is out, all
    earlier ones."""
    account, one = account_of(request), written_by_key(key)
    versions = versions_of(one)
    for it in versions:
        it.written = one
    waiting = next((it for it in versions if it.standing == Standing.WAITING), None)
    reviews = may(account, REVIEW)
    here = {
        "one": one, "versions": [(it, _shown(it)) for it in versions if it != waiting],
        "waiting": waiting, "shown": _shown(waiting) if waiting else {},
        "gaps": gaps_in(waiting.fields) if waiting else [],
        "hits": hits_of(waiting) if waiting else [],
        "source": source_for(account, one), "reviews": reviews,
        "own": waiting is not None and waiting.author_id == account.pk,
        "live": next((it for it in versions if it.standing == Standing.PUBLISHED), None),
    }  # fmt: skip
    return render(request, "consultation/written.html", here)


@staff(WRITE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: int) -> HttpResponse:
    """Change the version that waits; without one, write a new version of what is out."""
    one = written_by_key(key)
    latest = versions_of(one)[0]
    form = ArticleForm(request.POST or None, initial=latest.fields)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            made = _changed(request, one, latest, form)
            return _to(request, made, _("改好了。"))
    status = 422 if request.method == "POST" else 200
    here = {"form": form, "one": one, "matter": source_for(account_of(request), one)}
    return render(request, "consultation/write.html", here, status=status)


@staff(REVIEW)
@require_POST
def publish(request: HttpRequest, key: int) -> HttpResponse:
    """Let the version that waits out."""
    looked = request.POST.get("looked") == "yes"
    made = actions.publish_wording(by_of(request), _waiting(key), looked=looked)
    return _to(request, made, _("发布了，现在就搜得到。"))


@staff(REVIEW)
@require_POST
def decline(request: HttpRequest, key: int) -> HttpResponse:
    """Don't use it."""
    why = request.POST.get("why", "")
    made = actions.decline_wording(by_of(request), _waiting(key), why=why)
    return _to(request, made, _("没有采用，写的内容已经清除。"))


@staff(REVIEW)
@require_POST
def retire(request: HttpRequest, key: int) -> HttpResponse:
    """Take it down."""
    why = request.POST.get("why", "")
    made = actions.retire_article(by_of(request), written_by_key(key), why=why)
    return _to(request, made, _("下架了，居民搜不到了。"))


def _changed(request: HttpRequest, one: Written, latest: Wording, form: ArticleForm) -> Wording:
    by = by_of(request)
    if latest.standing == Standing.WAITING:
        return actions.change_wording(by, latest, form.written())
    return actions.revise_article(by, one, form.written())


def _matter(request: HttpRequest) -> Matter | None:
    given = request.GET.get("request", "")
    if not given.isdecimal() or len(given) > 12:
        return None
    return Matter.objects.select_related("narrative").filter(pk=int(given)).first()


def _waiting(key: int) -> Wording:
    found = Wording.objects.filter(written=key, standing=Standing.WAITING).first()
    if found is None:
        raise Refused(_("没有等审的版本。"), code="none_waits", status=404)
    return found


def _shown(wording: Wording) -> dict[str, object]:
    """A version as it is read: paragraphs side by side, and its law."""
    fields, known = wording.fields, citations()
    laws = [fields[name] for name in ("law_1", "law_2", "law_3") if fields.get(name)]
    chinese, english = parts_of(fields.get("answer_zh", "")), parts_of(fields.get("answer_en", ""))
    return {
        "chinese": chinese, "english": english, "question_en": fields.get("question_en", ""),
        "group": fields.get("group", ""), "own_way": bool(fields.get("own_way")),
        "laws": [str(known[one]) if one in known else one for one in laws],
        "also": f"{fields.get('also_zh', '')}\n{fields.get('also_en', '')}".split("\n"),
    }  # fmt: skip


def _to(request: HttpRequest, made: Wording, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("consultation:written", made.written_id)
