"""The dossier's place in Django."""

from django.apps import AppConfig


class DossierConfig(AppConfig):
    """Documents, exhibits and evidence of matters."""

    name = "gongzhi.work.dossier"
    label = "dossier"
