"""What others ask of the workforce, and what its own pages show."""
