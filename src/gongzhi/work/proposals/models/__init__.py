"""What taking part leaves behind: proposals, votes, consultations, and texts out of view."""

from gongzhi.work.proposals.models.consultations import Answer, Consultation
from gongzhi.work.proposals.models.moderation import Flag, Removal
from gongzhi.work.proposals.models.proposals import Comment, Promise, Proposal, Support
from gongzhi.work.proposals.models.votes import Box, Vote

__all__ = [
    "Answer", "Box", "Comment", "Consultation", "Flag", "Promise", "Proposal", "Removal",
    "Support", "Vote",
]  # fmt: skip
