"""Volunteers: tasks that a unit opens, who comes along, and how long it took."""
