"""The exchange's place in Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Open311, imports."""

    name = "gongzhi.watch.exchange"
    label = "exchange"
