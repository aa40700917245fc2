"""Complaints against police: a resident complains, and who is complained of never knows of it."""
