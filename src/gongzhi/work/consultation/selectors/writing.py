"""Articles that were written here: those that wait, those that are out, and one with its past."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.catalogue.kinds.article import Article
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.consultation.models import Wording, Written
from gongzhi.work.consultation.personal import Hit, hits_in
from gongzhi.work.consultation.states import Standing
from gongzhi.work.consultation.wording import article_from, texts_of
from gongzhi.work.participation.permissions import may_open, require_open

ANSWERED = ("answered", "closed", "lapsed")
"""Steps of a request that has its answer."""
FILTERS = {
    Standing.WAITING: gettext_lazy("待审"), Standing.PUBLISHED: gettext_lazy("已发布"),
    Standing.RETIRED: gettext_lazy("已下架"), Standing.DECLINED: gettext_lazy("没有采用"),
}  # fmt: skip


def listed(show: str) -> QuerySet[Wording]:
    """The versions that stand so, the latest first."""
    found = Wording.objects.select_related("written__unit", "author", "reviewer")
    return found.filter(standing=show).order_by("-pk")


def counts() -> dict[str, int]:
    """How many wait and how many are out. One query."""
    shown = (Standing.WAITING, Standing.PUBLISHED)
    return Wording.objects.aggregate(
        **{one.value: Count("pk", filter=Q(standing=one)) for one in shown}
    )


def written_by_key(key: int) -> Written:
    """The article; refused (404) where there is none."""
    found = Written.objects.select_related("unit", "matter").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这篇问答。"), code="no_article", status=404)
    return found


def versions_of(written: Written) -> list[Wording]:
    """All its versions, the latest first."""
    return list(written.wordings.select_related("author__unit", "reviewer").order_by("-number"))


def told_in(written: Written) -> str:
    """What the one who asked wrote, as long as it is there; to be compared with, never shown."""
    matter = written.matter
    return matter.narrative.words if matter is not None and hasattr(matter, "narrative") else ""


def hits_of(wording: Wording) -> list[Hit]:
    """What in this version may say who somebody is."""
    return hits_in(texts_of(wording.fields), told_in(wording.written))


def source_for(account: Account, written: Written) -> Matter | None:
    """The request behind it, for those who may open it."""
    matter = written.matter
    return matter if matter is not None and may_open(account, matter) else None


def articles_out() -> Mapping[str, Article]:
    """Those that residents can read, by code. One query."""
    live = Wording.objects.filter(standing=Standing.PUBLISHED).select_related("written")
    return {
        one.written.code: article_from(one.written.code, one.fields)
        for one in live.order_by("written_id")
    }


def published_by(code: str) -> Wording | None:
    """The version of a written article that is out; None for one of the catalogue."""
    key = code.removeprefix("written_")
    if key == code or not key.isdecimal() or len(key) > 9:
        return None
    live = Wording.objects.filter(standing=Standing.PUBLISHED, written=int(key))
    return live.select_related("written__unit").first()


def answer_to(account: Account, matter: Matter) -> str:
    """What the resident was answered, to begin the article with; refused for a request that one
    may not open."""
    require_open(account, matter)
    found = matter.elements.filter(code="answer").order_by("-pk").first()
    return found.text if found else ""
