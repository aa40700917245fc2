"""Reads of tasks, of one's own part in them, and of sums."""
