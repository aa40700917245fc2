"""Pages of participation: a resident's report and its follow-up; the inbox of those who answer."""
