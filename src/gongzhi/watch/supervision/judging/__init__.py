"""Judging: compiled rules meet the log, and know nothing but what it says."""
