"""Thin edges: what is kept, and asking for more."""
