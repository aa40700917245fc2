"""How an answer ends a request: what shows that it was done, or why it can't be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.procedure import Choice
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused

FARTHEST = timedelta(days=730)
"""A promise beyond two years is none."""
MOVED = 1
"""How often a promised day may be moved; whoever needs more says that it can't be done."""


@dataclass(frozen=True)
class Closing:
    """``outcome``: ``done`` or ``impossible``, with ``because``. ``evidence`` of the kinds that
    the category names, with a ``note`` of when somebody looked, called or which paper it is."""

    outcome: str = "done"
    evidence: str = ""
    note: str = ""
    because: str = ""

    @property
    def elements(self) -> dict[str, str]:
        """As the step shows them; what belongs to the other outcome is left out."""
        if self.outcome == "impossible":
            return {"outcome": self.outcome, "because": self.because}
        shown = {"outcome": self.outcome, "evidence": self.evidence, "evidence_note": self.note}
        return {code: text for code, text in shown.items() if text.strip()}


def require_evidence(matter: Matter, closing: Closing, photos: int) -> None:
    """Refuse (422) to call something done that its category wants to see, and nothing shows."""
    step = matter.version_item.step("answered")
    element = step.element("evidence") if step else None
    category = matter.category_item
    if closing.outcome != "done" or element is None or category is None:
        return
    kinds = {code: str(element.choice(code)) for code in category.evidence}
    if kinds and closing.evidence not in kinds:
        wrong = _("“%(what)s”要有依据才能说办好了：%(kinds)s，有一样就行。") % {
            "what": category.name, "kinds": _("、").join(kinds.values()),
        }  # fmt: skip
        raise _wrong("evidence", wrong)
    if closing.evidence == "photo" and not photos:
        raise _wrong("photos", _("请附上办好以后的照片。"))


def require_day(text: str) -> date:
    """The promised day. Refuses (422) none, one that is over, and one that is too far."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as wrong:
        raise _wrong("promised", _("请选一个答应办好的日子。")) from wrong
    today = timezone.localdate(now())
    if not today < day <= today + FARTHEST:
        raise _wrong("promised", _("日子要在明天到两年以内。"))
    return day


def counted_from(day: date) -> datetime:
    """The moment from which the promise's clock counts back its one day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time(12)))


def _wrong(field: str, words: str) -> Refused:
    return Refused(words, code=f"no_{field}", status=422, fields={field: words})


def shown_kinds(kinds: Sequence[str], matter: Matter) -> list[tuple[str, str]]:
    """The kinds of evidence as a form offers them: those of the category, or all."""
    step = matter.version_item.step("answered")
    element = step.element("evidence") if step else None
    every = element.offered if element else []
    return [(one.code, str(one)) for one in every if not kinds or one.code in kinds]


@dataclass(frozen=True)
class Form:
    """What the form of an answer offers: kinds of evidence (none: nothing is asked), reasons, and
    the first and last day that can be promised."""

    kinds: list[tuple[str, str]]
    because: list[Choice]
    first: date
    last: date


def form_of(matter: Matter) -> Form:
    """The form for this request."""
    step, category = matter.version_item.step("answered"), matter.category_item
    reasons = step.element("because") if step else None
    wanted = category.evidence if category else ()
    today = timezone.localdate(now())
    return Form(
        shown_kinds(wanted, matter) if wanted else [],
        reasons.offered if reasons else [],
        today + timedelta(days=1),
        today + FARTHEST,
    )
