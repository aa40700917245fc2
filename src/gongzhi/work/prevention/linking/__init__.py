"""Linked incidents: what looks like one series or one cause, for a person to confirm or reject."""
