"""Preventing: warnings to residents; patterns, linked series and problems join them later."""
