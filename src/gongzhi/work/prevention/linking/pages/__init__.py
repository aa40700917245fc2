"""Thin edges: series for those who study and command, topics for those who answer."""
