"""Sharing agreements."""
