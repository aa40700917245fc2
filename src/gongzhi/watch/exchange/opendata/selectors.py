"""What was published, what waits, and how much of the privacy budget is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.open_dataset import OpenDataset
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.opendata.models import Version

State = Version.State
WAITING = (State.DUE, State.PROPOSED)
TOLD = (State.PUBLISHED, State.WITHDRAWN)


def recipe_named(code: str) -> OpenDataset:
    """The open dataset of this code. Refuses (404) where there is none."""
    found = catalogue().open_data.get(code)
    if found is None:
        raise Refused(_("没有这个数据集。"), code="no_dataset", status=404)
    return found


def versions_of(code: str) -> list[Version]:
    """All that were let out, the newest first, with who did."""
    found = Version.objects.filter(dataset=code, state__in=TOLD).order_by("-number")
    return list(found.select_related("proposed_by", "decided_by", "withdrawn_by"))


def current_of(versions: Sequence[Version]) -> Version | None:
    """The newest that is still offered."""
    return next((one for one in versions if one.state == State.PUBLISHED), None)


def waiting_of(code: str) -> Version | None:
    """The version that is due or waits for a second person; one at most."""
    found = Version.objects.filter(dataset=code, state__in=WAITING)
    return found.select_related("proposed_by").first()


@dataclass(frozen=True)
class Budget:
    """A dataset's privacy budget this year."""

    year: int
    a_version: float
    per_year: float
    spent: float

    @property
    def left(self) -> float:
        """What may still be spent."""
        return max(0.0, round(self.per_year - self.spent, 9))

    @property
    def enough(self) -> bool:
        """Whether one more version may be published."""
        return self.a_version <= self.left + 1e-9


def budget_of(recipe: OpenDataset) -> Budget | None:
    """What this year's versions have spent, withdrawn ones, too: what was told stays told. None
    for a dataset without noise."""
    if recipe.privacy is None:
        return None
    year = timezone.localdate(now(), timezone.get_default_timezone()).year
    spent = spent_in(recipe.code, year)
    return Budget(year, recipe.privacy.epsilon, recipe.privacy.per_year, spent)


def spent_in(code: str, year: int) -> float:
    """The sum of a year of the county's calendar."""
    found = Version.objects.filter(dataset=code, state__in=TOLD, decided_at__year=year)
    return float(found.aggregate(sum=Sum("epsilon"))["sum"] or 0.0)
