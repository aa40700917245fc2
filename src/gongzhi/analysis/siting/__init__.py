"""Where units should stand in an hour: posts and berths, beside where they stand now."""

from gongzhi.analysis.siting.placing import Fleet, Level, Problem, Sites, level, solve

__all__ = ["Fleet", "Level", "Problem", "Sites", "level", "solve"]
