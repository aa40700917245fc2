"""The duty console, and the crew's phone."""
