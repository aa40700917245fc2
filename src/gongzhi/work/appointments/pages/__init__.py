"""Booking on a phone, the counter's queue, and the screen in the hall."""
