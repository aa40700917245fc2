"""The dossier's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossierConfig(AppConfig):
    """Documents, exhibits and evidence of matters."""

    name = "gongzhi.work.dossier"
    label = "dossier"

    def ready(self) -> None:
        """Register the job that reads evidence again; put the case files on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.work.dossier import obstacles, readers, telling  # noqa: F401  (register on import)

        add_place(
            Place("dossier:cases", _("案卷"), "list", 40, holds("dossier.view_dossier"), "g j")
        )
        erases = holds("dossier.erase_case")
        add_place(Place("dossier:erasures", _("清除案卷"), "trash", 942, may=erases))
