"""Figures by week, judged, and beside each other."""
