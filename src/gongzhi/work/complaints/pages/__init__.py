"""Pages of complaints: the resident's, and those of whoever looks into them."""
