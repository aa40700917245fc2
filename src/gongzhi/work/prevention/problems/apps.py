"""The place of prevention's problems in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProblemsConfig(AppConfig):
    """Rises and problems."""

    name = "gongzhi.work.prevention.problems"
    label = "problems"

    def ready(self) -> None:
        """A place on the rail, and how many rises wait for somebody's judgement."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece, add_piece_about
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.work.prevention.problems.pages.elsewhere import beside_tasks, on_task
        from gongzhi.work.prevention.problems.permissions import VIEW
        from gongzhi.work.prevention.problems.waiting import said, waiting

        add_waiting("problems:board", "rises", waiting)
        add_waiting("problems:board", "contributions", said)
        add_piece("volunteer", beside_tasks)
        add_piece_about("problem_of_task", on_task)
        add_place(Place("problems:board", _("防范"), "shield-check", 56, holds(VIEW), "g f"))
