"""``gongzhi forecast evaluate``: from a file and its mapping to what the gate says."""

from gongzhi.config.forecasting.command import Asked, evaluate_file

__all__ = ["Asked", "evaluate_file"]
