"""``gongzhi simulate``: scenarios from files, and past calls told again."""

from gongzhi.config.simulating.again import AskedAgain, replay_file
from gongzhi.config.simulating.command import Asked, simulate_file

__all__ = ["Asked", "AskedAgain", "replay_file", "simulate_file"]
