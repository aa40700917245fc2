"""Units, who goes where, the duty console and the crew's phone."""
