"""Every few seconds it is looked whether a roster waits."""

from gongzhi.base.log.jobs import every
from gongzhi.work.workforce.rosters.working import begin_work

every(3.0, "rosters.work")(begin_work)
