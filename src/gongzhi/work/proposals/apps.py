"""The place of taking part in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    """Proposals, votes, consultations, and the rules of what is said in public."""

    name = "gongzhi.work.proposals"
    label = "proposals"

    def ready(self) -> None:
        """Tell how it reads on a timeline and to authors; places on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece_about
        from gongzhi.work.participation.selectors.more import add_part
        from gongzhi.work.proposals import telling  # noqa: F401  (registers on import)
        from gongzhi.work.proposals.pages import proposing  # noqa: F401  (registers, too)
        from gongzhi.work.proposals.pages.elsewhere import consultation_on_task, proposal_on_task
        from gongzhi.work.proposals.permissions import GIVE, MODERATE, WORK
        from gongzhi.work.proposals.selectors.following import part_for

        add_part(part_for)
        add_piece_about("proposal_of_task", proposal_on_task)
        add_piece_about("consultation_of_task", consultation_on_task)
        add_place(Place("proposals:desk", _("居民建议"), "flag", 33, holds(WORK)))
        add_place(Place("proposals:moderation", _("发言管理"), "eye", 34, holds(MODERATE)))
        add_place(Place("proposals:votes_counter", _("投票领号"), "check", 35, holds(GIVE)))
