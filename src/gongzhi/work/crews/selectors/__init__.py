"""What the phone shows, and what the desk is warned of."""
