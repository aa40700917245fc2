"""What pages and actions read of movement."""
