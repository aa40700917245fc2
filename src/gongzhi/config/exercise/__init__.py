"""Drills: a county of their own, fed with calls by the clock, that touches nothing real."""
