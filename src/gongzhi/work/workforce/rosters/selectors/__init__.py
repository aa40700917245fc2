"""Rosters as pages and the computer read them."""
