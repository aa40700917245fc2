"""``/api/v1/outcomes/``: measures and their weeks for a program.

Without a key the figures of everybody's pages; with a key that may see measures, all of them, and
that they were taken is on the log. Errors are problems (RFC 9457).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.keys import key_of, require_known
from gongzhi.base.access.marks import programs
from gongzhi.base.access.permissions import may
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.catalogue.kinds.measure import Measure
from gongzhi.base.log.actor import Actor
from gongzhi.watch.outcomes import saying
from gongzhi.watch.outcomes.actions import note_export
from gongzhi.watch.outcomes.exporting import rows
from gongzhi.watch.outcomes.permissions import VIEW
from gongzhi.watch.outcomes.selectors.named import measure_named
from gongzhi.watch.outcomes.selectors.stories import Story, one_story, shown_measures

READS, SECONDS = 600, 600


@programs
@never_cache
@require_safe
def measures(request: HttpRequest) -> JsonResponse:
    """The measures that this program may see, each with its address."""
    inside = _asked(request)
    return JsonResponse({"measures": [_in_short(one) for one in shown_measures(public=not inside)]})


@programs
@never_cache
@require_safe
def measure(request: HttpRequest, code: str) -> JsonResponse:
    """One measure, how it is counted, and its weeks."""
    inside = _asked(request)
    one = measure_named(code, public=not inside)
    story = one_story(one, public=not inside)
    if inside:
        key = key_of(request)
        assert key is not None  # noqa: S101  (it is why we are inside)
        note_export(Actor.key(key), code, len(story.weeks))
    return JsonResponse(_whole(one, story))


def _asked(request: HttpRequest) -> bool:
    """Whether this program sees all measures. A key that may not is as good as none."""
    limit("outcomes.api", address_of(request), tries=READS, seconds=SECONDS)
    require_known(request, ())
    key = key_of(request)
    return key is not None and may(key, VIEW)


def _in_short(one: Measure) -> dict[str, Any]:
    return {
        "code": one.code, "serves": one.serves, "name": one.name.model_dump(),
        "measured": one.measured, "formula": one.formula or None, "better": one.better,
        "audience": one.audience,
        "weeks_url": reverse("outcomes:api_measure", args=[one.code]) if one.measured else None,
    }  # fmt: skip


def _whole(one: Measure, story: Story) -> dict[str, Any]:
    weeks = [
        {key: None if value == "" else value for key, value in row.items() if key != "measure"}
        for row in rows(story)
    ]
    return {
        **_in_short(one), "meaning": one.meaning.model_dump(),
        "not_measured": one.not_measured.model_dump() if one.not_measured else None,
        "counted": one.counted.model_dump() if one.counted else None, "source": one.source or None,
        "games": [game.model_dump() for game in one.games], "least": one.least,
        "lately": {"weeks": story.back, "value": story.value, "low": story.low, "high": story.high},
        "verdict": saying.verdict(story),
        "changed": story.signal.side if story.signal else None, "weeks": weeks,
    }  # fmt: skip
