"""What is asked of articles and counts."""
