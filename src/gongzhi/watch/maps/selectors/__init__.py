"""Reads of the three maps."""
