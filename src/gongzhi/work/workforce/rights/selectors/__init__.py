"""What pages and actions read of officers' rights."""
