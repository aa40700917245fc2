"""Pages of people's own data: the resident's, and those of whoever decides."""
