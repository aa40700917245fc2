"""The place of integrity in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntegrityConfig(AppConfig):
    """Gifts, interests, recusal, powers."""

    name = "gongzhi.work.workforce.integrity"
    label = "integrity"

    def ready(self) -> None:
        """Places on the rail; recusals beside a case."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.people.standing import add_kept
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece_about
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.work.workforce.integrity.pages.recusal import beside_case
        from gongzhi.work.workforce.integrity.permissions import OVERSEE
        from gongzhi.work.workforce.integrity.selectors.recusals import is_recused
        from gongzhi.work.workforce.integrity.waiting import declarations, own_reports
        from gongzhi.work.workforce.officers.permissions import is_police

        add_kept(is_recused)
        add_waiting("integrity:mine", "reports", own_reports)
        add_waiting("integrity:register", "declarations", declarations)
        add_piece_about("case", beside_case)
        add_place(Place("integrity:mine", _("廉洁"), "shield", 856, is_police))
        add_place(Place("integrity:register", _("廉洁登记"), "list", 857, holds(OVERSEE)))
