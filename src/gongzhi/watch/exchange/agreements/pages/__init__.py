"""For departments, for owners and the steward, and for everybody."""
