"""The lake: facts about places and times, written from the log for analysis. No person is in it."""
