"""Access's place in Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Permissions, sign-in and keys."""

    name = "gongzhi.base.access"
    label = "access"
