"""What must go by its time."""
