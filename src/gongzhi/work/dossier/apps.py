"""The dossier's place in Django."""

from django.apps import AppConfig


class DossierConfig(AppConfig):
    """Documents, exhibits and evidence of matters."""

    name = "gongzhi.work.dossier"
    label = "dossier"

    def ready(self) -> None:
        """Register the job that reads evidence again."""
        from gongzhi.work.dossier import readers  # noqa: F401  (registers on import)
