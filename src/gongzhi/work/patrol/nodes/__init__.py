"""Nodes: places where patrols come again and again, and areas that somebody drew for a while."""
