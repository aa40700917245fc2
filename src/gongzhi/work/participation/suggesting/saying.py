"""A suggestion in words: the category, whose it then is, how sure, and the words that say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.analysis.routing import Part, Suggestion
from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.terms import routed_terms, telling_words
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.selectors.categories import unit_for
from gongzhi.work.participation.suggesting.examples import message_of
from gongzhi.work.participation.suggesting.keeping import kept_router

SURE = 0.5
"""Below these odds nothing is said; to say that it is another category than it has, it takes"""
SURER = 0.6
MOST_WORDS = 3
TENTHS = (
    gettext_lazy("五成把握"), gettext_lazy("六成把握"), gettext_lazy("七成把握"),
    gettext_lazy("八成把握"), gettext_lazy("九成把握"), gettext_lazy("九成五以上把握"),
)  # fmt: skip


@dataclass(frozen=True)
class Suggested:
    """``percent``: how probable, in whole percent; ``because``: words of the request itself."""

    category: Category
    unit: Unit
    percent: int
    because: tuple[str, ...]
    is_current: bool
    """The request has this category already."""
    same_unit: bool

    @property
    def how_sure(self) -> str:
        """八成把握 / about 80 % sure."""
        tenth = 5 if self.percent >= 95 else max(0, min(4, round(self.percent / 10) - 5))
        return str(TENTHS[tenth])

    @property
    def why(self) -> str:
        """因为“路灯”“不亮” / because of ..."""
        said = "".join(_("“%(word)s”") % {"word": word} for word in self.because)
        return _("因为提到%(words)s") % {"words": said} if said else ""


def suggestion_of(matter: Matter) -> Suggested | None:
    """What the request's words speak for; None when they don't say, or nothing was learned yet."""
    router, narrative = kept_router(), getattr(matter, "narrative", None)
    words = narrative.words if narrative else ""
    if router is None or not words:
        return None
    found = router.suggest(message_of(str(matter.pk), words), most=1, terms=24)
    if not found or found[0].odds < (SURE if found[0].label == matter.category else SURER):
        return None
    return _in_words(matter, words, found[0])


def suggestions_for(matters: Iterable[Matter]) -> dict[int, Suggested]:
    """By matter, of those whose words speak for another category than they have."""
    told = {one.pk: suggestion_of(one) for one in matters}
    return {key: one for key, one in told.items() if one is not None and not one.is_current}


def _in_words(matter: Matter, words: str, found: Suggestion) -> Suggested | None:
    category = catalogue().categories.get(found.label)
    if category is None or "request" not in category.kinds:
        return None
    try:
        unit = unit_for(category, matter.point)
    except Refused:
        return None
    return Suggested(
        category, unit, min(99, round(found.odds * 100)), spoken(words, found.because, category),
        category.code == matter.category, unit.pk == matter.owner_unit_id,
    )  # fmt: skip


def spoken(
    words: str, because: Sequence[tuple[Part, int, float]], category: Category
) -> tuple[str, ...]:
    """The request's own words behind these numbers, the strongest first, none within another:
    words that say something, and pieces that the category's own text has, too."""
    said = {crc32(term.encode()): term for term in routed_terms(words)}
    own = f"{category.name.zh} {category.hint.zh} {' '.join(category.keywords)} {category.name.en}"
    telling, chosen = telling_words(words), list[str]()
    for number in dict.fromkeys(number for _part, number, _share in because):
        term = said.get(number, "").rstrip("/")
        fits = term in telling or (len(term) > 1 and term.lower() in own.lower())
        if fits and not any(term in one or one in term for one in chosen):
            chosen.append(term)
    return tuple(chosen[:MOST_WORDS])
