"""Reads used by pages and by whoever plans patrols."""

from gongzhi.work.patrol.forecasts.selectors.needs import Need, latest, needs

__all__ = ["Need", "latest", "needs"]
