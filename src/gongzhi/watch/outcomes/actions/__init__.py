"""What outcomes write: figures, surveys, targets."""

from gongzhi.watch.outcomes.actions.figures import count_days as count_days
from gongzhi.watch.outcomes.actions.figures import mail_brief as mail_brief
from gongzhi.watch.outcomes.actions.figures import note_export as note_export
from gongzhi.watch.outcomes.actions.surveys import answer_survey as answer_survey
from gongzhi.watch.outcomes.actions.surveys import draw_survey as draw_survey
from gongzhi.watch.outcomes.actions.surveys import invite as invite
from gongzhi.watch.outcomes.actions.targets import end_target as end_target
from gongzhi.watch.outcomes.actions.targets import set_target as set_target
