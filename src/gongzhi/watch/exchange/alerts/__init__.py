"""Warnings of outside offices (CAP 1.2): asked for, judged, offered to whoever warns residents."""
