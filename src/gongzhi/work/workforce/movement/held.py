"""A vacancy, locked for whoever changes it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.movement.models import Vacancy
from gongzhi.work.workforce.movement.states import VacancyState


def held_vacancy(vacancy: Vacancy) -> Vacancy:
    """Locked, and refused when it isn't open any more."""
    rows = Vacancy.objects.select_for_update(of=("self",)).select_related("post__unit")
    held = rows.get(pk=vacancy.pk)
    if held.state != VacancyState.OPEN:
        raise Refused(_("这个空缺已经定了，或者撤回了。"), code="over", status=409)
    return held
