"""Calls for help foreseen by place and shift; what is used, and how good it is."""
