"""What must go by its time, whether it went, and what the law keeps: from the rows and the log."""
