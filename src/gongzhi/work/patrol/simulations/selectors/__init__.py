"""Reads of scenarios, and of the county that they change."""
