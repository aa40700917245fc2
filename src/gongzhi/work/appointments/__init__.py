"""Appointments at counters, the queue in the hall, and the screen above it."""
