"""Who works when: a unit's month, its repair, swaps, and each one's own shifts."""
