"""The pages of command lanes."""
