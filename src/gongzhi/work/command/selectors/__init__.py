"""What pages read of command lanes."""
