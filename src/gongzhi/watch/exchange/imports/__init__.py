"""Files of calls and requests from other systems, read by a mapping of the catalogue."""
