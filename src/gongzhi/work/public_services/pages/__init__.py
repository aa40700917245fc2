"""The pages of applicants and of counters."""
