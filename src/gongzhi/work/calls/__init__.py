"""Calls for service: each becomes an incident, or joins one that is open."""
