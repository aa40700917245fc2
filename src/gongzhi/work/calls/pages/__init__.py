"""What the desk, and those it hands on to, see."""
