"""The data catalogue: what the platform holds, for what, by what right, until when."""
