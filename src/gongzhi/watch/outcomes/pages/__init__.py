"""Pages of outcomes: for everybody, and inside."""
