"""The ways out. Each takes a letter, or says why not."""
