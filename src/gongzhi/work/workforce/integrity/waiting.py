"""What waits beside integrity's places: one's own reports; declarations for those who oversee."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Account
from gongzhi.base.ui.waiting import Waiting
from gongzhi.work.workforce.integrity.models import Declaration
from gongzhi.work.workforce.integrity.permissions import OVERSEE
from gongzhi.work.workforce.integrity.selectors.checks import reports_of
from gongzhi.work.workforce.integrity.selectors.due import AHEAD
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.permissions import is_police


def own_reports(request: HttpRequest) -> Iterable[Waiting]:
    """Reports of one's own that fall due within thirty days, or are late. One query."""
    if isinstance(request.user, Account) and is_police(request):
        near = today() + AHEAD
        many = sum(not one.made and one.until <= near for one in reports_of(request.user))
        words = ngettext("%(n)s 项报告要做了", "%(n)s 项报告要做了", many) % {"n": many}
        yield Waiting("reports", many, words, reverse("integrity:mine"))


def declarations(request: HttpRequest) -> Iterable[Waiting]:
    """Declarations that nobody has settled. One query."""
    account = request.user
    if isinstance(account, Account) and may(account, OVERSEE):
        many = Declaration.objects.filter(outcome="").exclude(account=account).count()
        words = ngettext("%(n)s 件申报等处理", "%(n)s 件申报等处理", many) % {"n": many}
        yield Waiting("declarations", many, words, reverse("integrity:register"))
