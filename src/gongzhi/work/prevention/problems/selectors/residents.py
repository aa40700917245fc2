"""Problems as residents see them, and what they said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import hashed
from gongzhi.work.prevention.problems.models import Contribution, OpenWords, Problem
from gongzhi.work.prevention.problems.shapes import called
from gongzhi.work.prevention.problems.states import Heard

MOST = 50


@dataclass(frozen=True)
class OpenProblem:
    """An open problem with what residents read of it."""

    problem: Problem
    words: OpenWords
    place: str

    @property
    def title(self) -> str:
        """In the active language."""
        return self.words.told("title")

    @property
    def seen(self) -> str:
        """What was seen."""
        return self.words.told("seen")

    @property
    def trying(self) -> str:
        """What is being tried."""
        return self.words.told("trying")

    @property
    def found(self) -> str:
        """What came of it."""
        return self.words.told("found")


def open_problems() -> list[OpenProblem]:
    """All of them, those that are worked on first."""
    rows = _shown().order_by("closed_at", "-stage_at", "pk")
    return _told(sorted(rows[:MOST], key=lambda one: one.closed_at is not None))


def open_problem(key: int) -> OpenProblem:
    """One of them. Refuses (404) what isn't open."""
    found = _told(_shown().filter(pk=key))
    if not found:
        raise Refused(_("没有这个公开的问题。"), code="no_such_problem", status=404)
    return found[0]


def shown_contributions(problem: Problem) -> list[Contribution]:
    """What residents said and somebody has looked at, the latest first."""
    return list(problem.contributions.filter(state=Heard.SHOWN).order_by("-at", "-pk")[:MOST])


def held_contributions(problem: Problem) -> list[Contribution]:
    """What waits for somebody to look, the oldest first."""
    return list(problem.contributions.filter(state=Heard.HELD).order_by("at", "pk")[:MOST])


def draft_of(problem: Problem) -> OpenWords | None:
    """What somebody wrote and nobody has published yet."""
    return problem.open_words.filter(published_at=None).select_related("author").first()


def published_of(problem: Problem) -> OpenWords | None:
    """What residents read now, or did last."""
    rows = problem.open_words.exclude(published_at=None).select_related("author", "reviewer")
    return rows.order_by("-published_at", "-pk").first()


def contribution_by(code: str) -> Contribution:
    """Whose code it is. Refuses (422) one that is nobody's."""
    found = _contributions().filter(code_hash=hashed(code)).first()
    if found is None:
        wrong = _("没有这个查询码，请核对一下。")
        raise Refused(wrong, code="no_such_code", status=422, fields={"code": wrong})
    return found


def contribution_kept(key: int) -> Contribution | None:
    """The one that a browser remembers."""
    return _contributions().filter(pk=key).first()


def contribution_sent(key: str) -> Contribution | None:
    """The one that a form with this key has sent already."""
    return _contributions().filter(key=key).first()


def contribution_of(key: int) -> Contribution:
    """One of them, for the unit. Refuses (404) what is none."""
    found = contribution_kept(key)
    if found is None:
        raise Refused(_("没有这条话。"), code="no_such_contribution", status=404)
    return found


def _contributions() -> QuerySet[Contribution]:
    return Contribution.objects.select_related("problem__unit")


def _shown() -> QuerySet[Problem]:
    published = OpenWords.objects.exclude(published_at=None).order_by("-published_at", "-pk")
    rows = Problem.objects.filter(shown=True).select_related("unit")
    return rows.prefetch_related(Prefetch("open_words", published, to_attr="published"))


def _told(problems: Iterable[Problem]) -> list[OpenProblem]:
    found = [(one, one.published[0]) for one in problems]  # type: ignore[attr-defined]
    places = called([one.cells[0] for one, _words in found])
    return [
        OpenProblem(one, words, place)
        for (one, words), place in zip(found, places, strict=True)
    ]  # fmt: skip
