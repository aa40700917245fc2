"""Requests about one's own data."""
