"""Appraisal's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppraisalConfig(AppConfig):
    """How officers' work is appraised."""

    name = "gongzhi.work.workforce.appraisal"
    label = "appraisal"

    def ready(self) -> None:
        """A place on the rail."""
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.work.workforce.appraisal.waiting import objections_waiting
        from gongzhi.work.workforce.officers.permissions import is_police

        add_waiting("appraisal:index", "objections", objections_waiting)
        add_place(Place("appraisal:index", _("考评"), "officer", 858, is_police))
