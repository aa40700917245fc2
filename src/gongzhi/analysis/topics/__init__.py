"""What many messages say at the same time: copies of each other, and topics.

    topics_among(tellings, least=5)   # groups of messages about one matter, the largest first
    copies_among(tellings)            # groups of the same message sent again

A message comes as numbers of its terms (`base.matters.terms`): there is no room for who wrote it,
and nothing is said of anybody. What many ask for is no danger: topics are found so that it is
answered together.
"""

from gongzhi.analysis.topics.grouping import Telling, Topic, copies_among, topics_among

__all__ = ["Telling", "Topic", "copies_among", "topics_among"]
