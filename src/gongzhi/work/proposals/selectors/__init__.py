"""Reads of what people take part in."""
