"""Integrity: gifts and interests, recusal, powers checked against the log, rotation, reports."""
