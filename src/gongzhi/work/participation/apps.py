"""Participation's place in Django."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """Residents' part."""

    name = "gongzhi.work.participation"
    label = "participation"
