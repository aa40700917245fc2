"""Pages of taking part: the public's, and those of whoever leads it."""
