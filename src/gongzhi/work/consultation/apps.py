"""The place of consultation in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationConfig(AppConfig):
    """Questions in everyday words, answered with an article and its legal basis."""

    name = "gongzhi.work.consultation"
    label = "consultation"

    def ready(self) -> None:
        """A place on the rail: numbers for those who watch, articles for those who write them. And
        a piece of each answered request: the way from the answer to an article."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece_about
        from gongzhi.work.consultation.pages.offering import offered
        from gongzhi.work.consultation.permissions import VIEW, WRITE

        counts, writes = holds(VIEW), holds(WRITE)
        add_place(Place("consultation:counted", _("咨询"), "question", 59, counts))
        add_place(
            Place(
                "consultation:desk", _("问答"), "question", 59,
                lambda request: writes(request) and not counts(request),
            )
        )  # fmt: skip
        add_piece_about("request", offered)
