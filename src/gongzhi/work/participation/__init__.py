"""Residents report, follow every step, and say whether it is solved. They need no account."""
