"""Tasks for everybody, one's own page by a code, and the unit's pages."""
