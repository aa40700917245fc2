"""What the pages and actions about people's own data read."""
