"""Every few seconds it is looked whether a simulation waits."""

from gongzhi.base.log.jobs import every
from gongzhi.work.patrol.simulations.working import begin_work

every(3.0, "simulations.work")(begin_work)
