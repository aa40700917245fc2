"""What the console and the crew's page read."""
