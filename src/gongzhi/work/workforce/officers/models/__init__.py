"""Posts and who holds them, what people can do, and when they are away."""

from gongzhi.work.workforce.officers.models.away import Leave, Limit
from gongzhi.work.workforce.officers.models.lists import ReadList
from gongzhi.work.workforce.officers.models.posts import GradeHeld, Holding, Post, Service
from gongzhi.work.workforce.officers.models.skills import SkillHeld, Training
from gongzhi.work.workforce.officers.models.welfare import Commendation, HealthCheck
from gongzhi.work.workforce.officers.models.written import Written

__all__ = [
    "Commendation", "GradeHeld", "HealthCheck", "Holding", "Leave", "Limit", "Post", "ReadList",
    "Service", "SkillHeld", "Training", "Written",
]  # fmt: skip
