"""The dispatch console, and the crew's phone."""
