"""Outcomes' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutcomesConfig(AppConfig):
    """Measures of how it goes, and what is said of them."""

    name = "gongzhi.watch.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        """Register the turn; put the page on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece
        from gongzhi.watch.notices.enclosing import encloses
        from gongzhi.watch.outcomes import readers  # noqa: F401  (register on import)
        from gongzhi.watch.outcomes.brief.mailing import TEMPLATE, paper_of
        from gongzhi.watch.outcomes.pages.asking import asked_here

        encloses(TEMPLATE, paper_of)
        add_piece("followed", asked_here)
        view = holds("outcomes.view_measures")
        add_place(Place("outcomes:board", _("成效"), "chart", 61, view, "g s"))
