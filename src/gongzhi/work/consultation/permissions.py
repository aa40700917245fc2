"""Who sees how much is asked and how much stays unanswered."""

VIEW = "consultation.view_counts"
