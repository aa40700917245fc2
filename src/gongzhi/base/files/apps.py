"""The files' place in Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Stored files."""

    name = "gongzhi.base.files"
    label = "files"
